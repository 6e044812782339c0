"""Perlu keputusan Anda: where two people wrote the same field, and what the office has not taken. Settled in place.

Nothing is lost here: the value that is set aside stays until somebody decides, and everything else goes on.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import record_words, theme, when
from pimpasa_desktop.app.differing import Differing, Spans, differences
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.refused import Refused, Settle, is_secret, name_of, patch_of
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.settled import Settled
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.listing import Listing, two_lines
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.scrolling import reveal, scrolling
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.tag import Kind as TagKind
from pimpasa_desktop.app.widgets.tag import Tag
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import REGISTRY, Values, entity
from pimpasa_desktop.domain.kinds import Picture, Text
from pimpasa_desktop.domain.tray import EXISTENCE, open_tray
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.queries import Listed
from pimpasa_desktop.store.store import Store

ROOM_FOR_TWO = 760  # px of the page


class _Asked(NamedTuple):
    values: Values
    card: QWidget


class TraysScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self._settled: list[str] = []
        self._asked: tuple[list[tuple[str, Values]], int] | None = None
        self._cards: dict[str, _Asked] = {}
        header = PageHeader(
            _("Perlu keputusan Anda"),
            second=_("Tidak ada yang hilang. Semua tulisan masih tersimpan, dan kiriman lain tetap berjalan."),
            back=_("Sinkronisasi"),
        )
        header.back_asked.connect(context.back)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 20)
        self._column.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        self._page = scrolling(page)
        column.addWidget(self._page, 1)

    def refresh(self, ids: frozenset[str]) -> None:
        queries = self.context.queries
        conflicts = [found for found in queries.every(entity("conflict")) if open_tray(found.values)]
        refused = [found for found in queries.every(entity("rejected")) if open_tray(found.values)]
        told = queries.settled_by_others(self.context.person)
        asked = [(found.id, found.values) for found in (*conflicts, *refused, *told)]
        if (asked, len(self._settled)) != self._asked:
            self._asked = asked, len(self._settled)
            self._show(conflicts, refused, told)

    def _show(self, conflicts: list[Listed], refused: list[Listed], told: list[Listed]) -> None:
        column, before = self._column, self._cards
        self._cards = {
            found.id: self._card(found, before.get(found.id), make)
            for some, make in ((conflicts, self._question), (refused, self._refused), (told, self._told))
            for found in some
        }
        self._make_room()
        if conflicts or self._settled:
            self._place(_("Ditulis berbeda oleh dua orang"), conflicts)
            for words in self._settled:
                column.addWidget(_decided(words))
        if refused:
            column.addSpacing(8)
            self._place(_("Belum diterima kantor"), refused)
        if told:
            column.addSpacing(8)
            self._place(_("Sudah diputuskan rekan Anda"), told)
        if not (conflicts or refused or told or self._settled):
            column.addWidget(self._nothing(), 1)
        else:
            column.addStretch(1)
        self._arrange()
        focused = QApplication.focusWidget()
        if focused is not None and self._page.isAncestorOf(focused):  # what stood above it may be gone
            QTimer.singleShot(0, focused, lambda: reveal(focused))

    @staticmethod
    def _card(found: Listed, before: "_Asked | None", make: Callable[[Listed], QWidget]) -> "_Asked":
        """The one that stands there while nothing of it has changed: somebody may be typing in it."""
        return before if before and before.values == found.values else _Asked(found.values, make(found))

    def _make_room(self) -> None:
        """Take everything out; what stays is put back where it belongs and loses neither the keyboard nor its place."""
        stays = {asked.card for asked in self._cards.values()}
        while item := self._column.itemAt(0):
            widget = item.widget()
            if widget is None:
                self._column.takeAt(0)
                continue
            self._column.removeWidget(widget)  # taken out by its place it would keep the height that it has now
            if widget not in stays:
                focused = QApplication.focusWidget()
                if focused is not None and widget.isAncestorOf(focused):
                    focused.clearFocus()  # else the next press of a key would decide what comes after it
                widget.hide()
                widget.deleteLater()

    def _place(self, words: str, some: list[Listed]) -> None:
        self._column.addWidget(_section(words, len(some)))
        for found in some:
            self._column.addWidget(self._cards[found.id].card)

    def _question(self, found: Listed) -> QWidget:
        return Question(self.context, found, self.settle)

    def _refused(self, found: Listed) -> QWidget:
        head, written = _head(self.context, found), _written(self.context, found.values)
        return Refused(self.context, found, head, written, self.settle)

    def _told(self, found: Listed) -> QWidget:
        card = Settled(self.context, found)
        card.read.connect(self._read)
        return card

    def _nothing(self) -> QWidget:
        card = Card()
        empty = EmptyState(
            _("Tidak ada yang perlu diputuskan"),
            _("Bila dua orang menulis hal yang sama secara berbeda, keduanya tampil di sini untuk Anda pilih."),
            self._next()[1],
            icon="check-circle",
            action_icon="arrow-right",
            button=LinkButton,
        )
        empty.acted.connect(lambda: self.context.navigate(self._next()[0]))
        card.add(empty, 1)
        return card

    def _next(self) -> tuple[Place, str]:
        """Where one likely goes on when nothing is asked, and the word for it."""
        if self.context.knows("inbox"):
            return Place("inbox"), _("Ke Masuk")
        return Place("home"), _("Ke Beranda")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange()

    def settle(self, item: Listed, keep: str, told: str, refused: Callable[[Problem], None] | None = None) -> None:
        """Decide, and say it in the place of the question."""

        def done(_none: None) -> None:
            self._settled.append(told)
            self.refresh(frozenset({item.id}))

        self.context.write(lambda store: store.settle(item.id, keep)).then(done, refused, owner=self)

    def _read(self, identifier: str) -> None:
        """It need not be told again on this laptop."""

        def mark(store: Store) -> None:
            with store.transaction():
                store.queries.seen.mark_settlements([identifier])

        self.context.write(mark).then(lambda _none: self.refresh(frozenset({identifier})), owner=self)

    def _arrange(self) -> None:
        """Side by side, or one under the other where the window is narrow."""
        for question in self.findChildren(Question):
            question.across(self.width() >= ROOM_FOR_TWO)


class Question(Card):
    """One field that two people wrote: both values with who wrote them and when, and a third for neither."""

    def __init__(self, context: Context, found: Listed, settle: Settle) -> None:
        super().__init__()
        self._context, self._found, self._settle = context, found, settle
        values = found.values
        declared = REGISTRY.get(str(values["record_entity"]))
        known = declared.fields.get(str(values["field_name"])) if declared else None
        self._existence = values["field_name"] == EXISTENCE
        self.label = _(known.label) if known else str(values["field_name"])
        self._field_of, self._kind = known, known.kind if known else None
        self._rules: list[Rule] = []
        self.add(self._head())
        self.add(Rule())
        self.add(self._sides())

    def _head(self) -> QWidget:
        asked = (
            _("Satu orang menghapus catatan ini, orang lain menambahinya. Mana yang benar?")
            if self._existence
            else _("Dua orang mengubah {label} yang sama. Mana yang benar?").format(label=self.label.lower())
        )
        return _head(self._context, self._found, asked)

    def _sides(self) -> QWidget:
        values = self._found.values
        mine, office = self._shown(values.get("mine_value")), self._shown(values.get("office_value"))
        if self._existence:
            mine, office = _("dihapus"), _("tetap ada")
        marks = differences(mine, office)
        sides = QWidget()
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, sides)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        own = values.get("mine_account") == self._context.person.account
        mine_author, office_author = str(values.get("mine_author", "")), str(values.get("office_author", ""))
        row.addLayout(self._side("laptop", self._who(mine_author, own), "mine", mine, marks[0]), 3)
        self._rule()
        theirs = self._who(office_author, not own and office_author == self._context.name)
        row.addLayout(self._side("building-office", theirs, "office", office, marks[1]), 3)
        if isinstance(self._kind, Text):
            self._rule()
            row.addLayout(self._third(), 2)
        return sides

    def across(self, beside: bool) -> None:
        """The two values side by side, or under each other."""
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        for rule in self._rules:
            rule.setVisible(beside)

    def _rule(self) -> None:
        rule = Rule(upright=True)
        self._rules.append(rule)
        self._row.addWidget(rule)

    @staticmethod
    def _who(name: str, own: bool) -> str:
        return _("{name} (Anda)").format(name=name) if own else name

    def _side(self, icon: str, author: str, keep: str, value: str, spans: Spans) -> QLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Sign(icon, "", size=16))
        told = _("{author} menulis").format(author=author) if author else _("Tercatat di kantor")
        head.addWidget(Words(told, Role.SECOND, "text2", strong=author), 1)
        column.addLayout(head)
        column.addWidget(Differing(value or _("(kosong)"), spans if value else []))
        at = _told(self._context, str(self._found.values.get(f"{keep}_at", "")))
        column.addWidget(Words(at, Role.SECOND, "text2", figures=True))
        short = value if len(value) <= 24 else _("yang ini")
        button = OutlinedButton(_("Pakai {value}").format(value=short or _("kosong")))
        written = _("{label}, ditulis {author}").format(label=self.label, author=author) if author else told
        button.setAccessibleDescription(written)
        told = _("{label}: dipakai {value}").format(label=self.label, value=value or _("kosong"))
        button.clicked.connect(lambda: self._settle(self._found, keep, told))
        held = QHBoxLayout()
        held.setContentsMargins(0, 6, 0, 0)
        held.addWidget(button)
        held.addStretch(1)
        column.addLayout(held)
        column.addStretch(1)
        return column

    def _third(self) -> QLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.text = TextField(self.label, placeholder=self.label)
        self._field = LabeledField(_("Atau tulis yang benar"), self.text)
        self.text.returnPressed.connect(self._use_text)
        use = OutlinedButton(_("Pakai ini"))
        use.clicked.connect(self._use_text)
        column.addWidget(self._field)
        row = QHBoxLayout()
        row.addWidget(use)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return column

    def _use_text(self) -> None:
        """What is neither of the two; `mine` and `office` are words of the settling itself."""
        typed = self.text.text().strip()
        if not typed:
            self._field.refuse(_("Tulis dulu yang benar, atau pilih salah satu di sebelah."))
        elif typed in ("mine", "office"):
            self._field.refuse(_("Kata ini tidak dapat dipakai di sini. Ubahlah di halaman catatannya."))
        else:
            self._settle(self._found, typed, _("{label}: dipakai {value}").format(label=self.label, value=typed))

    def _shown(self, packed: Any) -> str:
        value = msgspec.json.decode(packed) if packed else ""
        if isinstance(self._kind, Picture):
            return _("(gambar)") if value else ""
        return record_words.value(self._context, self._field_of, value) if self._field_of else str(value)


def _head(context: Context, found: Listed, asked: str = "") -> QWidget:
    """What is asked, of what record, and the way to where it stands; a secret record says that it is one."""
    values = found.values
    kind = str(values["record_entity"])
    name, about, visit = _named(context, str(values["record"]), kind)
    if not asked and not about:
        name = name_of(values)
        visit = visit or str(patch_of(values).get("visit", ""))
        about = _place(context, visit)
    second = " · ".join(filter(None, (name, about) if asked else (about,)))
    lines = two_lines(Words(asked or name, Role.LABEL), Words(second, Role.SECOND, "text2"))
    listing = Listing(ruled=False, least=0)
    cells: list[tuple[QWidget, int]] = [(Sign("warning-circle-fill", "", tone="gold"), 0), (lines, 1)]
    if is_secret(values):
        cells.append((Tag(_("Rahasia"), "lock", TagKind.ATTENTION), 0))
    if about and visit and context.knows("visit"):
        way = LinkButton(_("Buka kunjungan"), "arrow-right")
        way.clicked.connect(lambda: context.navigate(Place("visit", visit)))
        cells.append((way, 0))
    listing.add(*cells)
    return listing


def _written(context: Context, values: Values) -> str:
    """Meyke Mamonto (Anda) menulis · Kamis, 3 Juli 2025, 07.42 WITA"""
    who = str(values.get("writer_name", ""))
    if values.get("writer") == context.person.account:
        who = _("{name} (Anda)").format(name=who or context.name)
    told = _("{author} menulis").format(author=who) if who else ""
    return " · ".join(filter(None, (told, _told(context, str(values.get("written_at", ""))))))


def _decided(words: str) -> QWidget:
    line = Card()
    held = Listing(ruled=False, least=28)
    held.add((Sign("check", "", tone="link"), 0), (Words(words, Role.BODY, "text2"), 1))
    line.add(held)
    return line


def _section(words: str, count: int) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Words(words, Role.SECTION, wraps=False))
    row.addWidget(Words(number(count), Role.BODY, "text2", wraps=False, figures=True))
    row.addStretch(1)
    return held


def _told(context: Context, instant: str) -> str:
    at = when.local(instant, context.zone)
    return when.whole(at, context.zone) if at else ""


def _named(context: Context, record: str, entity_name: str) -> tuple[str, str, str]:
    """What a record is called, the place and the id of the visit that it belongs to; its kind alone where it is not
    here."""
    declared = REGISTRY.get(entity_name)
    kind = _(declared.label) if declared else entity_name
    try:
        found = context.queries.get(record)
    except Problem:
        return kind, "", ""
    values = found.values
    name = str(values.get("name") or values.get("text") or values.get("theme") or values.get("programme") or "")
    visit = record if entity_name == "visit" else str(values.get("visit", ""))
    return " ".join(filter(None, (kind, name))), _place(context, visit), visit


def _place(context: Context, visit: str) -> str:
    places = context.queries.overview.visits(ids=[visit]) if visit else []
    return ", ".join(line.place for line in places)
