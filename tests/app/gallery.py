"""Every widget in its states, as pictures in out/screens: light and dark, at 100 and 150 %.

QT_QPA_PLATFORM=offscreen PYTHONPATH=src:tests python -m app.gallery
"""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.widgets import banner, notice, tag
from pimpasa_desktop.app.widgets.button import IconButton, LinkButton, OutlinedButton, PrimaryButton, Size
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.filter_word import FilterWord
from pimpasa_desktop.app.widgets.flow import Flow
from pimpasa_desktop.app.widgets.key_cap import KeyCap
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.navigation import Entry, Navigation, Person
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.parts import Part, Parts, State
from pimpasa_desktop.app.widgets.progress_bar import ProgressBar
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.search_field import SearchField
from pimpasa_desktop.app.widgets.segments import Segments
from pimpasa_desktop.app.widgets.status_line import Standing, StatusLine
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.tag import Tag
from pimpasa_desktop.app.widgets.text_field import TextArea, TextField
from pimpasa_desktop.app.widgets.ticks import CheckBox, RadioButton
from pimpasa_desktop.app.widgets.words import Words

OUT = Path(__file__).parents[2] / "out" / "screens"
ENTRIES = (
    Entry("home", "house", "Beranda"),
    Entry("visits", "calendar-check", "Kunjungan"),
    Entry("villages", "map-trifold", "Desa"),
    Entry("findings", "binoculars", "Temuan"),
    Entry("export", "file-arrow-down", "Ekspor"),
    Entry("exchange", "arrows-clockwise", "Sinkronisasi"),
    Entry("settings", "gear-six", "Pengaturan"),
)
COLUMNS = (
    Column("Tanggal", Show.QUIET, 156, sorts=True),
    Column("Desa", Show.KEY, 156, sorts=True),
    Column("Kegiatan"),
    Column("Hadir", Show.NUMBER, 72),
    Column("Keadaan", Show.TAG, 150),
    Column("Kiriman", Show.SIGNED, 172),
)
SENT = Cell("Terkirim", icon="cloud-check", tone="green")
WAITING = Cell("Menunggu", icon="cloud-arrow-up")
DONE = Cell("Selesai", icon="check")


def visits() -> list[Row]:
    planned = Cell("Terjadwal", icon="calendar-blank", kind=tag.Kind.ACTIVE)
    lines = [
        ("Sel, 15 Juli 2025", "Bongkudai Timur", "Monitoring dan evaluasi", "", planned, SENT),
        ("Kam, 10 Juli 2025", "Modayag II", "Penyuluhan", "", planned, WAITING),
        ("Sel, 8 Juli 2025", "Guaan", "Sambang desa", "", planned, SENT),
        (
            *("Kam, 3 Juli 2025", "Bongkudai Utara", "Sosialisasi dan Edukasi Keimigrasian", "47"),
            Cell("Berlangsung", icon="play-circle", kind=tag.Kind.ACTIVE),
            WAITING,
        ),
        (
            *("Sen, 30 Juni 2025", "Kokapoi", "Pemasangan papan pengumuman", "12"),
            Cell("Belum lengkap", icon="warning-circle", kind=tag.Kind.ATTENTION),
            WAITING,
        ),
        ("Kam, 26 Juni 2025", "Bongkudai Timur", "Pelatihan relawan pengawasan desa", "28", DONE, SENT),
        (
            *("Sel, 24 Juni 2025", "Mototompiaan", "Sosialisasi dan Edukasi Keimigrasian", ""),
            Cell("Ditunda", icon="pause-circle"),
            SENT,
        ),
        ("Jum, 20 Juni 2025", "Tutuyan III", "Rapat koordinasi", "1.119", DONE, SENT),
        (
            *("Rab, 18 Juni 2025", "Kotabunan", "Verifikasi laporan warga", "6", DONE),
            Cell("Perlu diputuskan", icon="warning-circle-fill", tone="gold"),
        ),
        ("Sel, 10 Juni 2025", "Buyat Barat", "Sambang desa", "9", Cell("Dialihkan", icon="arrow-bend-up-right"), SENT),
        *[("Kam, 5 Juni 2025", f"Modayag {n}", "Layanan paspor jemput bola", "83", DONE, SENT) for n in range(1, 20)],
    ]
    return [
        Row(str(place), tuple(part if isinstance(part, Cell) else Cell(part) for part in line), doubt=place == 8)
        for place, line in enumerate(lines)
    ]


