"""Colours and measures: two palettes as data, and which of them is shown now.

Widgets ask `now()` when they paint, so a change of theme needs no restart. It knows no widget.
"""

from typing import Literal

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from pimpasa_desktop.app import fonts
from pimpasa_desktop.app.stylesheet import stylesheet

Choice = Literal["system", "light", "dark"]
Tone = Literal["text", "text2", "text3", "link", "gold", "red", "green", "on_blue"]

# For the application: the same style on every system, so that one stylesheet fits. Said in words, since the first
# object of a style would have all constants of Qt's styles made, which takes longer than the application.
ARGUMENTS = ("-style", "fusion")

# px at 100 %, all on a grid of 4
MARGIN, BETWEEN_CARDS, GAP = 24, 20, 8
CONTROL, LARGE, SMALL, DETAIL = 36, 48, 28, 32
RADIUS, RING = 6, 2
LINK_PAD = 6  # the room for the ring around a word; a layout that wants the word flush gives it back
ROW, ROW_OF_TWO = 36, 56
NAVIGATION, STATUS_LINE, FOOTER = 216, 40, 64
ICON, ICON_SMALL = 18, 16


class Palette(Struct, frozen=True, eq=False):
    """Every colour by what it is for; `text` and the tones below it are readable on every ground above them."""

    canvas: QColor
    surface: QColor
    sunken: QColor
    nav: QColor
    nav_chosen: QColor
    hover: QColor
    line: QColor
    edge: QColor
    text: QColor
    text2: QColor
    text3: QColor
    blue: QColor
    blue_hover: QColor
    on_blue: QColor
    link: QColor
    blue_tint: QColor
    blue_tint_line: QColor
    gold: QColor
    gold_fill: QColor
    gold_tint: QColor
    gold_tint_line: QColor
    red: QColor
    red_tint: QColor
    green: QColor
    green_tint: QColor

    def tone(self, tone: Tone) -> QColor:
        colour: QColor = getattr(self, tone)
        return colour

    def names(self) -> dict[str, str]:
        """Each colour as #rrggbb, for the stylesheet."""
        return {name: getattr(self, name).name() for name in self.__struct_fields__}


def _palette(*colours: str) -> Palette:
    return Palette(*map(QColor, colours))


LIGHT = _palette(
    *("#F3F5F8", "#FFFFFF", "#E9EDF3", "#E9EDF3", "#FFFFFF", "#EEF2F8"),  # canvas surface sunken nav nav_chosen hover
    *("#D8DEE8", "#7C889B", "#141D2B", "#45526A", "#566278"),  # line edge text text2 text3
    *("#123F7A", "#0D315F", "#FFFFFF", "#14509B", "#E3ECF8", "#B5CBEA"),  # blue hover on_blue link tint tint_line
    *("#7A4F00", "#E2A72E", "#FCF1D8", "#E6C67E"),  # gold fill tint tint_line
    *("#A8201A", "#FBE9E7", "#14633A", "#E2F2E8"),  # red tint green tint
)
DARK = _palette(
    *("#0E131B", "#161D28", "#1E2734", "#121822", "#1A3050", "#1C2533"),
    *("#2D3848", "#7686A0", "#E8EDF4", "#B6C1D1", "#98A5B8"),
    *("#2F6BBB", "#2A61AB", "#FFFFFF", "#8FBAF3", "#1A3050", "#33537F"),
    *("#F2C463", "#E2A72E", "#352A10", "#6B5420"),
    *("#FF9C92", "#3D1C1B", "#7ED4A2", "#13301F"),
)

_now = LIGHT


def now() -> Palette:
    """The palette on the screen."""
    return _now


def dress(app: QApplication) -> None:
    """Make ready what both themes share; once, before the first widget."""
    fonts.load()
    app.setFont(fonts.font(fonts.Role.BODY))
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu, False)
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, False)
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateTooltip, False)


def show(app: QApplication, palette: Palette) -> None:
    """Show `palette` from now on, in every open window."""
    global _now
    _now = palette
    app.setPalette(_qt_palette(palette))
    for widget in app.allWidgets():
        if widget.styleSheet():
            clothe(widget)


def clothe(window: QWidget) -> None:
    """Give a window the stylesheet. It stands on windows and not on the application: under that, Qt dresses all parts
    of a page anew each time that one of them is put into another, which is half of the time a page takes to open."""
    window.setStyleSheet(stylesheet(_now.names()))


def chosen(app: QApplication, choice: Choice) -> Palette:
    """The palette that a person's choice means; "system" asks the system's own setting."""
    if choice == "system":
        return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if choice == "dark" else LIGHT


def _qt_palette(palette: Palette) -> QPalette:
    """The same colours for what Qt draws by itself."""
    made = QPalette()
    role = QPalette.ColorRole
    for part, colour in (
        (role.Window, palette.canvas),
        (role.WindowText, palette.text),
        (role.Base, palette.surface),
        (role.AlternateBase, palette.hover),
        (role.Text, palette.text),
        (role.PlaceholderText, palette.text3),
        (role.Button, palette.surface),
        (role.ButtonText, palette.text),
        (role.BrightText, palette.red),
        (role.Light, palette.surface),
        (role.Midlight, palette.line),
        (role.Mid, palette.edge),
        (role.Dark, palette.edge),
        (role.Shadow, palette.line),
        (role.Highlight, palette.blue),
        (role.HighlightedText, palette.on_blue),
        (role.Accent, palette.link),
        (role.Link, palette.link),
        (role.LinkVisited, palette.link),
        (role.ToolTipBase, palette.surface),
        (role.ToolTipText, palette.text),
    ):
        made.setColor(part, colour)
    for part in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, part, palette.text3)
    return made
