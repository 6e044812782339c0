"""An editor for any declared field: made from its kind, bound into a form, saved when one leaves it.

The width tells the length; what is required is the rule, what is not says so. A kind without an editor is an error
here, never a field that nobody can fill in. It knows kinds and no entity.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from pimpasa_desktop.app import record_words, typed, when
from pimpasa_desktop.app.form import Bound, Form
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.day_field import DayField
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.moment_field import MomentField
from pimpasa_desktop.app.widgets.picture_field import PictureField
from pimpasa_desktop.app.widgets.record_field import Choosable, RecordField, Wording
from pimpasa_desktop.app.widgets.text_field import TextArea, TextField
from pimpasa_desktop.app.widgets.tick_list import TickList
from pimpasa_desktop.app.widgets.ticks import CheckBox
from pimpasa_desktop.domain import kinds
from pimpasa_desktop.domain.entity import Field, Values
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.logo import logo_of

NARROW, USUAL, WIDE = 240, 400, 460  # px: what a text of some 40, 160 and more letters is given
LINES = 3
_GROUPED = re.compile(r"\d{1,3}([. ]\d{3})+", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What an editor is made for."""

    context: Context
    form: Form
    field: Field
    label: str
    hint: str

    @property
    def name(self) -> str:
        return self.field.name

    def today(self) -> date:
        return self.context.now().date()

    def labeled(self, editor: Any) -> LabeledField:
        return LabeledField(self.label, editor, hint=self.hint, optional=not self.field.required)

    def bind(self, editor: Any, text: Callable[[Any], Any], read: Callable[[Any], Any]) -> LabeledField:
        """A line whose text is not what is stored: `text` makes the one of the other, `read` the other of the one."""
        return self.form.add(
            self.name,
            Bound(
                self.labeled(editor),
                editor.text,
                editor.setText,
                lambda raw: {self.name: read(raw)},
                lambda values: text(values.get(self.name)),
            ),
        )


def editor(context: Context, form: Form, name: str, *, label: str = "", hint: str = "") -> LabeledField:
    """The editor of a field of the form's entity, under its own label unless another is given."""
    field = form.entity.fields[name]
    return _OF_KIND[type(field.kind)](Asked(context, form, field, label or record_words.label(field), hint))


def _text(asked: Asked) -> LabeledField:
    kind = asked.field.kind
    assert isinstance(kind, kinds.Text)
    if kind.lines:
        area = TextArea(asked.label, lines=LINES)
        area.setFixedWidth(WIDE)
        return asked.form.line(asked.name, asked.labeled(area))
    line = TextField(asked.label)
    line.setFixedWidth(NARROW if kind.max <= 60 else USUAL if kind.max <= 160 else WIDE)
    return asked.form.line(asked.name, asked.labeled(line))


def _code(asked: Asked) -> LabeledField:
    return asked.form.line(asked.name, asked.labeled(TextField(asked.label, letters=24)))


def _choice(asked: Asked) -> LabeledField:
    kind = asked.field.kind
    assert isinstance(kind, kinds.Choice)
    answers = record_words.options(kind)
    longest = max((len(words) for _code, words in answers), default=0)
    letters = min(max(longest, 12), 44)
    if asked.field.required:
        box = ChoiceField(asked.label, answers, placeholder=_("Pilih"), letters=letters)
    else:
        box = ChoiceField(asked.label, [("", _("Belum dipilih")), *answers], letters=letters)
    return asked.form.choice(asked.name, asked.labeled(box))


def _many(asked: Asked) -> LabeledField:
    kind = asked.field.kind
    assert isinstance(kind, kinds.Many)
    ticks = TickList(asked.label, record_words.options(kind))
    return _several(asked, ticks, ticks.ticked, ticks.show_ticked)


def _refs(asked: Asked) -> LabeledField:
    kind = asked.field.kind
    assert isinstance(kind, kinds.Refs)
    field = _records(asked, kind.entity, one=False)
    return _several(asked, field, field.chosen, field.show_chosen)


def _several(asked: Asked, editor: Any, given: Callable[[], list[str]], show: Callable[[Any], None]) -> LabeledField:
    """Several values as a sorted set; saved at each change."""
    name = asked.name

    def read(raw: Any) -> Values:
        return {name: sorted(raw)}

    bound = Bound(asked.labeled(editor), given, show, read, lambda values: sorted(values.get(name) or []))
    editor.changed.connect(lambda: asked.form.left(name))
    return asked.form.add(name, replace(bound, typed=lambda: sorted(given())))


def _ref(asked: Asked) -> LabeledField:
    kind = asked.field.kind
    assert isinstance(kind, kinds.Ref)
    name, field = asked.name, _records(asked, kind.entity, one=True)
    bound = Bound(
        asked.labeled(field),
        lambda: "".join(field.chosen()),
        lambda raw: field.show_chosen([raw] if raw else []),
        lambda raw: {name: raw},
        lambda values: values.get(name) or "",
    )
    field.changed.connect(lambda: asked.form.left(name))
    return asked.form.add(name, bound)