def full_window() -> QWidget:
    window = QWidget()
    window.resize(1366, 736)
    table = Table("Kunjungan", COLUMNS)
    table.show_rows(visits())
    table.order(0, True)
    table.choose("3")
    bar = QHBoxLayout()
    bar.setContentsMargins(24, 0, 24, 0)
    bar.setSpacing(8)
    search = SearchField("Cari kunjungan", "Cari desa, kegiatan, atau orang")
    bar.addWidget(search, 2)
    bar.addSpacing(8)
    filters = QWidget()
    flow = Flow(filters)
    for word in ("Tahun 2025", "Bolaang Mongondow Timur"):
        flow.addWidget(FilterWord(word))
    flow.addWidget(LinkButton("Tambah saringan", "plus"))
    bar.addWidget(filters, 3)
    bar.addWidget(Words("38 dari 52 kunjungan", Role.SECOND, "text2", strong="38", wraps=False, figures=True))
    held = QVBoxLayout()
    held.setContentsMargins(24, 12, 24, 8)
    held.addWidget(table)
    keys = QHBoxLayout()
    keys.setContentsMargins(24, 0, 24, 12)
    keys.setSpacing(8)
    for cap, word in (("↑ ↓", "pilih"), ("Enter", "buka"), ("Ctrl F", "cari")):
        keys.addWidget(KeyCap(cap))
        keys.addWidget(Words(word, Role.CAPTION, "text2", wraps=False))
        keys.addSpacing(16)
    keys.addStretch(1)
    page = QVBoxLayout()
    page.setSpacing(0)
    page.addWidget(banner.practice(can_leave=True))
    page.addWidget(PageHeader("Kunjungan", actions=(PrimaryButton("Kunjungan baru", "plus"),)))
    page.addLayout(bar)
    page.addLayout(held, 1)
    page.addLayout(keys)
    navigation = Navigation("Kanim Kotamobagu", Person("Meyke Mamonto", "PIMPASA"), ENTRIES)
    navigation.mark("visits")
    navigation.count("exchange", 4)
    status = StatusLine()
    status.show_standing(Standing("10.12", 107, "kemarin 16.40"))
    across = QHBoxLayout()
    across.setSpacing(0)
    across.addWidget(navigation)
    across.addLayout(page, 1)
    whole = QVBoxLayout(window)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addLayout(across, 1)
    whole.addWidget(status)
    search.setFocus()
    return window


def _row(*widgets: QWidget) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return held


def focused(widget: QWidget) -> QWidget:
    """As if it had the focus, which only one can have at a time."""
    widget.hasFocus = lambda: True
    return widget


def off(widget: QWidget) -> QWidget:
    widget.setEnabled(False)
    return widget


