"""A field with its label above it, a hint under the label, and trouble in words under the field.

Whatever stands around the field is told by a screen reader as well: label as its name, hint and trouble as its
description. What is wrong, and why, the caller says.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.theme import Tone
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _


class LabeledField(QWidget):
    """Without a `label` the editor says itself what it is, as a box to tick does."""

    def __init__(
        self, label: str, editor: QWidget, *, hint: str = "", optional: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor, self.name = editor, label
        self._hint = hint
        shown = _("{label} (opsional)").format(label=label) if optional else label
        self.label = Words(shown, Role.LABEL if not optional else Role.BODY, "text2" if optional else "text")
        if optional:
            self.label.say(shown, strong=label)
        self.label.setBuddy(editor)
        self._trouble = _Trouble()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if label:
            column.addWidget(self.label)
        if hint:
            column.addWidget(Words(hint, Role.SECOND, "text2"))
        expands = editor.maximumWidth() > 10_000 and editor.minimumWidth() != editor.maximumWidth()
        column.addWidget(editor, 0, Qt.AlignmentFlag(0) if expands else Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._trouble)
        self.setFocusProxy(editor)
        editor.setAccessibleName(shown or editor.accessibleName())
        self.accept()

    def trouble_apart(self) -> QWidget:
        """The words of trouble, to be put where there is more room for them than under a short field."""
        return self._trouble

    def refuse(self, sentence: str) -> None:
        """The value cannot be kept as it is; `sentence` says what to change."""
        self._show(sentence, "error", "red")

    def doubt(self, sentence: str) -> None:
        """The value is saved all the same; `sentence` says what to look at."""
        self._show(sentence, "doubt", "gold")

    def accept(self) -> None:
        """Nothing to say about the value."""
        self._show("", "", "text2")

    def _show(self, sentence: str, state: str, tone: Tone) -> None:
        self._trouble.say(sentence, tone)
        marked = self.editor.focusProxy() or self.editor  # of several fields in one the first
        for told in {self.editor, marked}:
            told.setAccessibleDescription("\n".join(filter(None, (sentence, self._hint))))
        if (marked.property("state") or "") != state:
            marked.setProperty("state", state)
            marked.style().unpolish(marked)  # a property in a stylesheet is read only while polishing
            marked.style().polish(marked)
            marked.update()


class _Trouble(QWidget):
    """Icon and sentence; takes no room while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = Sign("warning-circle-fill", "", size=16)
        self._sentence = Words("", Role.TOLD)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence, 1)

    def say(self, sentence: str, tone: Tone) -> None:
        self._sign.show_icon("warning-circle-fill", "", tone)
        self._sentence.colour(tone)
        self._sentence.say(sentence)
        self.setVisible(bool(sentence))
