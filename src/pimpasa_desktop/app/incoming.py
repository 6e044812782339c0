"""What came in at the office: which visits a clerk has not looked at since they last changed, and what in them asks for
a look: each in words, with the way to it.

Decides with values; what was looked at is kept by the store (store/seen.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pimpasa_desktop.domain.attendee import lacks_digits
from pimpasa_desktop.domain.namesakes import namesakes
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.overview import VisitLine
from pimpasa_desktop.store.people import Present

_NOBODY_CAME = ("planned", "postponed", "diverted", "cancelled", "")
PAIRS_TOLD = 3


class News(Enum):
    NEW = "new"
    CHANGED = "changed"
    LOOK = "look"
    NONE = ""


@dataclass(frozen=True)
class Doubt:
    """A sentence, and where it leads: to a person of the visit (and the field to fill in), to a screen ("trays",
    "visit"), or nowhere."""

    sentence: str
    person: str = ""
    field: str = "name"
    screen: str = ""


@dataclass(frozen=True)
class Incoming:
    """`latest`: the highest number received of the visit."""

    line: VisitLine
    news: News
    latest: int
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Received:
    """Of every visit: `latest`, the highest number received; `others`, the same without the clerk's own work; `seen`,
    the number up to which it was looked at."""

    latest: Mapping[str, int]
    others: Mapping[str, int]
    seen: Mapping[str, int]

    def looked_at(self, visit: str) -> bool:
        return visit in self.seen and self.others.get(visit, 0) <= self.seen[visit]


def incoming(lines: Sequence[VisitLine], received: Received, people: Mapping[str, Sequence[Present]]) -> list[Incoming]:
    """In the order of `lines`. Who has looked at a visit has looked at its doubts; what is undecided stays.
    `people`: of the visits that are looked into."""
    found = []
    for line in lines:
        doubts = tuple(doubts_of(line, people.get(line.id, ())))
        news = _news(line, received, bool(doubts))
        found.append(Incoming(line, news, received.latest.get(line.id, 0), doubts))
    return found


def _news(line: VisitLine, received: Received, doubted: bool) -> News:
    if line.undecided:
        return News.LOOK
    if received.looked_at(line.id):
        return News.NONE
    if doubted:
        return News.LOOK
    return News.CHANGED if line.id in received.seen else News.NEW


def doubts_of(line: VisitLine, people: Sequence[Present]) -> list[Doubt]:
    """What somebody should look at, the weightiest first."""
    found = []
    if line.undecided:
        told = _("Ada isian yang ditulis berbeda oleh dua orang, atau yang ditolak kantor. Putuskan dulu.")
        found.append(Doubt(told, screen="trays"))
    status = str(line.values.get("status", ""))
    if status not in _NOBODY_CAME and not line.attendees and not line.values.get("nil"):
        told = _("Belum ada nama yang hadir. Tanyakan kepada petugas, atau tandai nihil.")
        found.append(Doubt(told, screen="visit"))
    return [*found, *_alike(people), *_missing(people)]


def _alike(people: Sequence[Present]) -> list[Doubt]:
    pairs = namesakes(tuple((one.name, str(one.values.get("phone", ""))) for one in people))
    found = []
    for pair in pairs[:PAIRS_TOLD]:
        one, other = people[pair.one], people[pair.other]
        sentence = (
            _("{one} dan {other}: nomor HP sama.") if pair.by_phone else _("{one} dan {other}: mungkin satu orang.")
        )
        told = sentence.format(
            one=f"{one.name} ({number(pair.one + 1)})", other=f"{other.name} ({number(pair.other + 1)})"
        )
        found.append(Doubt(told, other.id, "phone" if pair.by_phone else "name"))
    if len(pairs) > PAIRS_TOLD:
        rest = pairs[PAIRS_TOLD:]
        told = plural("{count} pasang nama mirip lagi.", len(rest)).format(count=number(len(rest)))
        found.append(Doubt(told, people[rest[0].other].id))
    return found


def _missing(people: Sequence[Present]) -> list[Doubt]:
    found = []
    sexless = [one for one in people if not one.values.get("sex")]
    if sexless:
        told = plural("{count} orang tanpa L/P.", len(sexless)).format(count=number(len(sexless)))
        found.append(Doubt(told, sexless[0].id, "sex"))
    groupless = [one for one in people if not one.values.get("stakeholder_group")]
    if groupless:
        told = plural("{count} orang tanpa unsur.", len(groupless)).format(count=number(len(groupless)))
        found.append(Doubt(told, groupless[0].id, "stakeholder_group"))
    short = [one for one in people if lacks_digits(str(one.values.get("phone", "")))]
    if short:
        told = plural("{count} nomor HP kurang angka.", len(short)).format(count=number(len(short)))
        found.append(Doubt(told, short[0].id, "phone"))
    return found


def word(news: News) -> str:
    words = {News.NEW: _("Baru"), News.CHANGED: _("Berubah"), News.LOOK: _("Perlu dilihat")}
    return words.get(news, "")
