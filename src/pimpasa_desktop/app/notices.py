"""What everybody in the window may want to know: which records changed, and how saving and sending stand.

One signal for data (`changed`) and one for the standing (`stood`). Nobody else guesses what to refresh.
"""

from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from pimpasa_desktop.app.soon import Soon
from pimpasa_desktop.env import Env
from pimpasa_desktop.home import clock_behind
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync import clock

ARRIVED_MS, COUNTED_MS = 500, 150


class Progress(Struct, frozen=True):
    """An exchange under way: records settled of those that waited, records received, bytes that the office took and
    gave, and how long it may still take (None: nobody knows yet)."""

    settled: int = 0
    total: int = 0
    received: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    seconds_left: int | None = None

    @property
    def percent(self) -> int:
        return min(99, 100 * self.settled // self.total) if self.total else 0


class Standing(Struct, frozen=True):
    """`saved_at`: when somebody last wrote something here; `exchanged_at`: the last exchange that went well, ISO or "";
    `problem`: why the last try failed, or ""; `clock`: what is wrong with the laptop's, or ""; `progress`: of the exchange under way, if any."""

    saved_at: datetime | None = None
    waiting: int = 0
    undecided: int = 0
    exchanged_at: str = ""
    problem: str = ""
    clock: str = ""
    progress: Progress | None = None


class Notices(QObject):
    """`changed` carries a frozenset of ids: of records and of the roots that they hang on."""

    changed = Signal(object)
    stood = Signal(object)

    def __init__(self, reader: Store, env: Env, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._env = reader, env
        self._arrived: frozenset[str] = frozenset()
        self._telling = Soon(self, ARRIVED_MS, self._tell_arrived)
        self._counting = Soon(self, COUNTED_MS, lambda: self._stand(self._counted(self.standing)))
        past = reader.queries.history.all()
        at = reader.queries.overview.last_written()
        saved = datetime.fromtimestamp(at, UTC) if at else None
        wrong = clock.sentence(clock_behind(reader))
        self.standing = self._counted(Standing(saved_at=saved, problem=past[0].problem if past else "", clock=wrong))

    def wrote(self, ids: frozenset[str]) -> None:
        """A person's change is on the disk. What waits is counted a moment later: the row that was written comes
        first, and sixty written at once are counted once."""
        self._counting.ask()
        self._stand(replace(self.standing, saved_at=self._env.now()))
        if ids:  # a draft changes no record
            self.changed.emit(ids)

    def begun(self) -> None:
        """An exchange begins, of all that waits now."""
        self._counting.stop()
        standing = self._counted(self.standing)
        self._stand(replace(standing, progress=Progress(total=standing.waiting)))

    def received(self, ids: frozenset[str]) -> None:
        """An exchange brought this. Told twice a second at most: what a person looks at must not flicker."""
        self._arrived |= ids
        self._telling.ask()

    def exchanging(self, progress: Progress) -> None:
        self._stand(replace(self.standing, progress=progress))

    def exchanged(self, problem: str, behind: float | None = None) -> None:
        """The exchange has ended, with a problem or with "". `behind`: see `clock.sentence`."""
        self._telling.stop()
        self._counting.stop()
        wrong = self.standing.clock if behind is None else clock.sentence(behind)
        self._stand(self._counted(replace(self.standing, progress=None, problem=problem, clock=wrong)))
        self._arrived = frozenset()
        self.changed.emit(frozenset())  # the history and every state of sending

    def _tell_arrived(self) -> None:
        arrived, self._arrived = self._arrived, frozenset()
        self._stand(self._counted(self.standing))
        self.changed.emit(arrived)

    def _counted(self, standing: Standing) -> Standing:
        queries = self._reader.queries
        return replace(
            standing,
            waiting=queries.pending_count(),
            undecided=queries.overview.undecided_count(),
            exchanged_at=str(self._reader.meta.get("exchanged_at", "")),
        )

    def _stand(self, standing: Standing) -> None:
        self.standing = standing
        self.stood.emit(standing)
