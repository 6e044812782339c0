"""A visit written by keyboard and mouse, on a real store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.screens import day
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton
from pimpasa_desktop.app.widgets.notice import Notice
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.ticks import CheckBox
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import REGISTRY
from rig.window import VILLAGES, Screenful, Seat, Town, double_click


def _typed(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def _pressed(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def _page(officer: Seat, opened: Callable[..., Screenful], visit: str) -> tuple[Screenful, str]:
    """The page of one of the officer's visits, in a window that has the keyboard."""
    record = day.filled(officer)[visit]
    program = opened(officer)
    program.program.activateWindow()
    program.window.go(Place("visit", record))
    return program, record


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
    program, record = _page(officer, opened, "Liberia 2025-07-08")
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
    program, record = _page(officer, opened, "Bongkudai Utara 2025-07-03")
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
    program.until(lambda: program.screen.tally.count.text() == "1")
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
    program, record = _page(officer, opened, "Bongkudai Utara 2025-06-26")
    assert program.screen.summary.remove.isVisibleTo(program.screen.summary)
    finish, done = program.screen.foot.finish, list[bool]()
    double_click(finish)
    assert "Tekan sekali lagi" in program.screen.foot._title.text()
    program.window.context.work(lambda _store: True).then(done.append)
    program.until(lambda: done)
    assert "signed_off_at" not in _visit(program, record)
    finish.click()
    program.until(lambda: "signed_off_at" in _visit(program, record))
    program.until(lambda: not program.screen.summary.theme.editor.isEnabled())
    assert not program.screen.summary.remove.isVisibleTo(program.screen.summary)


def test_what_was_agreed_on_is_written_done_removed_and_brought_back(
    officer: Seat, opened: Callable[..., Screenful]
) -> None:
    program, record = _page(officer, opened, "Bongkudai Utara 2025-07-03")
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
    program.until(lambda: not agreed() and program.screen.taking_back.undo.isVisible())
    assert not part.agreed.undo.isVisible()  # the page's own way back is the only one offered
    program.screen.taking_back.undo.click()
    program.until(lambda: agreed() and part.agreed.rows)
    next(iter(part.agreed.rows.values())).row.click()
    part.agreed.opened.fields["recurring"].editor.click()
    part.agreed.opened.close_form()
    program.until(lambda: agreed()[0].values.get("recurring") is True)


def test_the_attendance_list_is_saved_where_one_says(
    officer: Seat, opened: Callable[..., Screenful], tmp_path: Path
) -> None:
    program, _record = _page(officer, opened, "Bongkudai Utara 2025-06-26")
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
    program, _record = _page(officer, opened, "Bongkudai Utara 2025-07-03")
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
    program, record = _page(officer, opened, "Bongkudai Utara 2025-07-03")
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


def test_a_deleted_visit_is_back_with_one_word(officer: Seat, opened: Callable[..., Screenful]) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    record = visits["Bongkudai Utara 2025-06-26"]
    program.window.go(Place("visits"))
    program.window.go(Place("visit", record))
    program.screen.summary.remove.click()
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    program.until(lambda: program.window.findChildren(Notice, options=direct))
    assert program.screen.place.screen == "visits"
    assert record not in [line.id for line in program.window.context.queries.overview.visits()]
    (strip,) = program.window.findChildren(Notice, options=direct)
    assert strip.accessibleName() == "Kunjungan dihapus."
    strip.findChild(OutlinedButton).click()
    there = lambda: [line.id for line in program.window.context.queries.overview.visits()]  # noqa: E731
    program.until(lambda: record in there())
    assert len(program.window.context.queries.people.present(record)) == 28


def test_who_leaves_the_list_by_mistake_is_brought_back(officer: Seat, opened: Callable[..., Screenful]) -> None:
    program, record = _page(officer, opened, "Liberia 2025-06-12")
    program.screen.parts.choose("attendance")
    present = program.window.context.queries.people.present
    program.screen.parts_of["attendance"].table.selectRow(2)
    _pressed(Qt.Key.Key_Delete)
    program.until(lambda: len(present(record)) == 13)
    _undo(Qt.Key.Key_Z)
    program.until(lambda: len(present(record)) == 14)


