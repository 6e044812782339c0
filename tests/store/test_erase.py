"""Erasing a root: nothing of it is left in any table, shadow tables and free pages included."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.domain.ids import compose
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.blobs import attach
from pimpasa_desktop.store.delivery import Delivery
from pimpasa_desktop.store.erase import erase
from pimpasa_desktop.store.originals import AsTaken
from pimpasa_desktop.store.schema import BEFORE_MIGRATION
from pimpasa_desktop.store.store import Store
from rig.world import LaptopRig

CANARY = "kasuaribiru"


def cells(store: Store) -> Iterator[tuple[str, object]]:
    """Every cell of every table, those of the search indexes too."""
    names = [name for (name,) in store._sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for name in names:
        for row in store._sql.execute(f'SELECT * FROM "{name}"'):
            yield from ((name, cell) for cell in row)


def tables_with(store: Store, *needles: str) -> set[str]:
    found = set()
    for name, cell in cells(store):
        data = cell if isinstance(cell, bytes) else str(cell).encode(errors="surrogatepass")
        if any(needle.encode() in data for needle in needles):
            found.add(name)
    return found


def filled(laptop: LaptopRig) -> tuple[str, set[str]]:
    """A visit with the canary everywhere it can be."""
    store = laptop.store
    of = store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00", "theme": CANARY})
    guest = store.put("attendee", {"visit": of, "name": CANARY})
    follow = store.put("follow_up", {"visit": of, "text": f"{CANARY} lagi"})
    photo = attach(store, {"visit": of, "caption": CANARY}, CANARY.encode() * 9_000, CANARY.encode(),
                   AsTaken(CANARY, CANARY.encode() * 9_000))  # fmt: skip
    laptop.sync()
    store.put("visit", {"theme": f"baru {CANARY}"}, of)  # received, outbox
    store.put("attendee", {"name": f"{CANARY} dua"}, guest)
    store.drafts.save("form", "attendee", "", of, {"name": CANARY})
    store.drafts.save("other form", "attendee", guest, "", {"name": CANARY})
    conflict = Row("conflict", compose(90, 1), 900, laptop.account, False, {
        "about": of, "record": guest, "record_entity": "attendee", "field_name": "name", "secrecy": "B",
        "office_value": json.dumps(CANARY), "mine_value": json.dumps(CANARY), "mine_account": laptop.account,
    })  # fmt: skip
    refused = [
        Row("rejected", compose(91, n), 901 + n, laptop.account, False, {
            "writer": laptop.account, "operation": compose(92, n), "record": record, "record_entity": "attendee",
            "action": "put", "patch": json.dumps({"visit": of, "name": CANARY} if n else {"name": CANARY}),
            "reason": "role", "secrecy": "B",
        })
        for n, record in enumerate([guest, compose(93, 1)])
    ]  # fmt: skip
    store.take(Delivery(store.standing, rows=(conflict, *refused)))
    store.compare()
    return of, {of, guest, follow, photo, conflict.id, *(row.id for row in refused)}


def test_nothing_of_an_erased_root_is_left_in_any_table(laptop: LaptopRig) -> None:
    of, identifiers = filled(laptop)
    (salt,) = laptop.store._sql.execute("SELECT salt FROM record WHERE id = ?", (of,)).fetchone()
    assert tables_with(laptop.store, of) >= {"receipt", "receipt_due"}
    assert tables_with(laptop.store, CANARY) >= {
        "visit", "attendee", "follow_up", "received", "outbox", "draft", "conflict", "rejected", "search_content", "search_data",
        "photo", "blob", "blob_part", "original", "original_part",
    }  # fmt: skip
    erase(laptop.store, of)
    assert tables_with(laptop.store, CANARY, CANARY[:5]) == set()
    assert tables_with(laptop.store, *identifiers) == {"audit"}
    raw_ids = [bytes.fromhex(one.replace("-", "")) for one in identifiers]
    assert not [
        name for name, cell in cells(laptop.store) if isinstance(cell, bytes) and any(i in cell for i in raw_ids)
    ]
    assert not any(cell == salt for _name, cell in cells(laptop.store))
    assert laptop.store._sql.execute("PRAGMA foreign_key_check").fetchall() == []
    assert laptop.store._sql.execute("INSERT INTO search(search) VALUES ('integrity-check')").fetchall() == []


def test_a_secret_root_goes_with_its_index(laptop: LaptopRig) -> None:
    report = laptop.store.put("risk_report", {"kind": "tppo", "village": laptop.village(), "narrative": CANARY})
    laptop.store.put("follow_up", {"risk_report": report, "text": CANARY})
    kept = laptop.store.put("risk_report", {"kind": "tppo", "village": laptop.village(), "narrative": "kasus lain"})
    erase(laptop.store, report)
    assert tables_with(laptop.store, CANARY) == set()
    assert laptop.store.queries.search("kas", secret=True) == [kept]


def test_the_trail_stays_whole_and_says_that_something_was_erased(laptop: LaptopRig) -> None:
    of, _identifiers = filled(laptop)
    (before,) = laptop.store._sql.execute("SELECT count(*) FROM audit").fetchone()
    erase(laptop.store, of)
    entries = laptop.store._sql.execute("SELECT action, record, fields FROM audit ORDER BY seq").fetchall()
    assert len(entries) == before + 1
    assert entries[-1] == ("erase", of, "")
    assert laptop.store._audit.broken_at() is None


def test_everything_else_stays(laptop: LaptopRig) -> None:
    of, _identifiers = filled(laptop)
    other = laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-04T09:00+08:00"})
    guest = laptop.store.put("attendee", {"visit": other, "name": "Tetap"})
    laptop.store.drafts.save("kept", "attendee", "", other, {})
    erase(laptop.store, of)
    assert [found["id"] for found in laptop.list("visit")] == [other]
    assert laptop.store.queries.search("tetap", secret=False) == [guest]
    assert [found.name for found in laptop.store.drafts.all()] == ["kept"]
    assert {op.record for op in laptop.store.offer(9, 10**6)} | {other, guest} == {other, guest}


@pytest.mark.parametrize("which", ["attendee", "nobody"])
def test_only_a_root_that_is_here_can_be_erased(laptop: LaptopRig, which: str) -> None:
    of, _identifiers = filled(laptop)
    wanted = laptop.list("attendee")[0]["id"] if which == "attendee" else compose(5, 5)
    with pytest.raises(Problem):
        erase(laptop.store, str(wanted))
    assert laptop.store.queries.get(of).id == of


def test_the_copy_from_before_a_migration_goes_too(laptop: LaptopRig) -> None:
    of, _identifiers = filled(laptop)
    sqlcipher.backup_to(laptop.store._sql, laptop.folder / BEFORE_MIGRATION)
    erase(laptop.store, of)
    assert not (laptop.folder / BEFORE_MIGRATION).exists()


def test_the_log_beside_the_file_is_emptied_and_free_pages_hold_nothing(laptop: LaptopRig, tmp_path: Path) -> None:
    of, _identifiers = filled(laptop)
    erase(laptop.store, of)
    assert (laptop.folder / "pimpasa.db-wal").stat().st_size == 0
    pages = laptop.store._sql.execute("PRAGMA freelist_count").fetchone()[0]
    assert laptop.store._sql.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert pages < 50


def test_erasing_breaks_off_as_a_whole(laptop: LaptopRig, monkeypatch: pytest.MonkeyPatch) -> None:
    of, _identifiers = filled(laptop)
    before = sorted(map(repr, cells(laptop.store)))

    def broken(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(laptop.store._audit, "event", broken)
    with pytest.raises(RuntimeError):
        erase(laptop.store, of)
    assert sorted(map(repr, cells(laptop.store))) == before
