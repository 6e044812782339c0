from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from pimpasa_desktop.app import drawing, theme
from pimpasa_desktop.app.fonts import Role, font

WORDS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=12), max_size=12
)


@given(WORDS, st.integers(20, 400))
def test_breaking_a_text_in_two_loses_nothing_and_fills_the_first_line(parts, room):
    face = font(Role.BODY)
    first, rest = drawing.in_two(" ".join(parts), face, room)
    assert " ".join(filter(None, (first, rest))) == " ".join(parts)
    if " " in first:
        assert drawing.width(first, face) <= room
    if rest:
        assert drawing.width(f"{first} {rest.split(' ')[0]}", face) > room


def test_a_text_of_several_lines_is_shown_in_one():
    assert drawing.one_line("satu\ndua\ttiga") == "satu dua tiga"
    assert drawing.one_line("dua  spasi") == "dua  spasi"


def test_a_ground_is_filled_to_its_edges_and_no_further() -> None:
    drawn = QPixmap(8, 8)
    drawn.fill(theme.LIGHT.surface)
    painter = QPainter(drawn)
    drawing.fill(painter, QRectF(2, 0, 3, 7), theme.LIGHT.link)
    painter.end()
    image = drawn.toImage()
    filled = {(x, y) for x in range(8) for y in range(8) if image.pixelColor(x, y) == theme.LIGHT.link}
    assert filled == {(x, y) for x in range(2, 5) for y in range(7)}
