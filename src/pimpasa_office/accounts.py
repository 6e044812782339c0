"""Offices, accounts, villages and devices: what the office's own commands change.

Everything that a laptop should see of it is a record like any other; codes and keys of devices lie apart.
"""

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict, replace

from pimpasa_desktop.domain import places
from pimpasa_desktop.domain.account import in_force
from pimpasa_desktop.domain.entity import Values, entity, sparse
from pimpasa_desktop.domain.ids import Ids, derived, raw
from pimpasa_desktop.domain.roles import Person, Role
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sync.protocol.attempts import mark, named
from pimpasa_desktop.sync.protocol.merge import Held
from pimpasa_office.ledger import Books
from pimpasa_office.tables import devices, enrolments

OFFICE_HAND = "office"  # the device that stands in the clocks of what the office itself wrote
ENROLMENT_DAYS = 7


class Device(Struct, frozen=True):
    id: str
    account: str
    public_key: bytes
    turn: bytes
    previous_turn: bytes
    last_request: bytes
    last_operations: bytes
    copy_of: str
    revoked_at: str
    seen_at: str


class Accounts:
    """The administration inside one transaction of the ledger."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._now = books.env.now()

    # -- records written by the office itself

    def write(self, name: str, values: Values, identifier: str = "") -> str:
        """Make or change a record by the office's own hand; returns its id."""
        declared = entity(name)
        typed = declared.read(values)
        self._books.lock()
        number = self._books.next_number()
        identifier = identifier or self._new_id(name, typed)
        before = self._books.get(identifier)
        clock = (number, OFFICE_HAND)
        if before is None:
            level = str(declared.level_of(typed))
            held = Held(name, identifier, identifier, level, number, identifier, False, sparse(typed), {"": clock})
        else:
            after = sparse(before.values | typed)
            if after == before.values and not before.deleted:
                return identifier
            changed = {field for field in typed if after.get(field) != before.values.get(field)}
            clocks = before.clocks | dict.fromkeys(changed, clock)
            held = replace(before, values=after, number=number, deleted=False, clocks=clocks)
        self._books.put(replace(held, written_by=_("Kantor"), written_at=self._now.isoformat(timespec="seconds")))
        return identifier

    def _new_id(self, name: str, values: Values) -> str:
        declared = entity(name)
        if declared.identity and all(values.get(part) for part in declared.identity):
            return derived(name, *(str(values[part]) for part in declared.identity))
        return Ids(self._books.env).draw()

    def records(self, name: str) -> list[Held]:
        return [held for held in self._books.find(name) if not held.deleted]

    def record(self, name: str, identifier: str) -> Held:
        held = self._books.get(identifier)
        if held is None or held.entity != name or held.deleted:
            raise Problem(
                _("{entity} {id} tidak dikenal di kantor ini. Periksa nomornya.").format(
                    entity=entity(name).label, id=identifier
                )
            )
        return held

    # -- people

    def add_account(self, name: str, role: str, offices: list[str]) -> str:
        if not offices:
            every = self.records("office")
            if len(every) != 1:
                raise Problem(_("Kantor ini mengelola beberapa kantor. Sebutkan kantornya dengan --office."))
            offices = [every[0].id]
        for office in offices:
            self.record("office", office)
        return self.write("account", {"name": name, "role": role, "offices": offices})

    def assign(self, account: str, region_code: str, name: str) -> str:
        """Give a village to an officer from now on; the village record is made when there is none."""
        office = self._office_of(account)
        place = {"office": office, "region_code": region_code}
        village = self._existing("village", place) or self.write("village", place | {"name": name})
        values = {"office": office, "account": account, "village": village}
        held = self._books.get(self._existing("assignment", values))
        if held and in_force(held.values):
            return held.id
        return self.write("assignment", values | {"starts_on": self._today(), "ends_on": ""})

    def _existing(self, name: str, values: Values) -> str:
        """The id of the live record that these identifying values make, or ""."""
        identifier = self._new_id(name, entity(name).read(values))
        held = self._books.get(identifier)
        return identifier if held is not None and not held.deleted else ""

    def unassign(self, account: str, region_code: str) -> None:
        """The village is no longer that officer's; what is unsent on the laptop still reaches the office."""
        office = self._office_of(account)
        village = derived("village", office, str(entity("village").fields["region_code"].kind.read(region_code)))
        for held in self.records("assignment"):
            if held.values.get("account") == account and held.values.get("village") == village:
                yesterday = (self._now.astimezone(UTC).date() - timedelta(days=1)).isoformat()
                self.write("assignment", {"ends_on": yesterday}, held.id)
                return
        raise Problem(_("Desa {code} tidak ditugaskan kepada akun ini.").format(code=region_code))

    def _office_of(self, account: str) -> str:
        return own_office(self._books, self.record("account", account).values["offices"])

    def _today(self) -> str:
        return self._now.astimezone(UTC).date().isoformat()

    def person(self, account: str) -> tuple[Person, str, frozenset[str]]:
        """The person as the rules see it now, a name to show, and villages that were once that person's."""
        held = self.record("account", account)
        current: set[str] = set()
        past: set[str] = set()
        for assignment in self._books.find_at(places.person(account), "assignment"):
            holds = not assignment.deleted and in_force(assignment.values)
            (current if holds else past).add(assignment.values["village"])
        person = Person(
            account, Role(held.values["role"]), frozenset(held.values.get("offices", ())), frozenset(current)
        )
        return person, str(held.values["name"]), frozenset(past - current)

    # -- devices

    def enrolment_code(self, account: str) -> tuple[bytes, datetime]:
        """A one-time code for a new laptop, and until when it holds."""
        self.record("account", account)
        code = self._books.env.random(16)
        expires = self._now + timedelta(days=ENROLMENT_DAYS)
        self._books.set(
            enrolments,
            {"code_hash": _hash(code)},
            account=account,
            expires_at=expires.isoformat(timespec="seconds"),
            device="",
        )
        return code, expires

    def enrol(self, code: bytes, public_key: bytes) -> Device:
        """A new device for the account that the code was made for. Asked again with the same key, it answers the
        same: the first answer may have been lost."""
        self._books.lock()  # a code is used once, also where two processes are asked at the same moment
        found = self._books.one(enrolments, code_hash=_hash(code))
        if found is None:
            raise Problem(_("Berkas pendaftaran ini tidak dikenal. Mintalah berkas baru kepada kantor."))
        if found.device:
            device = self.device(found.device)
            if device is not None and device.public_key == public_key:
                return device
            raise Problem(_("Berkas pendaftaran ini sudah dipakai. Mintalah berkas baru kepada kantor."))
        if datetime.fromisoformat(found.expires_at) < self._now:
            raise Problem(_("Berkas pendaftaran ini sudah kedaluwarsa. Mintalah berkas baru kepada kantor."))
        device = self._new_device(found.account, public_key, "")
        self._books.set(enrolments, {"code_hash": _hash(code)}, device=device.id)
        return device

    def copy_of(self, device: Device) -> Device:
        """A name of its own for a laptop that turned out to be a copy."""
        return self._new_device(device.account, device.public_key, device.copy_of or device.id)

    def _new_device(self, account: str, public_key: bytes, copy_of: str) -> Device:
        identifier = str(UUID(bytes=self._books.env.random(16), version=4))
        device = Device(identifier, account, public_key, self._turn(), b"", b"", b"", copy_of, "", self._seen())
        self._save(device)
        return device

    def _save(self, device: Device) -> None:
        values = {name: value for name, value in asdict(device).items() if name != "id"}
        self._books.set(devices, {"id": device.id}, **values)

    def _turn(self) -> bytes:
        return self._books.env.random(4)

    def _seen(self) -> str:
        return self._now.isoformat(timespec="seconds")

    def device(self, identifier: str) -> Device | None:
        found = self._books.one(devices, id=identifier)
        return Device(*found) if found else None

    def every_device(self) -> list[Device]:
        return [Device(*found) for found in self._books.all(devices)]

    def revoke(self, identifier: str) -> None:
        device = self.device(identifier)
        if device is None:
            raise Problem(_("Laptop {id} tidak dikenal. Lihat daftar dengan device list.").format(id=identifier))
        for one in self.every_device():  # with all copies: they hold the same key
            if one.public_key == device.public_key and not one.revoked_at:
                self._save(replace(one, revoked_at=self._seen()))

    def roll_turn(
        self, device: Device, shown: bytes, request: bytes, operations: Collection[str], attempts: bytes
    ) -> tuple[Device, bool]:
        """The device with its next turn, and whether this laptop is a copy or was set back.

        The current turn is accepted, or the one before while the current was never used: then its answer was lost,
        and what that request brought is offered again, or named by its mark among `attempts`. Any other one means that
        two laptops go by one name: this one gets a name of its own. A ledger that was set back has forgotten the turns
        it gave, and takes one laptop of each name at its word. The very same request again (`request`: its hash) was
        delivered twice by the line: it gets the same turn, so that either answer may count.
        """
        if request == device.last_request and shown == device.previous_turn:
            return device, False
        brought = {raw(operation) for operation in operations}
        before = {device.last_operations[at : at + 16] for at in range(0, len(device.last_operations), 16)}
        told = not self._books.env.planted("attempts-unheard") and named(mark(before), attempts)
        again = shown == device.previous_turn and (before <= brought or told)
        known = again or shown == device.turn or not device.turn
        if not known and not self._books.env.planted("clone-unnoticed"):
            return self.copy_of(device), True
        rolled = replace(
            device,
            previous_turn=shown,
            turn=self._turn(),
            last_request=request,
            last_operations=b"".join(sorted(brought)),
            seen_at=self._seen(),
        )
        self._save(rolled)
        return rolled, False


def own_office(books: Books, offices: Collection[str]) -> str:
    """Of a person's several offices the one that keeps this ledger: there such a person sits."""
    first = books.fact("first_office")
    return first if first in offices else min(offices, default="")


def _hash(code: bytes) -> bytes:
    return hashlib.sha256(b"pimpasa enrolment\x00" + code).digest()
