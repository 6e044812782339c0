"""Saving one attendee, durable, beside a bare transaction of the driver that writes the same rows."""

import shutil
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from bench.people import People
from bench.row import Figure
from pimpasa_desktop import sqlcipher
from pimpasa_desktop.store.store import DATABASE
from rig.world import BONGKUDAI_UTARA, LaptopRig, OfficeRig, RigEnv

SAVES = 300
TABLES = ("record", "attendee", "search", "outbox", "audit")


def figures() -> list[Figure]:
    folder = Path(tempfile.mkdtemp())  # a real disk: a save counts when it is on it
    try:
        return [_measured(folder)]
    finally:
        shutil.rmtree(folder)


def _measured(folder: Path) -> Figure:
    office = OfficeRig(folder / "office", RigEnv("office"))
    officer = office.account("Deddy Mokodompit", "field_officer")
    office.assign(officer, BONGKUDAI_UTARA, "Bongkudai Utara")
    laptop = LaptopRig(folder / "laptop", RigEnv("laptop"), office, officer)
    visit = laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00"})
    people = People("saving")
    laptop.store.put("attendee", people.attendee(visit, "Bongkudai Utara"))
    bare = sqlcipher.connect(folder / "laptop" / DATABASE, b"l" * 32)
    ours, theirs = [], []
    for _save in range(SAVES):  # by turns, so that whatever else the machine does meets both
        attendee = people.attendee(visit, "Bongkudai Utara")
        ours.append(_seconds(lambda row=attendee: laptop.store.put("attendee", row)))  # type: ignore[misc]
        theirs.append(_seconds(lambda: _same_rows(bare)))
    bare.close()
    laptop.close()
    office.ledger.close()
    value, against = statistics.median(ours), statistics.median(theirs)
    return Figure(
        "save one attendee, durable", round(value * 1000, 2), "ms", "bare sqlcipher3 transaction writing the same rows",
        value / against, 1.5,
    )


def _seconds(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def _same_rows(bare: sqlcipher.Connection) -> None:
    """The last row of each table that a save writes, once more under new keys."""
    bare.execute("BEGIN IMMEDIATE")
    key = bare.execute(
        "INSERT INTO record (id, entity, root, level, author, number, deleted, salt)"
        " SELECT id || key, entity, root, level, author, number, deleted, salt FROM record ORDER BY key DESC LIMIT 1"
    ).lastrowid
    bare.execute(
        "INSERT INTO attendee (key, visit, name, sex, stakeholder_group, institution, phone)"
        " SELECT ?, visit, name, sex, stakeholder_group, institution, phone FROM attendee ORDER BY key DESC LIMIT 1",
        (key,),
    )
    bare.execute("INSERT INTO search (rowid, text) SELECT ?, text FROM search ORDER BY rowid DESC LIMIT 1", (key,))
    bare.execute(
        "INSERT INTO outbox (id, entity, record, action, base, patch, at, offered) SELECT id, entity, record, action,"
        " base, patch, at, offered FROM outbox ORDER BY seq DESC LIMIT 1"
    )
    bare.execute(
        "INSERT INTO audit (at, account, action, entity, record, fields, salted, chain) SELECT at, account, action,"
        " entity, record, fields, salted, chain FROM audit ORDER BY seq DESC LIMIT 1"
    )
    bare.execute("COMMIT")