def _records(asked: Asked, entity: str, *, one: bool) -> RecordField:
    context = asked.context

    def named(identifier: str) -> Choosable | None:
        words = record_words.of(context, identifier)
        return Choosable(identifier, words, words) if words else None

    wording = Wording(
        found=_("Yang cocok"), nothing=_("Tidak ada yang cocok di laptop ini."), absent=_("di luar wilayah Anda")
    )
    field = RecordField(
        asked.label,
        _("Ketik untuk mencari"),
        wording,
        one=one,
        source=lambda: record_words.choosable(context, entity),
        named=named,
    )
    field.setFixedWidth(USUAL)
    return field


def _day(asked: Asked) -> LabeledField:
    def read(text: str) -> str:
        return typed.day_of(text, asked.today()).isoformat() if text.strip() else ""

    line = DayField(asked.label, asked.today, placeholder=_("misalnya 17 Juli 2025"))
    return asked.bind(line, lambda raw: record_words.day(str(raw or "")), read)


def _moment(asked: Asked) -> LabeledField:
    form, name, context = asked.form, asked.name, asked.context
    field = MomentField(asked.label, asked.today, placeholder=_("misalnya 17 Juli 2025"))

    def of(values: Values) -> list[str]:
        instant = str(values.get(name) or "")
        field.zone.say(when.zone_at(instant, context.zone).name)
        at = _written(instant)
        return [when.long_day(at.date()), when.hour(at)] if at else ["", ""]

    def read(raw: Any) -> Values:
        day, hour = (text.strip() for text in raw)
        now = str(form.values.get(name) or "")
        if not day and not hour:
            return {name: ""}
        if raw == of(form.values):
            return {name: now}  # with its seconds, which nobody sees
        if not day or not hour:
            raise Problem(_("Tulis hari dan jamnya."))
        before = _written(now)
        offset = before.tzinfo if before else timezone(timedelta(hours=context.zone.offset_hours))
        on = typed.day_of(day, asked.today())
        return {name: datetime.combine(on, typed.hour_of(hour), offset).isoformat(timespec="seconds")}

    bound = Bound(asked.labeled(field), field.typed, field.show_typed, read, of)
    return form.add(name, bound, field.day, field.hour)


def _written(instant: str) -> datetime | None:
    """The wall clock in the zone in which it was written."""
    try:
        return datetime.fromisoformat(instant)
    except ValueError:
        return None


def _count(asked: Asked) -> LabeledField:
    kind = asked.field.kind
    assert isinstance(kind, kinds.Count)

    def read(text: str) -> Any:
        written = text.strip()
        return kind.read(written.replace(".", "").replace(" ", "") if _GROUPED.fullmatch(written) else written)

    line = TextField(asked.label, letters=max(len(str(kind.max)), 6), figures=True)
    return asked.bind(line, lambda raw: "" if raw is None else str(raw), read)


def _flag(asked: Asked) -> LabeledField:
    name, box = asked.name, CheckBox(asked.label)
    field = LabeledField("", box, hint=asked.hint)
    box.clicked.connect(lambda: asked.form.left(name))
    bound = Bound(
        field, box.isChecked, box.setChecked, lambda raw: {name: bool(raw)}, lambda values: bool(values.get(name))
    )
    return asked.form.add(name, bound)


def _phone(asked: Asked) -> LabeledField:
    line = TextField(asked.label, letters=18, placeholder="08…", figures=True)
    return asked.bind(line, lambda raw: record_words.phone(str(raw or "")), asked.field.kind.read)


def _region(asked: Asked) -> LabeledField:
    return asked.form.line(
        asked.name, asked.labeled(TextField(asked.label, letters=15, placeholder="71.10.07.2004", figures=True))
    )


def _picture(asked: Asked) -> LabeledField:
    name, kind, shown = asked.name, asked.field.kind, PictureField(asked.label)
    assert isinstance(kind, kinds.Picture)
    field, standing = asked.labeled(shown), [""]

    def show(raw: Any) -> None:
        standing[0] = str(raw)
        shown.show_picture(kind.picture(raw))

    def take(value: str) -> None:
        show(value)
        asked.form.left(name)

    def refused(problem: Problem) -> None:
        field.refuse(problem.sentence)

    def pick(path: str) -> None:
        asked.context.work(lambda _store: logo_of(Path(path))).then(take, refused, owner=shown)

    shown.picked.connect(pick)
    shown.removed.connect(lambda: take(""))
    return asked.form.add(
        name,
        Bound(field, lambda: standing[0], show, lambda raw: {name: raw}, lambda values: values.get(name) or ""),
    )


_OF_KIND: dict[type[kinds.Kind], Callable[[Asked], LabeledField]] = {
    kinds.Text: _text,
    kinds.Code: _code,
    kinds.Choice: _choice,
    kinds.Many: _many,
    kinds.Ref: _ref,
    kinds.Refs: _refs,
    kinds.Day: _day,
    kinds.Moment: _moment,
    kinds.Count: _count,
    kinds.Flag: _flag,
    kinds.Phone: _phone,
    kinds.RegionCode: _region,
    kinds.Picture: _picture,
}


def short(field: LabeledField) -> bool:
    """Whether it may stand beside another one."""
    line = field.editor
    return isinstance(line, TextField) and line.minimumWidth() == line.maximumWidth() <= NARROW
