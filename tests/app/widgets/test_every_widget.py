"""What holds for all widgets alike: reached by Tab, focus seen, named, grown with their words, repainted."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import gallery
from pimpasa_desktop.app import theme
from pimpasa_desktop.app.widgets.button import IconButton, LinkButton, OutlinedButton, PrimaryButton
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.day_field import DayField
from pimpasa_desktop.app.widgets.filter_word import FilterWord
from pimpasa_desktop.app.widgets.month_grid import MonthGrid
from pimpasa_desktop.app.widgets.record_row import RecordRow
from pimpasa_desktop.app.widgets.row import Cell, Column, Row
from pimpasa_desktop.app.widgets.search_field import SearchField
from pimpasa_desktop.app.widgets.segments import Segments
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.tag import Tag
from pimpasa_desktop.app.widgets.text_field import TextArea, TextField
from pimpasa_desktop.app.widgets.ticks import CheckBox, RadioButton
from pimpasa_desktop.app.widgets.time_field import TimeField
from pimpasa_desktop.app.widgets.words import Words


def table() -> Table:
    made = Table("Desa", [Column("Desa")])
    made.show_rows([Row("1", (Cell("Guaan"),))])
    return made


def ticked(box):
    box.setChecked(True)
    return box


def record_row() -> RecordRow:
    made = RecordRow()
    made.show_record("Imam Santoso", "Kepala Kantor Imigrasi")
    return made


FOCUSABLE = {
    "primary": lambda: PrimaryButton("Kirim"),
    "outlined": lambda: OutlinedButton("Buka", "arrow-right"),
    "link": lambda: LinkButton("Urungkan"),
    "icon": lambda: IconButton("x", "Tutup"),
    "filter": lambda: FilterWord("Tahun 2025"),
    "check": lambda: CheckBox("Gabung"),
    "ticked": lambda: ticked(CheckBox("Gabung")),
    "radio": lambda: RadioButton("A4"),
    "dotted": lambda: ticked(RadioButton("A4")),
    "text": lambda: TextField("Nama"),
    "day": lambda: DayField("Tanggal", lambda: date(2025, 7, 3)),
    "time": lambda: TimeField("Mulai"),
    "month": lambda: MonthGrid(date(2025, 7, 3)),
    "area": lambda: TextArea("Catatan"),
    "search": lambda: SearchField("Cari", "Cari desa"),
    "choice": lambda: ChoiceField("Unsur", [("w", "Warga")]),
    "segments": lambda: Segments("L/P", (("L", "laki-laki"), ("P", "perempuan"))),
    "record": record_row,
    "table": table,
}
PRESSED = ("primary", "outlined", "link", "icon", "filter", "record")
LONG = "Sosialisasi dan Edukasi Keimigrasian bagi Perangkat Desa dan Calon Pekerja Migran Indonesia " * 3
SCRIPTS = {
    "long": LONG,
    "one word": "Bongkudai" * 40,
    "arabic": "محمد بن عبد الله الأندونيسي " * 8,
    "mixed": "Haji محمد (Guaan) 08.00 " * 10,
    "lines": "satu\ndua\ntiga " * 20,
    "ampersand": "Materi & bantuan && <b>tebal</b> " * 10,
}


@pytest.mark.parametrize("name", FOCUSABLE)
@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_tab_reaches_it_and_one_sees_where_one_is(qapp, qtbot, shown, name, palette):
    theme.show(qapp, palette)
    window, before, it = QWidget(), QLineEdit(), FOCUSABLE[name]()
    column = QVBoxLayout(window)
    column.addWidget(before)
    column.addWidget(it)
    shown(window)
    before.setFocus()
    at_rest = it.grab().toImage()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert it.hasFocus()
    focused = it.grab().toImage()
    changed = [
        (x, y)
        for x in range(focused.width())
        for y in range(focused.height())
        if focused.pixelColor(x, y) != at_rest.pixelColor(x, y) and focused.pixelColor(x, y) == palette.link
    ]
    assert len(changed) >= 40, "a ring is more than a caret"


@pytest.mark.parametrize("name", PRESSED)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_the_space_bar_press_it(qtbot, shown, name, key):
    button = shown(FOCUSABLE[name]())
    button.setFocus()
    with qtbot.waitSignal(button.clicked, timeout=500):
        qtbot.keyClick(button, key)


@pytest.mark.parametrize("name", PRESSED)
def test_one_that_is_off_cannot_be_pressed_and_looks_it(qtbot, shown, name):
    button = shown(FOCUSABLE[name]())
    on = button.grab().toImage()
    button.setEnabled(False)
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not pressed
    if name != "filter":
        assert button.grab().toImage() != on


@pytest.mark.parametrize("name", FOCUSABLE)
def test_a_screen_reader_hears_its_name(shown, name):
    heard = QAccessible.queryAccessibleInterface(shown(FOCUSABLE[name]())).text(QAccessible.Text.Name)
    assert heard


@pytest.mark.parametrize("make", [PrimaryButton, OutlinedButton, LinkButton, FilterWord, Tag, CheckBox, RadioButton])
def test_it_grows_with_its_words(qtbot, make):
    sizes = []
    for words in ("Kirim", "Kirim sekarang", "Kirim semua yang menunggu sekarang"):
        widget = make(words)
        qtbot.addWidget(widget)
        sizes.append(widget.sizeHint().width())
        assert widget.minimumSizeHint().width() >= min(sizes[-1], 240)
    assert sizes == sorted(set(sizes))


@pytest.mark.parametrize("make", [PrimaryButton, OutlinedButton, LinkButton, Tag, CheckBox, RadioButton])
def test_what_is_squeezed_tells_all_in_its_tooltip_and_to_a_screen_reader(shown, make):
    widget = shown(make(LONG))
    widget.resize(200, 40)
    QApplication.processEvents()
    heard = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    assert widget.toolTip() == LONG
    assert heard.split() == LONG.split()
    widget.resize(widget.sizeHint())
    QApplication.processEvents()
    assert widget.toolTip() == ""


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_words_wrap_within_their_width_and_ask_for_the_height(shown, text):
    words = shown(Words(text), 300, 400)
    layout, height = words._lines(300)
    assert all(layout.lineAt(at).naturalTextWidth() <= 301 for at in range(layout.lineCount()))
    assert words.heightForWidth(300) == height == 20 * layout.lineCount()
    assert layout.lineCount() > 1


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_long_texts_in_any_script_leave_the_smallest_window_whole(shown, text, direction):
    window = gallery.page_of(text)
    window.setLayoutDirection(direction)
    shown(window, 1024, 700)
    assert (window.width(), window.height()) == (1024, 700)
    for part in window.findChildren(QWidget):
        if part.isVisible() and part.parentWidget() is not None:
            room = part.parentWidget().rect()
            assert room.left() <= part.x(), part
            assert part.geometry().right() <= room.right(), part


def test_the_words_of_an_ampersand_are_shown_as_written(shown):
    button = shown(PrimaryButton("Materi & bantuan"))
    assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name) == "Materi & bantuan"
    assert button.shortcut().isEmpty()


def test_widgets_of_a_row_stand_on_one_line(shown):
    window = QWidget()
    row = QHBoxLayout(window)
    parts = [TextField("Nama"), ChoiceField("Unsur", [("w", "Warga")]), PrimaryButton("Tambah")]
    for part in parts:
        row.addWidget(part)
    shown(window)
    assert {part.height() for part in parts} == {theme.CONTROL}
    assert len({part.y() for part in parts}) == 1
    parts[0].setFocus()
    QApplication.processEvents()
    assert {part.height() for part in parts} == {theme.CONTROL}, "the ring takes no room"


@pytest.mark.parametrize("sheet", gallery.SHEETS)
def test_every_sheet_of_the_gallery_opens_and_fits_the_smallest_window(qapp, shown, sheet):
    for palette in (theme.DARK, theme.LIGHT):
        theme.show(qapp, palette)
        window = gallery.SHEETS[sheet]()
        shown(window, 1024, 700)
        assert window.width() == 1024
        assert not window.grab().isNull()
