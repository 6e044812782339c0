"""What of a visit an officer need not write to finish it: what was prepared, and what came of it.

Fields on the form of Ringkasan, under two headings. It knows what can be chosen, and no rule of a visit.
"""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pimpasa_desktop.app import when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.form import Bound, Form
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.visiting.part import FIELD_WIDTH, Shown
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.several_field import SeveralField
from pimpasa_desktop.app.widgets.text_field import TextArea, TextField
from pimpasa_desktop.app.widgets.ticks import CheckBox
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.domain.visit import TIME_PRECISION
from pimpasa_desktop.i18n import _
from pimpasa_desktop.store.overview import VisitLine

WIDE, EARLIER_MAX = FIELD_WIDTH + 80, 12


class Preparation(QWidget):
    """Before the visit: why, who goes, with which section, as part of what."""

    def __init__(self, context: Context, form: Form) -> None:
        super().__init__()
        self._context = context
        self.purpose = area(form, "purpose", _("Maksud dan tujuan"), 3)
        self.officers = _several(form, "officers", _("Petugas"), _("Tambah petugas"))
        self.section = form.line("section", _line(_("Seksi penyelenggara"), _("Misalnya Seksi Inteldakim.")))
        self.follows = _choice(form, "follows", _("Kelanjutan dari kunjungan"))
        self.campaign = _choice(form, "campaign", _("Rangkaian kegiatan"))
        self.precision = _choice(form, "time_precision", _("Kepastian waktu"))
        certain = [("", _("Hari dan jamnya pasti")), *((code, _(word)) for code, word in TIME_PRECISION.items())]
        _offer(self.precision, [(code, word[:1].upper() + word[1:]) for code, word in certain], "")
        column = _under(self, _("Persiapan"))
        for field in (self.purpose, self.officers, self.section, self.follows, self.campaign, self.precision):
            column.addWidget(field)

    def refresh(self, visit: Shown) -> None:
        """Offer what can be chosen for this visit now; a list of which there is nothing is not shown."""
        queries, values = self._context.queries, visit.values
        known = [(one.id, str(one.values["name"])) for one in queries.every(entity("account")) if _active(one.values)]
        officers = self.officers.editor
        assert isinstance(officers, SeveralField)
        officers.know(sorted(known, key=lambda one: one[1]))
        villages = [str(one) for one in values.get("villages", ())]
        earlier = [
            (line.id, _earlier(line, self._context))
            for line in queries.overview.visits_in(villages, EARLIER_MAX)
            if line.id != visit.id
        ]
        events = [(one.id, str(one.values.get("name", ""))) for one in queries.every(entity("campaign"))]
        for field, choices, name, none in (
            (self.follows, earlier, "follows", _("Bukan kelanjutan")),
            (self.campaign, events, "campaign", _("Berdiri sendiri")),
        ):
            chosen = str(values.get(name, ""))
            _offer(field, [("", none), *choices], chosen)
            field.setVisible(bool(choices) or bool(chosen))


class Outcome(QWidget):
    """After the visit: what came of it, or that there was nothing."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.nil = _nil(form)
        self.results = area(form, "results", _("Hasil"), 4)
        self.obstacles = area(form, "obstacles", _("Kendala"), 2)
        column = _under(self, _("Hasil kunjungan"))
        for field in (self.nil, self.results, self.obstacles):
            column.addWidget(field)


def area(form: Form, name: str, label: str, lines: int) -> LabeledField:
    editor = TextArea(label, lines=lines)
    editor.setFixedWidth(WIDE)
    return form.line(name, LabeledField(label, editor, optional=True))


def _line(label: str, hint: str) -> LabeledField:
    editor = TextField(label)
    editor.setFixedWidth(FIELD_WIDTH)
    return LabeledField(label, editor, hint=hint, optional=True)


def _choice(form: Form, name: str, label: str) -> LabeledField:
    editor = ChoiceField(label, [])
    editor.setFixedWidth(FIELD_WIDTH)
    return form.choice(name, LabeledField(label, editor, optional=True))


def _several(form: Form, name: str, label: str, placeholder: str) -> LabeledField:
    editor = SeveralField(label, placeholder)
    editor.setFixedWidth(FIELD_WIDTH)
    field = LabeledField(label, editor, optional=True)
    editor.changed.connect(lambda: form.left(name))
    bound = Bound(field, editor.chosen, editor.show_chosen, lambda ids: {name: ids}, lambda v: v.get(name, []))
    return form.add(name, bound)


def _nil(form: Form) -> LabeledField:
    box = CheckBox(_("Dilaksanakan, dan tidak ada yang perlu dilaporkan"))
    hint = _("Tidak ada yang berangkat, tidak ada orang asing, atau tidak ada yang hadir.")
    field = LabeledField(_("Nihil"), box, hint=hint, optional=True)

    def show(nil: Any) -> None:
        box.blockSignals(True)  # the record says so, not the person
        box.setChecked(bool(nil))
        box.blockSignals(False)
        box.update()

    box.toggled.connect(lambda _on: form.left("nil"))
    return form.add("nil", Bound(field, box.isChecked, show, lambda on: {"nil": on}, lambda v: bool(v.get("nil"))))


def _under(part: QWidget, heading: str) -> QVBoxLayout:
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(16)
    column.addWidget(Rule())
    column.addWidget(Words(heading, Role.SECTION))
    return column


def _offer(field: LabeledField, choices: list[tuple[str, str]], chosen: str) -> None:
    """Other choices in a list, where they are others; what is chosen and not known here stays chosen."""
    editor = field.editor
    assert isinstance(editor, ChoiceField)
    if chosen and chosen not in dict(choices):
        choices = [*choices, (chosen, _("di luar wilayah Anda"))]
    if [(editor.itemData(at), editor.itemText(at)) for at in range(editor.count())] == choices:
        return
    kept = editor.chosen()
    editor.clear()
    for identifier, words in choices:
        editor.addItem(words, identifier)
    editor.setCurrentIndex(max(editor.findData(kept), 0))


def _active(account: dict[str, Any]) -> bool:
    return not account.get("closed") and account.get("role") != "administrator"


def _earlier(line: VisitLine, context: Context) -> str:
    at = when.local(line.starts_at, when.zone_at(line.starts_at, context.zone))
    return " · ".join(filter(None, (when.short_day(at.date()) if at else "", line.about)))
