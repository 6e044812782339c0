"""The letter number (nomor surat) of a visit's attendance list, as the office once wrote it.

It is a document that hangs on the visit, not a field of the visit: a visit that was signed off never changes again,
and that is when the office gives its list a number. Free text; nothing here ever makes one up.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.domain.visit import signed_off
from pimpasa_desktop.store.queries import Listed, Queries

if TYPE_CHECKING:
    from pimpasa_desktop.store.store import Store

KIND = "attendance_list"


def letter_number(queries: Queries, visit: str) -> str:
    """The number of the visit's list, or ""."""
    found = _last(queries.every(entity("document"), {"visit": visit, "kind": KIND}))
    return str(found.values.get("number", "")) if found else ""


def give_letter_number(store: "Store", visit: str, number: str) -> None:
    """Remember it for the visit; "" takes it back. Problem: this person may not."""
    if number.strip() == letter_number(store.queries, visit):
        return
    found = _last(store.queries.every(entity("document"), {"visit": visit, "kind": KIND}))
    fields = {"number": number}
    if found is not None and not signed_off(store.queries.get(visit).values):
        store.put("document", fields, found.id)
    else:  # nothing of a visit that was signed off is changed, only added: the last one holds
        store.put("document", fields | {"visit": visit, "kind": KIND, "use": "account", "title": "Daftar Hadir"})


def _last(found: Iterable[Listed]) -> Listed | None:
    """What was written last: here and not yet sent, else the highest number of the office."""
    ordered = sorted(found, key=lambda one: one.number or float("inf"))
    return ordered[-1] if ordered else None
