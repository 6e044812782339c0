"""Perlu keputusan Anda: where two people wrote the same field, and what the office has not taken. Settled in place.

Nothing is lost here: the value that is set aside stays until somebody decides, and everything else goes on.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme, when
from pimpasa_desktop.app.differing import Differing, Spans, differences
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.listing import Listing, two_lines
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.scrolling import scrolling
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import REGISTRY, entity
from pimpasa_desktop.domain.kinds import Choice, Picture, Text
from pimpasa_desktop.domain.policy import sentence
from pimpasa_desktop.domain.tray import EXISTENCE, open_tray
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.queries import Listed


class TraysScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self._settled: list[tuple[str, str]] = []
        header = PageHeader(
            _("Perlu keputusan Anda"),
            second=_("Tidak ada yang hilang. Semua tulisan masih tersimpan, dan kiriman lain tetap berjalan."),
            back=_("Sinkronisasi"),
        )
        header.back_asked.connect(context.back)
        self._page = scrolling()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self._page, 1)

    def refresh(self, ids: frozenset[str]) -> None:
        queries = self.context.queries
        conflicts = [found for found in queries.every(entity("conflict")) if open_tray(found.values)]
        refused = [found for found in queries.every(entity("rejected")) if open_tray(found.values)]
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 20)
        column.setSpacing(12)
        if conflicts or self._settled:
            column.addWidget(_section(_("Berbeda dengan kantor"), len(conflicts)))
            column.addWidget(self._conflicts(conflicts))
        if refused:
            column.addSpacing(8)
            column.addWidget(_section(_("Belum diterima kantor"), len(refused)))
            column.addWidget(self._refused(refused))
        if not (conflicts or refused or self._settled):
            card = Card()
            empty = EmptyState(
                _("Tidak ada yang perlu diputuskan"),
                _("Bila dua orang menulis hal yang sama secara berbeda, keduanya tampil di sini untuk Anda pilih."),
                icon="check-circle",
            )
            card.add(empty, 1)
            column.addWidget(card, 1)
        else:
            column.addStretch(1)
        self._page.setWidget(page)

    def settle(self, item: Listed, keep: str, told: str) -> None:
        """Decide, and say it in the place of the question."""

        def done(_none: None) -> None:
            self._settled.append((item.id, told))
            self.refresh(frozenset({item.id}))

        self.context.write(lambda store: store.settle(item.id, keep)).then(done, owner=self)

    # -- two people, one field

    def _conflicts(self, conflicts: list[Listed]) -> QWidget:
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for found in conflicts:
            column.addWidget(Question(self.context, found, self.settle))
        for _id, told in self._settled:
            line = Card()
            held = Listing(ruled=False, least=28)
            held.add((Sign("check", "", tone="link"), 0), (Words(told, Role.BODY, "text2"), 1))
            line.add(held)
            column.addWidget(line)
        return card

    # -- what the office has not taken

    def _refused(self, refused: list[Listed]) -> QWidget:
        card = Card()
        listing = Listing(least=theme.ROW_OF_TWO)
        for found in refused:
            values = found.values
            name, about = _named(self.context, str(values["record"]), str(values["record_entity"]))
            what = two_lines(Words(name, Role.LABEL, wraps=False), Words(about, Role.SECOND, "text2", wraps=False))
            why = Words(sentence(str(values["reason"])), Role.BODY)
            again, leave = OutlinedButton(_("Kirim ulang"), "arrows-clockwise"), LinkButton(_("Biarkan"))
            again.clicked.connect(
                lambda _checked=False, found=found, name=name: self.settle(
                    found, "mine", _("{name}: dikirim ulang").format(name=name)
                )
            )
            leave.clicked.connect(
                lambda _checked=False, found=found, name=name: self.settle(
                    found, "office", _("{name}: dibiarkan seperti di kantor").format(name=name)
                )
            )
            at = _told(self.context, str(values.get("written_at", "")))
            written = Words(at, Role.SECOND, "text2", wraps=False, figures=True)
            listing.add((what, 3), (why, 5), (written, 0), (leave, 0), (again, 0))
        card.add(listing)
        return card


class Question(Card):
    """One field that two people wrote: both values with who wrote them and when, and a third for neither."""

    def __init__(self, context: Context, found: Listed, settle: Callable[[Listed, str, str], None]) -> None:
        super().__init__()
        self._context, self._found, self._settle = context, found, settle
        values = found.values
        declared = REGISTRY.get(str(values["record_entity"]))
        known = declared.fields.get(str(values["field_name"])) if declared else None
        self._existence = values["field_name"] == EXISTENCE
        self.label = _(known.label) if known else str(values["field_name"])
        self._kind = known.kind if known else None
        self.add(self._head())
        self.add(Rule())
        self.add(self._sides())

    def _head(self) -> QWidget:
        asked = (
            _("Satu orang menghapus catatan ini, orang lain menambahinya. Mana yang benar?")
            if self._existence
            else _("Dua orang mengubah {label} yang sama. Mana yang benar?").format(label=self.label.lower())
        )
        values = self._found.values
        name, about = _named(self._context, str(values["record"]), str(values["record_entity"]))
        second = " · ".join(filter(None, (name, about)))
        listing = Listing(ruled=False, least=0)
        listing.add(
            (Sign("warning-circle-fill", "", tone="gold"), 0),
            (two_lines(Words(asked, Role.LABEL), Words(second, Role.SECOND, "text2")), 1),
        )
        return listing

    def _sides(self) -> QWidget:
        values = self._found.values
        mine, office = self._shown(values.get("mine_value")), self._shown(values.get("office_value"))
        if self._existence:
            mine, office = _("dihapus"), _("tetap ada")
        marks = differences(mine, office)
        sides = QWidget()
        row = QHBoxLayout(sides)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        own = values.get("mine_account") == self._context.person.account
        author = _("Anda") if own else str(values.get("mine_author", ""))
        row.addLayout(self._side("laptop", author, "mine", mine, marks[0]), 3)
        row.addWidget(Rule(upright=True))
        row.addLayout(
            self._side("building-office", str(values.get("office_author", "")), "office", office, marks[1]), 3
        )
        if isinstance(self._kind, Text):
            row.addWidget(Rule(upright=True))
            row.addLayout(self._third(), 2)
        return sides

    def _side(self, icon: str, author: str, keep: str, value: str, spans: Spans) -> QLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Sign(icon, "", size=16))
        head.addWidget(Words(_("{author} menulis").format(author=author), Role.SECOND, "text2", strong=author), 1)
        column.addLayout(head)
        column.addWidget(Differing(value or _("(kosong)"), spans if value else []))
        at = _told(self._context, str(self._found.values.get(f"{keep}_at", "")))
        column.addWidget(Words(at, Role.SECOND, "text2", figures=True))
        short = value if len(value) <= 24 else _("yang ini")
        button = OutlinedButton(_("Pakai {value}").format(value=short or _("kosong")))
        button.setAccessibleDescription(_("{label}, ditulis {author}").format(label=self.label, author=author))
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
        if isinstance(value, list):
            return ", ".join(map(str, value))
        if isinstance(self._kind, Picture):
            return _("(gambar)") if value else ""
        if isinstance(self._kind, Choice):
            return _(self._kind.options[value]) if value in self._kind.options else str(value)
        return number(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


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
    return f"{when.long_day(at.date())}, {when.hour(at)} {context.zone.name}" if at else ""


def _named(context: Context, record: str, entity_name: str) -> tuple[str, str]:
    """What a record is called, and the visit that it belongs to; its kind alone where it is not here."""
    declared = REGISTRY.get(entity_name)
    kind = _(declared.label) if declared else entity_name
    try:
        found = context.queries.get(record)
    except Problem:
        return kind, ""
    values = found.values
    name = str(values.get("name") or values.get("text") or values.get("theme") or values.get("programme") or "")
    visit = record if entity_name == "visit" else str(values.get("visit", ""))
    places = [line.place for line in context.queries.overview.visits(ids=[visit])] if visit else []
    return " ".join(filter(None, (kind, name))), ", ".join(places)
