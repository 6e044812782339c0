"""Foto: what was seen there. Photos of a finding are not among them; they are on the finding's own page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from pimpasa_desktop.app.photo_grid import PhotoGrid
from pimpasa_desktop.app.photo_ways import PhotoWays
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.visiting.part import Shown, VisitPart, page
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number


class Photos(VisitPart):
    key = "photos"

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Foto"))
        self._empty = EmptyState(
            _("Belum ada foto"),
            _("Seret foto dari kamera atau HP ke sini. Lokasi dan data kamera dihapus dari salinan yang disimpan."),
            _("Pilih foto"),
            icon="image",
            action_icon="plus",
            button=OutlinedButton,
        )
        self.grid = PhotoGrid(context, "visit", self._empty)
        self.ways = PhotoWays(self.grid, offering=self._empty)
        self.grid.stood.connect(self.stood)
        self._empty.acted.connect(self.grid.choose)
        beside = QHBoxLayout()
        beside.addWidget(self.ways)
        page(self, beside=beside).addWidget(self.grid, 1)

    def refresh(self, visit: Shown) -> None:
        super().refresh(visit)
        days = (str(visit.values.get(name) or "") for name in ("starts_at", "ends_at"))
        self.grid.refresh(visit.id, *days, may=visit.open)

    def told(self) -> tuple[str, State]:
        count, unsent = len(self.grid.photos), self.grid.unsent
        if not count:
            return _("Belum ada"), State.EMPTY
        told = plural("{count} foto", count).format(count=number(count))
        if not unsent:
            return told, State.COMPLETE
        return _("{photos}, {count} belum terkirim").format(photos=told, count=number(unsent)), State.COMPLETE

    def arrive(self) -> None:
        first = next(iter(self.grid.cards.values()), None)
        button = self._empty.button if not self._empty.isHidden() else self.ways.choose
        (first.picture if first else button).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.grid.leave()
