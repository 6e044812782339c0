"""`pimpasa receipt show`: what the office has signed of a visit, and what of it still waits."""

from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pimpasa_desktop.commands.parser import say
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.home import Home
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

if TYPE_CHECKING:
    from pimpasa_desktop.commands.parser import Commands
    from pimpasa_desktop.sync.protocol.receipts import Receipt


def add(commands: "Commands") -> None:
    parser = commands.add_parser("receipt", help=_("resi kantor atas satu kunjungan"))
    actions = parser.add_subparsers(title=_("perintah"), metavar="PERINTAH", required=True)
    showing = actions.add_parser(
        "show",
        help=_("yang sudah diterima kantor dan yang masih menunggu, sebagai JSON"),
        description=_(
            "receipts adalah resi yang ditandatangani kantor, yang terbaru lebih dulu; current berarti resi terbaru "
            "mencakup semua yang ada di laptop ini."
        ),
    )
    showing.add_argument("--visit", metavar="ID", required=True)
    showing.set_defaults(run=show)


def show(home: Home, options: Namespace) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    with home.reading() as store:
        found = store.queries.get(options.visit.lower())
        if found.entity != "visit":
            raise Problem(
                _("{entity} {id} tidak ada di sini. Periksa nomornya dengan perintah list.").format(
                    entity=entity("visit").label, id=options.visit
                )
            )
        key = Ed25519PublicKey.from_public_bytes(bytes(store.meta.get("office_key")))
        sending = store.queries.receipts.sending(found.id)
        say(
            {
                "visit": found.id,
                "taken": {each.entity: each.taken for each in sending.passed},
                "waiting": {each.entity: each.waiting for each in sending.passed if each.waiting},
                "photos": {"taken": sending.photos_taken, "all": sending.photos},
                "current": sending.current,
                "receipts": [_told(receipt, key) for receipt in sending.receipts],
            }
        )


def _told(receipt: "Receipt", key: Any) -> dict[str, Any]:
    return {
        "at": datetime.fromtimestamp(receipt.at, UTC).isoformat(),
        "mark": receipt.mark,
        "records": dict(receipt.told.counts),
        "photos": receipt.told.photos,
        "contents": receipt.told.contents.hex(),
        "proven": receipt.proves(key),
    }
