"""A new laptop from an enrolment file to its first records, safe to break off anywhere and to run again.

Nothing half made stays, with one exception: where the office may have used the file up although its answer never
came, the key that was sent to it stays, since only that key gets the same answer again.
"""

from collections.abc import Callable
from typing import Protocol

from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.joining import Enrolling, join
from pimpasa_desktop.sync.protocol.enrolment import EnrolmentFile
from pimpasa_desktop.sync.trouble import Refused


class CountingOffice(Enrolling, Protocol):
    @property
    def bytes_sent(self) -> int: ...


def enrol(store: Store, file: EnrolmentFile, office: CountingOffice, forget: Callable[[], None]) -> None:
    """Join; `forget` takes the new data folder away again when the office certainly has not used the file."""
    if store.account:  # it joins again: there may be work in it, and nothing of it is ever taken away
        join(store, file, office)
        return
    waiting_for = store.meta.get("enrolling_at")
    if waiting_for not in (None, file.office_key):
        raise Problem(
            _("Folder ini masih menunggu pendaftaran di kantor lain. Pakai folder data yang lain untuk kantor ini.")
        )
    with store.transaction():
        store.meta.set("enrolling_at", file.office_key)
    try:
        join(store, file, office)
    except Problem as problem:
        untouched = waiting_for is None and office.bytes_sent == 0
        if not store.account and (untouched or isinstance(problem, Refused)):
            forget()
        raise
