"""Pengaturan, as an officer and a clerk use it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.screens import day
from pimpasa_desktop import i18n
from pimpasa_desktop.app import preferences, theme
from pimpasa_desktop.app.entrance import Unlock
from pimpasa_desktop.app.letterhead_form import LetterheadForm, office_of
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.screens.settings import SettingsScreen
from pimpasa_desktop.domain.office import logo
from pimpasa_desktop.store.erase import erase_original
from rig.window import Screenful, Seat, Town

Opened = Callable[..., Screenful]


@pytest.fixture
def clerk(town: Town) -> Seat:
    return town.person("Vivi Tumbelaka", "office_clerk").enrol()


def settings(program: Screenful) -> SettingsScreen:
    program.window.go(Place("settings"))
    screen = program.screen
    assert isinstance(screen, SettingsScreen)
    return screen


def form(screen: SettingsScreen) -> LetterheadForm:
    assert screen.form is not None
    return screen.form


def click(widget: object) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_theme_is_shown_at_once_and_kept(officer: Seat, opened: Opened) -> None:
    screen = settings(opened(officer))
    click(screen.theme.dot("dark"))
    assert theme.now() is theme.DARK
    assert preferences.read(officer.home.folder).theme == "dark"
    click(screen.theme.dot("light"))
    assert theme.now() is theme.LIGHT


def test_one_choice_leaves_the_others_as_they_are(officer: Seat, opened: Opened) -> None:
    chosen = preferences.Preferences(position_title=True, photos_anywhere=True)
    preferences.keep(officer.home.folder, chosen)
    screen = settings(opened(officer))
    click(screen.theme.dot("dark"))
    click(screen.photos.dot("wait"))
    click(screen.theme.dot("light"))
    assert preferences.read(officer.home.folder) == preferences.Preferences("light", position_title=True)


def test_another_language_shows_the_same_place_in_it(officer: Seat, opened: Opened) -> None:
    program = opened(officer)
    before = program.window
    click(settings(program).language.dot("en"))
    program.until(lambda: program.program.window_ is not None and program.window is not before)
    assert i18n.current() == "en"
    assert isinstance(program.screen, SettingsScreen)
    assert program.screen.language.value() == "en"
    program.window.context.write(lambda store: store.meta.set("tried", 1))  # the writer is still there
    program.until(lambda: program.window.context.notices.standing.saved_at)


def test_originals_on_this_laptop_are_counted_and_it_says_how_they_go(officer: Seat, opened: Opened) -> None:
    visit = day.filled(officer)["Bongkudai Utara 2025-07-03"]
    officer.road.cut = True
    program = opened(officer)
    screen = settings(program)
    assert not screen.originals.isVisible()
    program.window.context.write(lambda store: day.photographed(store, visit))
    program.window.context.write(lambda store: day.page(store, visit))
    program.until(screen.originals.isVisible)
    program.until(lambda: screen.originals.text().startswith("Foto asli di laptop ini: 2 berkas, 8,1 MB."))
    assert "buka foto atau dokumennya" in screen.originals.text()
    queries = program.window.context.queries
    made = next(one for one in queries.photos.of(visit) if one.original)
    program.window.go(Place("home"))
    program.window.context.write(lambda store: erase_original(store, made.id))
    program.until(lambda: queries.originals.kept()[0] == 1)
    assert settings(program).originals.text().startswith("Foto asli di laptop ini: 1 berkas, 3,9 MB.")


def test_locking_closes_everything_and_it_opens_again(officer: Seat, opened: Opened) -> None:
    program = opened(officer)
    click(settings(program).lock)
    assert isinstance(program.program.currentWidget(), Unlock)
    program.unlock()
    program.window.context.write(lambda store: store.meta.set("tried", 1))
    program.until(lambda: program.window.context.notices.standing.saved_at)


def test_only_a_clerk_has_the_letterhead(officer: Seat, opened: Opened) -> None:
    assert settings(opened(officer)).form is None


def test_the_letterhead_is_drawn_while_one_types_and_reaches_the_office(
    town: Town, clerk: Seat, opened: Opened
) -> None:
    program = opened(clerk)
    fields = form(settings(program)).fields
    for name, typed in (("regional_office", "KANTOR WILAYAH SULAWESI UTARA"), ("head_name", "Jusup Ginting, S.H.")):
        fields[name].setFocus()
        QTest.keyClicks(fields[name], typed)
    assert "KANTOR WILAYAH SULAWESI UTARA" in form(program.screen).view.accessibleDescription()
    office = office_of(program.window.context)
    program.until(lambda: len(program.window.context.queries.get(office).values.get("head_name", "")) == 19)
    other = town.person("Dewi Novita", "office_clerk").enrol()
    program.window.status.send_asked.emit()
    program.until(lambda: program.window.context.notices.standing.waiting == 0)
    other.sync()
    with other.store() as store:
        assert store.queries.get(office).values["regional_office"] == "KANTOR WILAYAH SULAWESI UTARA"


def test_the_name_of_the_office_cannot_be_emptied(clerk: Seat, opened: Opened) -> None:
    program = opened(clerk)
    name = form(settings(program)).fields["name"]
    name.setFocus()
    name.selectAll()
    QTest.keyClick(name, Qt.Key.Key_Backspace)
    program.until(lambda: name.property("state") == "error")
    QTest.keyClicks(name, "Blitar")
    program.until(lambda: name.property("state") == "")


def test_a_logo_and_a_second_signer_reach_the_other_clerk(
    town: Town, clerk: Seat, opened: Opened, tmp_path: Path
) -> None:
    program = opened(clerk)
    screen = form(settings(program))
    office = office_of(program.window.context)
    queries = program.window.context.queries
    Image.new("RGB", (900, 900), (18, 63, 122)).save(tmp_path / "logo.jpg")
    (tmp_path / "surat.png").write_bytes(b"<svg/>")
    screen.take_logo(tmp_path / "surat.png")
    program.until(lambda: "bukan PNG atau JPEG" in screen.logo_told.text())
    screen.take_logo(tmp_path / "logo.jpg")
    program.until(lambda: queries.get(office).values.get("logo"))
    program.until(lambda: not screen.logo_told.isVisible())
    screen.fields["second_name"].setFocus()
    QTest.keyClicks(screen.fields["second_name"], "Keneth Rompas, S.H.")
    click(screen.acknowledged_by.dot("office"))
    click(screen.shows["hide_nip"])
    program.until(lambda: queries.get(office).values.get("second_name") and queries.get(office).values.get("hide_nip"))
    program.window.status.send_asked.emit()
    program.until(lambda: program.window.context.notices.standing.waiting == 0)
    other = town.person("Dewi Novita", "office_clerk").enrol()
    with other.store() as store:
        values = store.queries.get(office).values
        assert logo(values) and values["second_name"] == "Keneth Rompas, S.H."
        assert values["acknowledged_by"] == "office" and values["hide_nip"]
    click(screen.logo.remove)
    program.until(lambda: not queries.get(office).values.get("logo") and not screen.logo.remove.isVisible())
