"""The pictures of a visit's days in a camera's card or folder, small, to be ticked; what is ticked is taken in.

Looking happens away from the window, a few files at a time, and ends when one leaves. The folder is remembered on this
laptop, inside the encrypted register. It keeps no picture.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, QStorageInfo, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop.app import drawing, theme, when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.original_choice import OriginalChoice
from pimpasa_desktop.app.photo_card import Picture
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton
from pimpasa_desktop.app.widgets.flow import Flow
from pimpasa_desktop.app.widgets.scrolling import reveal
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.calendar import Zone
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.intake.camera import Found, dated, listed, small
from pimpasa_desktop.intake.decoder import Decoder
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.blobs import PHOTOS_MAX
from pimpasa_desktop.store.store import Store

REMEMBERED = "camera_folder"
CARD = "DCIM"  # where every camera and telephone keeps its pictures
AT_ONCE = 25
SMALL = QSize(176, 118)


def cards() -> list[Path]:
    """Cards and telephones that are plugged in and have pictures."""
    roots = [Path(volume.rootPath()) for volume in QStorageInfo.mountedVolumes() if volume.isReady()]
    return sorted(root / CARD for root in roots if (root / CARD).is_dir())


class CameraChoice(QWidget):
    """`taken` carries the files that were ticked; `left` when one goes back without."""

    taken = Signal(list)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._decoder = context, Decoder()
        self._zone, self._days, self._have = context.zone, (date.min, date.min), frozenset[str]()
        self._every, self._look, self._seen, self._looking = False, 0, 0, False
        self.folder: Path | None = None
        self._folders: list[Path] = []
        self._coming: list[Path] = []
        self._found: list[Found] = []
        self.picks: list[Pick] = []
        self._lay_out()

    def open(self, days: tuple[date, date] | None, zone: Zone, have: Iterable[str]) -> None:
        """Look for pictures from the first of these days to the last; without, for the latest. `have`: when those were
        taken that are here."""
        self._days, self._zone, self._have = days or (date.min, date.min), zone, frozenset(have)
        self._every = days is None
        self._forget()
        self.folder, self._looking, look = None, True, self._look
        self._say()

        def known(store: Store) -> str:
            return str(store.meta.get(REMEMBERED, ""))

        self._context.work(known).then(lambda folder: self._find(look, folder), owner=self)

    def close_down(self) -> None:
        """Stop looking."""
        self._look += 1
        self._coming, self._looking = [], False
        self._ended()

    def _ended(self) -> None:
        self._context.develop(self._decoder.close)  # there: what is just being looked at would start another child

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        if not event.spontaneous():  # the page may have gone with its window, unasked
            self.close_down()

    # -- where

    def _find(self, look: int, remembered: str) -> None:
        def there() -> list[Path]:
            known = [Path(remembered)] if remembered and Path(remembered).is_dir() else []
            return [*(card for card in cards() if card not in known), *known]

        def found(folders: list[Path]) -> None:
            if look == self._look:
                self._folders, self._looking = folders, False
                self._look_in(folders[0]) if folders else self._say()

        self._context.develop(there).then(found, owner=self)

    def choose(self) -> None:
        at = str(self.folder or "")
        chosen = QFileDialog.getExistingDirectory(self, _("Pilih folder foto"), at)
        if chosen:
            self.look_in(Path(chosen))

    def look_in(self, folder: Path) -> None:
        """A folder that the person has chosen; it is remembered."""

        def keep(store: Store) -> None:
            with store.transaction():
                store.meta.set(REMEMBERED, str(folder))

        self._context.work(keep)
        self._look_in(folder)

    def _look_in(self, folder: Path) -> None:
        self._forget()
        self.folder, self._looking = folder, True
        look, zone, since = self._look, self._zone, None if self._every else self._days[0]
        self._say()
        self._context.develop(lambda: listed(folder, since, zone)).then(
            lambda files: self._date(look, files), owner=self
        )

    def _show_every(self) -> None:
        self._every = True
        if self.folder:
            self._look_in(self.folder)

    # -- what is there

    def _date(self, look: int, files: list[Path]) -> None:
        """Ask when each was taken, a few at a time; then show those of the days."""
        if look != self._look:
            return
        self._coming = files
        self._next(look, [])

    def _next(self, look: int, found: list[Found]) -> None:
        if look != self._look:
            return
        first, last = self._days
        self._found += [one for one in found if self._every or first <= one.day(self._zone) <= last]
        now, self._coming = self._coming[:AT_ONCE], self._coming[AT_ONCE:]
        if not now or (self._every and len(self._found) >= PHOTOS_MAX):
            self._found = sorted(self._found, key=lambda one: (one.taken_at, one.path.name))[:PHOTOS_MAX]
            self._looking = False
            self._arrange()
            QTimer.singleShot(0, self, lambda: reveal(self))  # once it has its size
            if self.picks and self.elsewhere.hasFocus():
                self.picks[0].picture.setFocus(Qt.FocusReason.OtherFocusReason)
            self._draw(look, 0)
            return
        self._seen += len(now)
        self._say()
        decoder, zone = self._decoder, self._zone
        self._context.develop(lambda: dated(now, zone, decoder)).then(lambda more: self._next(look, more), owner=self)

    def _draw(self, look: int, at: int) -> None:
        """The small pictures, one after another."""
        if look != self._look:
            return
        if at == len(self._found):
            self._ended()
            return
        decoder, path = self._decoder, self._found[at].path

        def drawn(image: QImage) -> None:
            if look == self._look:
                self.picks[at].show_small(image)
                self._draw(look, at + 1)

        self._context.develop(lambda: QImage.fromData(small(path, decoder))).then(drawn, owner=self)

    def _arrange(self) -> None:
        for found in self._found:
            at = when.local(found.taken_at, self._zone)
            of_a_day = at is not None and self._days[0] <= at.date() <= self._days[1]
            told = "" if at is None else when.hour(at) if of_a_day else when.short_day(at.date(), year=True)
            pick = Pick(told, here=found.taken_at in self._have)
            pick.picture.toggled.connect(lambda _on: self._say())
            self.picks.append(pick)
            self._flow.addWidget(pick)
            pick.show()
        self._shelf.updateGeometry()
        self._say()

    def _forget(self) -> None:
        self.close_down()
        self._found, self._seen = [], 0
        while self._flow.takeAt(0):
            pass
        for pick in self.picks:
            pick.hide()
            pick.deleteLater()
        self.picks = []

    # -- choosing

    def ticked(self) -> list[Path]:
        return [found.path for found, pick in zip(self._found, self.picks, strict=True) if pick.picture.isChecked()]

    def _take(self) -> None:
        paths = self.ticked()
        self.close_down()
        self.taken.emit(paths)

    def _leave(self) -> None:
        self.close_down()
        self.left.emit()

    def _tick_all(self) -> None:
        """All that can be opened and are not here yet; where they are ticked already, none."""
        fresh = [pick.picture for pick in self.picks if pick.picture.isEnabled() and not pick.here]
        on = not all(picture.isChecked() for picture in fresh)
        for picture in fresh:
            picture.setChecked(on)

    # -- words

    def _say(self) -> None:
        count, ticked = len(self._found), len(self.ticked()) if self.picks else 0
        self._told.say(self._words(count))
        self.every.setVisible(self.folder is not None and not self._every and not self._looking and not count)
        self.all.setVisible(count > 0)
        self.keep.setVisible(count > 0)
        fresh = [pick for pick in self.picks if not pick.here]
        self.all.say(
            _("Kosongkan pilihan") if fresh and all(p.picture.isChecked() for p in fresh) else _("Pilih semua")
        )
        self.take.setVisible(count > 0)
        self.take.setEnabled(ticked > 0)
        self.take.say(
            plural("Ambil {count} foto", ticked).format(count=number(ticked)) if ticked else _("Ambil foto terpilih")
        )
        self._shelf.setVisible(count > 0)
        others = [folder for folder in self._folders if folder != self.folder]
        self.other.setVisible(bool(others))
        if others:
            self.other.say(_("Lihat di {folder}").format(folder=_short(others[0])))

    def _words(self, count: int) -> str:
        if self.folder is None:
            if self._looking:
                return _("Mencari kartu kamera …")
            return _("Pasang kartu kamera ke laptop, atau pilih folder tempat foto disalin.")
        folder, days = _short(self.folder), self._of()
        if self._looking:
            seen = plural("{count} berkas dilihat", self._seen).format(count=number(self._seen))
            if self._every:
                return _("Mencari foto di {folder} … {seen}").format(folder=folder, seen=seen)
            return _("Mencari foto dari {days} di {folder} … {seen}").format(days=days, folder=folder, seen=seen)
        if not count and self._every:
            return _("Tidak ada foto di {folder}.").format(folder=folder)
        if not count:
            return _("Tidak ada foto dari {days} di {folder}.").format(days=days, folder=folder)
        if self._every:
            return plural("{count} foto terbaru di {folder}", count).format(count=number(count), folder=folder)
        return plural("{count} foto dari {days} di {folder}", count).format(
            count=number(count), days=days, folder=folder
        )

    def _of(self) -> str:
        first, last = self._days
        return when.long_day(first) if first == last else f"{when.short_day(first)} – {when.short_day(last)}"

    def _look_elsewhere(self) -> None:
        others: Sequence[Path] = [folder for folder in self._folders if folder != self.folder]
        if others:
            self._look_in(others[0])

    def _lay_out(self) -> None:
        self.back = LinkButton(_("Semua foto"), "arrow-left")
        self.back.clicked.connect(self._leave)
        self._told = Words("", Role.BODY, "text2", figures=True)
        self.elsewhere = OutlinedButton(_("Pilih folder"))
        self.elsewhere.clicked.connect(self.choose)
        self.other = LinkButton("")
        self.other.clicked.connect(self._look_elsewhere)
        self.every = LinkButton(_("Jam kamera keliru? Lihat foto terbaru"))
        self.every.clicked.connect(self._show_every)
        self.all = LinkButton(_("Pilih semua"))
        self.all.clicked.connect(self._tick_all)
        self.take = OutlinedButton(_("Ambil foto terpilih"), "plus")
        self.take.clicked.connect(self._take)
        self.keep = OriginalChoice()
        self._shelf = QWidget()
        self._flow = Flow(self._shelf, gap=12)
        head = _line(self.back, None, self.elsewhere)
        ways = _line(self.take, self.all, self.every, self.other, None)
        ways.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._told)
        column.addLayout(ways)
        column.addWidget(self.keep)
        column.addWidget(self._shelf)
        column.addStretch(1)


class Pick(QWidget):
    """A picture to tick, and when it was taken. `here`: it seems to be taken in already."""

    def __init__(self, told: str, *, here: bool) -> None:
        super().__init__()
        self.here = here
        self.picture = Ticked()
        self.picture.setAccessibleName(told)
        words = " · ".join(filter(None, (told, _("sudah ada") if here else "")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.picture)
        column.addWidget(Words(words, Role.SECOND, "text2", figures=True, wraps=False))
        self.setFixedWidth(SMALL.width())

    def show_small(self, image: QImage) -> None:
        if image.isNull():
            self.picture.tell(_("Tidak dapat dibuka"))
            self.picture.setChecked(False)
            self.picture.setEnabled(False)
        else:
            self.picture.show_image(image)


class Ticked(Picture):
    def __init__(self) -> None:
        super().__init__(SMALL)
        self.setCheckable(True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self.isEnabled():
            return
        painter, palette = QPainter(self), theme.now()
        box = self.rect().adjusted(8, 8, 0, 0).toRectF()
        box.setSize(QSize(22, 22))
        if self.isChecked():
            drawing.box(painter, self.rect().toRectF(), theme.RADIUS, border=palette.blue, width=3)
            drawing.box(painter, box, 4, palette.blue)
            drawing.icon(painter, "check-bold", 14, palette.on_blue, box.center().x() - 7, box.center().y())
        else:
            drawing.box(painter, box, 4, palette.surface, palette.edge)


def _short(folder: Path) -> str:
    """As one tells one folder from another: where it lies, and its name."""
    return str(folder) if len(folder.parts) <= 3 else str(Path(*folder.parts[-2:]))


def _line(*widgets: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return row
