"""The cards on the page of a village, each with one question answered: who, when, what was promised, since when.

They show and lead on; nothing is written here. Nothing secret is on any of them, not even as a gap.
"""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme, village_words, visit_words, when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context, Place
from pimpasa_desktop.app.theme import Tone
from pimpasa_desktop.app.village_choice import above, beginning_with
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.listing import Listing, two_lines
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.tag import Tag
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.designation import ISSUERS
from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.domain.village import PROFILE
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.overview import VisitLine
from pimpasa_desktop.store.queries import Listed
from pimpasa_desktop.store.villages import Campaign, Met, Promise

FEW = 5
LABEL_WIDTH = 128
Cells = tuple[tuple[QWidget, int], ...]
PAD = 2  # what the ring around a word needs beside it


def profile(values: Values) -> QWidget:
    """What is known of the village; what nobody has written says so."""
    facts = Facts()
    ticked = [_(PROFILE[code]) if code in PROFILE else code for code in values.get("profile", ())]
    facts.say(_("Keadaan desa"), "\n".join(ticked))
    facts.say(_("Negara tujuan"), str(values.get("destination_countries", "")))
    facts.say(_("Pembinaan"), village_words.maturity(str(values.get("maturity", ""))))
    facts.say(_("Sasaran"), village_words.maturity(str(values.get("maturity_target", ""))))
    if values.get("location"):
        facts.say(_("Letak"), str(values["location"]))
    return facts


def designation(context: Context, found: list[Listed], village: str, *, may: bool) -> Card:
    """The newest designation, and a way to it or to a new one."""
    way = LinkButton(_("Buka") if found else _("Tetapkan"))
    target = found[-1].id if found else beginning_with([village])
    way.clicked.connect(lambda: context.navigate(Place("designation", target)))
    card = Card(_("Penetapan"), beside=way if found or may else None)
    if not found:
        card.add(Words(_("Desa ini belum ditetapkan."), Role.BODY, "text2"))
        return card
    values = found[-1].values
    facts = Facts()
    state = village_words.designation(str(values.get("status", "")))
    facts.show_widget(_("Keadaan"), Tag(state.words, state.icon, state.kind))
    facts.say(_("Nomor SK"), str(values.get("decree_number", "")))
    facts.say(_("Tanggal SK"), _day(values.get("decree_on")))
    issuer = str(values.get("issuer_level", ""))
    if issuer:
        facts.say(_("Penerbit"), _(ISSUERS[issuer]) if issuer in ISSUERS else issuer)
    if values.get("ceremony_on") or values.get("inaugurated_by"):
        by = " · ".join(filter(None, (str(values.get("inaugurated_by", "")), str(values.get("ceremony_place", "")))))
        facts.say(_("Diresmikan"), "\n".join(filter(None, (_day(values.get("ceremony_on")), by))))
    together = len(values.get("villages", ())) - 1
    if together > 0:
        facts.say(_("Bersama"), _("{count} desa lain").format(count=number(together)))
    card.add(facts)
    return card


def visits(
    context: Context,
    lines: list[VisitLine],
    *,
    every: bool,
    toggle: LinkButton,
    empty: str = "",
    places: bool = False,
) -> Card:
    """The visits, the newest first; more than a few only when asked for. `places`: tell where each was."""
    toggle.say(_("Lebih sedikit") if every else _("Semua {count}").format(count=number(len(lines))))
    toggle.setVisible(len(lines) > FEW)

    def cells() -> Iterator[Cells]:
        for line in lines if every else lines[:FEW]:
            at = when.local(line.starts_at, when.zone_at(line.starts_at, context.zone))
            told = [when.short_day(at.date()) if at else line.starts_at]
            told += [line.place] if places else []
            told += [_("{count} hadir").format(count=number(line.attendees))] if line.attendees else []
            title = _way(context, line.about or _("Kunjungan tanpa tema"), Place("visit", line.id))
            second = Words(" · ".join(told), Role.SECOND, "text2", wraps=False, figures=True)
            state = visit_words.status(str(line.values.get("status", "")))
            yield (two_lines(title, _indented(second)), 1), (Tag(state.words, state.icon, state.kind), 0)

    nothing = empty or _("Belum ada kunjungan ke desa ini.")
    return _listed(Card(_("Kunjungan"), beside=toggle), cells(), nothing, least=theme.ROW_OF_TWO - 8)


def promises(context: Context, found: list[Promise]) -> Card:
    def cells() -> Iterator[Cells]:
        for one in found[: 2 * FEW]:
            due = village_words.due(context, one.due_on, nothing=_("tanpa batas"))
            late: Tone = "gold" if due.tone == "gold" else "text2"
            sign = Sign(due.icon or "circle", "", size=18, tone=late)
            told = Words(due.words, Role.SMALL, late, wraps=False, figures=True)
            yield (sign, 0), (_way(context, one.text.splitlines()[0], Place("visit", one.visit)), 1), (told, 0)

    return _listed(Card(_("Yang disepakati")), cells(), _("Tidak ada tindak lanjut yang terbuka."))


