"""The trail of changes on this laptop: who, when, which record and fields; never a value.

What was written is kept as a salted hash. The salt lies with the record and is erased with it, so that the trail
stays whole and says nothing of an erased person. Each entry carries the hash of the one before.
"""

from pathlib import Path

import msgspec

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.domain import hashing
from pimpasa_desktop.domain.operation import Operation
from pimpasa_desktop.env import Env
from pimpasa_desktop.sqlcipher import Connection


class Audit:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection
        self._last: bytes | None = None

    def reread(self) -> None:
        """The last entry is not sure any more: a transaction was taken back."""
        self._last = None

    def record(self, operation: Operation, account: str, salt: bytes = b"") -> None:
        """`salt`: that of the record, where the caller has it at hand."""
        if not salt:
            (salt,) = self._sql.execute("SELECT salt FROM record WHERE id = ?", (operation.record,)).fetchone()
        salted = hashing.sha256(salt + msgspec.json.encode(operation.patch, order="sorted")).digest()
        fields = " ".join(operation.patch)
        self._append(operation.at, account, operation.action, operation.entity, operation.record, fields, salted)

    def event(self, at: int, account: str, action: str, entity: str, record: str) -> None:
        """Something that wrote no field: an export, an erasure."""
        self._append(at, account, action, entity, record, "", b"")

    def _append(self, *entry: int | str | bytes) -> None:
        if self._last is None:
            found = self._sql.execute("SELECT chain FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
            self._last = found[0] if found else b""
        self._last = _link(self._last, entry)
        self._sql.execute(
            "INSERT INTO audit (at, account, action, entity, record, fields, salted, chain) VALUES (?,?,?,?,?,?,?,?)",
            (*entry, self._last),
        )

    def broken_at(self) -> int | None:
        """The first entry that does not follow from the one before, or None."""
        chain = b""
        for seq, *entry, link in self._sql.execute(
            "SELECT seq, at, account, action, entity, record, fields, salted, chain FROM audit ORDER BY seq"
        ):
            chain = _link(chain, tuple(entry))
            if chain != link:
                return int(seq)
        return None


def note(path: Path, key: bytes, env: Env, account: str, action: str, entity: str, record: str) -> None:
    """Append one event to the trail of the database at `path`, also while another program is writing: the database
    itself lets one in after the other, and an export must not go unnoted because the window is open."""
    connection = sqlcipher.connect(path, key)
    try:
        with sqlcipher.transaction(connection):
            Audit(connection).event(int(env.now().timestamp()), account, action, entity, record)
    finally:
        connection.close()


def _link(before: bytes, entry: tuple[int | str | bytes, ...]) -> bytes:
    return hashing.sha256(before + msgspec.msgpack.encode(entry)).digest()
