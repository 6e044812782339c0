"""What may be typed into each kind, the one form that is kept, and the sentence where neither is possible."""

import base64
import unicodedata
from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pimpasa_desktop.domain import kinds
from pimpasa_desktop.domain.kinds import (
    Choice,
    Code,
    Count,
    Day,
    Flag,
    Kind,
    Many,
    Moment,
    Phone,
    Picture,
    Ref,
    Refs,
    RegionCode,
    Text,
)  # fmt: skip
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.problem import Problem

ID = "85426a12-548e-4ff7-9d55-c282821b3ef0"
COLOURS = Choice({"merah": "Merah", "CPMI": "Calon", "L": "Laki-laki"})
SIGNS = Many({"A01": "satu", "A02": "dua", "b3": "tiga"})
EVERY = (
    Text(), Text(500, lines=True), Code(), Day(), Moment(), COLOURS, SIGNS, Ref("visit"), Refs("village"), Count(),
    Flag(), Phone(), RegionCode(), Picture(),
)  # fmt: skip


def refusal(kind: Kind, raw: object) -> str:
    with pytest.raises(Problem) as caught:
        kind.read(raw)
    return caught.value.sentence


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        (Text(), "  Budi \t\n Santoso ", "Budi Santoso"),
        (Text(), 12, "12"),
        (Text(), None, ""),
        (Text(lines=True), " satu\r\ndua\rtiga\t! ", "satu\ndua\ntiga\t!"),
        (Text(), "Jose\u0301", "José"),
        (Text(), "عبد\u200f \u202eabc\u202c", "عبد\u200f \u202eabc\u202c"),
        (Text(), "👩‍👩‍👧", "👩‍👩‍👧"),
        (Day(), "2025-07-03", "2025-07-03"),
        (Day(), " 20250703 ", "2025-07-03"),
        (Day(), "", ""),
        (Moment(), "2025-07-03T09:00+08:00", "2025-07-03T09:00:00+08:00"),
        (Moment(), "2025-07-03 09:00:01.999+07", "2025-07-03T09:00:01+07:00"),
        (Moment(), "2025-07-03T01:00:00Z", "2025-07-03T01:00:00+00:00"),
        (Moment(), "2025-07-03T10:00-03:30", "2025-07-03T10:00:00-03:30"),
        (Moment(), " ", ""),
        (COLOURS, "merah", "merah"),
        (COLOURS, "cpmi", "CPMI"),
        (COLOURS, " MERAH ", "merah"),
        (COLOURS, "   ", ""),
        (COLOURS, None, ""),
        (SIGNS, ["b3", "a01", "A01", "B3"], ["A01", "b3"]),
        (SIGNS, (), []),
        (SIGNS, "", []),
        (Ref("visit"), f" {ID.upper()} ", ID),
        (Ref("visit"), "  ", ""),
        (Refs("village"), [ID, ID.upper()], [ID]),
        (Refs("village"), None, []),
        (Count(), 0, 0),
        (Count(), "0", 0),
        (Count(), " 012 ", 12),
        (Count(), 1_000_000, 1_000_000),
        (Count(), "", None),
        (Count(), None, None),
        (Flag(), True, True),
        (Flag(), "Ya ", True),
        (Flag(), "TRUE", True),
        (Flag(), 1, True),
        (Flag(), "tidak", False),
        (Flag(), 0, False),
        (Flag(), None, False),
        (Phone(), "081234567890", "+6281234567890"),
        (Phone(), "0812-3456-7890", "+6281234567890"),
        (Phone(), "(0812) 3456 7890", "+6281234567890"),
        (Phone(), "0812.3456.7890", "+6281234567890"),
        (Phone(), "+62 812 3456 7890", "+6281234567890"),
        (Phone(), "+62 (0) 812 3456 7890", "+6281234567890"),
        (Phone(), "6281234567890", "+6281234567890"),
        (Phone(), "81234567890", "+6281234567890"),
        (Phone(), "WA: 0812 3456 7890", "+6281234567890"),
        (Phone(), "\u202a+62 812-3456-7890\u202c", "+6281234567890"),
        (Phone(), "０８１２３４５６７８９０", "+6281234567890"),
        (Phone(), "+60 12-345 6789", "+60123456789"),
        (Phone(), 81234567890, "+6281234567890"),
        (Phone(), "(0434) 2628123", "+624342628123"),
        (Phone(), "", ""),
        (RegionCode(), "71.10.07.2004", "71.10.07.2004"),
        (RegionCode(), "7110072004", "71.10.07.2004"),
        (RegionCode(), 7110072004, "71.10.07.2004"),
        (RegionCode(), "", ""),
    ],
)  # fmt: skip
def test_an_accepted_spelling_is_kept_in_one_form(kind: Kind, raw: object, kept: object) -> None:
    assert kind.read(raw) == kept
    assert type(kind.read(raw)) is type(kept)
    assert kind.read(kept) == kept


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Text(5), "enam huruf"),
        (Text(), True),
        (Text(), ["a"]),
        (Text(), {"a": 1}),
        (Text(), 10**5000),
        (Text(), "nol\x00"),
        (Text(), "bel\x07"),
        (Text(), "\x1b[31mmerah"),
        (Text(), "separuh \ud800"),
        (Text(), "hapus\x7f"),
        (Code(), "a\x00"),
        (Day(), "3 Juli"),
        (Day(), "2025-02-29"),
        (Day(), "x" * 10_000),
        (Day(), 2025.5),
        (Moment(), "2025-07-03T09:00"),
        (Moment(), "2025-07-03"),
        (Moment(), "2025-07-03T25:00+08:00"),
        (Moment(), "besok"),
        (COLOURS, "biru"),
        (COLOURS, 0),
        (COLOURS, False),
        (SIGNS, "A01"),
        (SIGNS, {"A01": True}),
        (SIGNS, ["Z99"]),
        (SIGNS, [None]),
        (SIGNS, b"A01"),
        (Ref("visit"), "visit-1"),
        (Ref("visit"), ID + "0"),
        (Ref("visit"), ID.replace("-", "")),
        (Ref("visit"), [ID]),
        (Refs("village"), ID),
        (Refs("village"), [ID, ""]),
        (Count(), -1),
        (Count(), "1.5"),
        (Count(), 2.5),
        (Count(), True),
        (Count(), "²"),
        (Count(), "١٢"),
        (Count(), 1_000_001),
        (Count(), "9" * 5000),
        (Count(), 10**5000),
        (Flag(), "mungkin"),
        (Flag(), 2),
        (Flag(), []),
        (Flag(), 10**5000),
        (Phone(), "0812"),
        (Phone(), "12" * 30),
        (Phone(), "9" * 1000),
        (Phone(), "tidak ada"),
        (Phone(), "+"),
        (RegionCode(), "71.10.07"),
        (RegionCode(), "71.10.07.2004.001"),
        (RegionCode(), "７１１００７２００４"),
        (RegionCode(), "desa"),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_anything_else_is_refused_with_one_short_line(kind: Kind, raw: object) -> None:
    sentence = refusal(kind, raw)
    assert len(sentence) < 300
    assert sentence.endswith(".")
    assert sentence.isprintable()


