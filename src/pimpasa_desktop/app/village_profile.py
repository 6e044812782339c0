"""What is known of a village, as facts; and, for who keeps the office's villages, the same as fields to fill in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app import village_cards
from pimpasa_desktop.app.record_form import RecordForm
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.domain.policy import makes_villages
from pimpasa_desktop.i18n import _


class VillageProfile(Card):
    def __init__(self, context: Context, village: str) -> None:
        self.edit = LinkButton(_("Ubah"), "pencil-simple")
        super().__init__(_("Profil"), beside=self.edit)
        self._context, self._village = context, village
        self._values: Values = {}
        self.form: RecordForm | None = None
        self._facts = QWidget()
        self.add(self._facts)
        self.edit.clicked.connect(self._open)
        self.edit.setVisible(makes_villages(context.person))

    def refresh(self, values: Values) -> None:
        self._values = values
        if self.form:
            self.form.show_values(values)
        else:
            self._put(village_cards.profile(values))

    def leave(self) -> None:
        if self.form:
            self.form.form.leave()

    def _open(self) -> None:
        self.form = RecordForm(
            self._context,
            REGISTRY["village"],
            self._village,
            _("Ubah profil"),
            start={},
            without=("region_code", "location") if self._values.get("region_code") else (),
        )
        self.form.closed.connect(self._close)
        self.form.open(self._values)
        self._put(self.form)
        self.edit.hide()
        self.form.arrive()

    def _close(self) -> None:
        self.form = None
        self.edit.show()
        self._put(village_cards.profile(self._values))
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, widget: QWidget) -> None:
        self.replace(self._facts, widget)
        self._facts = widget
