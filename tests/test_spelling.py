import pytest

from pimpasa_desktop.spelling import number


@pytest.mark.parametrize(
    ("count", "read"), [(0, "0"), (999, "999"), (1250, "1.250"), (83762, "83.762"), (-1250, "-1.250")]
)
def test_thousands_are_parted_by_a_point(count, read):
    assert number(count) == read
