"""The last exchanges, newest first."""

from pimpasa_desktop.store.history import KEPT, History, Past


class Notes(dict[str, str]):
    """Stands for the small facts of a store."""

    set = dict.__setitem__


def history() -> History:
    return History(Notes())


def test_the_newest_stands_first_and_old_ones_go() -> None:
    kept = history()
    for number in range(KEPT + 10):
        kept.add(Past(f"2025-07-03T00:{number:02}:00+00:00", pushed=number))
    assert [past.pushed for past in kept.all()][:2] == [KEPT + 9, KEPT + 8]
    assert len(kept.all()) == KEPT


def test_trying_in_vain_again_is_told_once_by_its_last_time() -> None:
    kept = history()
    kept.add(Past("2025-07-03T00:00:00+00:00", pushed=3))
    for minute in (1, 2, 3):
        kept.add(Past(f"2025-07-03T00:0{minute}:00+00:00", waiting=minute, problem="Kantor belum bisa dihubungi."))
    assert [(past.at[14:16], past.waiting) for past in kept.all()] == [("03", 3), ("00", 0)]


def test_a_broken_off_exchange_that_brought_something_is_kept() -> None:
    kept = history()
    for pulled in (5, 7):
        kept.add(Past("2025-07-03T00:00:00+00:00", pulled=pulled, problem="Terputus."))
    assert [past.pulled for past in kept.all()] == [7, 5]