@pytest.mark.parametrize("raw", ["0812-3456-7890 (istri)", "0812 345 rumah", "08123456789 ext 5"])
def test_a_note_behind_a_phone_number_is_not_dialled(raw: str) -> None:
    refusal(Phone(), raw)


def test_a_text_may_be_exactly_as_long_as_allowed() -> None:
    assert Text(5).read("lima.") == "lima."
    assert "6" in refusal(Text(5), "enam..")


@given(st.sampled_from(EVERY), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
))  # fmt: skip
def test_whatever_is_typed_is_kept_in_a_stable_form_or_is_a_problem(kind: Kind, raw: Any) -> None:
    try:
        kept = kind.read(raw)
    except Problem:
        assert refusal(kind, raw).isprintable()
        return
    assert kind.read(kept) == kept
    assert isinstance(kept, kind.column) or kept is kind.empty
    if isinstance(kept, str):
        assert unicodedata.is_normalized("NFC", kept)
        assert kept == kept.strip()
        assert not any(unicodedata.category(c) in ("Cs",) or c == "\x00" for c in kept)


@given(st.data(), st.sampled_from(EVERY))
def test_every_value_that_the_strategies_make_is_already_in_its_stored_form(data: st.DataObject, kind: Kind) -> None:
    value = data.draw(strategies.of_kind(kind))
    assert kind.read(value) == value


@pytest.mark.parametrize("raw", ["bukan base64", "aGFsbw==", strategies.PICTURE + "A", "iVBO" * 9_000])
def test_what_is_no_small_png_is_refused(raw: str) -> None:
    assert "PNG atau JPEG" in refusal(Picture(), raw)


def test_a_picture_that_would_unpack_to_gigabytes_is_not_one() -> None:
    bomb = bytearray(base64.b64decode(strategies.PICTURE))
    bomb[16:24] = (60_000).to_bytes(4) * 2
    assert "PNG atau JPEG" in refusal(Picture(), base64.b64encode(bomb).decode())
    assert Picture().picture(base64.b64encode(bomb).decode()) is None


def test_every_kind_has_a_strategy_a_case_here_and_a_schema() -> None:
    every = {cls for cls in vars(kinds).values() if isinstance(cls, type) and issubclass(cls, Kind)} - {Kind}
    assert every == set(strategies._OF_KIND) == {type(kind) for kind in EVERY}
    assert {type(f.kind) for declared in entities() for f in declared.fields.values()} <= every
    assert all("type" in kind.schema() for kind in EVERY)


@given(st.from_regex(r"08[1-9][0-9]{7,10}", fullmatch=True))
def test_the_short_way_for_a_mobile_number_says_what_the_library_says(typed: str) -> None:
    number = phonenumbers.parse(typed, "ID")
    assert phonenumbers.is_possible_number(number)
    assert Phone().read(typed) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
