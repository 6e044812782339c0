"""What differs between two values is marked, and only that."""

import pytest

from pimpasa_desktop.app.differing import differences


@pytest.mark.parametrize(
    ("one", "other", "marked"),
    [
        ("Budi Susanto", "Budi Santoso", ("usanto", "antoso")),
        ("Polsek Pahandut", "Polsek Modayag", ("Pahandut", "Modayag")),
        ("Siti Mokoginta", "Sitti Mokoginta", ("", "t")),
        ("40", "45", ("0", "5")),
        ("", "45", ("", "45")),
        ("sama", "sama", ("", "")),
    ],
)
def test_the_letters_that_differ_are_marked(one: str, other: str, marked: tuple[str, str]) -> None:
    mine, theirs = differences(one, other)
    shown = tuple("".join(text[a:b] for a, b in spans) for text, spans in ((one, mine), (other, theirs)))
    assert shown == marked
