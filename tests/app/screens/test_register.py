"""The register by keyboard alone, on a real store."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.screens import day
from pimpasa_desktop.app.screen import Place
from rig.window import Screenful, Seat

FIRST = ("Budi", "Siti", "Hartin", "Deddy", "Ratna", "Yusuf", "Meyke", "Nopri", "Vivi", "Ahmad")
LAST = ("Santoso", "Simbala", "Mokoginta", "Mamonto", "Paputungan", "Damopolii")


def _typed(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def _pressed(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


@pytest.fixture
def at_the_door(officer: Seat, opened: Callable[..., Screenful]) -> tuple[Screenful, str]:
    """The register of today's visit, opened with F11 from the visit's page."""
    visits = day.filled(officer)
    program = opened(officer)
    program.program.activateWindow()
    record = visits["Bongkudai Utara 2025-07-03"]
    program.window.go(Place("visit", record))
    _pressed(Qt.Key.Key_F11)
    program.until(lambda: program.screen.place.screen == "register")
    return program, record


def _people(program: Screenful, visit: str) -> list[dict[str, Any]]:
    return [one.values for one in program.window.context.queries.people.present(visit)]


def test_sixty_people_are_written_without_a_mouse(at_the_door: tuple[Screenful, str]) -> None:
    program, visit = at_the_door
    assert not program.window.navigation.isVisible()
    for first in FIRST:
        for last in LAST:
            _typed(f"{first} {last}")
            _pressed(Qt.Key.Key_Tab)
            _typed("p" if first in ("Siti", "Ratna") else "l")
            _typed("W")
            _pressed(Qt.Key.Key_Tab)
            _typed("Bongkudai Utara")
            _pressed(Qt.Key.Key_Return)
            assert QApplication.focusWidget() is program.screen.entry.name
    program.until(lambda: program.screen.tally.count.text() == "60")
    people = _people(program, visit)
    assert len(people) == 60
    assert people[0] == {
        "visit": visit,
        "name": "Budi Santoso",
        "sex": "L",
        "stakeholder_group": "warga",
        "institution": "Bongkudai Utara",
    }
    assert program.screen.last.rows.rowCount() == 10
    assert program.screen.last.rows.row(0).cells[1].words == "Ahmad Damopolii"


def test_a_phone_that_lacks_digits_is_marked_and_the_next_is_written(at_the_door: tuple[Screenful, str]) -> None:
    program, visit = at_the_door
    entry = program.screen.entry
    row = lambda at: [cell.words for cell in program.screen.last.rows.row(at).cells[-2:]]  # noqa: E731
    for name, phone in (("Hartin Simbala", "0812"), ("Siti Simbala", "081234567")):
        _typed(name)
        entry.phone.setFocus()
        _typed(phone)
        _pressed(Qt.Key.Key_Return)
        assert QApplication.focusWidget() is entry.name and not entry.raw()
        assert f"{name}: nomor HP {phone} kurang angka, tetap disimpan" in entry.phone.accessibleDescription()
    program.until(lambda: program.screen.last.rows.rowCount() == 2)
    assert row(0) == ["081234567", "HP kurang angka"]
    assert row(1) == ["0812", "HP kurang angka"]
    assert [one.get("phone", "") for one in _people(program, visit)] == ["", "+6281234567"]
    program.screen.last.selectRow(1)
    _pressed(Qt.Key.Key_Return)
    assert (entry.name.text(), entry.phone.text()) == ("Hartin Simbala", "0812")
    entry.phone.setFocus()
    entry.phone.selectAll()
    _typed("081234567890")
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: _people(program, visit)[0].get("phone") == "+6281234567890")
    program.until(lambda: row(1) == ["081234567890", ""])


def test_what_is_no_phone_number_stays_in_the_line(at_the_door: tuple[Screenful, str]) -> None:
    program, visit = at_the_door
    entry = program.screen.entry
    _typed("Hartin Simbala")
    entry.phone.setFocus()
    _typed("tidak ada")
    _pressed(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is entry.phone
    assert "bukan nomor HP" in entry.phone.accessibleDescription()
    assert entry.name.text() == "Hartin Simbala" and _people(program, visit) == []
    _typed("081234567890")
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: _people(program, visit))
    assert _people(program, visit)[0]["phone"] == "+6281234567890"


def test_the_same_name_is_marked_and_saved_all_the_same(at_the_door: tuple[Screenful, str]) -> None:
    program, visit = at_the_door
    for name in ("Nama Baru", "nama  baru"):
        _typed(name)
        _pressed(Qt.Key.Key_Return)
    program.until(lambda: len(_people(program, visit)) == 2 and program.screen.last.rows.rowCount() == 2)
    assert [program.screen.last.rows.row(at).doubt for at in (0, 1)] == [True, False]


def test_people_seen_before_fill_the_line(at_the_door: tuple[Screenful, str]) -> None:
    program, visit = at_the_door
    _typed("Siti Sim")
    assert [one.name for one in program.screen.suggestions.shown()] == ["Siti Simbala"]
    _pressed(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert program.screen.entry.name.text() == "Siti Simbala"
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: _people(program, visit))
    assert _people(program, visit)[0]["name"] == "Siti Simbala"


def test_the_last_ones_are_changed_removed_and_brought_back(at_the_door: tuple[Screenful, str]) -> None:
    program, visit = at_the_door
    for name in ("Satu", "Dua"):
        _typed(name)
        _pressed(Qt.Key.Key_Return)
    program.until(lambda: program.screen.last.rows.rowCount() == 2)
    names = lambda: [one["name"] for one in _people(program, visit)]  # noqa: E731
    _pressed(Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert program.screen.entry.name.text() == "Dua"
    _typed(" Orang")
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: names() == ["Satu", "Dua Orang"])
    program.until(lambda: program.screen.last.rows.row(0).cells[1].words == "Dua Orang")
    _pressed(Qt.Key.Key_Up, Qt.Key.Key_Delete)
    program.until(lambda: names() == ["Satu"])
    for there in (["Satu", "Dua Orang"], ["Satu", "Dua"], ["Satu"], []):
        _pressed(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
        program.until(lambda there=there: names() == there)
        program.until(lambda there=there: program.screen.tally.count.text() == str(len(there)))


def test_esc_closes_the_suggestions_first_and_then_the_register(at_the_door: tuple[Screenful, str]) -> None:
    program, _visit = at_the_door
    _typed("Siti")
    _pressed(Qt.Key.Key_Escape)
    assert program.screen.suggestions.shown() == [] and program.screen.place.screen == "register"
    _pressed(Qt.Key.Key_Escape)
    assert program.screen.place.screen == "visit"
    assert program.window.navigation.isVisible()


def test_one_returns_to_the_same_line_after_the_program_was_closed(
    at_the_door: tuple[Screenful, str], officer: Seat, opened: Callable[..., Screenful]
) -> None:
    program, visit = at_the_door
    _typed("Nur")
    program.program.close()
    again = opened(officer)
    assert again.screen.place == Place("register", visit)
    assert again.screen.entry.name.text() == "Nur"


def _offered(program: Screenful) -> list[str]:
    return [one.name for one in program.screen.suggestions.shown()]


def test_who_comes_often_is_offered_before_anything_is_typed_until_present(at_the_door: tuple[Screenful, str]) -> None:
    program, visit = at_the_door
    first, second, *_others = _offered(program)
    _pressed(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert program.screen.entry.name.text() == first
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: program.screen.tally.count.text() == "1")
    program.until(lambda: _offered(program)[0] == second)
    assert first not in _offered(program)
    _pressed(*[Qt.Key.Key_Down] * (len(_offered(program)) + 1), Qt.Key.Key_Return)
    assert program.screen.entry.name.text() == _people(program, visit)[0]["name"]  # past them: the last ten


def test_lines_from_a_chat_become_people_and_one_undo_takes_all_back(at_the_door: tuple[Screenful, str]) -> None:
    program, visit = at_the_door
    QApplication.clipboard().setText(
        "1. Budi Santoso\n2. Siti Simbala 0812-3456-7890\n\nHartin\tP\tPemuda\tKarang Taruna\n"
    )
    _pressed(Qt.Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: program.screen.tally.count.text() == "3")
    assert [one["name"] for one in _people(program, visit)] == ["Budi Santoso", "Siti Simbala", "Hartin"]
    assert _people(program, visit)[1]["phone"] == "+6281234567890"
    assert _people(program, visit)[2] | {"visit": ""} == {
        "visit": "", "name": "Hartin", "sex": "P", "stakeholder_group": "pemuda", "institution": "Karang Taruna",
    }  # fmt: skip
    _pressed(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: program.screen.tally.count.text() == "0")


def test_of_a_pasted_list_with_a_wrong_row_nothing_is_written_and_the_row_is_named(
    at_the_door: tuple[Screenful, str],
) -> None:
    program, visit = at_the_door
    QApplication.clipboard().setText(f"Budi Santoso\n{'Siti ' * 40}\n")
    _pressed(Qt.Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: "Baris 2" in program.screen.entry.name.accessibleDescription())
    assert _people(program, visit) == []


def test_the_column_of_position_titles_is_remembered_and_a_hidden_one_loses_nothing(
    at_the_door: tuple[Screenful, str], officer: Seat, opened: Callable[..., Screenful]
) -> None:
    program, visit = at_the_door
    program.screen.position.click()
    _typed("Ruslan")
    program.screen.entry.position.setFocus()
    _typed("Sangadi")
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: _people(program, visit))
    assert _people(program, visit)[0]["position_title"] == "Sangadi"
    program.program.close()
    again = opened(officer)
    assert again.screen.entry.position.isVisible()
    again.screen.position.click()
    assert not again.screen.entry.position.isVisible()
    again.program.activateWindow()
    _pressed(Qt.Key.Key_Up, Qt.Key.Key_Return)
    _typed(" Mamonto")
    _pressed(Qt.Key.Key_Return)
    again.until(lambda: _people(again, visit)[0]["name"] == "Ruslan Mamonto")
    assert _people(again, visit)[0]["position_title"] == "Sangadi"


def test_the_key_that_opened_the_register_closes_it(at_the_door: tuple[Screenful, str]) -> None:
    program, _visit = at_the_door
    _pressed(Qt.Key.Key_F11)
    assert program.screen.place.screen == "visit"


def test_who_was_being_changed_when_the_program_was_closed_is_being_changed_again(
    at_the_door: tuple[Screenful, str], officer: Seat, opened: Callable[..., Screenful]
) -> None:
    program, visit = at_the_door
    _typed("Nur")
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: program.screen.tally.count.text() == "1")
    _pressed(Qt.Key.Key_Up, Qt.Key.Key_Return)
    _typed(" Damopolii")
    program.program.close()
    again = opened(officer)
    assert "Mengubah no. 1" in again.screen._mode.text()
    again.program.activateWindow()
    _pressed(Qt.Key.Key_Return)
    again.until(lambda: [one["name"] for one in _people(again, visit)] == ["Nur Damopolii"])
