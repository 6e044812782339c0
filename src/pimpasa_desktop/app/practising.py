"""The window of the practice: under a strip that says so, the choice of a role, then the program as that person has it.

It is handed the practice and knows nothing of the processes behind it.
"""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pimpasa_desktop import i18n
from pimpasa_desktop.app import theme
from pimpasa_desktop.app.background import Background
from pimpasa_desktop.app.entrance import Entrance
from pimpasa_desktop.app.notices import Standing
from pimpasa_desktop.app.practice_entrance import Choosing, Preparing
from pimpasa_desktop.app.run import LEAST, SIZE, Program, application, show
from pimpasa_desktop.app.widgets import banner
from pimpasa_desktop.app.widgets.clearing import clear
from pimpasa_desktop.home import Home
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

SIGNALS_MS = 200


class Ground(Protocol):
    """What one practises on. `prepare` takes a function of steps done, all steps, and what is being done."""

    @property
    def officer(self) -> Home: ...
    @property
    def clerk(self) -> Home: ...
    @property
    def officer_name(self) -> str: ...
    @property
    def office_name(self) -> str: ...

    def prepare(self, tell: Callable[[int, int, str], None]) -> None: ...


class Ended(Exception):
    """The window was closed while the practice was being prepared."""


class PracticeWindow(QWidget):
    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self._ground = ground
        self._preparing = Background()
        self._program: Program | None = None
        self._going = self._ending = False
        self._body = QStackedWidget()
        self._strip = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._strip)
        column.addWidget(self._body, 1)
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        theme.clothe(self)

    def start(self, tell: Callable[[str], None]) -> None:
        """Prepare the practice, which takes seconds the first time; `tell` hears of it as the screen does."""
        page = Preparing()
        self._enter(page)

        def told(done: int, steps: int, sentence: str) -> None:
            if self._ending:
                raise Ended
            tell(sentence)
            self._preparing.tell(partial(page.advance, done, steps, sentence))

        def prepare() -> None:
            try:
                self._ground.prepare(told)
            except Ended:
                return

        def refused(problem: Problem) -> None:
            tell(problem.sentence)
            page.refuse(problem.sentence)

        def ready(_none: None) -> None:
            tell(_("Latihan siap. Tutup jendelanya untuk berhenti."))
            self.choose()

        self._preparing.run(prepare).then(ready, refused, owner=page)

    # -- roles

    def choose(self) -> None:
        """Ask who one wants to be."""
        self._going = False
        page = Choosing(self._ground.officer_name, self._ground.office_name)
        page.officer_asked.connect(lambda: self._work(self._ground.officer))
        page.clerk_asked.connect(lambda: self._work(self._ground.clerk))
        self._enter(page)

    def _work(self, home: Home) -> None:
        self._program = program = Program(home)
        program.windowTitleChanged.connect(self.setWindowTitle)
        self._show(program, can_leave=True)
        program.start()

    def _leave(self) -> None:
        """What is not yet at the office goes there first: the other role would look for it."""
        window = self._program.window_ if self._program else None
        if window is None:
            self.choose()
            return
        if self._going or not self._may_close():
            return
        self._going = True
        window.leave()
        window.context.send_now()
        window.context.notices.stood.connect(self._gone)  # after it: until an exchange has begun, none seems under way

    def _gone(self, standing: Standing) -> None:
        if self._going and standing.progress is None:
            self._going = False
            # The one who tells of it must still be there when everybody has heard.
            QTimer.singleShot(0, self, self.choose)

    # -- what is shown

    def _enter(self, page: Entrance) -> None:
        self.setWindowTitle("PIMPASA")
        page.language_asked.connect(self._other_language)
        self._show(page, can_leave=False)
        page.arrive()

    def _other_language(self) -> None:
        i18n.use("id" if i18n.current() == "en" else "en")
        self.choose()

    def _show(self, page: QWidget, *, can_leave: bool) -> None:
        before = self._body.currentWidget()
        clear(self._strip)
        strip = banner.practice(can_leave=can_leave)
        strip.acted.connect(self._leave)
        self._strip.addWidget(strip)
        strip.show()  # now, and not when the layout has its turn: no screen of the practice is seen without it
        self._body.addWidget(page)
        self._body.setCurrentWidget(page)
        if before is not None:
            if isinstance(before, Program):
                before.close_down()
                self._program = None
            self._body.removeWidget(before)
            before.deleteLater()

    def end(self) -> None:
        """Close, and ask nobody."""
        self._ending = True
        self.close()

    def _may_close(self) -> bool:
        return self._program is None or self._program.may_close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        if not self._ending and not self._may_close():
            event.ignore()
            return
        self._ending = True
        self.hide()
        if self._program is not None:
            self._program.close_down()
            self._program = None
        self._preparing.end()
        super().closeEvent(event)


def run(ground: Ground, tell: Callable[[str], None]) -> int:
    """Open the window and stay until it is closed, by hand or by a signal; returns the exit status."""
    app = application(ground.officer)
    window = PracticeWindow(ground)
    show(window)
    window.start(tell)
    with _closed_by_signals(window):
        return int(app.exec())


@contextmanager
def _closed_by_signals(window: PracticeWindow) -> Iterator[None]:
    """Ctrl C, a closed terminal and an orderly end close the window, whatever is under way."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32":
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, lambda _number, _frame: window.end()) for number in numbers}
    ticking = QTimer()  # Python hears a signal only between two of its own steps
    ticking.timeout.connect(lambda: None)
    ticking.start(SIGNALS_MS)
    try:
        yield
    finally:
        ticking.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
