"""How long it may still take, as a person would tell it."""

from pimpasa_desktop.app.pace import Pace


def told(speeds: list[float], total: float = 60_000) -> list[int | None]:
    """One second each at so many bytes per second."""
    pace, done, heard = Pace(), 0.0, []
    for second, speed in enumerate(speeds):
        done = min(total, done + speed)
        heard.append(pace.left(float(second), done, total - done))
    return heard


def test_nothing_is_told_before_it_can_be_known() -> None:
    assert told([6_000] * 5) == [None] * 5


def test_at_an_even_pace_it_counts_down_and_is_round() -> None:
    heard = [left for left in told([1_000] * 58) if left is not None]
    assert heard == sorted(heard, reverse=True)
    assert set(heard) == {60, 50, 40, 30, 20, 10, 5}


def test_a_line_that_sways_does_not_make_it_jump() -> None:
    heard = [left for left in told([700, 1_300] * 29) if left is not None]
    assert heard == sorted(heard, reverse=True)


def test_a_line_that_becomes_slow_is_told_as_slow() -> None:
    heard = told([1_000] * 20 + [100] * 60)
    assert heard[19] == 40
    assert heard[79] is not None and heard[79] > 200


def test_of_a_line_that_stands_still_nothing_is_promised() -> None:
    heard = told([1_000] * 20 + [0] * 40)
    assert heard[59] is None


def test_minutes_are_whole() -> None:
    assert {left % 60 for left in told([100] * 30) if left is not None} == {0}
