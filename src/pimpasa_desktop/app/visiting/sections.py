"""Lists of what hangs on a visit, one under another on a part of its page. Which lists, the part says."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pimpasa_desktop.app.record_list import RecordList
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.visiting.part import Missing, Shown
from pimpasa_desktop.i18n import _

BETWEEN = 28


class Sections(QWidget):
    """`stood` when one of them may stand otherwise."""

    stood = Signal()

    def __init__(self, *lists: RecordList) -> None:
        super().__init__()
        self.lists = lists
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        for one in lists:
            column.addWidget(one)
            one.stood.connect(self.stood)

    def refresh(self, visit: Shown) -> None:
        for one in self.lists:
            one.refresh("visit", visit.id, may=visit.open)

    def arrive(self) -> None:
        """To the first list: to what is in it, or to the way to fill it."""
        first = self.lists[0]
        row = next((line.row for line in first.rows.values()), None)
        if first.opened:
            first.opened.arrive()
        else:
            (row or first.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        for one in self.lists:
            one.leave()

    @property
    def unfinished(self) -> int:
        return sum(one.unfinished for one in self.lists)

    def missing(self, go: Callable[[], None]) -> list[Missing]:
        """What was begun in them and could not be saved; `go` leads to their part."""
        return begun(self.lists, go)


def begun(lists: Iterable[RecordList], go: Callable[[], None]) -> list[Missing]:
    """Lists in which something waits to be completed, and the way to them."""
    return [
        Missing(_("Lengkapi isian {name}").format(name=one.accessibleName()), go) for one in lists if one.unfinished
    ]


def activities(context: Context) -> Sections:
    """What was done, under the summary."""
    return Sections(
        RecordList(
            context,
            "activity",
            _("Kegiatan"),
            add=_("Tambah kegiatan"),
            empty=_("Belum ada. Satu kunjungan dapat berisi beberapa kegiatan, misalnya penyuluhan dan bakti sosial."),
        )
    )


def officials(context: Context) -> Sections:
    """Who was there in a function, what was said in public, and groups of which nobody wrote names."""
    return Sections(
        RecordList(
            context,
            "speaker",
            _("Pejabat dan narasumber"),
            add=_("Tambah orang"),
            empty=_("Belum ada. Catat siapa yang memberi sambutan, membuka, atau membawakan materi."),
            hints={"name": _("Boleh kosong bila hanya jabatannya yang diketahui.")},
        ),
        RecordList(
            context,
            "head_count",
            _("Jumlah hadir tanpa nama"),
            add=_("Tambah unsur"),
            empty=_("Belum ada. Catat per unsur bila namanya tidak ditulis."),
            hints={"estimate": _("Bila tidak dihitung, misalnya puluhan.")},
        ),
        RecordList(
            context,
            "quote",
            _("Kutipan"),
            add=_("Tambah kutipan"),
            empty=_("Belum ada. Tulis ucapan persis seperti yang dikatakan untuk umum."),
        ),
    )
