"""The second door: an exchange's answer becomes part of the store, rows and cursor in one transaction.

Outcomes first, then what changed at the office, then what left this laptop's reach. While everything is compared
(the office was set back, or this laptop turned out to be a copy) records that the office lacks, or has in an older
version, are queued to be given back to it.
"""

import json
from collections.abc import Collection, Set

from pimpasa_desktop.domain.entity import REGISTRY, Values, declaration
from pimpasa_desktop.domain.ids import Ids
from pimpasa_desktop.domain.operation import Action, Operation, Outcome, applied
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.domain.tray import EXISTENCE
from pimpasa_desktop.env import Env
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.attempts import Attempts
from pimpasa_desktop.store.blobs import Blobs
from pimpasa_desktop.store.delivery import Answered, Delivery, Taken, roots_first
from pimpasa_desktop.store.drafts import drop_elsewhere
from pimpasa_desktop.store.meta import Meta
from pimpasa_desktop.store.outbox import Outbox
from pimpasa_desktop.store.outlived import note_erasure
from pimpasa_desktop.store.receipts import Receipts
from pimpasa_desktop.store.seen import Seen
from pimpasa_desktop.store.shelf import Shelf, Stored
from pimpasa_desktop.sync.protocol.merge import later_life

_OUT_OF_REACH = """
SELECT r.key, r.id, r.root FROM record r
WHERE (r.number > 0 OR EXISTS (SELECT 1 FROM record t WHERE t.id = r.root AND t.number > 0))
  AND NOT EXISTS (
    SELECT 1 FROM root_place p JOIN open_bucket b ON b.place = p.place AND b.level = r.level WHERE p.root = r.root)
"""
_GOING = f"""{_OUT_OF_REACH}
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id)
  AND (r.id <> r.root OR NOT EXISTS (SELECT 1 FROM record c WHERE c.root = r.id AND c.id <> r.id))
LIMIT ?
"""

SLICE = 150  # records taken or dropped in one transaction: some 30 ms, so that typing is never held up


