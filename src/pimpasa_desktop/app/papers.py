"""The documents of a record with their files: attached by choosing or dropping, opened on demand, fetched when they are
at the office.

How files come in is `taking_in`'s; here they are only handed on.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app.coming import Coming
from pimpasa_desktop.app.original_choice import OriginalChoice
from pimpasa_desktop.app.original_kept import OriginalKept
from pimpasa_desktop.app.record_list import Line, RecordList
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.taking_in import Change, Of, Prepare
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.policy import sees_people, writes
from pimpasa_desktop.i18n import _
from pimpasa_desktop.intake.decoder import Decoder
from pimpasa_desktop.intake.documents import SUFFIXES, enclosure
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import file_size
from pimpasa_desktop.store import blobs
from pimpasa_desktop.store.enclosures import Enclosed, enclose
from pimpasa_desktop.store.queries import Listed
from pimpasa_desktop.store.store import Store

NAME_SHOWN = 32
LEAST_FILE = 140


class Papers(RecordList):
    """A file may also be attached to what was signed off: it makes a document of its own."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            "document",
            _("Dasar, surat, dan yang diserahkan"),
            add=_("Tambah dokumen"),
            empty=_("Belum ada. Misalnya surat tugas, surat edaran, sertifikat, atau papan yang dipasang."),
            hints={"use": _("Dasar kegiatan, diserahkan di sana, atau memberitakannya.")},
            without=("file_name", "sha256", "size"),
        )
        self._files: dict[str, Enclosed] = {}
        self.attach = OutlinedButton(_("Lampirkan PDF atau foto halaman"), "file-pdf")
        self.attach.clicked.connect(lambda: self.choose())
        self.keep = OriginalChoice()
        self.coming = Coming(context.taking, _("Menyiapkan berkas {done} dari {all} …"))
        self.coming.stood.connect(self._came)
        row = QHBoxLayout()
        row.addWidget(self.attach)
        row.addStretch(1)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(row)
        column.addWidget(self.keep)
        column.addWidget(self.coming)

    @property
    def may_attach(self) -> bool:
        return any(self._parent.values()) and writes(self.context.person, Level.C)

    @property
    def _of(self) -> Of:
        return Of("document", next(iter(self._parent.values()), ""))

    def _read(self) -> None:
        of = self._of
        self._files = self.context.queries.enclosures.of(of.record) if of.record else {}
        super()._read()
        self.coming.follow(of)
        self.attach.setVisible(self.may_attach)
        self.keep.setVisible(self.may_attach)

    def leave(self) -> None:
        super().leave()
        self.keep.show_wanted(False)

    # -- taking in

    def choose(self, record: str = "") -> None:
        types = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        kinds = _("PDF atau foto ({types})").format(types=types)
        if record:
            path, _kind = QFileDialog.getOpenFileName(self, _("Lampirkan berkas"), "", kinds)
            paths = [path] if path else []
        else:
            paths, _kind = QFileDialog.getOpenFileNames(self, _("Lampirkan berkas"), "", kinds)
        self.add_files([Path(path) for path in paths], record)

    def add_files(self, paths: Sequence[Path], record: str = "") -> None:
        """Each becomes a document with its file; with `record`, the file of that one."""
        if not self.may_attach or not paths:
            return
        whole = self.keep.take()
        files = [self._prepared(path, record, whole=whole) for path in paths]
        self.context.taking.add(self._of, files)

    @property
    def busy(self) -> bool:
        return self.coming.busy

    def _prepared(self, path: Path, record: str, *, whole: bool) -> Prepare:
        """`record`: the document that it belongs to ("" for a new one); `whole`: a page keeps its original."""
        of = dict(self._parent)

        def prepare(decoder: Decoder) -> Change:
            file = enclosure(path, decoder, keep_original=whole)
            told = {**of, "kind": "other", "title": file.title}
            return lambda store: enclose(store, told, file.content, file.name, record, file.original)

        return prepare

    def _came(self) -> None:
        if not self.busy:
            self.keep.settle()
            self._read()  # of a page that was here without its original no record changed

    # -- beside and under each

    def dress(self, line: Line, one: Listed) -> None:
        beside = line.findChild(_Beside)
        if beside is None:
            beside = _Beside(line)
            beside.file.clicked.connect(lambda: self._open(one.id))
            beside.way.clicked.connect(lambda: self._let_wait(one.id))
            beside.attach.clicked.connect(lambda: self.choose(one.id))
            line.put_beside(beside)
        file = self._files.get(one.id)
        beside.show_file(file, str(one.values.get("file_name") or _("Berkas")), sees_people(self.context.person))
        beside.attach.setVisible(file is None and self.may and self.may_attach)
        under = line.findChild(OriginalKept)
        if under is None and file and file.original:
            under = OriginalKept(self.context)
            under.erased.connect(lambda: self._without_original(one.id))
            line.put_under(under)
        if under:
            under.show_of(one.id, file.sha256 if file else "", file.original if file else 0)

    def _without_original(self, record: str) -> None:
        self._read()
        self.rows[record].row.setFocus(Qt.FocusReason.OtherFocusReason)  # it was on the button that has just gone

    def _open(self, record: str) -> None:
        """In the program that the laptop has for it; what is at the office is fetched first."""
        file = self._files[record]
        content = self.context.queries.photos.content(file.sha256)
        if content is None:
            self.context.write(lambda store: blobs.want(store, file.sha256, file.size)).then(
                lambda _none: self.context.send_now(), owner=self
            )
            self._read()
            return

        def note(store: Store) -> None:
            store.note("export", "document", record)  # a copy in the clear is made

        try:
            self.context.open_file(content)
        except Problem as problem:
            self.coming.tell(problem.sentence)
        else:
            self.context.write(note)

    def _let_wait(self, record: str) -> None:
        file = self._files[record]
        self.context.write(lambda store: blobs.wait(store, file.sha256, not file.waits)).then(
            lambda _none: self._read(), owner=self
        )


class _Beside(QWidget):
    """What may be done with the file of one document."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.file, self.way = LinkButton("", "file-pdf"), LinkButton("", "wifi-high")
        self.attach = LinkButton(_("Lampirkan"), "plus")
        self.file.setMinimumWidth(LEAST_FILE)  # its name may be cut: the page fits the narrowest window
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in (self.way, self.file, self.attach):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_file(self, file: Enclosed | None, name: str, may_see: bool) -> None:
        self.file.setVisible(file is not None)
        self.way.setVisible(file is not None and file.here and not file.sent)
        if file is None:
            return
        shown = name if len(name) <= NAME_SHOWN else name[: NAME_SHOWN - 5] + "…" + name[-4:]
        size = file_size(file.size)
        told = _("Ambil {name} · {size}") if not file.here and may_see else _("{name} · {size}")
        self.file.say(told.format(name=shown, size=size) if not file.asked else _("Menunggu dari kantor"))
        self.file.setEnabled(file.here or (may_see and not file.asked))
        self.file.setToolTip(name)
        self.way.say(_("Kirim tanpa Wi-Fi") if file.waits else _("Tunggu Wi-Fi"))
