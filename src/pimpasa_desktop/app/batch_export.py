"""A batch of documents under way: one visit after the other on the writer's thread, so that whatever is typed
meanwhile is written in between; every step is told, and it can be stopped between any two.

It draws nothing and knows no widget.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.attendance_batch import Batch
from pimpasa_desktop.store.store import Store

TOLD_AFTER_SECONDS = 5


@dataclass(frozen=True)
class Outcome:
    """`failed`: the sentence by visit; `problem`: why the one file was not written, or ""; `stopped`: by the person."""

    files: tuple[Path, ...]
    documents: int
    failed: dict[str, str]
    problem: str = ""
    stopped: bool = False


class BatchExport(QObject):
    """`advanced` after each visit: done, of how many, and the seconds left or -1; `ended` carries an Outcome, once."""

    advanced = Signal(int, int, int)
    ended = Signal(object)

    def __init__(self, context: Context, batch: Batch, visits: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._batch, self._visits = context, batch, tuple(visits)
        self._done = 0
        self._failed: dict[str, str] = {}
        self._stopped = False
        self._began = 0.0

    def start(self) -> None:
        self._began = self._context.env.monotonic()
        self.advanced.emit(0, len(self._visits), -1)
        self._next()

    def stop(self) -> None:
        """After the visit that is being drawn. Files that are there stay; the one file is not written."""
        self._stopped = True

    def _next(self) -> None:
        if self._stopped:
            self._batch.give_up()
            self._end(self._batch.written, stopped=True)
        elif self._done == len(self._visits):
            self._context.work(lambda _store: self._batch.finish()).then(
                self._end, lambda problem: self._end([], problem.sentence), owner=self
            )
        else:
            visit = self._visits[self._done]
            self._context.work(lambda store: self._add(store, visit)).then(
                lambda _none: self._step(), lambda problem: self._fail(visit, problem), owner=self
            )

    def _add(self, store: Store, visit: str) -> None:
        # Noted before it is made: a document that nobody noted must not exist.
        store.note("export", "visit", visit)
        self._batch.add(store.queries, visit)

    def _fail(self, visit: str, problem: Problem) -> None:
        self._failed[visit] = problem.sentence
        self._step()

    def _step(self) -> None:
        self._done += 1
        self.advanced.emit(self._done, len(self._visits), self._seconds_left())
        self._next()

    def _seconds_left(self) -> int:
        taken = self._context.env.monotonic() - self._began
        return round(taken / self._done * (len(self._visits) - self._done)) if taken >= TOLD_AFTER_SECONDS else -1

    def _end(self, files: Sequence[Path], problem: str = "", *, stopped: bool = False) -> None:
        self.ended.emit(Outcome(tuple(files), self._batch.documents, self._failed, problem, stopped))
