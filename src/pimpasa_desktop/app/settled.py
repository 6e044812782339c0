"""What the office had refused this person and somebody else settled: who, when and how; until it is read.

It settles nothing: that was done elsewhere. A secret record tells of nothing but its kind.
"""

from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app import record_words, when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.refused import is_secret, name_of, patch_of
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.listing import Listing, two_lines
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.i18n import _
from pimpasa_desktop.store.queries import Listed


class Settled(Card):
    read = Signal(str)

    def __init__(self, context: Context, found: Listed) -> None:
        super().__init__()
        self.seen = OutlinedButton(_("Sudah saya lihat"), "check")
        self.seen.clicked.connect(lambda: self.read.emit(found.id))
        head = Words(name_of(found.values), Role.LABEL)
        lines: QWidget = two_lines(head, Words(_what(context, found), Role.BODY))
        listing = Listing(ruled=False, least=0)
        listing.add((Sign("check", "", tone="link"), 0), (lines, 1), (self.seen, 0))
        self.add(listing)
        self.add(Words(_who(context, found), Role.SECOND, "text2", figures=True))


def _what(context: Context, found: Listed) -> str:
    """Nama: Ani Mokodompt diganti Ani Mokodompit."""
    settled = found.values["settled"]
    if settled == "office":
        return _("Dibiarkan seperti di kantor; tulisan Anda tidak dipakai.")
    if settled == "mine" or is_secret(found.values):
        return _("Dikirim ulang seperti Anda tulis.") if settled == "mine" else _("Dibetulkan dan dikirim ulang.")
    changed: dict[str, Any] = msgspec.json.decode(found.values.get("settled_value") or "{}")
    declared = REGISTRY.get(str(found.values["record_entity"]))
    before, told = patch_of(found.values), []
    for field in (declared.fields[name] for name in changed if declared and name in declared.fields):
        old, new = (record_words.value(context, field, values.get(field.name)) for values in (before, changed))
        told.append(
            _("{label}: {old} diganti {new}.").format(
                label=record_words.label(field), old=old or _("(kosong)"), new=new or _("(kosong)")
            )
        )
    return " ".join(told) or _("Dibetulkan dan dikirim ulang.")


def _who(context: Context, found: Listed) -> str:
    at = when.local(str(found.values.get("settled_at", "")), context.zone)
    who = _("Diputuskan oleh {name}").format(name=found.values["settled_by"])
    return f"{who} · {when.whole(at, context.zone)}" if at else who
