from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.table import Table

COLUMNS = (
    Column("Tanggal", Show.QUIET, 120, sorts=True),
    Column("Desa", Show.KEY),
    Column("Hadir", Show.NUMBER, 80, sorts=True),
    Column("Keadaan", Show.TAG, 120),
    Column("Kiriman", Show.SIGNED, 140),
)


def row(key: str, village: str = "Guaan", doubt: bool = False) -> Row:
    sent = Cell("Terkirim", icon="cloud-check", tone="green")
    return Row(key, (Cell("3 Juli"), Cell(village), Cell("47"), Cell("Selesai", icon="check"), sent), doubt)


@pytest.fixture
def table(shown) -> Table:
    made = Table("Kunjungan", COLUMNS)
    made.show_rows([row(str(key), f"Desa {key}") for key in range(100)])
    return shown(made, 800, 400)


def test_enter_opens_the_chosen_row_and_escape_leaves(qtbot, table):
    opened, left = [], []
    table.opened.connect(opened.append)
    table.left.connect(lambda: left.append(1))
    table.choose("1")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Enter)
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert opened == ["1", "2"]
    assert left == [1]


def test_who_comes_by_keyboard_stands_on_the_first_row(table):
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.chosen_key() == "0"


def test_the_chosen_row_stays_chosen_when_the_rows_change(table):
    table.choose("5")
    table.show_rows([row("9"), row("5")])
    assert table.chosen_key() == "5"
    table.show_rows([row("9")])
    assert table.chosen_key() == ""


def test_choosing_is_told_with_the_key(table):
    chosen = []
    table.chosen.connect(chosen.append)
    table.choose("3")
    table.choose("no such row")
    assert chosen == ["3"]


def test_a_click_on_a_head_asks_for_the_order_and_a_second_one_for_the_other_way(qtbot, table):
    asked = []
    table.order_asked.connect(lambda column, down: asked.append((column, down)))
    head = table.horizontalHeader()
    for column in (0, 0, 0, 1):
        at = head.sectionViewportPosition(column) + 10
        point = head.viewport().rect().center()
        point.setX(at)
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert asked == [(0, False), (0, True), (0, False)], "the second column has no order to ask for"


def test_the_head_stays_while_the_rows_scroll(table):
    head = table.horizontalHeader()
    before = (head.pos(), head.grab().toImage())
    table.choose("99")
    QApplication.processEvents()
    assert table.verticalScrollBar().value() > 0
    assert (head.pos(), head.grab().toImage()) == before


def test_a_new_row_appears_without_moving_the_choice(table):
    table.choose("5")
    table.rows.insert(0, row("new"))
    assert table.rows.row(0).key == "new"
    assert table.chosen_key() == "5"
    table.rows.remove(0)
    table.rows.change(0, row("0", "Kokapoi"))
    assert table.rows.index(0, 1).data() == "Kokapoi"
    assert table.chosen_key() == "5"


def test_rows_are_read_only_when_they_are_looked_at(shown):
    read = []

    class Lazy(Sequence):
        def __len__(self):
            return 24_000

        def __getitem__(self, at):
            read.append(at)
            return row(str(at))

    made = Table("Peserta", COLUMNS)
    made.show_rows(Lazy())
    shown(made, 800, 400)
    made.grab()
    assert max(read) < 20


def test_the_chosen_row_and_one_in_doubt_have_their_ground_and_bar(table):
    table.rows.change(1, row("1", doubt=True))
    table.choose("2")
    image = table.viewport().grab().toImage()
    assert image.pixelColor(10, theme.ROW + 4) == theme.LIGHT.gold_tint
    assert image.pixelColor(10, 2 * theme.ROW + 4) == theme.LIGHT.blue_tint
    assert image.pixelColor(1, 2 * theme.ROW + 18) == theme.LIGHT.link
    assert image.pixelColor(10, theme.ROW - 1) == theme.LIGHT.line


def test_the_row_under_the_pointer_is_shown(qtbot, table):
    before = table.viewport().grab().toImage().pixelColor(10, theme.ROW + 4)
    point = table.visualRect(table.model().index(1, 0)).center()
    qtbot.mouseMove(table.viewport(), point)
    qtbot.waitUntil(lambda: table.viewport().grab().toImage().pixelColor(10, theme.ROW + 4) != before, timeout=1000)
    assert table.viewport().grab().toImage().pixelColor(10, theme.ROW + 4) == theme.LIGHT.hover


def test_rows_are_36_high_and_56_with_a_second_line(qtbot):
    for two_lines, height in ((False, 36), (True, 56)):
        made = Table("Desa", COLUMNS, two_lines=two_lines)
        qtbot.addWidget(made)
        made.show_rows([row("1")])
        assert made.rowHeight(0) == height


def test_a_screen_reader_hears_both_lines_of_a_cell(shown):
    made = Table("Desa", [Column("Desa")], two_lines=True)
    made.show_rows([Row("1", (Cell("Guaan", second="Kec. Mooat"),))])
    shown(made)
    heard = QAccessible.queryAccessibleInterface(made)
    names = {heard.child(at).text(QAccessible.Text.Name) for at in range(heard.childCount())}
    assert "Guaan, Kec. Mooat" in names


def test_a_narrow_window_takes_the_words_of_signs_first(table):
    wide = table.columnWidth(4)
    table.resize(480, 400)
    assert table.columnWidth(4) < wide
    table.resize(800, 400)
    assert table.columnWidth(4) == wide


def test_the_thumb_follows_the_rows_both_ways(table):
    thumb, inner = table._thumb, table.verticalScrollBar()
    assert thumb.isVisible()
    thumb.setValue(thumb.maximum())
    assert inner.value() == inner.maximum() > 0
    inner.setValue(0)
    assert thumb.value() == 0
    table.show_rows([row("1")])
    QApplication.processEvents()
    assert not thumb.isVisible()


def test_columns_shrink_to_their_least_before_signs_lose_their_words(shown):
    table = Table("Kunjungan", (Column("Desa", Show.KEY, 300, least=150), *COLUMNS[1:2], *COLUMNS[4:]))
    table.show_rows([])
    shown(table, 700, 400)
    head = table.horizontalHeader()
    assert (head.sectionSize(0), head.sectionSize(2)) == (300, 140)
    table.resize(500, 400)
    assert 150 < head.sectionSize(0) < 300 and head.sectionSize(2) == 140
    table.resize(400, 400)
    assert (head.sectionSize(0), head.sectionSize(2)) == (150, 76)
