import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.widgets.choice_field import ChoiceField
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.search_field import SearchField
from pimpasa_desktop.app.widgets.text_field import TextArea, TextField
from rig.window import hold

EDITORS = {
    "text": lambda: TextField("x"),
    "area": lambda: TextArea("x"),
    "choice": lambda: ChoiceField("x", [("w", "Warga"), ("p", "Pemuda")]),
}


def heard(widget, part):
    return QAccessible.queryAccessibleInterface(widget).text(part)


def border(editor):
    return editor.grab().toImage().pixelColor(editor.width() // 2, 1)


@pytest.mark.parametrize("make", EDITORS.values(), ids=EDITORS)
def test_what_stands_around_a_field_is_heard_as_well(shown, make):
    field = shown(LabeledField("Nomor HP", make(), hint="Tulis dengan 08.", optional=True))
    assert field.editor.accessibleName() == "Nomor HP (opsional)"
    labels = QAccessible.queryAccessibleInterface(field.editor).relations(QAccessible.RelationFlag.Label)
    assert [label.text(QAccessible.Text.Name) for label, _relation in labels] == ["Nomor HP (opsional)"]
    assert heard(field.editor, QAccessible.Text.Description) == "Tulis dengan 08."
    field.refuse("Nomor ini kurang satu angka.")
    assert heard(field.editor, QAccessible.Text.Description) == "Nomor ini kurang satu angka.\nTulis dengan 08."
    field.accept()
    assert heard(field.editor, QAccessible.Text.Description) == "Tulis dengan 08."


def test_enter_that_is_held_down_is_one(shown):
    field, told = shown(TextField("Nama")), []
    field.returnPressed.connect(lambda: told.append(field.text()))
    hold(field, Qt.Key.Key_Return)
    assert len(told) == 1


@pytest.mark.parametrize("make", EDITORS.values(), ids=EDITORS)
def test_a_refusal_reddens_the_border_and_a_doubt_does_not(shown, make):
    field = shown(LabeledField("Jam", make()), 400, 160)
    field.setFocus()
    field.clearFocus()
    field.editor.clearFocus()
    calm = border(field.editor)
    field.refuse("Jam ini tidak ada.")
    assert border(field.editor) == theme.LIGHT.red
    field.doubt("Jam ini tengah malam. Benar?")
    assert border(field.editor) == calm
    field.refuse("Jam ini tidak ada.")
    field.accept()
    assert border(field.editor) == calm


def test_a_sentence_takes_room_only_while_there_is_one(shown):
    field = shown(LabeledField("Jam", TextField("Jam")))
    calm = field.sizeHint().height()
    field.doubt("Jam ini tengah malam. Benar?")
    assert field.sizeHint().height() > calm
    field.accept()
    assert field.sizeHint().height() == calm


def test_the_width_of_a_field_tells_the_length_expected(qtbot):
    short, long = TextField("Jam", letters=5), TextField("Nama", letters=40)
    qtbot.addWidget(short)
    qtbot.addWidget(long)
    assert short.width() < long.width()


def test_a_label_leads_to_its_field(shown):
    field = shown(LabeledField("Nama", TextField("Nama")))
    field.setFocus()
    assert field.editor.hasFocus()
    assert field.label.buddy() is field.editor


def test_tab_leaves_a_field_of_several_lines(qtbot, shown):
    window, area, after = QWidget(), TextArea("Catatan"), TextField("Tema")
    column = QVBoxLayout(window)
    column.addWidget(area)
    column.addWidget(after)
    shown(window)
    area.setFocus()
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert area.toPlainText() == ""


def test_a_search_tells_each_change_and_escape_empties_it_before_it_leaves(qtbot, shown):
    search = shown(SearchField("Cari", "Cari desa"))
    asked = []
    search.asked.connect(asked.append)
    qtbot.keyClicks(search, "gua")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert asked == ["g", "gu", "gua", ""]


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_search_hands_on_to_the_list(qtbot, shown, key):
    search = shown(SearchField("Cari", "Cari desa"))
    with qtbot.waitSignal(search.left_down, timeout=500):
        qtbot.keyClick(search, key)


def test_the_cross_of_a_search_is_there_only_when_there_is_something_to_empty(qtbot, shown):
    search = shown(SearchField("Cari", "Cari desa"))
    assert not search._clear.isVisible()
    qtbot.keyClicks(search, "gua")
    qtbot.mouseClick(search._clear, Qt.MouseButton.LeftButton)
    assert search.text() == ""
    assert not search._clear.isVisible()


def test_a_choice_gives_its_value_and_none_while_nothing_is_chosen(qtbot, shown):
    choice = shown(ChoiceField("Unsur", [("w", "Warga"), ("p", "Pemuda")], placeholder="Pilih"))
    assert choice.chosen() == ""
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert choice.chosen() == "w"


def test_the_wheel_over_a_choice_changes_nothing(qtbot, shown):
    choice = shown(ChoiceField("Unsur", [("w", "Warga"), ("p", "Pemuda")]))
    choice.setFocus()
    none = Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, turn)
    assert choice.chosen() == "w"
