"""A designation: villages that one decree names as assisted villages. Its number may be filled in when it is known."""

from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app import village_cards, village_words
from pimpasa_desktop.app.record_screen import Group, RecordScreen
from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number


class DesignationScreen(RecordScreen):
    entity = "designation"

    def groups(self) -> tuple[Group, ...]:
        return (
            ("", ("status", "year")),
            (_("Surat keputusan"), ("decree_number", "decree_on", "issuer_level", "signer_name", "signer_position")),
            (
                _("Peresmian"),
                ("ceremony_on", "ceremony_place", "inaugurated_by", "inaugurator_position", "visit"),
            ),
            (_("Latar belakang"), ("reason", "partners")),
            (_("Bila desanya belum tercatat"), ("region", "village_count")),
        )

    def hints(self) -> dict[str, str]:
        return {
            "decree_number": _("Biarkan kosong sampai SK terbit; satu kali diisi, berlaku untuk semua desa di atas."),
            "status": _("Penetapan tersimpan sebagai catatan begitu keadaannya dipilih."),
        }

    def start(self) -> Values:
        return {"year": self.context.now().year}

    def called(self, values: Values) -> tuple[str, str]:
        state = village_words.designation(str(values.get("status", "")))
        self.tag.say(state.words, state.icon, state.kind)
        self.tag.setVisible(bool(state.words) and not self.gone)
        if self.gone:
            return _("Penetapan desa binaan"), _("Penetapan ini sudah dihapus.")
        count = len(values.get("villages", ()))
        told = _("{count} desa dengan satu keputusan").format(count=number(count)) if count > 1 else ""
        told = told or str(values.get("region", ""))
        if not self.form.record:
            told = _("Belum tersimpan: pilih keadaannya.")
        return _("Penetapan desa binaan"), told

    def beside(self) -> list[QWidget]:
        return [village_cards.villages(self.context, self.form.values.get("villages", []))]
