"""Where a passphrase is typed, and where a new one is chosen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.i18n import _
from pimpasa_desktop.store.keys import PASSPHRASE_LENGTH_MIN


class ChosenPassphrase(QWidget):
    """A new passphrase, typed twice."""

    def __init__(self) -> None:
        super().__init__()
        self.first = Passphrase(
            _("Kata sandi baru"),
            hint=_("Paling sedikit {count} huruf, misalnya lima kata acak. Hanya Anda yang mengetahuinya.").format(
                count=PASSPHRASE_LENGTH_MIN
            ),
        )
        self.second = Passphrase(_("Tulis sekali lagi"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.first)
        column.addWidget(self.second)

    def taken(self) -> str:
        """What was chosen; "" where it does not do, which is then told."""
        one, other = self.first.field.text(), self.second.field.text()
        self.first.accept()
        self.second.accept()
        if len(one) < PASSPHRASE_LENGTH_MIN:
            self.first.refuse(
                _("Kata sandi terlalu pendek. Pakai paling sedikit {count} huruf, misalnya lima kata acak.").format(
                    count=PASSPHRASE_LENGTH_MIN
                )
            )
            return ""
        if one != other:
            self.second.refuse(_("Kedua kata sandi tidak sama. Tulis sekali lagi."))
            return ""
        return one

    def clear(self) -> None:
        self.first.field.clear()
        self.second.field.clear()


class Passphrase(QWidget):
    """A field whose letters are hidden until one asks to see them."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__()
        self.field = TextField(label, room="unlock")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(256)
        self._labelled = LabeledField(label, self.field, hint=hint)
        self._see = LinkButton(_("Tampilkan"), parent=self.field)
        self._see.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._see.clicked.connect(self._toggle)
        inside = QHBoxLayout(self.field)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.addStretch(1)
        inside.addWidget(self._see)
        self.field.setTextMargins(0, 0, self._see.sizeHint().width(), 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._labelled)
        self.refuse, self.accept = self._labelled.refuse, self._labelled.accept

    def _toggle(self) -> None:
        hidden = self.field.echoMode() == QLineEdit.EchoMode.Password
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._see.say(_("Sembunyikan") if hidden else _("Tampilkan"))
