"""Originals stay: whatever is exchanged, the line is never given a byte of one, nor its name, nor its hash."""

import random

from exchange.conftest import World
from exchange.test_photos import LARGE, Listening, at_office, sha, visit
from exchange.test_photos_left import records_only
from pimpasa_desktop.store.blobs import attach
from pimpasa_desktop.store.originals import AsTaken
from pimpasa_desktop.sync.protocol import messages
from rig.world import BONGKUDAI_UTARA, LaptopRig, OfficeRig

TAKEN = AsTaken("IMG_2034.JPG", random.Random(1).randbytes(300_000))  # nothing makes it smaller on the line


class Counting(Listening):
    """A line that keeps all it is given, as the laptop packed it and unpacked again."""

    def __init__(self, office: OfficeRig) -> None:
        super().__init__(office)
        self.given: list[bytes] = []
        self.told = ""

    def exchange(self, body: bytes) -> bytes:
        self.given.append(body)
        request = messages._decoded(body[80:], messages.Request, messages.REQUEST_PLAIN_MAX)
        self.told += repr(messages.unpack_operations(request.ids, request.operations))
        return super().exchange(body)

    def blobs(self, body: bytes) -> bytes:
        self.given.append(body)
        return super().blobs(body)

    @property
    def bytes_given(self) -> int:
        return sum(map(len, self.given))


def photographed(laptop: LaptopRig, of: str) -> str:
    return attach(laptop.store, {"visit": of, "caption": "Papan"}, LARGE, b"", TAKEN)


def kept(laptop: LaptopRig) -> int:
    (count,) = laptop.store._sql.execute("SELECT count(*) FROM original_part").fetchone()
    return int(count)


def test_the_line_is_given_the_photo_and_no_byte_of_its_original(near: World) -> None:
    officer = near.officer()
    of = visit(officer)
    officer.line = line = Counting(near.office)
    made = photographed(officer, of)
    officer.sync()
    officer.store.put("photo", {"caption": "Papan baru"}, made)
    officer.sync()
    officer.store.compare()  # all is told anew
    officer.store.blobs.forget_sent()
    officer.sync()
    assert line.part_bytes == len(LARGE)
    assert line.bytes_given < len(LARGE) + 20_000 < len(LARGE) + len(TAKEN.content)
    assert "Papan baru" in line.told and TAKEN.name not in line.told and sha(TAKEN.content) not in line.told
    for part in (TAKEN.content[at : at + 16] for at in range(0, len(TAKEN.content), 4_096)):
        assert not any(part in body for body in line.given)
    assert at_office(near) == {sha(LARGE): LARGE}
    assert officer.store.queries.originals.content(sha(LARGE)) == TAKEN.content


def test_a_record_that_names_the_original_s_hash_does_not_bring_it(near: World) -> None:
    officer = near.officer()
    of = visit(officer)
    photographed(officer, of)
    officer.store.put("photo", {"visit": of, "sha256": sha(TAKEN.content), "size": len(TAKEN.content)})
    officer.line = line = Counting(near.office)
    officer.sync()
    asked = {one.sha256.hex() for question in line.questions for one in question.asked}
    assert asked == {sha(LARGE)} == set(at_office(near))
    assert officer.store.blobs.part(sha(TAKEN.content), 0) == b""


def test_what_the_office_erases_takes_its_originals_along(near: World) -> None:
    officer = near.officer()
    of = visit(officer)
    photographed(officer, of)
    officer.sync()
    with near.office.ledger.begin() as books:
        books.erase(of)
    officer.sync()
    assert officer.list("photo") == [] and kept(officer) == 0


def test_an_original_goes_with_its_village_although_the_photo_has_yet_to_reach_the_office(near: World) -> None:
    officer = near.officer()
    photographed(officer, visit(officer))
    records_only(near, officer)
    near.office.unassign(officer.account, BONGKUDAI_UTARA)
    records_only(near, officer)
    assert officer.store.queries.photos.pending()[0] == 1 and kept(officer) == 0
    assert officer.sync().photos_sent == 1 and at_office(near) == {sha(LARGE): LARGE}
