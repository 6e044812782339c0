"""A visit written by keyboard and mouse, on a real store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.screens import day
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.ticks import CheckBox
from pimpasa_desktop.domain.entity import REGISTRY
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


def test_a_whole_visit_by_keyboard(officer: Seat, opened: Callable[..., Screenful]) -> None:
    program = opened(officer)
    program.program.activateWindow()
    program.window.go(Place("visits"))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    program.until(lambda: program.screen.place.screen == "visit")
    _typed("liberia")
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: program.screen.place.record)
    record = program.screen.place.record
    for text in ("Sambang desa", "Desa Binaan Imigrasi (DBI)", "4/7/2025", "10", "12.30", "Balai Desa Liberia"):
        _until_in_a_line(program)
        QApplication.focusWidget().selectAll()
        _typed(text)
    _pressed(Qt.Key.Key_Tab)
    program.until(lambda: _visit(program, record).get("venue"))
    values = _visit(program, record)
    assert values["theme"] == "Sambang desa" and values["programme"] == "Desa Binaan Imigrasi (DBI)"
    assert values["starts_at"] == "2025-07-04T10:00:00+08:00" and values["ends_at"] == "2025-07-04T12:30:00+08:00"
    _pressed(Qt.Key.Key_F11)
    program.until(lambda: program.screen.place.screen == "register")
    _typed("Hartin Simbala")
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: program.screen.count.text() == "1")
    _pressed(Qt.Key.Key_Escape)
    assert program.screen.place == Place("visit", record)
    program.until(lambda: program.screen.foot.finish.isVisible())
    program.screen.foot.finish.setFocus()
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: _visit(program, record)["status"] == "done")


def _until_in_a_line(program: Screenful) -> None:
    """Tab on to the next field of text."""
    _pressed(Qt.Key.Key_Tab)
    while not isinstance(QApplication.focusWidget(), TextField):
        _pressed(Qt.Key.Key_Tab)


def test_signing_off_says_what_it_means_before_it_is_done(officer: Seat, opened: Callable[..., Screenful]) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    record = visits["Bongkudai Utara 2025-06-26"]
    program.window.go(Place("visit", record))
    finish = program.screen.foot.finish
    finish.click()
    assert "signed_off_at" not in _visit(program, record)
    finish.click()
    program.until(lambda: "signed_off_at" in _visit(program, record))
    program.until(lambda: not program.screen.summary.theme.editor.isEnabled())


def test_what_was_agreed_on_is_written_done_removed_and_brought_back(
    officer: Seat, opened: Callable[..., Screenful]
) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    program.program.activateWindow()
    record = visits["Bongkudai Utara 2025-07-03"]
    program.window.go(Place("visit", record))
    program.screen.parts.choose("follow_ups")
    queries = program.window.context.queries
    agreed = lambda: list(queries.every(REGISTRY["follow_up"], {"visit": record}))  # noqa: E731
    _typed("Kirim undangan")
    _pressed(Qt.Key.Key_Tab)
    _typed("besok pagi")
    _pressed(Qt.Key.Key_Return)
    part = program.screen.parts_of["follow_ups"]
    assert "tidak dikenal" in part.due.editor.accessibleDescription() and agreed() == []
    part.due.editor.selectAll()
    _typed("17 juli")
    _pressed(Qt.Key.Key_Return)
    program.until(agreed)
    assert agreed()[0].values == {"visit": record, "text": "Kirim undangan", "due_on": "2025-07-17"}
    program.until(lambda: part.findChildren(CheckBox))
    part.findChildren(CheckBox)[-1].click()
    program.until(lambda: agreed()[0].values.get("done_on") == "2025-07-03")
    (line,) = part.agreed.rows.values()
    assert (line.row.words(), line.row.beside()) == ("Kirim undangan", "Batas waktu Kamis, 17 Juli 2025")
    line.remove.click()
    program.until(lambda: not agreed() and part.agreed.undo.isVisible())
    part.agreed.undo.click()
    program.until(agreed)
    next(iter(part.agreed.rows.values())).row.click()
    part.agreed.opened.fields["recurring"].editor.click()
    part.agreed.opened.close_form()
    program.until(lambda: agreed()[0].values.get("recurring") is True)


def test_the_attendance_list_is_saved_where_one_says(
    officer: Seat, opened: Callable[..., Screenful], tmp_path: Path
) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    program.window.go(Place("visit", visits["Bongkudai Utara 2025-06-26"]))
    program.screen.parts.choose("documents")
    part = program.screen.parts_of["documents"]
    part.public.click()
    out = tmp_path / "hadir.pdf"
    part.export(out)
    program.until(lambda: part.notice.isVisible())
    assert out.read_bytes().startswith(b"%PDF") and part.notice.accessibleDescription() == str(out)
    part.export(tmp_path / "tidak" / "ada" / "hadir.pdf")
    program.until(lambda: part.trouble.isVisible())


def test_the_page_says_that_a_field_is_wrong_until_it_is_mended(
    officer: Seat, opened: Callable[..., Screenful]
) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    program.window.go(Place("visit", visits["Bongkudai Utara 2025-07-03"]))
    screen = program.screen
    for typed, told in (("7.00", "Perlu dibetulkan"), ("12.15", "Lengkap")):
        screen.summary.ends.editor.setText(typed)
        screen.leave()
        assert screen.parts.part("summary").accessibleDescription() == told


def _undo(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_z_takes_back_what_was_saved_once_the_field_has_nothing_of_its_own(
    officer: Seat, opened: Callable[..., Screenful]
) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    program.program.activateWindow()
    record = visits["Bongkudai Utara 2025-07-03"]
    program.window.go(Place("visit", record))
    screen, theme = program.screen, program.screen.summary.theme.editor
    before = theme.text()
    theme.selectAll()
    _typed("Sambang desa")
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: screen.taking_back.undo.words() == "Urungkan: Kegiatan atau tema")
    _typed(" besok")
    _undo(Qt.Key.Key_Z)
    assert theme.text() == "Sambang desa" and _visit(program, record)["theme"] == "Sambang desa"
    _undo(Qt.Key.Key_Z)
    program.until(lambda: theme.text() == before)
    assert _visit(program, record)["theme"] == before and not screen.taking_back.undo.isVisible()
    _undo(Qt.Key.Key_Y)
    program.until(lambda: theme.text() == "Sambang desa")
    screen.taking_back.undo.click()
    program.until(lambda: theme.text() == before)
