"""`pimpasa tray ...`: what waits for a decision, and deciding it."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

import msgspec

from pimpasa_desktop.commands.parser import say
from pimpasa_desktop.domain.entity import REGISTRY, entity
from pimpasa_desktop.domain.policy import sentence
from pimpasa_desktop.domain.tray import EXISTENCE, open_tray
from pimpasa_desktop.home import Home
from pimpasa_desktop.i18n import _
from pimpasa_desktop.store.queries import Listed

if TYPE_CHECKING:
    from pimpasa_desktop.commands.parser import Commands


def add(commands: "Commands") -> None:
    parser = commands.add_parser("tray", help=_("yang perlu diputuskan"))
    actions = parser.add_subparsers(title=_("perintah"), metavar="PERINTAH", required=True)
    listing = actions.add_parser(
        "list",
        help=_("yang menunggu keputusan, sebagai baris JSON"),
        description=_("mine adalah nilai yang disisihkan, office nilai yang berlaku di kantor."),
    )
    listing.add_argument(
        "--settled",
        action="store_true",
        help=_("yang belum diterima kantor dan sudah diputuskan: oleh siapa, bagaimana"),
    )
    listing.set_defaults(run=list_)
    deciding = actions.add_parser("settle", help=_("putuskan satu"))
    deciding.add_argument("id", metavar="ID")
    deciding.add_argument(
        "--keep",
        required=True,
        metavar="mine|office|TEXT",
        help=_("nilai mana yang berlaku, atau teks penggantinya (untuk yang belum diterima: isian sebagai JSON)"),
    )
    deciding.set_defaults(run=settle)


def list_(home: Home, options: Namespace) -> None:
    with home.reading() as store:
        if options.settled:
            for found in store.queries.every(entity("rejected")):
                if not open_tray(found.values):
                    say(_rejected(found) | {"settled": found.values["settled"]})
            return
        for found in store.queries.every(entity("conflict")):
            if open_tray(found.values):
                say(_conflict(found))
        for found in store.queries.every(entity("rejected")):
            if open_tray(found.values):
                say(_rejected(found))


def settle(home: Home, options: Namespace) -> None:
    with home.writing() as store:
        store.settle(options.id.lower(), options.keep)
    say({"id": options.id.lower()})


def _conflict(found: Listed) -> dict[str, Any]:
    values = found.values
    name = values["field_name"]
    return {
        "id": found.id,
        "kind": "conflict",
        "entity": values["record_entity"],
        "record": values["record"],
        "field": name,
        "mine": _decoded(values.get("mine_value", "")),
        "office": _decoded(values.get("office_value", "")),
        "mine_author": values.get("mine_author", ""),
        "office_author": values.get("office_author", ""),
        "mine_at": values.get("mine_at", ""),
        "office_at": values.get("office_at", ""),
        "reason": _two_people(values["record_entity"], name),
    }


def _two_people(record_entity: str, name: str) -> str:
    if name == EXISTENCE:
        return _("Satu orang menghapus catatan ini, orang lain menambahinya. Mana yang benar?")
    declared = REGISTRY.get(record_entity)
    known = declared.fields.get(name) if declared else None
    return _("Dua orang mengubah {label} yang sama. Mana yang benar?").format(label=known.label if known else name)


def _rejected(found: Listed) -> dict[str, Any]:
    values = found.values
    return {
        "id": found.id,
        "kind": "rejected",
        "entity": values["record_entity"],
        "record": values["record"],
        "field": "",
        "mine": _decoded(values.get("patch", "")),
        "office": _decoded(values.get("settled_value", "")) or None,
        "mine_author": values.get("writer_name", ""),
        "office_author": values.get("settled_by", ""),
        "mine_at": values.get("written_at", ""),
        "office_at": "",
        "reason": sentence(values["reason"]),
    }


def _decoded(text: str) -> Any:
    """The value behind its JSON; "" where there was none."""
    return msgspec.json.decode(text) if text else ""
