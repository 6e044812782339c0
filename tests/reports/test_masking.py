"""What may be printed of a person's numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pimpasa_desktop.reports.masking import (
    CHILD,
    NIK_LEFT_OUT,
    NUMBER_LEFT_OUT,
    initials,
    masked_phone,
    phone,
    service_number,
    without_nik,
    without_numbers,
)


@pytest.mark.parametrize(
    "nik", ["7110044507900003", "711004 450790 0003", "7110.0445.0790.0003", "7110-0445-0790-0003"]
)
def test_a_nik_is_left_out_of_any_text(nik: str) -> None:
    assert without_nik(f"Dusun II, {nik}") == f"Dusun II, {NIK_LEFT_OUT}"
    assert without_nik(nik) == NIK_LEFT_OUT


def test_a_nik_is_found_after_another_number() -> None:
    assert "7110044507900003" not in without_nik("RT 03 7110044507900003 5")


@pytest.mark.parametrize("text", ["NIP 19860926 201505 1 001", "198609262015051001", "0812-0000-3344", "3 Juli 2025"])
def test_other_numbers_are_no_nik(text: str) -> None:
    assert without_nik(text) == text


@pytest.mark.parametrize(
    "number",
    [
        "0812-0000-3344",
        "+6281200003344",
        "0812 0000 3344",
        "(0431) 860-1234",
        "198609262015051001",
        "19860926 201505 1 001",
    ],
)
def test_the_public_sees_no_phone_and_no_nip_in_free_text(number: str) -> None:
    shown = without_numbers(f"Ketua RT, {number}")
    assert NUMBER_LEFT_OUT in shown
    assert sum(sign.isdigit() for sign in shown) == 0


@pytest.mark.parametrize("text", ["Dusun 12 RT 03", "03-07-2025", "3 s.d. 4 Juli 2025", "08.30 s.d. 11.30 WIB"])
def test_the_public_sees_short_numbers_and_dates(text: str) -> None:
    assert without_numbers(text) == text


def test_a_nip_is_grouped_and_an_nrp_is_not() -> None:
    assert service_number("198609262015051001") == "NIP 19860926 201505 1 001"
    assert service_number("NIP. 19860926 201505 1 001") == "NIP 19860926 201505 1 001"
    assert service_number("21960045") == "NRP 21960045"
    assert service_number("nrp 21960045") == "NRP 21960045"
    assert service_number("NIP 130123456") == "NIP 130123456"
    assert service_number("7110044507900003") == ""
    assert service_number("") == ""


def test_a_phone_is_written_as_one_dials_it_here() -> None:
    assert phone("+6281200003344") == "0812-0000-3344"
    assert phone("+6281234567") == "0812-3456-7"
    assert phone("+60123456789") == "+60123456789"
    assert phone("") == ""
    assert phone("tidak tahu") == "tidak tahu"


@given(st.text(st.sampled_from("+0123456789 -x"), max_size=20))
def test_a_masked_phone_always_has_one_length_and_shows_three_digits_at_most(number: str) -> None:
    masked = masked_phone(number)
    assert len(masked) in (0, 13)
    assert sum(sign.isdigit() for sign in masked) in (0, 3)


def test_a_masked_phone_ends_as_the_number_does() -> None:
    assert masked_phone("+6281200003247") == "•••• •••• 247"
    assert masked_phone("12345") == "•••• •••• •••"


def test_a_child_is_shown_by_initials() -> None:
    assert initials("Siti Nur ‘Aini") == "S. N. A."
    assert initials("budi") == "B."
    assert initials("👧 7") == CHILD
