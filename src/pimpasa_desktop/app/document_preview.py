"""The attendance list of a visit as it would be printed: its pages one by one, beside whatever one works on.

The pages are made on the writer's thread, so that a list of a thousand names holds nobody up.
"""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import CaretButton, LinkButton
from pimpasa_desktop.app.widgets.page_view import PageView
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.attendance_list import leaves
from pimpasa_desktop.reports.attendance_of_visit import attendance_sheet
from pimpasa_desktop.reports.page import Leaf
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.store import Store

ROOM_FOR_THE_WORD = 340


class DocumentPreview(QWidget):
    """`more` leads to what else is known of the document, for whoever shows it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._visit = ""
        self.pages: list[Leaf] = []
        self._at = 0
        self.view = PageView(_("Pratinjau Daftar Hadir"))
        self.told = Words("", Role.BODY, "text2", wraps=False, figures=True)
        self.problem = Words("", Role.BODY, "gold")
        self.problem.hide()
        self.before = CaretButton("caret-left", _("Halaman sebelumnya"), outlined=True)
        self.after = CaretButton("caret-right", _("Halaman berikutnya"), outlined=True)
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.more = LinkButton(_("Riwayat"), "clock")
        head = QHBoxLayout()
        head.setSpacing(8)
        self._word = Words(_("Pratinjau"), Role.LABEL, wraps=False)
        head.addWidget(self._word)
        head.addWidget(self.more)
        head.addStretch(1)
        for part in (self.before, self.told, self.after):
            head.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(Sign("lock", "", size=16))
        foot.addWidget(Words(_("Temuan tidak pernah ikut tercetak di sini."), Role.SECOND, "text2"), 10)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.problem)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self._show()

    def show_visit(self, visit: str) -> None:
        """Make its pages anew; the page that one looks at stays when it is the same visit. "" shows nothing."""
        if visit != self._visit:
            self.pages, self._at = [], 0
            self._visit = visit
            self._show()
        if visit:
            self._context.work(lambda store: _pages(store, visit)).then(
                lambda pages: self._take(visit, pages), lambda problem: self._refuse(visit, problem), owner=self
            )

    def _take(self, visit: str, pages: list[Leaf]) -> None:
        if visit == self._visit:  # one may have gone on meanwhile
            self.pages = pages
            self.problem.hide()
            self._turn(0)

    def _refuse(self, visit: str, problem: Problem) -> None:
        if visit == self._visit:
            self.pages = []
            self.problem.say(problem.sentence)
            self.problem.show()
            self._turn(0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._word.setVisible(self.width() >= ROOM_FOR_THE_WORD)

    def _turn(self, step: int) -> None:
        self._at = min(max(self._at + step, 0), max(len(self.pages) - 1, 0))
        self._show()

    def _show(self) -> None:
        count = len(self.pages)
        self.view.show_leaf(self.pages[self._at] if count else None)
        at = number(self._at + 1)
        self.told.say(_("{done} dari {total}").format(done=at, total=number(count)) if count else "")
        self.told.setAccessibleName(_("Halaman {page} dari {count}").format(page=at, count=number(count)))
        for button, more in ((self.before, self._at > 0), (self.after, self._at + 1 < count)):
            button.setVisible(count > 1)
            button.setEnabled(more)


def _pages(store: Store, visit: str) -> list[Leaf]:
    return list(leaves(attendance_sheet(store.queries, visit)))
