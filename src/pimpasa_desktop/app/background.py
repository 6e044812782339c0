"""The one writer: a thread that owns the store, and the way of what it made back to the UI thread.

Whatever is written goes through `write`; whatever takes long goes through `run`. Nothing here touches a widget, and
the UI thread never waits. While the writer itself waits for the office it goes on writing (`serve`), so typing is
never held up by an exchange.
"""

from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store

T = TypeVar("T")
Job = Callable[[], None]


class Alone(Struct, frozen=True):
    """A job that takes the store from under whatever is being done, and therefore waits for its end."""

    job: Job


class Pending(Generic[T]):
    """What was asked of the writer. The answer comes once, on the UI thread, after this event is done."""

    def __init__(self, unheard: Callable[[Problem], None]) -> None:
        self._unheard = unheard
        self._done: Callable[[T], None] = lambda _value: None
        self._refused: Callable[[Problem], None] | None = None
        self._owner: QObject | None = None

    def then(
        self,
        done: Callable[[T], None],
        refused: Callable[[Problem], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> "Pending[T]":
        """Call `done` with the value, or `refused` with the Problem (without it, the window tells it). Neither is
        called once `owner` is gone."""
        self._done, self._refused, self._owner = done, refused, owner
        return self

    def settle(self, value: T) -> None:
        if self._owner is None or isValid(self._owner):
            self._done(value)

    def refuse(self, problem: Problem) -> None:
        if self._refused is None:
            self._unheard(problem)
        elif self._owner is None or isValid(self._owner):
            self._refused(problem)


class Background(QObject):
    """`wrote` carries the ids of what a write changed; `unheard` a Problem that nobody waited for; `broke` says that
    the database is damaged, whoever waited for whatever."""

    wrote = Signal(object)
    broke = Signal()
    unheard = Signal(object)
    _came = Signal(object)

    def __init__(self, parent: QObject | None = None, *, name: str = "writer") -> None:
        super().__init__(parent)
        self._jobs: SimpleQueue[Job | Alone | None] = SimpleQueue()
        self._next: Alone | None = None
        self._idle = Event()  # never set: to wait on
        self._store: Store | None = None
        self._ended = False
        self._deaf = False
        # To a slot of this object, not to a lambda: Qt then knows in which thread to call it.
        self._came.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._work, name=name)
        self._thread.start()

    # -- on the UI thread

    def open(self, opener: Callable[[], Store]) -> Pending[None]:
        """Open the store that is written from now on."""

        def opened() -> None:
            self._shut()
            self._store = opener()

        return self._put(opened, Alone)

    def shut(self) -> Pending[None]:
        """Close the store; the thread stays."""
        return self._put(self._shut, Alone)

    def write(self, change: Callable[[Store], T]) -> Pending[T]:
        """Let the writer change the store; what changed is told by `wrote` before the answer comes."""

        def written() -> T:
            overview = self.store.queries.overview
            before = overview.mark()
            value = change(self.store)
            changed = overview.changed_since(before)
            self.tell(lambda: self.wrote.emit(changed))
            return value

        return self.run(written)

    def run(self, work: Callable[[], T]) -> Pending[T]:
        """Let the writer do something that needs no store, or handles it itself."""
        return self._put(work, lambda job: job)

    def _put(self, work: Callable[[], T], kind: Callable[[Job], "Job | Alone"]) -> Pending[T]:
        pending: Pending[T] = Pending(self.unheard.emit)

        def job() -> None:
            try:
                value = work()
            except (Problem, sqlcipher.DatabaseError) as trouble:
                self.tell(partial(self._refuse, pending, trouble))
            except BaseException as bug:  # noqa: BLE001 - a bug must not end the writer; it is raised where it is seen
                found = bug
                self.tell(lambda: _raise(found))
            else:
                self.tell(lambda: pending.settle(value))

        self._jobs.put(kind(job))
        return pending

    def end(self) -> None:
        """Write what was asked for, close the store, end the thread. What it still has to tell is not told."""
        self._deaf = True
        self._jobs.put(None)
        self._thread.join()

    def _refuse(self, pending: Pending[T], trouble: Exception) -> None:
        problem = sqlcipher.problem_in(trouble)
        if isinstance(problem, sqlcipher.Damaged):
            self.broke.emit()
        pending.refuse(problem)

    @Slot(object)
    def _hear(self, call: Callable[[], None]) -> None:
        if not self._deaf:
            call()

    # -- on the writer's thread

    @property
    def store(self) -> Store:
        assert self._store is not None
        return self._store

    @property
    def ending(self) -> bool:
        """Whoever serves should come to an end: the store is to be closed or exchanged for another."""
        return self._ended or self._next is not None

    def tell(self, call: Callable[[], None]) -> None:
        """From any thread: have the UI thread call this."""
        self._came.emit(call)

    def wake(self) -> None:
        """From any thread: let `serve` look whether it may go on."""
        self._jobs.put(lambda: None)

    def serve(self, seconds: float = 0) -> None:
        """Do what was asked for meanwhile: all of it, and when there is nothing, wait so long for something. What must
        be done alone, and what was asked after it, waits until whoever serves has finished (`ending`)."""
        if self._next is not None and seconds:
            self._idle.wait(seconds)
        try:
            while self._next is None:
                job = self._jobs.get(timeout=seconds) if seconds else self._jobs.get_nowait()
                seconds = 0
                if isinstance(job, Alone):
                    self._next = job
                else:
                    self._do(job)
        except Empty:
            return

    def _work(self) -> None:
        while not self._ended:
            job, self._next = self._next or self._jobs.get(), None
            self._do(job.job if isinstance(job, Alone) else job)
        self._shut()

    def _do(self, job: Job | None) -> None:
        if job is None:
            self._ended = True
        else:
            job()

    def _shut(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def _raise(bug: BaseException) -> None:
    raise bug
