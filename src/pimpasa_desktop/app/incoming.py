"""What came in at the office: which visits a clerk has not looked at since they last changed, and which need a look.

Decides with values; what was looked at is kept by the store (store/seen.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from pimpasa_desktop.i18n import _
from pimpasa_desktop.store.overview import VisitLine

_NOBODY_CAME = ("planned", "postponed", "diverted", "cancelled", "")


class News(Enum):
    NEW = "new"
    CHANGED = "changed"
    LOOK = "look"
    NONE = ""


@dataclass(frozen=True)
class Incoming:
    line: VisitLine
    news: News
    latest: int

    @property
    def unsettled(self) -> bool:
        """A document made of it now would not be what the office holds in the end."""
        return self.line.pending or self.line.undecided or not self.line.sent


def incoming(lines: list[VisitLine], latest: Mapping[str, int], seen: Mapping[str, int]) -> list[Incoming]:
    """In the order of `lines`."""
    return [Incoming(line, _news(line, latest, seen), latest.get(line.id, 0)) for line in lines]


def _news(line: VisitLine, latest: Mapping[str, int], seen: Mapping[str, int]) -> News:
    if line.undecided or doubt(line):
        return News.LOOK
    if line.id not in seen:
        return News.NEW
    return News.CHANGED if latest.get(line.id, 0) > seen[line.id] else News.NONE


def doubt(line: VisitLine) -> str:
    """Why somebody should look at it, in a sentence; "" where nothing is to be said."""
    if line.undecided:
        return _("Ada isian yang ditulis berbeda oleh dua orang, atau yang ditolak kantor. Putuskan dulu.")
    status = str(line.values.get("status", ""))
    if status not in _NOBODY_CAME and not line.attendees and not line.values.get("nil"):
        return _("Belum ada nama yang hadir. Tanyakan kepada petugas, atau tandai nihil.")
    return ""


def unsettled_sentence(one: Incoming) -> str:
    """What to know before a document is made of it; "" where the office holds all of it."""
    line = one.line
    if line.undecided:
        return _("Sebagian catatan kunjungan ini belum diputuskan. Daftar dapat berubah setelahnya.")
    if line.pending or not line.sent:
        return _("Sebagian catatan kunjungan ini belum terkirim. Kantor belum memiliki yang terlihat di sini.")
    return ""


def word(news: News) -> str:
    words = {News.NEW: _("Baru"), News.CHANGED: _("Berubah"), News.LOOK: _("Perlu dilihat")}
    return words.get(news, "")
