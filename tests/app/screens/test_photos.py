"""Photos of a visit and of a finding: dropped, captioned, removed and brought back; secret ones nowhere else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.screens import day
from pimpasa_desktop.app import camera_choice, connection
from pimpasa_desktop.app.connection import Cost
from pimpasa_desktop.app.photo_card import PhotoCard
from pimpasa_desktop.app.photo_grid import PhotoGrid
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store import blobs
from rig.window import Screenful, Seat, Town, double_click


def taken_at(moment: str) -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = moment
    return exif


@pytest.fixture
def camera(tmp_path: Path) -> Path:
    """A folder with two photos, one of them before the other, and something else."""
    folder = tmp_path / "DCIM"
    folder.mkdir()
    for number, colour in enumerate(("gray", "navy")):
        at = taken_at(f"2025:06:26 09:1{number}:00")
        Image.new("RGB", (640, 480), colour).save(folder / f"IMG_{9 - number}.JPG", exif=at)
    (folder / "catatan.txt").write_text("bukan foto")
    return folder


def drop(grid: PhotoGrid, *paths: Path) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    grid.dropEvent(QDropEvent(QPointF(5, 5), copy, files, Qt.MouseButton.LeftButton, none))


def of_visit(program: Screenful, visit: str) -> PhotoGrid:
    program.window.go(Place("visit", visit))
    program.screen.parts.choose("photos")
    return program.screen.parts_of["photos"].grid


def cards(grid: PhotoGrid) -> list[PhotoCard]:
    return list(grid.cards.values())


def taken(program: Screenful, grid: PhotoGrid, count: int) -> None:
    program.until(
        lambda: len(grid.photos) == count and not grid.busy and all(card.picture.shows for card in cards(grid))
    )


def with_two(
    officer: Seat, opened: Callable[..., Screenful], camera: Path, *, cut: bool = False
) -> tuple[Screenful, PhotoGrid]:
    """The photos of a visit, once the two of the camera are there; with `cut` there is no signal."""
    visits = day.filled(officer)
    officer.road.cut = cut
    program = opened(officer)
    grid = of_visit(program, visits["Bongkudai Utara 2025-06-26"])
    drop(grid, camera)
    taken(program, grid, 2)
    return program, grid


def test_a_dropped_folder_is_taken_in_and_what_is_no_photo_is_told(
    officer: Seat, opened: Callable[..., Screenful], camera: Path
) -> None:
    visits = day.filled(officer)
    officer.road.cut = True
    program = opened(officer)
    grid = of_visit(program, visits["Bongkudai Utara 2025-06-26"])
    assert program.screen.parts_of["photos"].told()[0] == "Belum ada"
    drop(grid, camera, camera / "catatan.txt")
    taken(program, grid, 2)
    assert "catatan.txt bukan foto" in grid.coming.trouble.accessibleName()
    assert [photo.taken_at[11:16] for photo in grid.photos] == ["09:10", "09:11"]
    assert program.screen.parts_of["photos"].told()[0] == "2 foto, 2 belum terkirim"
    cards(grid)[0].caption.setText("Papan dipasang")
    cards(grid)[0].leave()
    program.until(lambda: grid.photos[0].caption == "Papan dipasang")
    cards(grid)[1].way.click()
    program.until(lambda: grid.photos[1].waits)
    assert cards(grid)[1].way.words() == "Kirim tanpa Wi-Fi"


def test_a_photo_told_to_wait_goes_once_the_connection_costs_nothing(
    officer: Seat, opened: Callable[..., Screenful], camera: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, grid = with_two(officer, opened, camera, cut=True)
    cards(grid)[1].way.click()
    program.until(lambda: grid.photos[1].waits)
    officer.road.cut = False
    program.window.context.send_now()
    program.until(lambda: grid.photos[0].sent and not program.program._syncer.running)
    assert not grid.photos[1].sent and cards(grid)[0].way.isHidden()
    monkeypatch.setattr(connection, "cost", lambda: Cost.FREE)
    program.window.context.send_now()
    program.until(lambda: grid.unsent == 0)
    assert program.screen.parts_of["photos"].told()[0] == "2 foto"


def test_a_removed_photo_comes_back_with_one_press(
    officer: Seat, opened: Callable[..., Screenful], camera: Path
) -> None:
    program, grid = with_two(officer, opened, camera)
    first = grid.photos[0].id
    cards(grid)[0].remove.click()
    program.until(lambda: len(grid.photos) == 1 and QApplication.focusWidget() is not None)
    program.until(program.screen.taking_back.undo.isVisible)
    program.screen.taking_back.undo.click()
    taken(program, grid, 2)
    assert grid.photos[0].id == first


def test_a_photo_is_seen_large_and_the_keys_lead_there_and_back(
    officer: Seat, opened: Callable[..., Screenful], camera: Path
) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    program.program.activateWindow()
    grid = of_visit(program, visits["Bongkudai Utara 2025-06-26"])
    drop(grid, camera / "IMG_8.JPG")
    taken(program, grid, 1)
    cards(grid)[0].picture.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    program.until(lambda: grid.view.picture.shows)
    assert cards(grid)[0].isHidden() or not cards(grid)[0].isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not grid.view.isVisible() and QApplication.focusWidget() is cards(grid)[0].picture
    double_click(cards(grid)[0].picture)
    assert grid.view.isVisible(), "the second press does not put it away again"


def test_a_finished_visit_shows_its_photos_and_takes_no_more(
    officer: Seat, opened: Callable[..., Screenful], camera: Path
) -> None:
    visits = day.filled(officer)
    visit = visits["Bongkudai Utara 2025-06-26"]
    program = opened(officer)
    grid = of_visit(program, visit)
    drop(grid, camera / "IMG_8.JPG")
    taken(program, grid, 1)
    program.window.context.write(lambda store: store.put("visit", {"signed_off_at": "2025-07-01T09:00+08:00"}, visit))
    program.until(lambda: not grid.may)
    drop(grid, camera / "IMG_9.JPG")
    assert cards(grid)[0].remove.isHidden() and not cards(grid)[0].caption.isVisible() and not grid.busy
    assert program.screen.parts_of["photos"].ways.choose.isHidden()


def test_a_photo_of_a_finding_is_on_its_page_alone(
    officer: Seat, opened: Callable[..., Screenful], camera: Path
) -> None:
    visits = day.filled(officer)
    visit = visits["Bongkudai Utara 2025-06-26"]
    with officer.store() as store:
        village = day.village(store, "Bongkudai Utara")
        report = store.put("risk_report", {"kind": "tppo", "village": village, "visit": visit})
    program = opened(officer)
    program.window.go(Place("finding", report))
    grid = program.screen.photos
    drop(grid, camera / "IMG_8.JPG")
    taken(program, grid, 1)
    assert of_visit(program, visit).photos == []
    assert program.screen.parts_of["photos"].told()[0] == "Belum ada"


def test_a_photo_from_the_office_is_fetched_when_asked_and_looked_at_before_it_is_shown(
    town: Town, officer: Seat, opened: Callable[..., Screenful], camera: Path
) -> None:
    visits = day.filled(officer)
    visit = visits["Bongkudai Utara 2025-06-26"]
    content = camera.joinpath("IMG_8.JPG").read_bytes()
    with officer.store() as store:  # as one comes whose bytes are at the office
        made = blobs.attach(store, {"visit": visit}, content, b"")
        other = blobs.attach(store, {"visit": visit}, b"no picture at all", b"")
        gone = blobs.attach(store, {"visit": visit}, b"somewhere else", b"")
        sha256 = store.queries.get(gone).values["sha256"]
        with store.transaction():
            store.blobs.drop(sha256)
    program = opened(officer)
    grid = of_visit(program, visit)
    program.until(lambda: grid.cards[made].picture.shows)
    program.until(lambda: grid.cards[other].picture._words == "Foto ini tidak dapat dibuka")
    program.until(lambda: program.window.context.queries.photos.thumbnail(grid.photos[0].sha256))
    officer.road.cut = True
    assert grid.cards[gone].way.words() == "Ambil foto"
    grid.cards[gone].way.click()
    program.until(lambda: any(photo.asked for photo in grid.photos))
    assert grid.cards[gone].way.isHidden()


@pytest.fixture
def card(camera: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder as a card that is plugged in, with a photo of another day and a broken one."""
    Image.new("RGB", (640, 480), "olive").save(camera / "IMG_5.JPG", exif=taken_at("2025:06:27 10:00:00"))
    (camera / "IMG_6.JPG").write_bytes((camera / "IMG_8.JPG").read_bytes()[:900])
    monkeypatch.setattr(camera_choice, "cards", lambda: [camera])
    return camera


