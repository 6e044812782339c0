"""Ringkasan: what the visit is, where, when and how it stands. Every field is saved when one leaves it."""

from datetime import date, datetime, time, timedelta, timezone
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import typed, visit_words, when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.form import Bound, Form
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.visiting import sections
from pimpasa_desktop.app.visiting.part import FIELD_WIDTH, Missing, Shown, VisitPart, page
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.app.widgets.record_field import Choosable
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.village_field import VillageField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.calendar import Zone, zone_of
from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.domain.roles import Role as Work
from pimpasa_desktop.domain.visit import STATUS
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.overview import Village

WITH_REASON = ("postponed", "diverted", "cancelled")
WIDER = 80
BEGINS, LASTS = time(9), timedelta(hours=3)


class Summary(VisitPart):
    """`made` carries the id of a visit that was written down here for the first time."""

    key = "summary"
    made = Signal(str)

    def __init__(self, context: Context, record: str) -> None:
        super().__init__(context, _("Ringkasan"))
        self.form = Form(context, REGISTRY["visit"], record, self, start={} if record else _start(context))
        self.form.saved.connect(self._saved)
        self.form.judged.connect(self.stood)
        self._record, self._opened = record, False
        self._choosable = {one.id: one for one in choosable(context)}
        self.villages = self._villages()
        self.place = self._line("place", _("Tempat lain"), optional=True, hint=_("Bila bukan di satu desa."))
        self.programme = self._line(
            "programme", _("Program"), optional=True, hint=_("Misalnya Desa Binaan Imigrasi (DBI).")
        )
        self.theme = self._line("theme", _("Kegiatan atau tema"), optional=True, wide=True)
        self.day = self._moment("day", _("Tanggal"), 24, _day_text, self._with_day)
        self.starts = self._moment("starts_at", _("Mulai"), 7, _hour_text("starts_at"), self._with_start)
        self.ends = self._moment("ends_at", _("Selesai"), 7, _hour_text("ends_at"), self._with_end)
        self.venue = self._line("venue", _("Tempat acara"), optional=True, hint=_("Misalnya Balai Desa."))
        self.status = self._status()
        self.reason = self._line("status_reason", _("Alasan"))
        self.zone = Words("", Role.BODY, "text2", wraps=False)
        self.activities = sections.activities(context)
        self._lay_out()

    def refresh(self, visit: Shown) -> None:
        super().refresh(visit)
        self.activities.refresh(visit)
        self.activities.setVisible(bool(visit.id))
        values = visit.values if visit.id else self.form.values
        if not self._opened:
            self._opened = True
            self.form.open(values)
        else:
            self.form.show(values)
        self.form.enable(visit.open)
        self._after()

    def told(self) -> tuple[str, State]:
        if self.form.wrong:
            return _("Perlu dibetulkan"), State.ATTENTION
        if not self.visit.id:
            return _("Pilih desanya dulu"), State.EMPTY
        if self.missing():
            return _("Sebagian"), State.PARTLY
        return _("Lengkap"), State.COMPLETE

    def missing(self) -> list[Missing]:
        values = self.visit.values if self.visit.id else self.form.values
        asked = self.activities.missing(self.wanted.emit)
        if not values.get("villages") and not values.get("place"):
            asked.append(Missing(_("Pilih desa atau tulis tempat lain"), lambda: _focus(self.villages)))
        for name, field, words in (
            ("programme", self.programme, _("Isi program")),
            ("theme", self.theme, _("Isi kegiatan atau tema")),
            ("ends_at", self.ends, _("Isi jam selesai")),
            ("venue", self.venue, _("Isi tempat acara")),
        ):
            if not values.get(name):
                asked.append(Missing(words, partial(_focus, field)))
        for name in self.form.wrong:
            told = _("Betulkan {field}").format(field=self.form.fields[name].field.editor.accessibleName())
            asked.append(Missing(told, partial(_focus, self.form.fields[name].field)))
        return asked

    def arrive(self) -> None:
        _focus(self.villages if not self.visit.id else self.theme)

    def leave(self) -> None:
        self.form.leave()
        self.activities.leave()

    # -- fields

    def _line(
        self, name: str, label: str, *, optional: bool = False, hint: str = "", wide: bool = False
    ) -> LabeledField:
        editor = TextField(label)
        editor.setFixedWidth(FIELD_WIDTH + (WIDER if wide else 0))
        return self.form.line(name, LabeledField(label, editor, hint=hint, optional=optional))

    def _moment(self, name: str, label: str, letters: int, of: Any, read: Any) -> LabeledField:
        editor = TextField(label, letters=letters, figures=True)
        field = LabeledField(label, editor)
        return self.form.add(name, Bound(field, editor.text, editor.setText, read, of))

    def _villages(self) -> LabeledField:
        picker = VillageField(_("Desa"), _("Ketik nama desa, kecamatan, atau kabupaten"))
        picker.know(list(self._choosable.values()))
        picker.setFixedWidth(FIELD_WIDTH + WIDER)
        field = LabeledField(_("Desa"), picker)
        bound = Bound(field, picker.chosen, picker.show_chosen, self._with_villages, lambda v: v.get("villages", []))
        self.form.add("villages", bound)
        picker.changed.connect(lambda: self.form.left("villages"))
        return field

    def _status(self) -> LabeledField:
        editor = ChoiceField(_("Keadaan"), [(code, visit_words.status(code).words) for code in STATUS], letters=18)
        field = LabeledField(_("Keadaan"), editor)

        def show(code: Any) -> None:
            editor.setCurrentIndex(max(editor.findData(code), 0))

        def of(values: Values) -> str:
            return str(values.get("status") or "planned")

        bound = Bound(field, editor.chosen, show, lambda code: {"status": code}, of)
        return self.form.add("status", bound)

    def _with_villages(self, ids: Any) -> Values:
        """A visit keeps its hours on the wall where it moves to a village of another zone."""
        zone, moved = self._zone(list(ids)), {}
        for name in ("starts_at", "ends_at"):
            if at := when.local(self._at(name), self._zone_now()):
                moved[name] = _instant(at.date(), at.time(), zone)
        return {"villages": sorted(ids)} | moved

    def _with_day(self, text: Any) -> Values:
        zone = self._zone_now()
        day = typed.day_of(str(text), self.context.now().date())
        first = when.local(self._at("starts_at"), zone)
        patch: Values = {"starts_at": _instant(day, first.time() if first else BEGINS, zone)}
        last = when.local(self._at("ends_at"), zone)
        if first and last:
            patch["ends_at"] = _instant(day + (last.date() - first.date()), last.time(), zone)
        return patch

    def _with_start(self, text: Any) -> Values:
        zone = self._zone_now()
        at = when.local(self._at("starts_at"), zone)
        return {"starts_at": _instant(at.date() if at else self.context.now().date(), typed.hour_of(str(text)), zone)}

    def _with_end(self, text: Any) -> Values:
        if not str(text).strip():
            return {"ends_at": ""}
        zone = self._zone_now()
        at = when.local(self._at("ends_at"), zone) or when.local(self._at("starts_at"), zone)
        return {"ends_at": _instant(at.date() if at else self.context.now().date(), typed.hour_of(str(text)), zone)}

    def _at(self, name: str) -> str:
        return str(self.form.values.get(name, ""))

    def _zone_now(self) -> Zone:
        return when.zone_at(self._at("starts_at"), self.context.zone)

    def _zone(self, villages: list[str]) -> Zone:
        known = self.context.queries.overview.villages()
        for identifier in villages:
            try:
                return zone_of(known[identifier].region_code)
            except (KeyError, Problem):
                continue
        return self._zone_now()

    # -- after

    def _saved(self, record: str) -> None:
        if not self._record:
            self._record = record
            self.made.emit(record)
        self._after()

    def _after(self) -> None:
        self.zone.say(self._zone_now().name)
        self.reason.setVisible(str(self.form.fields["status"].typed()) in WITH_REASON)
        self.stood.emit()

    def _lay_out(self) -> None:
        column = page(self)
        hours = QHBoxLayout()
        hours.setSpacing(16)
        for field in (self.day, self.starts, self.ends):
            hours.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        beside = QWidget()
        inner = QHBoxLayout(beside)
        inner.setContentsMargins(0, 32, 0, 0)
        inner.addWidget(self.zone)
        hours.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        hours.addStretch(1)
        column.addWidget(self.villages)
        column.addWidget(self.theme)
        column.addWidget(self.programme)
        timed = QVBoxLayout()
        timed.setSpacing(2)
        timed.addLayout(hours)
        for field in (self.day, self.starts, self.ends):
            timed.addWidget(field.trouble_apart())
        column.addLayout(timed)
        for field in (self.venue, self.place, self.status, self.reason):
            column.addWidget(field)
        column.addWidget(self.activities)
        column.addStretch(1)


