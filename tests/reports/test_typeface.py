"""What stands on paper for any letter that a name may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pimpasa_desktop.reports.typeface import BOLD, ITALIC, MISSING, REGULAR, advances, printable, width

ANY_TEXT = st.text(st.characters(), max_size=60)  # every code point, lone surrogates and controls among them


@pytest.mark.parametrize(
    "name",
    [
        "Khoirun Nisa’",
        "Nur ‘Aini",
        "Ma'ruf",
        "Zoë Đặng",
        "Иван Петров",
        "Νίκος",
        "I Gusti Ayu Wedāwatī",
        "•••• •••• 247",
    ],
)
def test_latin_greek_and_cyrillic_names_come_out_as_they_are(name: str) -> None:
    assert printable(name) == name


def test_a_letter_and_its_accent_typed_apart_become_one_letter() -> None:
    assert printable("Rene\u0301") == "René"


def test_an_accent_without_a_letter_of_its_own_is_replaced_after_its_base() -> None:
    assert printable("m\u0302a") == f"m{MISSING}a"
    assert printable("m\u0302\u0303\u0304a") == f"m{MISSING}a"
    assert printable("\u0302a") == f"{MISSING}a"


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("ꦧꦸꦢꦶ", 2),  # Javanese, two syllables
        ("محمد", 4),
        ("שלום", 4),
        ("张伟", 2),
        ("👍", 1),
        ("👍🏽", 1),
        ("👨\u200d👩\u200d👧", 1),
        ("\x00", 1),
        ("\ud800", 1),
        ("\x1b\x7f\x9f", 3),
        ("\u202e\u2067\u200f", 3),
        ("\ue000", 1),
        ("\u200b", 1),
    ],
)
def test_what_cannot_be_printed_right_is_replaced_where_one_sees_it(text: str, signs: int) -> None:
    assert printable(text) == MISSING * signs
    assert printable(f"Budi {text}x") == f"Budi {MISSING * signs}x" or text == "\u200b"


def test_any_white_space_becomes_one_space() -> None:
    assert printable("  Siti\tAminah\r\nbinti\u2003Ahmad\u00a0 \u2028") == "Siti Aminah binti Ahmad"


def test_signs_without_a_form_leave_the_name_as_it_looks() -> None:
    assert printable("\u202aSiti\u202c \u2060Ami\u00adnah\ufeff") == "Siti Aminah"


@given(ANY_TEXT)
def test_every_text_can_be_printed_in_every_face_and_none_vanishes(text: str) -> None:
    line = printable(text)
    for face in (REGULAR, BOLD, ITALIC):
        assert width(line, face, 9) >= 0
    assert bool(line) == bool(text.strip())
    assert line == " ".join(line.split())
    assert printable(line) == line


@given(st.text(st.sampled_from("aQ9é’\u0301\u0302\u200d👩👍🏽ꦧꦸم\u202e\x00 \n"), max_size=20))
def test_no_letter_is_lost_beside_signs_that_are_replaced(text: str) -> None:
    plain = [sign for sign in text if sign in "Q9’"]
    assert [sign for sign in printable(text) if sign in "Q9’"] == plain


def test_the_faces_print_the_same_letters() -> None:
    assert advances(REGULAR).keys() == advances(BOLD).keys() == advances(ITALIC).keys()
