"""A camera's folder: the pictures of a day, with a small picture of each, whatever else lies there."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from pimpasa_desktop.domain.calendar import WITA
from pimpasa_desktop.intake import decoder, decoding
from pimpasa_desktop.intake.camera import dated, listed, small
from pimpasa_desktop.intake.decoder import Decoder

THE_DAY = date(2025, 7, 3)


@pytest.fixture
def looker() -> Iterator[Decoder]:
    with Decoder() as looker:
        yield looker


def picture(path: Path, taken: str = "", written: str = "2025-07-03T12:00", side: int = 640, **more: object) -> Path:
    exif = Image.Exif()
    if taken:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    path.parent.mkdir(exist_ok=True, parents=True)
    Image.new("RGB", (side, side * 3 // 4), "gray").save(path, exif=exif, **more)
    return written_at(path, written)


def written_at(path: Path, moment: str) -> Path:
    seconds = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
    os.utime(path, (seconds, seconds))
    return path


def test_a_card_s_pictures_are_found_in_its_folders_the_last_first(tmp_path: Path) -> None:
    first = picture(tmp_path / "DCIM" / "100ANDRO" / "IMG_1.JPG", written="2025-07-03T01:00")
    second = picture(tmp_path / "DCIM" / "101ANDRO" / "IMG_2.jpeg", written="2025-07-04T01:00")
    picture(tmp_path / "DCIM" / "100ANDRO" / "IMG_0.JPG", written="2025-05-01T01:00")  # older than the day
    picture(tmp_path / "DCIM" / ".thumbnails" / "IMG_1.jpg")
    picture(tmp_path / "DCIM" / "a" / "b" / "c" / "d" / "IMG_9.JPG")
    (tmp_path / "DCIM" / "100ANDRO" / "VIDEO.MP4").write_bytes(b"x")
    (tmp_path / "DCIM" / "kembali").symlink_to(tmp_path, target_is_directory=True)
    assert listed(tmp_path / "DCIM", THE_DAY, WITA) == [second, first]
    assert len(listed(tmp_path / "DCIM", None, WITA)) == 3
    assert listed(tmp_path / "tidak-ada", THE_DAY, WITA) == []


def test_a_picture_is_of_the_day_that_its_camera_says_or_else_its_file(tmp_path: Path, looker: Decoder) -> None:
    said = picture(tmp_path / "a.jpg", "2025:07:03 09:12:44", written="2025-07-09T01:00")
    silent = picture(tmp_path / "b.png", written="2025-07-02T23:30")  # 07.30 WITA of the day after
    broken = tmp_path / "c.jpg"
    broken.write_bytes(b"halo")
    written_at(broken, "2025-07-01T01:00")
    found = dated([said, silent, broken, tmp_path / "gone.jpg"], WITA, looker)
    assert [one.taken_at for one in found] == [
        "2025-07-03T09:12:44+08:00",
        "2025-07-03T07:30:00+08:00",
        "2025-07-01T09:00:00+08:00",
    ]
    assert [one.day(WITA) == THE_DAY for one in found] == [True, True, False]


def test_a_small_picture_is_made_upright_and_what_is_none_gives_nothing(tmp_path: Path, looker: Decoder) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    Image.new("RGB", (2_000, 1_500)).save(tmp_path / "a.jpg", exif=exif)
    drawn = small(tmp_path / "a.jpg", looker)
    assert Image.open(BytesIO(drawn)).size == (240, 320)
    pid = looker._child.pid
    for name, content in (("b.jpg", b"halo"), ("c.jpg", (tmp_path / "a.jpg").read_bytes()[:900]), ("d.jpg", b"")):
        (tmp_path / name).write_bytes(content)
        assert small(tmp_path / name, looker) == b""
    assert small(tmp_path / "gone.jpg", looker) == b""
    assert small(tmp_path / "a.jpg", looker) == drawn and looker._child.pid == pid


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(60)",
        "pass",
        "print('{')",
        "print('{\"size\": 900000000}')",
        "print('{\"ended\": 0, \"sizes\": [5]}'); print('xy')",
        "print('[]')",
        "print('{\"ended\": 0, \"sizes\": [6]}', flush=True); print('<html>')",
    ],
)
def test_a_child_that_hangs_breaks_or_lies_costs_its_picture_and_no_other(
    tmp_path: Path, looker: Decoder, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    path = picture(tmp_path / "a.jpg", "2025:07:03 09:12:44")
    monkeypatch.setattr(decoding, "SECONDS_MAX", 0.3)
    with monkeypatch.context() as lying:
        lying.setattr(decoder, "command", lambda: [sys.executable, "-c", program])
        assert small(path, looker) == b""
    looker.close()
    monkeypatch.setattr(decoding, "SECONDS_MAX", 10)
    assert small(path, looker) and dated([path], WITA, looker)[0].taken_at == "2025-07-03T09:12:44+08:00"
