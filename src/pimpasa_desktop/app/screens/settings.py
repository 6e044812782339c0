"""Pengaturan: how the program looks and speaks on this laptop, locking it, and for a clerk the office's letterhead."""

from typing import Literal

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pimpasa_desktop import i18n
from pimpasa_desktop.app import theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.letterhead_form import LetterheadForm, office_of
from pimpasa_desktop.app.passphrase_card import PassphraseCard
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.radio_group import RadioGroup
from pimpasa_desktop.app.widgets.scrolling import scrolling
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.roles import Role as Work
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import file_size, number


class SettingsScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self.theme: RadioGroup[Literal["system", "light", "dark"]] = RadioGroup(
            _("Tampilan"), (("system", _("Ikuti sistem")), ("light", _("Terang")), ("dark", _("Gelap")))
        )
        self.theme.chosen.connect(lambda _value: self._choose_theme())
        # Each language in itself, so that one finds one's own whatever is shown now.
        languages: tuple[tuple[Literal["id", "en"], str], ...] = (("id", "Bahasa Indonesia"), ("en", "English"))
        self.language = RadioGroup(_("Bahasa"), languages)
        self.language.chosen.connect(lambda _value: self._choose_language())
        self.photos = RadioGroup(
            _("Foto pada koneksi berbayar"), (("wait", _("Menunggu Wi-Fi")), ("anywhere", _("Kirim juga")))
        )
        self.photos.chosen.connect(lambda _value: self._choose_photos())
        self.originals = Words("", Role.SECOND, "text2", figures=True)
        self.lock = OutlinedButton(_("Kunci sekarang"), "lock", keys="Ctrl L")
        self.lock.clicked.connect(context.lock)
        self.passphrase = PassphraseCard(context)
        self.form: LetterheadForm | None = None
        office = office_of(context)
        if context.person.role is Work.OFFICE_CLERK and office:
            self.form = LetterheadForm(context, office)
        self._lay_out()

    def arrive(self) -> None:
        self._count_originals()  # one that was erased alone changed no record
        self.theme.dot(self.theme.value()).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.passphrase.forget()

    def refresh(self, ids: frozenset[str]) -> None:
        self.theme.choose(self.context.preferences().theme)
        self.language.choose(i18n.current())
        self.photos.choose("anywhere" if self.context.preferences().photos_anywhere else "wait")
        self._count_originals()
        if self.form is not None:
            self.form.show_now()

    def _count_originals(self) -> None:
        count, size = self.context.queries.originals.kept()
        self.originals.setVisible(count > 0)
        self.originals.say(
            plural(
                "Foto asli di laptop ini: {count} berkas, {size}. Untuk menghapusnya, buka foto atau dokumennya, "
                "lalu tekan Hapus foto asli.",
                count,
            ).format(count=number(count), size=file_size(size)),
        )

    def _choose_theme(self) -> None:
        self.context.prefer(replace(self.context.preferences(), theme=self.theme.value()))

    def _choose_language(self) -> None:
        chosen = self.language.value()
        if chosen != i18n.current():
            self.context.prefer(replace(self.context.preferences(), language=chosen))

    def _choose_photos(self) -> None:
        self.context.prefer(replace(self.context.preferences(), photos_anywhere=self.photos.value() == "anywhere"))

    def _lay_out(self) -> None:
        page = QWidget()
        across = QHBoxLayout(page)
        across.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 20)
        across.setSpacing(theme.BETWEEN_CARDS)
        if self.form is not None:
            across.addWidget(self.form, 8)
        side = QVBoxLayout()
        side.setSpacing(theme.BETWEEN_CARDS)
        side.addWidget(self._laptop())
        side.addWidget(self.passphrase)
        side.addStretch(1)
        across.addLayout(side, 5)
        if self.form is None:
            across.addStretch(4)
        area = scrolling(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(_("Pengaturan"), second=_("Setiap perubahan langsung tersimpan.")))
        column.addWidget(area, 1)

    def _laptop(self) -> Card:
        card = Card(_("Laptop ini"))
        card.add(self.theme)
        card.add(self.language)
        card.add(self.photos)
        card.add(
            Words(
                _(
                    "Catatan selalu dikirim. Berbayar berarti modem seluler, atau Wi-Fi yang di Windows ditandai "
                    "sebagai koneksi terukur."
                ),
                Role.SECOND,
                "text2",
            )
        )
        card.add(self.originals)
        told = _("Mengunci menutup semua catatan sampai kata sandi ditulis lagi. Yang sudah ditulis tetap tersimpan.")
        card.add(Words(told, Role.SECOND, "text2"))
        row = QWidget()
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.lock)
        beside.addStretch(1)
        card.add(row)
        return card
