"""One person written down twice, and two people who only look like one."""

import pytest

from pimpasa_desktop.domain.academic_title import without_titles
from pimpasa_desktop.domain.namesakes import Namesakes, namesakes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti Khotimah", "Siti Chotimah"),
        ("Moh. Slamet Riyadi", "Muhammad Slamet Riyadi"),
        ("H. Mahfud", "Mahfud"),
        ("Drs. Bambang Hariyanto, M.Si.", "Bambang Haryanto"),
        ("Soeparman", "Suparman"),
        ("Santoso Budi", "Budi Santoso"),
    ],
)
def test_one_person_in_two_spellings(one: str, other: str) -> None:
    assert namesakes(((one, ""), ("Winarti", ""), (other, ""))) == (Namesakes(0, 2, by_phone=False),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti Simbala", "Siti Simbolon"),
        ("Budi Santoso", "Budi Susanto"),
        ("Warga 1", "Warga 2"),
        ("Deddy Mokoginta", "Neddy Mamonto"),
        ("Ahmad", "Amad Yani"),
        ("", ""),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert namesakes(((one, ""), (other, ""))) == ()


def test_one_telephone_for_two_names_is_told_once() -> None:
    people = (("Winarti", "+628121"), ("Sumarji", "+628121"), ("Paijan", ""), ("Sumiati", ""))
    assert namesakes(people) == (Namesakes(0, 1, by_phone=True),)


def test_a_list_of_thousands_takes_no_time_and_equal_names_are_found_in_it() -> None:
    people = (*((f"Warga {at}", "") for at in range(3_000)), ("Warga 7", ""))
    assert namesakes(people) == (Namesakes(7, 3_000, by_phone=False),)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Dr. Ani Wijaya, S.H., M.H.", "Ani Wijaya"),
        ("Prof. Dr. Ir. Suharto", "Suharto"),
        ("H. Mahfud, S.Ag.", "H. Mahfud"),
        ("Drajat", "Drajat"),
        (", S.H.", ", S.H."),
    ],
)
def test_titles_go_and_what_belongs_to_a_name_stays(name: str, bare: str) -> None:
    assert without_titles(name) == bare
