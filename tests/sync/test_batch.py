"""Questions and pages grow while they are answered and taken, stay under their bound, and begin small after a break."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store import delivery
from pimpasa_desktop.sync import batch
from pimpasa_desktop.sync.protocol import messages
from pimpasa_desktop.sync.trouble import Unreachable
from pimpasa_office import feed, service
from rig.world import BONGKUDAI_UTARA, LaptopRig, Near, OfficeRig, RigEnv

WAITING = 60


class Counting:
    """A line that keeps how many operations each question brought and how many rows came back, with their bytes, and
    may lose an answer."""

    def __init__(self, line: Near) -> None:
        self._line = line
        self.brought: list[int] = []
        self.sizes: list[int] = []
        self.came: list[int] = []
        self.answer_sizes: list[int] = []
        self.loses = -1

    def exchange(self, body: bytes) -> bytes:
        request = messages._decoded(body[80:], messages.Request, messages.REQUEST_PLAIN_MAX)
        self.brought.append(sum(table.rows for table in request.operations))
        self.sizes.append(len(body))
        answer = self._line.exchange(body)
        if len(self.brought) - 1 == self.loses:
            raise Problem("lost")
        said = messages._decoded(answer[64:], messages.Answer, messages.ANSWER_PLAIN_MAX)
        self.came.append(sum(table.rows for table in said.rows))
        self.answer_sizes.append(len(answer))
        return answer


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeRig]:
    office = OfficeRig(tmp_path / "office", RigEnv("office"))
    yield office
    office.close()


@pytest.fixture
def laptop(tmp_path: Path, office: OfficeRig, monkeypatch: pytest.MonkeyPatch) -> Iterator[LaptopRig]:
    monkeypatch.setattr(batch, "OFFER_FIRST", 4)
    monkeypatch.setattr(batch, "OFFER_MAX", 20)
    monkeypatch.setattr(delivery, "OUTCOMES", 3)
    account = office.account("Deddy", "field_officer")
    office.assign(account, BONGKUDAI_UTARA, "Bongkudai Utara")
    laptop = joined(office, account, tmp_path / "laptop")
    yield laptop
    laptop.close()


def joined(office: OfficeRig, account: str, folder: Path) -> LaptopRig:
    """A laptop that has all that the office has; from now on its line is counted."""
    laptop = LaptopRig(folder, RigEnv(folder.name), office, account, Near(office))
    laptop.line = Counting(Near(office))
    return laptop


@pytest.fixture
def reader(tmp_path: Path, office: OfficeRig, laptop: LaptopRig) -> Iterator[LaptopRig]:
    """A colleague's laptop."""
    reader = joined(office, laptop.account, tmp_path / "reader")
    yield reader
    reader.close()


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


def test_after_a_lost_answer_the_next_question_begins_small_and_the_laptop_is_known_again(laptop: LaptopRig) -> None:
    write(laptop, WAITING)
    line(laptop).loses = 2
    with pytest.raises(Problem):
        laptop.sync()
    device = laptop.store.standing.device
    report = laptop.sync()
    assert line(laptop).brought == [4, 8, 16, 4, 8, 16, 20]
    assert (laptop.store.standing.device, report.digests_match, report.merged) == (device, True, 0)


class Narrow(Near):
    """A line that breaks under whatever is larger than it carries: before the office has heard it, or after."""

    def __init__(self, office: OfficeRig, carries: int, *, heard: bool) -> None:
        super().__init__(office)
        self._carries, self._heard = carries, heard
        self.sizes: list[int] = []

    def exchange(self, body: bytes) -> bytes:
        self.sizes.append(len(body))
        if len(body) <= self._carries:
            return super().exchange(body)
        if self._heard:
            super().exchange(body)
        raise Unreachable.on_the_way()


@pytest.mark.parametrize("heard", [False, True])
def test_what_a_narrow_line_does_not_carry_goes_in_smaller_questions(
    office: OfficeRig, laptop: LaptopRig, monkeypatch: pytest.MonkeyPatch, heard: bool
) -> None:
    monkeypatch.setattr(batch, "OFFER_FIRST", 200)
    monkeypatch.setattr(batch, "OFFER_MAX", 200)
    with laptop.store.transaction():
        for _n in range(200):
            laptop.store.put("campaign", {"name": Env().random(80).hex()})
    laptop.line = narrow = Narrow(office, 5_000, heard=heard)
    device, tries = laptop.store.standing.device, 0
    while laptop.store.queries.pending_count():
        tries += 1
        with suppress(Unreachable):
            laptop.sync()
    assert max(narrow.sizes) > 10_000 and tries < 12
    assert len(office.devices()) == 1 and laptop.store.standing.device == device
    assert laptop.sync().digests_match


def test_a_copy_does_not_pass_for_a_laptop_whose_question_was_lost(office: OfficeRig, laptop: LaptopRig) -> None:
    """It knows no mark of what the other one brought since."""
    shutil.copytree(laptop.folder, office.folder / "copy")
    copy = LaptopRig.opened(office.folder / "copy", RigEnv("copy"), Near(office))
    write(laptop, 10)
    laptop.line = Narrow(office, 0, heard=True)
    with pytest.raises(Unreachable):
        laptop.sync()
    write(copy, 3)
    copy.sync()
    laptop.line = Near(office)
    laptop.sync()
    assert len(office.devices()) == 2
    copy.close()


def test_no_question_of_several_operations_is_larger_than_a_cut_may_cost(
    laptop: LaptopRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "OFFER_FIRST", 20)
    monkeypatch.setattr("pimpasa_desktop.store.attempts.QUESTION_BYTES", 2_000)
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


def test_each_page_that_was_taken_makes_room_for_a_larger_one_up_to_the_bound(
    laptop: LaptopRig, reader: LaptopRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(laptop, WAITING)
    laptop.sync()
    monkeypatch.setattr(feed, "PAGE_ROWS", 4)
    monkeypatch.setattr(feed, "PAGE_ROWS_MAX", 20)
    report = reader.sync()
    assert line(reader).came == [4, 8, 16, 20, 12]
    assert (report.pulled, report.digests_match) == (WAITING, True)


def test_after_a_lost_page_the_next_one_is_small_again_and_nothing_is_read_twice(
    laptop: LaptopRig, reader: LaptopRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(laptop, WAITING)
    laptop.sync()
    monkeypatch.setattr(feed, "PAGE_ROWS", 4)
    line(reader).loses = 3
    with pytest.raises(Problem):
        reader.sync()
    report = reader.sync()
    assert line(reader).came == [4, 8, 16, 4, 8, 16, 4]
    assert (len(reader.list("campaign")), report.digests_match) == (WAITING, True)


def test_no_page_of_several_records_is_larger_than_a_cut_may_cost(
    laptop: LaptopRig, reader: LaptopRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "ANSWER_BYTES", 2_000)
    with laptop.store.transaction():
        for _n in range(30):
            laptop.store.put("campaign", {"name": Env().random(80).hex()})
    laptop.sync()
    assert reader.sync().digests_match
    assert max(line(reader).answer_sizes) <= 2_000 + 64
    assert len(line(reader).came) > 1


def test_a_record_that_is_larger_than_a_cut_may_cost_comes_alone(
    laptop: LaptopRig, reader: LaptopRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "ANSWER_BYTES", 100)
    write(laptop, 3)
    laptop.sync()
    assert reader.sync().digests_match
    assert line(reader).came == [1, 1, 1]
