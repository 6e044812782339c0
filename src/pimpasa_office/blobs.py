"""The photos and documents that the office holds: taken part by part, given to who sees a record of it, swept.

Whether somebody may is asked of the record each time; knowing a hash opens nothing. A blob whose bytes make another
hash than its name is thrown away whole.
"""

import hashlib
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pimpasa_desktop.domain.aging import aged, due
from pimpasa_desktop.domain.entity import Level, Values
from pimpasa_desktop.domain.fingerprint import BEARERS
from pimpasa_desktop.domain.policy import open_buckets, sees
from pimpasa_desktop.domain.roles import Person
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.sync.protocol import blobs as protocol
from pimpasa_desktop.sync.protocol.blobs import MISSING, NOT_FOR_YOU, PART_BYTES, Asked, Question, Reply
from pimpasa_desktop.sync.protocol.columns import Torn
from pimpasa_desktop.sync.protocol.merge import Held
from pimpasa_desktop.sync.protocol.messages import PROTOCOL
from pimpasa_office.accounts import Accounts
from pimpasa_office.ledger import Books, Ledger
from pimpasa_office.refusal import Refused
from pimpasa_office.tables import blob_parts, blobs

KEPT_SECONDS = 30 * 24 * 3600
_SWEPT, _AGE = "blobs_swept_at", "blobs_age"


class Vault:
    """Answers what laptops ask about photos; each question in one transaction."""

    def __init__(self, ledger: Ledger, key: Ed25519PrivateKey, env: Env) -> None:
        self._ledger, self._key, self._env = ledger, key, env

    def answer(self, body: bytes) -> bytes:
        try:
            claimed = protocol.device_of(body)
            with self._ledger.begin() as books:
                accounts = Accounts(books)
                device = accounts.device(claimed)
                if device is None or device.revoked_at:
                    raise Refused(401, _("Laptop ini tidak terdaftar di kantor. Mintalah berkas pendaftaran baru."))
                question = protocol.open_question(body, Ed25519PublicKey.from_public_bytes(device.public_key))
                if question.protocol != PROTOCOL:
                    raise Refused(426, _("Program di laptop ini terlalu lama untuk kantor. Pasang versi terbaru."))
                person, _name, _past = accounts.person(device.account)
                sweep_daily(books, int(self._env.now().timestamp()))
                reply = _answered(books, question, person)
        except Torn:
            raise Refused(400, _("Kantor tidak dapat membaca kiriman ini. Coba kirim lagi.")) from None
        return protocol.seal_reply(reply, body, self._key)


def _answered(books: Books, question: Question, person: Person) -> Reply:
    first = question.asked[0]
    allowed = [_may(books, one, person, fetch=question.fetch) for one in question.asked]
    if question.part and allowed[0]:
        _take(books, first, question.position, question.part)
    held = [_held(books, one) if may else NOT_FOR_YOU for one, may in zip(question.asked, allowed, strict=True)]
    part = b""
    if question.fetch and held[0] == first.size:
        found = books.one(blob_parts, sha256=first.sha256.hex(), position=question.position)
        part = bytes(found.content) if found else b""
    elif question.fetch and allowed[0] and _nobody_brings(books, first):
        held[0] = MISSING
    return Reply(held, part)


def _may(books: Books, one: Asked, person: Person, *, fetch: bool) -> bool:
    """Whether a record refers to just this blob. To fetch it takes a living one that this person sees. Who made the
    record may bring the blob also when it lies out of reach by now, and so may the writer of one that was refused. As
    long as the blob is lacking so may whoever names it: who knows the record, the hash and the size has seen them, and
    may hold the last copy. What is brought for a deleted record waits as long as that can come back."""
    held = books.get(str(UUID(bytes=one.record)))
    if books.env.planted("blob-by-hash"):
        return books.one(blobs, sha256=one.sha256.hex()) is not None
    if held is None:
        return False
    if held.entity == "rejected" and not fetch:
        return not held.deleted and held.values.get("writer") == person.account and _names(_refused_photo(held), one)
    if held.entity not in BEARERS:
        return False
    if not _names(held.values, one):
        return False
    if not fetch and (held.author == person.account or _held(books, one) < one.size):
        return True
    root = books.get(held.root)
    alive = not held.deleted and root is not None and not root.deleted
    return alive and sees(open_buckets(person), books.places(held.root), _level(held))


