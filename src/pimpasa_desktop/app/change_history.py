"""Who changed what of a visit, and when, as this laptop knows it: every change made here, and who wrote it first."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.listing import Listing, two_lines
from pimpasa_desktop.app.widgets.scrolling import scrolling
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.changes import Change


class ChangeHistory(QWidget):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._area = scrolling()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.back = LinkButton(_("Pratinjau"), "file-pdf")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Words(_("Riwayat"), Role.LABEL, wraps=False))
        head.addWidget(self.back)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._area, 1)

    def show_visit(self, visit: str) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        listing = Listing()
        for first, second in self.told(visit) if visit else ():
            line: QWidget = Words(first, Role.BODY)
            if second:
                line = two_lines(line, Words(second, Role.SECOND, "text2", figures=True), around=4)
            listing.add((line, 1))
        column.addWidget(listing)
        column.addWidget(Words(_("Perubahan orang lain tercatat di laptopnya masing-masing."), Role.SECOND, "text2"))
        column.addStretch(1)
        self._area.setWidget(page)

    def told(self, visit: str) -> list[tuple[str, str]]:
        """What was done and when, the newest first; last who wrote the visit down."""
        lines = [(self._sentence(change), self._when(change)) for change in self._context.queries.changes(visit)]
        author = self._name(self._context.queries.get(visit).author)
        return [*lines, (_("Ditulis {author}").format(author=author), "")]

    def _sentence(self, change: Change) -> str:
        who, what = self._name(change.account), self._what(change)
        declared = REGISTRY.get(change.entity)
        labels = [_(declared.fields[name].label) for name in change.fields if declared and name in declared.fields]
        sentences = {
            "put": _("{who} menulis {fields} pada {what}"),
            "delete": _("{who} menghapus {what}"),
            "restore": _("{who} mengembalikan {what}"),
            "export": _("{who} membuat dokumen dari {what}"),
        }
        sentence = sentences.get(change.action, "{who}: {what}")
        return sentence.format(who=who, what=what, fields=", ".join(labels))

    def _name(self, account: str) -> str:
        if account == self._context.person.account:
            return _("Anda")
        try:
            return str(self._context.queries.get(account).values.get("name", "")) or _("orang lain")
        except Problem:
            return _("orang lain")

    def _what(self, change: Change) -> str:
        kind = _(REGISTRY[change.entity].label).lower() if change.entity in REGISTRY else change.entity
        try:
            name = self._context.queries.get(change.record, deleted=True).values.get("name", "")
        except Problem:
            name = ""
        return f"{kind} {name}".rstrip()

    def _when(self, change: Change) -> str:
        at = when.local(datetime.fromtimestamp(change.at, UTC).isoformat(), self._context.zone)
        told = when.told(at, self._context.now()) if at else ""
        return f"{told[:1].upper()}{told[1:]} {self._context.zone.name}" if at else ""
