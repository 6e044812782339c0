"""When to exchange with the office: at the start, some time after a save, when a network appears, when the person asks;
after a failure again, each time later. It decides only when; what an exchange is, stands in `exchanging`.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from pimpasa_desktop.app import connection
from pimpasa_desktop.app.background import Background
from pimpasa_desktop.app.connection import Cost
from pimpasa_desktop.app.exchanging import Exchange, Line
from pimpasa_desktop.app.notices import Going, Notices
from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store

START_SECONDS = 1.0  # the window is painted first
QUIET_SECONDS = 20.0  # after a save: whoever types is not done yet
EVERY_SECONDS = 300.0  # what others wrote comes by itself
FOUND_SECONDS = 2.0  # a network that has just appeared hands out addresses first
# A signal may last minutes only, and where there is none, trying costs nothing: no longer than when all is well.
FIRST_RETRY_SECONDS, RETRY_SECONDS_MAX = 30.0, EVERY_SECONDS
JITTER = 0.25  # a hundred laptops must not come back in the same second


def retry_after(failures: int, env: Env, asked: float = 0) -> float:
    """Seconds to wait after so many failures in a row; never less than the office asked for."""
    if env.planted("retry-at-once"):
        return asked
    wait = min(RETRY_SECONDS_MAX, FIRST_RETRY_SECONDS * 2.0 ** min(failures - 1, 10))
    chance = _chance(env)
    return max(asked * (1 + JITTER * chance), wait * (1 - JITTER + 2 * JITTER * chance))


def _told(problem: Problem) -> str:
    """Its sentence; where nobody could be reached the system may know that the network wants to be logged in to."""
    from pimpasa_desktop.sync.trouble import NotOurOffice, Unreachable, Untrusted

    if isinstance(problem, Unreachable | Untrusted) and connection.asks_login():
        return NotOurOffice(portal=True).sentence
    return problem.sentence


def _chance(env: Env) -> float:
    return int.from_bytes(env.random(2), "big") / 65535


class Syncer(QObject):
    """`photos_anywhere`: whether photos go, too, on a connection that is paid for by the byte."""

    def __init__(
        self,
        background: Background,
        notices: Notices,
        env: Env,
        line_of: Callable[[Store], Line],
        photos_anywhere: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background, self._notices, self._env, self._line_of = background, notices, env, line_of
        self._photos_anywhere = photos_anywhere
        self._line: Line | None = None
        self._clock_behind: float | None = None
        self._failures = 0
        self._not_before = 0.0  # what the office asked for, by the monotonic clock
        self.running = False
        self._again = False  # another one follows the one that is under way
        self._every_photo = False  # the person sends them whatever it costs: until they went, or are stopped
        self._held = False  # the person said stop: nothing goes out by itself until asked for
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.send_now)
        background.wrote.connect(self._saved)

    def start(self) -> None:
        self._wait(START_SECONDS)
        QTimer.singleShot(int(START_SECONDS * 1000), self, self._watch)

    def send_now(self) -> None:
        """An exchange, now; where one is under way, after it."""
        going = self._going()
        self._notices.photos_go(going)
        self._held = False
        if self.running:
            self._again = True
            return
        self.timer.stop()
        self.running, self._again = True, False
        self._notices.begun(going)
        self._background.run(lambda: self._exchange(going)).then(
            lambda _none: self._ended(None), self._ended, owner=self
        )

    def send_photos(self) -> None:
        """The same with every photo, whatever the connection costs; where the signal breaks, the next try, too."""
        self._every_photo = True
        self.send_now()

    def found(self) -> None:
        """The network is another one: try soon, but no sooner than the office asked for."""
        if self._notices.over:
            return
        self._notices.photos_go(self._going())
        if self._held or self.running or not connection.there():
            return
        soon = max(FOUND_SECONDS * (1 + _chance(self._env)), self._not_before - self._env.monotonic())
        if not self.timer.isActive() or self.timer.remainingTime() > soon * 1000:
            self._wait(soon)

    def _watch(self) -> None:
        """Not before the window is painted: to ask the system of its networks takes as long as a screen."""
        if self._notices.over:
            return
        connection.watch(self.found)
        self._notices.photos_go(self._going())

    def stop(self) -> None:
        """End what is under way; what the office has answered stays, the rest waits."""
        self._held, self._again, self._every_photo = True, False, False
        if self._line is not None:
            self._line.cancel()
        self.timer.stop()

    def _going(self) -> Going:
        """Which photos go with an exchange on this connection."""
        if self._every_photo:
            return Going.ALL
        cost = connection.cost()
        if cost is Cost.PAID and not self._photos_anywhere():
            return Going.NONE
        return Going.ALL if cost is Cost.FREE else Going.NOT_WAITING

    def _exchange(self, going: Going) -> None:
        """On the writer's thread."""
        if self._held:
            from pimpasa_desktop.sync.trouble import Cancelled  # not before the window is painted

            raise Cancelled
        notices = self._notices

        def tell(call: Callable[[], None]) -> None:
            self._background.tell(lambda: None if notices.over else call())

        line = self._line = self._line_of(self._background.store)
        try:
            Exchange(
                self._background,
                line,
                lambda progress: tell(lambda: notices.exchanging(progress)),
                lambda ids: tell(lambda: notices.received(ids)) if ids else None,
                lambda: self._held,
            ).run(going)
        finally:
            self._clock_behind = line.clock_behind
            self._line = None
            line.close()

    def _ended(self, problem: Problem | None) -> None:
        from pimpasa_desktop.sync.trouble import Cancelled

        self.running = False
        if self._notices.over:
            return
        if isinstance(problem, Cancelled) and not self._held:
            problem = None  # who had stopped it has asked again since
        wait = None if self._held else self._next_wait(problem)
        if self._again and problem is None:
            self.send_now()  # what was written or asked for meanwhile goes before anybody hears of an end
            return
        if problem is None:
            self._every_photo = False
            self._notices.photos_go(self._going())
        told = _told(problem) if problem else ""
        self._notices.exchanged(told, self._clock_behind, wait if problem else None, stopped=self._held)
        if wait is not None:
            self._wait(wait)

    def _next_wait(self, problem: Problem | None) -> float:
        if problem is None:
            self._failures, self._not_before = 0, 0.0
            return EVERY_SECONDS
        self._failures += 1
        asked = float(getattr(problem, "retry_after", 0))
        self._not_before = self._env.monotonic() + asked
        return retry_after(self._failures, self._env, asked)

    def _saved(self, ids: frozenset[str]) -> None:
        """After a save, once it is quiet; while the office cannot be reached, no sooner than planned."""
        if not ids or self._held:
            return
        if self.running:
            self._again = True
        elif not self._failures:
            self._wait(QUIET_SECONDS)

    def _wait(self, seconds: float) -> None:
        self.timer.start(round(seconds * 1000))