def choosable(context: Context) -> list[Choosable]:
    """The villages that a person may choose: an officer those of today's work, others all of the office."""
    officer = context.person.role is Work.FIELD_OFFICER
    return [
        Choosable(one.id, one.name, _path(context, one))
        for one in context.queries.overview.villages().values()
        if not officer or one.id in context.person.villages
    ]


def _path(context: Context, village: Village) -> str:
    """The name that the office writes, with everything above it."""
    region = context.regions.village(village.region_code)
    above = [_("Kec. {name}").format(name=region.district), region.regency, region.province] if region else []
    return ", ".join([village.name, *above])


def _start(context: Context) -> Values:
    """A new visit is today's, from nine to twelve, unless somebody says otherwise."""
    today = context.now().date()
    begins = datetime.combine(today, BEGINS)
    return {
        "starts_at": _instant(today, BEGINS, context.zone),
        "ends_at": _instant(today, (begins + LASTS).time(), context.zone),
        "status": "planned",
    }


def _instant(day: date, at: time, zone: Zone) -> str:
    offset = timezone(timedelta(hours=zone.offset_hours))
    return datetime.combine(day, at, offset).isoformat(timespec="seconds")


def _day_text(values: Values) -> str:
    at = _own_clock(values, "starts_at")
    return when.long_day(at.date()) if at else ""


def _hour_text(name: str) -> Any:
    def text(values: Values) -> str:
        at = _own_clock(values, name)
        return when.hour(at) if at else ""

    return text


def _own_clock(values: Values, name: str) -> datetime | None:
    """The wall clock in the zone in which it was written."""
    try:
        return datetime.fromisoformat(str(values.get(name, "")))
    except ValueError:
        return None


def _focus(field: LabeledField) -> None:
    field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
