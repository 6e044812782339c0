"""The message over a list while the office cannot be reached: what happened, that the work is safe, what to do."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pimpasa_desktop.app.notices import Standing
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.notice import Kind, Notice
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number


class OfficeNotice(QWidget):
    """Takes no room while all is well. Put away, it stays away until the trouble is over or another one comes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._away = ""
        self._told = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        context.notices.stood.connect(self._stand)
        self._stand(context.notices.standing)

    def _stand(self, standing: Standing) -> None:
        if standing.progress is not None:
            return  # it is being tried again; only the outcome changes what is told
        if standing.problem != self._away:
            self._away = ""
        told = _sentences(standing) if not self._away else ("", "")
        if (".".join(told)) == self._told:
            return
        self._told = ".".join(told)
        for before in self.findChildren(Notice):
            before.deleteLater()
        if told[0]:
            again = _("Kirim sekarang") if standing.stopped else _("Coba lagi")
            notice = Notice(Kind.ATTENTION, *told, action=again, icon="cloud-slash", can_dismiss=True)
            notice.acted.connect(self._context.send_now)
            notice.dismissed.connect(lambda: self._put_away(standing.problem))
            self._column.addWidget(notice)
        self.setVisible(bool(told[0]))

    def _put_away(self, problem: str) -> None:
        self._away = problem
        self._stand(self._context.notices.standing)


def _sentences(standing: Standing) -> tuple[str, str]:
    """The first sentence as the title; what follows says how many records are safe here."""
    if not standing.problem:
        return "", ""
    title, _point, rest = standing.problem.partition(". ")
    counted = plural("{count} catatan", standing.waiting).format(count=number(standing.waiting))
    rest = rest.replace(_("Catatan Anda"), counted) if standing.waiting else rest
    return title.rstrip("."), rest
