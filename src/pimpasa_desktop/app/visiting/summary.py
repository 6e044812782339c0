"""Ringkasan: what the visit is, where, when and how it stands. Every field is saved when one leaves it."""

from datetime import time
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import typed, visit_words, when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.form import Bound, Form
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.undoing import LetThrough
from pimpasa_desktop.app.village_choice import VillageChoice
from pimpasa_desktop.app.visiting import sections
from pimpasa_desktop.app.visiting.clock import day_text, hour_text, instant
from pimpasa_desktop.app.visiting.further import Outcome, Preparation
from pimpasa_desktop.app.visiting.part import FIELD_WIDTH, Missing, Shown, VisitPart, page
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.day_field import DayField
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.time_field import TimeField
from pimpasa_desktop.app.widgets.village_field import VillageField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.calendar import Zone, zone_of
from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.domain.visit import NOT_HELD, STATUS
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number

WIDER = 80
BEGINS, ENDS = time(9), time(12)


class Summary(VisitPart):
    """`made` carries the id of a visit that was written down here for the first time; `delete_asked`."""

    key = "summary"
    made = Signal(str)
    delete_asked = Signal()

    def __init__(self, context: Context, record: str) -> None:
        super().__init__(context, _("Ringkasan"))
        self.form = Form(context, REGISTRY["visit"], record, self, start={} if record else _start(context))
        self.form.saved.connect(self._saved)
        self.form.judged.connect(self.stood)
        self._record, self._opened = record, False
        self.villages = self._villages()
        self.place = self._line("place", _("Tempat lain"), optional=True, hint=_("Bila bukan di satu desa."))
        self.theme = self._line("theme", _("Kegiatan atau tema"), wide=True)
        self.programme = self._line("programme", _("Program"), hint=_("Misalnya Desa Binaan Imigrasi (DBI)."))
        day = DayField(_("Tanggal"), lambda: context.now().date())
        self.day = self._moment("day", day, day_text, self._with_day)
        self.starts = self._moment("starts_at", TimeField(_("Mulai")), hour_text("starts_at"), self._with_start)
        noon = TimeField(_("Selesai"), begins=ENDS)
        self.ends = self._moment("ends_at", noon, hour_text("ends_at"), self._with_end)
        self.venue = self._line("venue", _("Tempat acara"), hint=_("Misalnya Balai Desa."))
        self.status = self._status()
        self.reason = self._line("status_reason", _("Alasan"), wide=True)
        self.zone = Words("", Role.BODY, "text2", wraps=False)
        self.activities = sections.activities(context)
        self.moved = Words("", Role.SECOND, "text2")
        self.preparation, self.outcome = Preparation(context, self.form), Outcome(self.form)
        self.remove = LinkButton(_("Hapus kunjungan ini"), "trash")
        self.remove.clicked.connect(self.delete_asked)
        self.offer_delete(False)
        self._lay_out()

    def offer_delete(self, may: bool) -> None:
        self.remove.setVisible(may)

    def refresh(self, visit: Shown) -> None:
        super().refresh(visit)
        self.activities.refresh(visit)
        self.activities.setVisible(bool(visit.id))
        values = visit.values if visit.id else self.form.values
        self.preparation.refresh(Shown(visit.id, values))
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
        for name, field, words in self._asked(values):
            if not values.get(name):
                asked.append(Missing(words, partial(_focus, field)))
        for name in self.form.wrong:
            told = _("Betulkan {field}").format(field=self.form.fields[name].field.editor.accessibleName())
            asked.append(Missing(told, partial(_focus, self.form.fields[name].field)))
        return asked

    def _asked(self, values: Values) -> list[tuple[str, LabeledField, str]]:
        """What a visit needs: of one that was not held the reason, of another what its documents say."""
        if values.get("status") in NOT_HELD:
            return [("status_reason", self.reason, _("Tulis alasannya"))]
        asked = [
            ("programme", self.programme, _("Isi program")),
            ("theme", self.theme, _("Isi kegiatan atau tema")),
            ("ends_at", self.ends, _("Isi jam selesai")),
            ("venue", self.venue, _("Isi tempat acara")),
        ]
        return [one for one in asked if one[0] != "ends_at" or values.get("time_precision") != "day"]

    def arrive(self) -> None:
        _focus(self.villages if not self.visit.id else self.theme)

    def suggest(self, village: str) -> None:
        """Offer a village for a new visit. Taking it is the person's: with it the visit is made."""
        picker = self.villages.editor
        assert isinstance(picker, VillageField)
        picker.suggest(village)

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

    def _moment(self, name: str, editor: DayField | TimeField, of: Any, read: Any) -> LabeledField:
        field = LabeledField(editor.accessibleName(), editor)
        return self.form.add(name, Bound(field, editor.text, editor.setText, read, of))

    def _villages(self) -> LabeledField:
        source = VillageChoice(self.context, self, place_beside=True)
        picker = VillageField(_("Desa"), _("Ketik nama desa, kecamatan, atau kabupaten"), source)
        picker.setFixedWidth(FIELD_WIDTH + WIDER)
        field = LabeledField(_("Desa"), picker)
        bound = Bound(field, picker.chosen, picker.show_chosen, self._with_villages, lambda v: v.get("villages", []))
        self.form.add("villages", bound)
        picker.changed.connect(lambda: self.form.left("villages"))
        if isinstance(entry := picker.focusProxy(), TextField):
            LetThrough(entry, lambda: not entry.text())
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
        before, zone, moved = self._zone_now(), self._zone(list(ids)), {}
        for name in ("starts_at", "ends_at"):
            if at := when.local(self._at(name), before):
                moved[name] = instant(at.date(), at.time(), zone)
        if zone != before and self._record:
            self._say_moved(_("Jam sekarang dibaca sebagai {zone}, mengikuti desanya.").format(zone=zone.name))
        return {"villages": sorted(ids)} | moved

    def _with_day(self, text: Any) -> Values:
        zone = self._zone_now()
        day = typed.day_of(str(text), self.context.now().date())
        first = when.local(self._at("starts_at"), zone)
        if first and first.date() != day and self._record:
            self._say_moved(_("Tanggal diganti."))
        patch: Values = {"starts_at": instant(day, first.time() if first else BEGINS, zone)}
        last = when.local(self._at("ends_at"), zone)
        if first and last:
            patch["ends_at"] = instant(day + (last.date() - first.date()), last.time(), zone)
        return patch

    def _with_start(self, text: Any) -> Values:
        zone = self._zone_now()
        at = when.local(self._at("starts_at"), zone)
        return {"starts_at": instant(at.date() if at else self.context.now().date(), typed.hour_of(str(text)), zone)}

    def _with_end(self, text: Any) -> Values:
        if not str(text).strip():
            return {"ends_at": ""}
        zone = self._zone_now()
        at = when.local(self._at("ends_at"), zone) or when.local(self._at("starts_at"), zone)
        return {"ends_at": instant(at.date() if at else self.context.now().date(), typed.hour_of(str(text)), zone)}

    def _at(self, name: str) -> str:
        return str(self.form.values.get(name, ""))

    def _zone_now(self) -> Zone:
        return when.zone_at(self._at("starts_at"), self.context.zone)

    def _zone(self, villages: list[str]) -> Zone:
        """That of the villages; where they lie in two, the one in which the hours already stand."""
        known = self.context.queries.overview.villages()
        zones = []
        for identifier in villages:
            try:
                zones.append(zone_of(known[identifier].region_code))
            except (KeyError, Problem):
                continue
        now = self._zone_now()
        return zones[0] if zones and now not in zones else now

    def _say_moved(self, sentence: str) -> None:
        """What a change means for what was already written."""
        people = len(self.context.queries.people.present(self.visit.id))
        kept = plural("{count} peserta tetap tercatat.", people).format(count=number(people)) if people else ""
        self.moved.say(" ".join(filter(None, (sentence, kept))))

    # -- after

    def _saved(self, record: str) -> None:
        if not self._record:
            self._record = record
            self.made.emit(record)
        self._after()

    def _after(self) -> None:
        values = self.form.values
        self.zone.say(self._zone_now().name)
        self.moved.setVisible(bool(self.moved.text()))
        self.reason.setVisible(str(self.form.fields["status"].typed()) in NOT_HELD or bool(values.get("status_reason")))
        # Where a village is chosen, the other place is no question any more.
        elsewhere = bool(self.place.editor.property("text")) or not values.get("villages")
        self.place.setVisible(elsewhere)
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
        timed = QVBoxLayout()
        timed.setSpacing(2)
        timed.addLayout(hours)
        for field in (self.day, self.starts, self.ends):
            timed.addWidget(field.trouble_apart())
        timed.addWidget(self.moved)
        for field in (self.villages, self.place, self.theme, self.programme):
            column.addWidget(field)
        column.addLayout(timed)
        last = QHBoxLayout()
        last.addWidget(self.remove)
        last.addStretch(1)
        for part in (self.venue, self.status, self.reason, self.activities, self.preparation, self.outcome):
            column.addWidget(part)
        column.addLayout(last)
        column.addStretch(1)


def _start(context: Context) -> Values:
    """A new visit is today's, from nine to twelve, unless somebody says otherwise."""
    today = context.now().date()
    return {
        "starts_at": instant(today, BEGINS, context.zone),
        "ends_at": instant(today, ENDS, context.zone),
        "status": "planned",
    }


def _focus(field: LabeledField) -> None:
    field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