def test_in_a_magnified_window_the_arrows_still_reach_the_last_name(
    officer: Seat, opened: Callable[..., Screenful]
) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    program.program.resize(683, 400)
    program.window.go(Place("visit", visits["Bongkudai Utara 2025-06-26"]))
    navigation = program.window.navigation
    assert navigation.width() < 80 and navigation.entry("villages").toolTip() == "Desa"
    part = program.screen.parts_of["attendance"]
    program.screen.parts.choose("attendance")
    _pressed(Qt.Key.Key_End, *[Qt.Key.Key_Down] * 30)
    bar = part.scrolls.verticalScrollBar()
    last = part.table.visualRect(part.table.currentIndex()).bottom()
    seen = part.table.viewport().mapTo(part.scrolls.widget(), QPoint(0, last)).y()
    assert part.table.currentIndex().row() == 27
    assert bar.value() <= seen <= bar.value() + part.scrolls.viewport().height()
    part.further.click()
    assert QApplication.focusWidget() is part.officials.lists[0].add


def test_a_visit_that_moves_to_another_zone_keeps_its_hours_and_its_people(
    town: Town, opened: Callable[..., Screenful]
) -> None:
    officer = town.person("Meyke Mamonto", villages=list(VILLAGES)).enrol()
    town.office.assign(officer.account, "91.71.01.1001", "Gurabesi")
    officer.sync()
    program, record = _page(officer, opened, "Bongkudai Utara 2025-06-26")
    summary, villages = program.screen.summary, program.window.context.queries.overview.villages()
    papua = next(one.id for one in villages.values() if one.name == "Gurabesi")
    both = [*_visit(program, record)["villages"], papua]
    for chosen, start in ((both, "2025-06-26T09:00:00+08:00"), ([papua], "2025-06-26T09:00:00+09:00")):
        summary.villages.editor.show_chosen(chosen)
        summary.villages.editor.changed.emit()
        program.until(lambda chosen=chosen: _visit(program, record)["villages"] == sorted(chosen))
        assert _visit(program, record)["starts_at"] == start
    program.until(lambda: summary.zone.text() == "WIT")
    assert summary.moved.text() == ("Jam sekarang dibaca sebagai WIT, mengikuti desanya. 28 peserta tetap tercatat.")
    program.screen.taking_back.undo.click()
    program.until(lambda: summary.zone.text() == "WITA")
    assert len(_visit(program, record)["villages"]) == 2


def test_a_visit_without_a_village_names_its_place(officer: Seat, opened: Callable[..., Screenful]) -> None:
    program = opened(officer)
    program.window.go(Place("visit"))
    summary = program.screen.summary
    summary.place.editor.setText("Pelabuhan Bitung")
    program.screen.leave()
    program.until(lambda: program.screen.place.record)
    assert _visit(program, program.screen.place.record)["place"] == "Pelabuhan Bitung"
    assert summary.place.isVisible()


def test_what_came_of_a_visit_is_written_under_its_headings(officer: Seat, opened: Callable[..., Screenful]) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    record = visits["Bongkudai Utara 2025-07-03"]
    program.window.go(Place("visit", record))
    preparation, outcome = program.screen.summary.preparation, program.screen.summary.outcome
    preparation.purpose.editor.setPlainText("Mengenalkan bahaya TPPO")
    outcome.results.editor.setPlainText("Warga paham.\nGrup dibentuk.")
    preparation.section.editor.setText("Seksi Inteldakim")
    program.screen.leave()
    officers = preparation.officers.editor
    officers.list.setCurrentIndex(officers.list.findText("Meyke Mamonto"))
    officers.list.activated.emit(officers.list.currentIndex())
    follows = preparation.follows.editor
    follows.setCurrentIndex(follows.findData(visits["Bongkudai Utara 2025-06-26"]))
    follows.activated.emit(follows.currentIndex())
    program.until(lambda: _visit(program, record).get("follows"))
    values = _visit(program, record)
    assert values["purpose"] == "Mengenalkan bahaya TPPO" and values["results"] == "Warga paham.\nGrup dibentuk."
    assert values["section"] == "Seksi Inteldakim" and values["officers"] == [officer.account]
    assert values["follows"] == visits["Bongkudai Utara 2025-06-26"]


