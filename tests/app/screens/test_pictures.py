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


def test_the_clerk(town: Town, officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    visits = day.filled(officer)
    clerk = town.person("Vivi Tumbelaka", "office_clerk").enrol()
    program = opened(clerk, kinds=PAGES)
    screen = program.screen
    screen.table.choose(visits["Bongkudai Utara 2025-06-26"])
    program.until(lambda: screen.preview.pages)
    screen.names.table.selectRow(1)
    look("inbox", program)
    screen.names.field.setText("Sitti Simbala")
    screen.names._save()
    program.until(screen.warning.isVisible)
    program.bot.wait(300)
    look("inbox-unsent", program)
    program.program.resize(1024, 668)
    look("inbox-narrow", program)
    program.program.resize(1366, 736)
    screen.seen_all.click()
    program.until(lambda: not screen.table.rows.rowCount())
    look("inbox-seen", program)
    program.window.go(Place("export"))
    screen = program.screen
    screen.folder.setText("/home/vivi/Dokumen")
    for visit in ("Bongkudai Utara 2025-06-26", "Tobongon 2025-06-20", "Liberia 2025-06-12"):
        screen.table.tick([visits[visit]])
    look("export", program)
    screen.folder.setText("/media/usb")
    screen.save.click()
    look("export-no-folder", program)
    screen.folder.setText(str(clerk.home.folder))
    screen.folder_labeled.accept()
    screen.progress.advance(36, 107, seconds_left=20)
    screen.progress.show()
    screen.save.hide()
    look("export-under-way", program)
    screen.save.click()
    program.until(lambda: screen.result is not None and screen.save.isVisible())
    look("export-done", program)
    program.program.resize(1024, 668)
    look("export-narrow", program)
    program.program.resize(1366, 736)
    program.window.go(Place("settings"))
    look("settings", program)
    screen = program.screen
    screen.form.fields["regional_office"].setText("KANTOR WILAYAH SULAWESI UTARA")
    screen.form._save("regional_office")
    screen.form.fields["name"].clear()
    screen.form._save("name")
    program.until(lambda: screen.form.fields["name"].property("state") == "error")
    look("settings-refused", program)
    program.program.resize(1024, 668)
    look("settings-narrow", program)


def test_the_clerk_with_nothing_yet(town: Town, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    program = opened(town.person("Vivi Tumbelaka", "office_clerk").enrol())
    look("inbox-empty", program)
    for screen in ("export", "settings"):
        program.window.go(Place(screen))
        look(f"{screen}-empty", program)
