"""The volunteers of a village: its groups and who is in each. Names stand only where names may be shown."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pimpasa_desktop.app.record_list import RecordList
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.policy import sees_people, writes
from pimpasa_desktop.i18n import _


class Volunteering(Card):
    def __init__(self, context: Context) -> None:
        super().__init__(_("Relawan"))
        self._context = context
        self.groups = RecordList(
            context,
            "volunteer_group",
            _("Kelompok"),
            add=_("Tambah kelompok"),
            empty=_("Belum ada. Catat kelompok relawan yang mengamati dan melapor di desa ini."),
            without=("village", "visit"),
            own_undo=True,
        )
        self.groups.stood.connect(self._stand)
        self.members: dict[str, RecordList] = {}
        self._names = QWidget()
        self._lists = QVBoxLayout(self._names)
        self._lists.setSpacing(20)
        self._lists.setContentsMargins(0, 8, 0, 0)
        self.add(self.groups)
        self.add(self._names)

    def refresh(self, village: str) -> None:
        self.groups.refresh("village", village, may=writes(self._context.person, Level.C))

    def leave(self) -> None:
        for one in (self.groups, *self.members.values()):
            one.leave()

    def _stand(self) -> None:
        """A list of members under the groups for each of them."""
        shown = {one.id: one for one in self.groups.records} if sees_people(self._context.person) else {}
        for gone in self.members.keys() - shown.keys():
            members = self.members.pop(gone)
            members.hide()
            members.deleteLater()
        for identifier, group in shown.items():
            if identifier not in self.members:
                title = _("Anggota {group}").format(group=group.values.get("name", ""))
                self.members[identifier] = RecordList(
                    self._context,
                    "volunteer",
                    title,
                    add=_("Tambah anggota"),
                    empty=_("Belum ada nama."),
                    hints={"phone": _("Boleh kosong.")},
                    own_undo=True,
                )
                self._lists.addWidget(self.members[identifier])
            may = writes(self._context.person, Level.B)
            self.members[identifier].refresh("volunteer_group", identifier, may=may)
        self._names.setVisible(bool(self.members))
