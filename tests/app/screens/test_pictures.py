"""Every screen in both languages and both themes, empty, full and in trouble, as pictures to look at in out/screens."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.screens import day
from pimpasa_desktop import i18n
from pimpasa_desktop.app import theme
from pimpasa_desktop.app.screen import Kind, Place, Screen
from pimpasa_desktop.app.screens import SCREENS
from rig.window import Screenful, Seat, Town

OUT = Path(__file__).parents[3] / "out" / "screens"
THEMES = {"light": theme.LIGHT, "dark": theme.DARK}
# The page of a visit and of a finding, so that the ways to them are to be seen.
PAGES = (*SCREENS, Kind("visit", Screen, under="visits"), Kind("finding", Screen))


@pytest.fixture(params=[("light", "id"), ("dark", "id"), ("light", "en")], ids="-".join)
def look(request: pytest.FixtureRequest, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Save what the program shows under a name."""
    name, language = request.param
    theme.show(qapp, THEMES[name])
    i18n.use(language)

    def save(screen: str, program: Screenful) -> None:
        program.program.activateWindow()
        for _turn in range(3):
            QApplication.processEvents()
        OUT.mkdir(parents=True, exist_ok=True)
        assert program.program.grab().save(str(OUT / f"{screen}-{name}-{language}.png"))

    return save


def test_a_full_day(town: Town, officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    visits = day.filled(officer)
    day.disputed(town, officer, visits)
    day.unsent(officer, visits)
    officer.road.cut = True
    program = opened(officer, locked=True, kinds=PAGES)
    look("unlock", program)
    program.unlock("salah salah salah")
    look("unlock-wrong", program)
    program.unlock()
    program.program._syncer.timer.stop()
    look("home", program)
    for screen in ("visits", "exchange", "trays"):
        program.window.go(Place(screen))
        if screen == "visits":
            for filters in list(program.screen.offered().values())[:2]:
                program.screen.filter_by(filters[0])
            look("visits-filtered", program)
            program.screen.show_all()
            program.screen.table.choose(visits["Bongkudai Utara 2025-07-03"])
        look(screen, program)
    officer.road.cut = True
    program.window.go(Place("visits"))
    program.window.status.send_asked.emit()
    program.until(lambda: program.window.context.notices.standing.problem)
    program.program._syncer.timer.stop()
    look("visits-unreachable", program)
    program.window.go(Place("exchange"))
    look("exchange-unreachable", program)


def test_an_exchange_under_way(
    town: Town, officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]
) -> None:
    day.unsent(officer, day.filled(officer))
    program = opened(officer, kinds=PAGES)
    program.window.go(Place("exchange"))
    officer.road.gate.clear()
    program.screen.under_way.button.click()
    program.until(officer.road.asked.is_set)
    look("exchange-sending", program)
    officer.road.gate.set()
    program.until(lambda: program.window.context.notices.standing.progress is None)
    look("exchange-sent", program)


def test_nothing_yet(town: Town, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    program = opened(town.person("Meyke Mamonto").enrol())
    look("home-empty", program)
    for screen in ("visits", "exchange", "trays"):
        program.window.go(Place(screen))
        look(f"{screen}-empty", program)


def test_the_first_time(town: Town, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    program = opened(town.person("Meyke Mamonto"), locked=True)
    look("first-time", program)
    page = program.program.currentWidget()
    page.take("/media/usb/meyke-mamonto.pimpasa")
    page.first.field.setText("pendek")
    page.button.click()
    look("first-time-passphrase", program)
