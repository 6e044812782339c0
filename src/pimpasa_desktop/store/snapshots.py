"""Rolling snapshots beside the database: the last three states of the register, made by the program itself.

Each is a backup as a person would make one (`backup`), so whatever takes a backup takes a snapshot. When to look
whether one is due, and in which thread, is not decided here.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pimpasa_desktop import durable
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store import backup
from pimpasa_desktop.store.outlived import SNAPSHOTS, erasures
from pimpasa_desktop.store.store import DATABASE, Store

KEPT = 3
AGE = timedelta(days=1)
SUFFIX = ".pimpasa"
# The copy, the file that it is packed into, and as much again: a snapshot must not take the last room for work.
ROOM = 3


@dataclass(frozen=True)
class Snapshot:
    """A state of the register: when it was copied, in the office's zone, and how many records stood in it."""

    path: Path
    at: datetime
    records: int
    mark: str
    serial: int

    @property
    def name(self) -> str:
        return self.path.stem


class Snapshots:
    """`free`: bytes that a folder's disk has left."""

    def __init__(
        self, data: Path, env: Env, free: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free
    ) -> None:
        self._data, self._env, self._free = data, env, free
        self.folder = data / SNAPSHOTS

    def every(self) -> list[Snapshot]:
        """Newest first, by the order in which they were made: a clock may have been set back meanwhile."""
        found = (self._read(path) for path in self.folder.glob("*" + SUFFIX))
        return sorted((one for one in found if one), key=lambda one: one.serial, reverse=True)

    def named(self, name: str) -> Path | None:
        """The snapshot of that name, as `every` gives it."""
        return next((one.path for one in self.every() if name in (one.name, one.path.name)), None)

    def trouble(self) -> str:
        """Why none can be made, in words; "" when one can."""
        size = sum(path.stat().st_size for path in self._data.glob(DATABASE + "*"))
        if not self._data.exists() or self._free(self._data) >= ROOM * size:
            return ""
        return _("Diska hampir penuh, jadi salinan otomatis catatan tidak dibuat. Catatan aman; kosongkan ruang diska.")

    def due(self, store: Store) -> bool:
        """The last one is older than a day (or of a day to come) and something has changed since."""
        newest = next(iter(self.every()), None)
        mark = _mark(store)
        if newest is None or newest.mark.split()[:1] != mark.split()[:1]:
            return True  # none, or of this laptop's life before it was enrolled again
        age = self._env.now() - newest.at
        return newest.mark != mark and not timedelta(0) <= age < AGE

    def renew(self, store: Store, key: bytes, key_file: Path, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Make one where it is due and there is room; True when it was made. Problem: the disk or the data does not
        allow it. `stopped` is asked between the steps."""
        if not self.due(store) or self.trouble():
            return False
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for left in self.folder.glob(".pimpasa-*"):  # by a program that was killed
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
        before = self.every()
        moment = self._moment(store)
        path = self.folder / f"{moment:%Y%m%d-%H%M%S}{SUFFIX}"
        erased = erasures(store.meta)

        def copy_to(copy: Path) -> None:
            store.copy_to(copy)
            if stopped():
                raise Stopped
            backup.open_and_check(copy, key)
            if stopped():
                raise Stopped

        told = backup.Told(moment.isoformat(timespec="seconds"), _records(store), _mark(store), _next(before))
        try:
            backup.back_up(copy_to, key_file, path, told)
        except Stopped:
            return False
        except Problem:
            if erasures(store.meta) != erased:  # what was being written was taken away with the others
                return False
            raise
        if erasures(store.meta) != erased:  # it may hold what was erased while it was being copied
            path.unlink(missing_ok=True)
            return False
        self._roll(path)
        return True

    def _roll(self, made: Path) -> None:
        older = [one.path for one in self.every() if one.path != made]
        for path in older[KEPT - 1 :]:
            path.unlink(missing_ok=True)
        durable.settle_folder(self.folder)

    def _read(self, path: Path) -> Snapshot | None:
        """None for a file that is no whole snapshot; whoever restores one looks closer."""
        try:
            told = backup.told(path)
            return Snapshot(path, datetime.fromisoformat(told.at), told.records, told.mark, told.serial)
        except (Problem, OSError, ValueError):
            return None

    def _moment(self, store: Store) -> datetime:
        now = self._env.now()
        return store.queries.overview.zone().local(now.isoformat())


class Stopped(Exception):
    """The program is closing; what was begun is given up."""


def _next(before: list[Snapshot]) -> int:
    return before[0].serial + 1 if before else 1


def _records(store: Store) -> int:
    return store.queries.overview.record_count()


def _mark(store: Store) -> str:
    """The laptop's name at the office, then what changes whenever a person or an exchange has changed something."""
    return f"{store.standing.device} {store.queries.overview.mark()}-{store.queries.overview.received_mark()}"
