import pytest
from PySide6.QtCore import Qt

from pimpasa_desktop.app.widgets.parts import Part, Parts, State

PARTS = (
    Part("summary", "Ringkasan", "Lengkap", State.COMPLETE),
    Part("attendees", "Hadir", "47 orang, 1 nama mirip", State.PARTLY),
    Part("findings", "Temuan", "Belum diisi", State.EMPTY),
)


@pytest.fixture
def parts(shown) -> Parts:
    return shown(Parts("Bagian kunjungan", PARTS), 232, 400)


def test_a_click_goes_to_the_part(qtbot, parts):
    with qtbot.waitSignal(parts.chosen) as told:
        qtbot.mouseClick(parts.part("findings"), Qt.MouseButton.LeftButton)
    assert told.args == ["findings"]
    assert [part.key for part in PARTS if parts.part(part.key).isChecked()] == ["findings"]


def test_arrows_go_along_and_enter_goes_there(qtbot, parts):
    parts.part("summary").setFocus()
    qtbot.keyClick(parts.part("summary"), Qt.Key.Key_Up)
    assert parts.part("findings").hasFocus()
    with qtbot.waitSignal(parts.chosen) as told:
        qtbot.keyClick(parts.part("findings"), Qt.Key.Key_Return)
    assert told.args == ["findings"]


def test_another_state_is_seen_and_heard(parts):
    before = parts.part("findings").grab().toImage()
    parts.tell(Part("findings", "Temuan", "nihil", State.COMPLETE))
    assert parts.part("findings").grab().toImage() != before
    assert parts.part("findings").accessibleDescription() == "nihil"


def test_states_differ_in_shape_and_not_only_in_colour():
    assert len({state.value for state in State}) == len(State)