class Takeover:
    """One answer on its way into the tables, inside a transaction of the caller's."""

    def __init__(self, connection: Connection, env: Env, ids: Ids) -> None:
        self._sql, self._env, self._ids = connection, env, ids
        self._shelf = Shelf(connection, env)
        self._outbox = Outbox(connection)
        self._meta = Meta(connection)
        self._taken = Taken()
        self._own: dict[str, dict[str, int]] = {}  # records and their numbers, by root
        self._brought: set[str] = set()  # roots of which the office took something
        self._changed: set[str] = set()  # roots in which it changed something

    def take(self, delivery: Delivery) -> Taken:
        inline = {row.id for row in delivery.inline}
        if delivery.compare:
            self.begin_comparison(delivery.lost)
            self._ids.renew()  # an image that came back may have drawn from this origin before
        for answered in delivery.answered:
            self._answered(answered, inline)
        if self._own:
            Seen(self._meta).add_own(self._own)
        if self._taken.refused or self._taken.merged:
            self._shelf.remove_refused()
        if delivery.buckets is not None and not self.comparing:
            self._close(delivery.buckets)
        for row in (*roots_first(delivery.inline), *roots_first(delivery.rows)):
            self._receive(row)
        if self._brought:
            Receipts(self._sql, self._env).owe(self._brought)
        if self._changed:
            Receipts(self._sql, self._env).outdate(self._changed)
        if delivery.compare:
            self._doubt_all()  # also what came just now: it may be erased before everything is read
        self._leave(delivery)
        if self.comparing and delivery.complete and not delivery.compare:
            self._end_comparison()
            if self._meta.get("leaving", 0):
                self._drop_out_of_reach()
        self._stand(delivery)
        return self._taken

    @property
    def comparing(self) -> bool:
        return bool(self._meta.get("comparing", 0))

    # -- outcomes

    def _answered(self, answered: Answered, inline: Set[str]) -> None:
        if answered.outcome is Outcome.LATER:
            return
        if answered.outcome is Outcome.REFUSED and self._env.planted("refused-sent-for-ever"):
            return
        operation = self._outbox.answered(answered.operation)
        if operation is None:
            return
        stored = self._shelf.find(operation.record)
        if stored is None:
            return
        self._taken.changed.add(stored.id)
        if answered.outcome is not Outcome.REFUSED:
            self._brought.add(stored.root)
        match answered.outcome:
            case Outcome.CLEAN:
                self._taken.accepted += 1
                self._clean(stored, operation, answered.number)
            case Outcome.MERGED:
                self._taken.accepted += 1
                self._taken.merged += 1
                if stored.number or stored.id not in inline:
                    Blobs(self._sql).keep_apart([stored.key])  # what is out of reach by now goes with this
                    self._shelf.revert(stored)
            case Outcome.REFUSED:
                self._taken.refused += 1
                if operation.action is Action.HEAL:  # no longer ours to hold; the tray keeps what was offered
                    Blobs(self._sql).keep_apart([stored.key])
                    self._shelf.disown(stored)
                else:
                    self._shelf.revert(stored)

    def _clean(self, stored: Stored, operation: Operation, number: int) -> None:
        """The office holds what it was last known to hold, with this operation on top."""
        self._own.setdefault(stored.root, {})[stored.id] = number
        before = self._shelf.received(stored)
        author = before.author if before else stored.author
        deleted, values = (before.deleted, before.values) if before else (False, {})
        match operation.action:
            case Action.PUT:
                values = applied(values, operation.patch)
            case Action.DELETE:
                deleted = True
            case Action.RESTORE:
                deleted = False
        self._shelf.receive(Row(stored.entity, stored.id, number, author, deleted, values), stored.root)

    # -- rows

    def _receive(self, row: Row) -> None:
        declared = declaration(row.entity)
        if row.entity not in REGISTRY and self._env.planted("unknown-kind-dropped"):
            return
        stored = self._shelf.find(row.id)
        if self.comparing:
            self._sql.execute("DELETE FROM unseen WHERE id = ?", (row.id,))
        older = stored is not None and stored.number > row.number and not declared.kept_by_office
        if stored is not None and older:
            # Only an office that was set back shows an older version than we have: keep ours, and give it back.
            if self.comparing:
                self._heal(stored)
            return
        if stored is not None and self.comparing and later_life(row.number, stored.number):
            self._heal(stored)  # somebody went on with it before the office had our version back
        if stored is not None and self._env.planted("pull-overwrites"):
            self._sql.execute("DELETE FROM outbox WHERE record = ?", (row.id,))
        if stored is not None and self.comparing and self._lost(stored.number):
            self._heal(stored)  # the office's version, although its number is higher, may stem from an older one
        root = self._root_of(row)
        self._changed.add(root)
        self._shelf.receive(row, root)
        self._taken.changed.add(row.id)
        self._taken.received += 1

    def _root_of(self, row: Row) -> str:
        if row.whereabouts:
            return row.whereabouts.root
        parent = declaration(row.entity).parent_of(row.values)
        if not parent:
            return row.id
        found = self._shelf.find(parent)
        return found.root if found else parent

    # -- reach

    def _leave(self, delivery: Delivery) -> None:
        """Drop what no open bucket holds any more; what has unsent work on it waits for its answer."""
        if delivery.buckets is not None and not self._env.planted("grants-ignored"):
            self._sql.execute("DELETE FROM open_bucket")
            self._sql.executemany("INSERT INTO open_bucket VALUES (?, ?)", sorted(delivery.buckets))
        for root in delivery.forget if not self._env.planted("forget-ignored") else ():
            self._sql.execute("DELETE FROM root_place WHERE root = ?", (root,))
        if delivery.buckets is not None or delivery.forget or self._meta.get("leaving", 0):
            if self.comparing and self._spans():
                self._meta.set("leaving", 1)  # what a set-back office lost is offered to it before it goes from here
            else:
                self._drop_out_of_reach()

    def _close(self, buckets: Collection[Bucket]) -> None:
        """What was here only by a place that closes goes, also where it lies in one that opens with it: it may have
        moved out of that meanwhile. What lies there is sent anew, but for what this laptop has just brought."""
        stays = json.dumps(sorted({bucket.place for bucket in buckets}))
        self._sql.execute(
            "DELETE FROM root_place WHERE root IN (SELECT id FROM record WHERE id = root AND number > 0)"
            " AND root NOT IN (SELECT value FROM json_each(?))"
            " AND root NOT IN (SELECT p.root FROM root_place p JOIN open_bucket b ON b.place = p.place"
            " WHERE p.place IN (SELECT value FROM json_each(?)))",
            (json.dumps(sorted(self._brought)), stays),
        )

    def _drop_out_of_reach(self) -> None:
        """Drop a slice of what is out of reach, roots once nothing hangs on them; `leaving` says that there is more,
        or that unsent work still holds some of it."""
        rule = f"{_OUT_OF_REACH} ORDER BY r.key DESC LIMIT ?" if self._env.planted("unsent-goes-too") else _GOING
        going = self._sql.execute(rule, (SLICE,)).fetchall()
        if going and not self._env.planted("photo-left-behind"):
            Blobs(self._sql).keep_apart([key for key, _id, _root in going])
        self._shelf.remove(key for key, _id, _root in going)
        if going:
            drop_elsewhere(self._sql)
            Blobs(self._sql).release()
            self._shelf.remove_refused()  # a root that the office never had, on which this was the last to hang
        self._taken.changed |= {identifier for _key, identifier, _root in going}
        self._taken.removed += len(going)
        if going:
            note_erasure(self._meta)
        self._meta.set("leaving", int(self._sql.execute(_OUT_OF_REACH).fetchone() is not None))

    # -- comparison and healing

    def begin_comparison(self, lost: tuple[tuple[int, int], ...] = ()) -> None:
        self._meta.set("comparing", 1)
        self._meta.set("lost", json.dumps(lost))
        self._meta.set("cursor", b"")
        self._doubt_all()

    def _doubt_all(self) -> None:
        """Nothing was shown yet in this comparison."""
        self._sql.execute("DELETE FROM unseen")
        self._sql.execute("INSERT INTO unseen SELECT id FROM record WHERE number > 0")
        Blobs(self._sql).forget_sent()

    def _end_comparison(self) -> None:
        for (identifier,) in self._sql.execute("SELECT id FROM unseen").fetchall():
            stored = self._shelf.find(identifier)
            if stored is not None and stored.declared.kept_by_office:
                self._shelf.remove([stored.key])  # only the office says who may what
            elif stored is not None and (self._lost(stored.number) or self._in_reach(stored)):
                self._heal(stored)
        self._sql.execute("DELETE FROM unseen")
        self._meta.set("comparing", 0)

    def _lost(self, number: int) -> bool:
        """Whether the office gave that number and knows it no more."""
        return any(after < number < before for after, before in self._spans())

    def _spans(self) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = json.loads(self._meta.get("lost") or "[]")
        return spans

    def _in_reach(self, stored: Stored) -> bool:
        """Whether the office would have shown a record, if it had it: one out of reach tells nothing by its absence."""
        return self._sql.execute(f"{_OUT_OF_REACH} AND r.key = ?", (stored.key,)).fetchone() is None

    def _heal(self, stored: Stored) -> None:
        """Queue a record as the office once gave it, to be given back."""
        row = self._shelf.received(stored)
        if row is None or stored.declared.kept_by_office or self._env.planted("no-healing"):
            return
        waiting = (operation.base for operation in self._shelf.pending(stored.id) if operation.action is Action.HEAL)
        if max(waiting, default=-1) >= row.number:
            return
        patch: Values = {name: _as_patch(value) for name, value in row.values.items()}
        patch |= {"$author": row.author, EXISTENCE: row.deleted}
        identifier = self._ids.draw(secret=stored.level == "A")
        at = int(self._env.now().timestamp())
        self._outbox.add(Operation(identifier, row.entity, row.id, Action.HEAL, row.number, patch, at))
        self._taken.healed += 1

    # -- standing

    def _stand(self, delivery: Delivery) -> None:
        standing = delivery.standing
        if standing.turn != self._meta.get("turn"):
            Attempts(self._meta).answered()
        for name in ("device", "epoch", "turn"):
            self._meta.set(name, getattr(standing, name))
        self._meta.set("cursor", b"" if delivery.compare else standing.cursor)
        if delivery.proof or standing.cursor:
            self._meta.set("reached", delivery.proof or standing.cursor)
        if delivery.complete or delivery.answered or delivery.inline or delivery.rows or delivery.buckets is not None:
            self._meta.set("heard_all", int(delivery.complete))  # a part that only lets go of something opens no gap
        if delivery.addresses is not None:
            self._meta.set("addresses", "\n".join(delivery.addresses))
        if delivery.complete:
            self._meta.set("exchanged_at", self._env.now().isoformat(timespec="seconds"))


def _as_patch(value: object) -> object:
    return {"+": value, "-": []} if isinstance(value, list) else value
