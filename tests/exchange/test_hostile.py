"""What an enrolled laptop may say that no program of ours says: it stops nobody, undoes nothing, learns nothing."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exchange.conftest import World
from exchange.test_exchange import attendee, ids, report, settled, visit
from pimpasa_desktop.domain.ids import derived
from pimpasa_desktop.domain.operation import Action, Outcome
from pimpasa_desktop.sync.protocol import blobs
from pimpasa_desktop.sync.protocol.columns import Column, Table
from pimpasa_desktop.sync.trouble import Refused
from rig.on_postgresql import ON_BOTH, office_on
from rig.raw import LATER, new_id, operation, say
from rig.world import BONGKUDAI_UTARA, LaptopRig

AN_ID = "3c4e68dd-dfd8-4bc2-8e64-884d73524ef5"


@pytest.fixture(params=ON_BOTH)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, office_on(request.param, request, tmp_path / "office"))
    yield world
    world.close()


def two(world: World) -> tuple[LaptopRig, LaptopRig]:
    """Who says it, and a colleague of the same village."""
    hostile, colleague = world.officer(), world.officer(name="Meyke")
    settled(hostile, colleague)
    return hostile, colleague


def unhindered(laptop: LaptopRig) -> None:
    laptop.sync()
    report = laptop.sync()
    assert report.digests_match and report.requests == 1


def a_visit(laptop: LaptopRig, **more: Any) -> dict[str, Any]:
    office, village = str(laptop.store.meta.get("office")), laptop.village()
    values = {"office": office, "villages": {"+": [village], "-": []}, "starts_at": "2025-07-03T09:00:00+08:00"}
    return values | more


# -- values that a laptop could not keep


@pytest.mark.parametrize(
    ("entity", "patch"),
    [
        ("visit", {"starts_at": "2025-07-03"}),
        ("visit", {"starts_at": "besok"}),
        ("visit", {"villages": {"+": ["z" * 100], "-": []}}),
        ("visit", {"villages": {"+": [7], "-": []}}),
        ("visit", {"campaign": "CAMPAIGN"}),
        ("follow_up", {"due_on": "lusa"}),
        ("head_count", {"men": 1 << 60}),
    ],
)
def test_a_value_that_no_laptop_could_keep_is_refused(world: World, entity: str, patch: dict[str, Any]) -> None:
    hostile, colleague = two(world)
    held = visit(hostile)
    settled(hostile, colleague)
    values = a_visit(hostile) if entity == "visit" else {"visit": held}
    assert say(hostile, operation(entity, new_id(), values | patch)) == [Outcome.REFUSED]
    unhindered(colleague)


@pytest.mark.parametrize("number", [1 << 63, -(1 << 63) - 1, 1 << 64, 1 << 80])
@pytest.mark.parametrize("field", ["men", "not_known_yet"])
def test_a_number_that_no_database_keeps_reaches_nobody(world: World, number: int, field: str) -> None:
    hostile, colleague = two(world)
    held = visit(hostile)
    settled(hostile, colleague)

    def spoil(tables: list[Table]) -> None:
        tables[0].fields[field] = Column("j", b"", [f"[{number}]".encode()])

    with suppress(Refused):  # or the operation alone
        say(hostile, operation("head_count", new_id(), {"visit": held}), spoil=spoil)
    unhindered(colleague)


def test_what_hangs_on_something_more_secret_is_refused(world: World) -> None:
    hostile, colleague = two(world)
    secret = report(hostile)
    settled(hostile, colleague)
    assert say(hostile, operation("attendee", new_id(), {"visit": secret, "name": "Ani"})) == [Outcome.REFUSED]
    unhindered(colleague)


@pytest.mark.parametrize("parent", ["a\x00b", "x" * 200], ids=["nul", "long"])
def test_a_parent_that_is_no_id_is_refused(world: World, parent: str) -> None:
    hostile, colleague = two(world)
    assert say(hostile, operation("attendee", new_id(), {"visit": parent, "name": "Ani"})) == [Outcome.REFUSED]
    unhindered(colleague)


@pytest.mark.parametrize("author", [AN_ID.upper(), "x", f"urn:uuid:{AN_ID}"], ids=["upper", "short", "long"])
def test_an_author_that_is_no_id_is_refused(world: World, tmp_path: Path, author: str) -> None:
    hostile, colleague = two(world)
    lost = set_back(world, hostile, tmp_path)
    said = operation("visit", new_id(), a_visit(hostile) | {"$author": author, "$deleted": False}, Action.HEAL, lost)
    assert say(hostile, said) == [Outcome.REFUSED]
    unhindered(colleague)


def test_a_refusal_that_is_given_back_spoilt_does_not_stop_the_photos(world: World, tmp_path: Path) -> None:
    hostile, colleague = two(world)
    lost = set_back(world, hostile, tmp_path)
    spoilt = {
        "office": str(hostile.store.meta.get("office")),
        "writer": hostile.account,
        "operation": new_id(),
        "record": new_id(),
        "record_entity": "photo",
        "action": "put",
        "patch": "not json",
        "reason": "malformed",
        "secrecy": "C",
    }
    say(hostile, operation("rejected", new_id(), spoilt, Action.HEAL, lost))
    world.office.env.time += timedelta(days=2)
    key = Ed25519PrivateKey.from_private_bytes(bytes(colleague.store.meta.get("device_key")))
    question = blobs.Question(1, [blobs.Asked(b"\0" * 16, b"\1" * 32, 10)])
    colleague.line.blobs(blobs.seal_question(question, colleague.store.standing.device, key))


def set_back(world: World, laptop: LaptopRig, folder: Path) -> int:
    """The office is restored from a backup; a number that it lost by that."""
    world.office.backup(folder / "copy.db")
    held = visit(laptop)
    laptop.sync()
    stored = laptop.store._shelf.find(held)
    assert stored is not None
    world.restore(folder / "copy.db")
    settled(laptop)
    return stored.number


# -- giving back what nobody lost, or on a number that nobody gave


def test_nothing_is_given_back_to_an_office_that_lost_nothing(world: World) -> None:
    hostile, colleague = two(world)
    held = visit(colleague, theme="benar")
    settled(colleague, hostile)
    colleague.store.put("visit", {"signed_off_at": "2025-07-03T12:00+08:00"}, held)
    settled(colleague, hostile)
    other = a_visit(hostile, theme="palsu") | {"$author": colleague.account, "$deleted": False}
    person = {"visit": held, "name": "Palsu", "$author": colleague.account, "$deleted": False}
    for base in (1, LATER):
        say(hostile, operation("visit", held, other, Action.HEAL, base))
        say(hostile, operation("attendee", new_id(), person, Action.HEAL, base))
    settled(colleague)
    assert colleague.get(held)["theme"] == "benar"
    assert colleague.list("attendee") == []


def test_a_number_that_was_never_given_overrules_nobody(world: World) -> None:
    hostile, colleague = two(world)
    held = visit(colleague, theme="benar")
    settled(colleague, hostile)
    say(hostile, operation("visit", held, {"theme": "palsu"}, base=LATER))
    settled(colleague)
    assert colleague.get(held)["theme"] == "benar"
    assert [question["mine_value"] for question in colleague.list("conflict")] == ['"palsu"']


# -- ids that belong to somebody else


def test_naming_what_was_erased_does_not_close_a_record_that_lives(world: World) -> None:
    hostile, colleague = two(world)
    own, other = visit(hostile), visit(colleague)
    settled(hostile, colleague)
    world.office.ledger.erase(own)
    settled(hostile, colleague)
    assert say(hostile, operation("attendee", other, {"visit": own, "name": "Ani"})) == [Outcome.REFUSED]
    person = attendee(colleague, other, "Siti")
    settled(colleague, hostile)
    assert ids(hostile, "attendee") == {person}


def test_a_refusal_takes_the_place_of_no_other_record(world: World) -> None:
    hostile, colleague = two(world)
    chosen = new_id()
    held = derived("rejected", chosen)
    say(hostile, operation("visit", held, a_visit(hostile)))
    settled(colleague)
    person = attendee(colleague, held, "Siti")
    settled(colleague, hostile)
    assert say(hostile, operation("visit", new_id(), {}, Action.DELETE, identifier=chosen)) == [Outcome.REFUSED]
    settled(colleague, hostile)
    assert ids(colleague, "attendee") == {person}


# -- laptops


def test_a_revoked_laptop_is_turned_away_under_every_name_that_its_key_ever_had(world: World) -> None:
    officer = world.officer()
    shutil.copytree(officer.folder, world.folder / "copy")
    settled(officer)
    copy = world.opened(world.folder / "copy")
    settled(copy)
    assert len(world.office.devices()) == 2
    world.office.revoke(officer.store.standing.device)
    for laptop in (officer, copy):
        with pytest.raises(Refused) as refused:
            laptop.sync()
        assert refused.value.status == 401


def test_who_belongs_to_two_offices_is_refused_into_the_tray_of_the_one_it_is_about(world: World) -> None:
    from pimpasa_office.accounts import Accounts

    with world.office.ledger.begin() as books:
        accounts = Accounts(books)
        other = accounts.write("office", {"name": "Manado"})
        both = sorted([world.office.office, other], key=lambda office: office == world.office.office)
        officer = accounts.add_account("Deddy", "field_officer", both)
        here = accounts.add_account("Vivi", "office_clerk", [world.office.office])
        there = accounts.add_account("Ratna", "office_clerk", [other])
        accounts.assign(officer, BONGKUDAI_UTARA, "Bongkudai Utara")
    deddy, vivi, ratna = (world.laptop(account) for account in (officer, here, there))
    held = visit(deddy)
    settled(deddy, vivi)
    vivi.store.put("visit", {"signed_off_at": "2025-07-03T12:00+08:00"}, held)
    attendee(deddy, held, "Siti")
    settled(vivi, deddy, vivi, ratna)
    assert [row["reason"] for row in vivi.list("rejected")] == ["signed_off"]
    assert ratna.list("rejected") == []
    assert {row["id"] for row in vivi.list("village")} == {deddy.village()}