def _asked(program: Screenful) -> list[str]:
    return [one.words for part in program.screen.parts_of.values() for one in part.missing()]


def test_the_foot_asks_for_what_this_visit_needs_and_for_nothing_else(
    officer: Seat, opened: Callable[..., Screenful]
) -> None:
    program, _record = _page(officer, opened, "Liberia 2025-07-08")
    screen = program.screen
    assert _asked(program) == ["Isi jam selesai", "Isi daftar hadir"]
    screen.summary.outcome.nil.editor.click()
    program.until(lambda: _asked(program) == ["Isi jam selesai"])
    assert screen.parts.part("attendance").accessibleDescription() == "Nihil"
    _choose(screen.summary.preparation.precision.editor, "day")
    program.until(lambda: screen.foot.finish.isVisible())
    assert "WITA" not in screen._header._second.text()
    _choose(screen.summary.status.editor, "cancelled")
    program.until(lambda: _asked(program) == ["Tulis alasannya"])
    assert screen.foot._title.text() == "Kunjungan ini dibatalkan" and not screen.foot.finish.isVisible()
    screen.summary.reason.editor.setText("Jalan putus")
    screen.leave()
    program.until(lambda: _asked(program) == [])


def _choose(editor: Any, code: str) -> None:
    editor.setCurrentIndex(editor.findData(code))
    editor.activated.emit(editor.currentIndex())


def test_beside_the_visit_stands_what_is_known_of_its_village(officer: Seat, opened: Callable[..., Screenful]) -> None:
    visits = day.filled(officer)
    with officer.store() as store:
        village = store.queries.get(visits["Liberia 2025-06-12"]).values["villages"][0]
        found = store.put("risk_report", {"kind": "tppo", "village": village, "visit": visits["Liberia 2025-06-12"]})
        store.put("follow_up", {"risk_report": found, "text": "Telepon Inteldakim", "due_on": "2025-07-01"})
        store.put("follow_up", {"visit": visits["Liberia 2025-06-12"], "text": "Foto papan", "due_on": "2025-07-01"})
    program = opened(officer)
    program.window.go(Place("visit", visits["Liberia 2025-07-08"]))
    screen = program.screen
    assert screen.isVisible() and not screen.panel.findChildren(Words), "the visit does not wait for it"
    program.until(lambda: screen.panel.findChildren(Words))
    told = {words.text() for words in screen.panel.findChildren(Words)}
    ways = {way.words(): way for way in screen.panel.findChildren(LinkButton)}
    assert "lewat 2 hari" in told and "Foto papan" in ways
    assert not any("Telepon" in words for words in (*told, *ways))

    def seen() -> set[str]:
        return {words.text() for words in screen.panel.findChildren(Words) if words.isVisibleTo(screen)}

    few = seen()
    ways["Semua 14"].click()
    every = seen()
    assert len(every) > len(few) and ways["Semua 14"].words() == "Lebih sedikit"
    promised = {"visit": screen.place.record, "text": "Brosur lagi"}
    screen.context.changes.put("follow_up", promised)
    program.until(lambda: seen() == every | {"tanpa batas"})  # it stays open when something was written
    program.program.resize(1180, 700)
    program.until(lambda: not screen.panel.isVisible())
    screen.context.changes.put("follow_up", promised | {"text": "Papan baru", "due_on": "2025-07-02"})
    program.program.resize(1366, 736)
    program.until(lambda: "lewat 1 hari" in seen())  # written while it was out of sight
    ways = {way.words(): way for way in screen.panel.findChildren(LinkButton)}
    ways["Sosialisasi dan Edukasi Keimigrasian"].click()
    program.until(lambda: program.screen.place.record in (visits["Liberia 2025-06-12"], visits["Liberia 2025-06-24"]))
