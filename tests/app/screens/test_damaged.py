"""A disk that has forgotten: nothing wrong is shown, and two ways lead back."""

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QLabel

from app.screens import day
from pimpasa_desktop.app.entrance import FirstTime, Unlock
from pimpasa_desktop.app.rescue import Rescue
from pimpasa_desktop.store import backup
from rig.desk import PASSPHRASE
from rig.window import Screenful, Seat, Town

PAGE = 4096
Opened = Callable[..., Screenful]


def damage(seat: Seat) -> None:
    """Flip one bit on every page but the first."""
    with seat.home.database.open("rb+", buffering=0) as file:
        for page in range(1, seat.home.database.stat().st_size // PAGE):
            file.seek(page * PAGE + 1000)
            byte = file.read(1)[0]
            file.seek(page * PAGE + 1000)
            file.write(bytes([byte ^ 1]))


def words(page: Any) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def saved(officer: Seat, tmp_path: Path) -> Path:
    """A day's work, and a backup of it."""
    day.filled(officer)
    out = tmp_path / "cadangan.pimpasa"
    with officer.home.reading(officer.home.unlock(PASSPHRASE)) as store:
        backup.back_up(store.copy_to, officer.home.key_path, out)
    return out


def rescue(program: Screenful) -> Rescue:
    program.until(lambda: isinstance(program.program.currentWidget(), Rescue))
    page: Any = program.program.currentWidget()
    return page


def test_a_damaged_register_is_not_opened_and_comes_back_from_a_backup(
    officer: Seat, opened: Opened, saved: Path, tmp_path: Path
) -> None:
    damage(officer)
    program = opened(officer, locked=True)
    entered: Any = program.program.currentWidget()
    entered.passphrase.field.setText(PASSPHRASE)
    entered.button.click()
    page = rescue(program)
    assert "Catatan di laptop ini rusak" in words(page) and "Mamonto" not in words(page)
    other = tmp_path / "bukan.pimpasa"
    other.write_bytes(b"foto")
    page.restore_asked.emit(str(other))
    program.until(page.trouble)
    assert officer.home.key_path.exists() and page.choose.isEnabled()
    page.restore_asked.emit(str(saved))
    program.until(lambda: isinstance(program.program.currentWidget(), Unlock))
    program.unlock()
    assert len(program.window.context.queries.overview.visits()) == 12
    (aside,) = officer.home.folder.glob("rusak-*")
    assert (aside / officer.home.database.name).stat().st_size > 10 * PAGE


@pytest.mark.qt_no_exception_capture
def test_damage_found_while_one_works_takes_the_window_away_and_the_office_gives_all_again(
    town: Town, officer: Seat, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    program.program._syncer.timer.stop()
    monkeypatch.setattr(sys, "excepthook", program.program.caught)
    damage(officer)
    program.window.navigation.chosen.emit("visits")
    if program.program.window_ is not None:  # what it reads was still in memory
        program.window.context.write(lambda store: store.put("visit", {"venue": "Balai"}, next(iter(visits.values()))))
    page = rescue(program)
    assert program.program.window_ is None and "Bongkudai" not in words(program.program)
    page.enrol.click()
    again: Any = program.program.currentWidget()
    assert isinstance(again, FirstTime)
    file = tmp_path / "lagi.pimpasa"
    file.write_bytes(msgspec.json.encode(town.office.enrolment(officer.account)))
    again.take(str(file))
    again.first.field.setText(PASSPHRASE)
    again.second.field.setText(PASSPHRASE)
    again.button.click()
    program.until(lambda: program.program.window_)
    assert len(program.window.context.queries.overview.visits()) == 12


def keep(program: Screenful) -> None:
    """As the window does by itself some seconds after it was opened."""
    keeping: Any = program.program._keeping
    keeping.look()
    program.until(lambda: not keeping.running)


def test_the_window_keeps_a_snapshot_and_the_person_goes_back_to_it(officer: Seat, opened: Opened) -> None:
    day.filled(officer)
    program = opened(officer)
    program.program._syncer.timer.stop()
    keep(program)
    (one,) = officer.home.snapshots.every()
    program.program.lock()
    damage(officer)
    entered: Any = program.program.currentWidget()
    entered.passphrase.field.setText(PASSPHRASE)
    entered.button.click()
    page = rescue(program)
    assert f"Pulihkan keadaan Kamis {one.at:%H.%M}" in words(page) and f"{one.records} catatan" in words(page)
    page.back.click()
    program.until(lambda: isinstance(program.program.currentWidget(), Unlock))
    program.unlock()
    assert len(program.window.context.queries.overview.visits()) == 12


def test_a_snapshot_that_has_rotted_gives_way_to_the_one_before(officer: Seat, opened: Opened) -> None:
    day.filled(officer)
    with officer.store() as store:
        key = officer.home.unlock(PASSPHRASE)
        officer.home.snapshots.renew(store, key, officer.home.key_path)
        officer.env.time += timedelta(days=1)
        store.put("visit", {"venue": "Balai"}, store.queries.overview.visits()[0].id)
        officer.home.snapshots.renew(store, key, officer.home.key_path)
    newest = officer.home.snapshots.every()[0].path
    content = bytearray(newest.read_bytes())
    content[len(content) // 2] ^= 1
    newest.write_bytes(content)
    program = opened(officer, locked=True)
    program.program._rescue()
    page = rescue(program)
    assert "Jumat, 4 Juli 2025" in words(page)
    page.back.click()
    program.until(page.trouble)
    assert "Kamis, 3 Juli 2025" in words(page)
    page.back.click()
    program.until(lambda: isinstance(program.program.currentWidget(), Unlock))


def test_closing_the_window_breaks_a_snapshot_off_and_leaves_no_part(officer: Seat, opened: Opened) -> None:
    day.filled(officer)
    program = opened(officer)
    keeping: Any = program.program._keeping
    keeping.look()
    program.close()
    assert not keeping.running
    assert len(list(officer.home.snapshots.folder.glob("*"))) == len(officer.home.snapshots.every())
