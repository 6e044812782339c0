"""A Daftar Hadir of empty rows as a PDF, to be filled in by hand: for a visit, or on the office's letterhead alone."""

from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.letterhead_form import office_of
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store

ROWS = (20, 40, 60, 100, 150)


class BlankSheet(QWidget):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._visit = ""
        self.paper: Literal["A4", "F4"] = "A4"
        self.about = Words("", Role.SECOND, "text2")
        self.rows = ChoiceField(
            _("Jumlah baris"), [(str(rows), _("{count} baris").format(count=rows)) for rows in ROWS], letters=8
        )
        self.save = OutlinedButton(_("Simpan lembar"))
        self.save.clicked.connect(self._ask)
        self.told = Words("", Role.SECOND, "text2")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.rows)
        row.addWidget(self.save)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Words(_("Lembar kosong untuk diisi tangan"), Role.LABEL))
        column.addWidget(self.about)
        column.addLayout(row)
        column.addWidget(self.told)
        self.told.hide()

    def show_visit(self, visit: str, about: str) -> None:
        """`visit`: "" for the office's letterhead alone. `about`: in words what will stand on the sheet."""
        if visit != self._visit:
            self._say("")
        self._visit = visit
        self.about.say(about)

    def _ask(self) -> None:
        lines = self._context.queries.overview.visits(ids=[self._visit]) if self._visit else []
        of = f" {lines[0].place} {lines[0].starts_at[:10]}" if lines else ""
        name = f"Daftar Hadir kosong{of}.pdf".replace("/", "-")
        path, _kind = QFileDialog.getSaveFileName(self, _("Simpan lembar kosong"), name, "PDF (*.pdf)")
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        """Write it there; the window stays free meanwhile."""
        visit, paper, rows = self._visit, self.paper, int(self.rows.chosen())
        office = office_of(self._context)

        def write(store: Store) -> None:
            # Some 100 ms to load: only who makes a document pays.
            from pimpasa_desktop.reports.attendance_of_visit import attendance_sheet, office_sheet
            from pimpasa_desktop.reports.blank_list import write_blank_list

            of_visit = attendance_sheet(store.queries, visit, paper=paper) if visit else None
            write_blank_list(of_visit or office_sheet(store.queries, office, paper=paper), rows, path)

        def refused(problem: Problem) -> None:
            self._say(problem.sentence, wrong=True)

        self._context.work(write).then(
            lambda _none: self._say(_("Tersimpan: {path}").format(path=path)), refused, owner=self
        )

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.told.colour("red" if wrong else "text2")
        self.told.say(sentence)
        self.told.setVisible(bool(sentence))
