"""Findings: who sees them, what the checklist says, and that nothing of them is on another screen."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.screens import day
from pimpasa_desktop.app.screen import Place
from rig.window import Screenful, Seat, Town


def _of_today(officer: Seat, opened: Callable[..., Screenful]) -> tuple[Screenful, str]:
    visits = day.filled(officer)
    program = opened(officer)
    program.program.activateWindow()
    record = visits["Bongkudai Utara 2025-07-03"]
    program.window.go(Place("visit", record))
    return program, record


def _new(program: Screenful) -> None:
    program.screen.parts.choose("findings")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert program.screen.place.screen == "finding"
    QTest.keyClicks(QApplication.focusWidget(), "PMI")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    kind = program.screen.kind.editor
    kind.activated.emit(kind.currentIndex())
    program.until(lambda: _written(program).get("kind") == "pmi_nonprosedural")


def _written(program: Screenful) -> Any:
    record = program.screen.form.record
    return program.window.context.queries.get(record).values if record else {}


def test_a_finding_begins_with_its_kind_and_knows_its_visit(officer: Seat, opened: Callable[..., Screenful]) -> None:
    program, visit = _of_today(officer, opened)
    _new(program)
    values = _written(program)
    assert values["visit"] == visit and values["village"]


def test_a_red_flag_means_today_within_six_hours(officer: Seat, opened: Callable[..., Screenful]) -> None:
    program, _visit = _of_today(officer, opened)
    _new(program)
    screen = program.screen
    assert not screen._due.isVisible()
    box = screen.checklist.boxes["C01"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert screen._level.text() == "Tinggi"
    assert screen._due.isVisible() and screen._due.accessibleName() == "Laporkan hari ini, dalam 6 jam."
    assert "dipegang perekrut" in screen._why.text()
    queries = program.window.context.queries
    program.until(lambda: queries.get(screen.form.record).values.get("indicators") == ["C01"])
    program.window.go(Place("findings"))
    assert program.screen.table.rows.rowCount() == 1


def test_no_other_screen_tells_that_there_is_a_finding(officer: Seat, opened: Callable[..., Screenful]) -> None:
    program, visit = _of_today(officer, opened)

    def words() -> list[str]:
        told = [label.text() for label in program.screen.findChildren(QLabel) if label.isVisible()]
        return [*told, *(program.screen.parts.part(key).accessibleDescription() for key in program.screen.parts_of)]

    before = words()
    _new(program)
    program.window.back()
    program.screen.parts.choose("summary")
    assert program.screen.place == Place("visit", visit)
    assert words() == before


def test_a_clerk_has_no_findings(town: Town, opened: Callable[..., Screenful]) -> None:
    program = opened(town.person("Vivi Tumbelaka", "office_clerk").enrol())
    assert not program.window.knows("findings") and not program.window.knows("finding")
    program.window.go(Place("finding"))
    assert program.screen.place.screen != "finding"
