"""The office behind the protocol: an exchange in one transaction, and the enrolment of a laptop.

Permissions, grants and places are read anew for each request. Nothing of this knows HTTP.
"""

import hashlib
from collections.abc import Callable
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec.structs import replace

from pimpasa_desktop.domain import digest
from pimpasa_desktop.domain.entity import REGISTRY, Level
from pimpasa_desktop.domain.ids import raw
from pimpasa_desktop.domain.operation import Operation, Outcome
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.domain.policy import open_buckets, sees
from pimpasa_desktop.domain.row import Row, Whereabouts
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sync.protocol import messages, receipts
from pimpasa_desktop.sync.protocol.columns import Torn, Writer
from pimpasa_desktop.sync.protocol.enrolment import Enrolled, Enrolment
from pimpasa_desktop.sync.protocol.merge import Held
from pimpasa_desktop.sync.protocol.messages import PROTOCOL, Answer, Request
from pimpasa_office.acceptance import Acceptance, Accepted
from pimpasa_office.accounts import Accounts, Device, own_office
from pimpasa_office.blobs import Vault
from pimpasa_office.feed import Page, Room, next_page, reached
from pimpasa_office.judging import Writer as Sender
from pimpasa_office.judging import mentioned
from pimpasa_office.ledger import Books, Ledger
from pimpasa_office.lives import Standing
from pimpasa_office.proof import Proof
from pimpasa_office.receipts import Given, give
from pimpasa_office.records import row_of
from pimpasa_office.refusal import Refused
from pimpasa_office.setting_up import notice

PROTOCOLS = frozenset({PROTOCOL})
SET_BACK = "ledger was set back"
ANSWER_BYTES = 36_000  # packed, of several records: what a cut costs at most


class Service:
    """`alarm` is told, in a few words without data, of what should never happen."""

    def __init__(self, ledger: Ledger, key: Ed25519PrivateKey, env: Env, alarm: Callable[[str], None]) -> None:
        self._ledger, self._key, self._env, self._alarm = ledger, key, env, alarm
        self._proof = Proof(key)
        self.blobs = Vault(ledger, key, env).answer

    def about(self) -> str:
        with self._ledger.begin() as books:
            return books.fact("office_name")

    def exchange(self, body: bytes) -> bytes:
        try:
            claimed = messages.device_of(body)
            with self._ledger.begin() as books:
                device = Accounts(books).device(claimed) or _renamed(books, body)
                if device is None or device.revoked_at:
                    raise Refused(401, _("Laptop ini tidak terdaftar di kantor. Mintalah berkas pendaftaran baru."))
                key = Ed25519PublicKey.from_public_bytes(device.public_key)
                size_max = 1 << 40 if self._env.planted("size-unbounded") else messages.REQUEST_PLAIN_MAX
                request = messages.open_request(body, key, size_max)
                if request.protocol not in PROTOCOLS:
                    raise Refused(426, _("Program di laptop ini terlalu lama untuk kantor. Pasang versi terbaru."))
                answer = self._answer(books, device, request, hashlib.sha256(body).digest())
        except Torn:
            raise Refused(400, _("Kantor tidak dapat membaca kiriman ini. Coba kirim lagi.")) from None
        return messages.seal_answer(answer, body, self._key)

    def enrol(self, body: bytes) -> bytes:
        try:
            enrolment = msgspec.msgpack.decode(body, type=Enrolment)
        except msgspec.MsgspecError:
            raise Refused(400, _("Kantor tidak dapat membaca pendaftaran ini. Coba lagi.")) from None
        with self._ledger.begin() as books:
            try:
                device = Accounts(books).enrol(enrolment.code, enrolment.public_key)
            except Problem as problem:
                raise Refused(403, problem.sentence) from None
            person, _name, _past = Accounts(books).person(device.account)
            own = own_office(books, person.offices)
            enrolled = Enrolled(device.id, device.account, own, _epoch(books), device.turn)
        payload = msgspec.msgpack.encode(enrolled)
        return self._key.sign(b"pimpasa enrolled\x00" + body + payload) + payload

    # -- one exchange

    def _answer(self, books: Books, device: Device, request: Request, fingerprint: bytes) -> bytes:
        accounts = Accounts(books)
        operations = messages.unpack_operations(request.ids, request.operations)
        books.lock()
        cursor, _life = self._proof.opened(request.cursor)
        proof, life = self._proof.opened(request.reached or request.cursor)
        brought = None if life is None else Standing(life, reached(proof))
        if notice(books, self._ledger.witness, brought):
            self._alarm(SET_BACK)
        device = accounts.device(device.id) or device  # its turn may have been rolled while the lock was waited for
        epoch = _epoch(books)
        set_back = request.epoch != epoch and not self._env.planted("epoch-ignored")
        device, is_copy = accounts.roll_turn(
            device, request.turn, fingerprint, [operation.id for operation in operations], request.attempts
        )
        person, name, past = accounts.person(device.account)
        sender = Sender(person, name, own_office(books, person.offices), device.id, past)
        accepted = self._accept(books, sender, operations, set_back, request.schema)
        buckets = open_buckets(person)
        clean = {
            operation.record: result.number
            for operation, result in zip(operations, accepted, strict=True)
            if result.outcome is Outcome.CLEAN
        }
        compare = is_copy or set_back

        def page_with(room: Room) -> Page:
            page = next_page(books, cursor, buckets, clean, room)
            return replace(page, cursor=self._proof.sealed(page.cursor, books.lives.of(reached(page.cursor))))

        def said(page: Page) -> bytes:
            given = Given()
            if request.schema >= receipts.SINCE and not compare and not page.more:  # what is to come is part of it
                given = give(books, self._key, epoch, buckets, _asked(books, operations, accepted, request.wanted))
            return messages.pack_answer(
                self._said(books, request, device, accepted, page, buckets, compare, epoch, given)
            )

        return _filled(page_with, said, Room.after(request.carried))

    def _accept(
        self, books: Books, sender: Sender, operations: list[Operation], set_back: bool, schema: int
    ) -> list[Accepted]:
        if set_back:
            return [Accepted(Outcome.LATER, 0) for _operation in operations]
        acceptance = Acceptance(books, sender, self._alarm, schema)
        books.bring(mentioned(operations), [operation.id for operation in operations])
        return [acceptance.accept(operation) for operation in operations]

    def _said(
        self,
        books: Books,
        request: Request,
        device: Device,
        accepted: list[Accepted],
        page: Page,
        buckets: frozenset[Bucket],
        compare: bool,
        epoch: bytes,
        given: Given,
    ) -> Answer:
        writer = Writer()
        inline = messages.pack_rows(writer, self._inline(books, accepted, buckets, request.schema))
        rows = messages.pack_rows(writer, [_told(books, held, request.schema) for held in page.records])
        return Answer(
            protocol=PROTOCOL,
            epoch=b"" if epoch == request.epoch else epoch,
            turn=device.turn,
            device=b"" if not device.copy_of or not compare else raw(device.id),
            cursor=b"" if page.cursor == request.cursor else page.cursor,
            more=page.more,
            compare=compare,
            statuses=bytes(result.outcome for result in accepted),
            numbers=_numbers(accepted),
            ids=writer.ids.table(),
            inline=inline,
            rows=rows,
            forget=[raw(root) for root in page.forget],
            buckets=None if page.buckets is None else [f"{b.place} {b.level}" for b in sorted(page.buckets)],
            digest=b"" if page.more else digest.over(books.sums(buckets)),
            addresses=page.addresses,
            lost=books.lost() if compare else [],
            receipts=given.places,
            receipts_at=given.at,
            receipts_signature=given.signature,
            receipts_photos=given.photos,
        )

    def _inline(self, books: Books, accepted: list[Accepted], buckets: frozenset[Bucket], schema: int) -> list[Row]:
        """The records that belong to outcomes, once each, as far as this person may see them."""
        rows = []
        for identifier in dict.fromkeys(found for result in accepted for found in result.inline):
            held = books.get(identifier) if identifier else None
            if held is not None and sees(buckets, books.places(held.root), Level(held.level)):
                rows.append(_told(books, held, schema))
        return rows


