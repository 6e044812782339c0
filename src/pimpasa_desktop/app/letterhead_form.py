"""The office's letterhead, logo and signers as fields, beside the head of a page as it will be printed.

Everything is saved as it is typed. Who may change it the store decides; its sentence stands under the field.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.page_view import PageView
from pimpasa_desktop.app.widgets.picture_field import PictureField
from pimpasa_desktop.app.widgets.radio_group import RadioGroup
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.ticks import CheckBox
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import Values, entity
from pimpasa_desktop.domain.office import ACKNOWLEDGED_BY, DIRECTORATE, MINISTRY, letterhead, logo
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.logo import logo_of
from pimpasa_desktop.reports.page import LETTERHEAD_HEIGHT, LETTERHEAD_TOP, Leaf, Letterhead, Paper, draw_letterhead

SAVED_AFTER_MS = 800
LETTERS_NIP = 24


class LetterheadForm(QWidget):
    """`office` is the id of the record."""

    def __init__(self, context: Context, office: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._office = context, office
        self._saved: Values = {}
        self.fields: dict[str, TextField] = {}
        self.labeled: dict[str, LabeledField] = {}
        self._waiting: dict[str, QTimer] = {}
        self._asked: dict[str, str] = {}  # on the way to the store
        self.view = PageView(_("Kop surat seperti tercetak"), grows=True)
        self.logo = PictureField(_("Logo kantor"), choose=_("Pilih logo kantor"), remove=_("Hapus logo"))
        self.logo.picked.connect(lambda path: self.take_logo(Path(path)))
        self.logo.removed.connect(lambda: self._put("logo", "", self._told_of_logo))
        self.logo_told = Words("", Role.TOLD, "red")
        self.acknowledged_by = RadioGroup(
            _("Yang menandatangani “Mengetahui” pada Daftar Hadir satu desa"),
            tuple((code, _(label)) for code, label in ACKNOWLEDGED_BY.items()),
            across=True,
        )
        self.acknowledged_by.chosen.connect(lambda value: self._put("acknowledged_by", value))
        self.shows = {"hide_titles": CheckBox(_("Gelar akademik dicetak")), "hide_nip": CheckBox(_("NIP dicetak"))}
        for name, box in self.shows.items():
            box.clicked.connect(lambda on, name=name: self._put(name, not on))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(self._lines())
        column.addWidget(self._signers())

    def show_now(self) -> None:
        """What the store has; a field that somebody is typing in keeps what is typed."""
        self._saved = dict(self._context.queries.get(self._office).values)
        for name, field in self.fields.items():
            value = str(self._saved.get(name, ""))
            busy = self._waiting[name].isActive() or name in self._asked or field.property("state")
            if field.text() != value and not busy:
                field.setText(value)
        self.acknowledged_by.choose(str(self._saved.get("acknowledged_by") or "village"))
        for name, box in self.shows.items():
            box.setChecked(not self._saved.get(name))
        self.logo.show_picture(logo(self._saved))
        self._draw()

    def take_logo(self, path: Path) -> None:
        """Use the picture in that file; what is wrong with it is said, and the logo stays as it was."""
        self.logo_told.say("")
        self._context.work(lambda _store: logo_of(path)).then(
            lambda value: self._put("logo", value, self._told_of_logo), self._told_of_logo, owner=self
        )

    def _told_of_logo(self, problem: Problem | None) -> None:
        self.logo_told.say(problem.sentence if problem else "")
        self.logo_told.setVisible(problem is not None)

    def _put(
        self, name: str, value: str | bool, told: Callable[[Problem | None], None] = lambda _problem: None
    ) -> None:
        """Write what is chosen and not typed."""
        done = partial(told, None)
        self._context.write(lambda store: store.put("office", {name: value}, self._office)).then(
            lambda _id: done(), told, owner=self
        )

    def _lines(self) -> Card:
        card = Card(_("Kop surat"))
        card.add(self.view)
        card.add(self.logo)
        self.logo_told.hide()
        card.add(self.logo_told)
        card.add(
            Words(
                _("PNG atau JPEG, paling besar 5 MB. Logo ikut terkirim ke semua laptop kantor."), Role.SECOND, "text2"
            )
        )
        shown = (
            ("ministry", _("Baris 1: kementerian"), MINISTRY, ""),
            ("directorate", _("Baris 2: direktorat jenderal"), DIRECTORATE, ""),
            (
                "regional_office",
                _("Baris 3: kantor wilayah"),
                "",
                _("Tulis lengkap, misalnya KANTOR WILAYAH JAWA TIMUR."),
            ),
            ("office_class", _("Baris 4: kelas kantor"), "", _("Misalnya Kelas II Non TPI.")),
            ("name", _("Baris 4: nama kantor"), "", ""),
            ("address", _("Baris 5: alamat dan telepon"), "", ""),
            ("contact", _("Baris 6: laman dan pos-el"), "", ""),
        )
        for name, label, placeholder, hint in shown:
            card.add(self._field(name, label, placeholder, hint, optional=name not in ("name",)))
        return card

    def _signers(self) -> Card:
        card = Card(_("Tempat dan penanda tangan"))
        with_titles = _("Dengan gelar, seperti pada surat.")
        position = _("Misalnya Kepala Kantor atau Plh. Kepala Kantor.")
        card.add(self._field("city", _("Tempat surat"), "", _("Kota di depan tanggal, misalnya Blitar."), letters=40))
        card.add(self._field("head_name", _("Nama kepala kantor"), "", with_titles))
        card.add(self._field("head_position", _("Jabatan kepala kantor"), "", position))
        card.add(self._field("head_number", _("NIP kepala kantor"), "", "", letters=LETTERS_NIP))
        card.add(self.acknowledged_by)
        both = _("Bila diisi, tercetak di bawah kedua tanda tangan lain pada setiap Daftar Hadir.")
        card.add(self._field("second_name", _("Nama penanda tangan kedua"), "", both))
        card.add(self._field("second_position", _("Jabatan penanda tangan kedua"), "", ""))
        card.add(self._field("second_number", _("NIP penanda tangan kedua"), "", "", letters=LETTERS_NIP))
        for box in self.shows.values():
            card.add(box)
        return card

    def _field(
        self, name: str, label: str, placeholder: str, hint: str, *, letters: int = 0, optional: bool = True
    ) -> LabeledField:
        field = TextField(label, placeholder=placeholder, letters=letters, figures=name.endswith("_number"))
        labeled = LabeledField(label, field, hint=hint, optional=optional)
        pause = QTimer(self)
        pause.setSingleShot(True)
        pause.setInterval(SAVED_AFTER_MS)
        pause.timeout.connect(lambda: self._save(name))
        field.textEdited.connect(lambda _text: self._typed(name))
        field.editingFinished.connect(lambda: self._save(name))
        self.fields[name], self.labeled[name], self._waiting[name] = field, labeled, pause
        return labeled

    def _typed(self, name: str) -> None:
        self._waiting[name].start()
        self._draw()

    def _save(self, name: str) -> None:
        self._waiting[name].stop()
        value = self.fields[name].text()
        if value == self._asked.get(name, str(self._saved.get(name, ""))):
            return
        self._asked[name] = value
        self._context.write(lambda store: store.put("office", {name: value}, self._office)).then(
            lambda _id: self._answered(name, ""), lambda problem: self._answered(name, problem.sentence), owner=self
        )

    def _answered(self, name: str, sentence: str) -> None:
        self._asked.pop(name, None)
        if sentence:
            self.labeled[name].refuse(sentence)
        else:
            self.labeled[name].accept()

    def _draw(self) -> None:
        leaf = Leaf(Paper(210.0, LETTERHEAD_TOP + LETTERHEAD_HEIGHT + 8))
        typed = {name: field.text() for name, field in self.fields.items()}
        draw_letterhead(leaf, Letterhead(letterhead(typed), logo(self._saved)))
        self.view.show_leaf(leaf)


def office_of(context: Context) -> str:
    """The id of the office that the person belongs to; "" where its record has not come yet."""
    offices = [one.id for one in context.queries.every(entity("office"))]
    return next((one for one in offices if one in context.person.offices), "")
