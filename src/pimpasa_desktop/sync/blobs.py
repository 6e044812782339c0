"""Photos on their way, after the records: what the office lacks is brought, what a person asked for is fetched.

Small ones first, part by part. What was heard is never said again: the office tells how much of each it holds. No
thread, no network of its own, and no transaction is open while the office is asked.
"""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pimpasa_desktop.store.blobs import Asked
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.protocol import blobs
from pimpasa_desktop.sync.protocol.blobs import ASKED_MAX, MISSING, NOT_FOR_YOU, Question, Reply
from pimpasa_desktop.sync.protocol.columns import Torn
from pimpasa_desktop.sync.protocol.messages import PROTOCOL, Office
from pimpasa_desktop.sync.trouble import NotOurOffice, Refused

_UNKNOWN_ROUTE = 404  # an office of an earlier version: photos wait until it is renewed


class Told(Protocol):
    """What the exchange tells of itself (sync.engine.Report)."""

    requests: int
    photos_sent: int
    photo_bytes: int
    photos_fetched: int
    changed: set[str]


class Courier:
    """`between` is called after each part, outside of any transaction: others may write then, and hear of it."""

    def __init__(
        self,
        store: Store,
        office: Office,
        key: Ed25519PrivateKey,
        office_key: Ed25519PublicKey,
        report: Told,
        between: Callable[[], None],
    ) -> None:
        self._store, self._office, self._report, self._between = store, office, report, between
        self._key, self._office_key = key, office_key
        self._tried: set[str] = set()

    def run(self, *, free: bool, bring: bool = True) -> None:
        """`free`: the connection costs nothing, so what waits for such a one goes too. Without `bring` only what a
        person asked for is fetched. Raises what the line raises; what was brought or fetched until then stays."""
        with self._store.transaction():
            self._store.blobs.sweep(int(self._store.env.now().timestamp()))
        try:
            while bring and (asked := self._next(free)):
                self._bring_all(asked)
            for one in self._store.blobs.wanted(ASKED_MAX):
                self._fetch(one)
        except Refused as refused:
            if refused.status != _UNKNOWN_ROUTE:
                raise

    # -- to the office

    def _next(self, free: bool) -> list[Asked]:
        waiting = self._store.blobs.to_send(ASKED_MAX + len(self._tried), free=free)
        return [one for one in waiting if one.sha256 not in self._tried][:ASKED_MAX]

    def _bring_all(self, asked: list[Asked]) -> None:
        self._tried |= {one.sha256 for one in asked}
        held = self._ask(Question(PROTOCOL, [_packed(one) for one in asked])).held
        for one, count in zip(asked, held, strict=True):
            self._bring(one, 0 if self._store.env.planted("blob-from-the-start") else count)

    def _bring(self, one: Asked, held: int) -> None:
        if held == NOT_FOR_YOU:
            with self._store.transaction():
                self._store.blobs.not_ours(one)
            return
        self._bring_rest(one, held)

    def _bring_rest(self, one: Asked, held: int) -> None:
        """The rest of one blob. An office that holds no more after a part than before it is left alone until the next
        exchange: what it was given made another hash, or it forgot what it had."""
        self._report.photo_bytes += max(0, held)
        while 0 <= held < one.size:
            part = self._store.blobs.part(one.sha256, held)
            if not part:
                return
            reply = self._ask(Question(PROTOCOL, [_packed(one)], held, part))
            before, (held,) = held, reply.held
            if held <= before:
                return
            self._report.photo_bytes += held - before
        if held == one.size:
            with self._store.transaction():
                self._store.blobs.mark_sent(one.sha256)
                self._store.receipts.photographed(one.sha256)
            self._report.photos_sent += 1
            self._report.changed.add(one.record)

    # -- from the office

    def _fetch(self, one: Asked) -> None:
        position = one.held
        while position < one.size:
            reply = self._ask(Question(PROTOCOL, [_packed(one)], position, fetch=True))
            if reply.held == [MISSING]:
                with self._store.transaction():
                    self._store.blobs.miss(one.sha256)
                self._report.changed.add(one.record)
            if not reply.part:
                return  # not there yet, or no longer for this person
            with self._store.transaction():
                taken = self._store.blobs.take(one.sha256, position, reply.part)
            if not taken:
                return
            position += len(reply.part)
        self._report.photos_fetched += 1
        self._report.changed.add(one.record)

    # -- both

    def _ask(self, question: Question) -> Reply:
        device = self._store.standing.device
        body = blobs.seal_question(question, device, self._key)
        self._report.requests += 1
        answer = self._office.blobs(body)
        self._between()
        try:
            reply = blobs.open_reply(answer, body, self._office_key)
        except Torn:
            raise NotOurOffice(portal=False) from None
        if len(reply.held) != len(question.asked):
            raise NotOurOffice(portal=False)
        return reply


def _packed(one: Asked) -> blobs.Asked:
    return blobs.Asked(UUID(one.record).bytes, bytes.fromhex(one.sha256), one.size)
