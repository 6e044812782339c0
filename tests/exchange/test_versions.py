"""A laptop that was not updated beside an office and colleagues who were: it keeps what it cannot read, agrees with
the office about it, and has it as records on the day it is updated."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange.conftest import TOBONGON, World
from exchange.test_exchange import attendee, ids, report, visit
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store
from rig import programs
from rig.world import BONGKUDAI_UTARA, LAPTOP_KEY, LaptopRig, OfficeRig, RigEnv


class Mixed:
    """An office and an officer who were updated, and a laptop of the same officer that was not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with programs.running(True):
            self.world = World(folder, OfficeRig(folder / "office", RigEnv("office")))
            self.new = self.world.officer()
            self.clerk = self.world.clerk()
        with programs.running(False):
            self.old = self.world.laptop(self.new.account)
            self.old.line = programs.AtNewer(self.old.line)

    def sync_new(self, laptop: LaptopRig | None = None) -> None:
        with programs.running(True):
            assert (laptop or self.new).sync().digests_match

    def sync_old(self) -> int:
        """How many questions it took; the digests agree."""
        with programs.running(False):
            told = self.old.sync()
        assert told.digests_match
        return told.requests

    def update(self) -> LaptopRig:
        """The older laptop gets the newer program."""
        self.old.store.close()
        with programs.running(True):
            env = RigEnv("updated")
            self.old.store = Store(self.old.folder, LAPTOP_KEY, env)
        return self.old


@pytest.fixture
def mixed(tmp_path: Path) -> Iterator[Mixed]:
    made = Mixed(tmp_path)
    yield made
    made.world.close()


def _follow_up(mixed: Mixed, text: str = "Temui kepala desa Xaverius") -> tuple[str, str]:
    with programs.running(True):
        held = visit(mixed.new, theme="Calo")
        written = mixed.new.store.put("follow_up", {"visit": held, "text": text})
    mixed.sync_new()
    return held, written


def test_a_laptop_that_was_not_updated_agrees_with_the_office_at_once(mixed: Mixed) -> None:
    _follow_up(mixed)
    assert mixed.sync_old() == 1


def test_what_an_older_laptop_kept_unread_is_a_record_once_it_is_updated(mixed: Mixed) -> None:
    held, written = _follow_up(mixed)
    mixed.sync_old()
    updated = mixed.update()
    with programs.running(True):
        assert [row["text"] for row in updated.list("follow_up")] == ["Temui kepala desa Xaverius"]
        assert updated.get(held)["theme"] == "Calo"
        assert updated.store.queries.search("xaverius", secret=False) == [written]
        told = updated.sync()
        assert (told.digests_match, told.requests, told.pulled) == (True, 1, 0)


def test_a_secret_record_that_an_older_laptop_keeps_lies_with_the_secrets(mixed: Mixed) -> None:
    with programs.running(True):
        found = report(mixed.new)
        task = mixed.new.store.put("follow_up", {"risk_report": found, "text": "Temui keluarga Xaverius"})
    mixed.sync_new()
    mixed.sync_old()
    updated = mixed.update()
    with programs.running(True):
        assert updated.store.queries.search("xaverius", secret=False) == []
        assert updated.store.queries.search("xaverius", secret=True) == [task]


def test_what_an_older_laptop_cannot_read_leaves_it_with_its_village(mixed: Mixed) -> None:
    _held, written = _follow_up(mixed)
    mixed.sync_old()
    with programs.running(True):
        mixed.world.office.assign(mixed.new.account, TOBONGON, "Tobongon")
        mixed.world.office.unassign(mixed.new.account, BONGKUDAI_UTARA)
    assert mixed.sync_old() == 1
    assert mixed.old.store._shelf.find(written) is None
    assert mixed.old.store._sql.execute("SELECT count(*) FROM follow_up").fetchone() == (0,)


def test_changes_and_deletions_of_what_an_older_laptop_cannot_read_are_followed(mixed: Mixed) -> None:
    held, written = _follow_up(mixed)
    mixed.sync_old()
    with programs.running(True):
        mixed.new.store.put("follow_up", {"text": "Sudah ditemui"}, written)
    mixed.sync_new()
    assert mixed.sync_old() == 1
    with programs.running(True):
        mixed.new.store.delete(written)
    mixed.sync_new()
    assert mixed.sync_old() == 1
    with programs.running(False):
        mixed.old.store.put("visit", {"programme": "Sosialisasi"}, held)
    mixed.sync_old()
    updated = mixed.update()
    with programs.running(True):
        assert ids(updated, "follow_up") == set()
        assert updated.get(held)["theme"] == "Calo"


def test_an_older_laptop_gives_back_what_it_cannot_read_to_an_office_that_was_set_back(
    mixed: Mixed, tmp_path: Path
) -> None:
    with programs.running(True):
        held = visit(mixed.new)
        mixed.sync_new()
        mixed.world.office.backup(tmp_path / "copy.db")
    with programs.running(True):
        written = mixed.new.store.put("follow_up", {"visit": held, "text": "Hanya di laptop lama"})
    mixed.sync_new()
    mixed.sync_old()
    with programs.running(True):
        mixed.world.restore(tmp_path / "copy.db")
    mixed.old.line = programs.AtNewer(mixed.old.line)
    mixed.sync_old()
    with programs.running(True):
        mixed.sync_new(mixed.clerk)
        assert ids(mixed.clerk, "follow_up") == {written}


def test_an_older_laptop_writes_beside_what_it_cannot_read(mixed: Mixed) -> None:
    held, _written = _follow_up(mixed)
    mixed.sync_old()
    with programs.running(False):
        person = attendee(mixed.old, held)
        with pytest.raises(Problem, match="tidak dikenal"):
            mixed.old.store.put("follow_up", {"visit": held, "text": "x"})
    assert mixed.sync_old() == 1
    mixed.sync_new()
    with programs.running(True):
        assert ids(mixed.new, "attendee") == {person}


def test_what_hangs_on_a_record_that_an_older_laptop_cannot_read_stays_with_it(mixed: Mixed) -> None:
    with programs.running(True):
        group = mixed.new.store.put("volunteer_group", {"village": mixed.new.village(), "name": "Relawan"})
        member = mixed.new.store.put("volunteer", {"volunteer_group": group, "name": "Ani"})
    mixed.sync_new()
    assert mixed.sync_old() == 1
    updated = mixed.update()
    with programs.running(True):
        assert (ids(updated, "volunteer_group"), ids(updated, "volunteer")) == ({group}, {member})


def test_an_office_that_does_not_say_where_such_a_record_lies_is_found_out(mixed: Mixed) -> None:
    _follow_up(mixed)
    mixed.world.office.env.bugs = frozenset({"whereabouts-untold"})
    with programs.running(False):
        assert not mixed.old.sync().digests_match
