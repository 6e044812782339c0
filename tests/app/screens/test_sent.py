"""Kiriman: the office's receipt on the page of a visit, what of it the office has, what waits, and the paper."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from app.screens import day
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.store.blobs import attach
from rig.window import Screenful, Seat

Opened = Callable[..., Screenful]


def _said(program: Screenful) -> list[str]:
    part = program.screen.parts_of["sent"]
    return [one.text() for one in part.findChildren(Words) if not one.isHidden()]


def test_a_visit_shows_its_receipt_and_what_waits_since(officer: Seat, opened: Opened, tmp_path: Path) -> None:
    with officer.store() as store:
        visit = day.visit(store, "Bongkudai Utara", "2025-07-03T09:00+08:00")
        for name in ("Siti", "Budi", "Rini"):
            store.put("attendee", {"visit": visit, "name": name})
        attach(store, {"visit": visit}, b"foto" * 100, b"")
    program = opened(officer)
    program.program._syncer.timer.stop()
    program.window.go(Place("visit", visit))
    part = program.screen.parts_of["sent"]
    program.screen.parts.choose("sent")
    assert part.told() == ("5 menunggu", State.EMPTY) and "Belum ada resi" in _said(program)
    assert part.save.isHidden()
    program.window.status.send_asked.emit()
    program.until(lambda: part.sending.current)
    mark = part.sending.receipt.mark
    said = _said(program)
    assert part.told() == ("Terkirim, ada resi", State.COMPLETE)
    assert {mark, "3 dari 3", "1 dari 1", "sama, sudah dicocokkan"} <= set(said)
    part.copy.click()
    assert QGuiApplication.clipboard().text().startswith(f"Resi {mark}, Bongkudai Utara, 3 peserta, 1 dari 1 foto, ")
    part.export(tmp_path / "resi.pdf")
    program.until(lambda: not part.notice.isHidden())
    assert (tmp_path / "resi.pdf").read_bytes().startswith(b"%PDF")
    program.window.context.changes.put("attendee", {"visit": visit, "name": "Dewi"})
    program.until(lambda: part.told() == ("1 menunggu", State.PARTLY))
    assert part.sentence.text().startswith("Sesudah resi ini ada yang berubah") and "3 dari 4" in _said(program)
    program.window.go(Place("visits"))
    rows = program.screen.lines()
    assert [(line.receipt, line.pending) for line in rows] == [(False, True)]


def test_the_exchange_tells_of_each_visit_what_the_office_has(officer: Seat, opened: Opened) -> None:
    with officer.store() as store:
        days = [f"2025-06-{day:02}T09:00+08:00" for day in range(1, 11)]
        visits = [day.visit(store, "Liberia", starts_at) for starts_at in days]
        for name in ("Siti", "Budi"):
            store.put("attendee", {"visit": visits[-1], "name": name})
    officer.sync()
    with officer.store() as store:
        store.put("attendee", {"visit": visits[-1], "name": "Rini"})
        store.put("visit", {"theme": "Lain"}, visits[0])
    program = opened(officer)
    program.program._syncer.timer.stop()
    program.window.go(Place("exchange"))
    rows = program.screen.receipts.rows
    shown = [[cell.words for cell in rows.row(place).cells] for place in range(rows.rowCount())]
    assert len(shown) == 9, "the newest eight, and an older one that waits"
    assert shown[0][2:5] == ["2 dari 3", "", "Menunggu"] and shown[0][5] == ""
    assert shown[1][4] == "Terkirim, ada resi" and "07.42" in shown[1][5]
    assert shown[8][4] == "Menunggu" and "1 Juni" in shown[8][1]
    program.screen.receipts.opened.emit(visits[-1])
    assert program.screen.place.record == visits[-1] and program.screen._part is program.screen.parts_of["sent"]
    program.window.back()
    program.screen.every.click()
    assert program.screen.place.screen == "visits"
