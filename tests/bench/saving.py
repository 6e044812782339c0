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
    reading = sqlcipher.connect(folder / "laptop" / DATABASE, b"l" * 32, readonly=True)
    people = People("saving")
    persons = [people.attendee(visit, "Bongkudai Utara") for _save in range(SAVES + 1)]
    laptop.store.put("attendee", persons[0])
    bare = copied(folder / "laptop" / DATABASE, folder / "bare.db", b"l" * 32)
    ours, theirs, rows = [], [], []
    for person in persons[1:]:  # by turns, so that whatever else the machine does meets both
        ours.append(seconds(lambda person=person: laptop.store.put("attendee", person)))
        if rows:  # those of the save before: reading this one's first would warm the cipher for one of the two
            theirs.append(seconds(lambda rows=rows: write_again(bare, rows)))
        rows = last_rows(reading)
    bare.close()
    reading.close()
    laptop.close()
    office.ledger.close()
    value, against = statistics.median(ours), statistics.median(theirs)
    return Figure(
        "save one attendee, durable",
        round(value * 1000, 2),
        "ms",
        "bare sqlcipher3 transaction writing the same rows",
        value / against,
        1.5,
    )


def copied(source: Path, target: Path, key: bytes) -> sqlcipher.Connection:
    """A file of its own: two connections that write one file by turns throw each other's pages away."""
    reading = sqlcipher.connect(source, key, readonly=True)
    sqlcipher.backup_to(reading, target)
    reading.close()
    return sqlcipher.connect(target, key)


def seconds(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def last_rows(reading: sqlcipher.Connection) -> list[tuple[str, tuple[object, ...]]]:
    """The statements, with their cells, that write once more what the last save wrote."""
    found = []
    for table in TABLES:
        key = "rowid" if table == "search" else "seq" if table in ("outbox", "audit") else "key"
        cursor = reading.execute(
            f"SELECT {'rowid, *' if table == 'search' else '*'} FROM {table} ORDER BY {key} DESC LIMIT 1"
        )
        names = ", ".join(f'"{column[0]}"' for column in cursor.description)
        row = cursor.fetchone()
        found.append((f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row)))
    return found


def write_again(bare: sqlcipher.Connection, rows: list[tuple[str, tuple[object, ...]]]) -> None:
    bare.execute("BEGIN IMMEDIATE")
    for statement, cells in rows:
        bare.execute(statement, cells)
    bare.execute("COMMIT")
