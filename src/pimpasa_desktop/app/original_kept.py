"""Under a large photo, or a document whose page was photographed: that its original is kept on this laptop, how one
gets a copy of it, and how it goes for good.

A copy lies in the clear wherever the person puts it, so a sentence says so first. What goes for good is asked once.
"""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.notice import Kind, Notice
from pimpasa_desktop.app.widgets.scrolling import reveal
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.files import write_file
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import file_size
from pimpasa_desktop.store.erase import erase_original
from pimpasa_desktop.store.store import Store


class OriginalKept(QWidget):
    """`erased` once the original is gone."""

    erased = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._record = self._sha256 = ""
        self._kept = False
        self._told = Words("", Role.BODY, "text2", figures=True)
        self.save = LinkButton(_("Simpan salinan foto asli …"), "file-arrow-down")
        self.erase = LinkButton(_("Hapus foto asli"), "trash")
        self.copying = Notice(
            Kind.ATTENTION,
            _("Salinan ini tidak terenkripsi"),
            _("Siapa pun yang membukanya dapat membaca tempat dan waktu pengambilan. Simpan di tempat yang aman."),
            action=_("Pilih tempat"),
            can_dismiss=True,
        )
        self.save.clicked.connect(lambda: self._tell(self.copying))
        self.copying.dismissed.connect(lambda: self._put_away(self.save))
        self.copying.acted.connect(self._ask)
        self.erasing = Notice(
            Kind.ATTENTION,
            _("Hapus foto asli dari laptop ini?"),
            _("Foto asli tidak dapat dikembalikan. Foto yang diperkecil tetap ada."),
            action=_("Hapus foto asli"),
            can_dismiss=True,
        )
        self.erase.clicked.connect(lambda: self._tell(self.erasing))
        self.erasing.dismissed.connect(lambda: self._put_away(self.erase))
        self.erasing.acted.connect(self._erase)
        self.done = Notice(Kind.INFORMATION, "", can_dismiss=True)
        self.trouble = Notice(Kind.DANGER, "", can_dismiss=True)
        for told in (self.done, self.trouble):
            told.dismissed.connect(lambda: self._tell(None))
        self._lay_out()

    def show_of(self, record: str, sha256: str, size: int) -> None:
        """Tell of the original of this photo or document, whose file has that hash; nothing where none is kept
        (`size` 0)."""
        if record != self._record:
            self._tell(None)
        self._record, self._sha256 = record, sha256
        self._kept = size > 0
        self._show_line()
        self._told.say(_("Foto asli tersimpan di laptop ini, {size}.").format(size=file_size(size)))

    @property
    def _asking(self) -> bool:
        return not (self.copying.isHidden() and self.erasing.isHidden())

    def _tell(self, which: Notice | None) -> None:
        """One sentence at a time; a question stands in the place of the line, and the keys lead to what it asks."""
        for notice in (self.copying, self.erasing, self.done, self.trouble):
            notice.setVisible(notice is which)
        self._show_line()
        next_ = which.button if which and which.button else self.save if which else None
        if next_ and next_.isVisible():
            next_.setFocus(Qt.FocusReason.OtherFocusReason)
        if which:
            QTimer.singleShot(0, which, lambda: reveal(which))  # once it has its size

    def _show_line(self) -> None:
        """And no room is taken where there is nothing to tell."""
        self._line.setVisible(self._kept and not self._asking)
        self.setVisible(self._kept or self._asking or not (self.done.isHidden() and self.trouble.isHidden()))

    def _put_away(self, asked: LinkButton) -> None:
        """Not now: back to what asked."""
        self._tell(None)
        asked.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and self._asking:
            self._put_away(self.erase if self.copying.isHidden() else self.save)
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        kept = self._context.queries.originals.of(self._sha256)
        name = Path(kept.name).name if kept else ""
        path, _kind = QFileDialog.getSaveFileName(self, _("Simpan salinan foto asli"), name)
        if path:
            self.copy_to(Path(path))

    def copy_to(self, path: Path) -> None:
        """Write a copy there, in the clear; the window stays free meanwhile."""
        record, sha256 = self._record, self._sha256

        def write(store: Store) -> None:
            content, of = store.originals.content(sha256), store.queries.get(record).entity
            store.note("export_original", of, record)  # before it is made: a copy that nobody noted must not exist
            write_file(path, content)

        def written(_none: None) -> None:
            self.done.say(_("Salinan foto asli tersimpan, tidak terenkripsi."), str(path))
            self._tell(self.done)

        self._context.write(write).then(written, self._failed, owner=self)

    def _erase(self) -> None:
        record = self._record

        def gone(_none: None) -> None:
            self.done.say(_("Foto asli dihapus dari laptop ini."))
            self._tell(self.done)
            self.erased.emit()

        self._context.write(lambda store: erase_original(store, record)).then(gone, self._failed, owner=self)

    def _failed(self, problem: Problem) -> None:
        self.trouble.say(problem.sentence)
        self._tell(self.trouble)

    def _lay_out(self) -> None:
        self._line = QWidget()
        told, ways = QHBoxLayout(), QHBoxLayout()
        told.setContentsMargins(theme.LINK_PAD, 0, 0, 0)  # in line with the links under it
        told.setSpacing(8)
        told.addWidget(Sign("lock", "", size=16, tone="text2"), 0, Qt.AlignmentFlag.AlignVCenter)
        told.addWidget(self._told, 1)
        for widget in (self.save, self.erase):
            ways.addWidget(widget)
        ways.addStretch(1)
        line = QVBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addLayout(told)
        line.addLayout(ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._line, self.copying, self.erasing, self.done, self.trouble):
            column.addWidget(part)
        self._tell(None)
