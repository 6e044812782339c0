"""Desa: every village with its last visit and what is promised there, found by typing and narrowed by words.

Who may write ticks several: one decree designates them all, one campaign takes place in them.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme, village_words
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.list_screen import ListScreen, Wording
from pimpasa_desktop.app.screen import Context, Place
from pimpasa_desktop.app.village_cards import held
from pimpasa_desktop.app.village_choice import VillageChoice, above, beginning_with
from pimpasa_desktop.app.widgets.button import Button, LinkButton, OutlinedButton, PrimaryButton, Size
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.filters import Filter
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.tick_table import TickTable
from pimpasa_desktop.app.widgets.village_field import VillageField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.policy import makes_villages, writes
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.regions import folded
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.villages import VillageLine

LONG_AGO = 90  # days without a visit that ask for one


class VillagesScreen(ListScreen[VillageLine]):
    def __init__(self, context: Context, place: Place) -> None:
        self._above: dict[str, str] = {}
        self._first = int(writes(context.person, Level.C))  # behind the boxes to tick, where there are
        self.order = (self._first, False)
        words = Wording(
            search=(_("Cari desa"), _("Cari desa, kecamatan, atau kabupaten")),
            counted=(
                lambda count: plural("{count} desa", count),
                lambda count: plural("{shown} dari {all} desa", count),
            ),
            unmatched=_("Tidak ada desa yang cocok"),
            advice=_("Periksa ejaannya, atau lepas pencarian dan saringan untuk melihat semua desa."),
        )
        super().__init__(context, place, words)
        self.adding = Adding(context) if makes_villages(context.person) else None
        self.chosen = Chosen(context, self.table) if isinstance(self.table, TickTable) else None
        keys = [("↑ ↓", _("pilih")), ("Enter", _("buka")), ("Ctrl F", _("cari"))]
        keys += [(_("Spasi"), _("centang"))] if self.chosen else []
        keys += [("Ctrl N", _("tambah desa"))] if self.adding else []
        whole = self.lay_out(_("Desa"), self._actions(), keys, under=self.chosen)
        if self.adding:
            whole.addWidget(self.adding)
            self.adding.opened.connect(lambda: whole.setCurrentIndex(1))
            self.adding.done.connect(lambda: whole.setCurrentIndex(0))
            self.adding.done.connect(self.arrive)

    def make_table(self) -> Table:
        columns = (
            Column(_("Desa"), Show.KEY, sorts=True),
            Column(_("Penetapan"), Show.TAG, 120, least=112),
            Column(_("Kunjungan terakhir"), Show.QUIET, 150, sorts=True, least=140),
            Column(_("Kunjungan"), Show.NUMBER, 100, sorts=True, least=84),
            Column(_("Tindak lanjut"), Show.SIGNED, 148, sorts=True),
        )
        table = (TickTable if self._first else Table)(_("Desa"), columns, two_lines=True)
        table.opened.connect(lambda key: self.context.navigate(Place("village", key)))
        return table

    def lines(self) -> list[VillageLine]:
        lines, regions = self.context.queries.villages.lines(), self.context.regions
        self._above = {
            one.id: above(regions.village(one.region_code)) or str(one.values.get("location", "")) for one in lines
        }
        return lines

    def found(self, text: str) -> Callable[[VillageLine], bool]:
        words = [plain for word in text.replace(",", " ").split() if (plain := folded(word))]

        def has(line: VillageLine) -> bool:
            whole = folded(f"{line.name} {self._above[line.id]} {line.region_code}") if words else ""
            return all(word in whole for word in words)

        return has

    def row(self, line: VillageLine) -> Row:
        cells = (
            Cell(line.name, second=self._above[line.id]),
            village_words.designation(line.designation),
            village_words.last_visit(self.context, line.last_visit),
            Cell(number(line.visits) if line.visits else ""),
            village_words.due(self.context, line.due_on),
        )
        return Row(line.id, cells)

    def orders(self) -> dict[int, Callable[[VillageLine], str | int]]:
        return {self._first + column: key for column, key in _ORDERS.items()}

    def nothing(self) -> EmptyState:
        if self.adding:
            told = _("Tambahkan desa yang dibina kantor Anda: ketik namanya, lalu pilih dari daftar.")
            empty = EmptyState(_("Belum ada desa"), told, _("Tambah desa"), action_icon="plus")
            empty.acted.connect(self.adding.open)
        else:
            told = _("Desa yang ditugaskan kantor kepada Anda tampil di sini sesudah pertukaran data.")
            empty = EmptyState(_("Belum ada desa"), told, _("Periksa lagi"), action_icon="arrows-clockwise")
            empty.acted.connect(self.context.send_now)
        return empty

    def offered(self) -> dict[str, list[Filter]]:
        """What one may filter by, from what there is."""
        long_ago = _("Belum dikunjungi {days} hari").format(days=LONG_AGO)
        states = sorted({one.designation for one in self._lines if one.designation})
        grown = sorted({str(one.values["maturity"]) for one in self._lines if one.values.get("maturity")})
        campaigns = {one.id: one.name for line in self._lines for one in line.campaigns}
        regencies = {code: self._regency(code) for code in {one.region_code[:5] for one in self._lines} if code}
        offered = {
            _("Kunjungan"): [
                Filter("visited", long_ago, self._long_ago),
                Filter("visited", _("Belum pernah dikunjungi"), lambda line: not line.visits),
            ],
            _("Tindak lanjut"): [
                Filter("due", _("Ada yang lewat batas"), self._late),
                Filter("due", _("Ada yang belum selesai"), lambda line: bool(line.due_on)),
            ],
            _("Penetapan"): [
                *(Filter("designated", village_words.designation(code).words, _is(code)) for code in states),
                Filter("designated", _("Belum ditetapkan"), _is("")),
            ],
            _("Relawan"): [
                Filter("volunteers", _("Punya relawan"), lambda line: line.groups > 0),
                Filter("volunteers", _("Belum punya relawan"), lambda line: not line.groups),
            ],
            _("Pembinaan"): [Filter("grown", village_words.maturity(code), _grown(code)) for code in grown],
            _("Rangkaian kegiatan"): [Filter("campaign", name, _part_of(one)) for one, name in campaigns.items()],
            _("Kabupaten atau kota"): [
                Filter("regency", name, _within(code)) for code, name in sorted(regencies.items(), key=lambda kv: kv[1])
            ],
        }
        return {title: filters for title, filters in offered.items() if filters}

    def _long_ago(self, line: VillageLine) -> bool:
        days = village_words.days_since(self.context, line.last_visit)
        return days is None or days >= LONG_AGO

    def _late(self, line: VillageLine) -> bool:
        return bool(line.due_on) and line.due_on < self.context.now().date().isoformat()

    def _regency(self, code: str) -> str:
        line = next(one for one in self._lines if one.region_code.startswith(code))
        region = self.context.regions.village(line.region_code)
        return region.regency if region else code

    def _actions(self) -> tuple[Button, ...]:
        actions: list[Button] = []
        for key, word, icon in (
            ("designations", _("Penetapan"), "seal-check"),
            ("campaigns", _("Rangkaian kegiatan"), "list-checks"),
        ):
            way = OutlinedButton(word, icon)
            way.clicked.connect(lambda _checked=False, key=key: self.context.navigate(Place(key)))
            actions.append(way)
        if self.adding:
            add = PrimaryButton(_("Tambah desa"), "plus")
            add.clicked.connect(self.adding.open)
            QShortcut(QKeySequence.StandardKey.New, self).activated.connect(self.adding.open)
            actions.append(add)
        return tuple(actions)


class Chosen(QWidget):
    """What can be done with the villages that are ticked; there only while some are."""

    def __init__(self, context: Context, table: TickTable) -> None:
        super().__init__()
        self._table = table
        self._words = Words("", Role.LABEL, wraps=False)
        self.designate = OutlinedButton(_("Tetapkan"), "seal-check", size=Size.DETAIL)
        self.designate.clicked.connect(lambda: context.navigate(Place("designation", self._wanted())))
        self.campaign = OutlinedButton(_("Buat rangkaian"), "list-checks", size=Size.DETAIL)
        self.campaign.clicked.connect(lambda: context.navigate(Place("campaign", self._wanted())))
        drop = LinkButton(_("Lepas semua"))
        drop.clicked.connect(lambda: table.tick(set(table.on), False))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self.designate)
        row.addWidget(self.campaign)
        row.addWidget(drop)
        row.addStretch(1)
        table.ticked.connect(self._stand)
        self._stand()

    def _wanted(self) -> str:
        return beginning_with(self._table.on)

    def _stand(self) -> None:
        count = number(len(self._table.on))
        self._words.say(_("{count} desa dipilih").format(count=count), count)
        self.setVisible(bool(self._table.on))


class Adding(QWidget):
    """In the place of the list: the field that makes villages of the country the office's own, several in a row."""

    opened = Signal()
    done = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        ready = OutlinedButton(_("Selesai"), keys="Esc")
        ready.clicked.connect(self.done)
        label = _("Desa yang ditambahkan")
        hint = _("Desa tersimpan begitu dipilih. Beberapa desa dapat dipilih berturut-turut.")
        self.field = VillageField(
            label, _("Ketik nama desa, kecamatan, atau kabupaten"), VillageChoice(context, self, own=False)
        )
        self.field.setFixedWidth(560)
        card = Card(_("Tambah desa"))
        card.add(LabeledField(label, self.field, hint=hint))
        card.add(held(ready))
        card.fill()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 12)
        column.addWidget(card)

    def open(self) -> None:
        self.field.show_chosen([])
        self.opened.emit()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)


_ORDERS: dict[int, Callable[[VillageLine], str | int]] = {
    0: lambda line: line.name.casefold(),
    2: lambda line: line.last_visit,
    3: lambda line: line.visits,
    4: lambda line: line.due_on or "9999",
}


def _is(code: str) -> Callable[[VillageLine], bool]:
    return lambda line: line.designation == code


def _grown(code: str) -> Callable[[VillageLine], bool]:
    return lambda line: line.values.get("maturity") == code


def _part_of(campaign: str) -> Callable[[VillageLine], bool]:
    return lambda line: any(one.id == campaign for one in line.campaigns)


def _within(code: str) -> Callable[[VillageLine], bool]:
    return lambda line: line.region_code.startswith(code)
