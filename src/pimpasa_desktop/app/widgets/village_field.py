"""The field in which villages are found and chosen, in the words of an officer's work. Knows no record."""

from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app.widgets.record_field import RecordField, Wording
from pimpasa_desktop.i18n import _


class VillageField(RecordField):
    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        wording = Wording(
            found=_("Desa yang cocok"),
            nothing=_("Tidak ada desa tugas Anda yang cocok. Tulis di Tempat lain."),
            absent=_("desa di luar tugas Anda"),
        )
        super().__init__(name, placeholder, wording, parent=parent)
