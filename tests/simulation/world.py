"""The office and the laptops of one schedule: real parts on files, with one clock and one source of chance."""

import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pimpasa_desktop.domain.operation import Operation, Outcome
from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection, DatabaseError
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.protocol.receipts import Receipt
from pimpasa_office.acceptance import Acceptance, Accepted
from pimpasa_office.accounts import Accounts
from pimpasa_office.ledger import Ledger, embedded
from pimpasa_office.refusal import Refused
from pimpasa_office.service import Service
from pimpasa_office.setting_up import set_back, signing_key
from rig import programs
from simulation import oracles, reach
from simulation.album import Album
from simulation.counts import Counts
from simulation.faults import Brittle, Crash, Fuse, Line
from simulation.ground import Ground
from simulation.saves import EXISTENCE, Evidence, Save, Saves, View, fact, facts_of

OFFICE_KEY, LAPTOP_KEY = b"k" * 32, b"l" * 32
CANARY = re.compile(r"canary\d+;")
START = datetime(2025, 7, 3, 1, 0, tzinfo=UTC)


class Violation(Exception):
    """An oracle says no."""


class SimEnv(Env):
    """A clock that moves when it is read, with a jump of its own; chance from the seed; planted bugs."""

    def __init__(self, world: "World", name: str) -> None:
        self.world, self.name = world, name
        self.offset = timedelta()
        self._chance = Random(f"{world.seed} {name}")

    def now(self) -> datetime:
        self.world.time += timedelta(milliseconds=1)
        return self.world.time + self.offset

    def random(self, count: int) -> bytes:
        return self._chance.randbytes(count)

    def planted(self, bug: str) -> bool:
        return bug in self.world.planted


class Watched(Acceptance):
    """Tells the world what is decided anew, and why something is refused."""

    def _decide(self, operation: Operation) -> Accepted:
        accepted = super()._decide(operation)
        env = self._books.env
        assert isinstance(env, SimEnv)
        env.world.office.decided.append((operation, accepted))
        return accepted


