"""Every picture that people put aside, its bytes, and whether somebody who must have it has it."""

import hashlib
import re
from collections.abc import Iterable
from random import Random
from typing import TYPE_CHECKING

from pimpasa_desktop.sync.protocol import blobs
from pimpasa_desktop.sync.protocol.blobs import PART_BYTES, Question, Reply
from simulation import reach

if TYPE_CHECKING:
    from simulation.world import Laptop, World

_HELD = "SELECT b.sha256, p.content FROM blob b JOIN blob_part p ON p.sha256 = b.sha256 WHERE b.held = b.size"
_WORD = re.compile(rb"canary\d+;")


class Album:
    def __init__(self, world: "World") -> None:
        self._world = world
        self.pictures: dict[str, bytes] = {}  # by SHA-256
        self._gone: set[str] = set()  # no machine that gives anything holds them any more

    def draw(self, chance: Random) -> bytes:
        """A new picture; some need two parts. A word of its own is in it, at its end too."""
        word = self._world.canary().encode()
        size = chance.choice((20, 200, 200, 200, 2_000, PART_BYTES + 300))
        content = word + chance.randbytes(size) + word
        self.pictures[hashlib.sha256(content).hexdigest()] = content
        return content

    def words(self, hashes: Iterable[str]) -> set[str]:
        return {_WORD.findall(self.pictures[found])[0].decode() for found in hashes if found in self.pictures}

    # -- who holds what

    def at_office(self) -> set[str]:
        with self._world.office.ledger.engine.connect() as connection:
            return self._whole("the office", connection.exec_driver_sql(f"{_HELD} ORDER BY p.position").fetchall())

    def on(self, laptop: "Laptop") -> set[str]:
        return self._whole(laptop.name, laptop.rows(f"{_HELD} ORDER BY p.position"))

    def _whole(self, where: str, parts: Iterable[tuple[str, bytes]]) -> set[str]:
        found: dict[str, bytes] = {}
        for sha256, content in parts:
            found[sha256] = found.get(sha256, b"") + bytes(content)
        for sha256, content in found.items():
            _must(content == self.pictures[sha256], f"{where} holds another picture than it says:", sha256)
        return found.keys() & self.pictures.keys()

    def standing(self) -> list[object]:
        """What is still on its way changes this."""
        laptops = self._world.reachable()
        return [
            len(self.at_office()),
            *(one.rows("SELECT count(*), total(sent), total(held) FROM blob") for one in laptops),
        ]

    def destroyed(self) -> None:
        """What no living machine holds is not asked for later."""
        held = self.at_office().union(*map(self.on, self._world.reachable()))
        self._gone |= self.pictures.keys() - held

    # -- what must hold

    def answered(self, account: str, body: bytes, reply: bytes) -> None:
        """Nothing of a picture is told to who may not see the record that shows it, and what is told is true."""
        question, told = blobs._decoded(body[80:], Question), blobs._decoded(reply[64:], Reply)
        records = self._world.office.records()
        person = reach.who(records, account)
        for one, held in zip(question.asked, told.held, strict=True):
            record = records.get(str(blobs.UUID(bytes=one.record)))
            if held == blobs.NOT_FOR_YOU:
                self._world.counts["photo not for this person"] += 1
                continue
            _must(record, "the office speaks of a photo that is not there:", one)
            assert record is not None
            own = account in (record.author, record.values.get("writer")) and not question.fetch
            # What the office lacks anybody may bring, also of a record that is deleted and may come back.
            brings = not question.fetch and (held < one.size or question.part)
            told_of = own or brings or (not record.deleted and reach.sees(records, person, record))
            _must(told_of, f"{person.role} was told of a photo:", record)
        if told.part:
            one = question.asked[0]
            content = self.pictures[one.sha256.hex()]
            true = told.part == content[question.position : question.position + len(told.part)]
            _must(true, "the office gave other bytes than the picture's")
            self._world.counts["photo fetched"] += question.position + len(told.part) == one.size
        if question.part and told.held[0] == question.asked[0].size:
            self._world.counts["photo in parts" if question.position else "photo brought"] += 1

    def saved(self, laptop: "Laptop", content: bytes, record: str) -> None:
        """A record and its picture are kept together or not at all."""
        sha256 = hashlib.sha256(content).hexdigest()
        here = bool(laptop.rows("SELECT 1 FROM blob WHERE sha256 = ?", sha256))
        shown = bool(laptop.rows("SELECT 1 FROM photo WHERE sha256 = ?", sha256))
        _must(here == shown, f"{laptop.name} keeps half a photo:", record)

    def counted(self, root: str) -> int:
        """Of how many living photos of a visit the office holds the picture."""
        held = self.at_office()
        records = self._world.office.records()
        inside = [one for one in records.values() if one.entity == "photo" and reach.root_of(records, one).id == root]
        return sum(one.values["sha256"] in held and not one.deleted for one in inside)

    def quiet(self, records: reach.Records) -> None:
        held = self.at_office()
        living = {
            one.values["sha256"]: one for one in records.values() if one.entity == "photo" and self._lives(records, one)
        }
        # Whoever was refused let go of it, and another sent it again at the same time: they are asked.
        let_go = "".join(
            one.values["patch"]
            for one in records.values()
            if one.entity == "rejected" and one.values.get("settled") == "office"
        )
        for sha256 in [one for one in living.keys() - held - self._gone if one not in let_go]:
            _must(False, "the office lacks a photo that somebody has:", living[sha256])
        for laptop in self._world.reachable():
            here = laptop.rows("SELECT sha256, record, held = size, missing FROM blob")
            shown = {found for (found,) in laptop.rows("SELECT sha256 FROM photo")}
            patches = "".join(patch for (patch,) in laptop.rows("SELECT patch FROM rejected") if patch)
            for sha256, apart, whole, missing in here:
                _must(not apart, f"{laptop.name} still keeps a photo apart:", sha256)
                _must(sha256 in shown or sha256 in patches, f"{laptop.name} has a photo of nothing:", sha256)
                waits = not whole and not missing and sha256 in living and sha256 in held
                _must(not waits, f"{laptop.name} still waits for a photo:", sha256)

    def _lives(self, records: reach.Records, photo: reach.Kept) -> bool:
        return not photo.deleted and not reach.root_of(records, photo).deleted


def _must(holds: object, sentence: str, *details: object) -> None:
    from simulation.oracles import must

    must(holds, sentence, *details)
