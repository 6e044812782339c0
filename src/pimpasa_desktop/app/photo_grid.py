"""The photos of one record: taken in by drag and drop or chosen, shown small, captioned, removed and brought back.

How files come in is `taking_in`'s; here they are only handed on.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from pimpasa_desktop.app import when
from pimpasa_desktop.app.camera_choice import CameraChoice
from pimpasa_desktop.app.coming import Coming
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.original_choice import OriginalChoice
from pimpasa_desktop.app.photo_card import PhotoCard
from pimpasa_desktop.app.photo_view import PhotoView
from pimpasa_desktop.app.record_list import remove
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.taking_in import Change, Of, Prepare
from pimpasa_desktop.app.widgets.drop_ground import DropGround
from pimpasa_desktop.app.widgets.flow import Flow
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.calendar import Zone
from pimpasa_desktop.i18n import _
from pimpasa_desktop.intake.decoder import Decoder
from pimpasa_desktop.intake.decoding import SIDE_MAX
from pimpasa_desktop.intake.jpeg import bare_size
from pimpasa_desktop.intake.photos import SUFFIXES, scaled, scaled_content
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store import blobs
from pimpasa_desktop.store.photos import Kept

GAP = 16


class PhotoGrid(DropGround):
    """`field`: what of a photo names the record it is of; `empty`: what stands there while there is none, and asks
    `choose`. `stood` when their number or state may be another one."""

    stood = Signal()

    def __init__(self, context: Context, field: str, empty: QWidget) -> None:
        super().__init__()
        self.dropped.connect(self.add)
        self.context, self._field, self._root = context, field, ""
        self._empty = empty
        self._zone: Zone = context.zone
        self._day: date | None = None
        self._last: date | None = None
        self.may = True
        self.photos: list[Kept] = []
        self.cards: dict[str, PhotoCard] = {}
        self._drawing: set[str] = set()
        self._opened, self._camera_opened = "", False
        self._lay_out()

    # -- what is there

    def refresh(self, root: str, begins_at: str = "", ends_at: str = "", *, may: bool) -> None:
        """Show the photos of this record. `begins_at`, `ends_at`: when it was, in the zone of the place; `may`:
        whether they may be changed."""
        zone = when.zone_at(begins_at, self.context.zone)
        begins = when.local(begins_at, zone)
        self._day = begins.date() if begins else None
        ends = when.local(ends_at, zone)
        self._last = ends.date() if ends else self._day
        if root != self._root:
            self._opened = ""
            self._camera_left()
            self.keep.show_wanted(False)
            self.coming.follow(Of("photo", root))
        self._root, self._zone, self.may = root, zone, may
        self.takes = may and bool(root)
        self._read()

    def _read(self) -> None:
        root = self._root
        self.photos = self.context.queries.photos.of(root) if root else []
        self._arrange()
        self.stood.emit()

    @property
    def unsent(self) -> int:
        return sum(not photo.sent for photo in self.photos)

    @property
    def busy(self) -> bool:
        return self.coming.busy

    def leave(self) -> None:
        if self._camera_opened:
            self._camera_left()
        self.keep.show_wanted(False)
        for card in self.cards.values():
            card.leave()

    def _arrange(self) -> None:
        ids = [photo.id for photo in self.photos]
        if list(self.cards) != ids:
            while self._flow.takeAt(0):
                pass
            for gone in self.cards.keys() - set(ids):
                card = self.cards.pop(gone)
                card.hide()
                card.deleteLater()
            self.cards = {photo.id: self.cards.get(photo.id) or self._card(photo.id) for photo in self.photos}
            for card in self.cards.values():
                self._flow.addWidget(card)
                card.show()
        for photo in self.photos:
            self.cards[photo.id].show_photo(photo, self._told(photo), may=self.may)
            self._draw(photo)
        if self._opened not in ids:
            self._opened = ""
        for photo in self.photos:
            if photo.id == self._opened:
                self.view.tell(photo, self._told(photo))
        self._cards.updateGeometry()
        self._say()

    def _card(self, record: str) -> PhotoCard:
        card = PhotoCard()
        card.captioned.connect(lambda text: self._caption(record, text))
        card.asked.connect(lambda: self._asked(record))
        card.opened.connect(lambda: self.open(record))
        card.removed.connect(lambda: self._remove(record))
        return card

    def _told(self, photo: Kept) -> str:
        zone = when.zone_at(photo.taken_at, self._zone)
        at = when.local(photo.taken_at, zone)
        taken = f"{when.hour(at)} {zone.name}" if at else _("Tanpa jam")
        if at and at.date() != self._day:
            taken = when.short_day(at.date(), year=False)
        state = _("terkirim") if photo.sent else _("menunggu Wi-Fi") if photo.waits else _("menunggu dikirim")
        return f"{taken} · {state}" if photo.here else taken

    def _draw(self, photo: Kept) -> None:
        """Have the small picture decoded, once; of one that came from the office it is made first."""
        picture = self.cards[photo.id].picture
        if picture.shows or not photo.here or photo.id in self._drawing:
            return
        queries, zone, sha256 = self.context.queries.photos, self._zone, photo.sha256
        small, whole = queries.thumbnail(sha256), None if photo.drawn else queries.content(sha256)
        self._drawing.add(photo.id)

        def decoded() -> tuple[QImage, bytes]:
            made = scaled_content(whole, zone, photo.caption).thumbnail if whole else b""
            return QImage.fromData(made or small or b""), made

        def drawn(found: tuple[QImage, bytes]) -> None:
            image, made = found
            if made:
                self.context.write(lambda store: blobs.draw(store, sha256, made))
            if photo.id in self.cards:
                self.cards[photo.id].picture.show_image(image)
            self._drawing.discard(photo.id)

        def unreadable(_problem: Problem) -> None:
            self.cards[photo.id].picture.tell(_("Foto ini tidak dapat dibuka"))

        self.context.develop(decoded).then(drawn, unreadable, owner=self)

    # -- taking in

    def choose(self) -> None:
        types = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        paths, _kind = QFileDialog.getOpenFileNames(self, _("Pilih foto"), "", _("Foto ({types})").format(types=types))
        self.add([Path(path) for path in paths])

    def look_in_camera(self) -> None:
        """Offer the pictures of these days that lie in a camera's card or folder; the latest where no day is known."""
        if self._root and self.may:
            self._opened, self._camera_opened = "", True
            days = (self._day, self._last) if self._day and self._last else None
            self.camera.open(days, self._zone, [photo.taken_at for photo in self.photos])
            self.camera.keep.show_wanted(self.keep.wanted)
            self._say()
            self.stood.emit()
            self.camera.elsewhere.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def looks_in_camera(self) -> bool:
        return self._camera_opened

    def _camera_left(self) -> None:
        self._camera_opened = False
        self.keep.show_wanted(self.camera.keep.wanted)
        self.camera.close_down()
        self._say()
        self.stood.emit()

    def _from_camera(self, paths: list[Path]) -> None:
        self._camera_left()
        self.add(paths)

    def add(self, paths: Sequence[Path]) -> None:
        """Take in these files, and the photos that lie in these folders."""
        if not self._root or not self.may or not paths:
            return
        found = [file for path in paths for file in (_inside(path) if path.is_dir() else [path])]
        if not found:
            self.coming.tell(_("Tidak ada foto di folder itu. Pilih folder atau berkas lain."))
            return
        whole = self.keep.take()
        files = [self._prepared(file, whole=whole) for file in found]
        self.context.taking.add(Of("photo", self._root), files)

    def _prepared(self, path: Path, *, whole: bool) -> Prepare:
        """`whole`: the file itself is kept, too."""
        root, field, zone = self._root, self._field, self._zone

        def prepare(decoder: Decoder) -> Change:
            photo = scaled(path, zone, decoder, keep_original=whole)
            values = {field: root, "taken_at": photo.taken_at}
            return lambda store: blobs.attach(store, values, photo.content, photo.thumbnail, photo.original)

        return prepare

    def _came(self) -> None:
        if self.busy:
            self._say()
            self.stood.emit()
        else:
            self.keep.settle()
            self._read()  # of a photo that was here without its original no record changed

    # -- one of them

    def open(self, record: str) -> None:
        """Show a photo large; one that is at the office is fetched first."""
        photo = next(one for one in self.photos if one.id == record)
        content = self.context.queries.photos.content(photo.sha256)
        if content is None:
            if not photo.asked:
                self._asked(record)
            return
        zone = self._zone
        self._opened = record
        self.view.show_photo(photo, self._told(photo))
        self._say()

        def shown(image: QImage) -> None:
            if self._opened == record:
                self.view.picture.show_image(image, _("Foto ini tidak dapat dibuka"))

        def broken(_problem: Problem) -> None:
            shown(QImage())

        self.context.develop(lambda: QImage.fromData(_harmless(content, zone))).then(shown, broken, owner=self)

    def _without_original(self) -> None:
        self._read()
        self.view.picture.setFocus(Qt.FocusReason.OtherFocusReason)  # it was on the button that has just gone

    def _close(self) -> None:
        record, self._opened = self._opened, ""
        self._say()
        if record in self.cards:
            self.cards[record].picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def _caption(self, record: str, text: str) -> None:
        self.context.changes.put("photo", {"caption": text}, record)

    def _asked(self, record: str) -> None:
        photo = next(one for one in self.photos if one.id == record)
        if photo.here:
            self.context.write(lambda store: blobs.wait(store, photo.sha256, not photo.waits)).then(
                lambda _none: self._read(), owner=self
            )
        else:
            self.context.write(lambda store: blobs.want(store, photo.sha256, photo.size)).then(
                lambda _none: self.context.send_now(), owner=self
            )

    def _remove(self, record: str) -> None:
        """Away at once; the page's own undo brings it back."""
        places = [photo.id for photo in self.photos]
        next_ = [*places[places.index(record) + 1 :], *reversed(places[: places.index(record)])][:1]

        def gone(_none: None) -> None:
            for one in next_:
                if card := self.cards.get(one):
                    card.picture.setFocus(Qt.FocusReason.OtherFocusReason)

        remove(self.context, record).then(gone, owner=self)

    # -- words

    def _say(self) -> None:
        self.view.setVisible(bool(self._opened))
        self.camera.setVisible(self._camera_opened)
        self.keep.setVisible(self.may and bool(self._root) and not self._opened and not self._camera_opened)
        self._cards.setVisible(bool(self.photos) and not self._opened and not self._camera_opened)
        self._empty.setVisible(not self.photos and not self.busy and self.may and not self._camera_opened)
        self._none.setVisible(not self.photos and not self.may)

    def _lay_out(self) -> None:
        self.coming = Coming(self.context.taking, _("Menyiapkan foto {done} dari {all} …"))
        self.coming.stood.connect(self._came)
        self.keep = OriginalChoice()
        self.view = PhotoView(self.context)
        self.view.hide()
        self.view.original.erased.connect(self._without_original)
        self.view.left.connect(self._close)
        self.camera = CameraChoice(self.context)
        self.camera.hide()
        self.camera.left.connect(self._camera_left)
        self.camera.taken.connect(self._from_camera)
        self._cards = QWidget()
        self._flow = Flow(self._cards, gap=GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._none = Words(_("Tidak ada foto."), Role.BODY, "text2")
        for widget in (self.coming, self._none, self.keep, self._cards):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addWidget(self.camera, 1)
        column.addWidget(self._empty, 1)
        column.addStretch(0)


def _harmless(content: bytes, zone: Zone) -> bytes:
    """A JPEG that Qt may decode: as this program makes them, or made so by it."""
    try:
        if max(bare_size(content)) <= SIDE_MAX:
            return content
    except ValueError:
        pass
    return scaled_content(content, zone, "").content


def _inside(folder: Path) -> list[Path]:
    """The photos that lie in a folder, by name; no more than a record takes."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    except OSError:
        return []
    return files[: blobs.PHOTOS_MAX]
