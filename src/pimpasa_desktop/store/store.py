"""The register of one laptop: opened, written through two doors, read through queries.

One connection writes. People write through `put`, `delete`, `restore`; an exchange through `take`. Each door does
permission, write, outbox or cursor, search, digest and audit in one transaction and returns what changed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.domain import policy
from pimpasa_desktop.domain.entity import Entity, Values, entity
from pimpasa_desktop.domain.ids import Ids, derived
from pimpasa_desktop.domain.kinds import Ref, Refs
from pimpasa_desktop.domain.operation import Action, Operation, applied, difference
from pimpasa_desktop.domain.places import places_of
from pimpasa_desktop.domain.policy import Attempt, Reason
from pimpasa_desktop.domain.roles import Person
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.domain.visit import parted
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store import schema
from pimpasa_desktop.store.attempts import Attempts
from pimpasa_desktop.store.audit import Audit
from pimpasa_desktop.store.blobs import Blobs
from pimpasa_desktop.store.delivery import Delivery, Standing, Taken, sliced
from pimpasa_desktop.store.drafts import Drafts
from pimpasa_desktop.store.lock import FolderLock
from pimpasa_desktop.store.meta import Meta
from pimpasa_desktop.store.originals import Originals
from pimpasa_desktop.store.outbox import Outbox
from pimpasa_desktop.store.outlived import drop_outlived
from pimpasa_desktop.store.queries import Queries
from pimpasa_desktop.store.receipts import Receipts
from pimpasa_desktop.store.shelf import Shelf, Stored
from pimpasa_desktop.store.takeover import SLICE, Takeover

DATABASE = "pimpasa.db"


class Draft(Struct, frozen=True):
    """One record that a person writes: `id` of the record to change, or "" for a new one; `raw` as it was typed."""

    entity: str
    raw: Mapping[str, object]
    id: str = ""


class Unacceptable(Problem):
    """Nothing was written because of one draft; `position` is its place among those handed in, from 0."""

    def __init__(self, position: int, sentence: str) -> None:
        super().__init__(sentence)
        self.position = position


class Store:
    """Open with `Store(folder, key, env)`, close with `close()` or a with block."""

    def __init__(self, folder: Path, key: bytes, env: Env, *, readonly: bool = False) -> None:
        self.env = env
        self.folder = folder
        self._lock = FolderLock(folder)
        if not readonly and not env.planted("folder-shared"):
            self._lock.take()
        try:
            self._sql = sqlcipher.connect(folder / DATABASE, key, readonly=readonly)
        except BaseException:
            self._lock.release()
            raise
        try:
            with sqlcipher.explaining():
                schema.check(self._sql) if readonly else schema.prepare(self._sql, folder)
        except BaseException:
            self.close()
            raise
        self._parts(self._sql)
        if not readonly:
            drop_outlived(self.meta, folder)

    def _parts(self, connection: Connection) -> None:
        self._person: Person | None = None
        self._parent: Stored | None = None  # of the last new record: sixty attendees hang on one visit
        self.ids = Ids(self.env)
        self.queries = Queries(connection)
        self.meta = Meta(connection)
        self._shelf = Shelf(connection, self.env)
        self._outbox = Outbox(connection)
        self._audit = Audit(connection)
        self.drafts = Drafts(connection, self.env)
        self.blobs = Blobs(connection)
        self.originals = Originals(connection)
        self.receipts = Receipts(connection, self.env)
        self.attempts = Attempts(self.meta)

    def close(self) -> None:
        self._sql.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it; inside another one, part of that (so let errors out of the block)."""
        if self._sql.in_transaction:
            yield
            return
        try:
            with sqlcipher.transaction(self._sql):
                yield
        except BaseException:
            self._audit.reread()
            self._parent = None
            raise

    # -- the door of people

    def put(self, entity_name: str, raw: Mapping[str, object], identifier: str = "") -> str:
        """Make a record, or change the one with that id; returns its id. Problem: anything that cannot be."""
        return self.put_all([Draft(entity_name, raw, identifier)])[0]

    def put_anew(self, entity_name: str, raw: Mapping[str, object], identifier: str) -> str:
        """Make a record that was refused, or never came, under the id that it was to have; where one of that id was
        deleted here, under a new one."""
        with self.transaction():
            taken = self._shelf.find(identifier) is not None
            return self._put(entity(entity_name), raw, "", "" if taken else identifier)

    def put_all(self, drafts: Sequence[Draft]) -> list[str]:
        """Several records in one transaction: all of them, or none and an Unacceptable that says which one."""
        with self.transaction():
            return [self._put_at(position, draft) for position, draft in enumerate(drafts)]

    def _put_at(self, position: int, draft: Draft) -> str:
        try:
            return self._put(entity(draft.entity), draft.raw, draft.id)
        except Problem as problem:
            raise Unacceptable(position, problem.sentence) from None

    def delete(self, identifier: str) -> None:
        self._existence(identifier, Action.DELETE)

    def restore(self, identifier: str) -> None:
        self._existence(identifier, Action.RESTORE)

    def note(self, action: str, entity_name: str, identifier: str) -> None:
        """Put into the trail what wrote no field: a document was made of this record."""
        with self.transaction():
            self._audit.event(int(self.env.now().timestamp()), self.account, action, entity_name, identifier)

    def _put(self, declared: Entity, raw: Mapping[str, object], identifier: str, wanted: str = "") -> str:
        """`wanted`: the id of a new record, where it has one already."""
        typed = declared.read(raw)
        if self.env.planted("text-as-typed"):
            typed |= {name: value for name, value in raw.items() if isinstance(value, str)}
        stored = self._present(declared, identifier)
        if stored is None:
            typed = self._filled(declared, typed)
            identifier = wanted or self._new_id(declared, typed)
            stored = self._made_before(identifier) if declared.identity else None
        before = stored.values if stored else {}
        patch = difference(before, typed)
        if self.env.planted("derived-sent"):
            patch |= declared.type.derived(applied(before, patch))
        if stored and not patch:
            return identifier
        after = applied(before, patch)
        if (asked := declared.missing(after)) and not self.env.planted("form-unasked"):
            raise Problem(" ".join(asked))
        root = self._shelf.find(stored.root) if stored else self._root_above(declared, after)
        self._check_references(declared, patch, stored)
        self._permit(declared, Action.PUT, identifier, stored, root, after, frozenset(patch))
        operations = [
            self._operation(declared, Action.PUT, identifier, stored, part, after)
            for part in parted(declared.name, patch)
        ]
        salt = b"" if stored else self.env.random(16)
        if stored:
            self._change(stored, replace(operations[0], patch=patch))
        else:
            row = Row(declared.name, identifier, 0, self.account, False, after)
            self._shelf.create(row, root.id if root else identifier, declared.level_of(after), salt)
        for position, operation in enumerate(operations):
            self._outbox.add(operation, first=stored is None and position == 0)
            self._audit.record(operation, self.account, salt)
        return identifier

    def _present(self, declared: Entity, identifier: str) -> Stored | None:
        if not identifier:
            return None
        stored = self._shelf.find(identifier)
        if stored is None or stored.entity != declared.name or stored.deleted or self._root_deleted(stored):
            raise Problem(
                _("{entity} {id} tidak ada di sini. Periksa nomornya dengan perintah list.").format(
                    entity=declared.label, id=identifier
                )
            )
        return stored

    def _root_deleted(self, stored: Stored) -> bool:
        root = self._shelf.find(stored.root) if stored.root != stored.id else None
        return root is not None and root.deleted

    def _made_before(self, identifier: str) -> Stored | None:
        """A record whose id follows from its fields may have been here, and deleted: made anew, it is back."""
        stored = self._shelf.find(identifier)
        if stored is not None and stored.deleted:
            self._exist(stored, Action.RESTORE)
            stored = self._shelf.find(identifier)
        return stored

    def _filled(self, declared: Entity, typed: Values) -> Values:
        """A new record belongs to the writer's own office unless it says otherwise."""
        if declared.office != "office" or typed.get("office"):
            return typed
        return typed | {"office": self.meta.get("office", "")}

    def _new_id(self, declared: Entity, values: Values) -> str:
        if declared.identity and all(values.get(name) for name in declared.identity):
            return derived(declared.name, *(str(values[name]) for name in declared.identity))
        if self.env.planted("ids-from-names") and declared.name == "attendee":
            return derived("attendee", str(values["visit"]), str(values["name"]))
        return self.ids.draw(secret=declared.level_of(values) == "A")

    def _check_references(self, declared: Entity, patch: Values, stored: Stored | None) -> None:
        """What a person names must be here; what a record hangs on never changes."""
        for name, value in patch.items():
            kind = declared.fields[name].kind
            if name in declared.parents:
                if stored:
                    raise Problem(_("Catatan ini tidak dapat dipindah ke induk lain. Hapus lalu buat yang baru."))
            elif isinstance(kind, Refs):
                self._referred(declared.fields[name].label, kind.entity, value["+"])
            elif isinstance(kind, Ref) and value:
                self._referred(declared.fields[name].label, kind.entity, [value])

    def _referred(self, label: str, wanted: str, identifiers: Sequence[str]) -> None:
        for identifier in identifiers:
            self._named(label, wanted, identifier)

    def _named(self, label: str, wanted: str, identifier: str) -> Stored:
        found = self._shelf.find(identifier)
        if found is None or found.deleted or wanted not in ("*", found.entity):
            raise Problem(
                _("{label}: catatan {id} tidak ada di sini. Pilih dari daftar {entity}.").format(
                    label=label, id=identifier, entity=wanted
                )
            )
        return found

    def _root_above(self, declared: Entity, values: Values) -> Stored | None:
        """The root that a new record will hang on; None for a record that is a root itself."""
        for name in declared.parents:
            kind = declared.fields[name].kind
            if isinstance(kind, Ref) and values.get(name):
                if self._parent is None or (self._parent.id, self._parent.entity) != (values[name], kind.entity):
                    self._parent = self._named(declared.fields[name].label, kind.entity, str(values[name]))
                parent = self._parent
                return parent if parent.root == parent.id else self._shelf.find(parent.root)
        return None

    def _permit(
        self,
        declared: Entity,
        action: Action,
        identifier: str,
        stored: Stored | None,
        root: Stored | None,
        after: Values,
        fields: frozenset[str],
    ) -> None:
        here = root.places if root else None
        is_root = root is None or root.id == identifier
        there = places_of(declared, identifier, after, stored.author if stored else self.account) if is_root else here
        attempt = Attempt(
            entity=declared,
            action=action,
            level=declared.level_of(after),
            exists=stored is not None,
            before=here,
            after=there or frozenset(),
            root_entity=root.entity if root else declared.name,
            root=root.values if root else {},
            fields=fields,
        )
        reason = policy.judge(self.person, attempt)
        if reason is not Reason.ALLOWED:
            raise Problem(policy.sentence(reason))

    def _operation(
        self, declared: Entity, action: Action, identifier: str, stored: Stored | None, patch: Values, after: Values
    ) -> Operation:
        base = stored.number if stored else 0
        if stored and action is Action.DELETE and stored.root == stored.id:
            # While pages are still to come the numbers here have gaps, and what hangs on it may not be known.
            base = self.queries.last_in_root(identifier) if self.meta.get("heard_all", 1) else 0
        secret = declared.level_of(after) == "A"
        at = int(self.env.now().timestamp())
        return Operation(self.ids.draw(secret=secret), declared.name, identifier, action, base, patch, at)

    def _change(self, stored: Stored, operation: Operation) -> None:
        """Show an operation on a record that is already here; the received version is put aside first."""
        self._parent = None
        if stored.number and not self._shelf.pending(stored.id):
            self._shelf.keep_received(stored)
        self._shelf.lay(stored, operation)

    def _existence(self, identifier: str, action: Action) -> None:
        with self.transaction():
            stored = self._shelf.find(identifier)
            if stored is None or stored.deleted is (action is Action.DELETE):
                raise Problem(_("Catatan {id} tidak ada di sini, atau sudah demikian.").format(id=identifier))
            self._exist(stored, action)

    def _exist(self, stored: Stored, action: Action) -> None:
        root = self._shelf.find(stored.root)
        self._permit(stored.declared, action, stored.id, stored, root, stored.values, frozenset())
        operation = self._operation(stored.declared, action, stored.id, stored, {}, stored.values)
        self._change(stored, operation)
        self._outbox.add(operation)
        self._audit.record(operation, self.account)

    # -- the door of the exchange

    def offer(
        self, limit: int, size_max: int, fits: Callable[[list[Operation]], bool] = lambda operations: True
    ) -> list[Operation]:
        """The next operations to send, fewer of them until they fit; nothing while everything is being compared."""
        if self.comparing:
            return []
        with self.transaction():
            if self.env.planted("offered-means-sent"):
                self._sql.execute("DELETE FROM outbox WHERE offered = 1")
            offered = self._outbox.offer(limit, size_max, fits)
            self.attempts.made(offered)
            return offered

    def broke(self, size: int) -> None:
        """The line broke under a question of that size, in bytes."""
        with self.transaction():
            self.attempts.broke(size)

    def take(self, delivery: Delivery, between: Callable[[], None] = lambda: None) -> Taken:
        """An answer of the office becomes part of the store, a slice at a time; the cursor moves with the last.
        `between` is called after each slice, outside of any transaction: whoever waits to write may do so."""
        if self.env.planted("cursor-before-rows"):
            self.meta.set("cursor", delivery.standing.cursor)
        taken = Taken()
        for part in sliced(delivery, self.standing, SLICE):
            taken.add(self._take_slice(part))
            between()
        while self.meta.get("leaving", 0):
            more = self._take_slice(Delivery(self.standing, complete=False))
            if not more.removed:
                break
            taken.add(more)
            between()
        return taken

    def _take_slice(self, part: Delivery) -> Taken:
        with self.transaction():
            taken = Takeover(self._sql, self.env, self.ids).take(part)
        self._person = self._parent = None
        if taken.removed:
            with self.transaction():  # which says in words that the disk is full
                drop_outlived(self.meta, self.folder)
        return taken

    def compare(self) -> None:
        """Go through everything at the next exchange: the digests differ."""
        with self.transaction():
            Takeover(self._sql, self.env, self.ids).begin_comparison()
            self.meta.set("cursor", b"")

    @property
    def comparing(self) -> bool:
        return bool(self.meta.get("comparing", 0))

    @property
    def standing(self) -> Standing:
        get = self.meta.get
        return Standing(get("device", ""), get("epoch", b""), get("turn", b""), get("cursor", b""))

    @property
    def reached(self) -> bytes:
        """The last cursor of all: also while everything is compared from the beginning, and that of an answer of which
        only a part was taken."""
        return bytes(self.meta.get("reached", b""))

    # -- who and what

    @property
    def account(self) -> str:
        return self.person.account if self._person else str(self.meta.get("account", ""))

    @property
    def person(self) -> Person:
        """Who works here; read once and after each exchange."""
        if self._person is None:
            self._person = self.queries.person()
        return self._person

    def copy_to(self, path: Path) -> None:
        """A checked copy of the database under the same key; another program may be writing meanwhile."""
        sqlcipher.backup_to(self._sql, path)

    def interrupt(self) -> None:
        """From any thread: end the statement that runs, with an error."""
        self._sql.interrupt()

    def look_over(self, key: bytes) -> list[str]:
        """Sentences of what is wrong with the data; none when all is well. Problem: the file itself is damaged."""
        from pimpasa_desktop.store.backup import look_over

        # A connection of its own: a store for reading may not do what the check of the pages begins with.
        with closing(sqlcipher.connect(self.folder / DATABASE, key)) as connection:
            return look_over(connection, self.env)

    def settle(self, identifier: str, keep: str) -> None:
        """Decide a conflict or a refused operation: `mine`, `office`, or the text to stand instead."""
        from pimpasa_desktop.store.tray import settle

        with self.transaction():
            settle(self, self.queries.get(identifier), keep)
