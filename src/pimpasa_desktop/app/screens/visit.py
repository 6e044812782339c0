"""The page of a visit: its parts on the left, each with its state; at the foot what is missing to finish it."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme, visit_words, when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.take_back import TakeBack
from pimpasa_desktop.app.village_choice import begins_with, is_new
from pimpasa_desktop.app.visiting.attendance import Attendance
from pimpasa_desktop.app.visiting.documents import Documents
from pimpasa_desktop.app.visiting.findings import Findings
from pimpasa_desktop.app.visiting.follow_ups import FollowUps
from pimpasa_desktop.app.visiting.materials import Materials
from pimpasa_desktop.app.visiting.part import Missing, Shown, VisitPart
from pimpasa_desktop.app.visiting.photos import Photos
from pimpasa_desktop.app.visiting.sent import Sent
from pimpasa_desktop.app.visiting.summary import Summary
from pimpasa_desktop.app.visiting.village_panel import VillagePanel
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton, PrimaryButton
from pimpasa_desktop.app.widgets.clearing import clear
from pimpasa_desktop.app.widgets.flow import Flow
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.parts import Parts
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.tag import Tag
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.domain.policy import handles_secrets, may_delete
from pimpasa_desktop.domain.visit import NOT_HELD, signed_off
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number

GAPS_SHOWN = 3
LEAST = 420  # px; in a lower window the page scrolls
ROOM_FOR_PANEL = 1200 - theme.NAVIGATION
SUMMARY = "summary"


class VisitScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, Place(place.screen) if is_new(place.record) else place)
        self.summary = Summary(context, self.place.record)
        self._suggested = begins_with(place.record)
        self._wanted = place.part
        self.summary.made.connect(self._made)
        self.summary.delete_asked.connect(self._delete)
        self.parts_of: dict[str, VisitPart] = {part.key: part for part in self._offered()}
        self._tag = Tag("")
        self.register = OutlinedButton(_("Isi daftar hadir"), "users", keys="F11")
        self.register.clicked.connect(self._to_register)
        QShortcut(QKeySequence("F11"), self).activated.connect(self._to_register)
        self.taking_back = TakeBack(self)
        self._header = PageHeader(
            "", back=_("Kunjungan"), beside_back=self.taking_back, tag=self._tag, actions=(self.register,)
        )
        self._header.back_asked.connect(context.back)
        self.parts = Parts(_("Bagian kunjungan"), tuple(part.part() for part in self.parts_of.values()))
        self.parts.chosen.connect(self._open)
        self._body = QStackedWidget()
        for part in self.parts_of.values():
            # Held by the page from the first, or the collector may take a part that was never opened apart under Qt.
            part.setParent(self)
            part.hide()
            part.stood.connect(self._stand)
            part.wanted.connect(partial(self.parts.choose, part.key))
        self._body.addWidget(self.summary)  # the others when they are opened
        self._refreshing = False
        self.panel = VillagePanel(context)
        self._has_village, self._villages = False, None
        self.foot = _Foot()
        self.foot.finish.clicked.connect(self._finish)
        self._lay_out()
        self.setMinimumHeight(LEAST)

    def _offered(self) -> list[VisitPart]:
        """The parts that are built, for this person."""
        context = self.context
        parts: list[VisitPart] = [self.summary, Attendance(context), Materials(context)]
        if handles_secrets(context.person) and context.knows("finding"):
            parts.append(Findings(context))
        return [*parts, Photos(context), FollowUps(context), Documents(context), Sent(context)]

    def refresh(self, ids: frozenset[str]) -> None:
        record = self.place.record
        if ids and record and record not in ids:
            return
        shown = self._shown()
        self._refreshing = True
        for part in self.parts_of.values():
            part.refresh(shown)
        self._refreshing = False
        self.taking_back.follow(record)
        if ids != {record} or shown.values.get("villages") != self._villages:
            self._villages = shown.values.get("villages")
            self._has_village = self.panel.refresh(shown)
            self._place_panel()
        self.summary.offer_delete(shown.open and self._may_delete(record))
        self._say(shown)
        self._stand()

    def arrive(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if wanted in self.parts_of:
            self.parts.choose(wanted)
        self._part.arrive()
        while self._suggested:
            self.summary.suggest(self._suggested.pop())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._place_panel()

    def _place_panel(self) -> None:
        """What is known of the village stands beside Ringkasan where the window has room for both; lists need it."""
        beside = self._part is self.summary and self.width() >= ROOM_FOR_PANEL
        self.panel.setVisible(self._has_village and beside)

    def leave(self) -> None:
        for part in self.parts_of.values():
            part.leave()

    # -- what is shown

    def _shown(self) -> Shown:
        try:
            return Shown(self.place.record, self.context.queries.get(self.place.record).values)
        except Problem:
            return Shown("", {})

    def _may_delete(self, record: str) -> bool:
        try:
            listed = self.context.queries.get(record)
        except Problem:
            return False
        return may_delete(self.context.person, entity("visit"), record, listed.values, listed.author)

    def _say(self, shown: Shown) -> None:
        if not shown.id and self.place.record:
            self._header.say(_("Kunjungan ini sudah dihapus"), _("Yang tertulis di dalamnya tidak dapat diubah."))
            self._tag.hide()
            self.register.hide()
            self.summary.form.enable(False)
            return
        if not shown.id:
            self._header.say(_("Kunjungan baru"), _("Pilih desa, dan kunjungan ini tersimpan sebagai catatan."))
            self._tag.hide()
            self.register.hide()
            return
        (line,) = self.context.queries.overview.visits(ids=[shown.id])
        at = when.local(line.starts_at, when.zone_at(line.starts_at, self.context.zone))
        told = [when.long_day(at.date()) if at else "", visit_words.hours(line, self.context.zone)]
        where = [str(line.values.get("venue", "")), *self._districts([one.region_code for one in line.villages])]
        days = ", ".join(filter(None, told))
        self._header.say(visit_words.named(line, self.context.regions), " · ".join(filter(None, (days, *where))))
        state = visit_words.status(str(line.values.get("status", "")))
        self._tag.say(state.words, state.icon, state.kind)
        if signed_off(shown.values):
            self._tag.say(_("Ditandai selesai"), "seal-check", state.kind)
        self._tag.show()
        self.register.setVisible(not signed_off(shown.values) and self.context.knows("register"))

    def _districts(self, codes: list[str]) -> list[str]:
        found = (self.context.regions.village(code) for code in codes)
        return list(dict.fromkeys(_("Kec. {name}").format(name=one.district) for one in found if one))

    def _stand(self) -> None:
        """The states of the parts and what is missing, as they are now."""
        if self._refreshing:
            return
        for part in self.parts_of.values():
            self.parts.tell(part.part())
        missing = [one for part in self.parts_of.values() for one in part.missing()]
        self.foot.show_missing(missing, self.summary.visit)

    # -- going about

    @property
    def _part(self) -> VisitPart:
        part = self._body.currentWidget()
        assert isinstance(part, VisitPart)
        return part

    def _open(self, key: str) -> None:
        """Another part; there is none before the visit is made."""
        self._part.leave()
        if not self.place.record:
            self.parts.mark(SUMMARY)
            key = SUMMARY
        if self._body.indexOf(self.parts_of[key]) < 0:
            self._body.addWidget(self.parts_of[key])
        self._body.setCurrentWidget(self.parts_of[key])
        self._place_panel()
        self.parts_of[key].arrive()

    def _made(self, record: str) -> None:
        self.become(Place(self.place.screen, record))
        self.refresh(frozenset())

    def _to_register(self) -> None:
        if self.place.record and self.register.isVisible():
            self.context.navigate(Place("register", self.place.record))

    def _finish(self) -> None:
        """Done; once done, signed off, which nothing takes back: so that asks for a second press."""
        record = self.place.record
        if not record:
            self._open(SUMMARY)
        elif self.summary.visit.values.get("status") != "done":
            self.context.changes.put("visit", {"status": "done"}, record)
        elif self.foot.asks():
            at = self.context.now().isoformat(timespec="seconds")
            self.context.write(lambda store: store.put("visit", {"signed_off_at": at}, record))

    def _delete(self) -> None:
        """Gone at once, and back by one word on the list that one returns to."""
        context, record = self.context, self.place.record
        self.leave()

        def gone(_none: None) -> None:
            context.back()
            context.offer(_("Kunjungan dihapus."), _("Urungkan"), lambda: context.changes.restore(record))

        context.changes.delete(record).then(gone, owner=self)

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(0)
        parts = QScrollArea()  # in a low window, as a magnified screen makes it, the last parts are reached too
        parts.setFixedWidth(self.parts.width())
        parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        parts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        parts.setWidgetResizable(True)
        parts.setWidget(self.parts)
        body.addWidget(_Ground(parts))
        body.addWidget(_Ground(self._body, surface=True), 1)
        body.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(body, 1)
        column.addWidget(self.foot)


class _Ground(QWidget):
    """A widget on a ground of its own, with a line above and at its left."""

    def __init__(self, held: QWidget, *, surface: bool = False) -> None:
        super().__init__()
        self._surface = surface
        column = QVBoxLayout(self)
        column.setContentsMargins(1 if surface else 0, 1, 0, 0)
        column.addWidget(held)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        if self._surface:
            drawing.fill(painter, self.rect(), palette.surface)
            drawing.fill(painter, QRectF(0, 0, 1, self.height()), palette.line)
        drawing.fill(painter, QRectF(0, 0, self.width(), 1), palette.line)


class _Foot(QWidget):
    """What is missing, as words that lead there, and the button that finishes the visit."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.FOOTER)
        self._sign = Sign("warning-circle-fill", "", tone="gold")
        self._title = Words("", Role.LABEL, wraps=False)
        self._ways = QWidget()
        self._flow = Flow(self._ways, gap=4)
        self.finish = PrimaryButton(_("Selesaikan kunjungan"))
        self._asked = False
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self._title)
        texts.addWidget(self._ways)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        row.setSpacing(16)
        row.addWidget(self._sign)
        row.addLayout(texts, 1)
        row.addWidget(self.finish)

    def show_missing(self, missing: list[Missing], visit: Shown) -> None:
        self._asked = False
        clear(self._flow)
        done = visit.values.get("status") == "done"
        held = visit.values.get("status") not in NOT_HELD
        gold = bool(missing) and visit.open
        self._sign.show_icon("warning-circle-fill" if gold else "check-circle", "", "gold" if gold else "link")
        self._title.say(self._told(len(missing), done, visit))
        for one in missing[:GAPS_SHOWN] if visit.open else []:
            way = LinkButton(one.words)
            way.clicked.connect(one.go)
            self._flow.addWidget(way)
            way.show()
        self._ways.setVisible(bool(missing) and visit.open)
        self._ways.updateGeometry()
        self.finish.setVisible(visit.open and bool(visit.id) and held and (done or not missing))
        self.finish.say(_("Tandai selesai") if done else _("Selesaikan kunjungan"))

    def asks(self) -> bool:
        """Whether the second press came; the first one says what it means."""
        if not self._asked:
            self._asked = True
            self._title.say(_("Sesudah ditandai selesai, kunjungan ini tidak dapat diubah lagi. Tekan sekali lagi."))
            return False
        return True

    def _told(self, missing: int, done: bool, visit: Shown) -> str:
        if not visit.open:
            at = datetime.fromisoformat(str(visit.values["signed_off_at"]))
            return _("Ditandai selesai {day}. Yang dapat ditambah hanya tindak lanjut.").format(
                day=when.long_day(at.date())
            )
        if visit.values.get("status") in NOT_HELD:
            state = visit_words.status(str(visit.values["status"])).words.lower()
            return _("Kunjungan ini {state}").format(state=state)
        if missing:
            return plural("Kurang {count} hal sebelum selesai", missing).format(count=number(missing))
        return _("Tidak ada yang kurang")