def looked(program: Screenful, grid: PhotoGrid) -> None:
    choice = grid.camera
    program.until(
        lambda: choice.picks and all(one.picture.shows or not one.picture.isEnabled() for one in choice.picks)
    )


def test_a_card_offers_the_pictures_of_the_day_and_none_is_taken_in_twice(
    officer: Seat, opened: Callable[..., Screenful], card: Path
) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    grid = of_visit(program, visits["Bongkudai Utara 2025-06-26"])
    part = program.screen.parts_of["photos"]
    part.ways.camera.click()
    looked(program, grid)
    choice = grid.camera
    assert [found.path.name for found in choice._found] == ["IMG_9.JPG", "IMG_6.JPG", "IMG_8.JPG"]
    assert [one.picture.isEnabled() for one in choice.picks] == [True, False, True]
    assert not choice.take.isEnabled() and part.ways.camera.isHidden() and part.ways.choose.isHidden()
    choice.picks[2].picture.click()
    assert choice.take.words() == "Ambil 1 foto"
    choice.take.click()
    taken(program, grid, 1)
    part.ways.camera.click()
    looked(program, grid)
    assert [one.here for one in choice.picks] == [False, True, True]  # by the minute alone
    choice.all.click()
    assert [path.name for path in choice.ticked()] == ["IMG_9.JPG"]
    choice.picks[2].picture.click()
    choice.take.click()
    taken(program, grid, 2)
    assert grid.coming.trouble.isHidden() and part.ways.camera.isVisible()


