"""Settling what waits in the tray, as ordinary writing: the decision and the chosen value, in one transaction."""

from typing import TYPE_CHECKING, Any

import msgspec

from pimpasa_desktop.domain.entity import Values, entity
from pimpasa_desktop.domain.operation import Action, applied
from pimpasa_desktop.domain.tray import EXISTENCE, TRAY
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.queries import Listed

if TYPE_CHECKING:
    from pimpasa_desktop.store.store import Store


def settle(store: "Store", item: Listed, keep: str) -> None:
    if item.entity not in TRAY:
        raise Problem(_("Catatan {id} tidak menunggu keputusan. Lihat tray list.").format(id=item.id))
    if item.values.get("settled"):
        raise Problem(_("Ini sudah diputuskan. Lihat tray list untuk yang masih menunggu."))
    if item.entity == "conflict":
        # The decision first: what is decided may be that the record goes, and nothing is written under one that went.
        store.put("conflict", {"settled": keep if keep in ("mine", "office") else "text"}, item.id)
        _settle_conflict(store, item.values, keep)
        return
    corrected = _corrected(keep, item.values) if keep not in ("mine", "office") else {}
    if keep != "office":
        _send_again(store, item.values, corrected)
    told = {
        "settled": "text" if corrected else keep,
        "settled_by": store.queries.get(store.account).values["name"],
        "settled_value": msgspec.json.encode(corrected).decode() if corrected else "",
        "settled_at": store.env.now().isoformat(timespec="seconds"),
    }
    store.put("rejected", told, item.id)


def _corrected(keep: str, values: Values) -> Values:
    """The fields that are to stand instead of what was refused."""
    try:
        found = msgspec.json.decode(keep, type=dict[str, Any])
    except msgspec.MsgspecError:
        found = {}
    if not found or values["action"] != Action.PUT:
        raise Problem(
            _(
                "Untuk catatan yang belum diterima pilih mine (kirim lagi), office (biarkan), atau tulis isian yang "
                'dibetulkan sebagai JSON, misalnya {"name": "Ani"}.'
            )
        )
    return found


def _settle_conflict(store: "Store", values: Values, keep: str) -> None:
    """Make the record say what was chosen; the office's value stands already."""
    if keep == "office":
        return
    if values["field_name"] == EXISTENCE:
        if keep != "mine":
            raise Problem(_("Untuk catatan yang dihapus pilih mine (hapus) atau office (biarkan)."))
        store.delete(values["record"])
        return
    value = msgspec.json.decode(values["mine_value"]) if keep == "mine" else keep
    store.put(values["record_entity"], {values["field_name"]: value}, values["record"])


def _send_again(store: "Store", values: Values, corrected: Values) -> None:
    """The refused change, made anew: on the record if it is here, otherwise as the new one that it was to be, under
    its own id. So what hangs on it finds it, and two people who send it again make one record."""
    patch = msgspec.json.decode(values["patch"])
    fields = applied({}, {name: value for name, value in patch.items() if not name.startswith("$")})
    here = any(found.id == values["record"] for found in store.queries.every(entity(values["record_entity"])))
    if values["action"] in (Action.DELETE, Action.RESTORE):
        if here and values["action"] == Action.DELETE:
            store.delete(values["record"])
        return
    if here:
        store.put(values["record_entity"], fields | corrected, values["record"])
    else:
        store.put_anew(values["record_entity"], fields | corrected, values["record"])
