"""Taking a root off this laptop for good: with all that hangs on it, all that was kept beside it, and every copy; or
the original of a photo or page alone.

The audit trail stays: it never held a value, and the salt without which its hashes say nothing goes with the record.
What the office holds is not decided here.
"""

import json
from typing import Any

from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.outlived import drop_outlived, note_erasure
from pimpasa_desktop.store.store import Store


def erase(store: Store, root: str) -> None:
    """Erase a root and everything of it. Problem: no such root here."""
    connection = store._sql
    with store.transaction():
        found = connection.execute("SELECT entity FROM record WHERE id = ? AND root = id", (root,)).fetchone()
        if found is None:
            raise Problem(_("Catatan {id} tidak ada di sini. Periksa nomornya dengan perintah list.").format(id=root))
        inside = connection.execute("SELECT key, id FROM record WHERE root = ? ORDER BY key DESC", (root,)).fetchall()
        identifiers = {identifier for _key, identifier in inside}
        refused = _refused_about(connection, identifiers)
        gone = refused + [(key, identifier) for key, identifier in inside if identifier != root]
        gone += [(key, identifier) for key, identifier in inside if identifier == root]
        store._shelf.remove(key for key, _identifier in gone)
        store.blobs.release()
        connection.executemany("DELETE FROM unseen WHERE id = ?", [(identifier,) for _key, identifier in gone])
        at = int(store.env.now().timestamp())
        store._audit.event(at, store.account, "erase", found[0], root)
        note_erasure(store.meta)
    _leave_no_copy(store)


def erase_original(store: Store, record: str) -> None:
    """Erase the original of a photo or of a document's page; what was made small stays. Nothing happens where none is
    kept. Problem: no such record here."""
    with store.transaction():
        found = store.queries.get(record)
        store.originals.drop(str(found.values["sha256"]))
        store.note("erase_original", found.entity, record)
        note_erasure(store.meta)
    _leave_no_copy(store)


def _leave_no_copy(store: Store) -> None:
    drop_outlived(store.meta, store.folder)
    # Freed pages were overwritten as they were freed; what older versions of pages the log holds goes now.
    store._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _refused_about(connection: Connection, identifiers: set[str]) -> list[tuple[int, str]]:
    """Refused operations on these records, and refused records that were to hang on them."""
    rows = connection.execute(
        "SELECT r.key, r.id, e.record, e.record_entity, e.patch FROM rejected e JOIN record r ON r.key = e.key"
    ).fetchall()
    return [
        (key, identifier)
        for key, identifier, record, entity, patch in rows
        if record in identifiers or identifiers & _parents(entity, patch)
    ]


def _parents(entity: str, patch: str | None) -> set[str]:
    declared, values = REGISTRY.get(entity), _values(patch)
    return {str(values.get(name)) for name in declared.parents} if declared else set(map(str, values.values()))


def _values(patch: str | None) -> dict[str, Any]:
    found = json.loads(patch or "{}")
    return found if isinstance(found, dict) else {}
