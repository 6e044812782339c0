"""A visit written by keyboard and mouse, on a real store."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.screens import day
from pimpasa_desktop.app.screen import Place
from rig.window import Screenful, Seat


def _typed(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def _pressed(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def _visit(program: Screenful, record: str) -> dict[str, Any]:
    return program.window.context.queries.get(record).values


def test_a_new_visit_is_there_once_its_village_is_chosen(officer: Seat, opened: Callable[..., Screenful]) -> None:
    program = opened(officer)
    program.program.activateWindow()
    program.window.go(Place("visit"))
    _typed("bong kudai")
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: program.screen.place.record)
    values = _visit(program, program.screen.place.record)
    assert values["starts_at"] == "2025-07-03T09:00:00+08:00"
    assert len(values["villages"]) == 1


def test_each_field_is_saved_when_one_leaves_it(officer: Seat, opened: Callable[..., Screenful]) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    program.program.activateWindow()
    record = visits["Liberia 2025-07-08"]
    program.window.go(Place("visit", record))
    summary = program.screen.summary
    summary.day.editor.setFocus()
    summary.day.editor.selectAll()
    _typed("9 juli")
    _pressed(Qt.Key.Key_Tab)
    program.until(lambda: _visit(program, record)["starts_at"] == "2025-07-09T09:00:00+08:00")
    assert summary.day.editor.text() == "Rabu, 9 Juli 2025"
    assert QApplication.focusWidget() is summary.starts.editor
    _typed("8.30")
    _pressed(Qt.Key.Key_Tab)
    _typed("11")
    _pressed(Qt.Key.Key_Tab)
    program.until(lambda: _visit(program, record).get("ends_at") == "2025-07-09T11:00:00+08:00")
    assert _visit(program, record)["starts_at"] == "2025-07-09T08:30:00+08:00"


def test_what_is_not_valid_yet_says_why_and_is_not_lost(officer: Seat, opened: Callable[..., Screenful]) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    program.program.activateWindow()
    record = visits["Bongkudai Utara 2025-07-03"]
    program.window.go(Place("visit", record))
    summary = program.screen.summary
    summary.ends.editor.setFocus()
    summary.ends.editor.selectAll()
    _typed("7.00")
    _pressed(Qt.Key.Key_Tab)
    assert "lebih awal" in summary.form.wrong["ends_at"]
    assert _visit(program, record)["ends_at"] == "2025-07-03T12:00:00+08:00"
    program.until(lambda: program.window.context.queries.unfinished(f"visit:{record}"))
    program.window.back()
    program.window.go(Place("visit", record))
    assert program.screen.summary.ends.editor.text() == "7.00"
    assert "lebih awal" in program.screen.summary.form.wrong["ends_at"]
