"""Files that are still being prepared when one goes elsewhere, locks or closes: all come in, or it is told before."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest

from app.screens import day, test_papers, test_photos
from app.screens.test_photos import drop, of_visit
from pimpasa_desktop import i18n
from pimpasa_desktop.app import camera_choice, papers, photo_grid
from pimpasa_desktop.app.photo_grid import PhotoGrid
from pimpasa_desktop.app.preferences import Preferences
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.widgets.notice import Notice
from rig.window import Screenful, Seat

HERE, THERE = "Bongkudai Utara 2025-06-26", "Tobongon 2025-06-20"
camera = test_photos.camera
Opened = Callable[..., Screenful]


@pytest.fixture
def may_come(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> Iterator[Semaphore]:
    """Each release lets one file be prepared."""
    turns = Semaphore(0)

    def in_turn(work: Callable[..., Any]) -> Callable[..., Any]:
        def waited(*args: Any, **named: Any) -> Any:
            turns.acquire()
            return work(*args, **named)

        return waited

    for module, name in ((photo_grid, "scaled"), (papers, "enclosure"), (camera_choice, "small")):
        monkeypatch.setattr(module, name, in_turn(getattr(module, name)))
    yield turns
    turns.release(1000)  # before the window is closed, which waits for the file at hand


@pytest.fixture
def visits(officer: Seat) -> dict[str, str]:
    visits = day.filled(officer)
    officer.road.cut = True
    return visits


def coming(opened: Opened, officer: Seat, visit: str, files: Path, turns: Semaphore) -> tuple[Screenful, PhotoGrid]:
    """The two photos of the camera dropped, and one of them in."""
    program = opened(officer)
    grid = of_visit(program, visit)
    drop(grid, files)
    turns.release()
    program.until(lambda: program.program._taking.coming.count == 1)
    return program, grid


def photos(program: Screenful, visit: str) -> int:
    return len(program.window.context.queries.photos.of(visit))


def child(program: Screenful) -> Any:
    """The process that decodes what is coming."""
    (batch,) = program.program._taking._batches.values()
    return batch.decoder._child


def told(program: Screenful) -> str:
    """What stands above the work."""
    item = program.window._trouble.itemAt(0)
    notice = item and item.widget()
    return f"{notice.accessibleName()} {notice.accessibleDescription()}" if isinstance(notice, Notice) else ""


def test_photos_go_on_coming_when_one_goes_back_and_end_up_where_they_were_dropped(
    officer: Seat, opened: Opened, camera: Path, visits: dict[str, str], may_come: Semaphore
) -> None:
    program, _grid = coming(opened, officer, visits[HERE], camera, may_come)
    decodes = child(program)
    program.window.back()
    other = of_visit(program, visits[THERE])
    drop(other, camera / "IMG_8.JPG")
    program.window.go(Place("home"))
    grid = of_visit(program, visits[HERE])
    assert grid.coming.progress.isVisible() and grid.coming.progress.text() == "Menyiapkan foto 2 dari 2 …"
    may_come.release(2)
    program.until(lambda: not program.program._taking.coming.count)
    assert [photos(program, visits[HERE]), photos(program, visits[THERE])] == [2, 1]
    program.until(lambda: len(grid.photos) == 2 and not grid.coming.isVisible())
    program.until(lambda: decodes.returncode is not None)


def test_documents_go_on_coming_and_what_is_none_is_told_although_its_page_is_gone(
    officer: Seat, opened: Opened, camera: Path, visits: dict[str, str], may_come: Semaphore
) -> None:
    program = opened(officer)
    page = test_papers.of_visit(program, visits[HERE])
    page.add_files([camera / "IMG_8.JPG", camera / "catatan.txt", camera / "tidak ada.pdf", camera / "IMG_9.JPG"])
    assert page.coming.progress.text() == "Menyiapkan berkas 1 dari 4 …"
    program.window.go(Place("home"))
    may_come.release(4)
    program.until(lambda: not program.program._taking.coming.count)
    assert len(program.window.context.queries.enclosures.of(visits[HERE])) == 2
    assert "catatan.txt bukan PDF" in told(program) and "1 berkas lain juga tidak disimpan" in told(program)
    page = test_papers.of_visit(program, visits[HERE])
    assert page.coming.trouble.isVisible() and "catatan.txt bukan PDF" in page.coming.trouble.accessibleName()


def test_what_is_told_on_its_page_is_not_told_above_it_too(
    officer: Seat, opened: Opened, camera: Path, visits: dict[str, str], may_come: Semaphore
) -> None:
    program = opened(officer)
    grid = of_visit(program, visits[HERE])
    may_come.release()
    drop(grid, camera / "catatan.txt")
    program.until(grid.coming.trouble.isVisible)
    program.until(lambda: not grid.busy)
    assert not told(program)


def test_locking_tells_what_is_coming_and_locks_once_that_is_in(
    officer: Seat, opened: Opened, camera: Path, visits: dict[str, str], may_come: Semaphore
) -> None:
    program, _grid = coming(opened, officer, visits[HERE], camera, may_come)
    decodes = child(program)
    program.program.lock()
    assert told(program) == (
        "1 foto masih disiapkan. Laptop dikunci begitu selesai. Kunci sekali lagi untuk mengunci sekarang; yang belum siap tidak disimpan."
    )
    may_come.release()
    program.until(lambda: program.program.window_ is None)
    program.unlock()
    assert photos(program, visits[HERE]) == 2
    assert decodes.returncode is not None


def test_what_fails_while_locking_waits_is_told_when_the_laptop_is_open_again(
    officer: Seat, opened: Opened, camera: Path, visits: dict[str, str], may_come: Semaphore
) -> None:
    program = opened(officer)
    drop(of_visit(program, visits[HERE]), camera / "catatan.txt", camera / "IMG_8.JPG")
    program.window.go(Place("home"))
    program.program.lock()
    program.window.offer("Lain lagi.", "", lambda: None)  # something else is said meanwhile
    may_come.release(2)
    program.until(lambda: program.program.window_ is None)
    program.unlock()
    assert photos(program, visits[HERE]) == 1 and "catatan.txt bukan foto" in told(program)


def test_locking_once_more_locks_at_once_and_leaves_no_child_behind(
    officer: Seat, opened: Opened, camera: Path, visits: dict[str, str], may_come: Semaphore
) -> None:
    program, grid = coming(opened, officer, visits[HERE], camera, may_come)
    decodes = child(program)
    program.program.lock()
    program.program.lock()
    assert program.program.window_ is None
    may_come.release()
    program.until(lambda: decodes.returncode is not None)
    program.unlock()
    grid = of_visit(program, visits[HERE])
    assert photos(program, visits[HERE]) == 1 and not grid.busy and not told(program)
    may_come.release()
    drop(grid, camera / "IMG_9.JPG")
    program.until(lambda: len(grid.photos) == 2)


def test_whoever_puts_the_question_away_stays_and_is_asked_again(
    officer: Seat, opened: Opened, camera: Path, visits: dict[str, str], may_come: Semaphore
) -> None:
    program, grid = coming(opened, officer, visits[HERE], camera, may_come)
    program.program.lock()
    program.window._holding.dismissed.emit()
    program.program.close()
    assert "tutup sekali lagi" in told(program)
    program.program.lock()  # not what was asked before
    assert "Kunci sekali lagi" in told(program)
    program.window._holding.dismissed.emit()
    may_come.release()
    program.until(lambda: not grid.busy)
    assert program.program.window_ is not None and not told(program)


def test_closing_asks_first_and_the_second_press_closes(
    officer: Seat, opened: Opened, camera: Path, visits: dict[str, str], may_come: Semaphore
) -> None:
    program, _grid = coming(opened, officer, visits[HERE], camera, may_come)
    decodes = child(program)
    assert not program.program.close() and program.program.isVisible()
    assert (
        told(program)
        == "1 foto masih disiapkan. Tunggu sebentar, atau tutup sekali lagi; yang belum siap tidak disimpan."
    )
    may_come.release()
    assert program.program.close() and decodes.returncode is not None


def test_another_language_loses_nothing(
    officer: Seat, opened: Opened, camera: Path, visits: dict[str, str], may_come: Semaphore
) -> None:
    program, grid = coming(opened, officer, visits[HERE], camera, may_come)
    drop(grid, camera / "catatan.txt")
    before = program.window
    program.window.context.prefer(Preferences(language="en"))
    program.until(lambda: program.program.window_ not in (None, before))
    may_come.release(2)
    program.until(lambda: not program.program._taking.coming.count)
    grid = program.screen.parts_of["photos"].grid
    assert i18n.current() == "en" and photos(program, visits[HERE]) == 2
    assert "catatan.txt" in grid.coming.trouble.accessibleName() + told(program)


def test_what_a_damaged_register_left_behind_is_told_once_it_is_open_again(
    officer: Seat, opened: Opened, camera: Path, visits: dict[str, str], may_come: Semaphore
) -> None:
    program, _grid = coming(opened, officer, visits[HERE], camera, may_come)
    decodes = child(program)
    program.program._rescue()
    may_come.release()
    program.until(lambda: decodes.returncode is not None)
    program.program._locked()
    program.unlock()
    assert told(program).startswith("1 berkas belum disimpan ketika catatan di laptop ini rusak.")


def test_a_look_into_the_camera_ends_with_its_window(
    officer: Seat,
    opened: Opened,
    camera: Path,
    visits: dict[str, str],
    may_come: Semaphore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(camera_choice, "cards", lambda: [camera])
    program = opened(officer)
    grid = of_visit(program, visits[HERE])
    grid.look_in_camera()
    may_come.release()
    program.until(lambda: grid.camera.picks and grid.camera.picks[0].picture.shows)
    decodes = grid.camera._decoder._child
    program.program._rescue()
    may_come.release()
    program.until(lambda: decodes.returncode is not None)
