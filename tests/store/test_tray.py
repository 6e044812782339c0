"""Settling what waits for a decision, between an officer and a clerk."""

import pytest

from pimpasa_desktop.problem import Problem
from rig.world import BONGKUDAI_UTARA, LaptopRig, OfficeRig


@pytest.fixture
def of(laptop: LaptopRig, clerk: LaptopRig) -> str:
    """A visit that both hold."""
    identifier = laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00"})
    laptop.sync()
    clerk.sync()
    return identifier


def clash(laptop: LaptopRig, clerk: LaptopRig, of: str, theirs: str = "kantor", mine: str = "desa") -> str:
    """Both write the theme; the clerk was first. The id of the conflict."""
    clerk.store.put("visit", {"theme": theirs}, of)
    laptop.store.put("visit", {"theme": mine}, of)
    for rig in (clerk, laptop, clerk):
        rig.sync()
    (conflict,) = laptop.list("conflict")
    assert clerk.list("conflict") == [conflict]
    return str(conflict["id"])


@pytest.mark.parametrize(("keep", "theme"), [("mine", "desa"), ("office", "kantor"), ("keduanya", "keduanya")])
def test_either_of_them_settles_a_conflict_and_both_see_it(
    laptop: LaptopRig, clerk: LaptopRig, of: str, keep: str, theme: str
) -> None:
    conflict = clash(laptop, clerk, of)
    clerk.store.settle(conflict, keep)
    for rig in (clerk, laptop):
        assert rig.sync().digests_match
    for rig in (clerk, laptop):
        assert rig.store.queries.get(of).values["theme"] == theme
        assert rig.store.queries.get(conflict).values["settled"] == (keep if keep in ("mine", "office") else "text")


def test_a_decision_and_its_value_are_written_together_or_not_at_all(
    laptop: LaptopRig, clerk: LaptopRig, of: str
) -> None:
    conflict = clash(laptop, clerk, of)
    with pytest.raises(Problem, match="terlalu panjang"):
        laptop.store.settle(conflict, "x" * 1000)
    assert laptop.store.queries.get(conflict).values.get("settled") is None
    assert laptop.store.queries.pending_count() == 0


def test_what_was_settled_is_not_settled_again(laptop: LaptopRig, clerk: LaptopRig, of: str) -> None:
    conflict = clash(laptop, clerk, of)
    laptop.store.settle(conflict, "mine")
    with pytest.raises(Problem, match="sudah diputuskan"):
        laptop.store.settle(conflict, "office")
    with pytest.raises(Problem, match="tidak menunggu"):
        laptop.store.settle(of, "mine")


def test_a_settled_conflict_can_arise_again(laptop: LaptopRig, clerk: LaptopRig, of: str) -> None:
    conflict = clash(laptop, clerk, of)
    clerk.store.settle(conflict, "office")
    for rig in (clerk, laptop, clerk):
        rig.sync()
    assert clash(laptop, clerk, of, "kantor dua", "desa dua") == conflict
    assert laptop.store.queries.get(conflict).values.get("settled") is None


def test_a_record_deleted_here_and_changed_there_stands_until_somebody_decides(
    laptop: LaptopRig, clerk: LaptopRig, of: str
) -> None:
    clerk.store.put("visit", {"theme": "kantor"}, of)
    laptop.store.delete(of)
    for rig in (clerk, laptop, clerk):
        rig.sync()
    (conflict,) = laptop.list("conflict")
    assert laptop.store.queries.get(of).values["theme"] == "kantor"
    with pytest.raises(Problem, match="mine"):
        laptop.store.settle(str(conflict["id"]), "sesuatu")
    laptop.store.settle(str(conflict["id"]), "mine")
    for rig in (laptop, clerk):
        assert rig.sync().digests_match
        assert rig.list("visit") == []


def test_what_the_office_refused_can_be_let_go_or_sent_again_when_the_reason_is_gone(
    laptop: LaptopRig, office: OfficeRig, of: str
) -> None:
    office.unassign(laptop.account, BONGKUDAI_UTARA)
    laptop.store.put("visit", {"theme": "terlambat"}, of)
    assert laptop.sync().rejected == 1
    (refused,) = laptop.list("rejected")
    assert refused["reason"] == "handed_over"
    with pytest.raises(Problem, match="kirim lagi"):
        laptop.store.settle(str(refused["id"]), "sesuatu")
    office.assign(laptop.account, BONGKUDAI_UTARA, "Bongkudai Utara")
    laptop.sync()
    laptop.store.settle(str(refused["id"]), '{"theme": "terlambat, diperbaiki"}')
    report = laptop.sync()
    assert (report.rejected, report.digests_match) == (0, True)
    assert laptop.store.queries.get(of).values["theme"] == "terlambat, diperbaiki"
