"""The typeface and its roles: what a title, a label or a column header is set in.

It knows sizes and weights, not colours. The fonts lie in resources, so the program looks the same everywhere and
needs none from the system.
"""

from enum import Enum
from functools import lru_cache

from msgspec import Struct
from PySide6.QtGui import QFont, QFontDatabase

from pimpasa_desktop.paths import RESOURCES

FAMILY = "Plus Jakarta Sans"
FILES = ("Regular", "Medium", "SemiBold", "Bold")
# The font's own space is narrow; at 14 px words would run together.
WORD_SPACING_PX = 0.8


class Setting(Struct, frozen=True):
    """Size and line in px at 100 %, weight, and tracking in em."""

    px: int
    line: int
    weight: int
    tracking: float = 0.0


class Role(Enum):
    TITLE = Setting(24, 32, 700, -0.015)
    NAME = Setting(20, 28, 700, -0.005)
    SECTION = Setting(16, 24, 600)
    COUNT = Setting(96, 96, 700, -0.04)
    FIGURE = Setting(32, 40, 700, -0.02)
    LARGE = Setting(16, 24, 600, 0.001)
    BODY = Setting(14, 20, 400)
    ENTRY = Setting(14, 20, 500)
    LABEL = Setting(14, 20, 600)
    SECOND = Setting(13, 18, 400)
    TOLD = Setting(13, 18, 500)
    SMALL = Setting(13, 18, 600)
    COLUMN = Setting(12, 16, 600)
    CAPTION = Setting(12, 16, 400)


@lru_cache
def load() -> bool:
    """Make the typeface known to Qt; it needs an application. Tells whether every file was usable."""
    paths = [RESOURCES / "fonts" / f"PlusJakartaSans-{weight}.ttf" for weight in FILES]
    return all(QFontDatabase.addApplicationFont(str(path)) >= 0 for path in paths)


@lru_cache
def font(role: Role, figures: bool = False) -> QFont:
    """The font of a role; `figures` makes all digits equally wide, for tables, times and counts."""
    setting: Setting = role.value
    made = QFont(FAMILY)
    made.setPixelSize(setting.px)
    made.setWeight(QFont.Weight(setting.weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setWordSpacing(WORD_SPACING_PX)
    if setting.tracking:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, setting.tracking * setting.px)
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def line(role: Role) -> int:
    """The height of one line of a role, in px."""
    setting: Setting = role.value
    return setting.line
