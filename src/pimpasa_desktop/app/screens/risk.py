"""A finding: its kind, what happened in words, and the checklist with the level that follows from it, and why.

It records indication, never guilt. Everything is saved when one leaves it; a tick at once.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pimpasa_desktop.app import risk_words, theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.form import Bound, Form
from pimpasa_desktop.app.photo_grid import PhotoGrid
from pimpasa_desktop.app.photo_ways import PhotoWays
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.screens.findings import secret
from pimpasa_desktop.app.take_back import TakeBack
from pimpasa_desktop.app.village_choice import choosable
from pimpasa_desktop.app.visiting.findings import OF_VISIT
from pimpasa_desktop.app.visiting.part import FIELD_WIDTH
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.notice import Kind, Notice
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.side import Side
from pimpasa_desktop.app.widgets.tag import Tag
from pimpasa_desktop.app.widgets.text_field import TextArea, TextField
from pimpasa_desktop.app.widgets.ticks import CheckBox
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.domain.risk import LEVELS, RISK_KINDS, Assessment, assess, level_label, statement
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

DETAIL, DETAIL_NARROW, NARROW = 320, 248, 1100


class RiskScreen(Screen):
    """`place.record`: a finding; "" for a new one, or one of a visit ("visit:" and its id)."""

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        new = place.record == "" or place.record.startswith(OF_VISIT)
        start = _start(context, place.record.removeprefix(OF_VISIT)) if new else {}
        self.form = Form(context, REGISTRY["risk_report"], "" if new else place.record, self, start=start)
        self.form.saved.connect(self._saved)
        self._opened = False
        kinds = [(code, _(label)) for code, label in RISK_KINDS.items()]
        self.kind = self._choice("kind", _("Jenis"), kinds)
        villages = [(one.id, one.path) for one in choosable(context)]
        self.village = self._choice("village", _("Desa kejadian"), villages, optional=True)
        country = TextField(_("Negara tujuan"), letters=24)
        self.country = self.form.line("destination_country", LabeledField(_("Negara tujuan"), country, optional=True))
        self.narrative = self.form.line(
            "narrative",
            LabeledField(
                _("Yang terjadi"),
                TextArea(_("Yang terjadi"), lines=5),
                hint=_("Tulis hanya yang Anda lihat atau dengar langsung: siapa, kapan, di mana."),
                optional=True,
            ),
        )
        self.checklist = Checklist()
        field = LabeledField(
            _("Tanda yang terlihat"), self.checklist, hint=_("Centang hanya yang Anda lihat atau dengar langsung.")
        )
        ticked = Bound(
            field, self.checklist.ticked, self.checklist.show_ticked, lambda ids: {"indicators": sorted(ids)}, _ticked
        )
        self.signs = self.form.add("indicators", ticked)
        self.checklist.changed.connect(self._ticked)
        raised = [("", _("Tidak dinaikkan")), *((code, _capital(level_label(code))) for code in LEVELS if code)]
        self.raised = self.form.choice(
            "level_raised_to", LabeledField(_("Naikkan tingkat"), ChoiceField(_("Naikkan tingkat"), raised))
        )
        self.reason = self.form.line(
            "raise_reason", LabeledField(_("Alasan menaikkan"), TextField(_("Alasan menaikkan")))
        )
        self._level = Tag("")
        self._why = Words("", Role.SECOND, "text2")
        self._due = Notice(Kind.DANGER, "")
        no_photo = Words(_("Belum ada foto. Seret foto ke sini, atau pilih."), Role.BODY, "text2")
        self.photos = PhotoGrid(context, "risk_report", no_photo)
        self.ways = PhotoWays(self.photos)
        self.taking_back = TakeBack(self)
        self._header = PageHeader(_("Catatan temuan"), back=_("Kembali"), beside_back=self.taking_back)
        self._header.back_asked.connect(context.back)
        self._lay_out()

    def refresh(self, ids: frozenset[str]) -> None:
        if ids and self.form.record not in ids:
            return
        try:
            values = self.context.queries.get(self.form.record).values if self.form.record else self.form.values
        except Problem:
            values = {}
        self.taking_back.follow(self.form.record)
        if self._opened:
            self.form.show(values)
        else:
            self._opened = True
            self.form.open(values)
        self._show_photos()
        self._assess()

    def arrive(self) -> None:
        self.kind.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.form.leave()
        self.photos.leave()

    def _show_photos(self) -> None:
        """They hang on the record, so there are none before it is made."""
        self._photos.setVisible(bool(self.form.record))
        self.photos.refresh(self.form.record, *self._days(), may=True)

    def _days(self) -> list[str]:
        """When the visit began and ended in which this was found; nothing where it was found in none."""
        try:
            visit = self.context.queries.get(str(self.form.values.get("visit") or "")).values
        except Problem:
            return []
        return [str(visit.get(name) or "") for name in ("starts_at", "ends_at")]

    def _choice(self, name: str, label: str, choices: list[tuple[str, str]], optional: bool = False) -> LabeledField:
        editor = ChoiceField(label, choices, placeholder=_("Pilih"))
        editor.setFixedWidth(FIELD_WIDTH)
        return self.form.choice(name, LabeledField(label, editor, optional=optional))

    def _ticked(self) -> None:
        self.form.left("indicators")
        self._assess()

    def _saved(self, record: str) -> None:
        if self.place.record != record:
            self.become(Place(self.place.screen, record))
            self._show_photos()
        self._assess()

    def _assess(self) -> None:
        """The level as it follows from what is ticked now, with its reasons."""
        raised = str(self.form.fields["level_raised_to"].typed())
        verdict: Assessment = assess(self.checklist.ticked(), raised)
        shown = risk_words.level(verdict.level)
        self._level.say(shown.words, shown.icon, shown.kind)
        self._why.say("\n\n".join(verdict.reasons) or _("Belum ada tanda yang dicentang."))
        self._due.say(risk_words.deadline(verdict), _("Telepon Kasi Inteldakim, lalu kirim catatan ini."))
        self._due.setVisible(verdict.red_flag)
        self.reason.setVisible(bool(raised))
        place = self.form.values.get("village")
        named = self.context.queries.overview.villages()
        where = named[place].name if place in named else ""
        told = where if self.form.record else _("Pilih jenisnya, dan temuan ini tersimpan sebagai catatan rahasia.")
        self._header.say(_("Catatan temuan"), told)

    def resizeEvent(self, event: Any) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._side.setFixedWidth(DETAIL_NARROW if self.width() < NARROW else DETAIL)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.MARGIN, 16, theme.MARGIN, 24)
        column.setSpacing(16)
        for field in (self.kind, self.village, self.country, self.narrative, self.signs):
            column.addWidget(field)
        column.addWidget(self._photos_part())
        column.addStretch(1)
        scrolls = QScrollArea()
        scrolls.setWidgetResizable(True)
        scrolls.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolls.setWidget(inner)
        reasons = QScrollArea()  # in a low window none of the reasons may be cut
        reasons.setWidgetResizable(True)
        reasons.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        reasons.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side = _Side(reasons)
        inside = QWidget()
        reasons.setWidget(inside)
        beside = QVBoxLayout(inside)
        beside.setContentsMargins(20, 16, 20, 16)
        beside.setSpacing(12)
        beside.addWidget(Words(_("Tingkat risiko"), Role.CAPTION, "text2"))
        beside.addWidget(self._level)
        beside.addWidget(self._due)
        beside.addWidget(self._why)
        beside.addWidget(
            Words(_("Indikasi, bukan tuduhan. Hanya Inteldakim yang dapat menurunkan."), Role.CAPTION, "text2")
        )
        beside.addWidget(self.raised)
        beside.addWidget(self.reason)
        beside.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(scrolls, 1)
        body.addWidget(self._side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(secret())
        whole.addWidget(self._header)
        whole.addLayout(body, 1)

    def _photos_part(self) -> QWidget:
        self._photos = QWidget()
        column = QVBoxLayout(self._photos)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Words(_("Foto"), Role.SECTION), 1)
        head.addWidget(self.ways)
        column.addLayout(head)
        column.addWidget(self.photos)
        return self._photos


class Checklist(QWidget):
    """The signs under what they are about; those that mean "today" say so in words."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Tanda yang terlihat"))
        self.boxes: dict[str, CheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        for title, signs in risk_words.groups():
            column.addWidget(Words(title, Role.SECTION))
            for sign in signs:
                box = CheckBox(statement(sign))
                box.toggled.connect(self.changed)
                self.boxes[sign.id] = box
                row = QHBoxLayout()
                row.setSpacing(12)
                row.addWidget(box, 1)
                if sign.red_flag is True:
                    row.addWidget(Tag(_("Tanda bahaya"), "warning-octagon"))
                column.addLayout(row)
            column.addSpacing(12)

    def ticked(self) -> list[str]:
        return sorted(name for name, box in self.boxes.items() if box.isChecked())

    def show_ticked(self, ids: list[str]) -> None:
        for name, box in self.boxes.items():
            box.blockSignals(True)  # the record says so, not the person
            box.setChecked(name in ids)
            box.blockSignals(False)
            box.update()


class _Side(Side):
    """What follows from the signs, on a ground of its own."""

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(held)


def _start(context: Context, visit: str) -> Values:
    """What a new finding knows from its visit."""
    if not visit:
        return {"status": "submitted"}
    villages = context.queries.get(visit).values.get("villages", [])
    return {"visit": visit, "status": "submitted"} | ({"village": villages[0]} if len(villages) == 1 else {})


def _ticked(values: Values) -> list[str]:
    return sorted(values.get("indicators", []))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