def controls() -> QWidget:
    window = QWidget()
    window.resize(1024, 900)
    grid = QGridLayout(window)
    grid.setContentsMargins(24, 24, 24, 24)
    grid.setSpacing(20)
    buttons = Card("Tombol", beside=LinkButton("Semua kunjungan"))
    for kind in (PrimaryButton, OutlinedButton, LinkButton):
        buttons.add(_row(kind("Kunjungan baru", "plus"), focused(kind("Terpilih")), off(kind("Belum bisa"))))
    large = {"size": Size.LARGE}
    buttons.add(_row(OutlinedButton("Catat temuan", "note-pencil", **large), PrimaryButton("Baru", "plus", **large)))
    buttons.add(
        _row(
            OutlinedButton("Isi daftar hadir", "users", keys="F11"),
            OutlinedButton("Terima", "check", size=Size.SMALL),
            IconButton("x", "Tolak", outlined=True),
            IconButton("lock", "Kunci sekarang"),
            focused(IconButton("trash", "Hapus")),
        )
    )
    buttons.fill()
    grid.addWidget(buttons, 0, 0)
    tags = Card("Keadaan")
    kinds = [("Selesai", "check"), ("Berlangsung", "play-circle"), ("Belum lengkap", "warning-circle")]
    kinds += [("Tinggi", "warning-octagon-fill"), ("Terkirim", "cloud-check")]
    made = [Tag(word, icon, kind) for (word, icon), kind in zip(kinds, tag.Kind, strict=True)]
    tags.add(_row(*made[:3]))
    tags.add(_row(*made[3:]))
    tags.add(_row(FilterWord("Tahun 2025"), focused(FilterWord("Bolaang Mongondow Timur"))))
    tags.add(Rule())
    half = CheckBox("Sebagian")
    half.setTristate(True)
    half.setCheckState(Qt.CheckState.PartiallyChecked)
    ticked, dotted = CheckBox("Dua baris kosong di akhir"), RadioButton("A4")
    ticked.setChecked(True)
    dotted.setChecked(True)
    looked_at = focused(CheckBox("Terpilih"))
    looked_at.setChecked(True)
    dotted_at = focused(RadioButton("F4"))
    dotted_at.setAutoExclusive(False)
    dotted_at.setChecked(True)
    tags.add(_row(ticked, looked_at))
    tags.add(_row(focused(CheckBox("Gabung")), half, off(CheckBox("Tak bisa"))))
    tags.add(_row(dotted, dotted_at, focused(RadioButton("F5")), off(RadioButton("Letter"))))
    tags.fill()
    grid.addWidget(tags, 0, 1)
    form = Card("Kolom isian")
    kinds_of_visit = [("s", "Sosialisasi dan edukasi"), ("m", "Monitoring dan evaluasi")]
    form.add(LabeledField("Kegiatan", ChoiceField("Kegiatan", kinds_of_visit, letters=32)))
    basis = TextField("Dasar", letters=40)
    basis.setText("Surat tugas Kepala Kantor, 1 Juli 2025")
    form.add(LabeledField("Dasar", basis, hint="Surat tugas atau surat edaran yang menjadi dasar."))
    theme_field = TextField("Tema", placeholder="Judul acara di undangan")
    form.add(LabeledField("Tema", theme_field, optional=True))
    form.add(LabeledField("Catatan", TextArea("Catatan", lines=3, placeholder="Apa yang disepakati"), optional=True))
    form.fill()
    grid.addWidget(form, 1, 0)
    trouble = Card("Kesalahan dan keraguan")
    wrong = LabeledField("Mulai", TextField("Mulai", letters=8, figures=True))
    wrong.editor.setText("25.00")
    wrong.refuse("Jam ini tidak ada. Tulis antara 00.00 dan 23.59.")
    unsure = LabeledField("Nomor HP", TextField("Nomor HP", letters=20), optional=True)
    unsure.editor.setText("0812 3456 78")
    unsure.doubt("Nomor HP ini kurang satu angka. Biarkan kosong bila tidak yakin.")
    shut = LabeledField("Kantor", off(TextField("Kantor", letters=30)), hint="Kantor ditetapkan saat pendaftaran.")
    shut.editor.setText("Kanim Kotamobagu")
    choice = LabeledField("Unsur", ChoiceField("Unsur", kinds_of_visit, placeholder="Pilih unsur", letters=24))
    choice.refuse("Pilih satu unsur.")
    for field in (wrong, unsure, choice, shut):
        trouble.add(field)
    trouble.fill()
    grid.addWidget(trouble, 1, 1)
    basis.setFocus()
    return window


def messages() -> QWidget:
    window = QWidget()
    window.resize(1024, 860)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(banner.practice(can_leave=True))
    restricted = "Hanya Anda dan Seksi Inteldakim yang dapat membuka. Tidak ikut tercetak dan tidak tampil di Beranda."
    attention = notice.Kind.ATTENTION
    column.addWidget(banner.Banner(attention, "lock-fill", "Rahasia.", restricted, action="Tutup layar", keys="F8"))
    column.addWidget(
        PageHeader(
            "Desa Bongkudai Utara",
            second="Kamis, 3 Juli 2025, 09.00 – 12.00 WITA · Balai Desa · Kec. Mooat",
            back="Kunjungan",
            tag=Tag("Berlangsung", "play-circle", tag.Kind.ACTIVE),
            actions=(
                OutlinedButton("Pratinjau dokumen", "file-text"),
                OutlinedButton("Isi daftar hadir", "users", keys="F11"),
            ),
        )
    )
    inner = QVBoxLayout()
    inner.setContentsMargins(24, 4, 24, 20)
    inner.setSpacing(16)
    column.addLayout(inner, 1)
    safe = (
        "107 catatan tersimpan aman di laptop ini dan akan terkirim sendiri saat ada sinyal. Anda dapat terus bekerja."
    )
    kind = notice.Kind
    inner.addWidget(
        notice.Notice(
            kind.ATTENTION,
            "Kantor belum bisa dihubungi",
            safe,
            action="Coba lagi",
            icon="cloud-slash",
            can_dismiss=True,
        )
    )
    inner.addWidget(
        notice.Notice(
            kind.DANGER,
            "Berkas simpanan rusak",
            "Catatan sampai kemarin 16.40 ada di kantor. Pulihkan dari salinan terakhir untuk melanjutkan.",
            action="Pulihkan",
        )
    )
    inner.addWidget(notice.Notice(kind.INFORMATION, "Dipakai Polsek Pahandut", action="Urungkan"))
    work = Card()
    sending, news = ProgressBar("Catatan"), ProgressBar("Kabar dari kantor", can_stop=False)
    sending.advance(36, 107, detail="54 KB dari 156 KB", seconds_left=50)
    work.add(sending)
    work.add(news)
    inner.addWidget(work)
    empty = Card()
    empty.add(
        EmptyState(
            "Belum ada desa untuk Anda",
            "Kantor belum menetapkan desa binaan Anda. Sampaikan nama akun meyke.mamonto kepada staf kantor, "
            "lalu periksa lagi.",
            "Periksa lagi",
            action_icon="arrows-clockwise",
            strong="meyke.mamonto",
            foot="Terakhir diperiksa hari ini 08.04 WITA",
        ),
        1,
    )
    inner.addWidget(empty, 1)
    busy = StatusLine()
    busy.show_standing(Standing("12.07", 1250, "", 34))
    column.addWidget(busy)
    return window


