"""The window: navigation on the left, one screen, the status line. It knows no record and no rule of the office.

Screens of the navigation are made when first shown and kept, so one returns to where one was. Any other is made when
it is opened, lies on top, and ends when one goes back (Esc).
"""

from collections.abc import Callable, Sequence
from datetime import UTC

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pimpasa_desktop.app import file_words, when
from pimpasa_desktop.app.notices import Standing
from pimpasa_desktop.app.screen import Context, Kind, Place, Screen
from pimpasa_desktop.app.widgets import status_line
from pimpasa_desktop.app.widgets.clearing import clear
from pimpasa_desktop.app.widgets.navigation import Entry, Navigation, Person
from pimpasa_desktop.app.widgets.notice import Kind as NoticeKind
from pimpasa_desktop.app.widgets.notice import Notice
from pimpasa_desktop.app.widgets.room import Room
from pimpasa_desktop.app.widgets.status_line import StatusLine
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

ROOM_FOR_WORDS = 1024  # in a narrower window the navigation leaves its words to the work


class Window(QWidget):
    """`went` carries the Place that one has come to. `context_of` makes the context from this window."""

    went = Signal(object)
    lock_asked = Signal()

    def __init__(
        self,
        context_of: "Callable[[Window], Context]",
        kinds: Sequence[Kind],
        person: Person,
        banner: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._kinds = {kind.key: kind for kind in kinds}
        self.context = context_of(self)
        self._kept: dict[str, Screen] = {}
        self._trail: list[Screen] = []
        self._offered = False
        self._warned = ""
        self._warning: QWidget | None = None
        self.held = ""
        self._holding: QWidget | None = None
        entries = tuple(Entry(kind.key, kind.icon, kind.word()) for kind in kinds if kind.icon)
        self.navigation = Navigation(self.context.office, person, entries)
        self.navigation.chosen.connect(lambda key: self.go(Place(key)))
        self.navigation.lock_asked.connect(self.lock_asked)
        self.status = StatusLine()
        self.status.send_asked.connect(self.context.send_now)
        self.status.progress_asked.connect(lambda: self.go(Place("exchange")))
        self._stack = QStackedWidget()
        self._trouble = QVBoxLayout()
        self._trouble.setContentsMargins(24, 0, 24, 0)
        self._lay_out(banner)
        for keys, call in (("Ctrl+L", self.lock_asked.emit), ("Alt+Left", self.back)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)  # held down is not asked twice
            shortcut.activated.connect(call)
        self.context.notices.stood.connect(self._stand)
        self._stand(self.context.notices.standing)

    def knows(self, key: str) -> bool:
        return key in self._kinds

    @property
    def shown(self) -> Screen:
        return self._trail[-1]

    @property
    def trail(self) -> list[Place]:
        """The way to where one is: what `back` returns to, and at its end the place itself."""
        return [screen.place for screen in self._trail]

    def go(self, place: Place) -> None:
        """Show that place; one whose screen is not built is not gone to."""
        kind = self._kinds.get(place.screen)
        if kind is None:
            return
        self.leave()
        if kind.icon:
            while self._trail and not self._kinds[self.shown.place.screen].icon:
                self._leave()
            screen = self._kept.get(kind.key) or self._made(kind, place)
            self._kept[kind.key] = screen
            screen.place = place
            self._trail = [screen]
        else:
            self._trail.append(self._made(kind, place))
        self._show()

    def back(self) -> None:
        """To the screen that one came from; it is as one left it."""
        if len(self._trail) > 1:
            self.leave()
            self._leave()
            self._show()

    def leave(self) -> None:
        """Let the screen write what is still being typed."""
        if self._trail:
            self.shown.leave()

    def tell(self, problem: Problem) -> None:
        """Say what no screen has said: above the work, until it is put away."""
        self._say(Notice(NoticeKind.DANGER, problem.sentence, can_dismiss=True))

    def offer(self, sentence: str, action: str, act: Callable[[], object]) -> None:
        """Say what happened, with one thing to do about it ("" for none), until one goes elsewhere."""
        notice = Notice(NoticeKind.INFORMATION, sentence, action=action, can_dismiss=True)
        notice.acted.connect(self._put_away)
        notice.acted.connect(act)
        self._say(notice)
        self._offered = True

    def hold(self, what: str, title: str, sentence: str) -> bool:
        """Say what doing this now would cost; False where that was said, so that asking again is a yes. It is `held`
        until it is put away, or by `release`."""
        if self.held == what:
            return False
        self._holding = notice = Notice(NoticeKind.ATTENTION, title, sentence, can_dismiss=True)
        self._say(notice)
        notice.dismissed.connect(self.release)
        self.held = what
        return True

    def release(self) -> None:
        self.held = ""
        if (item := self._trouble.itemAt(0)) and item.widget() is self._holding:
            self._put_away()

    def _say(self, notice: Notice) -> None:
        """One notice at a time."""
        self._put_away()
        self._offered = False
        notice.dismissed.connect(self._put_away)
        self._trouble.setContentsMargins(24, 12, 24, 0)
        self._trouble.addWidget(notice)

    def _warn(self, sentence: str) -> None:
        """Say what is wrong with the laptop's clock until it is right or put away; the same is not said twice."""
        if sentence == self._warned:
            return
        self._warned = sentence
        if sentence:
            title, _point, rest = sentence.partition(". ")
            notice = Notice(NoticeKind.ATTENTION, title, rest, action=_("Periksa lagi"), icon="clock", can_dismiss=True)
            notice.acted.connect(self.context.send_now)
            self._say(notice)
            self._warning = notice
        elif (item := self._trouble.itemAt(0)) and item.widget() is self._warning:
            self._put_away()

    def _put_away(self) -> None:
        clear(self._trouble)
        self._trouble.setContentsMargins(24, 0, 24, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.navigation.narrow(self.width() < ROOM_FOR_WORDS)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc, where no field and no table had a use for it."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def _made(self, kind: Kind, place: Place) -> Screen:
        screen = kind.make(self.context, place)
        screen.became.connect(self.went)
        self._stack.addWidget(screen)
        return screen

    def _leave(self) -> None:
        screen = self._trail.pop()
        self._stack.removeWidget(screen)
        screen.deleteLater()

    def _show(self) -> None:
        if self._offered:
            self._put_away()
        screen = self.shown
        kind = self._kinds[screen.place.screen]
        self.navigation.mark(kind.key if kind.icon else kind.under)
        self.navigation.setVisible(not screen.fills)
        screen.freshen()
        self._stack.setCurrentWidget(screen)
        screen.arrive()
        self.went.emit(screen.place)

    def _stand(self, standing: Standing) -> None:
        zone, now = self.context.zone, self.context.now()
        saved = zone.local(standing.saved_at.astimezone(UTC).isoformat()) if standing.saved_at else None
        sent = when.local(standing.exchanged_at, zone)
        progress = standing.progress
        shown = status_line.Standing(
            (when.hour(saved) if saved.date() == now.date() else when.briefly(saved, now)) if saved else "",
            standing.waiting,
            when.briefly(sent, now) if sent else "",
            progress.percent if progress else None,
            file_words.noun(progress.going) if progress and progress.files_now else "",
            *file_words.waiting(standing.waiting, standing.files, standing.held),
            stopped=standing.stopped,
        )
        self.status.show_standing(shown)
        self._warn(standing.clock)
        if self.knows("exchange"):
            self.navigation.count("exchange", standing.undecided)

    def _lay_out(self, banner: QWidget | None) -> None:
        page = QVBoxLayout()
        page.setSpacing(0)
        for part in (banner,) if banner else ():
            page.addWidget(part)
        page.addLayout(self._trouble)
        page.addWidget(Room(self._stack), 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.navigation)
        across.addLayout(page, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(across, 1)
        whole.addWidget(self.status)
