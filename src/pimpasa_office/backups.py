"""The backups that a serving office makes by itself: one an hour into its data folder, opened before it counts.

They guard against a damaged ledger and a wrong hand, not against the loss of the computer: they lie on the same disk.
"""

import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from pimpasa_desktop import durable, sqlcipher
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.log import Log
from pimpasa_desktop.problem import Problem
from pimpasa_office import safekeeping
from pimpasa_office.config import Config

EVERY = timedelta(hours=1)
HOURLY, DAILY = 24, 7
ROOM = 2  # sizes of the ledger that must be free: the copy, and as much again for the ledger to grow
LOOK_SECONDS = 60.0  # by the wall clock, so that a computer that slept makes one when it wakes
STOP_SECONDS = 1.0
SUFFIX = ".db"
STAMP = "%Y%m%d-%H%M%S"


class Backups:
    """The folder of an office's own backups. `free`: bytes that a folder's disk has left."""

    def __init__(
        self, config: Config, env: Env, free: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free
    ) -> None:
        self._config, self._env, self._free = config, env, free
        self.folder = config.backups
        # Empty files, so that a full disk takes them, and a killed server is not taken for a failure.
        self._trying, self._failed = self.folder / "trying", self.folder / "failed"

    def every(self) -> list[tuple[datetime, Path]]:
        """Newest first."""
        found = [(moment, path) for path in self.folder.glob("*" + SUFFIX) if (moment := _moment(path))]
        return sorted(found, reverse=True)

    def due(self) -> bool:
        """An hour has passed since the last, or the clock was set back."""
        newest = self.every()[:1]
        return not newest or not timedelta(0) <= self._env.now() - newest[0][0] < EVERY

    def make(self) -> int:
        """Write one, open it, let old ones go; its size in bytes. Problem: it could not be made; `failed` says so
        until one is."""
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self._trying.touch()
            made = self._made()
            self._roll(made)
            self._failed.unlink(missing_ok=True)
            self._trying.unlink()
            return made.stat().st_size
        except BaseException as error:
            with suppress(OSError):
                self._trying.replace(self._failed)
            if isinstance(error, OSError):
                raise self._unwritable() from error
            raise

    def failed(self) -> bool:
        """Whether the last try failed."""
        return self._failed.exists()

    def _made(self) -> Path:
        size = self._config.ledger_file.stat().st_size
        if self._free(self.folder) < ROOM * size:
            raise Problem(_("Diska kantor hampir penuh, jadi cadangan tidak dibuat. Kosongkan ruang diska."))
        for left in self.folder.glob("*.part*"):  # by a server that was killed
            left.unlink()
        path = self.folder / f"{self._env.now():{STAMP}}{SUFFIX}"
        part = path.with_name(path.name + ".part")
        try:
            safekeeping.backup(self._config, self._env, part)
            safekeeping.check(part, self._config.key())
            durable.settle(part, path)
        finally:
            part.unlink(missing_ok=True)
        return path

    def _unwritable(self) -> Problem:
        return Problem(
            _("Cadangan tidak dapat ditulis ke {folder}. Periksa diska dan izin folder itu.").format(folder=self.folder)
        )

    def _roll(self, made: Path) -> None:
        """The last 24, and of what is older the last of each of seven days; the one just made in any case."""
        older = self.every()[HOURLY:]
        days: dict[str, Path] = {}
        for moment, path in older:
            days.setdefault(f"{moment:%Y%m%d}", path)
        kept = {made, *list(days.values())[:DAILY]}
        for path in {path for _at, path in older} - kept:
            path.unlink()


class Hourly:
    """The thread of a serving office that makes them. Started and stopped by `serve`."""

    def __init__(self, backups: Backups, log: Log) -> None:
        self._backups, self._log = backups, log
        self._stopping = threading.Event()
        # A daemon: a disk that hangs must not keep the process from ending; a backup has no name before it is whole.
        self._thread = threading.Thread(target=self._work, name="backups", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(STOP_SECONDS)

    def _work(self) -> None:
        tried = False  # after a failure the next try waits its hour too
        waited = 0.0
        while not self._stopping.is_set():
            if self._backups.due() and (not tried or waited >= EVERY.total_seconds()):
                tried, waited = not self._once(), 0.0
            self._stopping.wait(LOOK_SECONDS)
            waited += LOOK_SECONDS

    def _once(self) -> bool:
        try:
            self._log.event("backup", bytes=self._backups.make())
        except (Problem, sqlcipher.DatabaseError, sa.exc.DBAPIError, OSError) as error:
            self._log.event("backup_failed", kind=type(error).__name__)
            return False
        return True


def _moment(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.stem, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
