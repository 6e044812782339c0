"""A campaign: one event at several places. Each visit of it is a visit of its own; here they stand together."""

from PySide6.QtWidgets import QWidget

from pimpasa_desktop.app import village_cards
from pimpasa_desktop.app.record_screen import Group, RecordScreen
from pimpasa_desktop.app.widgets.button import LinkButton
from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number


class CampaignScreen(RecordScreen):
    entity = "campaign"
    _every = False

    def groups(self) -> tuple[Group, ...]:
        return (("", ("name", "programme", "theme", "starts_on", "ends_on", "goal", "reason")),)

    def hints(self) -> dict[str, str]:
        return {
            "name": _("Misalnya Sosialisasi serentak di dua lokasi."),
            "programme": _("Misalnya Desa Binaan Imigrasi (DBI)."),
        }

    def called(self, values: Values) -> tuple[str, str]:
        self.tag.hide()
        title = str(values.get("name", "")) or _("Rangkaian kegiatan baru")
        if self.gone:
            return title, _("Rangkaian ini sudah dihapus. Kunjungannya tetap ada.")
        if not self.form.record:
            return title, _("Belum tersimpan: beri nama.")
        count = number(len(values.get("villages", ())))
        return title, _("Rangkaian kegiatan di {count} desa").format(count=count)

    def beside(self) -> list[QWidget]:
        context, record = self.context, self.form.record
        ids = context.queries.villages.visits_of_campaign(record) if record else []
        toggle = LinkButton("")
        toggle.clicked.connect(self._more)
        lines = context.queries.overview.visits(ids=ids)
        empty = _("Belum ada. Kunjungan ikut dalam rangkaian ini bila dipilih di Ringkasannya.")
        return [
            village_cards.villages(context, self.form.values.get("villages", [])),
            village_cards.visits(context, lines, every=self._every, toggle=toggle, empty=empty, places=True),
        ]

    def _more(self) -> None:
        self._every = not self._every
        self.refresh(frozenset())
