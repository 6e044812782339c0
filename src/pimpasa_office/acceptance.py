"""What becomes of one operation: refused into the tray, or merged. Whether it may be is judged beside this.

An operation is refused only for permission, size, type, a torn reference or an immutable record. Its outcome is
stored under its id, so that it is accepted once however often it is sent.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from pimpasa_desktop.domain import policy
from pimpasa_desktop.domain.entity import REGISTRY, Entity, Level, Values, sparse
from pimpasa_desktop.domain.ids import derived
from pimpasa_desktop.domain.operation import Action, Operation, Outcome, applied
from pimpasa_desktop.domain.policy import Reason
from pimpasa_desktop.domain.tray import EXISTENCE, SETTLING, TRAY
from pimpasa_desktop.sync.protocol.merge import (
    Clash,
    Held,
    Merged,
    born,
    fields_of,
    foreign,
    is_healed,
    merge,
)
from pimpasa_office.judging import Judge, Judged, Writer, named_by
from pimpasa_office.ledger import Books
from pimpasa_office.tables import devices

_encoder = msgspec.msgpack.Encoder(enc_hook=str)


class Accepted(msgspec.Struct, frozen=True):
    """`inline`: ids of records that must go along with the outcome."""

    outcome: Outcome
    number: int
    inline: tuple[str, ...] = ()


class Acceptance:
    """Takes the operations of one request, one after another, inside one transaction. `schema`: that of the laptop."""

    def __init__(self, books: Books, writer: Writer, alarm: Callable[[str], None], schema: int) -> None:
        books.lock()  # nothing that is judged here changes before it is written
        self._books, self._writer, self._alarm, self._schema = books, writer, alarm, schema
        self._judge = Judge(books, writer)
        self._clean: dict[str, int] = {}  # records whose state the laptop can work out, with their number
        self._now = books.env.now().isoformat(timespec="seconds")

    def accept(self, operation: Operation) -> Accepted:
        fingerprint = hashlib.sha256(_encoder.encode(operation)).digest()
        known = self._books.outcome(operation.id)
        if known is not None and not self._books.env.planted("outcome-forgotten"):
            if known[0] != fingerprint:
                self._alarm("operation id with other bytes")
                return self._refuse(operation, Reason.MALFORMED)
            return self._again(operation, Outcome(known[1]), known[2], known[3])
        accepted = self._decide(operation)
        if accepted.outcome is Outcome.CLEAN and REGISTRY[operation.entity].since > self._schema:
            # The laptop's program is too old to work out where the record lies now: it is told.
            accepted = Accepted(Outcome.MERGED, accepted.number, (operation.record,))
        tray = accepted.inline[0] if accepted.outcome is Outcome.REFUSED else ""
        if known is None:
            self._books.remember(operation.id, operation.record, (fingerprint, accepted.outcome, accepted.number, tray))
        return accepted

    def _again(self, operation: Operation, outcome: Outcome, number: int, tray: str) -> Accepted:
        """The stored answer; the record comes along if it has changed since. Where it left the writer's reach it does
        not: then the laptop lets go of it."""
        if outcome is Outcome.REFUSED:
            return self._refused(operation, tray)
        held = self._books.get(operation.record)
        if outcome is Outcome.CLEAN and held is not None and held.number == number and self._sees(held):
            self._clean[held.id] = number
            return Accepted(outcome, number)
        return Accepted(Outcome.MERGED, number, (operation.record,))

    def _decide(self, operation: Operation) -> Accepted:
        if operation.base > self._books.last_number() and not self._books.env.planted("base-believed"):
            operation = replace(operation, base=0)  # nobody has seen what comes: whoever says so has seen nothing
        try:
            judged = self._judge.judge(operation)
        except (TypeError, ValueError, KeyError, AttributeError):
            return self._refuse(operation, Reason.MALFORMED)
        if judged.reason is not Reason.ALLOWED:
            erased = self._judge.is_erased(operation)
            if erased and operation.entity != "rejected" and self._books.get(operation.record) is None:
                self._books.never_take(operation.record)  # what is written on it later does not name what it hung on
            if operation.action is Action.HEAL and (erased or self._judge.has(operation)):
                return self._refused(operation, "")  # nothing is missing here, so nobody need decide anything
            return self._refuse(operation, judged.reason)
        if judged.held is None:
            return self._born(operation, judged)
        return self._merged(judged.held, operation)

    def _sees(self, held: Held) -> bool:
        where = self._books.places(held.root)
        return policy.sees(policy.open_buckets(self._writer.person), where, Level(held.level))

    # -- writing

    def _born(self, operation: Operation, judged: Judged) -> Accepted:
        number = self._books.next_number()
        writer, written = self._writer, (self._writer.name, self._now)
        account = writer.person.account
        held = born(operation, judged.after, judged.root, judged.level, account, writer.device, number, written)
        self._books.put(held)
        self._revive(held, operation)
        if operation.action is Action.HEAL:
            return Accepted(Outcome.MERGED, number, (held.id,))
        self._clean[held.id] = number
        return Accepted(Outcome.CLEAN, number)

    def _merged(self, held: Held, operation: Operation) -> Accepted:
        if operation.action is Action.HEAL and self._judge.has(operation):
            return Accepted(Outcome.MERGED, held.number, (held.id,))
        if operation.action is Action.HEAL and held.entity == "conflict" and _another(held, operation):
            return self._beside(held, operation)
        if self._books.env.planted("order-by-clock") and _moment(operation.at) < held.written_at:
            return Accepted(Outcome.MERGED, held.number, (held.id,))
        number = self._books.next_number()
        deletes = operation.action is Action.DELETE or (not held.deleted and bool(operation.patch.get(EXISTENCE)))
        added_to = held.root == held.id and deletes and self._added_to(held, operation)
        merged = merge(
            held, operation, self._writer.device, number, self._books.env, added_to=added_to, lost=self._judge.spans()
        )
        if merged.changed:
            self._books.put(self._stamped(merged.held))
        self._revive(held, operation)
        conflicts = self._conflicts(held, merged, operation)
        expected = held.number in (operation.base, self._clean.get(held.id)) and not merged.clashes
        if operation.action is not Action.HEAL and expected:
            self._clean[held.id] = merged.held.number
            return Accepted(Outcome.CLEAN, merged.held.number)
        self._clean.pop(held.id, None)
        return Accepted(Outcome.MERGED, merged.held.number, (held.id, *conflicts))

    def _beside(self, held: Held, operation: Operation) -> Accepted:
        """A conflict that is given back may meet another one under its id, which arose since on the same field. It
        gets an id of its own, by what it keeps: two laptops that give it back make one."""
        values = sparse(_plain(operation.patch))
        identifier = derived("conflict", held.id, str(values.get("mine_value")))
        if self._books.get(identifier) is None:
            self._keep("conflict", identifier, held.root, Level(held.level), values)
        number = self._books.next_number()
        self._books.put(replace(held, number=number, healed=max(held.healed, operation.base)))
        return Accepted(Outcome.MERGED, number, (held.id, identifier))

    def _stamped(self, held: Held) -> Held:
        return replace(held, written_by=self._writer.name, written_at=self._now)

    def _added_to(self, root: Held, operation: Operation) -> bool:
        """Whether another device changed something under a root since the writer last received any of it."""
        return any(
            foreign(clock, operation.base, self._writer.device, self._books.env)
            for child in self._books.in_root(root.id)
            if child.entity != "conflict"
            for clock in child.clocks.values()
        )

    def _revive(self, held: Held, operation: Operation) -> None:
        """What somebody adds to a root that another deleted meanwhile makes the root stand until it is decided. So
        does what is given back under a root that was deleted since the office was set back."""
        if held.root == held.id or operation.action is Action.DELETE or operation.patch.get(EXISTENCE):
            return
        root = self._books.get(held.root)
        if root is None or not root.deleted:
            return
        clock = root.clocks.get(EXISTENCE) or root.clocks[""]
        if operation.action is Action.HEAL and is_healed(clock):
            # Deleted after it, and given back like the rest.
            known = operation.base < clock[0] or self._books.env.planted("deletion-hides")
        else:
            known = not foreign(clock, operation.base, self._writer.device, self._books.env)
        if known:
            return
        number = self._books.next_number()
        clocks = root.clocks | {EXISTENCE: (number, self._writer.device)}
        standing = replace(root, deleted=False, number=number, clocks=clocks)
        self._books.put(standing)
        self._conflict(root, operation, Clash(EXISTENCE, False, True))

    # -- trays

    def _conflicts(self, held: Held, merged: Merged, operation: Operation) -> list[str]:
        """Of two who settled one thing alike, the first one's name stands, and nobody need decide on that."""
        said_once = SETTLING - {"settled"} if held.entity in TRAY else frozenset()
        return [self._conflict(held, operation, clash) for clash in merged.clashes if clash.field_name not in said_once]

    def _conflict(self, held: Held, operation: Operation, clash: Clash) -> str:
        """Keep both values side by side; a later edit of the same field on the same laptop updates the conflict.
        Another laptop of the same person never saw the value that is kept, so it makes a conflict of its own."""
        person = self._writer.person
        identifier = derived("conflict", held.id, clash.field_name, self._writer.device)
        if self._books.env.planted("conflict-dropped"):
            return held.id
        author, at = self._last_on(held, clash.field_name)
        values = {
            "about": held.root,
            "record": held.id,
            "record_entity": held.entity,
            "field_name": clash.field_name,
            "secrecy": held.level,
            "office_value": _spelled(clash.office_value),
            "office_author": author,
            "office_at": at,
            "mine_value": _spelled(clash.mine_value),
            "mine_author": self._writer.name,
            "mine_account": person.account,
            "mine_at": _moment(operation.at),
        }
        self._keep("conflict", identifier, held.root, Level(held.level), values)
        return identifier

    def _last_on(self, held: Held, field_name: str) -> tuple[str, str]:
        """Who wrote that field last, and when; of a record that is to be there or not, who changed anything in it. The
        clock of a field knows its laptop, and so the person, and the number of the change, and so the hour. Of what was
        given back to an office that had lost it, or ticked by several, nobody can tell the person ("")."""
        if field_name == EXISTENCE:
            return held.written_by, held.written_at
        clock = held.clocks.get(field_name) or held.clocks[""]
        if is_healed(clock):
            return "", ""
        number, device = clock
        if number == held.number:
            return held.written_by, held.written_at
        found = self._books.one(devices, id=device)
        account = self._books.get(found.account) if found else None
        at = self._books.given_at(number)
        return str(account.values.get("name", "")) if account else "", _moment(at) if at else ""

    def _refuse(self, operation: Operation, reason: Reason) -> Accepted:
        """Keep a refused operation where its writer and the keeper of the tray both see it."""
        if self._books.env.planted("refusal-dropped"):
            return self._refused(operation, "")
        declared = REGISTRY.get(operation.entity)
        level = self._level(declared, operation)
        erased = self._judge.is_erased(operation)
        identifier = derived("rejected", operation.id)
        if (there := self._books.get(identifier)) is not None and there.entity != "rejected":
            identifier = derived("rejected", identifier, operation.id)  # somebody chose that id for something else
        values = {
            "office": self._office_of(operation),
            "writer": self._writer.person.account,
            "writer_name": self._writer.name,
            "operation": operation.id,
            "record": operation.record,
            "record_entity": operation.entity,
            "action": str(operation.action),
            # What was erased must not come back through the tray.
            "patch": "{}" if erased else json.dumps(operation.patch, ensure_ascii=False, default=str),
            "reason": str(reason),
            "secrecy": level,
            "written_at": _moment(operation.at),
        }
        self._keep("rejected", identifier, identifier, level, values)
        return self._refused(operation, identifier)

    def _office_of(self, operation: Operation) -> str:
        """The office in whose tray a refusal belongs: that of what it speaks of, if it is one of the writer's."""
        found = (self._books.get(identifier) for identifier in named_by(operation))
        roots = (self._books.get(held.root) for held in found if held is not None)
        named = [operation.patch.get("office"), *(root.values.get("office") for root in roots if root is not None)]
        own = self._writer.person.offices
        return next((office for office in named if isinstance(office, str) and office in own), self._writer.office)

    def _refused(self, operation: Operation, tray: str) -> Accepted:
        """A laptop lets go of what it could not give back; the office's own version, if any, goes along."""
        along = (operation.record,) if operation.action is Action.HEAL else ()
        return Accepted(Outcome.REFUSED, 0, (tray, *along))

    def _level(self, declared: Entity | None, operation: Operation) -> Level:
        """The level of what was refused; secret whenever that cannot be told."""
        held = self._books.get(operation.record)
        if held is not None and held.entity == operation.entity:
            return Level(held.level)
        if declared is None:
            return Level.A
        try:
            plain = _plain(operation.patch)
            return declared.level_of(plain) if not declared.parents or declared.parent_of(plain) else Level.A
        except (TypeError, ValueError, KeyError, AttributeError):
            return Level.A

    def _keep(self, entity: str, identifier: str, root: str, level: Level, values: Values) -> None:
        self._books.lock()
        number = self._books.next_number()
        author = self._writer.person.account
        held = Held(entity, identifier, root, level, number, author, False, sparse(values), {"": (number, "office")})
        before = self._books.get(identifier)
        if before is not None:
            held = replace(held, author=before.author)
        self._books.put(self._stamped(held))


def _another(held: Held, healing: Operation) -> bool:
    """Whether a conflict that is given back keeps another value than the one of its id."""
    return bool(held.values.get("mine_value") != healing.patch.get("mine_value"))


def _plain(patch: Values) -> Values:
    return applied({}, fields_of(patch))


def _spelled(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _moment(seconds: int) -> str:
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).isoformat(timespec="seconds")
    except OverflowError:
        return ""
