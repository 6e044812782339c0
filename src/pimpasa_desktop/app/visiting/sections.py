"""Lists of what hangs on a visit, one under another on a part of its page. Which lists, the part says."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pimpasa_desktop.app.record_list import RecordList
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.visiting.part import Missing, Shown
from pimpasa_desktop.i18n import _

BETWEEN = 28


class Section(NamedTuple):
    """A list of one entity: its title, the words of the button that adds one, what stands there while there is none."""

    entity: str
    title: str
    add: str
    empty: str
    hints: Mapping[str, str] = {}


class Sections(QWidget):
    """`stood` when one of them may stand otherwise."""

    stood = Signal()

    def __init__(self, context: Context, *sections: Section | RecordList) -> None:
        super().__init__()
        self.lists = [one if isinstance(one, RecordList) else _list(context, one) for one in sections]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        for one in self.lists:
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


def _list(context: Context, section: Section) -> RecordList:
    entity, title, add, empty, hints = section
    return RecordList(context, entity, title, add=add, empty=empty, hints=hints)


def begun(lists: Iterable[RecordList], go: Callable[[], None]) -> list[Missing]:
    """Lists in which something waits to be completed, and the way to them."""
    return [
        Missing(_("Lengkapi isian {name}").format(name=one.accessibleName()), go) for one in lists if one.unfinished
    ]


def activities(context: Context) -> Sections:
    """What was done, under the summary."""
    none = _("Belum ada. Satu kunjungan dapat berisi beberapa kegiatan, misalnya penyuluhan dan bakti sosial.")
    return Sections(context, Section("activity", _("Kegiatan"), _("Tambah kegiatan"), none))


def officials(context: Context) -> Sections:
    """Who was there in a function, what was said in public, and groups of which nobody wrote names."""
    nobody = _("Belum ada. Catat siapa yang memberi sambutan, membuka, atau membawakan materi.")
    unnamed = {"name": _("Boleh kosong bila hanya jabatannya yang diketahui.")}
    uncounted = _("Belum ada. Catat per unsur bila namanya tidak ditulis.")
    rough = {"estimate": _("Bila tidak dihitung, misalnya puluhan.")}
    unsaid = _("Belum ada. Tulis ucapan persis seperti yang dikatakan untuk umum.")
    return Sections(
        context,
        Section("speaker", _("Pejabat dan narasumber"), _("Tambah orang"), nobody, unnamed),
        Section("head_count", _("Jumlah hadir tanpa nama"), _("Tambah unsur"), uncounted, rough),
        Section("quote", _("Kutipan"), _("Tambah kutipan"), unsaid),
    )
