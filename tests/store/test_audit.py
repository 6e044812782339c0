"""The trail: every change, in a chain, without a value."""

from rig.world import LaptopRig

CANARY = "kasuaribiru"


def entries(laptop: LaptopRig) -> list[tuple[object, ...]]:
    return laptop.store._sql.execute(
        "SELECT action, entity, record, fields, account FROM audit ORDER BY seq"
    ).fetchall()


def changed(laptop: LaptopRig) -> tuple[str, str]:
    of = laptop.store.put("visit", {"place": CANARY, "starts_at": "2025-07-03T09:00+08:00"})
    report = laptop.store.put("risk_report", {"kind": "tppo", "narrative": CANARY, "indicators": ["A01"]})
    laptop.store.put("visit", {"theme": CANARY}, of)
    laptop.store.delete(of)
    return of, report


def test_each_change_is_an_entry_with_the_names_of_its_fields(laptop: LaptopRig) -> None:
    of, report = changed(laptop)
    me = laptop.account
    assert entries(laptop) == [
        ("put", "visit", of, "place starts_at office", me),
        ("put", "risk_report", report, "kind narrative indicators office", me),
        ("put", "visit", of, "theme", me),
        ("delete", "visit", of, "", me),
    ]  # fmt: skip


def test_no_entry_holds_a_value(laptop: LaptopRig) -> None:
    changed(laptop)
    everything = repr(laptop.store._sql.execute("SELECT * FROM audit").fetchall())
    assert CANARY not in everything and "tppo" not in everything and "A01" not in everything


def test_equal_values_of_two_records_leave_different_hashes(laptop: LaptopRig) -> None:
    """Or the hash of a short value could be looked up."""
    for _twice in range(2):
        laptop.store.put("visit", {"place": CANARY, "starts_at": "2025-07-03T09:00+08:00"})
    hashes = laptop.store._sql.execute("SELECT salted FROM audit").fetchall()
    assert len(set(hashes)) == 2


def test_an_entry_that_was_changed_or_taken_out_shows(laptop: LaptopRig) -> None:
    changed(laptop)
    audit, sql = laptop.store._audit, laptop.store._sql
    assert audit.broken_at() is None
    for tampering in ("UPDATE audit SET account = 'x' WHERE seq = 2", "DELETE FROM audit WHERE seq = 2",
                      "UPDATE audit SET at = at + 1 WHERE seq = 3", "UPDATE audit SET fields = '' WHERE seq = 1"):  # fmt: skip
        sql.execute("SAVEPOINT before")
        sql.execute(tampering)
        assert audit.broken_at() is not None, tampering
        sql.execute("ROLLBACK TO before")
        sql.execute("RELEASE before")
    assert audit.broken_at() is None


def test_what_was_refused_leaves_no_entry(laptop: LaptopRig) -> None:
    import pytest

    from pimpasa_desktop.problem import Problem

    with pytest.raises(Problem):
        laptop.store.put("visit", {"place": CANARY})
    assert entries(laptop) == []
