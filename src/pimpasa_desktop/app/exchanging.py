"""One exchange as the window runs it: on the writer's thread, which goes on writing while the office is being asked.

Only the bytes travel on a thread of their own. It knows neither when to exchange nor any widget.
"""

from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, Protocol

from pimpasa_desktop.app.background import Background
from pimpasa_desktop.app.notices import Progress
from pimpasa_desktop.home import remember
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.history import Past
from pimpasa_desktop.store.store import Store

if TYPE_CHECKING:
    from pimpasa_desktop.sync.engine import Report

TICK_SECONDS = 0.2  # how often progress is told
TELL_FROM_SECONDS = 5.0  # earlier than this a remaining time would be a guess


class Line(Protocol):
    """What this needs of the way to the office (sync.http.Line)."""

    @property
    def address(self) -> str: ...
    @property
    def clock_behind(self) -> float | None: ...
    @property
    def bytes_sent(self) -> int: ...
    @property
    def bytes_received(self) -> int: ...
    @property
    def bytes_handshake(self) -> int: ...
    def exchange(self, body: bytes) -> bytes: ...
    def enrol(self, body: bytes) -> bytes: ...
    def blobs(self, body: bytes) -> bytes: ...
    def cancel(self) -> None: ...
    def close(self) -> None: ...


class Exchange:
    """`on_progress` and `on_changed` are called on the writer's thread."""

    def __init__(
        self,
        background: Background,
        line: Line,
        on_progress: Callable[[Progress], None],
        on_changed: Callable[[frozenset[str]], None],
    ) -> None:
        self._background, self._line = background, line
        self._on_progress, self._on_changed = on_progress, on_changed
        from pimpasa_desktop.sync.engine import Report  # not before the window is painted

        self._report = Report()
        self._told: set[str] = set()

    def run(self, *, free: bool) -> None:
        """Exchange everything and keep in the history how it went. Raises the Problem that ended it. `free`: the
        connection costs nothing, so what waits for such a one goes too."""
        from pimpasa_desktop.sync.engine import Engine

        store = self._background.store
        self._total = store.queries.pending_count()
        self._began = store.env.monotonic()
        problem = ""
        try:
            Engine(store, self, store.env, self._background.serve).exchange(self._report, self._round, free=free)
        except Problem as trouble:
            problem = trouble.sentence
            raise
        finally:
            self._round(self._report)
            _remember(store, self._report, self._line, problem)
            remember(store, self._line.address, self._line.clock_behind)

    # -- the office, as the engine sees it

    def exchange(self, body: bytes) -> bytes:
        return self._asked(lambda: self._line.exchange(body), len(body))

    def blobs(self, body: bytes) -> bytes:
        return self._asked(lambda: self._line.blobs(body), 0)

    def enrol(self, body: bytes) -> bytes:
        raise NotImplementedError  # the engine never enrols

    def _asked(self, ask: Callable[[], bytes], size: int) -> bytes:
        """The office's answer. Meanwhile the writer writes; no transaction is open."""
        answers: list[bytes | BaseException] = []

        def asking() -> None:
            try:
                answers.append(ask())
            except BaseException as trouble:  # noqa: BLE001 - raised again by whoever asked
                answers.append(trouble)
            self._background.wake()

        before = self._line.bytes_sent
        traveller = Thread(target=asking, name="line", daemon=True)
        traveller.start()
        while not answers:
            if self._background.ending:
                from pimpasa_desktop.sync.trouble import Cancelled

                raise Cancelled  # the look-up of a name cannot be interrupted, and nobody waits for it any more
            self._background.serve(TICK_SECONDS)
            self._tell(before, size)
        traveller.join()
        (answer,) = answers
        if isinstance(answer, BaseException):
            raise answer
        return answer

    # -- how far it is

    def _round(self, report: "Report") -> None:
        fresh = report.changed - self._told
        self._told |= fresh
        self._on_changed(self._background.store.queries.overview.with_roots(fresh))
        self._tell(self._line.bytes_sent, 0)

    def _tell(self, before: int, size: int) -> None:
        """Of a question that is on its way (`size` bytes), what the office took counts as done."""
        report, line = self._report, self._line
        settled = report.pushed + report.rejected
        share = min(1.0, (line.bytes_sent - before) / size) if size else 0.0
        passed = self._background.store.env.monotonic() - self._began
        left = None
        if passed > TELL_FROM_SECONDS and 0.0 < share < 1.0:
            left = int(passed * (1 - share) / share) + 1
        reached = min(self._total, settled + int((self._total - settled) * share))
        self._on_progress(Progress(reached, self._total, report.pulled, line.bytes_sent, line.bytes_received, left))


def _remember(store: Store, report: "Report", line: Line, problem: str) -> None:
    size = line.bytes_sent + line.bytes_received + line.bytes_handshake
    at = store.env.now().isoformat(timespec="seconds")
    with store.transaction():
        store.queries.history.add(Past(at, report.pushed, report.pulled, size, store.queries.pending_count(), problem))
