"""What of a visit is not final yet, in sentences: a warning beside a document, never a bar."""

from collections.abc import Iterable

from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.overview import VisitLine
from pimpasa_desktop.store.unsettled import Unsettled


def sentences(found: Unsettled | None, line: VisitLine | None = None) -> list[str]:
    """One for each kind of trouble; none where the office holds all of it."""
    told = []
    if found and found.waiting:
        told.append(_("Belum terkirim: {what}.").format(what=_listed(found.waiting)))
    elif line is not None and not line.sent and not line.pending:
        told.append(_("Kunjungan ini belum diterima kantor."))
    if found and found.conflicts:
        words = plural("{count} isian ditulis berbeda oleh dua orang dan belum diputuskan.", found.conflicts)
        told.append(words.format(count=number(found.conflicts)))
    if found and found.rejected:
        words = plural("{count} catatan ditolak kantor dan belum diputuskan.", found.rejected)
        told.append(words.format(count=number(found.rejected)))
    return told


def together(all_of_them: Iterable[Unsettled]) -> Unsettled:
    """What several visits have together."""
    sum_ = Unsettled()
    for one in all_of_them:
        for name, count in one.waiting.items():
            sum_.waiting[name] = sum_.waiting.get(name, 0) + count
        sum_.conflicts += one.conflicts
        sum_.rejected += one.rejected
    return sum_


def _listed(waiting: dict[str, int]) -> str:
    """3 peserta, 1 kunjungan; the people first."""
    order = sorted(waiting, key=lambda name: (name != "attendee", name == "visit", name))
    return ", ".join(f"{number(waiting[name])} {_label(name)}" for name in order)


def _label(name: str) -> str:
    return _(REGISTRY[name].label).lower() if name in REGISTRY else name
