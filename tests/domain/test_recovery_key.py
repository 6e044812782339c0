"""The recovery key on paper: what was written down is read back, however a hand typed it."""

import pytest

from pimpasa_desktop.domain.recovery_key import read, spelled
from pimpasa_desktop.problem import Problem

KEY = bytes(range(7, 39))


def test_what_stands_on_paper_is_read_back_however_it_was_typed() -> None:
    paper = spelled(KEY)
    assert [len(group) for group in paper.split()] == [4] * 13
    for typed in (paper, paper.lower(), paper.replace(" ", ""), paper.replace(" ", "-"), f"  {paper}\n"):
        assert read(typed) == KEY
    assert read(paper.replace("O", "0").replace("I", "1").replace("B", "8")) == KEY


@pytest.mark.parametrize("typed", ["", "ABCD", spelled(KEY)[:-1], spelled(KEY) + "A", "9" * 52])
def test_what_is_no_key_is_a_sentence(typed: str) -> None:
    with pytest.raises(Problem, match="13 kelompok"):
        read(typed)
