"""Questions grow while they are answered, stay under their bound, and bring again what a break left open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store import delivery
from pimpasa_desktop.sync import batch
from pimpasa_desktop.sync.protocol import messages
from rig.world import BONGKUDAI_UTARA, LaptopRig, Near, OfficeRig, RigEnv

WAITING = 60


class Counting:
    """A line that keeps how many operations and bytes each question brought, and may lose an answer."""

    def __init__(self, line: Near) -> None:
        self._line = line
        self.brought: list[int] = []
        self.sizes: list[int] = []
        self.loses = -1

    def exchange(self, body: bytes) -> bytes:
        request = messages._decoded(body[80:], messages.Request, messages.REQUEST_PLAIN_MAX)
        self.brought.append(sum(table.rows for table in request.operations))
        self.sizes.append(len(body))
        answer = self._line.exchange(body)
        if len(self.brought) - 1 == self.loses:
            raise Problem("lost")
        return answer


@pytest.fixture
def laptop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LaptopRig]:
    monkeypatch.setattr(batch, "OFFER_FIRST", 4)
    monkeypatch.setattr(batch, "OFFER_MAX", 20)
    monkeypatch.setattr(delivery, "OUTCOMES", 3)
    office = OfficeRig(tmp_path / "office", RigEnv("office"))
    account = office.account("Deddy", "field_officer")
    office.assign(account, BONGKUDAI_UTARA, "Bongkudai Utara")
    laptop = LaptopRig(tmp_path / "laptop", RigEnv("laptop"), office, account, Near(office))
    laptop.sync()
    laptop.line = Counting(Near(office))
    yield laptop
    laptop.close()
    office.close()


def write(laptop: LaptopRig, count: int, text: str = "") -> None:
    with laptop.store.transaction():
        for n in range(count):
            laptop.store.put("campaign", {"name": f"Kampanye {n} {text}"})


def line(laptop: LaptopRig) -> Counting:
    assert isinstance(laptop.line, Counting)
    return laptop.line


def test_each_answered_question_makes_room_for_a_larger_one_up_to_the_bound(laptop: LaptopRig) -> None:
    write(laptop, WAITING)
    report = laptop.sync()
    assert line(laptop).brought == [4, 8, 16, 20, 12]
    assert (report.pushed, report.digests_match, laptop.store.queries.pending_count()) == (WAITING, True, 0)


def test_after_a_lost_answer_the_same_is_brought_again_and_what_is_new_begins_small(laptop: LaptopRig) -> None:
    write(laptop, WAITING)
    line(laptop).loses = 2
    with pytest.raises(Problem):
        laptop.sync()
    device = laptop.store.standing.device
    report = laptop.sync()
    assert line(laptop).brought == [4, 8, 16, 16, 8, 16, 8]
    assert (laptop.store.standing.device, report.digests_match, report.merged) == (device, True, 0)


def test_no_question_of_several_operations_is_larger_than_a_cut_may_cost(
    laptop: LaptopRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "OFFER_FIRST", 20)
    monkeypatch.setattr("pimpasa_desktop.sync.engine.QUESTION_BYTES", 2_000)
    with laptop.store.transaction():
        for _n in range(30):
            laptop.store.put("campaign", {"name": Env().random(80).hex()})
    assert laptop.sync().digests_match
    assert max(line(laptop).sizes) <= 2_000


def test_an_answer_taken_half_is_offered_again_and_doubles_nothing(
    laptop: LaptopRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program ends between two parts of many outcomes."""
    monkeypatch.setattr(batch, "OFFER_FIRST", 10)
    write(laptop, 10)
    take, parts = laptop.store._take_slice, []

    def once(part: delivery.Delivery) -> object:
        if parts:
            raise Problem("killed")
        parts.append(part)
        return take(part)

    with monkeypatch.context() as killing:
        killing.setattr(laptop.store, "_take_slice", once)
        with pytest.raises(Problem):
            laptop.sync()
    assert laptop.store.queries.pending_count() == 7
    report = laptop.sync()
    assert (line(laptop).brought, report.pushed, report.digests_match) == ([10, 7], 7, True)
    assert len(laptop.list("campaign")) == 10
