"""How rows fall on pages."""

from hypothesis import given
from hypothesis import strategies as st

from pimpasa_desktop.reports.attendance_table import paginate

TALLEST = 36.0


@given(
    heights=st.lists(st.floats(7, TALLEST), min_size=1, max_size=120),
    first_rows=st.integers(1, 12).map(lambda pairs: 2 * pairs),
    next_rows=st.integers(1, 16).map(lambda pairs: 2 * pairs),
    first_room=st.floats(0, 200),
    next_room=st.floats(150, 260),
    share=st.floats(0, 1),
)
def test_rows_fall_on_pages_in_order_with_whole_pairs_and_room_for_the_closing(
    heights: list[float], first_rows: int, next_rows: int, first_room: float, next_room: float, share: float
) -> None:
    closing = share * (next_room - 2 * TALLEST)
    pages = paginate(heights, (first_rows, next_rows), (first_room, next_room), closing)
    assert [row for page in pages for row in page] == list(range(len(heights)))
    for at, page in enumerate(pages):
        last = at == len(pages) - 1
        room = next_room if at else first_room
        assert page.start % 2 == 0
        assert len(page) <= (next_rows if at else first_rows) + (1 if last else 0)
        assert sum(heights[row] for row in page) + (closing if last else 0) <= room + 1e-5
        assert page or at == 0
    # One row may close the list alone only when it is the only one, or three do not fit above the closing.
    if len(pages[-1]) == 1 and len(heights) > 1:
        assert sum(heights[-3:]) + closing > next_room - 1e-5 or not pages[-2]
