"""Photos on their way: after the records, small first, in parts, to who may see the record; never half, never twice."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exchange.conftest import TOBONGON, World
from pimpasa_desktop.store.blobs import attach, want
from pimpasa_desktop.store.enclosures import enclose
from pimpasa_desktop.sync import trouble
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.protocol import blobs
from pimpasa_desktop.sync.protocol.blobs import NOT_FOR_YOU, PART_BYTES, Question, Reply
from pimpasa_desktop.sync.protocol.messages import PROTOCOL
from pimpasa_desktop.sync.trouble import Refused, Unreachable
from pimpasa_office import blobs as vault
from pimpasa_office.refusal import Refused as Declined
from pimpasa_office.tables import blob_parts
from pimpasa_office.tables import blobs as blob_table
from rig.world import LaptopRig, Near, OfficeRig

LARGE = bytes(range(251)) * 600  # four parts and a bit
SMALL = b"kecil" * 100


def visit(laptop: LaptopRig) -> str:
    return laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00"})


def photographed(laptop: LaptopRig, to: str = "", content: bytes = LARGE) -> str:
    return attach(laptop.store, {"visit": to or visit(laptop)}, content, b"")


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def at_office(world: World) -> dict[str, bytes]:
    """What the office holds, whole blobs by hash; the bytes are looked at as they lie there."""
    with world.office.ledger.begin() as books:
        parts: dict[str, bytes] = {}
        for row in sorted(books.all(blob_parts), key=lambda row: row.position):
            parts[row.sha256] = parts.get(row.sha256, b"") + row.content
        sizes = {row.sha256: (row.held, row.size) for row in books.all(blob_table)}
    assert {name: len(content) for name, content in parts.items()} == {name: held for name, (held, _) in sizes.items()}
    return {name: content for name, content in parts.items() if sizes[name][0] == sizes[name][1]}


class Listening(Near):
    """A line that keeps what was asked, loses what it is told to, and may let time pass."""

    def __init__(self, office: OfficeRig) -> None:
        super().__init__(office)
        self.questions: list[Question] = []
        self.order: list[str] = []
        self.lose: Callable[[int], str] = lambda number: ""  # "": heard; "question" or "answer": lost

    def exchange(self, body: bytes) -> bytes:
        self.order.append("records")
        return super().exchange(body)

    def blobs(self, body: bytes) -> bytes:
        self.questions.append(blobs._decoded(body[80:], Question))
        self.order.append("photos")
        lost = self.lose(len(self.questions))
        if lost == "question":
            raise Unreachable.on_the_way()
        answer = super().blobs(body)
        if lost:
            raise Unreachable.on_the_way()
        return answer

    @property
    def part_bytes(self) -> int:
        return sum(len(question.part) for question in self.questions)


def test_a_photo_is_at_the_office_after_the_exchange_and_at_another_laptop_when_asked(world: World) -> None:
    officer, clerk = world.officer(), world.clerk()
    of = visit(officer)
    made = photographed(officer, of)
    told = officer.sync()
    assert told.photos_sent == 1 and made in told.changed
    assert officer.store.queries.photos.pending() == (0, 0)
    assert at_office(world) == {sha(LARGE): LARGE}
    clerk.sync()
    (photo,) = clerk.store.queries.photos.of(of)
    assert not photo.here and photo.sent
    want(clerk.store, photo.sha256, photo.size)
    told = clerk.sync()
    assert told.photos_fetched == 1 and made in told.changed
    assert clerk.store.queries.photos.content(sha(LARGE)) == LARGE


def test_records_go_first_then_small_photos_and_no_photo_means_no_question(near: World) -> None:
    officer = near.officer()
    officer.line = line = Listening(near.office)
    of = visit(officer)
    officer.sync()
    assert line.questions == []
    photographed(officer, of)
    photographed(officer, of, SMALL)
    officer.sync()
    first = line.order.index("photos")
    assert set(line.order[:first]) == {"records"} and set(line.order[first:-1]) == {"photos"}
    assert line.order[-1] == "records"  # the receipt that tells of them
    parts = [question.asked[0].sha256.hex() for question in line.questions if question.part]
    assert parts == [sha(SMALL)] + [sha(LARGE)] * 5
    officer.sync()
    assert len(line.questions) == 7  # one that asks, six parts, and never again


@pytest.mark.parametrize("lost", ["question", "answer"])
def test_a_line_that_breaks_at_any_part_sends_at_most_that_part_again(near: World, lost: str) -> None:
    """The laptop is restarted after each, and the office too."""
    officer = near.officer()
    of = visit(officer)
    for number in range(1, 7):
        content = LARGE[number:]
        photographed(officer, of, content)
        officer.line = line = Listening(near.office)
        line.lose = lambda asked, broken=number: lost if asked == broken else ""
        with pytest.raises(Unreachable):
            officer.sync()
        officer.close()
        near.office.ledger.close()
        near.office.reopen()
        officer = near.opened(officer.folder)
        officer.line = line
        officer.sync()
        assert at_office(near)[sha(content)] == content
        twice = line.part_bytes - len(content)
        assert twice == (0 if lost == "answer" else len(line.questions[number - 1].part)) <= PART_BYTES


def test_fetching_goes_on_where_it_broke_off(near: World) -> None:
    officer, clerk = near.officer(), near.clerk()
    of = visit(officer)
    for number in range(1, 6):
        content = LARGE[number:]
        photographed(officer, of, content)
        officer.sync()
        clerk.line = near.office.line(clerk.env)
        clerk.sync()
        want(clerk.store, sha(content), len(content))
        clerk.line = line = Listening(near.office)
        line.lose = lambda asked, broken=number: "answer" if asked == broken else ""
        with pytest.raises(Unreachable):
            clerk.sync()
        clerk.close()
        clerk = near.opened(clerk.folder)
        clerk.line = line
        clerk.sync()
        assert clerk.store.queries.photos.content(sha(content)) == content
        assert len(line.questions) == 5 + 1  # the part whose answer was lost, and no other, was asked for twice


def test_two_laptops_that_bring_the_same_photo_bring_it_once(near: World) -> None:
    one, other = near.officer(), near.officer(name="Meyke")
    photographed(one)
    photographed(other)
    one.line = line = Listening(near.office)
    line.lose = lambda asked: "answer" if asked == 3 else ""
    with pytest.raises(Unreachable):
        one.sync()
    other.line = second = Listening(near.office)
    other.sync()
    one.sync()
    assert at_office(near) == {sha(LARGE): LARGE}
    assert line.part_bytes + second.part_bytes == len(LARGE)


def test_a_photo_that_waits_for_wifi_waits_and_the_others_go(near: World) -> None:
    officer = near.officer()
    of = visit(officer)
    photographed(officer, of)
    photographed(officer, of, SMALL)
    with officer.store.transaction():
        officer.store.blobs.wait(sha(LARGE), True)
    report = Report()
    Engine(officer.store, officer.line, officer.env).exchange(report, free=False)
    assert report.photos_sent == 1 and list(at_office(near)) == [sha(SMALL)]
    assert officer.sync().photos_sent == 1


def test_where_bytes_are_paid_for_records_go_and_only_a_photo_that_was_asked_for_comes(near: World) -> None:
    officer, other = near.officer(), near.officer(name="Lain")
    of = visit(other)
    photographed(other, of, SMALL)
    other.sync()
    officer.sync()
    photographed(officer, of)
    want(officer.store, sha(SMALL), len(SMALL))
    report = Report()
    Engine(officer.store, officer.line, officer.env).exchange(report, photos=False)
    assert (report.pushed, report.photos_sent, report.photos_fetched) == (1, 0, 1)
    assert officer.store.queries.photos.pending() == (1, len(LARGE))


def test_progress_counts_what_the_office_says_it_holds(near: World) -> None:
    officer = near.officer()
    photographed(officer)
    told: list[int] = []
    report = Report()
    Engine(officer.store, officer.line, officer.env).exchange(report, lambda now: told.append(now.photo_bytes))
    assert told == sorted(told) and report.photo_bytes == len(LARGE)
    assert {PART_BYTES, 4 * PART_BYTES} <= set(told)


def test_an_office_of_an_earlier_version_gets_the_records_and_the_photos_wait(near: World) -> None:
    officer = near.officer()
    photographed(officer)

    class Earlier(Near):
        def blobs(self, body: bytes) -> bytes:
            raise Refused(404, "Alamat ini hanya untuk program PIMPASA.")

    officer.line = Earlier(near.office)
    assert officer.sync().digests_match
    assert officer.store.queries.photos.pending()[0] == 1


def test_an_office_set_back_gets_the_photos_again(near: World, tmp_path: Path) -> None:
    officer = near.officer()
    of = visit(officer)
    officer.sync()
    near.office.backup(tmp_path / "backup")
    photographed(officer, of)
    officer.sync()
    near.restore(tmp_path / "backup")
    assert at_office(near) == {}
    officer.sync()
    officer.sync()
    assert at_office(near) == {sha(LARGE): LARGE}


# -- who may


def key_of(laptop: LaptopRig) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes(laptop.store.meta.get("device_key")))


def asked(world: World, laptop: LaptopRig, question: Question) -> Reply:
    body = blobs.seal_question(question, laptop.store.standing.device, key_of(laptop))
    answer = world.office.service.blobs(body)
    from pimpasa_office.setting_up import signing_key

    with world.office.ledger.begin() as books:
        public = signing_key(books).public_key()
    return blobs.open_reply(answer, body, public)


def about(record: str, content: bytes = LARGE, **more: object) -> Question:
    from uuid import UUID

    one = blobs.Asked(UUID(record).bytes, hashlib.sha256(content).digest(), len(content))
    return Question(PROTOCOL, [one], **more)


def test_who_does_not_see_the_record_gets_no_byte_and_learns_nothing(near: World) -> None:
    officer, colleague, clerk = near.officer(), near.officer(TOBONGON, name="Meyke"), near.clerk()
    village = officer.village()
    report = officer.store.put("risk_report", {"village": village, "kind": "tppo"})
    secret = attach(officer.store, {"risk_report": report}, LARGE, b"")
    plain = photographed(officer, content=SMALL)
    officer.sync()
    assert len(at_office(near)) == 2
    nobody = "00000000-0000-4000-8000-000000000000"
    for laptop, record, content in (
        (clerk, secret, LARGE), (colleague, secret, LARGE), (colleague, plain, SMALL), (clerk, nobody, LARGE),
        (clerk, plain, LARGE), (clerk, plain, b"another"),
    ):  # fmt: skip
        laptop.sync()
        for question in (about(record, content), about(record, content, fetch=True)):
            assert asked(near, laptop, question) == Reply([NOT_FOR_YOU], b"")
    assert asked(near, clerk, about(plain, SMALL, fetch=True)) == Reply([len(SMALL)], SMALL)
    officer.store.delete(plain)
    officer.sync()
    assert asked(near, clerk, about(plain, SMALL, fetch=True)) == Reply([NOT_FOR_YOU], b"")


def test_a_stranger_and_a_revoked_laptop_are_not_heard(near: World) -> None:
    officer, clerk = near.officer(), near.clerk()
    made = photographed(officer)
    officer.sync()
    for device, key in ((officer.store.standing.device, key_of(clerk)), (made, key_of(officer))):
        with pytest.raises(Declined):
            near.office.service.blobs(blobs.seal_question(about(made), device, key))
    near.office.revoke(officer.store.standing.device)
    with pytest.raises(Declined) as told:
        asked(near, officer, about(made))
    assert told.value.status == 401
    for body in (b"", b"x" * 79, b"x" * 200, b"x" * (blobs.BODY_MAX + 1)):
        with pytest.raises(Declined):
            near.office.service.blobs(body)


# -- what lies


def record_of(laptop: LaptopRig, content: bytes) -> str:
    """A photo record whose bytes are nowhere yet."""
    fields = {"visit": visit(laptop), "sha256": sha(content), "size": len(content)}
    made = laptop.store.put("photo", fields)
    laptop.sync()
    return made


def test_parts_out_of_order_too_long_or_too_short_are_not_taken(near: World) -> None:
    officer = near.officer()
    made = record_of(officer, LARGE)
    part = LARGE[:PART_BYTES]
    for position, wrong in ((PART_BYTES, part), (1, part), (0, part[:-1]), (len(LARGE) - 1, part)):
        assert asked(near, officer, about(made, position=position, part=wrong)).held == [0]
    assert asked(near, officer, about(made, position=0, part=part)).held == [PART_BYTES]
    assert asked(near, officer, about(made, position=0, part=part)).held == [PART_BYTES]
    assert at_office(near) == {}


def test_a_blob_whose_hash_lies_is_thrown_away_whole(near: World) -> None:
    officer = near.officer()
    made = record_of(officer, LARGE)
    lie = b"x" * len(LARGE)
    held = [
        asked(near, officer, about(made, position=at, part=lie[at : at + PART_BYTES])).held[0]
        for at in range(0, len(lie), PART_BYTES)
    ]
    assert held[-1] == 0 and held[:-1] == [PART_BYTES * n for n in range(1, 5)]
    with near.office.ledger.begin() as books:
        assert books.all(blob_parts) == books.all(blob_table) == []


def test_a_laptop_whose_bytes_lie_gives_up_until_the_next_exchange(near: World) -> None:
    officer = near.officer()
    photographed(officer)
    with officer.store.transaction():
        officer.store._sql.execute("UPDATE blob_part SET content = zeroblob(length(content)) WHERE position = 0")
    officer.line = line = Listening(near.office)
    assert officer.sync().photos_sent == 0
    assert line.part_bytes == len(LARGE) and at_office(near) == {}


def test_an_answer_that_is_not_our_office_s_is_not_taken(near: World) -> None:
    officer = near.officer()
    photographed(officer)

    class Forging(Near):
        def blobs(self, body: bytes) -> bytes:
            return blobs.seal_reply(Reply([len(LARGE)]), body, Ed25519PrivateKey.generate())

    officer.line = Forging(near.office)
    with pytest.raises(trouble.NotOurOffice):
        officer.sync()
    assert officer.store.queries.photos.pending()[0] == 1


# -- what goes


def test_erasing_at_the_office_takes_the_bytes_at_once_and_those_of_no_other(near: World) -> None:
    officer = near.officer()
    gone, kept = visit(officer), visit(officer)
    photographed(officer, gone)
    photographed(officer, gone, SMALL)
    photographed(officer, kept, SMALL)
    officer.sync()
    near.office.ledger.erase(gone)
    assert at_office(near) == {sha(SMALL): SMALL}
    officer.sync()
    assert officer.store.queries.photos.content(sha(LARGE)) is None
    assert officer.store.queries.photos.content(sha(SMALL)) == SMALL


def passes(world: World, time: timedelta) -> None:
    world.office.env.time += time
    with world.office.ledger.begin() as books:
        vault.sweep_daily(books, int(world.office.env.now().timestamp()))


@pytest.mark.parametrize("years", [-20, 20])
def test_an_office_whose_clock_is_wrong_sweeps_nothing_before_its_time(near: World, years: int) -> None:
    officer = near.officer()
    made = photographed(officer)
    officer.sync()
    officer.store.delete(made)
    officer.sync()
    passes(near, timedelta(days=1))
    for by in (timedelta(days=365 * years), timedelta(days=-365 * years)):
        passes(near, by)
        assert len(at_office(near)) == 1
    for _day in range(31):
        passes(near, timedelta(days=1))
    assert at_office(near) == {}


def test_what_nobody_refers_to_is_swept_after_thirty_days_and_comes_back_if_restored_before(near: World) -> None:
    officer = near.officer()
    of = visit(officer)
    made = photographed(officer, of)
    photographed(officer, of, SMALL)
    officer.sync()
    officer.store.delete(made)
    officer.sync()

    def pass_days(days: int) -> None:
        for _day in range(days):
            passes(near, timedelta(days=1))

    pass_days(1)
    pass_days(20)
    assert len(at_office(near)) == 2
    officer.store.restore(made)
    officer.sync()
    pass_days(20)
    assert len(at_office(near)) == 2
    officer.store.delete(made)
    officer.sync()
    pass_days(1)
    pass_days(31)
    assert at_office(near) == {sha(SMALL): SMALL}


def test_a_document_s_file_goes_the_same_way_and_not_to_who_sees_no_names(near: World) -> None:
    officer, clerk, head = near.officer(), near.clerk(), near.laptop(near.office.account("Kepala", "head_of_office"))
    of = visit(officer)
    values = {"visit": of, "kind": "attendance_list", "title": "Daftar hadir"}
    made = enclose(officer.store, values, LARGE, "daftar-hadir.pdf")
    assert officer.sync().photos_sent == 1 and officer.store.queries.enclosures.of(of)[made].sent
    assert officer.store.queries.enclosures.pending() == (0, 0)
    for laptop, fetched in ((clerk, 1), (head, 0)):
        laptop.sync()
        file = laptop.store.queries.enclosures.of(of)[made]
        want(laptop.store, file.sha256, file.size)
        assert laptop.sync().photos_fetched == fetched
    assert clerk.store.queries.photos.content(sha(LARGE)) == LARGE
    with near.office.ledger.begin() as books:
        books.erase(of)
    assert at_office(near) == {}
