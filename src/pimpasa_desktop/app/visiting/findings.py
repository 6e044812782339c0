"""Temuan: the way to what is secret. This page can be seen over a shoulder: it shows no finding, no count, no gap."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context, Place
from pimpasa_desktop.app.visiting.part import VisitPart, page
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _

OF_VISIT = "visit:"  # a finding that is not there yet, of this visit


class Findings(VisitPart):
    key = "findings"

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Temuan"))
        self.new = OutlinedButton(_("Catat temuan"), "note-pencil")
        self.new.clicked.connect(lambda: context.navigate(Place("finding", OF_VISIT + self.visit.id)))
        self.all = OutlinedButton(_("Buka layar Temuan"), "binoculars")
        self.all.clicked.connect(lambda: context.navigate(Place("findings")))
        column = page(self)
        column.addWidget(
            Words(
                _("Temuan ditulis di layar tersendiri yang hanya Anda dan Seksi Inteldakim dapat membuka."),
                Role.BODY,
                "text2",
            )
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.new)
        row.addWidget(self.all)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def told(self) -> tuple[str, State]:
        return _("Di layar tersendiri"), State.EMPTY

    def arrive(self) -> None:
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)