def _filled(page_with: Callable[[Room], Page], said: Callable[[Page], bytes], room: Room) -> bytes:
    """The packed answer with a page of that size; with half of it, and so on, where a cut would cost too much."""
    page = page_with(room)
    packed = said(page)
    while len(packed) > ANSWER_BYTES:
        before, room = len(page.records), room.half_of(page)
        page = page_with(room)
        if len(page.records) == before:
            break  # what belongs to the outcomes, or one number, fills it alone
        packed = said(page)
    return packed


def _told(books: Books, held: Held, schema: int) -> Row:
    """The row for a laptop of that schema, which is told where it lies if its program is too old to know."""
    row = row_of(held)
    if REGISTRY[held.entity].since <= schema or books.env.planted("whereabouts-untold"):
        return row
    where = books.places(held.root) if held.root == held.id else frozenset()
    return replace(row, whereabouts=Whereabouts(held.root, Level(held.level), where))


def _asked(books: Books, operations: list[Operation], accepted: list[Accepted], wanted: list[bytes]) -> dict[str, int]:
    """Visits of which this question brought something or wanted a receipt, each with its first place there."""
    places: dict[str, int] = {}
    for place, (operation, result) in enumerate(zip(operations, accepted, strict=True)):
        held = books.get(operation.record) if result.outcome is not Outcome.REFUSED else None
        if held is not None:
            places.setdefault(held.root, place)
    for place, root in enumerate(wanted, len(operations)):
        places.setdefault(str(UUID(bytes=root)), place)
    return {root: place for root, place in places.items() if (held := books.get(root)) and held.entity == "visit"}


def _renamed(books: Books, body: bytes) -> Device | None:
    """A new name for a laptop whose name this ledger does not know, but whose key it does. Names given to copies
    after a backup was made are gone when it is restored; without this such a laptop could never give its work back."""
    accounts = Accounts(books)
    for device in accounts.every_device():
        if (
            not device.copy_of
            and not device.revoked_at
            and messages.signed_by(body, Ed25519PublicKey.from_public_bytes(device.public_key))
        ):
            return accounts.copy_of(device)
    return None


def _epoch(books: Books) -> bytes:
    return bytes.fromhex(books.fact("epoch"))


def _numbers(accepted: list[Accepted]) -> list[int]:
    """Differences of the numbers of accepted operations: mostly ones."""
    numbers = [result.number for result in accepted if result.outcome in (Outcome.CLEAN, Outcome.MERGED)]
    return [now - before for before, now in zip([0, *numbers], numbers, strict=False)]
