"""Desa ini: what is known of the village beside its visit: the last visits, what is still promised, who is known there.

Three of each, and a number that opens the others. It only shows, and shows nothing secret, not even as a gap. It is
filled when it is in sight, and after the visit, which it must not hold up.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme, village_words, when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context, Place
from pimpasa_desktop.app.soon import Soon
from pimpasa_desktop.app.theme import Tone
from pimpasa_desktop.app.village_cards import Way, held
from pimpasa_desktop.app.visiting.part import Shown
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.listing import two_lines
from pimpasa_desktop.app.widgets.scrolling import scrolling
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.policy import sees_people
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.overview import VisitLine
from pimpasa_desktop.store.villages import Met, Promise

WIDTH, FEW, MOST = 288, 3, 40
Row = Callable[[], QWidget]  # makes it


class VillagePanel(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._visit_id = self._village = ""
        self._stale = False
        self._soon = Soon(self, 0, self._fill)
        self._open: set[str] = set()
        self.setAccessibleName(_("Desa ini"))
        self.setFixedWidth(WIDTH)
        self._scrolls = scrolling()
        self._scrolls.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 0, 0)
        column.addWidget(self._scrolls)

    def refresh(self, visit: Shown) -> bool:
        """Show the village of this visit, the first of several; whether there is one."""
        villages = [str(one) for one in visit.values.get("villages", ())]
        village = next((one for one in villages if one in self._context.queries.overview.villages()), "")
        if village != self._village:
            self._village, self._open = village, set()
        self._visit_id, self._stale = visit.id, bool(village)
        self._soon.ask()
        return bool(village)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._soon.ask()

    def _fill(self) -> None:
        if not self._stale or not self.isVisible():
            return
        self._stale = False
        queries, village = self._context.queries, self._village
        earlier = [line for line in queries.overview.visits_in([village], MOST) if line.id != self._visit_id]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 16, 16, 16)
        column.setSpacing(20)
        column.addWidget(self._head(village))
        visits = [partial(self._visit, one) for one in earlier]
        column.addLayout(self._group("visits", _("Kunjungan lain"), visits, _("Belum ada.")))
        promised = [partial(self._promise, one) for one in queries.villages.promised(village)]
        column.addLayout(self._group("promised", _("Belum selesai"), promised, _("Tidak ada janji yang terbuka.")))
        if sees_people(self._context.person):
            met = [partial(self._person, one) for one in queries.villages.met(village, MOST)]
            column.addLayout(self._group("met", _("Orang yang dikenal"), met, _("Belum ada nama yang dicatat.")))
        column.addStretch(1)
        self._scrolls.setWidget(inner)

    def _head(self, village: str) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Words(_("Desa ini"), Role.SECTION), 1)
        if self._context.knows("village"):
            way = LinkButton(_("Buka"))
            way.setAccessibleName(_("Buka halaman desa ini"))
            way.clicked.connect(partial(self._go, Place("village", village)))
            row.addWidget(way)
        return head

    def _group(self, key: str, title: str, rows: Sequence[Row], empty: str) -> QVBoxLayout:
        """The first few under their title; the number shows them all, which are made no sooner."""
        column = QVBoxLayout()
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Words(title, Role.CAPTION, "text2"), 1)
        column.addLayout(head)
        for row in rows[:FEW]:
            column.addWidget(row())
        if len(rows) > FEW:
            toggle, beyond = LinkButton(""), QWidget(self)  # without a parent, it would be shown as a window of its own
            toggle.clicked.connect(partial(self._toggle, key, rows, toggle, beyond))
            head.addWidget(toggle)
            column.addWidget(beyond)
            self._unfold(key, rows, toggle, beyond)
        if not rows:
            column.addWidget(Words(empty, Role.SECOND, "text2"))
        return column

    def _toggle(
        self, key: str, rows: Sequence[Row], toggle: LinkButton, beyond: QWidget, _checked: bool = False
    ) -> None:
        self._open ^= {key}
        self._unfold(key, rows, toggle, beyond)

    def _unfold(self, key: str, rows: Sequence[Row], toggle: LinkButton, beyond: QWidget) -> None:
        shown = key in self._open
        if shown and beyond.layout() is None:
            column = QVBoxLayout(beyond)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
            for row in rows[FEW:]:
                column.addWidget(row())
        beyond.setVisible(shown)
        toggle.say(_("Lebih sedikit") if shown else _("Semua {count}").format(count=number(len(rows))))

    def _visit(self, line: VisitLine) -> QWidget:
        at = when.local(line.starts_at, when.zone_at(line.starts_at, self._context.zone))
        people = _("{count} hadir").format(count=number(line.attendees)) if line.attendees else ""
        told = " · ".join(filter(None, (when.short_day(at.date()) if at else "", people)))
        return self._lines(line.about or _("Kunjungan tanpa tema"), told, "text2", Place("visit", line.id))

    def _promise(self, one: Promise) -> QWidget:
        due = village_words.due(self._context, one.due_on, nothing=_("tanpa batas"))
        tone: Tone = "gold" if due.tone == "gold" else "text2"
        return self._lines(one.text.splitlines()[0], due.words, tone, Place("visit", one.visit))

    def _person(self, one: Met) -> QWidget:
        at = when.local(one.on, when.zone_at(one.on, self._context.zone))
        last = _("terakhir {day}").format(day=when.short_day(at.date())) if at else ""
        told = " · ".join(filter(None, (one.position_title or one.institution, last)))
        return two_lines(Words(one.name, Role.BODY, wraps=False), Words(told, Role.CAPTION, "text2", wraps=False))

    def _lines(self, words: str, told: str, tone: Tone, place: Place) -> QWidget:
        way = Way(words)
        way.setMinimumWidth(WIDTH // 4)  # a long one ends in an ellipsis
        way.clicked.connect(partial(self._go, place))
        return two_lines(held(way), Words(told, Role.CAPTION, tone, wraps=False, figures=True))

    def _go(self, place: Place, _checked: bool = False) -> None:
        self._context.navigate(place)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter, palette = QPainter(self), theme.now()
        drawing.fill(painter, QRectF(0, 0, 1, self.height()), palette.line)
        drawing.fill(painter, QRectF(0, 0, self.width(), 1), palette.line)
