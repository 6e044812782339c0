"""What hangs on a visit is added, mended and removed on its page, by keyboard, on a real store."""

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit

from app.screens import day
from pimpasa_desktop.app.record_list import RecordList
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.app.widgets.tick_list import TickList
from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.domain.kinds import Day
from pimpasa_desktop.paths import RESOURCES
from rig.window import Screenful, Seat

Opened = Callable[..., Screenful]
SEED = RESOURCES / "practice" / "palangka_raya.json"


def _typed(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def _pressed(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def _page(officer: Seat, opened: Opened) -> tuple[Screenful, str]:
    with officer.store() as store:
        visit = day.visit(store, "Bongkudai Utara", "2025-07-03T09:00+08:00")
    program = opened(officer)
    program.program.activateWindow()
    program.window.go(Place("visit", visit))
    return program, visit


def _lists(program: Screenful) -> dict[str, tuple[str, RecordList]]:
    """By entity: the part in which it stands, and the list."""
    parts = program.screen.parts_of
    held = {
        "summary": parts["summary"].activities,
        "attendance": parts["attendance"].officials,
        "materials": parts["materials"].sections,
        "documents": parts["documents"].papers,
    }
    return {one.entity.name: (key, one) for key, sections in held.items() for one in sections.lists}


def _new(program: Screenful, entity: str) -> RecordList:
    """Go to the part and press its button to add one."""
    part, shown = _lists(program)[entity]
    program.screen.parts.choose(part)
    shown.add.setFocus()
    _pressed(Qt.Key.Key_Return)
    program.until(lambda: shown.opened)
    return shown


def _words(shown: RecordList) -> list[tuple[str, str]]:
    return [(line.row.words(), line.row.beside()) for line in shown.rows.values()]


def _stored(shown: RecordList) -> list[Values]:
    return [{k: v for k, v in one.values.items() if k != "visit"} for one in shown.records]


def test_a_speaker_is_added_mended_removed_and_brought_back(officer: Seat, opened: Opened) -> None:
    program, _visit = _page(officer, opened)
    shown = _new(program, "speaker")
    form = shown.opened
    assert form and QApplication.focusWidget() is form.fields["title_before"].editor
    _pressed(Qt.Key.Key_Tab)
    _typed("Imam Santoso")
    _pressed(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    program.until(lambda: shown.records)
    _typed("Kepala Kantor Imigrasi")
    form.fields["did"].editor.boxes["opened"].click()
    _pressed(Qt.Key.Key_Escape)
    program.until(lambda: _words(shown) == [("Imam Santoso", "Kepala Kantor Imigrasi · Membuka acara")])
    row = shown.rows[shown.records[0].id].row
    assert shown.opened is None and QApplication.focusWidget() is row

    _pressed(Qt.Key.Key_Return)
    again: Any = shown.opened
    again.fields["title_after"].setFocus()
    _typed("S.H.")
    _pressed(Qt.Key.Key_Escape)
    program.until(lambda: _words(shown)[0][0] == "Imam Santoso, S.H.")

    _pressed(Qt.Key.Key_Delete)
    program.until(lambda: not shown.records and program.screen.taking_back.undo.isVisible())
    assert QApplication.focusWidget() is shown.add
    program.screen.taking_back.undo.click()
    program.until(lambda: _words(shown) == [("Imam Santoso, S.H.", "Kepala Kantor Imigrasi · Membuka acara")])


def test_aid_that_is_not_valid_yet_says_why_waits_and_is_mended(officer: Seat, opened: Opened) -> None:
    program, visit = _page(officer, opened)
    part = program.screen.parts_of["materials"]
    assert part.told() == ("Belum diisi", State.EMPTY)
    shown = _new(program, "aid")
    form = shown.opened
    assert form and not form.discard.isVisible()
    form.fields["quantity"].setFocus()
    _typed("banyak")
    _pressed(Qt.Key.Key_Tab)
    assert "bukan jumlah" in form.form.wrong["quantity"] and form.discard.isVisible()
    _pressed(Qt.Key.Key_Escape)
    program.until(lambda: shown.add.words() == "Lanjutkan isian")
    assert part.told()[1] is State.ATTENTION and not shown.records

    program.window.back()
    program.window.go(Place("visit", visit))
    shown = _new(program, "aid")
    form = shown.opened
    assert form and form.fields["quantity"].editor.text() == "banyak"
    assert QApplication.focusWidget() is form.fields["quantity"].editor
    QApplication.focusWidget().selectAll()
    _typed("1.250")
    form.fields["item"].setFocus()
    _typed("Sembako")
    _pressed(Qt.Key.Key_Escape)
    program.until(lambda: _stored(shown) == [{"item": "Sembako", "quantity": 1250}])
    program.until(lambda: shown.add.words() == "Tambah bantuan")
    assert _words(shown) == [("Sembako, 1.250", "")]
    assert program.screen.parts_of["materials"].told() == ("Belum ada materi, 1 bantuan", State.PARTLY)


def test_what_was_begun_can_be_thrown_away(officer: Seat, opened: Opened) -> None:
    program, visit = _page(officer, opened)
    shown = _new(program, "document")
    form = shown.opened
    assert form
    form.fields["number"].setFocus()
    _typed("W.12-GR")
    _pressed(Qt.Key.Key_Tab)
    form.discard.click()
    program.until(lambda: not program.window.context.queries.unfinished(f"document:{visit}"))
    assert shown.opened is None and not shown.records and shown.add.words() == "Tambah dokumen"


def test_one_after_the_other_is_written_down_without_leaving_the_form(officer: Seat, opened: Opened) -> None:
    program, _visit = _page(officer, opened)
    shown = _new(program, "material_delivery")
    for place, kind in enumerate(("paspor_mpaspor", "modus_tppo_tppm"), 1):
        form = shown.opened
        assert form
        box: Any = form.fields["kind"].editor
        box.setCurrentIndex(box.findData(kind))
        box.activated.emit(box.currentIndex())
        form.fields["topic"].setFocus()
        _typed(f"Pokok {place}")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        program.until(lambda: shown.opened not in (None, form))  # noqa: B023
    _pressed(Qt.Key.Key_Escape)
    wanted = [("Paspor dan M-Paspor", "Pokok 1"), ("Bahaya dan modus TPPO dan TPPM", "Pokok 2")]
    program.until(lambda: _words(shown) == wanted)
    assert not shown.unfinished


def test_a_form_that_stays_open_while_another_line_comes_in_gets_the_room_it_needs(
    officer: Seat, opened: Opened
) -> None:
    program, visit = _page(officer, opened)
    shown = _new(program, "aid")
    form = shown.opened
    assert form
    context = program.window.context
    context.write(lambda store: store.put("aid", {"visit": visit, "item": "Sembako", "quantity": 2}))
    program.until(lambda: shown.rows and form.height() > 100)
    program.bot.wait(50)
    before = form.height()
    form.fields["quantity"].refuse("Tulis jumlahnya dengan angka.")
    program.until(lambda: form.height() > before)


def test_tab_goes_through_a_list_as_one_reads(officer: Seat, opened: Opened) -> None:
    program, visit = _page(officer, opened)
    context = program.window.context
    for group in ("TNI", "Polri"):
        context.write(lambda store, group=group: store.put("head_count", {"visit": visit, "stakeholder_group": group}))
    program.screen.parts.choose("attendance")
    shown = _lists(program)["head_count"][1]
    program.until(lambda: len(shown.rows) == 2)
    first, second = shown.rows.values()
    shown.open(shown.records[0].id)
    form = shown.opened
    assert form
    order = [shown.add, form.fields["stakeholder_group"].editor, form.fields["institution"].editor]
    shown.add.setFocus()
    for expected in order:
        assert QApplication.focusWidget() is expected
        _pressed(Qt.Key.Key_Tab)
    form.done.setFocus()
    _pressed(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second.row
    _pressed(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second.remove
    assert not first.isVisible()


def test_on_a_visit_that_was_signed_off_nothing_is_added_or_removed(officer: Seat, opened: Opened) -> None:
    with officer.store() as store:
        visit = day.visit(store, "Bongkudai Utara", "2025-07-03T09:00+08:00")
        store.put("aid", {"visit": visit, "item": "Sembako"})
        store.put("visit", {"signed_off_at": "2025-07-03T13:00+08:00"}, visit)
    program = opened(officer)
    program.program.activateWindow()
    program.window.go(Place("visit", visit))
    shown = _lists(program)["aid"][1]
    program.screen.parts.choose("materials")
    assert not shown.add.isVisible()
    (line,) = shown.rows.values()
    assert not line.remove.isVisible()
    line.row.click()
    form = shown.opened
    assert form and not form.fields["item"].editor.isEnabled() and form.fields["item"].editor.text() == "Sembako"


def test_a_whole_event_is_entered_field_by_field(officer: Seat, opened: Opened) -> None:
    """One record of each kind that hangs on the visit, as the press told of it; nothing is left over."""
    program, _visit = _page(officer, opened)
    records = [r for r in json.loads(SEED.read_text("utf-8"))["records"] if r["values"].get("visit") == "@visit"]
    told: dict[str, Values] = {}
    for record in records:
        if record["entity"] in _lists(program):
            told.setdefault(record["entity"], {k: v for k, v in record["values"].items() if k != "visit"})
    told["aid"] = {"item": "Sembako", "quantity": 50, "unit": "paket", "recipients": 50, "event_name": "Jumat Berkah"}
    assert told.keys() == _lists(program).keys()
    for entity, values in told.items():
        shown = _new(program, entity)
        assert shown.opened
        for name, value in values.items():
            _enter(shown.opened.fields[name].editor, REGISTRY[entity].fields[name].kind, value)
        _pressed(Qt.Key.Key_Escape)
        program.until(lambda shown=shown, values=values: _stored(shown) == [REGISTRY[shown.entity.name].read(values)])
    told_ = {key: part.told() for key, part in program.screen.parts_of.items()}
    assert told_["materials"] == ("1 materi, 1 bantuan", State.COMPLETE)
    assert told_["attendance"] == ("1 unsur, tanpa nama", State.PARTLY)
    assert told_["documents"] == ("Daftar Hadir, 1 dokumen", State.PARTLY)


def _enter(editor: Any, kind: Any, value: Any) -> None:
    """As a person does it."""
    if isinstance(editor, QComboBox):
        editor.setFocus()
        editor.setCurrentIndex(editor.findData(value))
        editor.activated.emit(editor.currentIndex())
    elif isinstance(editor, TickList):
        for one in value:
            editor.boxes[one].click()
        next(iter(editor.boxes.values())).setFocus()
    else:
        assert isinstance(editor, QLineEdit | QPlainTextEdit)
        editor.setFocus()
        year, month, day_ = value.split("-") if isinstance(kind, Day) else ("", "", "")
        _typed(f"{day_}/{month}/{year}" if isinstance(kind, Day) else str(value))
