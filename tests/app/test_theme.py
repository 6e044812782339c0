import os
import subprocess
import sys
from itertools import product

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from pimpasa_desktop.app import theme
from pimpasa_desktop.app.stylesheet import stylesheet
from pimpasa_desktop.app.widgets.button import PrimaryButton
from pimpasa_desktop.app.widgets.tag import Kind, colours
from pimpasa_desktop.app.widgets.words import Words

PALETTES = {"light": theme.LIGHT, "dark": theme.DARK}
TONES = ("text", "text2", "text3", "link", "gold", "red", "green")
GROUNDS = ("canvas", "surface", "sunken", "nav", "nav_chosen", "hover", "blue_tint", "gold_tint")


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_counted_as_the_guidelines_do():
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize(("tone", "ground"), [*product(TONES, GROUNDS)])
def test_every_tone_is_readable_on_every_ground(palette, tone, ground):
    assert contrast(getattr(palette, tone), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_words_on_a_filled_button_are_readable_at_rest_and_under_the_pointer(palette):
    assert contrast(palette.on_blue, palette.blue) >= 4.5
    assert contrast(palette.on_blue, palette.blue_hover) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("ground", ["canvas", "surface", "nav", "hover"])
def test_the_border_of_a_control_and_the_ring_of_the_focus_stand_out(palette, ground):
    assert contrast(palette.edge, getattr(palette, ground)) >= 3
    assert contrast(palette.link, getattr(palette, ground)) >= 3


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("kind", Kind)
def test_the_word_of_a_tag_is_readable_on_its_own_ground_and_on_a_chosen_row(qapp, palette, kind):
    theme.show(qapp, palette)
    assert contrast(colours(kind).ink, colours(kind).ground) >= 4.5
    assert contrast(colours(kind).ink, palette.surface) >= 4.5


def test_the_stylesheet_holds_no_colour_of_its_own():
    black = dict.fromkeys(theme.LIGHT.names(), "#000000")
    assert stylesheet(black).count("#") == stylesheet(black).count("#000000") + stylesheet(black).count("#suggestions")


MADE = {
    "words": lambda: Words("Kunjungan"),
    "button": lambda: PrimaryButton("Kirim"),
    "field": QLineEdit,
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_a_change_of_theme_repaints_an_open_window(qapp, shown, make):
    qapp.setCursorFlashTime(0)  # a caret that blinks would differ by itself
    window = QWidget()
    QHBoxLayout(window).addWidget(make())
    shown(window)
    light = window.grab().toImage()
    theme.show(qapp, theme.DARK)
    QApplication.processEvents()
    dark = window.grab().toImage()
    assert dark.pixelColor(1, 1) == theme.DARK.canvas
    theme.show(qapp, theme.LIGHT)
    QApplication.processEvents()
    assert light != dark
    assert window.grab().toImage() == light


class Dressings(QObject):
    """How often a widget was given another style."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() == QEvent.Type.StyleChange
        return False


def test_a_page_is_dressed_once_when_it_is_put_into_the_window(shown):
    window, field, dressings = QWidget(), QLineEdit(), Dressings()
    shown(window)
    field.installEventFilter(dressings)
    page = field
    for _depth in range(5):
        outer = QWidget()
        QHBoxLayout(outer).addWidget(page)
        page = outer
    assert dressings.count == 0
    page.setParent(window)
    assert dressings.count == 1


def test_what_stands_out_in_a_text_follows_the_theme(qapp, shown):
    window = QWidget()
    window.setLayout(QHBoxLayout())
    window.layout().addWidget(words := Words("Terkirim hari ini", tone="text2", strong="hari ini"))
    shown(window)
    window.grab()
    theme.show(qapp, theme.DARK)
    changed = words.grab().toImage()
    words.say("Terkirim hari ini", strong="hari ini")
    said = words.grab().toImage()
    theme.show(qapp, theme.LIGHT)
    assert changed == said


def test_the_style_is_the_same_whatever_the_system_prefers(tmp_path):
    told = """
import sys
from pathlib import Path
from pimpasa_desktop.app.run import application
from pimpasa_desktop.home import Home, Machine
print(application(Home(Path(sys.argv[1]), Machine())).style().name())
"""
    run = [sys.executable, "-c", told, str(tmp_path)]
    environ = os.environ | {"QT_STYLE_OVERRIDE": "windows"}
    assert subprocess.run(run, env=environ, check=True, capture_output=True, text=True).stdout == "fusion\n"


def test_the_choice_of_a_person_stands_above_the_system(qapp):
    assert theme.chosen(qapp, "dark") is theme.DARK
    assert theme.chosen(qapp, "light") is theme.LIGHT
    assert theme.chosen(qapp, "system") in (theme.LIGHT, theme.DARK)


def test_nothing_moves_on_its_own(qapp):
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip):
        assert not qapp.isEffectEnabled(effect)
