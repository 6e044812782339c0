"""When to exchange with the office: at the start, some time after a save, when the person asks; after a failure again,
each time later. It decides only when; what an exchange is, stands in `exchanging`.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from pimpasa_desktop.app import connection
from pimpasa_desktop.app.background import Background
from pimpasa_desktop.app.exchanging import Exchange, Line
from pimpasa_desktop.app.notices import Notices
from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store

START_SECONDS = 1.0  # the window is painted first
QUIET_SECONDS = 20.0  # after a save: whoever types is not done yet
EVERY_SECONDS = 300.0  # what others wrote comes by itself
FIRST_RETRY_SECONDS, RETRY_SECONDS_MAX = 30.0, 1800.0
JITTER = 0.25  # a hundred laptops must not come back in the same second


def retry_after(failures: int, env: Env, asked: float = 0) -> float:
    """Seconds to wait after so many failures in a row; never less than the office asked for."""
    if env.planted("retry-at-once"):
        return asked
    wait = min(RETRY_SECONDS_MAX, FIRST_RETRY_SECONDS * 2.0 ** min(failures - 1, 10))
    chance = int.from_bytes(env.random(2), "big") / 65535
    return max(asked, wait * (1 - JITTER + 2 * JITTER * chance))


class Syncer(QObject):
    def __init__(
        self,
        background: Background,
        notices: Notices,
        env: Env,
        line_of: Callable[[Store], Line],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background, self._notices, self._env, self._line_of = background, notices, env, line_of
        self._line: Line | None = None
        self._failures = 0
        self.running = False
        self._again = False
        self._held = False  # the person said stop: nothing goes out by itself until asked for
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.send_now)
        background.wrote.connect(self._saved)

    def start(self) -> None:
        self._wait(START_SECONDS)

    def send_now(self) -> None:
        """An exchange, now; one more afterwards where one is under way already."""
        self._held = False
        if self.running:
            self._again = True
            return
        self.timer.stop()
        self.running, self._again = True, False
        self._notices.begun()
        free = connection.is_free()
        self._background.run(lambda: self._exchange(free)).then(
            lambda _none: self._ended(None), self._ended, owner=self
        )

    def stop(self) -> None:
        """End what is under way; what the office has answered stays, the rest waits."""
        if self._line is not None:
            self._line.cancel()
        self._held, self._again = True, False
        self.timer.stop()

    def _exchange(self, free: bool) -> None:
        """On the writer's thread."""
        if self._held:
            from pimpasa_desktop.sync.trouble import Cancelled  # not before the window is painted

            raise Cancelled
        tell, notices = self._background.tell, self._notices
        line = self._line = self._line_of(self._background.store)
        try:
            Exchange(
                self._background,
                line,
                lambda progress: tell(lambda: notices.exchanging(progress)),
                lambda ids: tell(lambda: notices.received(ids)) if ids else None,
            ).run(free=free)
        finally:
            self._line = None
            line.close()

    def _ended(self, problem: Problem | None) -> None:
        self.running = False
        self._notices.exchanged(problem.sentence if problem else "")
        if self._held:
            return
        if problem is None:
            self._failures = 0
            self._wait(0 if self._again else EVERY_SECONDS)
            return
        self._failures += 1
        self._wait(retry_after(self._failures, self._env, getattr(problem, "retry_after", 0)))

    def _saved(self, ids: frozenset[str]) -> None:
        """After a save, once it is quiet; while the office cannot be reached, no sooner than planned."""
        if ids and not self._held and not self.running and not self._failures:
            self._wait(QUIET_SECONDS)
        elif ids and self.running:
            self._again = True

    def _wait(self, seconds: float) -> None:
        self.timer.start(round(seconds * 1000))
