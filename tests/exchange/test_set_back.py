"""A ledger that was set back and nobody said so: a dump restored, a file swapped, a machine rolled back. The office
notices by what it remembers outside of the ledger, or by what a laptop brings, and nothing that was acknowledged is
lost."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from exchange.conftest import World
from exchange.test_exchange import attendee, ids, settled, visit
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.trouble import Cancelled
from pimpasa_office.feed import Cursor
from pimpasa_office.service import SET_BACK
from rig.on_postgresql import ON_BOTH, office_on
from rig.world import LaptopRig


@pytest.fixture(params=ON_BOTH)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, office_on(request.param, request, tmp_path / "office"))
    world.office.seen = tmp_path / "office" / "seen"
    world.office.reopen()
    yield world
    world.close()


def restarted(world: World) -> None:
    """The office's program starts again, a while later."""
    world.office.env.time += timedelta(minutes=10)
    world.office.reopen()


def swapped(world: World, backup: Path, *, witness: Path | None = None, restart: bool = True) -> None:
    """The ledger is as in `backup` again. `witness`: so is what the office remembers outside of it."""
    world.office.swap(backup)
    if witness is not None and world.office.seen is not None:
        shutil.copy(witness, world.office.seen)
    if restart:
        restarted(world)


def epoch(world: World) -> str:
    with world.office.ledger.begin() as books:
        return books.fact("epoch")


def kept(world: World, out: Path) -> Path:
    """A backup of the ledger; beside it a copy of what the office remembers outside of it."""
    world.office.backup(out)
    if world.office.seen is not None:
        shutil.copy(world.office.seen, out.with_suffix(".seen"))
    return out


class Story:
    """An officer and a clerk wrote on one visit; what came after the backup only the laptops know."""

    def __init__(self, world: World, out: Path) -> None:
        self.world = world
        self.officer, self.clerk = world.officer(), world.clerk()
        self.held = visit(self.officer, theme="satu")
        self.old = attendee(self.officer, self.held, "Sebelum")
        settled(self.officer, self.clerk)
        self.backup = kept(world, out)
        self.before = epoch(world)
        self.officer.store.put("visit", {"theme": "dua"}, self.held)
        self.new = attendee(self.officer, self.held, "Sesudah")
        settled(self.officer)

    def told(self, *more: LaptopRig) -> None:
        """Both hold all of it, the office knows that it was set back, once, and nobody is asked anything."""
        settled(self.officer, self.clerk, *more, self.officer, self.clerk)
        assert epoch(self.world) != self.before
        assert self.world.office.alarms == [SET_BACK]
        for laptop in (self.officer, self.clerk):
            assert ids(laptop, "attendee") >= {self.old, self.new}
            assert laptop.get(self.held)["theme"] == "dua"
            assert laptop.list("rejected") == laptop.list("conflict") == []
        with self.world.office.ledger.begin() as books:
            assert books.audit_sums()[1] == 0


