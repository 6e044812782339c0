import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from pimpasa_desktop import app
from pimpasa_desktop.app import icons

NAMES = sorted(path.stem for path in icons.FOLDER.glob("*.svg"))
NAVIGATION = (
    *("house", "tray", "calendar-check", "map-trifold", "binoculars", "file-arrow-down", "arrows-clockwise"),
    "gear-six",
)
STATES = (
    *("circle", "circle-half", "check-circle", "cloud-check", "cloud-arrow-up", "warning-circle", "cloud-x"),
    *("cloud-slash", "diamond", "warning-octagon"),
)


def ink(pixmap):
    image = pixmap.toImage()
    spots = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {spot.name() for spot in spots if spot.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_asked_for_and_in_no_other(qapp, name):
    assert ink(icons.pixmap(name, 32, QColor("#A8201A"), 2.0)) == {"#a8201a"}


@pytest.mark.parametrize("name", [*NAVIGATION, *(f"{name}-fill" for name in NAVIGATION), *STATES])
def test_the_icons_of_navigation_and_states_are_there(name):
    assert icons.exists(name)


def test_every_icon_that_a_widget_names_is_there():
    sources = "\n".join(path.read_text("utf-8") for path in Path(app.__file__).parent.rglob("*.py"))
    named = set(re.findall(r'"([a-z]+(?:-[a-z]+)*-fill|[a-z]+(?:-[a-z]+)+)"', sources))
    looks_like = {name for name in named if name.removesuffix("-fill") in NAMES or name.endswith("-fill")}
    assert looks_like <= set(NAMES)
    assert {"magnifying-glass", "warning-circle-fill"} <= looks_like


def test_an_icon_is_sharp_on_a_fine_screen(qapp):
    drawn = icons.pixmap("house", 20, QColor("#14509B"), 1.5)
    assert (drawn.width(), drawn.height(), drawn.devicePixelRatio()) == (30, 30, 1.5)


def test_an_icon_is_drawn_once_for_each_look(qapp):
    blue, red = QColor("#14509B"), QColor("#A8201A")
    assert icons.pixmap("gear-six", 16, blue).cacheKey() == icons.pixmap("gear-six", 16, blue).cacheKey()
    looks = [icons.pixmap("gear-six", size, colour) for size in (16, 18) for colour in (blue, red)]
    assert len({look.cacheKey() for look in looks}) == 4


def test_a_name_that_does_not_exist_is_a_bug_and_says_which(qapp):
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icons.pixmap("no-such-icon", 16, QColor("#000000"))
