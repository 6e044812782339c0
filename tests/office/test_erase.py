"""Erasing a root at the office: nothing of it stays in any table or in the file, and laptops forget it too."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from exchange.conftest import World
from exchange.test_exchange import attendee, ids, report, settled, visit
from pimpasa_desktop.sqlcipher import WRITER_PRAGMAS
from pimpasa_office.tables import metadata
from rig.on_postgresql import ON_BOTH, office_on
from rig.world import BONGKUDAI_UTARA, OfficeRig, RigEnv

CANARIES = ["Kenari Pertama", "Kenari Kedua", "Kenari Ketiga", "Kenari Keempat"]


def unencrypted(path: Path) -> sa.Engine:
    """A ledger on SQLite as it is, so that the bytes of the file can be looked through."""
    engine = sa.create_engine(f"sqlite:///{path}")

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        for pragma in WRITER_PRAGMAS:
            connection.execute(pragma)

    return engine


@pytest.fixture(params=ON_BOTH)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """PostgreSQL keeps no file that could be looked through; its pages are wiped by its own VACUUM."""
    folder = tmp_path / "office"
    folder.mkdir()
    if request.param == "embedded":
        office = OfficeRig(folder, RigEnv("office"), unencrypted(folder / "ledger.db"))
    else:
        office = office_on(request.param, request, folder)
    world = World(tmp_path, office)
    yield world
    world.close()


def in_tables(world: World, canary: str) -> set[str]:
    with world.office.ledger.engine.connect() as connection:
        return {
            table.name
            for table in metadata.sorted_tables
            for row in connection.execute(sa.select(table))
            if any(canary in str(cell) for cell in row)
        }


def in_files(world: World, canary: str) -> set[str]:
    return {file.name for file in world.office.folder.iterdir() if canary.encode() in file.read_bytes()}


def test_nothing_of_an_erased_visit_is_left_and_nothing_else_is_lost(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held, other = visit(officer, theme=CANARIES[0]), visit(officer)
    person, stays = attendee(officer, held, CANARIES[1]), attendee(officer, other, "Tetap Ada")
    settled(officer, clerk)
    clerk.store.put("attendee", {"name": CANARIES[2]}, person)
    officer.store.put("attendee", {"name": CANARIES[3]}, person)
    settled(clerk, officer)
    assert len(officer.list("conflict")) == 1
    overwritten = CANARIES[1]
    assert [canary for canary in CANARIES if not in_tables(world, canary)] == [overwritten]

    world.office.ledger.erase(held)

    assert {(canary, where) for canary in CANARIES for where in in_tables(world, canary)} == set()
    assert {(canary, where) for canary in CANARIES for where in in_files(world, canary)} == set()
    if world.office.ledger.engine.dialect.name == "sqlite":
        assert in_files(world, "Tetap Ada") == {"ledger.db"}
    assert in_tables(world, held) == {"erased", "left_place"}
    assert in_tables(world, person) == {"erased"}
    with world.office.ledger.begin() as books:
        assert books.audit_sums()[1] == 0
    for laptop in (officer, clerk):
        assert laptop.sync().requests == 1
        assert (ids(laptop, "visit"), ids(laptop, "attendee")) == ({other}, {stays})
        assert laptop.list("conflict") == []
    settled(officer, clerk)


def test_what_was_refused_about_an_erased_record_is_erased_with_it(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    officer.store.put("visit", {"signed_off_at": "2025-07-03T12:00+08:00"}, held)
    clerk.store.put("visit", {"theme": CANARIES[0]}, held)
    attendee(clerk, held, CANARIES[1])
    settled(officer, clerk)
    (person,) = (str(row["record"]) for row in clerk.list("rejected") if row["record_entity"] == "attendee")
    assert len(clerk.list("rejected")) == 2
    world.office.ledger.erase(held)
    assert in_tables(world, person) == set()  # not even the hash of what was sent
    assert in_tables(world, CANARIES[0]) == in_tables(world, CANARIES[1]) == set()
    settled(officer, clerk)
    assert clerk.list("rejected") == []


def test_work_sent_later_does_not_bring_an_erased_record_back(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    attendee(officer, held, CANARIES[0])
    clerk.store.put("visit", {"theme": CANARIES[1]}, held)
    world.office.ledger.erase(held)
    settled(officer, clerk)
    assert in_tables(world, CANARIES[0]) == in_tables(world, CANARIES[1]) == set()
    for laptop in (officer, clerk):
        assert (ids(laptop, "visit"), ids(laptop, "attendee")) == (set(), set())
    assert {row["reason"] for row in clerk.list("rejected")} == {"not_yours"}


def test_a_laptop_not_yet_told_of_a_move_forgets_what_was_erased_afterwards(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    clerk.store.put("visit", {"villages": [], "place": "Kantor camat"}, held)
    clerk.sync()
    world.office.ledger.erase(held)
    settled(officer, clerk)
    assert ids(officer, "visit") == ids(clerk, "visit") == set()


def test_a_secret_report_leaves_nothing_either(world: World) -> None:
    officer, intel = world.officer(), world.intel()
    found = report(officer, narrative=CANARIES[0])
    settled(officer, intel)
    world.office.ledger.erase(found)
    assert in_tables(world, CANARIES[0]) == in_files(world, CANARIES[0]) == set()
    settled(officer, intel)
    assert officer.list("risk_report") == intel.list("risk_report") == []
    assert officer.store.queries.search("kenari", secret=True) == []


def test_what_is_written_later_on_a_record_that_came_after_the_erasure_leaves_nothing(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    late = attendee(officer, held, CANARIES[0])
    officer.store.offer(100, 1_000_000)  # on its way: what follows is an operation of its own
    officer.store.put("attendee", {"name": CANARIES[1]}, late)
    world.office.ledger.erase(held)
    settled(officer, clerk)
    assert in_tables(world, CANARIES[0]) == in_tables(world, CANARIES[1]) == set()


def test_a_settled_refusal_goes_too_since_its_text_may_have_been_sent_again(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer)
    settled(officer, clerk)
    world.office.unassign(officer.account, BONGKUDAI_UTARA)
    visit(officer, theme=CANARIES[0])
    settled(officer, clerk)
    (refused,) = clerk.list("rejected")
    clerk.store.settle(str(refused["id"]), "mine")
    settled(officer, clerk)
    (again,) = ids(clerk, "visit") - {held}
    world.office.ledger.erase(str(again))
    settled(officer, clerk)
    assert in_tables(world, CANARIES[0]) == set()
