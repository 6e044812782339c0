"""Typing into the register of a visit that a thousand attended, on a laptop that holds 24,000; and opening it.

From the key that writes a row to the paint event that shows it, in the real window on a real disk, beside a bare
transaction of the driver that writes the same rows into a copy of the same file.
"""

import os
from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bench.big_laptop import IN_THE_LARGEST, BigLaptop
from bench.people import People
from bench.row import Figure
from bench.saving import copied, last_rows, seconds, write_again
from pimpasa_desktop import sqlcipher
from pimpasa_desktop.app.run import Program, application
from pimpasa_desktop.app.screen import Place

ROWS, OPENINGS = 100, 7
ROW_MS, OPENING_MS = 50, 150
PATIENCE_SECONDS = 30


class Painted(QObject):
    """Whether a widget was painted since it was last asked."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.seen = False
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


def typing(laptop: BigLaptop) -> list[Figure]:
    app = application(laptop.home)
    program = Program(laptop.home)
    program.show()
    program.start()
    program.activateWindow()
    _until(lambda: program.window_)
    program._syncer.timer.stop()
    try:
        opening = median(_opening(program, laptop.largest) for _time in range(OPENINGS))
        ours, bare = _rows(program, laptop)
    finally:
        program.close()
        program.deleteLater()
        app.processEvents()
    slowest = quantiles(ours, n=20)[-1]
    row = f"row number {IN_THE_LARGEST:,} and on, Enter to painted"
    return [
        Figure(f"{row}, p95", slowest * 1000, "ms", f"{ROW_MS} ms", slowest * 1000 / ROW_MS, 1),
        Figure(
            f"{row}, median",
            median(ours) * 1000,
            "ms",
            "bare transaction of the same rows",
            median(ours) / median(bare),
        ),
        Figure(
            f"opening a visit that {IN_THE_LARGEST:,} attended",
            opening * 1000,
            "ms",
            f"{OPENING_MS} ms",
            opening * 1000 / OPENING_MS,
            1,
        ),
    ]


def _opening(program: Program, visit: str) -> float:
    """From the call that a key or a click ends in to the painted part with everybody in it."""
    start = perf_counter()
    program.window_.go(Place("visit", visit))
    screen = program.window_.shown
    screen.parts.choose("attendance")
    painted = Painted(screen.parts_of["attendance"].table.viewport())
    _until(lambda: painted.seen)
    took = perf_counter() - start
    assert screen.parts_of["attendance"].table.rows.rowCount() >= IN_THE_LARGEST
    program.window_.back()
    QApplication.processEvents()
    return took


def _rows(program: Program, laptop: BigLaptop) -> tuple[list[float], list[float]]:
    program.window_.go(Place("register", laptop.largest))
    screen = program.window_.shown
    painted = Painted(screen.last.viewport())
    key = laptop.home.unlock()
    reading = sqlcipher.connect(laptop.home.database, key, readonly=True)
    bare = copied(laptop.home.database, laptop.folder / "bare.db", key)
    people = People("rows")
    ours, theirs = [], []
    for place in range(ROWS):
        person = people.attendee(laptop.largest, "Bongkudai Utara")
        name = f"{person['name']} {place}"
        entry = screen.entry
        entry.show_raw(person | {"name": ""})
        QTest.keyClicks(entry.name, name)
        ours.append(seconds(lambda name=name: _entered(screen, painted, name)))
        rows = last_rows(reading)
        theirs.append(seconds(lambda rows=rows: write_again(bare, rows)))
    bare.close()
    reading.close()
    return ours, theirs


def _entered(screen: QWidget, painted: Painted, name: str) -> None:
    rows = screen.last.rows
    QTest.keyClick(screen.entry.name, Qt.Key.Key_Return)
    painted.seen = False

    def shown() -> bool:
        if rows.row(0).cells[1].words != name:
            painted.seen = False  # that was something else
        return painted.seen

    _until(shown)


def _until(true: Callable[[], object]) -> None:
    end = perf_counter() + PATIENCE_SECONDS
    while not true():
        QApplication.processEvents()
        assert perf_counter() < end
