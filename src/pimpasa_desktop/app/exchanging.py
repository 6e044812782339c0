"""One exchange as the window runs it: on the writer's thread, which goes on writing while the office is being asked.

Only the bytes travel on a thread of their own. It knows neither when to exchange nor any widget.
"""

from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, Protocol

from pimpasa_desktop.app.background import Background
from pimpasa_desktop.app.notices import Files, Going, Progress, going_of
from pimpasa_desktop.app.pace import Pace
from pimpasa_desktop.home import remember
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.history import Past
from pimpasa_desktop.store.store import Store

if TYPE_CHECKING:
    from pimpasa_desktop.sync.engine import Report

TICK_SECONDS = 0.2  # how often progress is told
RECORD_BYTES = 60  # of one that waits, until the first question has shown what they take


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
    def blobs(self, body: bytes) -> bytes: ...
    def cancel(self) -> None: ...
    def close(self) -> None: ...


class Exchange:
    """`on_progress` and `on_changed` are called on the writer's thread; `stopped`: the person wants an end of it."""

    def __init__(
        self,
        background: Background,
        line: Line,
        on_progress: Callable[[Progress], None],
        on_changed: Callable[[frozenset[str]], None],
        stopped: Callable[[], bool],
    ) -> None:
        self._background, self._line = background, line
        self._on_progress, self._on_changed, self._stopped = on_progress, on_changed, stopped
        from pimpasa_desktop.sync.engine import Report  # not before the window is painted

        self._report = Report()
        self._told: set[str] = set()
        self._pace = Pace()
        self._files_now = False
        self._record_bytes = float(RECORD_BYTES)

    def run(self, going: Going) -> None:
        """Exchange everything, and these photos and documents, and keep in the history how it went. Raises the Problem
        that ended it."""
        from pimpasa_desktop.sync.engine import Engine

        store = self._background.store
        self._total = store.queries.pending_count()
        self._files = going_of(store.queries, going)
        problem = ""
        try:
            Engine(store, self, store.env, self._between).exchange(
                self._report, self._round, free=going is Going.ALL, photos=going is not Going.NONE
            )
        except Problem as trouble:
            problem = trouble.sentence
            raise
        finally:
            self._round(self._report)
            _remember(store, self._report, self._line, problem)
            remember(store, self._line.address, self._line.clock_behind)

    # -- the office, as the engine sees it

    def exchange(self, body: bytes) -> bytes:
        if self._report.offered:
            self._record_bytes = len(body) / self._report.offered
        return self._asked(lambda: self._line.exchange(body), len(body))

    def blobs(self, body: bytes) -> bytes:
        self._files_now = self._files.count > 0  # else one is only fetched
        return self._asked(lambda: self._line.blobs(body), len(body))

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
            self._background.serve(TICK_SECONDS)
            if self._background.ending:
                self._line.cancel()
            self._tell(before, size)
        traveller.join()
        (answer,) = answers
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _between(self) -> None:
        """Between two slices of an answer: what others want written goes first, and an end that is asked for comes at
        once. Nothing is lost by it: the same question gets the same answer the next time."""
        self._background.serve()
        if self._background.ending or self._stopped():
            from pimpasa_desktop.sync.trouble import Cancelled

            raise Cancelled

    # -- how far it is

    def _round(self, report: "Report") -> None:
        fresh = report.changed - self._told
        self._told |= fresh
        self._on_changed(self._background.store.queries.overview.with_roots(fresh))
        self._tell(self._line.bytes_sent, 0)

    def _tell(self, before: int, size: int) -> None:
        """Of a question that is on its way (`size` bytes), what the office took counts as done."""
        report, line, files = self._report, self._line, self._files
        taken = min(size, line.bytes_sent - before)
        settled, bytes_taken = report.pushed + report.rejected, report.photo_bytes
        if self._files_now:
            bytes_taken = min(files.size, bytes_taken + taken)
        elif size:
            settled += report.offered * taken // size
        settled = min(self._total, settled)
        left = (self._total - settled) * self._record_bytes * (not self._files_now) + files.size - bytes_taken
        seconds = self._pace.left(self._background.store.env.monotonic(), line.bytes_sent, left)
        self._on_progress(
            Progress(
                settled=settled,
                total=self._total,
                received=report.pulled,
                bytes_sent=line.bytes_sent,
                bytes_received=line.bytes_received,
                seconds_left=seconds,
                taken=Files(report.photos_sent, bytes_taken),
                going=files,
                files_now=self._files_now,
            )
        )


def _remember(store: Store, report: "Report", line: Line, problem: str) -> None:
    size = line.bytes_sent + line.bytes_received + line.bytes_handshake
    at = store.env.now().isoformat(timespec="seconds")
    with store.transaction():
        store.queries.history.add(Past(at, report.pushed, report.pulled, size, store.queries.pending_count(), problem))
