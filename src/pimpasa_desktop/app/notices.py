"""What everybody in the window may want to know: which records changed, and how saving and sending stand.

One signal for data (`changed`) and one for the standing (`stood`). Nobody else guesses what to refresh.
"""

from datetime import UTC, datetime, timedelta
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from pimpasa_desktop.app.soon import Soon
from pimpasa_desktop.env import Env
from pimpasa_desktop.home import clock_behind
from pimpasa_desktop.store.queries import Queries
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync import clock

ARRIVED_MS, COUNTED_MS = 500, 150


class Going(Enum):
    """Which photos and documents go with the next exchange. `NOT_WAITING`: those that do not wait for Wi-Fi."""

    NONE = "none"
    NOT_WAITING = "not_waiting"
    ALL = "all"


class Files(Struct, frozen=True):
    """Photos and the files of documents: so many, their bytes, and how many of them are documents."""

    count: int = 0
    size: int = 0
    documents: int = 0

    @property
    def photos(self) -> int:
        return self.count - self.documents

    def without(self, others: "Files") -> "Files":
        return Files(self.count - others.count, self.size - others.size, self.documents - others.documents)


class Progress(Struct, frozen=True):
    """An exchange under way: records that the office took of those that waited, then photos and documents of those that
    go, records received, bytes that the office took and gave, and how long it may still take (None: nobody knows
    yet)."""

    settled: int = 0
    total: int = 0
    received: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    seconds_left: int | None = None
    taken: Files = Files()
    going: Files = Files()
    files_now: bool = False

    @property
    def percent(self) -> int:
        """Of the files once their turn has come, of the records before."""
        done, total = (self.taken.size, self.going.size) if self.files_now else (self.settled, self.total)
        return min(99, 100 * done // total) if total else 0


class Standing(Struct, frozen=True):
    """`saved_at`: when somebody last wrote something here; `exchanged_at`: the last exchange that went well, ISO or "";
    `problem`: why the last try failed, or "", and `again_at`: when it is tried again by itself; `clock`: what is wrong
    with the laptop's, or ""; `stopped`: the person has stopped the last one, and nothing goes by itself until asked
    for; `progress`: of the exchange under way, if any. `files`: not yet sent, and of these `held` wait for Wi-Fi, all
    of them where the connection is `paid` for."""

    saved_at: datetime | None = None
    waiting: int = 0
    undecided: int = 0
    exchanged_at: str = ""
    problem: str = ""
    again_at: datetime | None = None
    clock: str = ""
    stopped: bool = False
    progress: Progress | None = None
    files: Files = Files()
    held: Files = Files()
    paid: bool = False


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
        self._going = Going.ALL
        self.over = False  # its reader is closed: whoever still has something to tell keeps it
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

    def photos_go(self, going: Going) -> None:
        """Which photos go by themselves on the connection of now."""
        if going is not self._going:
            self._going = going
            self._stand(self._counted(self.standing))

    def begun(self, going: Going) -> None:
        """An exchange begins, of all that waits now, and of these photos and documents."""
        self._counting.stop()
        standing = self._counted(self.standing)
        files = going_of(self._reader.queries, going)
        progress = Progress(total=standing.waiting, going=files)
        self._stand(replace(standing, again_at=None, stopped=False, progress=progress))

    def received(self, ids: frozenset[str]) -> None:
        """An exchange brought this. Told twice a second at most: what a person looks at must not flicker."""
        self._arrived |= ids
        self._telling.ask()

    def exchanging(self, progress: Progress) -> None:
        before = self.standing.progress
        standing = replace(self.standing, progress=progress)
        turned = progress.files_now and not (before and before.files_now)
        self._stand(self._counted(standing) if turned else standing)  # the records are at the office

    def exchanged(
        self,
        problem: str,
        behind: float | None = None,
        again_seconds: float | None = None,
        *,
        stopped: bool = False,
    ) -> None:
        """The exchange has ended, with a problem or with "". `behind`: see `clock.sentence`; `again_seconds`: until it
        is tried again; `stopped`: see Standing."""
        self._telling.stop()
        self._counting.stop()
        wrong = self.standing.clock if behind is None else clock.sentence(behind)
        again = self._env.now() + timedelta(seconds=again_seconds) if again_seconds is not None else None
        ended = replace(self.standing, progress=None, problem=problem, again_at=again, clock=wrong, stopped=stopped)
        self._stand(self._counted(ended))
        self._arrived = frozenset()
        self.changed.emit(frozenset())  # the history and every state of sending

    def _tell_arrived(self) -> None:
        arrived, self._arrived = self._arrived, frozenset()
        self._stand(self._counted(self.standing))
        self.changed.emit(arrived)

    def _counted(self, standing: Standing) -> Standing:
        queries = self._reader.queries
        files = going_of(queries, Going.ALL)
        return replace(
            standing,
            waiting=queries.pending_count(),
            undecided=queries.overview.undecided_count(),
            exchanged_at=str(self._reader.meta.get("exchanged_at", "")),
            files=files,
            held=files.without(going_of(queries, self._going)),
            paid=self._going is Going.NONE,
        )

    def _stand(self, standing: Standing) -> None:
        self.standing = standing
        self.stood.emit(standing)


def going_of(queries: Queries, going: Going) -> Files:
    """What goes of photos and documents."""
    if going is Going.NONE:
        return Files()
    photos, photo_bytes = queries.photos.pending(waiting=going is Going.ALL)
    documents, document_bytes = queries.enclosures.pending(waiting=going is Going.ALL)
    return Files(photos + documents, photo_bytes + document_bytes, documents)
