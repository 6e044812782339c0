"""`pimpasa enrol`, `sync` and `status`: how this laptop stands with its office."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pimpasa_desktop import enrolment, sqlcipher
from pimpasa_desktop.commands.parser import say
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.domain.roles import LABELS
from pimpasa_desktop.domain.tray import TRAY, open_tray
from pimpasa_desktop.home import Home, remember
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.queries import Queries
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync import clock

if TYPE_CHECKING:
    from pimpasa_desktop.commands.parser import Commands
    from pimpasa_desktop.sync.http import Line


def add(commands: "Commands") -> None:
    enrolling = commands.add_parser("enrol", help=_("daftarkan laptop ini dengan berkas dari kantor"))
    enrolling.add_argument("file", metavar="FILE", type=Path)
    enrolling.set_defaults(run=enrol)
    syncing = commands.add_parser(
        "sync",
        help=_("satu pertukaran dengan kantor"),
        description=_(
            "Kirim yang menunggu dan ambil yang baru, sekali jalan; hasilnya satu objek JSON. conflicts dan rejected "
            "adalah banyaknya yang baru datang dan menunggu keputusan; pending adalah catatan yang belum terkirim."
        ),
    )
    syncing.set_defaults(run=sync)
    commands.add_parser("status", help=_("keadaan data di laptop ini, sebagai JSON")).set_defaults(run=status)


# -- enrol


def enrol(home: Home, options: Namespace) -> None:
    account, name = enrolment.enrol(home, _content(options.file))
    say({"account": account, "name": name})


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(enrolment.FILE_BYTES_MAX)
    except OSError:
        raise Problem(_("Berkas {file} tidak dapat dibaca. Periksa nama dan tempatnya.").format(file=path)) from None


# -- sync


def sync(home: Home, options: Namespace) -> int:
    try:
        key = home.unlock()
        store = home.exchanging(key)
    except Problem as problem:
        say(_nothing(problem.sentence))
        raise
    with store, home.line(store) as line:
        told = _exchanged(store, line)
        say(told)
        sys.stdout.flush()  # whoever waits for the answer does not wait for the copy
        _keep(home, store, key)
    if told["problem"] is not None:
        raise Problem(told["problem"])
    return 0


def _keep(home: Home, store: Store, key: bytes) -> None:
    """A snapshot, where it is due. What hinders it is told by `status` and `doctor`; only damage is told at once."""
    try:
        home.snapshots.renew(store, key, home.key_path)
    except sqlcipher.Damaged:
        raise
    except Problem:
        pass


def _exchanged(store: Store, line: "Line") -> dict[str, Any]:
    """One exchange, told in the words of the command; a Problem is told, not raised."""
    from pimpasa_desktop.sync.engine import Engine, Report

    report, problem = Report(), None
    before = _waiting(store.queries)
    try:
        Engine(store, line, store.env).exchange(report, free=False)  # nobody can tell here
    except Problem as trouble:
        problem = trouble.sentence
    remember(store, line.address, line.clock_behind)
    after = _waiting(store.queries)
    return {
        "pushed": report.pushed,
        "pulled": report.pulled,
        "rejected": len(after["rejected"] - before["rejected"]),
        "conflicts": len(after["conflict"] - before["conflict"]),
        "pending": store.queries.pending_count(),
        "photos_sent": report.photos_sent,
        "photos_pending": store.queries.photos.pending()[0],
        "requests": report.requests,
        "bytes_sent": line.bytes_sent,
        "bytes_received": line.bytes_received,
        "bytes_handshake": line.bytes_handshake,
        "digests_match": report.digests_match,
        "warning": clock.sentence(line.clock_behind) or None,
        "problem": problem,
    }


def _nothing(problem: str) -> dict[str, Any]:
    """The store could not even be opened, so nobody knows what is pending."""
    counts = dict.fromkeys(("pushed", "pulled", "rejected", "conflicts"), 0)
    traffic = dict.fromkeys(("requests", "bytes_sent", "bytes_received", "bytes_handshake"), 0)
    return {
        **counts,
        "pending": None,
        "photos_sent": 0,
        "photos_pending": None,
        **traffic,
        "digests_match": None,
        "warning": None,
        "problem": problem,
    }


def _waiting(queries: Queries) -> dict[str, set[str]]:
    """Ids of what waits for a decision, by kind."""
    return {
        name: {found.id for found in queries.every(entity(name)) if open_tray(found.values)} for name in sorted(TRAY)
    }


# -- status


def status(home: Home, options: Namespace) -> None:
    with home.reading() as store:
        queries, meta = store.queries, store.meta
        account = next((found for found in queries.every(entity("account")) if found.id == store.account), None)
        role = str(account.values["role"]) if account else ""
        office = next((found for found in queries.every(entity("office")) if found.id == meta.get("office")), None)
        assigned = store.person.villages if account else frozenset()
        waiting = _waiting(queries)
        protection = home.protection()
        say(
            {
                "account": {"id": store.account, "name": account.values["name"] if account else "", "role": role},
                "role": {code.value: label for code, label in LABELS.items()}.get(role, ""),
                "office": {"id": meta.get("office"), "name": office.values["name"] if office else ""},
                "villages": [
                    {"id": found.id, "region_code": found.values.get("region_code", ""), "name": found.values["name"]}
                    for found in queries.every(entity("village"))
                    if found.id in assigned
                ],
                "pending": queries.pending_count(),
                "photos_pending": queries.photos.pending()[0],
                "documents_pending": queries.enclosures.pending()[0],
                "last_exchange": meta.get("exchanged_at"),
                "tray": {"conflicts": len(waiting["conflict"]), "rejected": len(waiting["rejected"])},
                "protection": {
                    "passphrase": True,
                    "laptop_keyring": protection.with_keyring,
                    "office_recovery": protection.with_recovery,
                },
                "snapshots": _snapshots(home),
                "data": str(home.folder),
            }
        )


def _snapshots(home: Home) -> dict[str, Any]:
    every = [{"name": one.name, "at": one.at.isoformat(), "records": one.records} for one in home.snapshots.every()]
    return {"kept": every, "problem": home.snapshots.trouble() or None}
