"""Dokumen: the Daftar Hadir of this visit as a PDF, in the copy and on the paper that one chooses."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QVBoxLayout

from pimpasa_desktop.app import unsettled_words
from pimpasa_desktop.app.blank_sheet import BlankSheet
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.letter_number import LetterNumber
from pimpasa_desktop.app.papers import Papers
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.visiting.part import FIELD_WIDTH, Missing, Shown, VisitPart, page
from pimpasa_desktop.app.visiting.sections import BETWEEN, Sections
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.drop_ground import DropGround
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.notice import Kind, Notice
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.app.widgets.ticks import RadioButton
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.store import Store

Paper = Literal["A4", "F4"]
Variant = Literal["official", "public"]


class Documents(VisitPart):
    key = "documents"

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Dokumen"))
        self.official = RadioButton(_("Untuk arsip kantor: lengkap, dengan tanda tangan"))
        self.public = RadioButton(_("Untuk umum: nomor HP disamarkan, tanpa NIP"))
        self.official.setChecked(True)
        copies = QButtonGroup(self)
        copies.addButton(self.official)
        copies.addButton(self.public)
        self.paper = ChoiceField(_("Kertas"), [("A4", "A4"), ("F4", "F4")], letters=8)
        self.save = OutlinedButton(_("Simpan Daftar Hadir sebagai PDF"), "file-pdf")
        self.save.clicked.connect(self._ask)
        self.notice = Notice(Kind.INFORMATION, "", action=_("Buka foldernya"))
        self.notice.hide()
        self.notice.acted.connect(self._open_folder)
        self.trouble = Notice(Kind.DANGER, "")
        self.trouble.hide()
        self._saved: Path | None = None
        self._unsent = Notice(Kind.ATTENTION, "")
        self._unsent.hide()
        column = page(self)
        column.addWidget(self._unsent)
        column.addWidget(Words(_("Daftar Hadir"), Role.LABEL))
        column.addWidget(self.official)
        column.addWidget(self.public)
        column.addWidget(LabeledField(_("Kertas"), self.paper))
        self.letter_number = LetterNumber(
            context, hint=_("Dari agenda surat kantor; tercetak di atas hari dan tanggal.")
        )
        self.letter_number.setFixedWidth(FIELD_WIDTH)
        column.addWidget(self.letter_number)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.notice)
        column.addWidget(self.trouble)
        self.blank = BlankSheet(context)
        self.paper.currentIndexChanged.connect(lambda _index: self._choose_paper())
        column.addWidget(self.blank)
        self.files = Papers(context)
        self.papers = Sections(context, self.files)
        self.papers.stood.connect(self.stood)
        self.ground = DropGround()
        self.ground.dropped.connect(self.files.add_files)
        inside = QVBoxLayout(self.ground)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.papers)
        column.addSpacing(BETWEEN - column.spacing())
        column.addWidget(self.ground)
        column.addStretch(1)

    def refresh(self, visit: Shown) -> None:
        super().refresh(visit)
        self.papers.refresh(visit)
        self.ground.takes = self.files.may_attach
        lines = self.context.queries.overview.visits(ids=[visit.id]) if visit.id else []
        found = self.context.queries.unsettled([visit.id]).get(visit.id) if lines else None
        told = unsettled_words.sentences(found)
        self._unsent.setVisible(bool(told))
        if told:
            advice = _("Dokumen dibuat dari yang ada di laptop ini. Kirim dulu bila kantor akan membuatnya juga.")
            self._unsent.say(_("Kunjungan ini belum final"), "\n".join([*told, advice]))
        self.letter_number.show_visit(visit.id)
        about = _("Dengan kop, tempat, hari dan jam kunjungan ini; tanpa nama siapa pun.")
        self.blank.show_visit(visit.id, about)

    def told(self) -> tuple[str, State]:
        if self.papers.unfinished:
            return _("Ada yang belum tersimpan"), State.ATTENTION
        if self._saved:
            return _("Tersimpan sebagai PDF"), State.COMPLETE
        count = sum(len(one.records) for one in self.papers.lists)
        if count:
            return plural("Daftar Hadir, {count} dokumen", count).format(count=number(count)), State.PARTLY
        return _("Daftar Hadir"), State.EMPTY

    def missing(self) -> list[Missing]:
        return self.papers.missing(self.wanted.emit)

    def _choose_paper(self) -> None:
        self.blank.paper = "F4" if self.paper.chosen() == "F4" else "A4"

    def arrive(self) -> None:
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.letter_number.save()
        self.papers.leave()

    def _ask(self) -> None:
        line = self.context.queries.overview.visits(ids=[self.visit.id])[0]
        name = f"Daftar Hadir {line.place} {line.starts_at[:10]}.pdf".replace("/", "-")
        path, _kind = QFileDialog.getSaveFileName(self, _("Simpan Daftar Hadir"), name, "PDF (*.pdf)")
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        """Write the list there; the window stays free meanwhile."""
        self.letter_number.save()
        variant: Variant = "public" if self.public.isChecked() else "official"
        paper: Paper = "F4" if self.paper.chosen() == "F4" else "A4"
        visit = self.visit.id

        def write(store: Store) -> None:
            # Some 100 ms to load: only who makes a document pays.
            from pimpasa_desktop.reports.attendance_list import write_attendance_list
            from pimpasa_desktop.reports.attendance_of_visit import attendance_sheet

            # Noted before it is made: a document that nobody noted must not exist.
            store.note("export", "visit", visit)
            write_attendance_list(attendance_sheet(store.queries, visit, variant=variant, paper=paper), path)

        def written(_none: None) -> None:
            self._saved = path
            self.notice.say(_("Daftar Hadir tersimpan."), str(path))
            self.notice.show()
            self.trouble.hide()
            self.stood.emit()

        def refused(problem: Problem) -> None:
            self.trouble.say(_("Daftar Hadir belum tersimpan."), problem.sentence)
            self.trouble.show()
            self.notice.hide()

        self.context.write(write).then(written, refused, owner=self)

    def _open_folder(self) -> None:
        if self._saved:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))
