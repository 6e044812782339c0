"""Lists of several visits into a folder: whole files, and names that tell nobody's name."""

import errno
from pathlib import Path
from zipfile import ZipFile

import pytest

from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.attendance_batch import Batch, Setting, Way, check_folder, file_name
from reports.printed import read
from reports.test_attendance_of_visit import HOURS, SLEMANAN, laptop, villages
from rig.world import LaptopRig

__all__ = ["laptop"]
DAY = "2025-07-04"


def visit(laptop: LaptopRig, people: int, **values: object) -> str:
    made = laptop.store.put("visit", {**HOURS, "villages": [villages(laptop)[SLEMANAN]], **values})
    for at in range(people):
        laptop.store.put("attendee", {"visit": made, "name": f"Peserta {at + 1:04}"})
    return made


def batch(laptop: LaptopRig, folder: Path, way: Way, visits: list[str]) -> list[Path]:
    made = Batch(folder, way, Setting(), DAY)
    for one in visits:
        made.add(laptop.store.queries, one)
    return made.finish()


def test_joined_each_list_counts_its_own_pages(laptop: LaptopRig, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (path,) = batch(laptop, out, "one", [visit(laptop, 30), visit(laptop, 3)])
    texts = [page.text for page in read(path).pages]
    assert "Halaman 1 dari 2" in texts[0]
    assert "Halaman 2 dari 2" in texts[1]
    assert "Halaman 1 dari 1" in texts[2]
    assert list(out.iterdir()) == [path]


@pytest.mark.parametrize("way", ["one", "zip"])
def test_the_same_records_give_the_same_bytes_and_one_given_up_leaves_nothing(
    laptop: LaptopRig, tmp_path: Path, way: Way
) -> None:
    visits = [visit(laptop, 3), visit(laptop, 2)]
    made = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        made.append(batch(laptop, tmp_path / name, way, visits)[0].read_bytes())
    assert made[0] == made[1]
    (tmp_path / "third").mkdir()
    Batch(tmp_path / "third", way, Setting(), DAY).add(laptop.store.queries, visits[0])
    assert list((tmp_path / "third").iterdir()) == []


def test_a_disk_that_fills_up_under_the_zip_leaves_nothing_and_is_told_at_the_end(
    laptop: LaptopRig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    made = Batch(tmp_path / "out", "zip", Setting(), DAY)
    made.add(laptop.store.queries, visit(laptop, 2))

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    other = visit(laptop, 2)
    monkeypatch.setattr(ZipFile, "writestr", full)
    with pytest.raises(Problem, match="Ruang simpan penuh"):
        made.add(laptop.store.queries, other)
    with pytest.raises(Problem, match="Ruang simpan penuh"):
        made.finish()
    assert list((tmp_path / "out").iterdir()) == []


def test_a_batch_that_is_given_up_or_forgotten_leaves_nothing(laptop: LaptopRig, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for forgotten in (True, False):
        made = Batch(tmp_path / "out", "zip", Setting(), DAY)
        made.add(laptop.store.queries, visit(laptop, 2))
        assert len(list((tmp_path / "out").iterdir())) == 1  # it grows on the disk, not in memory
        if not forgotten:
            made.give_up()
        del made
        assert list((tmp_path / "out").iterdir()) == []


def test_a_zip_holds_the_files_that_would_be_written_singly(laptop: LaptopRig, tmp_path: Path) -> None:
    visits = [visit(laptop, 3), visit(laptop, 2)]
    single = batch(laptop, tmp_path, "each", visits)
    (archive,) = batch(laptop, tmp_path, "zip", visits)
    with ZipFile(archive) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == {
            path.name: path.read_bytes() for path in single
        }


def test_a_file_name_tells_day_village_and_code_and_no_typed_place(laptop: LaptopRig) -> None:
    of_village = visit(laptop, 1)
    assert file_name(laptop.store.queries, of_village, "public").startswith(
        "Daftar Hadir 2025-07-03 Slemanan salinan umum "
    )
    elsewhere = laptop.store.put("visit", {**HOURS, "place": "Rumah Bapak Suparman"})
    assert "Suparman" not in file_name(laptop.store.queries, elsewhere, "official")


def test_an_unknown_visit_and_a_folder_that_is_not_there_are_told(laptop: LaptopRig, tmp_path: Path) -> None:
    with pytest.raises(Problem):
        Batch(tmp_path, "each", Setting(), DAY).add(laptop.store.queries, "00000000-0000-8000-8000-000000000000")
    with pytest.raises(Problem):
        check_folder(str(tmp_path / "nowhere"))
    with pytest.raises(Problem):
        check_folder("  ")
    assert check_folder(f" {tmp_path} ") == tmp_path
