"""A camera's folder or card looked through: which pictures are of these days, and a small picture of each.

Files are only read, and decoded in a child process that stays for the whole look. Everything has a bound: how deep and
how many files, how much of each, how long. Nothing here is kept.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from pimpasa_desktop.domain.calendar import Zone
from pimpasa_desktop.intake import decoding
from pimpasa_desktop.intake.decoder import Answer, Decoder
from pimpasa_desktop.intake.jpeg import bare_size
from pimpasa_desktop.intake.photos import SUFFIXES, moment, read
from pimpasa_desktop.problem import Problem

DEPTH_MAX = 3  # DCIM, its folders, and one that a person made
ENTRIES_MAX = 20_000
FILES_MAX = 2_000
HEAD_BYTES = 131_072  # what a camera tells stands before the picture


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


def dated(paths: Sequence[Path], zone: Zone, decoder: Decoder) -> list[Found]:
    """When each of these was taken; what can no longer be read is left out."""
    found = []
    for path in paths:
        written = _written(path, zone)
        if written is None:
            continue
        told = _asked(decoder, decoding.WHEN, _head(path)).told
        taken_at = moment(str(told.get("taken", "")), str(told.get("offset", "")), zone)
        found.append(Found(path, taken_at or written.isoformat(timespec="seconds")))
    return found


def small(path: Path, decoder: Decoder) -> bytes:
    """A JPEG of at most 320 pixels a side; empty where the picture cannot be opened."""
    try:
        (drawn,) = _asked(decoder, decoding.SMALL, read(path)).parts
        return drawn if max(bare_size(drawn)) <= decoding.THUMBNAIL_SIDE_MAX else b""
    except (Problem, ValueError):
        return b""


def _asked(decoder: Decoder, kind: bytes, content: bytes) -> Answer:
    try:
        return decoder.ask(kind, content)
    except OSError:  # no memory for a child: the file's own time will do, and no picture
        return Answer(decoding.TOO_HEAVY)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError:
        return b""