def _names(values: Values, one: Asked) -> bool:
    return bool(values.get("sha256") == one.sha256.hex() and values.get("size") == one.size)


def _refused_photo(refused: Held) -> Values:
    """The fields of a photo that was refused, and that somebody may send again."""
    if refused.values.get("record_entity") not in BEARERS or refused.values.get("settled") == "office":
        return {}
    try:
        found = msgspec.json.decode(refused.values.get("patch") or "{}")
    except msgspec.DecodeError:
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("sha256"), str) else {}


def _nobody_brings(books: Books, one: Asked) -> bool:
    """Whether the laptop on which a photo lies is revoked, with all that go by its key; of one whose laptop is not
    known any more, all laptops of its author."""
    held = books.get(str(UUID(bytes=one.record)))
    assert held is not None
    every = Accounts(books).every_device()
    _number, device = held.clocks.get("sha256") or held.clocks[""]
    keys = {found.public_key for found in every if found.id == device}
    keys = keys or {found.public_key for found in every if found.account == held.author}
    return all(found.revoked_at for found in every if found.public_key in keys)


def _level(held: Held) -> Level:
    """A file may show faces and names, whatever its record tells: it is restricted at the least."""
    level = Level(held.level)
    return Level.B if level is Level.C else level


def _held(books: Books, one: Asked) -> int:
    found = books.one(blobs, sha256=one.sha256.hex())
    return int(found.held) if found else 0


def _take(books: Books, one: Asked, position: int, part: bytes) -> None:
    """The next bytes; what is not the next is left, and `held` tells the laptop where to go on."""
    books.lock()  # two laptops may bring the same photo
    sha256 = one.sha256.hex()
    held = _held(books, one)
    end = position + len(part)
    if position != held or end > one.size or (len(part) < PART_BYTES and end < one.size):
        return
    books.set(blob_parts, {"sha256": sha256, "position": position}, content=part)
    books.set(blobs, {"sha256": sha256}, size=one.size, held=end)
    if end == one.size and _hash(books, sha256, end) != sha256 and not books.env.planted("blob-unchecked"):
        drop(books, sha256)


def _hash(books: Books, sha256: str, size: int) -> str:
    digest = hashlib.sha256()
    for position in range(0, size, PART_BYTES):
        digest.update(books.one(blob_parts, sha256=sha256, position=position).content)
    return digest.hexdigest()


def drop(books: Books, sha256: str) -> None:
    books.remove(blob_parts, sha256=sha256)
    books.remove(blobs, sha256=sha256)


# -- what nobody refers to


def sweep_daily(books: Books, now: int) -> None:
    """Once a day, with whatever question comes first: nothing else has to run."""
    before = int(books.fact(_SWEPT, "0"))
    if not due(before, now):
        return
    books.set_fact(_SWEPT, str(now))
    age = aged(int(books.fact(_AGE, str(before or now))), before, now)
    books.set_fact(_AGE, str(age))
    sweep(books, age)


def sweep(books: Books, now: int) -> None:
    """Mark what no living record refers to, and take away what was so for 30 days. `now`: seconds."""
    shown = {
        held.values.get("sha256")
        for entity in BEARERS
        for held in books.find(entity)
        if not held.deleted and (root := books.get(held.root)) is not None and not root.deleted
    }
    shown |= {_refused_photo(held).get("sha256") for held in books.find("rejected") if not held.deleted}
    for blob in books.all(blobs):
        left_at = None if blob.sha256 in shown else blob.left_at or now
        if left_at is not None and left_at <= now - KEPT_SECONDS:
            drop(books, blob.sha256)
        elif left_at != blob.left_at:
            books.set(blobs, {"sha256": blob.sha256}, left_at=left_at)
