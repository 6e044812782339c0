"""A camera's folder or card looked through: which pictures are of these days, and a small picture of each.

Files are only read, and decoded in a child process that stays for the whole look (`previewing`). Everything has a
bound: how deep and how many files, how much of each, how long. Nothing here is kept.
"""

import json
import os
import subprocess
import threading
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from pimpasa_desktop.domain.calendar import Zone
from pimpasa_desktop.intake import child, previewing
from pimpasa_desktop.intake.decoding import THUMBNAIL_SIDE_MAX
from pimpasa_desktop.intake.jpeg import bare_size
from pimpasa_desktop.intake.photos import SUFFIXES, moment, read
from pimpasa_desktop.problem import Problem

DEPTH_MAX = 3  # DCIM, its folders, and one that a person made
ENTRIES_MAX = 20_000
FILES_MAX = 2_000
HEAD_BYTES = 131_072  # what a camera tells stands before the picture
SMALL_BYTES_MAX = 100_000
ANSWER_BYTES_MAX = 1_000
SECONDS_MAX = 10.0  # for one picture; then the child is stopped and another goes on with the next


@dataclass(frozen=True)
class Found:
    """A picture in the folder. `taken_at`: ISO with offset; by the file where the camera does not say."""

    path: Path
    taken_at: str

    def day(self, zone: Zone) -> date:
        return zone.local(self.taken_at).date()


def listed(folder: Path, since: date | None, zone: Zone) -> list[Path]:
    """Files that may be photos, the last written first. `since`: none that was last written before that day, for a
    photo is not older than its file. Problem: the folder cannot be read."""
    found: list[tuple[float, Path]] = []
    first = since - timedelta(days=1) if since else date.min  # a card's clock knows no zone
    seen = 0
    for at, folders, names in os.walk(folder, followlinks=False):
        depth = len(Path(at).relative_to(folder).parts)
        folders[:] = sorted(one for one in folders if not one.startswith(".")) if depth < DEPTH_MAX else []
        for name in names:
            seen += 1
            path = Path(at, name)
            written = _written(path, zone) if path.suffix.lower() in SUFFIXES and not name.startswith(".") else None
            if written and written.date() >= first:
                found.append((written.timestamp(), path))
        if seen > ENTRIES_MAX:
            break
    return [path for _at, path in sorted(found, reverse=True)[:FILES_MAX]]


def _written(path: Path, zone: Zone) -> datetime | None:
    try:
        at = path.stat().st_mtime
        return datetime.fromtimestamp(at, timezone(timedelta(hours=zone.offset_hours)))
    except (OSError, OverflowError, ValueError):
        return None


class Looker:
    """A child that looks at pictures. One at a time; it is stopped with `close`, or with the program."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._end: Callable[[], object] = lambda: None  # also when nobody calls `close`

    def dated(self, paths: Sequence[Path], zone: Zone) -> list[Found]:
        """When each of these was taken; what can no longer be read is left out."""
        found = []
        for path in paths:
            written = _written(path, zone)
            if written is None:
                continue
            told, _none = self._ask(previewing.WHEN, _head(path))
            taken_at = moment(str(told.get("taken", "")), str(told.get("offset", "")), zone)
            found.append(Found(path, taken_at or written.isoformat(timespec="seconds")))
        return found

    def small(self, path: Path) -> bytes:
        """A JPEG of at most 320 pixels a side; empty where the picture cannot be opened."""
        try:
            content = read(path)
        except Problem:
            return b""
        _told, drawn = self._ask(previewing.PICTURE, content)
        try:
            return drawn if max(bare_size(drawn)) <= THUMBNAIL_SIDE_MAX else b""
        except ValueError:
            return b""

    def close(self) -> None:
        self._end()
        self._child = None

    def _ask(self, kind: bytes, content: bytes) -> tuple[dict[str, object], bytes]:
        """What the child answers; nothing where it broke over this picture."""
        running = self._child or self._started()
        assert running.stdin and running.stdout
        # A clock that stops it: nothing that a picture holds may keep this thread.
        watch = threading.Timer(SECONDS_MAX, running.kill)
        watch.start()
        try:
            running.stdin.write(kind + len(content).to_bytes(4) + content)
            running.stdin.flush()
            told = json.loads(running.stdout.readline(ANSWER_BYTES_MAX))
            size = int(told["size"])
            drawn = running.stdout.read(size) if 0 <= size <= SMALL_BYTES_MAX else b""
            if len(drawn) == size:
                return told, drawn
        except (OSError, ValueError, KeyError, TypeError):
            pass  # it was stopped, broke, or talks nonsense: another one looks at the next picture
        finally:
            watch.cancel()
            watch.join()
        self.close()
        return {}, b""

    def _started(self) -> "subprocess.Popen[bytes]":
        self._child = running = subprocess.Popen(
            child.command(previewing.__name__, previewing.REENTRY),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=child.FLAGS,
        )
        self._end = weakref.finalize(self, _ended, running)
        return running


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError:
        return b""


def _ended(running: "subprocess.Popen[bytes]") -> None:
    running.kill()
    for pipe in (running.stdin, running.stdout):
        with suppress(OSError):  # what was written and never read
            if pipe:
                pipe.close()
    running.wait()
