"""The files of documents: kept with the record in one step, and what is here of each, for whoever only reads.

What is in a file, and whether it may be kept at all, is not decided here (`intake.documents`).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from pimpasa_desktop.domain import hashing
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection
from pimpasa_desktop.store.originals import AsTaken
from pimpasa_desktop.store.overview import LIVE

if TYPE_CHECKING:
    from pimpasa_desktop.store.store import Store

ENCLOSURES_MAX = 50  # of one visit, campaign, decree or report
WAITS_FROM = (
    500_000  # bytes; some eighty seconds over EDGE: what is larger waits for Wi-Fi unless somebody says otherwise
)

_OF = f"""
SELECT r.id, e.sha256, e.size, b.held, b.size, b.sent, b.waits, coalesce(o.size, 0)
FROM document e CROSS JOIN record r ON r.key = e.key LEFT JOIN blob b ON b.sha256 = e.sha256
LEFT JOIN original o ON o.photo = e.sha256
WHERE r.root = ? AND e.sha256 IS NOT NULL AND {LIVE}
"""
_PENDING = f"""
SELECT count(*), coalesce(sum(size), 0) FROM (
  SELECT DISTINCT b.sha256, b.size
  FROM document e CROSS JOIN record r ON r.key = e.key JOIN blob b ON b.sha256 = e.sha256
  WHERE b.sent = 0 AND b.held = b.size AND (b.waits = 0 OR ?) AND {LIVE})
"""


class Enclosed(Struct, frozen=True):
    """The file of a document. `here`: its bytes are on this laptop, whole; `asked`: they come with the next exchange;
    `sent`: the office holds them; `waits`: they go only where a connection costs nothing; `original`: bytes of the
    original that is kept on this laptop, 0 for none."""

    sha256: str
    size: int
    here: bool
    asked: bool
    sent: bool
    waits: bool
    original: int = 0


class Enclosures:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def of(self, root: str) -> dict[str, Enclosed]:
        """By document, of all that hang on a root."""
        return {
            record: Enclosed(
                sha256,
                size or 0,
                here=whole is not None and held == whole,
                asked=whole is not None and held < whole,
                sent=bool(sent) or whole is None,
                waits=bool(waits),
                original=original,
            )
            for record, sha256, size, held, whole, sent, waits, original in self._sql.execute(_OF, (root,))
        }

    def pending(self, *, waiting: bool = True) -> tuple[int, int]:
        """Files that the office is not known to hold: how many, and their bytes. `waiting`: those too that wait for a
        connection that costs nothing."""
        count, size = self._sql.execute(_PENDING, (waiting,)).fetchone()
        return int(count), int(size)


def enclose(
    store: "Store",
    values: Mapping[str, object],
    content: bytes,
    name: str,
    record: str = "",
    original: AsTaken | None = None,
) -> str:
    """Keep a file, and the `original` that is to stay here, with a new document of these values, or with the `record`
    that has none yet; all or nothing. Returns the document's id. The same file under the same record is not kept twice;
    what was taken in without its original gets it then. Problem: it cannot be."""
    sha256 = hashing.sha256(content).hexdigest()
    declared = entity("document")
    with store.transaction():
        before = store.queries.get(record).values if record else dict(values)
        root = declared.parent_of(before)
        there = store.queries.enclosures.of(root)
        if same := next((found for found, file in there.items() if file.sha256 == sha256), ""):
            if original:
                store.blobs.keep(sha256, content, original=original)
            return same
        if len(there) >= ENCLOSURES_MAX:
            raise Problem(
                _("Sudah ada {count} berkas di sini, paling banyak. Hapus yang tidak perlu, lalu ulangi.").format(
                    count=ENCLOSURES_MAX
                )
            )
        if before.get("sha256"):
            raise Problem(_("Dokumen ini sudah punya berkas. Tambahkan dokumen baru untuk berkas yang lain."))
        told = {"file_name": name, "sha256": sha256, "size": len(content)}
        made = store.put("document", told if record else {**values, **told}, record)
        store.blobs.keep(sha256, content, original=original)
        store.blobs.wait(sha256, len(content) > WAITS_FROM)
    return made
