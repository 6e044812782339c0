"""How many came, large enough to be read from the back of the room; of whom; and the keys that one works with."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets.key_cap import KeyCap
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.side import Side
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.people import Present


class Tally(Side):
    def __init__(self) -> None:
        super().__init__()
        self.count = Words("0", Role.COUNT, "link", wraps=False, figures=True)
        self._present = Words("", Role.NAME)
        self._told = Words("", Role.BODY, "text2", figures=True)
        self.keys = _keys()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        for words in (self.count, self._present, self._told):
            column.addWidget(words)
        column.addSpacing(8)
        column.addWidget(Rule())
        column.addSpacing(8)
        column.addWidget(
            Words(_("Nomor HP boleh kosong. Nama yang sama ditandai emas dan tetap tersimpan."), Role.SECOND, "text2")
        )
        column.addStretch(1)
        column.addWidget(self.keys)

    def show_people(self, people: Sequence[Present]) -> None:
        self.count.say(number(len(people)))
        self._present.say(plural("orang hadir", len(people)))
        self._told.say(_by_kind(people))


def _by_kind(people: Sequence[Present]) -> str:
    men = sum(one.values.get("sex") == "L" for one in people)
    women = sum(one.values.get("sex") == "P" for one in people)
    groups = len({one.values.get("stakeholder_group") for one in people} - {None})
    told = [_("Laki-laki {men} · Perempuan {women}").format(men=number(men), women=number(women))]
    return "\n".join([*told, plural("{count} unsur", groups).format(count=number(groups))])


def _keys() -> QWidget:
    keys = QWidget()
    column = QVBoxLayout(keys)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for cap, word in (
        ("Enter", _("tulis dan lanjut")),
        ("↓", _("pilih dari daftar")),
        ("↑", _("nama terakhir")),
        ("Del", _("hapus")),
        ("Ctrl Z", _("urungkan")),
    ):
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(KeyCap(cap))
        row.addWidget(Words(word, Role.CAPTION, "text2", wraps=False), 1)
        column.addLayout(row)
    return keys