class Office:
    def __init__(self, world: "World", folder: Path) -> None:
        self.world, self.folder = world, folder
        self.env = SimEnv(world, "office")
        self.fuse = Fuse()
        self.alarms: list[str] = []
        self.decided: list[tuple[Operation, Accepted]] = []
        self.effects: Counter[str] = Counter()
        self.refused: dict[str, str] = {}  # operation and its account
        self.spoken: dict[str, str] = {}  # operation and what it said
        self.backups: list[tuple[Path, Counter[str]]] = []
        self._seen: tuple[int, reach.Records] = (-1, {})
        self.open()

    def open(self) -> None:
        self._seen = (-1, {})
        engine = embedded(self.folder / "ledger.db", OFFICE_KEY)
        sa.event.listen(engine, "before_cursor_execute", lambda *told: self.fuse.burn(False, told[2]))
        self.ledger = Ledger(engine, self.env)
        with self.ledger.begin() as books:
            self.service = Service(self.ledger, signing_key(books), self.env, self.alarms.append)

    def close(self) -> None:
        self.ledger.close()

    def records(self) -> reach.Records:
        """Everything that the ledger holds, read past the program."""
        with self.ledger.engine.connect() as connection:
            number = int(connection.exec_driver_sql("SELECT value FROM fact WHERE name = 'number'").scalar() or 0)
            if number != self._seen[0]:
                rows = connection.exec_driver_sql("SELECT id, entity, number, author, deleted, body FROM record")
                found = {row[0]: _kept(*row) for row in rows}
                self._seen = (number, found)
        return self._seen[1]

    def exchange(self, body: bytes, laptop: "Laptop") -> bytes:
        self.decided.clear()
        before = self.records()
        reply = self._answer(self.service.exchange, body, laptop)
        for operation, accepted in self.decided:
            self._note(operation, accepted, laptop.account)
        oracles.answer(self.world, laptop.account, body, reply, before)
        return reply

    def blobs(self, body: bytes, laptop: "Laptop") -> bytes:
        before = self.records()
        reply = self._answer(self.service.blobs, body, laptop)
        oracles.must_be_same(before, self.records())
        self.world.album.answered(laptop.account, body, reply)
        return reply

    def _answer(self, ask: Callable[[bytes], bytes], body: bytes, laptop: "Laptop") -> bytes:
        self.world.runs(True)
        before = self.records()
        try:
            reply = ask(body)
        except Refused as refused:
            if refused.status == 401 and laptop.revoked:
                self.world.counts["turned away"] += 1
            oracles.must_be_same(before, self.records())
            raise Problem(f"{refused.status} {refused.sentence}") from None
        except (DatabaseError, sa.exc.DatabaseError):
            if not self.fuse.struck:
                raise
            self.fuse.douse()
            oracles.must_be_same(before, self.records())
            raise Problem("the disk of the office is full") from None
        except Crash:
            self.world.trace("office crashed")
            self.fuse.douse()
            self.close()
            self.open()
            raise Problem("the office is away") from None
        self.world.trace("reply", reply)
        if laptop.revoked:
            raise Violation(f"{laptop.name} was revoked and got an answer")
        return reply

    def _note(self, operation: Operation, accepted: Accepted, account: str) -> None:
        if accepted.outcome is Outcome.REFUSED:
            if operation.action != "heal" or accepted.inline[0]:
                self.refused[operation.id] = account
                self.spoken[operation.id] = repr(operation)
            return
        self.effects[operation.id] += 1
        if self.effects[operation.id] > 1:
            raise Violation(f"an operation was accepted twice: {operation}")

    # -- what the office's own people do

    def revoke(self, key: bytes) -> None:
        """Revoke a laptop with all its copies: they have one key."""
        self.world.runs(True)
        with self.ledger.begin() as books:
            accounts = Accounts(books)
            for device in accounts.every_device():
                if device.public_key == key:
                    accounts.revoke(device.id)

    def erase(self, root: str) -> None:
        self.world.runs(True)
        before = self.records()
        self.ledger.erase(root)
        self._seen = (-1, {})
        gone = before.keys() - self.records().keys()  # refusals that speak of it too, and all that were settled
        self.world.erased |= gone
        spoken_of = {before[found].values.get("record") for found in gone if before[found].entity == "rejected"}
        for save in self.world.saves.all:
            save.gone = save.gone or save.record in spoken_of

    def grant(self, account: str, village: str, *, given: bool) -> None:
        self.world.runs(True)
        with self.ledger.begin() as books:
            code, name = self.world.ground.villages[village]
            if given:
                Accounts(books).assign(account, code, name)
            else:
                Accounts(books).unassign(account, code)

    def back_up(self) -> None:
        path = self.folder / f"backup{len(self.backups)}"
        _copy(self.folder, path, "ledger.db")
        self.backups.append((path, Counter(self.effects)))

    def restore(self, which: int, *, told: bool, remembers: bool) -> None:
        """`told`: the administrator says so, and does not just swap the files; `remembers`: what the office remembers
        outside of its ledger was not set back with it."""
        self.world.runs(True)
        path, effects = self.backups[which]
        stood = self.ledger.witness.stood
        self.close()
        for file in self.folder.glob("ledger.db*"):
            file.unlink()
        _copy(path, self.folder, "ledger.db")
        self.effects = Counter(effects)
        self.open()
        if told:
            with self.ledger.begin() as books:
                set_back(books)
        elif remembers:
            self.ledger.witness.stood = stood


@lru_cache(maxsize=10_000)
def _kept(identifier: str, entity: str, number: int, author: str, deleted: int, body: str) -> reach.Kept:
    return reach.Kept(identifier, entity, number, author, bool(deleted), json.loads(body))


def _copy(source: Path, target: Path, name: str) -> None:
    target.mkdir(exist_ok=True)
    for file in source.glob(name + "*"):
        if not file.name.endswith("-shm"):
            shutil.copyfile(file, target / file.name)


