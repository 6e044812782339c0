"""Masuk: what came from the field and nobody here has looked at yet, each visit beside its document.

A visit is looked at once it has been chosen for a moment; it stays in the list until one comes back to the screen.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pimpasa_desktop.app import incoming, theme, unsettled_words, visit_words, when
from pimpasa_desktop.app.attendee_correction import AttendeeCorrection
from pimpasa_desktop.app.change_history import ChangeHistory
from pimpasa_desktop.app.document_preview import DocumentPreview
from pimpasa_desktop.app.doubt_list import DoubtList
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.incoming import Doubt, Incoming, News, Received
from pimpasa_desktop.app.office_notice import OfficeNotice
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.filters import Filter, Filters
from pimpasa_desktop.app.widgets.flow import Flow
from pimpasa_desktop.app.widgets.notice import Kind as NoticeKind
from pimpasa_desktop.app.widgets.notice import Notice
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.search_field import SearchField
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.store import Store

LOOKED_AT_MS = 1500  # going through the list with the arrow keys is not looking
TYPING_MS = 120
LEAST = 440  # px; in a lower window the page scrolls
LOOKED_INTO = 300  # the newest visits whose people are looked through for what is doubtful
_SIGNS: dict[News, tuple[str, theme.Tone]] = {
    News.NEW: ("circle-fill", "link"),
    News.CHANGED: ("note-pencil", "text2"),
    News.LOOK: ("warning-circle-fill", "gold"),
}


class InboxScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self._all: dict[str, Incoming] = {}
        self._stays: set[str] = set()  # looked at since one came here
        self._officers: dict[str, str] = {}
        self.filters = Filters(self.offered)
        self.filters.put(_incoming_only())
        self.filters.changed.connect(self._show)
        self.search = SearchField(_("Cari kunjungan"), _("Cari desa atau petugas"))
        self._typing = _once(self, TYPING_MS, self._show)
        self.search.asked.connect(lambda _text: self._typing.start())
        self.search.left_down.connect(self._into_table)
        self.table = Table(
            _("Masuk"), (Column(_("Kunjungan"), Show.KEY), Column(_("Keadaan"), Show.SIGNED, 132)), two_lines=True
        )
        self.table.chosen.connect(self._choose)
        self.table.left.connect(self.arrive)
        if context.knows("visit"):
            self.table.opened.connect(lambda key: context.navigate(Place("visit", key)))
        self._looking = _once(self, LOOKED_AT_MS, self._looked_at)
        self.counted = Words("", Role.SECOND, "text2", wraps=False, figures=True)
        self.seen_all = LinkButton(_("Semua sudah dilihat"), "check")
        self.seen_all.clicked.connect(self._see_all)
        self.name = Words("", Role.NAME)
        self.hours = Words("", Role.BODY, "text2", figures=True)
        self.facts = Words("", Role.BODY, "text2", figures=True)
        self.warning = Notice(NoticeKind.ATTENTION, "")
        self.warning.hide()
        self.doubts = DoubtList()
        self.doubts.asked.connect(self._lead)
        self.doubts.looked_at.connect(self._see_chosen)
        self.names = AttendeeCorrection(context)
        self.names.led.connect(self._bring)
        self.preview = DocumentPreview(context)
        self.history = ChangeHistory(context)
        self._right = QStackedWidget()
        self.preview.more.clicked.connect(self._turn_over)
        self.history.back.clicked.connect(self._turn_over)
        self.export = OutlinedButton(_("Ekspor daftar ini"), "file-arrow-down")
        self.export.clicked.connect(lambda: context.navigate(Place("export", self.chosen())))
        self._empty: QWidget = QWidget()
        self._body = QStackedWidget()
        self._detail = _Side()
        self._lay_out()
        self.export.setVisible(context.knows("export"))  # in its place: before, it would be a window of its own
        self.setMinimumHeight(LEAST)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.arrive)

    def chosen(self) -> str:
        return self.table.chosen_key()

    def arrive(self) -> None:
        if self._stays:
            self._stays = set()
            self._show()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def refresh(self, ids: frozenset[str]) -> None:
        queries = self.context.queries
        lines = queries.overview.visits()
        received = Received(queries.overview.latest(), queries.overview.latest(queries.seen.own()), queries.seen.all())
        new = [line.id for line in lines if not received.looked_at(line.id)][:LOOKED_INTO]
        found = incoming.incoming(lines, received, queries.people.of(new))
        self._all = {one.line.id: one for one in found}
        self._officers = {one.id: str(one.values.get("name", "")) for one in queries.every(entity("account"))}
        self._show()

    # -- the list

    def _show(self) -> None:
        self._typing.stop()
        text = self.search.text().casefold().split()
        shown = [one for one in self._all.values() if self._passes(one) and self._found(one, text)]
        key = self.chosen()
        self.table.show_rows([self._row(one) for one in shown])
        news = sum(one.news is not News.NONE for one in self._all.values())
        self.counted.say(
            _("{count} belum dilihat").format(count=number(news))
            if len(shown) == news
            else plural("{shown} dari {all} kunjungan", len(self._all)).format(
                shown=number(len(shown)), all=number(len(self._all))
            )
        )
        self.seen_all.setVisible(any(one.news in (News.NEW, News.CHANGED) for one in self._all.values()))
        if shown and not self.chosen():
            self.table.choose(shown[0].line.id)
        if not shown:
            self._explain()
        self._body.setCurrentIndex(0 if shown else 1)
        if self.chosen() in (key, ""):
            self._tell()  # another choice has told itself

    def _passes(self, one: Incoming) -> bool:
        return self.filters.passes(one) or (one.line.id in self._stays and self._only_incoming())

    def _only_incoming(self) -> bool:
        return [other.kind for other in self.filters.on] == ["incoming"]

    def _found(self, one: Incoming, words: list[str]) -> bool:
        told = f"{one.line.place} {one.line.about} {self._officer(one)}".casefold()
        return all(word in told for word in words)

    def _officer(self, one: Incoming) -> str:
        return self._officers.get(one.line.author, "")

    def _row(self, one: Incoming) -> Row:
        icon, tone = _SIGNS.get(one.news, ("", "text2"))
        day = self._day(one)
        second = " · ".join(filter(None, (day, self._officer(one))))
        return Row(one.line.id, (Cell(one.line.place, second), Cell(incoming.word(one.news), icon=icon, tone=tone)))

    def _day(self, one: Incoming) -> str:
        at = when.local(one.line.starts_at, when.zone_at(one.line.starts_at, self.context.zone))
        return when.short_day(at.date(), year=at.year != self.context.now().year) if at else one.line.starts_at

    def offered(self) -> dict[str, list[Filter]]:
        """What one may filter by, from what there is."""
        officers = sorted({self._officer(one) for one in self._all.values()} - {""})
        months = sorted({one.line.starts_at[:7] for one in self._all.values()}, reverse=True)
        return {
            _("Keadaan"): [_incoming_only(), *(_news(news) for news in _SIGNS)],
            _("Petugas"): [Filter("officer", name, self._by(name)) for name in officers],
            _("Bulan"): [Filter("month", when.month_of(month), _month(month)) for month in months[:24]],
        }

    def _by(self, officer: str) -> Callable[[Incoming], bool]:
        return lambda one: self._officer(one) == officer

    def _explain(self) -> None:
        if self._all and (self.search.text() or not self._only_incoming()):
            empty = EmptyState(
                _("Tidak ada kunjungan yang cocok"),
                _("Periksa ejaannya, atau lepas pencarian dan saringan."),
                _("Tampilkan yang masuk"),
                icon="magnifying-glass",
            )
            empty.acted.connect(self.show_incoming)
        elif self._all:
            empty = EmptyState(
                _("Semua sudah dilihat"),
                _("Kunjungan baru dari petugas, dan yang berubah, tampil di sini dengan sendirinya."),
                _("Tampilkan semua kunjungan"),
                icon="tray",
            )
            empty.acted.connect(self.show_all)
        else:
            empty = EmptyState(
                _("Belum ada kunjungan"),
                _("Kunjungan yang ditulis petugas tampil di sini setelah terkirim ke kantor."),
                _("Periksa lagi"),
                action_icon="arrows-clockwise",
            )
            empty.acted.connect(self.context.send_now)
        self._body.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = empty
        self._body.addWidget(empty)

    def show_incoming(self) -> None:
        self.search.clear()
        self.filters.put(_incoming_only())

    def show_all(self) -> None:
        self.search.clear()
        self.filters.put()

    def _into_table(self) -> None:
        self._show()
        if self.table.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the chosen visit

    def _choose(self, key: str) -> None:
        self._looking.start()
        self._tell()

    def _tell(self) -> None:
        one = self._all.get(self.chosen())
        self._detail.setVisible(one is not None)
        visit = one.line.id if one else ""
        doubts = self._doubts(one)
        self.doubts.show_doubts(doubts, seen=one is None or one.news is not News.LOOK or one.line.undecided)
        self.names.show_visit(visit, frozenset(doubt.person for doubt in doubts if doubt.field in ("name", "phone")))
        self.preview.show_visit(visit)
        if self._right.currentWidget() is self.history:
            self.history.show_visit(visit)
        if one is None:
            return
        line, zone = one.line, when.zone_at(one.line.starts_at, self.context.zone)
        at = when.local(line.starts_at, zone)
        day = when.long_day(at.date()) if at else line.starts_at
        self.name.say(line.place)
        self.hours.say(", ".join(filter(None, (day, visit_words.hours(line, self.context.zone)))))
        people = (
            plural("{count} orang", line.attendees).format(count=number(line.attendees))
            if line.attendees
            else _("belum ada nama")
        )
        state = visit_words.status(str(line.values.get("status", ""))).words
        told = " · ".join(filter(None, (self._officer(one), people, state)))
        self.facts.say("\n".join(filter(None, (line.about, told))))
        told = "\n".join(unsettled_words.sentences(self.context.queries.unsettled([visit]).get(visit), line))
        self.warning.say(_("Belum final"), told)
        self.warning.setVisible(bool(told))

    def _doubts(self, one: Incoming | None) -> tuple[Doubt, ...]:
        """Of the chosen visit also when it was looked at, or is older than those that are looked into."""
        if one is None:
            return ()
        people = self.context.queries.people.present(one.line.id)
        return one.doubts or tuple(incoming.doubts_of(one.line, people))

    def _lead(self, doubt: Doubt) -> None:
        if doubt.person:
            self.names.choose(doubt.person, doubt.field)
        elif self.context.knows(doubt.screen):
            self.context.navigate(Place(doubt.screen, self.chosen() if doubt.screen == "visit" else ""))

    def _bring(self, field: QWidget) -> None:
        """Into sight; its place is known once the fields have opened."""
        QTimer.singleShot(0, field, lambda: self._area.ensureWidgetVisible(field, 0, 8))

    def _turn_over(self) -> None:
        """The other side of the document: what was changed, or the document again."""
        back = self._right.currentWidget() is self.history
        if not back:
            self.history.show_visit(self.chosen())
        self._right.setCurrentWidget(self.preview if back else self.history)
        (self.preview.more if back else self.history.back).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- looked at

    def _looked_at(self) -> None:
        one = self._all.get(self.chosen())
        if one is not None and one.news in (News.NEW, News.CHANGED) and self.isVisible():
            self._stays.add(one.line.id)
            self._mark({one.line.id: one.latest})

    def _see_chosen(self) -> None:
        one = self._all.get(self.chosen())
        if one is not None:
            self._stays.add(one.line.id)
            self._mark({one.line.id: one.latest})

    def _see_all(self) -> None:
        """What asks for a look is looked at one by one."""
        self._stays = set()
        self._mark({one.line.id: one.latest for one in self._all.values() if one.news is not News.LOOK})

    def _mark(self, numbers: dict[str, int]) -> None:
        def mark(store: Store) -> None:
            with store.transaction():
                store.queries.seen.mark(numbers)

        self.context.work(mark).then(lambda _none: self.refresh(frozenset()), owner=self)

    # -- layout

    def _lay_out(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._list(), 35)
        across.addWidget(self._detail, 80)
        inner = QHBoxLayout(self._detail)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(Rule(upright=True))
        inner.addWidget(self._middle(), 36)
        inner.addWidget(Rule(upright=True))
        right = QWidget()
        right.setMinimumWidth(284)
        right_column = QVBoxLayout(right)
        right_column.setContentsMargins(16, 16, 16, 16)
        right_column.setSpacing(4)
        right_column.addWidget(_AsHigh(right, self.warning, self.doubts))
        self._right.addWidget(self.preview)
        self._right.addWidget(self.history)
        right_column.addWidget(self._right, 1)
        inner.addWidget(right, 42)

    def _list(self) -> QWidget:
        head = QHBoxLayout()
        head.addWidget(Words(_("Masuk"), Role.TITLE, wraps=False), 1)
        head.addWidget(self.counted, 0, Qt.AlignmentFlag.AlignBottom)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.seen_all)
        side = _Side()
        side.setMinimumWidth(256)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 20, 16, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(OfficeNotice(self.context))
        column.addWidget(self.search)
        column.addWidget(self.filters)
        self._body.addWidget(self.table)
        self._body.addWidget(self._empty)
        column.addWidget(self._body, 1)
        column.addLayout(foot)
        return side

    def _middle(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(258)
        whole = QVBoxLayout(side)
        whole.setContentsMargins(0, 0, 0, 16)
        whole.setSpacing(12)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 0, 16, 0)
        self._area = area = QScrollArea()  # where the window is too low for all fields
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        told = QVBoxLayout()
        told.setContentsMargins(16, 20, 16, 0)
        told.setSpacing(2)
        told.addWidget(self.name)
        told.addWidget(self.hours)
        told.addWidget(self.facts)
        whole.addLayout(told)
        whole.addWidget(area, 1)
        column.addWidget(self.names, 1)
        actions = Flow(gap=4)
        actions.addWidget(self.export)
        if self.context.knows("visit"):
            opens = LinkButton(_("Buka kunjungan"), "arrow-right")
            opens.clicked.connect(lambda: self.context.navigate(Place("visit", self.chosen())))
            actions.addWidget(opens)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.addLayout(actions)
        whole.addLayout(foot)
        return side


class _Side(QWidget):
    """Its lists and its document take the height that there is, whatever its sentences would like."""

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return False


class _AsHigh(QScrollArea):
    """As high as what it holds, up to two fifths of what it stands in; the rest is scrolled to."""

    def __init__(self, within: QWidget, *held: QWidget) -> None:
        super().__init__()
        self._within, self._held = within, held
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 12)
        self._column.setSpacing(12)
        for widget in held:
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.setWidget(inner)
        for watched in (inner, within):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            asked = self._column.totalHeightForWidth(self.viewport().width())
            shown = any(not widget.isHidden() for widget in self._held)
            self.setFixedHeight(min(asked, self._within.height() * 2 // 5) if shown else 0)
        return super().eventFilter(watched, event)


def _once(screen: Screen, pause_ms: int, call: Callable[[], None]) -> QTimer:
    timer = QTimer(screen)
    timer.setSingleShot(True)
    timer.setInterval(pause_ms)
    timer.timeout.connect(call)
    return timer


def _incoming_only() -> Filter:
    return Filter("incoming", _("Yang belum dilihat"), lambda one: one.news is not News.NONE)


def _news(news: News) -> Filter:
    return Filter("news", incoming.word(news), lambda one: one.news is news)


def _month(month: str) -> Callable[[Incoming], bool]:
    return lambda one: one.line.starts_at.startswith(month)
