"""The files that are on their way in: prepared away from the window one after another, each then written.

It outlives the pages: what somebody dropped on one goes on when that page is left, and what failed stays told there.
It knows neither pages nor what a file becomes; whoever adds files says how each is prepared and what it then writes.
"""

from collections import deque
from collections.abc import Callable, Sequence

from msgspec import Struct, field
from PySide6.QtCore import QObject, Signal

from pimpasa_desktop.app.background import Background
from pimpasa_desktop.app.notices import Files
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.intake.decoder import Decoder
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.store import Store

Change = Callable[[Store], object]
Prepare = Callable[[Decoder], Change]


class Of(Struct, frozen=True):
    """What files become (the entity), and the record that they come to."""

    entity: str
    record: str


class Batch(Struct):
    """The files of one record since there were last none on their way. `done` counts those that failed, too; `heard`:
    the troubles were shown."""

    count: int = 0
    done: int = 0
    troubles: list[str] = field(default_factory=list)
    heard: bool = True
    decoder: Decoder = field(default_factory=Decoder)

    @property
    def busy(self) -> bool:
        return self.done < self.count

    def trouble(self, sentence: str) -> None:
        self.troubles.append(sentence)
        self.heard = False


class _Coming(Struct, frozen=True, eq=False):
    of: Of
    prepare: Prepare


class TakingIn(QObject):
    """`stood` carries the Of whose files are otherwise now; `unheard` when no page in sight has then marked its
    Batch as heard. `ended` when nothing is on its way any more."""

    stood = Signal(object)
    unheard = Signal()
    ended = Signal()

    def __init__(self, darkroom: Background, writer: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._darkroom, self._writer = darkroom, writer
        self._batches: dict[Of, Batch] = {}
        self._queue: deque[_Coming] = deque()
        self._now: _Coming | None = None

    # -- what is asked

    def add(self, of: Of, files: Sequence[Prepare]) -> None:
        batch = self._batches.get(of)
        if batch is None or not batch.busy:
            batch = self._batches[of] = Batch()
        batch.count += len(files)
        self._queue.extend(_Coming(of, prepare) for prepare in files)
        self.stood.emit(of)
        self._next()

    def stop(self, of: Of) -> None:
        """What is in stays, and the file at hand comes."""
        left = deque(one for one in self._queue if one.of != of)
        self.batch(of).count -= len(self._queue) - len(left)
        self._queue = left
        self.stood.emit(of)

    def give_up(self, *, told: bool) -> None:
        """Write nothing more. Unless the person was `told` what that leaves, it is a trouble of each record."""
        self._queue.clear()
        self._now = None
        for batch in [batch for batch in self._batches.values() if batch.busy]:
            left = batch.count - batch.done
            if not told:
                sentence = plural("{count} berkas belum disimpan ketika catatan di laptop ini rusak.", left)
                batch.trouble(sentence.format(count=number(left)) + " " + _("Ambil lagi dari asalnya."))
            batch.count = batch.done
            self._darkroom.run(batch.decoder.close)  # there, and after what it is at

    # -- what is told

    def batch(self, of: Of) -> Batch:
        return self._batches.get(of) or Batch()

    @property
    def coming(self) -> Files:
        left = {of: batch.count - batch.done for of, batch in self._batches.items()}
        return Files(sum(left.values()), documents=sum(left[of] for of in left if of.entity == "document"))

    def tell_unheard(self) -> str:
        """What no page has shown of the troubles, in one sentence; from now on it counts as told."""
        batches = [batch for batch in self._batches.values() if not batch.heard]
        for batch in batches:
            batch.heard = True
        return sentence([trouble for batch in batches for trouble in batch.troubles])

    # -- one after another

    def _next(self) -> None:
        if self._now is not None or not self._queue:
            return
        one = self._now = self._queue.popleft()
        decoder = self._batches[one.of].decoder
        self._darkroom.run(lambda: one.prepare(decoder)).then(
            lambda change: self._write(one, change), lambda problem: self._done(one, problem), owner=self
        )

    def _write(self, one: _Coming, change: Change) -> None:
        if self._now is one:
            self._writer.write(change).then(
                lambda _value: self._done(one), lambda problem: self._done(one, problem), owner=self
            )

    def _done(self, one: _Coming, problem: Problem | None = None) -> None:
        if self._now is not one:  # given up meanwhile
            return
        self._now = None
        batch = self._batches[one.of]
        batch.done += 1
        if problem:
            batch.trouble(problem.sentence)
        if not batch.busy:
            self._darkroom.run(batch.decoder.close)
        self.stood.emit(one.of)
        if not batch.heard:
            self.unheard.emit()
        self._next()
        if self._now is None:
            self.ended.emit()


def sentence(troubles: Sequence[str]) -> str:
    """The first trouble, and how many there are beside it; "" for none."""
    if not troubles:
        return ""
    more = len(troubles) - 1
    others = plural("{count} berkas lain juga tidak disimpan.", more).format(count=number(more))
    return f"{troubles[0]} {others}" if more else troubles[0]
