"""Masuk, as a clerk uses it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.screens import day
from pimpasa_desktop.app.screens.inbox import InboxScreen
from rig.window import Screenful, Seat, Town

Opened = Callable[..., Screenful]


@pytest.fixture
def visits(officer: Seat) -> dict[str, str]:
    return day.filled(officer)


@pytest.fixture
def clerk(town: Town, visits: dict[str, str]) -> Seat:
    return town.person("Vivi Tumbelaka", "office_clerk").enrol()


def inbox(program: Screenful) -> InboxScreen:
    screen = program.screen
    assert isinstance(screen, InboxScreen)
    return screen


def places(screen: InboxScreen) -> list[str]:
    return [screen.table.rows.row(at).cells[0].words for at in range(screen.table.rows.rowCount())]


def tag(screen: InboxScreen, visit: str) -> str:
    return str(screen.table.rows.row(screen.table.rows.place(visit)).cells[1].words)


def preview_text(screen: InboxScreen) -> str:
    return " ".join(text for page in screen.preview.pages for _x, _y, text, *_style in page.texts)


def click(widget: object) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_a_clerk_begins_with_masuk_and_an_officer_with_beranda(officer: Seat, clerk: Seat, opened: Opened) -> None:
    assert inbox(opened(clerk))
    assert not isinstance(opened(officer).screen, InboxScreen)


def test_what_came_is_new_the_newest_first(clerk: Seat, visits: dict[str, str], opened: Opened) -> None:
    screen = inbox(opened(clerk))
    assert len(places(screen)) == 12
    assert places(screen)[:2] == ["Tobongon", "Modayag"]
    assert tag(screen, visits["Modayag 2025-07-10"]) == "Baru"


def test_a_visit_looked_at_leaves_when_one_comes_back_and_returns_when_it_changes(
    clerk: Seat, officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    program = opened(clerk)
    screen = inbox(program)
    visit = visits["Tobongon 2025-06-20"]
    screen.table.choose(visit)
    program.until(lambda: tag(screen, visit) == "")
    assert screen.table.rows.place(visit) >= 0  # not from under the eyes
    screen.arrive()
    assert screen.table.rows.place(visit) == -1
    with officer.store() as store:
        store.put("attendee", {"visit": visit, "name": "Siti Mokoginta"})
    officer.sync()
    click(program.window.status.findChildren(type(screen.export))[0])
    program.until(lambda: screen.table.rows.place(visit) >= 0 and tag(screen, visit) == "Berubah")


def test_a_finished_visit_without_a_name_needs_a_look_and_says_why(town: Town, officer: Seat, opened: Opened) -> None:
    with officer.store() as store:
        visit = day.visit(store, "Modayag", "2025-06-30T09:00+08:00", status="done")
    officer.sync()
    screen = inbox(opened(town.person("Vivi Tumbelaka", "office_clerk").enrol()))
    assert tag(screen, visit) == "Perlu dilihat"
    assert screen.warning.isVisible()
    assert "nama" in screen.warning.accessibleDescription()


def test_searching_finds_by_village_and_by_officer(clerk: Seat, opened: Opened) -> None:
    program = opened(clerk)
    screen = inbox(program)
    screen.search.setFocus()
    QTest.keyClicks(screen.search, "liberia")
    program.until(lambda: set(places(screen)) == {"Liberia"})
    screen.search.clear()
    QTest.keyClicks(screen.search, "meyke")
    program.until(lambda: len(places(screen)) == 12)
    QTest.keyClicks(screen.search, " xyz")
    program.until(lambda: not places(screen))


def test_a_filter_word_is_clicked_away_and_every_visit_is_there(clerk: Seat, opened: Opened) -> None:
    program = opened(clerk)
    screen = inbox(program)
    click(screen.seen_all)
    program.until(lambda: not places(screen))
    (word,) = screen.filters.words()
    click(word)
    assert len(places(screen)) == 12
    officers = screen.offered()["Petugas"]
    assert [one.word for one in officers] == ["Meyke Mamonto"]


def test_a_typing_error_is_corrected_and_the_preview_follows(
    clerk: Seat, visits: dict[str, str], opened: Opened
) -> None:
    program = opened(clerk)
    screen = inbox(program)
    screen.table.choose(visits["Tobongon 2025-06-20"])
    program.until(lambda: "Siti Simbala" in preview_text(screen))
    screen.names.table.selectRow(1)
    assert screen.names.field.text() == "Siti Simbala"
    screen.names.field.selectAll()
    QTest.keyClicks(screen.names.field, "Sitti Simbalah")
    QTest.keyClick(screen.names.field, Qt.Key.Key_Return)
    program.until(lambda: "Sitti Simbalah" in preview_text(screen))
    assert screen.names.field.text() == "Hartin Mokoginta"  # on to the next
    click(screen.names.take_back)
    program.until(lambda: "Sitti Simbalah" not in preview_text(screen))
    assert screen.names.field.text() == "Siti Simbala"


def test_a_correction_is_saved_without_a_key(clerk: Seat, visits: dict[str, str], opened: Opened) -> None:
    program = opened(clerk)
    screen = inbox(program)
    screen.table.choose(visits["Tobongon 2025-06-20"])
    screen.names.table.selectRow(0)
    QTest.keyClicks(screen.names.field, "X")
    program.until(lambda: "Budi SantosoX" in preview_text(screen))
    assert screen.names.field.text() == "Budi SantosoX"
    program.until(screen.warning.isVisible)  # the office has not got the correction yet


def test_an_empty_name_and_a_closed_visit_are_refused_under_the_field(
    clerk: Seat, officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    visit = visits["Tobongon 2025-06-20"]
    with officer.store() as store:
        store.put("visit", {"signed_off_at": "2025-07-01T09:00+08:00"}, visit)
    officer.sync()
    clerk.sync()
    program = opened(clerk)
    screen = inbox(program)
    screen.table.choose(visit)
    screen.names.table.selectRow(0)
    QTest.keyClicks(screen.names.field, "X")
    QTest.keyClick(screen.names.field, Qt.Key.Key_Return)
    program.until(lambda: screen.names.field.property("state") == "error")
    assert "ditandai selesai" in screen.names.field.accessibleDescription()
    screen.table.choose(visits["Modayag 2025-06-18"])
    screen.names.table.selectRow(0)
    screen.names.field.selectAll()
    QTest.keyClick(screen.names.field, Qt.Key.Key_Backspace)
    QTest.keyClick(screen.names.field, Qt.Key.Key_Return)
    program.until(lambda: screen.names.field.property("state") == "error")