def test_a_dump_restored_without_a_word_is_noticed_before_anybody_writes(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy")
    swapped(world, story.backup)
    added = attendee(story.clerk, story.held, "Dari kantor")  # comes first, and knows nothing of what was lost
    settled(story.clerk)
    assert epoch(world) != story.before
    story.told()
    assert added in ids(story.officer, "attendee")


def test_a_dump_restored_under_the_serving_office_is_noticed(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy")
    swapped(world, story.backup, restart=world.office.path.exists())  # a file that is open cannot be swapped
    settled(story.clerk)
    story.told()


def test_a_restart_without_a_restore_changes_nothing(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy")
    for _n in range(3):
        restarted(world)
        attendee(story.officer, story.held)
        assert story.officer.sync().requests == 1
        restarted(world)
    story.clerk.sync()
    assert epoch(world) == story.before
    assert world.office.alarms == []


def test_a_laptop_that_is_comparing_tells_of_it_too(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy")
    swapped(world, story.backup, witness=story.backup.with_suffix(".seen"))
    story.officer.store.compare()
    story.told()


def test_a_folder_that_knows_nothing_of_its_ledger_is_taken_for_a_restored_one(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy")
    assert world.office.seen
    world.office.seen.unlink()
    swapped(world, story.backup)
    story.told()


def test_a_machine_set_back_as_a_whole_is_told_by_the_first_laptop_that_was_further(
    world: World, tmp_path: Path
) -> None:
    story = Story(world, tmp_path / "copy")
    swapped(world, story.backup, witness=story.backup.with_suffix(".seen"))
    story.clerk.sync()
    assert epoch(world) == story.before  # this laptop has heard nothing that the office does not know
    story.told()


def test_what_was_written_before_such_a_laptop_came_stands_beside_what_it_brings(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy")
    swapped(world, story.backup, witness=story.backup.with_suffix(".seen"))
    clerk = story.clerk
    clerk.store.put("visit", {"theme": "tiga"}, story.held)
    late = attendee(clerk, story.held, "Dari kantor")
    for n in range(6):  # by now the office gave higher numbers than it had lost
        clerk.store.put("attendee", {"institution": f"ke-{n}"}, late)
        settled(clerk)
    settled(story.officer, clerk, story.officer, clerk)
    assert world.office.alarms == [SET_BACK]
    for laptop in (story.officer, clerk):
        assert ids(laptop, "attendee") == {story.old, story.new, late}
        assert laptop.get(late)["institution"] == "ke-5"
        (conflict,) = laptop.list("conflict")
        assert {conflict["office_value"], conflict["mine_value"]} == {'"dua"', '"tiga"'}
    with world.office.ledger.begin() as books:
        assert books.audit_sums()[1] == 0


def test_of_a_life_that_is_gone_altogether_the_laptop_tells_too(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy")
    witness = story.backup.with_suffix(".seen")
    swapped(world, story.backup, witness=witness)
    added = attendee(story.clerk, story.held, "Dari kantor")
    settled(story.clerk)
    assert epoch(world) == story.before
    world.office.env.time += timedelta(minutes=10)
    swapped(world, story.backup, witness=witness)
    third = world.clerk()
    attendee(third, story.held, "Lain")  # those numbers are given again before the others come
    settled(third)
    settled(story.clerk)
    assert epoch(world) != story.before
    story.told()
    assert added in ids(story.officer, "attendee")


def test_a_ledger_from_before_an_earlier_restore_is_recognised(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy")
    world.office.env.time += timedelta(hours=1)
    world.restore(story.backup)
    settled(story.officer, story.clerk)
    later = attendee(story.officer, story.held, "Sesudah pemulihan")
    settled(story.officer, story.clerk)
    world.office.env.time += timedelta(hours=1)
    swapped(world, story.backup, witness=story.backup.with_suffix(".seen"))
    story.told()
    assert later in ids(story.clerk, "attendee")


def test_an_office_whose_clock_is_wrong_gives_no_number_twice(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy")
    world.restore(story.backup)
    settled(story.officer, story.clerk, story.officer)
    swapped(world, story.backup, witness=story.backup.with_suffix(".seen"))
    world.office.env.time -= timedelta(days=20 * 365)
    settled(story.officer, story.clerk, story.officer, story.clerk)
    for laptop in (story.officer, story.clerk):
        assert ids(laptop, "attendee") == {story.old, story.new}
        assert laptop.get(story.held)["theme"] == "dua"
        assert laptop.sync().healed == 0


def test_a_laptop_cannot_make_the_office_believe_that_it_was_set_back(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy")
    standing = story.clerk.store.standing
    ahead = msgspec.msgpack.encode(Cursor(1 << 40))
    for forged in (ahead, ahead + standing.cursor[-9:], standing.cursor[:-1] + b"x", b"x" * 200):
        with story.clerk.store.transaction():
            story.clerk.store.meta.set("cursor", forged)
        assert story.clerk.sync().digests_match
    assert epoch(world) == story.before
    assert world.office.alarms == []


def test_a_cursor_from_before_the_office_learned_to_seal_them_still_serves(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy")
    story.clerk.sync()
    with story.clerk.store.transaction():
        story.clerk.store.meta.set("cursor", story.clerk.store.standing.cursor[:-8])
    report = story.clerk.sync()
    assert (report.requests, report.pulled) == (1, 0)


def test_the_hour_of_what_was_written_before_it_was_noticed_is_the_right_one(world: World, tmp_path: Path) -> None:
    story = Story(world, tmp_path / "copy.db")
    swapped(world, story.backup, witness=story.backup.with_suffix(".seen"))
    story.clerk.store.put("visit", {"venue": "Balai desa"}, story.held)
    written = world.office.env.time.isoformat(timespec="seconds")
    story.clerk.sync()
    world.office.env.time += timedelta(hours=5)
    story.officer.store.put("visit", {"venue": "Gereja"}, story.held)
    settled(story.officer, story.clerk, story.officer, story.clerk)
    assert world.office.alarms == [SET_BACK]
    (question,) = (row for row in story.clerk.list("conflict") if row["field_name"] == "venue")
    assert (question["office_author"], question["office_at"]) == ("Vivi", written)


def test_a_laptop_that_took_only_a_part_of_an_answer_tells_of_it_too(world: World, tmp_path: Path) -> None:
    officer, clerk = world.officer(), world.clerk()
    held = visit(officer, theme="satu")
    settled(officer, clerk)
    backup = kept(world, tmp_path / "copy.db")
    for number in range(200):
        attendee(clerk, held, f"Peserta {number}")
    clerk.sync()
    officer.store.put("visit", {"theme": "dua"}, held)

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        Engine(officer.store, officer.line, officer.env, stop).exchange(Report())
    assert officer.store.queries.pending_count() == 0, "the office has taken it, and the laptop has heard so"
    swapped(world, backup, witness=backup.with_suffix(".seen"))
    settled(officer)
    assert world.office.alarms == [SET_BACK]
    assert officer.get(held)["theme"] == "dua"
