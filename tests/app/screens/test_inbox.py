"""Masuk, as a clerk uses it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.screens import day
from pimpasa_desktop.app.screens.inbox import InboxScreen
from pimpasa_desktop.store.store import Store
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
        store.put("attendee", {"visit": visit, "name": "Ani Wijaya", "sex": "P", "stakeholder_group": "warga"})
    officer.sync()
    click(program.window.status.findChildren(type(screen.export))[0])
    program.until(lambda: screen.table.rows.place(visit) >= 0 and tag(screen, visit) == "Berubah")


def test_a_finished_visit_without_a_name_needs_a_look_and_says_why(town: Town, officer: Seat, opened: Opened) -> None:
    with officer.store() as store:
        visit = day.visit(store, "Modayag", "2025-06-30T09:00+08:00", status="done")
    officer.sync()
    program = opened(town.person("Vivi Tumbelaka", "office_clerk").enrol())
    screen = inbox(program)
    assert tag(screen, visit) == "Perlu dilihat"
    assert "Belum ada nama" in screen.doubts.accessibleDescription()
    click(screen.doubts.seen)
    program.until(lambda: tag(screen, visit) == "")


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
    clerk.road.cut = True
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


def person(store: Store, visit: str, name: str, **values: str) -> str:
    return store.put("attendee", {"visit": visit, "name": name, "sex": "P", "stakeholder_group": "warga", **values})


def test_what_needs_a_look_is_said_in_words_and_leads_to_the_person(
    clerk: Seat, officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    visit = visits["Modayag 2025-06-18"]
    with officer.store() as store:
        person(store, visit, "Siti Khotimah")
        alike = person(store, visit, "Siti Chotimah")
        person(store, visit, "Winarti", phone="081234567890")
        same_phone = person(store, visit, "Sumarji", phone="+6281234567890")
        bare = person(store, visit, "Paijan", sex="", stakeholder_group="")
    officer.sync()
    clerk.sync()
    program = opened(clerk)
    screen = inbox(program)
    screen.table.choose(visit)
    assert tag(screen, visit) == "Perlu dilihat"
    assert screen.doubts.accessibleDescription().splitlines() == [
        "Siti Khotimah (7) dan Siti Chotimah (8): mungkin satu orang.",
        "Winarti (9) dan Sumarji (10): nomor HP sama.",
        "1 orang tanpa L/P.",
        "1 orang tanpa unsur.",
    ]
    for lead, who, field in zip(
        screen.doubts.leads, (alike, same_phone, bare, bare), ("name", "phone", "sex", "stakeholder_group"), strict=True
    ):
        click(lead)
        assert screen.names.table.chosen_key() == who
        assert program.program.focusWidget() is screen.names.labeled[field].editor
    screen.names.sex.setFocus()
    QTest.keyClicks(screen.names.sex, "L")
    program.until(lambda: "tanpa L/P" not in screen.doubts.accessibleDescription())
    click(screen.doubts.seen)
    program.until(lambda: tag(screen, visit) == "")
    assert screen.doubts.isVisible() and not screen.doubts.seen.isVisible()  # still told, no more asked


def test_more_than_the_name_is_corrected_and_taken_back(clerk: Seat, visits: dict[str, str], opened: Opened) -> None:
    program = opened(clerk)
    screen, visit = inbox(program), visits["Tobongon 2025-06-20"]
    screen.table.choose(visit)
    screen.names.table.selectRow(1)
    for name, typed in (("phone", "0812 3456 7890"), ("position_title", "Kader"), ("institution", "PKK")):
        screen.names.into_field(name)
        QTest.keyClicks(screen.names.lines[name], typed)
    screen.names.group.setCurrentIndex(screen.names.group.findData("perempuan"))
    screen.names.group.activated.emit(0)
    store = program.window.context.queries
    program.until(lambda: "Perempuan/PKK" in screen.names.told.text())
    values = store.people.present(visit)[1].values
    assert (values["phone"], values["position_title"], values["institution"]) == ("+6281234567890", "Kader", "PKK")
    click(screen.names.take_back)
    program.until(lambda: store.people.present(visit)[1].values["stakeholder_group"] == "perangkat_desa")
    screen.names.into_field("phone")
    screen.names.lines["phone"].setText("0812")
    QTest.keyClick(screen.names.lines["phone"], Qt.Key.Key_Return)
    assert "kurang angka" in screen.names.lines["phone"].accessibleDescription()
    assert screen.names.table.currentIndex().row() == 1  # Enter does not leave what is not saved
    assert store.people.present(visit)[1].values["phone"] == "+6281234567890"


def test_ones_own_correction_does_not_come_back_as_changed_and_anothers_does(
    clerk: Seat, officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    visit = visits["Tobongon 2025-06-20"]
    program = opened(clerk)
    screen = inbox(program)
    screen.table.choose(visit)
    program.until(lambda: tag(screen, visit) == "")
    screen.names.table.selectRow(1)
    screen.names.field.setText("Sitti Simbala")
    QTest.keyClick(screen.names.field, Qt.Key.Key_Return)
    program.until(screen.warning.isVisible)
    assert "Belum terkirim: 1 peserta." in screen.warning.accessibleDescription()
    program.window.status.send_asked.emit()
    program.until(lambda: program.window.context.notices.standing.waiting == 0 and not screen.warning.isVisible())
    assert tag(screen, visit) == ""
    officer.sync()
    with officer.store() as store:
        store.put("attendee", {"institution": "PKK"}, store.queries.people.present(visit)[1].id)
    officer.sync()
    program.window.status.send_asked.emit()
    program.until(lambda: tag(screen, visit) == "Berubah")


def test_the_history_tells_what_was_changed_by_whom_and_when(
    clerk: Seat, visits: dict[str, str], opened: Opened
) -> None:
    program = opened(clerk)
    screen, visit = inbox(program), visits["Tobongon 2025-06-20"]
    screen.table.choose(visit)
    screen.names.table.selectRow(1)
    screen.names.field.setText("Sitti Simbala")
    QTest.keyClick(screen.names.field, Qt.Key.Key_Return)
    program.until(screen.warning.isVisible)
    click(screen.preview.more)
    assert screen.history.told(visit) == [
        ("Anda menulis Nama pada peserta Sitti Simbala", "Hari ini 07.42 WITA"),
        ("Ditulis Meyke Mamonto", ""),
    ]
    click(screen.history.back)
    assert screen.preview.isVisible()


def test_in_a_small_window_the_fields_are_scrolled_to_and_not_squeezed(
    clerk: Seat, visits: dict[str, str], opened: Opened
) -> None:
    program = opened(clerk)
    screen = inbox(program)
    program.program.resize(911, 472)  # 1366 x 768 at 150 %
    screen.table.choose(visits["Tobongon 2025-06-20"])
    screen.names.table.selectRow(1)
    program.bot.wait(50)
    assert {field.editor.height() for field in screen.names.labeled.values()} == {36}
    screen.names.into_field("phone")
    program.until(lambda: not screen.names.lines["phone"].visibleRegion().isEmpty())
    assert program.program.width() == 911
