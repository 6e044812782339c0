"""A text gets into its place whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.fitting import Block, fit_balanced, fit_cell, fit_lines, together, wrap
from pimpasa_desktop.reports.typeface import BOLD, REGULAR, printable, width

WORDS = st.text(st.characters(), max_size=300).map(printable).filter(bool)
LETTERS = st.text(st.sampled_from("abiMW/ -’é\u0302"), min_size=1, max_size=200).map(printable).filter(bool)


def letters(text: str) -> str:
    return text.replace(" ", "")


def cell(text: str, tallest: float = 36.0) -> Block:
    return fit_cell(text, REGULAR, 9.0, 38.6, 8.5, tallest)


def test_what_fits_stands_on_one_line_at_full_size() -> None:
    assert cell("Siti Mahmudah, S.E.") == Block(("Siti Mahmudah, S.E.",), REGULAR, 9.0)


def test_a_little_too_long_is_one_line_a_little_smaller() -> None:
    block = cell("Drs. Bambang Hariyanto, M.Si.")
    assert len(block.lines) == 1
    assert 7.75 <= block.size < 9.0


def test_longer_takes_two_lines_at_full_size() -> None:
    block = cell("Pdt. Maria Magdalena Wowor-Kalangi, S.Th.")
    assert len(block.lines) == 2
    assert block.size == 9.0


def test_longer_still_takes_more_lines_at_seven_points() -> None:
    block = cell("Raden Roro Endang Sri Wahyuningsih Kusumaningrat Widyaningsih S.Pd.I.")
    assert len(block.lines) == 3
    assert block.size == 7.0


def test_beyond_the_tallest_row_the_letters_get_smaller_still() -> None:
    block = cell("kepala " * 200, tallest=20)
    assert block.size < 7.0
    assert block.height <= 20
    assert letters("".join(block.lines)) == "kepala" * 200


def test_a_text_without_end_is_a_problem() -> None:
    with pytest.raises(Problem):
        cell("kepala " * 20_000)


def test_a_word_breaks_inside_only_when_no_line_could_hold_it() -> None:
    assert cell("Perkumpulan Keluargaberencanasejahtera").lines == ("Perkumpulan", "Keluargaberencanasejahtera")
    assert len(cell("W" * 25).lines) == 2


def test_a_word_a_little_too_wide_makes_both_lines_smaller_instead_of_breaking() -> None:
    block = cell("Perkumpulan Pertanggungjawabankeuangan")
    assert block.lines == ("Perkumpulan", "Pertanggungjawabankeuangan")
    assert 7.0 <= block.size < 9.0


def test_lines_break_after_a_slash() -> None:
    assert wrap("Perempuan/PKK", REGULAR, width("Perempuan/", REGULAR, 1) / 0.3527 + 0.1) == ("Perempuan/", "PKK")


@given(WORDS | LETTERS, st.floats(8, 80))
def test_no_letter_is_cut_and_no_line_is_too_wide(text: str, across: float) -> None:
    for block in (
        fit_cell(text, REGULAR, 9.0, across, 8.5, 36.0),
        fit_lines(text, BOLD, 11.0, across * 2, 3),
        fit_balanced(text, BOLD, 11.0, across * 2, 3),
    ):
        assert letters("".join(block.lines)) == letters(text)
        room = across if block.face == REGULAR else across * 2
        # One letter alone may be wider than a cell only when the cell is absurd, and these are not.
        assert all(width(line, block.face, block.size) <= room + 1e-6 for line in block.lines)
        assert block.size >= 1.0
    assert fit_lines(text, REGULAR, 10.0, across, 2).size <= 10.0


@given(WORDS)
def test_a_cell_never_outgrows_the_tallest_row(text: str) -> None:
    assert cell(text, tallest=12).height <= 12


def test_dates_and_numbers_with_their_unit_stay_on_one_line() -> None:
    text = together("Kamis, 3 Juli 2025, pukul 09.00 WITA, 40 paket, Polri 1")
    for limit in range(4, 30):
        broken = "|".join(wrap(text, REGULAR, limit)).replace("\xa0", " ")
        if limit >= 8:
            for whole in ("3 Juli 2025", "09.00 WITA", "40 paket", "Polri 1"):
                assert whole in broken


def test_a_title_is_balanced_over_its_lines() -> None:
    text = "IMIGRASI MASUK DESA (IMDES): PENGUATAN FUNGSI PIMPASA DALAM PENCEGAHAN TPPO DAN TPPM"
    block = fit_balanced(text, BOLD, 11, 140, 3)
    assert block.lines == (
        "IMIGRASI MASUK DESA (IMDES): PENGUATAN FUNGSI",
        "PIMPASA DALAM PENCEGAHAN TPPO DAN TPPM",
    )
