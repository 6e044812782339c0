"""Rolling snapshots: made when due, three of them, never on a full disk, and nothing erased stays in one."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from exchange.test_exchange import attendee, visit
from pimpasa_desktop import durable, sqlcipher
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store import backup
from pimpasa_desktop.store.erase import erase
from pimpasa_desktop.store.snapshots import Snapshots
from pimpasa_desktop.store.store import DATABASE
from rig.world import BONGKUDAI_UTARA, LAPTOP_KEY, LaptopRig, OfficeRig
from store.test_erase import CANARY, filled, tables_with

DAY = timedelta(days=1)
PLENTY = 1 << 40


@pytest.fixture
def snapshots(laptop: LaptopRig) -> Snapshots:
    (laptop.folder / "pimpasa.key").write_bytes(b"{}")
    return Snapshots(laptop.folder, laptop.env)


def made(snapshots: Snapshots, laptop: LaptopRig) -> bool:
    return snapshots.renew(laptop.store, LAPTOP_KEY, laptop.folder / "pimpasa.key")


def a_day_of_work(laptop: LaptopRig) -> str:
    laptop.env.time += DAY
    return visit(laptop)


def opened(snapshot: Path, folder: Path) -> sqlcipher.Connection:
    backup.restore(snapshot, folder / DATABASE, folder / "pimpasa.key")
    return sqlcipher.connect(folder / DATABASE, LAPTOP_KEY)


def test_the_first_is_made_at_once_and_says_when_and_how_much(snapshots: Snapshots, laptop: LaptopRig) -> None:
    visit(laptop)
    assert made(snapshots, laptop)
    (one,) = snapshots.every()
    assert (one.name, one.records) == ("20250703-090000", 2)  # the visit and its village; the clock is the village's
    assert one.at.isoformat() == "2025-07-03T09:00:00+08:00"
    assert snapshots.named("20250703-090000") == one.path


def test_the_next_comes_after_a_day_and_only_when_something_changed(snapshots: Snapshots, laptop: LaptopRig) -> None:
    assert made(snapshots, laptop)
    visit(laptop)
    assert not made(snapshots, laptop)
    laptop.env.time += DAY
    assert made(snapshots, laptop)
    laptop.env.time += DAY
    assert not made(snapshots, laptop)


def test_what_an_exchange_brought_is_a_change_too(snapshots: Snapshots, laptop: LaptopRig, clerk: LaptopRig) -> None:
    assert made(snapshots, laptop)
    visit(clerk)
    clerk.sync()
    laptop.env.time += DAY
    laptop.sync()
    assert made(snapshots, laptop)


def test_a_laptop_that_was_enrolled_again_does_not_wait_for_a_day(
    snapshots: Snapshots, laptop: LaptopRig, office: OfficeRig, tmp_path: Path
) -> None:
    assert made(snapshots, laptop)
    again = LaptopRig(tmp_path / "again", laptop.env, office, laptop.account)
    assert snapshots.due(again.store)
    again.close()


def test_three_are_kept_and_the_oldest_goes(snapshots: Snapshots, laptop: LaptopRig) -> None:
    for _day in range(5):
        a_day_of_work(laptop)
        assert made(snapshots, laptop)
    assert [one.records for one in snapshots.every()] == [6, 5, 4]
    assert len(list(snapshots.folder.iterdir())) == 3


def test_a_clock_that_was_set_back_costs_no_snapshot(snapshots: Snapshots, laptop: LaptopRig) -> None:
    for _day in range(3):
        a_day_of_work(laptop)
        assert made(snapshots, laptop)
    laptop.env.time -= 400 * DAY
    visit(laptop)
    assert made(snapshots, laptop)
    assert [one.records for one in snapshots.every()] == [5, 4, 3]


def test_a_snapshot_is_encrypted_whole_and_alone(snapshots: Snapshots, laptop: LaptopRig, tmp_path: Path) -> None:
    of = visit(laptop, theme=CANARY)
    assert made(snapshots, laptop)
    (one,) = snapshots.every()
    assert [path.name for path in snapshots.folder.iterdir()] == [one.path.name]
    assert CANARY.encode() not in one.path.read_bytes()
    connection = opened(one.path, tmp_path / "again")
    assert connection.execute("SELECT id, theme FROM visit JOIN record USING (key)").fetchall() == [(of, CANARY)]
    connection.close()


def test_none_is_made_where_it_would_fill_the_disk_and_that_is_told(laptop: LaptopRig) -> None:
    (laptop.folder / "pimpasa.key").write_bytes(b"{}")
    size = sum(path.stat().st_size for path in laptop.folder.glob(DATABASE + "*"))
    tight = Snapshots(laptop.folder, laptop.env, free=lambda _folder: 2 * size)
    assert not made(tight, laptop)
    assert "Diska hampir penuh" in tight.trouble() and not tight.folder.exists()
    assert Snapshots(laptop.folder, laptop.env, free=lambda _folder: PLENTY).trouble() == ""


def test_one_that_could_not_be_finished_leaves_the_others_and_no_part(
    snapshots: Snapshots, laptop: LaptopRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made(snapshots, laptop)
    a_day_of_work(laptop)
    settle = durable.settle

    def full(part: Path, path: Path) -> None:
        if path.suffix == ".pimpasa":
            raise OSError(28, "no space left")
        settle(part, path)

    monkeypatch.setattr(durable, "settle", full)
    with pytest.raises(Problem, match="Ruang simpan penuh"):
        made(snapshots, laptop)
    assert len(list(snapshots.folder.iterdir())) == 1
    monkeypatch.undo()
    (snapshots.folder / ".pimpasa-killed").mkdir()
    assert made(snapshots, laptop)
    assert len(list(snapshots.folder.iterdir())) == 2


def test_a_closing_program_gives_up_what_it_began(snapshots: Snapshots, laptop: LaptopRig) -> None:
    assert not snapshots.renew(laptop.store, LAPTOP_KEY, laptop.folder / "pimpasa.key", lambda: True)
    assert list(snapshots.folder.iterdir()) == []


def test_a_torn_snapshot_is_not_offered(snapshots: Snapshots, laptop: LaptopRig) -> None:
    assert made(snapshots, laptop)
    a_day_of_work(laptop)
    assert made(snapshots, laptop)
    newest, before = snapshots.every()
    newest.path.write_bytes(newest.path.read_bytes()[:-500])
    assert snapshots.every() == [before]


# -- what was erased


@pytest.fixture
def with_canary(snapshots: Snapshots, laptop: LaptopRig) -> str:
    of, _identifiers = filled(laptop)
    assert made(snapshots, laptop)
    a_day_of_work(laptop)
    assert made(snapshots, laptop)
    return of


def canary_in(snapshots: Snapshots, laptop: LaptopRig, folder: Path) -> set[str]:
    """Tables with the canary in any snapshot."""
    found = set()
    for one in snapshots.every():
        connection = opened(one.path, folder / one.name)
        connection.close()
        copy = LaptopRig.opened(folder / one.name, laptop.env, laptop.line)
        found |= tables_with(copy.store, CANARY, CANARY[:5])
        copy.close()
    return found


def test_an_erased_root_stays_in_no_snapshot(
    with_canary: str, snapshots: Snapshots, laptop: LaptopRig, tmp_path: Path
) -> None:
    assert canary_in(snapshots, laptop, tmp_path / "before") >= {"visit", "attendee", "search_content"}
    erase(laptop.store, with_canary)
    assert list(snapshots.folder.iterdir()) == []
    assert made(snapshots, laptop)  # the next does not wait for another day
    assert len(snapshots.every()) == 1 and canary_in(snapshots, laptop, tmp_path / "after") == set()


def test_what_the_office_took_off_this_laptop_stays_in_no_snapshot(
    snapshots: Snapshots, laptop: LaptopRig, office: OfficeRig
) -> None:
    attendee(laptop, visit(laptop), CANARY)
    laptop.sync()
    assert made(snapshots, laptop)
    office.unassign(laptop.account, BONGKUDAI_UTARA)
    laptop.sync()
    assert laptop.list("visit") == [] and snapshots.every() == []


def test_a_power_cut_between_erasing_and_removing_is_made_good_at_the_next_opening(
    with_canary: str, snapshots: Snapshots, laptop: LaptopRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pimpasa_desktop.store.erase.drop_outlived", lambda *_arguments: None)
    erase(laptop.store, with_canary)
    assert len(snapshots.every()) == 2
    laptop.close()
    laptop.store = LaptopRig.opened(laptop.folder, laptop.env, laptop.line).store
    assert snapshots.every() == []


@pytest.mark.parametrize("at", ["copied", "packed"])
def test_a_snapshot_that_was_being_made_meanwhile_does_not_survive(
    with_canary: str, snapshots: Snapshots, laptop: LaptopRig, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    a_day_of_work(laptop)
    if at == "copied":
        monkeypatch.setattr(backup, "open_and_check", lambda *_copy: erase(laptop.store, with_canary))
    else:
        back_up = backup.back_up

        def packed(*arguments: Any) -> None:
            back_up(*arguments)
            monkeypatch.setattr("pimpasa_desktop.store.erase.drop_outlived", lambda *_arguments: None)
            erase(laptop.store, with_canary)

        monkeypatch.setattr(backup, "back_up", packed)
    made_before = snapshots.every()
    assert not made(snapshots, laptop)
    assert [one for one in snapshots.every() if one not in made_before] == []


# -- an older turn


def test_a_laptop_set_back_to_a_snapshot_is_noticed_and_both_sets_of_work_stay(
    snapshots: Snapshots, laptop: LaptopRig, clerk: LaptopRig, office: OfficeRig, tmp_path: Path
) -> None:
    held = visit(laptop)
    before = attendee(laptop, held, "Sebelum salinan")
    laptop.sync()
    assert made(snapshots, laptop)
    sent = attendee(laptop, held, "Sesudah salinan, terkirim")
    laptop.sync()
    laptop.store.put("visit", {"theme": "dua"}, held)
    laptop.sync()
    (one,) = snapshots.every()
    opened(one.path, tmp_path / "again").close()
    again = LaptopRig.opened(tmp_path / "again", laptop.env, laptop.line)
    new = attendee(again, held, "Sesudah dipulihkan")
    for each in (again, clerk, again, clerk):
        each.sync()
    for each in (again, clerk):
        assert {row["id"] for row in each.list("attendee")} == {before, sent, new}
        assert each.get(held)["theme"] == "dua" and each.list("conflict") == []
    assert len(office.devices()) == 3  # the clerk's, this one's, and the restored one's new name
    again.close()
