"""One exchange: what waits is offered, what the office has is taken, until neither has anything left.

No thread, no Qt, no network of its own: the office is handed in. Nothing is open while it is asked; each answer
becomes part of the store in one transaction, so an exchange that breaks off anywhere is simply tried again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pimpasa_desktop.domain import digest
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.ids import raw
from pimpasa_desktop.domain.operation import Operation, Outcome
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store import schema
from pimpasa_desktop.store.delivery import Answered, Delivery, Standing, Taken
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.batch import Batch
from pimpasa_desktop.sync.blobs import Courier
from pimpasa_desktop.sync.protocol import messages, receipts
from pimpasa_desktop.sync.protocol.columns import Torn, Writer
from pimpasa_desktop.sync.protocol.messages import PROTOCOL, Answer, Office, Request
from pimpasa_desktop.sync.receipts import Receiver
from pimpasa_desktop.sync.trouble import Unreachable

ROUNDS_MAX = 10_000


@dataclass
class Report:
    """What one exchange did. `digests_match` is None when it did not get as far as comparing."""

    pushed: int = 0
    pulled: int = 0
    merged: int = 0
    rejected: int = 0
    removed: int = 0
    healed: int = 0
    requests: int = 0
    offered: int = 0  # operations in the question that is under way
    photos_sent: int = 0
    photo_bytes: int = 0  # of those to be sent, what the office says it holds
    photos_fetched: int = 0
    digests_match: bool | None = None
    changed: set[str] = field(default_factory=set)

    def add(self, taken: Taken) -> None:
        self.pushed += taken.accepted
        self.pulled += taken.received
        self.merged += taken.merged
        self.rejected += taken.refused
        self.removed += taken.removed
        self.healed += taken.healed
        self.changed |= taken.changed


class Engine:
    """`between` is called while an answer is being taken, outside of any transaction: others may write then."""

    def __init__(self, store: Store, office: Office, env: Env, between: Callable[[], None] = lambda: None) -> None:
        self._store, self._office, self._env, self._between = store, office, env, between
        self._key = Ed25519PrivateKey.from_private_bytes(bytes(store.meta.get("device_key")))
        self._office_key = Ed25519PublicKey.from_public_bytes(bytes(store.meta.get("office_key")))

    def exchange(
        self,
        report: Report,
        on_round: Callable[[Report], None] | None = None,
        *,
        free: bool = True,
        photos: bool = True,
    ) -> None:
        """Exchange everything; `report` tells how far it came, also when a Problem ends it. `free`: the connection
        costs nothing, so that photos go too which wait for such a one. `photos`: any of them go at all."""
        compared = False
        self._batch = Batch.first()
        for _round in range(ROUNDS_MAX):
            answer, answered = self._round(report)
            if on_round:
                on_round(report)
            if answer.more or self._store.comparing or (answered and self._store.queries.pending_count()):
                continue
            report.digests_match = digest.over(self._store.queries.sums()) == answer.digest
            if report.digests_match or compared or self._env.planted("digest-unheeded"):
                break
            self._store.compare()
            compared = True
        self._store.ids.renew()
        told = partial(on_round, report) if on_round else self._between
        courier = Courier(self._store, self._office, self._key, self._office_key, report, told)
        courier.run(free=free, bring=photos)
        if report.photos_sent:
            self._round(report)  # the receipt tells of them

    def _round(self, report: Report) -> tuple[Answer, bool]:
        """One question and its answer. Also: whether it brought the outbox forward, or was not meant to."""
        standing = self._store.standing
        wanted = self._store.receipts.due(receipts.ASKED_MAX)
        offered, body = self._question(standing, wanted)
        roots = self._store.queries.receipts.roots([each.record for each in offered]) + wanted
        report.requests += 1
        report.offered = len(offered)
        reply = self._asked(body, bool(offered))
        report.offered = 0
        try:
            answer = messages.open_answer(reply, body, self._office_key)
            delivery = _delivery(answer, offered, standing)
        except Torn:
            raise Problem(
                _("Jawaban ini bukan dari kantor Anda. Catatan tersimpan aman; coba lagi dari jaringan lain.")
            ) from None
        taken = self._store.take(delivery, self._between)
        self._batch.carried()
        report.add(taken)
        report.changed |= Receiver(self._store, self._office_key, self._between).keep(answer, roots)
        return answer, bool(taken.accepted + taken.refused) or not offered or Outcome.LATER in answer.statuses

    def _asked(self, body: bytes, brings: bool) -> bytes:
        try:
            return self._office.exchange(body)
        except Unreachable as broken:
            if broken.cut and brings:
                self._store.broke(len(body))
            raise

    def _question(self, standing: Standing, wanted: Sequence[str]) -> tuple[list[Operation], bytes]:
        """What is offered, in sending order, and the question that brings it."""
        last: tuple[list[Operation], bytes] = [], b""
        room, lost = self._store.attempts.room, self._store.attempts.marks

        def fits(operations: list[Operation]) -> bool:
            nonlocal last
            last = operations, self._sealed(messages.in_sending_order(operations), standing, wanted, lost)
            return len(last[1]) <= room

        offered = self._store.offer(self._batch.operations, self._batch.patch_bytes, fits)
        ordered = messages.in_sending_order(offered)
        return ordered, last[1] if last[1] and last[0] == offered else self._sealed(ordered, standing, wanted, lost)

    def _sealed(self, operations: Sequence[Operation], standing: Standing, wanted: Sequence[str], lost: bytes) -> bytes:
        writer = Writer()
        tables = messages.pack_operations(writer, operations)
        request = Request(
            protocol=PROTOCOL,
            schema=schema.SCHEMA,
            epoch=standing.epoch,
            turn=standing.turn,
            cursor=standing.cursor,
            ids=writer.ids.table(),
            operations=tables,
            wanted=list(map(raw, wanted)),
            carried=self._batch.answered,
            reached=b"" if standing.cursor == self._store.reached else self._store.reached,
            attempts=lost,
        )
        return messages.seal_request(request, standing.device, self._key)


def _delivery(answer: Answer, offered: Sequence[Operation], before: Standing) -> Delivery:
    standing = Standing(
        device=str(UUID(bytes=answer.device)) if answer.device else before.device,
        epoch=answer.epoch or before.epoch,
        turn=answer.turn,
        cursor=answer.cursor or before.cursor,
    )
    return Delivery(
        standing=standing,
        answered=tuple(_answered(answer, offered)),
        inline=tuple(messages.unpack_rows(answer.ids, answer.inline)),
        rows=tuple(messages.unpack_rows(answer.ids, answer.rows)),
        forget=tuple(str(UUID(bytes=root)) for root in answer.forget),
        buckets=None if answer.buckets is None else frozenset(map(_bucket, answer.buckets)),
        complete=not answer.more,
        compare=answer.compare,
        lost=tuple(zip(answer.lost[::2], answer.lost[1::2], strict=False)),
        addresses=None if answer.addresses is None else tuple(answer.addresses),
    )


def _answered(answer: Answer, offered: Sequence[Operation]) -> list[Answered]:
    if len(answer.statuses) != len(offered):
        raise Torn("outcomes")
    steps, number, answered = iter(answer.numbers), 0, []
    for operation, status in zip(offered, answer.statuses, strict=True):
        outcome = Outcome(status) if status in list(Outcome) else None
        if outcome is None:
            raise Torn("outcome")
        if outcome in (Outcome.CLEAN, Outcome.MERGED):
            number += next(steps, 0)
        answered.append(Answered(operation.id, outcome, number))
    return answered


def _bucket(spelled: str) -> Bucket:
    place, _space, level = spelled.rpartition(" ")
    return Bucket(place, Level(level))
