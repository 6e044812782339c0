"""Every rule of the risk level, the checklist itself, and the properties that make the level trustworthy."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pimpasa_desktop.domain.risk import LEVELS, RISK_KINDS, Checklist, assess, checklist

IDS = [sign.id for sign in checklist().indicators]
BACKGROUND = [sign.id for sign in checklist().indicators if sign.background]
ticks = st.lists(st.sampled_from(IDS), max_size=12)
levels = st.sampled_from(LEVELS)


def statement_of(sign_id: str) -> str:
    return next(sign.statement for sign in checklist().indicators if sign.id == sign_id)


def without_red_flags() -> Checklist:
    """The same list with no red flag, to see the rules that a red flag would hide."""
    signs = tuple(replace(sign, red_flag=False) for sign in checklist().indicators)
    return replace(checklist(), indicators=signs)


def test_nothing_ticked_is_no_level() -> None:
    verdict = assess([])
    assert (verdict.level, verdict.computed, verdict.reasons, verdict.red_flag) == ("", "", (), False)
    assert verdict.deadline_hours is None


@pytest.mark.parametrize("sign_id", [sign.id for sign in checklist().indicators if sign.red_flag is True])
def test_a_red_flag_alone_is_high_and_due_within_six_hours(sign_id: str) -> None:
    verdict = assess([sign_id])
    assert (verdict.level, verdict.red_flag, verdict.deadline_hours) == ("high", True, 6)
    assert statement_of(sign_id) in verdict.reasons[0]


@pytest.mark.parametrize("sign_id", [sign.id for sign in checklist().indicators if sign.red_flag is not True])
def test_any_other_sign_alone_is_low(sign_id: str) -> None:
    verdict = assess([sign_id])
    assert (verdict.level, verdict.red_flag, verdict.deadline_hours) == ("low", False, 72)
    assert statement_of(sign_id) in verdict.reasons[0]


def test_process_means_and_purpose_together_are_high_although_the_weight_is_not() -> None:
    verdict = assess(["A02", "B03", "G04"])
    assert (verdict.level, verdict.red_flag) == ("high", False)
    assert len(verdict.reasons) == 1
    assert "proses, cara, tujuan" in verdict.reasons[0]


@pytest.mark.parametrize("pair", [["A02", "B03"], ["B03", "G04"], ["A02", "G04"]])
def test_two_elements_of_trafficking_are_not_three(pair: list[str]) -> None:
    assert assess(pair).level == "medium"


@pytest.mark.parametrize(
    ("ids", "level"),
    [
        (["A04"], "low"),  # 4
        (["A03", "A06"], "medium"),  # 5
        (["A03", "A06", "A04"], "medium"),  # 9
        (["A03", "A06", "A04", "E01"], "high"),  # 10
    ],
)
def test_the_weight_decides_at_five_and_at_ten(ids: list[str], level: str) -> None:
    verdict = assess(ids)
    assert (verdict.level, verdict.red_flag) == (level, False)
    assert all(statement_of(sign_id) in verdict.reasons[-1] for sign_id in ids)


def test_imminent_departure_is_a_red_flag_only_with_two_others() -> None:
    assert assess(["D02"]).level == "low"
    one_other = assess(["D02", "E01"])
    assert (one_other.level, one_other.red_flag) == ("medium", False)
    two_others = assess(["D02", "E01", "E02"])
    assert (two_others.level, two_others.red_flag, two_others.deadline_hours) == ("high", True, 6)
    assert statement_of("D02") in two_others.reasons[0]


def test_an_unknown_or_repeated_sign_does_not_accompany_imminent_departure() -> None:
    assert not assess(["D02", "D02", "E01", "Z98", "Z99"]).red_flag


def test_a_child_with_any_sign_of_the_process_is_high_and_said_so() -> None:
    catalogue = without_red_flags()
    assert assess(["D01"], catalogue=catalogue).level == "medium"
    assert assess(["D01", "E01"], catalogue=catalogue).level == "medium"
    verdict = assess(["D01", "A02"], catalogue=catalogue)
    assert verdict.level == "high"
    assert "anak" in verdict.reasons[0]
    assert statement_of("A02") in verdict.reasons[0]


def test_poverty_alone_never_exceeds_low() -> None:
    verdict = assess(BACKGROUND)
    assert verdict.level == "low"
    assert "bukan kecurigaan" in verdict.reasons[0]


def test_a_circumstance_counts_beside_another_sign() -> None:
    assert assess(["E03", "A06"]).level == "medium"


def test_a_person_may_raise_the_level() -> None:
    verdict = assess(["A02"], raised_to="high")
    assert (verdict.level, verdict.computed, verdict.red_flag, verdict.deadline_hours) == ("high", "low", False, 72)
    assert verdict.reasons[-1] == "Petugas menaikkan tingkat menjadi tinggi."
    assert assess([], raised_to="medium").level == "medium"


def test_a_person_cannot_lower_the_level_here() -> None:
    assert assess(["C01"], raised_to="low") == assess(["C01"])


def test_a_level_of_a_newer_program_raises_nothing() -> None:
    assert assess(["A02"], raised_to="extreme") == assess(["A02"])


def test_a_sign_of_a_newer_checklist_is_named_and_weighs_nothing() -> None:
    verdict = assess(["Z99", "A02", "Y01"])
    assert verdict.level == "low"
    assert verdict.reasons[-1] == "Belum dikenal versi program ini dan belum dinilai: Y01, Z99."
    assert assess(["Z99"]).level == ""


def test_several_grounds_for_high_are_all_given() -> None:
    verdict = assess(["D01", "C01", "A01", "G03"])
    assert len(verdict.reasons) == 5  # two red flags, three elements, a child, the weight
    assert verdict.level == "high"


@given(ticks, st.sampled_from(IDS), levels)
def test_one_more_sign_never_lowers_the_level(ids: list[str], more: str, raised_to: str) -> None:
    before, after = assess(ids, raised_to), assess([*ids, more], raised_to)
    assert LEVELS.index(after.level) >= LEVELS.index(before.level)
    assert after.red_flag >= before.red_flag


@given(ticks.flatmap(lambda ids: st.tuples(st.just(ids), st.permutations(ids * 2))))
def test_order_and_repetition_do_not_matter(case: tuple[list[str], list[str]]) -> None:
    ids, shuffled = case
    assert assess(ids) == assess(shuffled)


@given(ticks, levels)
def test_the_level_is_never_below_what_was_computed_or_raised(ids: list[str], raised_to: str) -> None:
    verdict = assess(ids, raised_to)
    assert LEVELS.index(verdict.level) == max(LEVELS.index(verdict.computed), LEVELS.index(raised_to))


@given(ticks)
def test_every_level_has_a_reason_and_no_reason_shows_a_sum(ids: list[str]) -> None:
    verdict = assess(ids)
    assert bool(verdict.reasons) == bool(ids)
    assert not verdict.red_flag or verdict.level == "high"
    for reason in verdict.reasons:
        for sign_id in ids:
            reason = reason.replace(statement_of(sign_id), "")
        assert not re.search(r"\d", reason)
        assert "{" not in reason


def test_the_checklist_holds_the_49_signs_in_order() -> None:
    counts = {"A": 9, "B": 5, "C": 7, "D": 6, "E": 4, "F": 4, "G": 6, "H": 4, "J": 4}
    assert [f"{group}{number:02}" for group, count in counts.items() for number in range(1, count + 1)] == IDS


def test_every_sign_is_complete() -> None:
    for sign in checklist().indicators:
        assert sign.statement
        assert sign.gloss
        assert 1 <= sign.weight <= 5
        assert sign.dimension in checklist().dimensions


def test_the_flags_are_those_of_the_list() -> None:
    signs = checklist().indicators
    red = ["C01", "C02", "D01", "F01", "F02", "F03", "G02", "G05", "H01", "J03"]
    assert [sign.id for sign in signs if sign.red_flag is True] == red
    assert [sign.id for sign in signs if sign.red_flag == "with_two_others"] == ["D02"]
    assert [sign.id for sign in signs if sign.child] == ["D01"]
    assert BACKGROUND == ["E01", "E02", "E03", "E04"]
    assert sum(sign.weight for sign in signs) == 175


def test_statements_are_distinct_and_without_computer_spelling() -> None:
    statements = [sign.statement for sign in checklist().indicators]
    assert len(set(statements)) == len(statements)
    assert not any(re.search(r"[<>=*]", text) for text in statements)


def test_the_kinds_of_risk_have_labels() -> None:
    assert set(RISK_KINDS) == {
        "tppo",
        "tppm",
        "pmi_nonprosedural",
        "cpmi_rentan",
        "penipuan_lowongan",
        "orang_asing",
        "dokumen_palsu",
        "perkawinan_campur_tidak_tercatat",
        "calo_dokumen",
        "lainnya",
    }
    assert all(RISK_KINDS.values())
