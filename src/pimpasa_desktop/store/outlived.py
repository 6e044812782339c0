"""Copies beside the database that hold what was since taken off this laptop for good: they go too.

A copy cannot be searched, so all of them go; the next snapshot follows within the hour. Backups that a person carried
elsewhere are out of reach.
"""

import shutil
from pathlib import Path

from pimpasa_desktop import durable
from pimpasa_desktop.store.meta import Meta
from pimpasa_desktop.store.schema import BEFORE_MIGRATION

SNAPSHOTS = "snapshots"  # the folder beside the database where the program keeps its own


def note_erasure(meta: Meta) -> None:
    """Inside the transaction that takes records off this laptop."""
    meta.set("erasures", erasures(meta) + 1)


def erasures(meta: Meta) -> int:
    return int(meta.get("erasures", 0))


def drop_outlived(meta: Meta, folder: Path) -> None:
    """After such a transaction, and whenever the data folder is opened, because a power cut may have come between."""
    count = erasures(meta)
    if count == int(meta.get("erasures_reached", 0)):
        return
    for path in (folder / BEFORE_MIGRATION, *(folder / SNAPSHOTS).glob("*"), *(folder / SNAPSHOTS).glob(".pimpasa-*")):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if (folder / SNAPSHOTS).is_dir():
        durable.settle_folder(folder / SNAPSHOTS)
    meta.set("erasures_reached", count)
