"""Temuan: the findings of this person's work, for those who may see them. No other screen shows or counts them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from pimpasa_desktop.app import risk_words, theme
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.widgets.banner import Banner
from pimpasa_desktop.app.widgets.button import PrimaryButton
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.notice import Kind as NoticeKind
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.table_or_empty import TableOrEmpty
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.domain.risk import RISK_KINDS, assess
from pimpasa_desktop.domain.risk_report import STATUS
from pimpasa_desktop.i18n import _
from pimpasa_desktop.store.queries import Listed


class FindingsScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self.table = Table(
            _("Temuan"),
            (
                Column(_("Tingkat"), Show.TAG, 148, least=132),
                Column(_("Jenis"), Show.KEY),
                Column(_("Desa"), width=160, least=120),
                Column(_("Negara tujuan"), Show.QUIET, 148, least=112),
                Column(_("Keadaan"), Show.QUIET, 132, least=104),
                Column(_("Batas"), Show.SIGNED, 256),
            ),
        )
        self.table.opened.connect(lambda key: context.navigate(Place("finding", key)))
        empty = EmptyState(
            _("Belum ada temuan"),
            _("Catat apa yang Anda lihat atau dengar sendiri. Hanya Anda dan Seksi Inteldakim yang dapat membukanya."),
            icon="binoculars",
        )
        self._body = TableOrEmpty(self.table, empty)
        self.new = PrimaryButton(_("Catat temuan"), "note-pencil")
        self.new.clicked.connect(lambda: context.navigate(Place("finding")))
        QShortcut(QKeySequence.StandardKey.New, self).activated.connect(self.new.click)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 16)
        inner.addWidget(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(secret())
        column.addWidget(PageHeader(_("Temuan"), actions=(self.new,)))
        column.addLayout(inner, 1)

    def refresh(self, ids: frozenset[str]) -> None:
        villages = {key: one.name for key, one in self.context.queries.overview.villages().items()}
        found = list(self.context.queries.every(REGISTRY["risk_report"]))
        self._body.show_rows([_row(one, villages) for one in reversed(found)])

    def arrive(self) -> None:
        (self.table if self.table.rows.rowCount() else self.new).setFocus(Qt.FocusReason.OtherFocusReason)


def secret() -> Banner:
    """The rule of these screens, over the whole page."""
    return Banner(
        NoticeKind.ATTENTION,
        "lock-fill",
        _("Rahasia."),
        _("Hanya Anda dan Seksi Inteldakim yang dapat membuka. Tidak ikut tercetak dan tidak tampil di Beranda."),
    )


def _row(one: Listed, villages: dict[str, str]) -> Row:
    values = one.values
    verdict = assess(values.get("indicators", ()), values.get("level_raised_to", ""))
    kind, state = str(values.get("kind", "")), str(values.get("status", ""))
    due = Cell(risk_words.deadline(verdict), icon="warning-octagon-fill", tone="red") if verdict.red_flag else Cell()
    return Row(
        one.id,
        (
            risk_words.level(verdict.level),
            Cell(_(RISK_KINDS[kind]) if kind in RISK_KINDS else kind),
            Cell(villages.get(str(values.get("village", "")), "")),
            Cell(str(values.get("destination_country", ""))),
            Cell(_status(state)),
            due,
        ),
    )


def _status(code: str) -> str:
    word = _(STATUS[code]) if code in STATUS else code
    return word[:1].upper() + word[1:]