class Laptop:
    def __init__(self, world: "World", folder: Path, name: str, account: str, *, new: bool) -> None:
        self.world, self.folder, self.name, self.account = world, folder, name, account
        self.new = new  # whether it runs the newer program; see World.runs
        self.fuse = Fuse()
        self.line = Line(world, self)
        self.copies: list[tuple[Path, tuple[int, int, datetime], bool]] = []  # of files, ids and `damaged`
        self.damaged = False
        self.offset = timedelta()
        self.starts = 0
        self.tearing = Random(f"{world.seed} {name} torn")
        self.open()
        private = Ed25519PrivateKey.from_private_bytes(bytes(self.store.meta.get("device_key")))
        self.key = private.public_key().public_bytes_raw()

    def open(self) -> None:
        self.starts += 1
        self.env = SimEnv(self.world, f"{self.name} {self.starts}")
        self.env.offset = self.offset
        self.world.runs(self.new)
        self._store = Store(self.folder, LAPTOP_KEY, self.env)
        self.torn: bytes | None = None
        brittle: object = Brittle(self.store._sql, self.fuse, self._tear)
        self.store._sql = brittle
        self.store._parts(brittle)
        self._watch(self.store)

    @property
    def store(self) -> Store:
        """The store, with the program of this laptop running."""
        self.world.runs(self.new)
        return self._store

    @property
    def revoked(self) -> bool:
        return self.key in self.world.turned_away

    def update(self) -> None:
        self.close()
        self.new = True
        self.open()

    def _watch(self, store: Store) -> None:
        """Note what is queued and when the digests differ."""
        self.queued: list[Operation] = []
        add, compare, keep = store._outbox.add, store.compare, store.receipts.keep

        def noted(operation: Operation, *, first: bool = False) -> None:
            add(operation, first=first)
            self.queued.append(operation)

        def differing() -> None:
            self.world.counts["digest differed"] += 1
            if not self.damaged:
                oracles.laptop_holds_what_it_may(self)
                raise Violation(f"the digests differ on {self.name}")
            compare()

        def signed(root: str, receipt: Receipt) -> bool:
            kept = keep(root, receipt)
            self.world.counts["receipt kept" if kept else "receipt while something waits"] += 1
            if kept:
                oracles.receipt_is_true(self, root, receipt)
            return kept

        store._outbox.add = noted
        store.receipts.keep = signed
        store.compare = differing

    def close(self) -> None:
        self.fuse.douse()
        self.store.close()

    def die(self) -> None:
        """What a killed program leaves is in the files; start it again."""
        self.world.trace("crash", self.name.encode())
        log, torn = self.folder / "pimpasa.db-wal", self.torn
        kept = (self.folder / "pimpasa.db").read_bytes()
        self.close()
        if torn is not None:
            (self.folder / "pimpasa.db").write_bytes(kept)
            log.write_bytes(torn)
        self.open()

    def _tear(self, connection: Connection) -> None:
        """Of the end of a transaction only a beginning of its bytes reaches the disk."""
        log, database = self.folder / "pimpasa.db-wal", self.folder / "pimpasa.db"
        before, unmoved = log.stat().st_size, database.stat().st_mtime_ns
        connection.execute("COMMIT")
        written = log.read_bytes()
        if len(written) > before and database.stat().st_mtime_ns == unmoved:  # else it had been synced before
            self.torn = written[: before + self.tearing.randrange(len(written) - before)]
            self.world.counts["end of a transaction torn"] += 1

    def _light(self, crash_at: int, full: bool) -> None:
        torn = crash_at and not full and self.tearing.random() < 0.3
        statements = self.tearing.choice((1, 1, 2, 3)) if torn else crash_at
        self.fuse.light(statements, after=self.world.chance.random() < 0.5, full=full, torn=bool(torn))

    # -- what people do here

    def act(self, what: Callable[[], object], *records: str, crash_at: int = 0, full: bool = False) -> bool:
        """Something that a person does; what it queued is acknowledged when it returns. False: refused."""
        before = {record: self.view(record) for record in records if record}
        knew = {found: view for record in before for found, view in self.whole(record).items()}
        if self.damaged:  # what is missing here was seen here
            records = self.world.office.records().values()
            knew |= {found.id: View(found.deleted, found.values) for found in records if found.id not in knew}
        self.queued.clear()
        self._light(crash_at, full)
        try:
            what()
        except Problem as problem:
            if self.fuse.struck:
                self.world.counts["disk of a laptop full"] += 1
                self.fuse.douse()
                oracles.nothing_half(self, before)
            self.world.trace("no", problem.sentence.encode())
            self.world.counts["a person was told no"] += 1
            return False
        except Crash:
            self.world.counts["laptop crashed while saving"] += 1
            queued = self.queued
            self.die()
            saved = [operation for operation in queued if self.rows("SELECT 1 FROM outbox WHERE id = ?", operation.id)]
        else:
            saved = self.queued
        finally:
            self.fuse.douse()
        for operation in saved:
            self._acknowledged(operation, before.get(operation.record), knew)
        return bool(saved)

    def _acknowledged(self, operation: Operation, before: View | None, knew: dict[str, View]) -> None:
        self.world.trace("saved", repr(operation).encode())
        if self.world.is_erased(self, operation.record):
            self.world.erased_text.update(CANARY.findall(repr(operation.patch)))
            self.world.erased_text |= self.world.album.words([operation.patch.get("sha256", "")])
            return
        for name, value in facts_of(operation).items() if operation.entity not in ("conflict", "rejected") else ():
            parents = {fact(before, name)} if before else {fact(View(False, {}), name)}
            parents |= self._aside(operation.record, name)
            known = knew if name == EXISTENCE and value == "true" else {}
            self.world.saves.all.append(Save(self.name, operation.record, name, value, frozenset(parents), known))

    def _aside(self, record: str, name: str) -> set[str]:
        """Values of this field that the tray shows to the writer."""
        shown = Evidence()
        for entity in ("conflict", "rejected"):
            for row in self.rows(
                f'SELECT r.id FROM record r JOIN "{entity}" e ON e.key = r.key WHERE e.record = ?', record
            ):
                shown.tray(entity, self.store.queries.get(row[0], deleted=True).values)
        return {value for at, field, value in shown.aside if (at, field) == (record, name)}

    def view(self, record: str) -> View | None:
        found = self.store._shelf.find(record)
        return View(found.deleted, found.values) if found else None

    def whole(self, record: str) -> dict[str, View]:
        """A record with everything under the same root, as it shows here."""
        found = self.rows("SELECT id FROM record WHERE root = (SELECT root FROM record WHERE id = ?)", record)
        views = {identifier: self.view(identifier) for (identifier,) in found}
        return {identifier: view for identifier, view in views.items() if view}

    def rows(self, statement: str, *arguments: object) -> list[tuple]:
        return self.store._sql.execute(statement, arguments).fetchall()

    # -- exchanging

    def exchange(self, *, crash_at: int = 0, full: bool = False) -> bool:
        """One exchange as planned on the line; True when it went through to the end."""
        oracles.unsent_is_shown(self)
        report = Report()
        self._light(crash_at, full)
        try:
            Engine(self.store, self.line, self.env).exchange(report)
        except Problem as problem:
            self.world.trace("ended", problem.sentence.encode())
            if self.fuse.struck:
                self.world.counts["disk of a laptop full"] += 1
            if not self.line.planned and not self.fuse.struck and not self.revoked:
                raise Violation(f"the exchange of {self.name} failed: {problem.sentence}") from problem
            return False
        except Crash:
            self.world.counts["laptop crashed while taking"] += 1
            self.die()
            return False
        finally:
            self.fuse.douse()
            for kind in ("healed", "removed"):
                self.world.counts[kind] += getattr(report, kind)
            self.world.counts["exchanges"] += 1
            self.world.counts["requests"] += report.requests
        if report.digests_match:
            self.damaged = False
        oracles.laptop_holds_what_it_may(self)
        return True

    # -- copies

    def copy(self) -> None:
        path = self.folder.parent / f"{self.folder.name}.copy{len(self.copies)}"
        _copy(self.folder, path, "pimpasa.db")
        ids = self.store.ids
        self.copies.append((path, (ids._origin, ids._counter, ids._drawn_at), self.damaged))

    def restore(self, which: int, *, image: bool) -> None:
        """Back to an older copy; with `image` the running program comes back too, at a clock set further back."""
        path, (origin, counter, drawn_at), self.damaged = self.copies[which]
        self.close()
        for file in self.folder.glob("pimpasa.db*"):
            file.unlink()
        _copy(path, self.folder, "pimpasa.db")
        self.open()
        if image:
            ids = self.store.ids
            ids._origin, ids._counter, ids._drawn_at = origin, counter, drawn_at
            self.offset = self.env.offset = drawn_at - timedelta(days=30) - self.world.time

    def damage(self, chance: Random) -> None:
        """A received row is gone without a trace."""
        whole = self.rows(
            "SELECT key FROM record r WHERE number > 0 AND entity IN ('attendee', 'follow_up')"
            " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id)"
            " AND NOT EXISTS (SELECT 1 FROM record c WHERE c.root = r.id AND c.id <> r.id) ORDER BY id"
        )
        if whole and not self.store.comparing:
            self.damaged = True
            with self.store.transaction():
                self.store._shelf.remove([chance.choice(whole)[0]])
            self.world.counts["row of a laptop damaged"] += 1


