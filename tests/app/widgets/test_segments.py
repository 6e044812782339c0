import pytest
from PySide6.QtCore import QPoint, Qt

from pimpasa_desktop.app.widgets.segments import Segments


@pytest.fixture
def sex(shown) -> Segments:
    return shown(Segments("Jenis kelamin", (("L", "laki-laki"), ("P", "perempuan"))))


def test_the_letter_itself_chooses(qtbot, sex):
    told = []
    sex.chosen.connect(told.append)
    qtbot.keyClicks(sex, "plx")
    assert told == ["P", "L"]


def test_arrows_choose_and_delete_takes_back(qtbot, sex):
    told = []
    sex.chosen.connect(told.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Delete):
        qtbot.keyClick(sex, key)
    assert told == ["L", "P", "L", "P", ""]


def test_a_second_press_takes_the_choice_back(qtbot, sex):
    right = QPoint(sex.width() - 10, 10)
    qtbot.mouseClick(sex, Qt.MouseButton.LeftButton, pos=right)
    assert sex.letter() == "P"
    qtbot.mouseClick(sex, Qt.MouseButton.LeftButton, pos=right)
    assert sex.letter() == ""


def test_what_is_chosen_is_heard_in_words(sex):
    sex.choose("P")
    assert sex.accessibleName() == "Jenis kelamin: perempuan"
    sex.choose("")
    assert sex.accessibleName() == "Jenis kelamin"


def test_showing_a_choice_tells_nobody(qtbot, sex):
    with qtbot.assertNotEmitted(sex.chosen):
        sex.choose("L")