def people(context: Context, found: list[Met]) -> Card:
    """Whom one meets there; only for those to whom names may be shown."""

    def cells() -> Iterator[Cells]:
        for one in found:
            at = when.local(one.on, when.zone_at(one.on, context.zone))
            last = _("terakhir {day}").format(day=when.short_day(at.date())) if at else ""
            second = " · ".join(filter(None, (one.position_title, one.institution, last)))
            times = plural("{count} kali", one.times).format(count=number(one.times))
            name = Words(one.name, Role.ENTRY, wraps=False)
            told = two_lines(name, Words(second, Role.SECOND, "text2", wraps=False))
            yield (told, 1), (Words(times, Role.BODY, "text2", wraps=False, figures=True), 0)

    nothing = _("Nama peserta kunjungan ke desa ini tampil di sini.")
    return _listed(Card(_("Yang sering hadir")), cells(), nothing, least=theme.ROW_OF_TWO - 8)


def campaigns(context: Context, found: tuple[Campaign, ...], village: str, *, may: bool) -> Card:
    new = LinkButton(_("Tambah"), "plus")
    new.clicked.connect(lambda: context.navigate(Place("campaign", beginning_with([village]))))
    card = Card(_("Rangkaian kegiatan"), beside=new if may else None)

    def cells() -> Iterator[Cells]:
        for one in found:
            day = Words(_day(one.starts_on), Role.SECOND, "text2", wraps=False)
            yield (_way(context, one.name, Place("campaign", one.id)), 1), (day, 0)

    return _listed(card, cells(), _("Desa ini belum ikut dalam rangkaian kegiatan."))


def villages(context: Context, ids: list[str]) -> Card:
    """The villages that a record names, each a way to its page."""
    known = context.queries.overview.villages()
    card = Card(_("Desa"))
    listing = Listing(least=theme.ROW_OF_TWO - 8)
    for one in sorted((known[identifier] for identifier in ids if identifier in known), key=lambda one: one.name):
        title = _way(context, one.name, Place("village", one.id))
        second = Words(above(context.regions.village(one.region_code)), Role.SECOND, "text2")
        listing.add((two_lines(title, _indented(second)), 1))
    card.add(listing)
    elsewhere = len(set(ids) - known.keys())
    if elsewhere:
        told = plural("{count} desa di luar wilayah Anda", elsewhere).format(count=number(elsewhere))
        card.add(Words(told, Role.SECOND, "text2"))
    if not ids:
        card.add(Words(_("Belum ada desa yang dipilih."), Role.BODY, "text2"))
    return card


class Facts(Listing):
    """Lines of a label and what is known; "belum dicatat" where nothing is."""

    def __init__(self) -> None:
        super().__init__(ruled=False, least=28)

    def say(self, label: str, words: str) -> None:
        told = Words(words, Role.BODY, figures=True) if words else Words(_("belum dicatat"), Role.BODY, "text3")
        self.show_widget(label, told)

    def show_widget(self, label: str, widget: QWidget) -> None:
        name = QWidget()
        name.setFixedWidth(LABEL_WIDTH)
        column = QVBoxLayout(name)  # the label stands beside the first line
        column.setContentsMargins(0, 2, 0, 2)
        column.addWidget(Words(label, Role.BODY, "text2"))
        column.addStretch(1)
        self.add((name, 1), (widget if isinstance(widget, Words) else held(widget), 100))


def _listed(card: Card, lines: Iterator[Cells], nothing: str, *, least: int = theme.ROW) -> Card:
    """The card with its lines in it, or with `nothing` where there are none."""
    listing, empty = Listing(least=least), True
    for cells in lines:
        listing.add(*cells)
        empty = False
    card.add(Words(nothing, Role.BODY, "text2") if empty else listing)
    return card


def held(widget: QWidget) -> QWidget:
    """The widget at the left of the room, not wider than it is."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return box


def _indented(words: Words) -> QWidget:
    """Words that may take several lines, in line with the word over them."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(PAD, 0, 0, 0)
    row.addWidget(words, 1)
    return box


class Way(LinkButton):
    """A word in a list that leads on, in line with the words under it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.measure = replace(self.measure, padding=PAD)


def _way(context: Context, words: str, place: Place) -> QWidget:
    way = Way(words)
    way.clicked.connect(lambda: context.navigate(place))
    return held(way)


def _day(text: object) -> str:
    try:
        return when.long_day(date.fromisoformat(str(text or "")))
    except ValueError:
        return str(text or "")
