import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

from pimpasa_desktop.app import fonts
from pimpasa_desktop.app.fonts import Role


def width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


@pytest.mark.parametrize("role", Role)
def test_each_role_is_set_in_our_own_typeface_at_its_size_and_weight(dressed, role):
    face = QFontInfo(fonts.font(role))
    assert (face.family(), face.pixelSize(), face.weight()) == (fonts.FAMILY, role.value.px, role.value.weight)


def test_figures_of_a_table_are_equally_wide_and_those_of_a_sentence_are_not(dressed):
    table, sentence = fonts.font(Role.BODY, figures=True), fonts.font(Role.BODY)
    assert len({width(digit * 4, table) for digit in "0123456789"}) == 1
    assert width("1111", sentence) < width("0000", sentence)


def test_words_stand_apart(dressed):
    plain = QFont(fonts.font(Role.BODY))
    plain.setWordSpacing(0)
    assert width("a b c", fonts.font(Role.BODY)) == pytest.approx(width("a b c", plain) + 1.6, abs=0.1)


def test_letters_are_not_bent_to_the_pixels(dressed):
    assert fonts.font(Role.BODY).hintingPreference() == QFont.HintingPreference.PreferNoHinting