def test_a_chosen_folder_is_remembered_and_a_wrong_clock_hides_no_photo(
    officer: Seat, opened: Callable[..., Screenful], card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = day.filled(officer)
    monkeypatch.setattr(camera_choice, "cards", list)
    program = opened(officer)
    grid = of_visit(program, visits["Bongkudai Utara 2025-06-26"])
    program.screen.parts_of["photos"].ways.camera.click()
    choice = grid.camera
    program.until(lambda: choice._told.text().startswith("Pasang kartu kamera"))
    choice.look_in(card)
    looked(program, grid)
    choice.back.click()
    assert choice.isHidden() and not grid._empty.isHidden()
    program.until(lambda: choice._decoder._child is None)
    grid = of_visit(program, visits["Tobongon 2025-06-20"])
    program.screen.parts_of["photos"].ways.camera.click()
    choice = grid.camera
    program.until(lambda: choice.every.isVisible())
    assert choice.folder == card and "Tidak ada foto" in choice._told.text()
    choice.every.click()
    looked(program, grid)
    assert len(choice.picks) == 4


# -- originals


def original(program: Screenful, sha256: str) -> bytes | None:
    try:
        return program.window.context.queries.originals.content(sha256)
    except Problem:
        return None


def test_an_original_is_kept_when_asked_copied_where_one_likes_and_erased_alone(
    officer: Seat, opened: Callable[..., Screenful], camera: Path, tmp_path: Path
) -> None:
    visits = day.filled(officer)
    officer.road.cut = True
    program = opened(officer)
    grid = of_visit(program, visits["Bongkudai Utara 2025-06-26"])
    drop(grid, camera / "IMG_8.JPG")
    taken(program, grid, 1)
    assert grid.photos[0].original == 0
    assert not grid.keep.wanted
    drop(grid, camera / "IMG_8.JPG")
    grid.keep.box.click()  # for the next ones, while these are under way
    taken(program, grid, 1)
    assert grid.photos[0].original == 0 and grid.keep.wanted
    drop(grid, camera)  # one is here already: it gets its original now
    taken(program, grid, 2)
    program.until(lambda: all(photo.original for photo in grid.photos))
    assert not grid.keep.wanted  # until it is asked again
    file = (camera / "IMG_9.JPG").read_bytes()
    first = grid.photos[0]
    assert original(program, first.sha256) == file != program.window.context.queries.photos.content(first.sha256)
    cards(grid)[0].picture.click()
    kept = grid.view.original
    assert kept._told.text() == "Foto asli tersimpan di laptop ini, 5 kB." and grid.keep.isHidden()
    kept.save.click()
    assert (
        kept.copying.isVisible() and not kept.save.isVisible() and "tidak terenkripsi" in kept.copying.accessibleName()
    )
    QTest.keyClick(kept.copying.button, Qt.Key.Key_Escape)
    assert grid.view.isVisible() and kept.save.isVisible() and not kept.copying.isVisible()
    kept.copy_to(tmp_path / "tidak ada" / "asli.jpg")
    program.until(kept.trouble.isVisible)
    kept.copy_to(tmp_path / "asli.jpg")
    program.until(kept.done.isVisible)
    assert (tmp_path / "asli.jpg").read_bytes() == file
    assert kept.save.isVisible()
    kept.erase.click()
    assert original(program, first.sha256) == file  # it is asked first
    kept.erasing.button.click()
    program.until(lambda: original(program, first.sha256) is None)
    program.until(lambda: grid.photos[0].original == 0)
    assert not kept.save.isVisible() and kept.done.isVisible() and grid.view.isVisible()
    assert len(grid.photos) == 2 and grid.photos[1].original


def test_a_finding_is_given_photos_from_the_camera_of_its_visit_s_day_and_the_choice_goes_along(
    officer: Seat, opened: Callable[..., Screenful], card: Path
) -> None:
    visits = day.filled(officer)
    with officer.store() as store:
        village = day.village(store, "Bongkudai Utara")
        values = {"kind": "tppo", "village": village}
        of_visit = store.put("risk_report", {**values, "visit": visits["Bongkudai Utara 2025-06-26"]})
        of_none = store.put("risk_report", values)
    officer.road.cut = True
    program = opened(officer)
    program.window.go(Place("finding", of_visit))
    grid = program.screen.photos
    program.screen.ways.camera.click()
    looked(program, grid)
    assert [found.path.name for found in grid.camera._found] == ["IMG_9.JPG", "IMG_6.JPG", "IMG_8.JPG"]
    assert program.screen.ways.camera.isHidden() and grid.keep.isHidden()
    grid.camera.picks[0].picture.click()
    grid.camera.keep.box.click()
    grid.camera.take.click()
    taken(program, grid, 1)
    assert original(program, grid.photos[0].sha256) == (card / "IMG_9.JPG").read_bytes()
    assert not grid.keep.wanted and not program.screen.ways.camera.isHidden()
    program.window.go(Place("finding", of_none))
    grid = program.screen.photos
    program.screen.ways.camera.click()
    looked(program, grid)
    assert len(grid.camera.picks) == 4 and grid.camera.every.isHidden() and not grid.camera.keep.wanted