class World:
    def __init__(self, seed: int, folder: Path, ground: Ground, planted: frozenset[str], counts: Counts) -> None:
        self.seed, self.folder, self.ground, self.planted, self.counts = seed, folder, ground, planted, counts
        self.chance = Random(seed)
        self.time = START
        self.saves = Saves()
        self.album = Album(self)
        self.copies_around = False  # laptops or the office may have gone back: no conflict is surely false
        self._trace = hashlib.sha256()
        self._canaries = 0
        self.told: dict[str, set[str]] = {}
        self.grants = set(ground.grants)
        self.mixed = self.chance.random() < 0.3  # whether some laptops run an older program, and may be updated
        self.erased: set[str] = set()
        self.erased_text: set[str] = set()
        self.turned_away: set[bytes] = set()  # keys of revoked laptops
        shutil.copytree(ground.folder / "office", folder / "office")
        self.office = Office(self, folder / "office")
        self.laptops: list[Laptop] = []

    def runs(self, new: bool) -> None:
        """From here on the process is the newer or the older program."""
        if self.mixed:
            programs.run(new)

    def add_laptop(self, name: str, source: Path, account: str, *, new: bool) -> Laptop:
        folder = self.folder / f"{name}-{len(self.laptops)}"
        _copy(source, folder, "pimpasa.db")
        laptop = Laptop(self, folder, folder.name, account, new=new)
        self.laptops.append(laptop)
        self.told.setdefault(account, set()).update(found for (found,) in laptop.rows("SELECT id FROM record"))
        return laptop

    def set_grant(self, account: str, village: str, *, given: bool) -> None:
        (self.grants.add if given else self.grants.discard)((account, village))
        self.office.grant(account, village, given=given)

    def revoke(self, laptop: Laptop) -> None:
        self.turned_away.add(laptop.key)
        self.office.revoke(laptop.key)

    def erase(self, root: str) -> None:
        """The office's people erase a visit or a report, wherever it is."""
        inside = {
            found for found, record in self.office.records().items() if _about(self.office.records(), record, root)
        }
        for laptop in self.laptops:
            rows = laptop.rows("SELECT id FROM record WHERE root = ?", root)
            inside |= {found for (found,) in rows}
            for (identifier,) in rows:
                for operation in laptop.store._shelf.pending(identifier):
                    self.erased_text.update(CANARY.findall(repr(operation.patch)))
        records = self.office.records()
        for found in inside & records.keys():
            self.erased_text.update(CANARY.findall(repr(records[found].values)))
        # What hung on it and was refused is nowhere a record any more.
        inside |= {
            save.record for save in self.saves.all if save.field in ("visit", "risk_report") and root in save.value
        }
        self.erased |= inside | {root}
        for save in self.saves.all:
            save.exempt = save.exempt or save.record in self.erased
            if save.record in self.erased and save.field == "sha256":
                self.erased_text |= self.album.words([json.loads(save.value)])
        self.office.erase(root)

    def reachable(self) -> list[Laptop]:
        return [laptop for laptop in self.laptops if not laptop.revoked]

    def is_erased(self, laptop: Laptop, record: str) -> bool:
        roots = {found for (found,) in laptop.rows("SELECT root FROM record WHERE id = ?", record)}
        if not self.erased & ({record} | roots):
            return False
        self.erased |= {record}
        return True

    def renew_grants(self) -> None:
        """The office's people give and take, revoke and erase once more what a restored ledger does not know."""
        for root in sorted(self.erased):
            with self.office.ledger.begin() as books:
                gone = books.is_erased(root)
            if not gone:
                self.office.erase(root)
        for key in sorted(self.turned_away):
            self.office.revoke(key)
        records = self.office.records()
        for account in sorted(set(self.ground.laptops.values())):
            held = reach.who(records, account).villages
            wanted = {village for of, village in self.grants if of == account}
            for village in sorted(held ^ wanted):
                self.office.grant(account, village, given=village in wanted)

    def note_copy_risk(self) -> None:
        self.copies_around = True

    def canary(self) -> str:
        self._canaries += 1
        return f"canary{self._canaries};"

    def trace(self, what: str, body: bytes = b"") -> None:
        self._trace.update(f"{what} {len(body)} ".encode() + body)

    @property
    def trace_hash(self) -> str:
        return self._trace.hexdigest()[:16]

    def evidence(self, *, anywhere: bool) -> Evidence:
        """Where saved values count as found; `anywhere`: also what laptops merely show, and what is deleted."""
        evidence = Evidence()
        records = self.office.records()
        for record in records.values():
            view = View(record.deleted, record.values)
            evidence.record(record.id, view, reach.root_of(records, record).id, everything=anywhere)
            if record.entity in ("conflict", "rejected"):
                evidence.tray(record.entity, record.values)
        for laptop in self.laptops:
            for (identifier,) in laptop.rows("SELECT DISTINCT record FROM outbox"):
                for operation in laptop.store._shelf.pending(identifier):
                    evidence.operation(operation)
                if laptop.revoked and (view := laptop.view(identifier)):
                    # What was folded away is still shown there; what it deleted hides nothing from anybody else.
                    evidence.record(identifier, View(False, view.values), evidence.root.get(identifier, ""))
            if anywhere and not laptop.revoked:  # a revoked one gives nothing back
                _shown(laptop, evidence)
        return evidence

    def destroyed(self) -> None:
        """Something was set back: what no living machine holds any more is not asked for later."""
        self.copies_around = True
        self.album.destroyed()
        self.saves.exempt(self.evidence(anywhere=True))
        kept = {record.values["operation"] for record in self.office.records().values() if record.entity == "rejected"}
        for laptop in self.laptops:
            kept |= {found for (found,) in laptop.rows("SELECT operation FROM rejected")}
            kept |= {found for (found,) in laptop.rows("SELECT id FROM outbox")}
        self.office.refused = {found: who for found, who in self.office.refused.items() if found in kept}

    def came_back(self, laptop: Laptop) -> None:
        """An older state of a laptop: what is queued in it counts again. Then what nothing holds any more."""
        queued = Evidence()
        for (identifier,) in laptop.rows("SELECT DISTINCT record FROM outbox"):
            for operation in laptop.store._shelf.pending(identifier):
                queued.operation(operation)
        for save in self.saves.all:
            if save.laptop == laptop.name and (save.record, save.field, save.value) in queued.aside:
                save.exempt = save.record in self.erased
        self.destroyed()

    def close(self) -> None:
        for laptop in self.laptops:
            laptop.close()
        self.office.close()


def _about(records: reach.Records, record: reach.Kept, root: str) -> bool:
    return reach.root_of(records, record).id == root


def _shown(laptop: Laptop, evidence: Evidence) -> None:
    for identifier, entity in laptop.rows("SELECT id, entity FROM record"):
        stored = laptop.store._shelf.find(identifier)
        assert stored is not None
        received = laptop.store._shelf.received(stored)
        evidence.record(identifier, View(stored.deleted, stored.values), everything=True)
        if received:
            evidence.record(identifier, View(received.deleted, received.values), everything=True)
        if entity in ("conflict", "rejected"):
            evidence.tray(entity, stored.values)
