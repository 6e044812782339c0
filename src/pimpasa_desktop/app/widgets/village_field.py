"""The field in which villages are found and chosen: of all the country, each with everything above it.

It knows no record and no rule: what is found, and what taking it means, is handed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font, line
from pimpasa_desktop.app.widgets.record_field import Choosable, RecordField, Wording
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _

OFFERED_MAX = 8
LINE = 44
KEY, OFFERED = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Offered(Choosable):
    """A village; `id` is "" while it is no record yet. What is not `yours` may be found and not taken."""

    region_code: str = ""
    location: str = ""
    yours: bool = True

    @property
    def above(self) -> str:
        return self.path.removeprefix(self.name).removeprefix(", ")


class Source(Protocol):
    """Where villages come from. `take` calls `done` with the id of a record, or `refused` with a sentence."""

    def named(self, identifier: str, /) -> Offered | None: ...

    def find(self, text: str, /) -> list[Offered]: ...

    def take(self, one: Offered, done: Callable[[str], None], refused: Callable[[str], None], /) -> None: ...

    def nothing(self) -> str: ...


class VillageField(RecordField):
    def __init__(self, name: str, placeholder: str, villages: Source, parent: QWidget | None = None) -> None:
        wording = Wording(found=_("Desa yang cocok"), nothing=villages.nothing(), absent=_("desa di luar tugas Anda"))
        super().__init__(name, placeholder, wording, named=villages.named, parent=parent)
        self._villages = villages
        self._offered: list[Offered] = []
        self.found.setItemDelegate(_Lines(self.found))
        self.told = Words("", Role.TOLD, "gold")
        self.told.hide()
        column = self.layout()
        assert column
        column.addWidget(self.told)

    def offer(self) -> None:
        """Show what fits the text, the first of it marked; what is chosen already is not offered again."""
        self._tell("")
        self.found.clear()
        found = self._villages.find(self.entry.text())
        self._offered = [one for one in found if not one.id or one.id not in self.chosen()]
        for at, one in enumerate(self._offered):
            item = QListWidgetItem(one.path)
            item.setData(KEY, str(at))
            item.setData(OFFERED, one)
            item.setToolTip(one.path)
            self.found.addItem(item)
        if not self._offered:
            self.found.addItem(self._villages.nothing())
            self.found.item(0).setFlags(Qt.ItemFlag.NoItemFlags)
        self.found.setCurrentRow(0)
        self.found.setFixedHeight(self.found.count() * LINE + 10)
        self.found.show()

    def suggest(self, identifier: str) -> None:
        """Offer a village as if its name had been typed: Enter takes it."""
        if one := self._villages.named(identifier):
            self.entry.setText(one.name)
            self.offer()

    def _offer(self) -> None:
        self.offer()

    def _take(self, identifier: str) -> None:
        if identifier.isdigit():
            self.found.hide()
            self._villages.take(self._offered[int(identifier)], self._taken, self._tell)

    def _taken(self, identifier: str) -> None:
        self.entry.clear()
        if identifier not in self.chosen():
            self.show_chosen([*self.chosen(), identifier])
            self.changed.emit()

    def _tell(self, sentence: str) -> None:
        self.told.say(sentence)
        self.told.setFixedHeight(self.told.heightForWidth(self.width()))  # a field at the left is not asked for it
        self.told.setVisible(bool(sentence))


class _Lines(QStyledItemDelegate):
    """The name, and under it everything above it; quiet where one may not take it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return QSize(0, LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette, room = theme.now(), QRectF(option.rect).adjusted(8, 0, -8, 0)
        one = index.data(OFFERED)
        if not isinstance(one, Offered):
            drawing.words(painter, room, str(index.data()), font(Role.SECOND), palette.text2)
            return
        if option.state & QStyle.StateFlag.State_Selected:
            drawing.box(painter, QRectF(option.rect), 4, palette.blue_tint)
        first, second = line(Role.BODY), line(Role.SECOND)
        top = room.top() + (room.height() - first - second) / 2
        ink = palette.text if one.yours else palette.text2
        drawing.words(painter, QRectF(room.left(), top, room.width(), first), one.name, font(Role.LABEL), ink)
        if not one.yours:
            foreign = _("bukan wilayah Anda")
            beside = QRectF(room.left(), top, room.width(), first)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            drawing.words(painter, beside, foreign, font(Role.CAPTION), palette.text2, right)
        under = QRectF(room.left(), top + first, room.width(), second)
        drawing.words(painter, under, one.above, font(Role.SECOND), palette.text2)