def narrow() -> QWidget:
    """Long names and two scripts in the smallest window."""
    window = full_window()
    window.resize(1024, 700)
    return window


def page_of(text: str) -> QWidget:
    """One page on which every text is `text`."""
    table = Table("Tabel", COLUMNS)
    table.show_rows([Row("1", tuple(Cell(text, icon="check") for _ in COLUMNS)), *visits()[1:4]])
    kind = notice.Kind.ATTENTION
    window = QWidget()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(banner.Banner(kind, "info-fill", text[:20], text, action=text[:60]))
    column.addWidget(PageHeader(text[:150], second=text, back=text[:60], tag=Tag(text), actions=(PrimaryButton(text),)))
    column.addWidget(notice.Notice(kind, text[:100], text, action=text, can_dismiss=True))
    field = LabeledField(text[:100], TextField("x"), hint=text[:200], optional=True)
    field.refuse(text)
    column.addWidget(field)
    column.addWidget(ProgressBar(text[:40]))
    column.addWidget(table, 1)
    column.addWidget(StatusLine())
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(window)
    whole = QWidget()
    around = QVBoxLayout(whole)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(area)
    return whole


def page() -> QWidget:
    """The parts of a visit beside its first part."""
    parts = Parts(
        "Bagian kunjungan",
        (
            Part("summary", "Ringkasan", "Lengkap", State.COMPLETE),
            Part("attendees", "Hadir", "47 orang, 1 nama mirip", State.PARTLY),
            Part("aid", "Materi & bantuan", "4 materi, tanpa bantuan", State.COMPLETE),
            Part("findings", "Temuan", "Belum diisi", State.EMPTY),
            Part("photos", "Foto", "1 foto, perlu 2", State.PARTLY),
            Part("follow_up", "Tindak lanjut", "lewat 3 hari", State.ATTENTION),
            Part("documents", "Dokumen", "Dibuat sesudah selesai", State.EMPTY),
        ),
    )
    parts.mark("attendees")
    both = (("L", "laki-laki"), ("P", "perempuan"))
    men, none, looked_at = (Segments("Jenis kelamin", both, height=high) for high in (36, 36, 48))
    men.choose("L")
    looked_at.choose("P")
    name = TextField("Nama", room="register", letters=30)
    name.setText("Sri Wahyuni")
    form = QVBoxLayout()
    form.setContentsMargins(32, 16, 32, 16)
    form.setSpacing(16)
    form.addWidget(Words("Hadir", Role.SECTION))
    form.addWidget(_row(LabeledField("Nama", name), LabeledField("L / P", focused(looked_at))))
    form.addWidget(_row(LabeledField("L / P", men), LabeledField("L / P", none, optional=True)))
    form.addStretch(1)
    window = QWidget()
    window.resize(1024, 460)
    across = QHBoxLayout(window)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    across.addWidget(parts)
    across.addWidget(Rule(upright=True))
    across.addLayout(form, 1)
    return window


SHEETS = {"window": full_window, "controls": controls, "messages": messages, "page": page, "narrow": narrow}


def main(scale: str) -> None:
    app = QApplication([*sys.argv[:1], *theme.ARGUMENTS])
    theme.dress(app)
    OUT.mkdir(parents=True, exist_ok=True)
    for name, palette in (("light", theme.LIGHT), ("dark", theme.DARK)):
        theme.show(app, palette)
        for sheet, make in SHEETS.items():
            window = make()
            theme.clothe(window)
            window.show()
            window.activateWindow()
            app.processEvents()
            window.grab().save(str(OUT / f"gallery-{sheet}-{name}-{scale}.png"))
            window.close()


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1] != "all":
        main(sys.argv[1])
    else:
        for percent in sys.argv[2:] or ("100", "150"):
            scaled = {**os.environ, "QT_SCALE_FACTOR": str(int(percent) / 100)}
            subprocess.run([sys.executable, __file__, percent], env=scaled, check=True)
