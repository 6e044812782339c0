"""Drafts: kept as typed, on this laptop alone."""

from pathlib import Path

from pimpasa_desktop.store.drafts import Unfinished
from pimpasa_desktop.store.store import Store
from rig.world import LaptopRig, RigEnv

HALF = {"name": " Ani", "phone": "08", "villages": ["x"], "minor": None, "note": "separuh \ud800"}


def test_a_draft_comes_back_as_it_was_typed_even_after_a_restart(tmp_path: Path) -> None:
    env = RigEnv()
    with Store(tmp_path, b"k" * 32, env) as store:
        store.drafts.save("attendee/new", "attendee", "", "", HALF)
    with Store(tmp_path, b"k" * 32, env) as store:
        (found,) = store.drafts.all()
        assert found == Unfinished("attendee/new", "attendee", "", "", HALF, found.at)


def test_a_draft_of_the_same_name_is_replaced_and_a_dropped_one_is_gone(tmp_path: Path) -> None:
    with Store(tmp_path, b"k" * 32, RigEnv()) as store:
        store.drafts.save("one", "visit", "", "", {"theme": "a"})
        store.drafts.save("two", "visit", "", "", {"theme": "b"})
        store.drafts.save("one", "visit", "", "", {"theme": "c"})
        assert {found.name: found.raw["theme"] for found in store.drafts.all()} == {"one": "c", "two": "b"}
        store.drafts.drop("one")
        store.drafts.drop("never there")
        assert [found.name for found in store.drafts.all()] == ["two"]


def test_a_draft_is_in_no_outbox_no_trail_and_no_digest(laptop: LaptopRig) -> None:
    sql = laptop.store._sql
    counts = [
        sql.execute(f"SELECT count(*) FROM {name}").fetchone() for name in ("outbox", "audit", "record", "search")
    ]
    sums = laptop.store.queries.sums()
    laptop.store.drafts.save("visit/new", "visit", "", "", {"theme": "kasuari"})
    assert counts == [
        sql.execute(f"SELECT count(*) FROM {n}").fetchone() for n in ("outbox", "audit", "record", "search")
    ]
    assert laptop.store.queries.sums() == sums
    assert laptop.store.queries.search("kasuari", secret=False) == []
    assert laptop.sync().pushed == 0


def test_a_draft_that_cannot_be_written_is_not_half_written(laptop: LaptopRig) -> None:
    import pytest

    laptop.store.drafts.save("a", "visit", "", "", {"theme": "kept"})
    with pytest.raises(TypeError):
        laptop.store.drafts.save("a", "visit", "", "", {"theme": object()})
    assert [found.raw for found in laptop.store.drafts.all()] == [{"theme": "kept"}]
