"""Beranda: today. The visit that is due and whether one is ready for it, what comes next, what is overdue, what waits.

On a screen that others may look at, nothing of a secret record is told but that there is one.
"""

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pimpasa_desktop.app import file_words, theme, village_words, visit_words, when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.soon import Soon
from pimpasa_desktop.app.widgets.button import Button, LinkButton, OutlinedButton, PrimaryButton, Size
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.listing import Listing, two_lines
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.tag import Kind, Tag
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.domain.roles import Role as Work
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.overview import VisitLine

NEXT, OVERDUE, WAITING = 4, 4, 5
ROOM_FOR_TWO = 760  # px of the page
SHOWN_MS = 400
_ICONS = {
    "visit": "calendar-check",
    "attendee": "users",
    "follow_up": "flag-pennant",
    "village": "map-trifold",
    "photo": "image",
}


class HomeScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self._soon = Soon(self, SHOWN_MS, self._fill)
        self._header = PageHeader("", actions=self._actions())
        self._across: QBoxLayout | None = None
        self._page = QScrollArea()
        self._page.setWidgetResizable(True)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._page, 1)

    def _actions(self) -> tuple[Button, ...]:
        offered: list[Button] = []
        for key, make, word, icon in (
            ("finding", OutlinedButton, _("Catat temuan"), "note-pencil"),
            ("visit", PrimaryButton, _("Kunjungan baru"), "plus"),
        ):
            if self.context.knows(key):
                button = make(word, icon, size=Size.LARGE)
                button.clicked.connect(lambda _checked=False, key=key: self.context.navigate(Place(key)))
                offered.append(button)
        return tuple(offered)

    def refresh(self, ids: frozenset[str]) -> None:
        """Whatever changed may be on this page; what an exchange brings piece by piece is shown together."""
        if ids:
            self._soon.ask()
        else:
            self._fill()

    def _fill(self) -> None:
        now = self.context.now()
        midnight = datetime(now.year, now.month, now.day, tzinfo=now.tzinfo)
        visits = self.context.queries.overview.visits(since=midnight.isoformat())[::-1]
        tomorrow = midnight + timedelta(days=1)
        due = [line for line in visits if self._starts(line) < tomorrow]
        self._header.say(when.long_day(now.date()), self._greeting(now.hour, len(due)))
        if not visits and self._without_villages():
            self._across = None
            self._page.setWidget(self._nothing_yet())
            return
        page = QWidget()
        self._across = across = QBoxLayout(self._direction(), page)
        across.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 20)
        across.setSpacing(theme.BETWEEN_CARDS)
        left, right = QVBoxLayout(), QVBoxLayout()
        for side, parts in (
            (left, [self._today(due, visits, now), self._next(visits[len(due) :])]),
            (right, [self._overdue(now.date()), self._waiting()]),
        ):
            side.setSpacing(theme.BETWEEN_CARDS)
            for part in parts:
                if part is not None:
                    side.addWidget(part)
            side.addStretch(1)
        across.addLayout(left, 7)
        across.addLayout(right, 4)
        self._page.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if self._across is not None and self._page.widget():
            self._across.setDirection(self._direction())

    def _direction(self) -> QBoxLayout.Direction:
        """Side by side, or one under the other where the window is narrow."""
        across = self.width() >= ROOM_FOR_TWO
        return QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom

    def _starts(self, line: VisitLine) -> datetime:
        return when.zone_at(line.starts_at, self.context.zone).local(line.starts_at)

    def _without_villages(self) -> bool:
        return self.context.person.role is Work.FIELD_OFFICER and not self.context.person.villages

    def _greeting(self, hour: int, visits: int) -> str:
        first = self.context.name.split(" ")[0]
        if hour < 11:
            greeting = _("Selamat pagi, {name}.")
        elif hour < 15:
            greeting = _("Selamat siang, {name}.")
        elif hour < 18:
            greeting = _("Selamat sore, {name}.")
        else:
            greeting = _("Selamat malam, {name}.")
        if visits == 0:
            count = _("Tidak ada kunjungan hari ini.")
        elif visits == 1:
            count = _("Satu kunjungan hari ini.")
        else:
            count = _("{count} kunjungan hari ini.").format(count=number(visits))
        return f"{greeting.format(name=first)} {count}"

    def _nothing_yet(self) -> QWidget:
        card = Card()
        at = when.local(self.context.notices.standing.exchanged_at, self.context.zone)
        empty = EmptyState(
            _("Belum ada desa untuk Anda"),
            _(
                "Kantor belum menetapkan desa binaan Anda. Sampaikan nama akun {name} kepada staf kantor, "
                "lalu periksa lagi."
            ).format(name=self.context.name),
            _("Periksa lagi"),
            action_icon="arrows-clockwise",
            strong=self.context.name,
            foot=_("Terakhir diperiksa {time}").format(time=when.told(at, self.context.now())) if at else "",
        )
        empty.acted.connect(self.context.send_now)
        card.add(empty, 1)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 20)
        column.addWidget(card)
        return held

    # -- today

    def _today(self, due: list[VisitLine], visits: list[VisitLine], now: datetime) -> QWidget:
        card = Card()
        if not due:
            card.add(Words(_("Hari ini belum ada kunjungan"), Role.NAME))
            told = _("Waktu untuk tindak lanjut, atau untuk menyiapkan kunjungan berikutnya.")
            card.add(Words(told, Role.BODY, "text2"))
        for place, line in enumerate(due):
            if place:
                card.add(Rule())
            self._visit(card, line, now)
        first = due[0] if due else visits[0] if visits else None
        if first and self.context.person.role is Work.FIELD_OFFICER:
            card.add(Rule())
            self._ready(card, first)
        return card

    def _visit(self, card: Card, line: VisitLine, now: datetime) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        hours = visit_words.hours(line, self.context.zone)
        row.addWidget(Tag(_("Hari ini, {hours}").format(hours=hours), "clock-fill", Kind.ACTIVE))
        row.addStretch(1)
        row.addWidget(Words(self._until(line, now), Role.SECOND, "text2", wraps=False, figures=True))
        card.add(head)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        title, above = self._place(line)
        texts.addWidget(Words(title, Role.NAME))
        where = " · ".join(filter(None, (above, str(line.values.get("venue", "")))))
        if where:
            texts.addWidget(Words(where, Role.BODY, "text2"))
        if line.about:
            texts.addWidget(Words(line.about, Role.BODY))
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addLayout(texts, 1)
        if self.context.knows("visit"):
            button = OutlinedButton(_("Buka kunjungan"), "arrow-right")
            button.clicked.connect(lambda: self.context.navigate(Place("visit", line.id)))
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        card.add(body)

    def _until(self, line: VisitLine, now: datetime) -> str:
        minutes = int((self._starts(line) - now).total_seconds() // 60)
        state = visit_words.status(str(line.values.get("status", ""))).words
        if line.values.get("status") in ("done", "cancelled", "postponed", "diverted"):
            return state
        if minutes < 0:
            return _("Sudah mulai")
        if minutes < 60:
            return _("{minutes} menit lagi").format(minutes=minutes)
        return _("{hours} jam {minutes} menit lagi").format(hours=minutes // 60, minutes=minutes % 60)

    def _place(self, line: VisitLine) -> tuple[str, str]:
        """Desa Bongkudai Utara; Kec. Mooat, Kab. Bolaang Mongondow Timur. Several villages stand by their names."""
        only = line.villages[0] if len(line.villages) == 1 else None
        region = self.context.regions.village(only.region_code) if only else None
        if only is None or region is None:
            return visit_words.named(line, self.context.regions), ""
        regency = region.regency.replace("Kabupaten ", "Kab. ")
        above = _("Kec. {district}, {regency}").format(district=region.district, regency=regency)
        return visit_words.named(line, self.context.regions), above

    def _ready(self, card: Card, line: VisitLine) -> None:
        """What one needs with one in a village without signal: the people known there, the office's last news, what
        was promised there."""
        overview, standing = self.context.queries.overview, self.context.notices.standing
        villages = [village.id for village in line.villages]
        people, promised = overview.known_people(villages), overview.promised(villages)
        news = when.local(standing.exchanged_at, self.context.zone)
        fresh = news is not None and self.context.now() - news < timedelta(days=3)
        checks = [
            (
                bool(people),
                _("Orang yang dikenal"),
                plural("{count} nama ada di laptop ini", people).format(count=number(people))
                if people
                else _("belum ada nama"),
            ),
            (
                fresh,
                _("Kabar dari kantor"),
                _("diterima {time}").format(time=when.told(news, self.context.now()))
                if news
                else _("belum pernah diterima"),
            ),
            (
                True,
                _("Janji di desa ini"),
                plural("{count} tindak lanjut belum selesai", promised).format(count=number(promised))
                if promised
                else _("tidak ada yang terbuka"),
            ),
        ]
        good = sum(ready for ready, _what, _how in checks)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Words(_("Siap berangkat"), Role.SECTION), 1)
        counted = _("{good} dari {all} siap").format(good=good, all=len(checks))
        row.addWidget(Words(counted, Role.SECOND, "text2", wraps=False, figures=True))
        card.add(head)
        listing = Listing(ruled=False)
        for ready, what, how in checks:
            icon = (
                Sign("check-circle-fill", _("siap"), tone="link")
                if ready
                else Sign("warning-circle-fill", _("perlu dilihat"), tone="gold")
            )
            told = Words(how, Role.SECOND if ready else Role.SMALL, "text2" if ready else "gold")
            name = Words(what, Role.BODY, wraps=False)
            name.setMinimumWidth(184)
            listing.add((icon, 0), (name, 0), (told, 1))
        card.add(listing)

    # -- the rest

    def _next(self, visits: list[VisitLine]) -> QWidget | None:
        every = LinkButton(_("Semua kunjungan"))
        every.clicked.connect(lambda: self.context.navigate(Place("visits")))
        card = Card(_("Berikutnya"), beside=every)
        if not visits:
            card.add(Words(_("Belum ada kunjungan yang dijadwalkan."), Role.BODY, "text2"))
        listing = Listing()
        for line in visits[:NEXT]:
            day = Words(
                when.short_day(self._starts(line).date(), year=False), Role.BODY, "text2", wraps=False, figures=True
            )
            day.setMinimumWidth(max(112, day.sizeHint().width()))  # a day without its month says nothing
            listing.add(
                (day, 0),
                (Words(line.place, Role.ENTRY, wraps=False), 2),
                (Words(line.about, Role.BODY, "text2", wraps=False), 3),
            )
        card.add(listing)
        return card

    def _overdue(self, today: date) -> QWidget:
        overdue = self.context.queries.overview.overdue(today.isoformat())
        if not overdue:
            card = Card(_("Lewat waktu"))
            card.add(Words(_("Tidak ada tindak lanjut yang lewat waktu."), Role.BODY, "text2"))
            return card
        told = plural("{count} tindak lanjut", len(overdue)).format(count=number(len(overdue)))
        card = Card(_("Lewat waktu"), beside=Tag(told, "warning-circle-fill", Kind.ATTENTION))
        listing = Listing(least=theme.ROW_OF_TWO - 8)
        for item in overdue[:OVERDUE]:
            days = (today - date.fromisoformat(item.due_on)).days
            first = Words(item.text if not item.secret else _("Tindak lanjut catatan terbatas"), Role.BODY)
            second = Words(item.place if not item.secret else _("Buka untuk melihat isinya"), Role.SECOND, "text2")
            late = Words(village_words.late(days), Role.SMALL, "gold", wraps=False, figures=True)
            cells = [(two_lines(first, second), 1), (late, 0)]
            listing.add(*([(Sign("lock", _("terbatas"), size=18), 0)] if item.secret else []), *cells)
        card.add(listing)
        return card

    def _waiting(self) -> QWidget:
        counts = self.context.queries.overview.waiting()
        card = Card(_("Menunggu dikirim"))
        total = sum(counts.values())
        if not total:
            card.add(Words(_("Semua catatan sudah sampai di kantor."), Role.BODY, "text2"))
            return card
        figure = QWidget()
        row = QHBoxLayout(figure)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Words(number(total), Role.FIGURE, wraps=False, figures=True))
        row.addWidget(Words(plural("catatan", total), Role.BODY, "text2", wraps=False), 1, Qt.AlignmentFlag.AlignBottom)
        card.add(figure)
        known = sorted((name for name in counts if name in _ICONS), key=list(_ICONS).index)[:WAITING]
        listing = Listing(ruled=False, least=32)
        others = total - sum(counts[name] for name in known)
        lines = [(_ICONS[name], _(REGISTRY[name].label), counts[name]) for name in known]
        for icon, word, count in lines + [("notebook", _("Catatan lain"), others)] * (others > 0):
            figure_of = Words(number(count), Role.LABEL, wraps=False, figures=True)
            listing.add((Sign(icon, "", size=18), 0), (Words(word, Role.BODY, wraps=False), 1), (figure_of, 0))
        card.add(listing)
        safe = file_words.safe(stopped=self.context.notices.standing.stopped)
        card.add(Words(safe, Role.SECOND, "text2"))
        return card
