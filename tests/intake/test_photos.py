"""A photo out of any file: small, upright, silent about its maker; or a sentence."""

import os
import random
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from pimpasa_desktop.domain.calendar import WITA
from pimpasa_desktop.intake import decoder, decoding, photos
from pimpasa_desktop.intake.jpeg import bare_size
from pimpasa_desktop.intake.photos import scaled
from pimpasa_desktop.problem import Problem

EXIF = ExifTags.IFD.Exif


def picture(width: int = 2_400, height: int = 1_800) -> Image.Image:
    """Dark left half, bright right half, with grain."""
    random.seed(1)
    grain = Image.frombytes("L", (width // 8, height // 8), random.randbytes((width // 8) * (height // 8)))
    drawn = Image.merge("RGB", [grain.resize((width, height)).point(lambda v: v // 4)] * 3)
    drawn.paste((230, 230, 230), (width // 2, 0, width, height))
    return drawn


def file(folder: Path, drawn: Image.Image, kind: str = "JPEG", name: str = "", **options: object) -> Path:
    path = folder / (name or f"foto.{kind.lower()}")
    drawn.save(path, kind, **options)
    return path


def bomb(width: int, height: int) -> bytes:
    """A PNG whose head asks for so many pixels, and of which nothing else follows."""
    small = BytesIO()
    Image.new("RGB", (8, 8)).save(small, "PNG")
    content = bytearray(small.getvalue())
    content[16:24] = width.to_bytes(4) + height.to_bytes(4)
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4)
    return bytes(content)


def told(orientation: int, offset: str = "") -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Dewi Novita"
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(EXIF)[ExifTags.Base.DateTimeOriginal] = "2025:07:03 09:12:44"
    if offset:
        exif.get_ifd(EXIF)[ExifTags.Base.OffsetTimeOriginal] = offset
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (0.0, 43.0, 21.0)
    return exif


def refused(path: Path) -> str:
    with pytest.raises(Problem) as found:
        scaled(path, WITA)
    assert path.name in found.value.sentence and "tidak disimpan" in found.value.sentence
    return found.value.sentence


def test_a_camera_s_photo_becomes_small_and_upright_and_tells_neither_maker_nor_place(tmp_path: Path) -> None:
    path = file(tmp_path, picture(), exif=told(orientation=6), comment=b"Dewi Novita", quality=95)
    photo = scaled(path, WITA)
    assert (photo.width, photo.height) == (1_200, 1_600)  # it was taken with the camera on its side
    assert len(photo.content) <= decoding.BYTES_WANTED
    assert photo.taken_at == "2025-07-03T09:12:44+08:00"
    for content, side in ((photo.content, 1_600), (photo.thumbnail, 320)):
        seen = Image.open(BytesIO(content))
        assert seen.format == "JPEG" and max(seen.size) == side
        assert not seen.getexif() and b"Dewi" not in content
        top, bottom = seen.getpixel((50, 10)), seen.getpixel((50, side - 10))
        assert top[0] < 90 < bottom[0]


@pytest.mark.parametrize(
    ("offset", "taken_at"), [("+07:00", "2025-07-03T09:12:44+07:00"), ("semaunya", "2025-07-03T09:12:44+08:00")]
)
def test_a_camera_that_knows_its_zone_is_believed(tmp_path: Path, offset: str, taken_at: str) -> None:
    path = file(tmp_path, picture(400, 300), exif=told(1, offset))
    assert scaled(path, WITA).taken_at == taken_at


def test_a_clock_that_was_never_set_gives_no_time(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(EXIF)[ExifTags.Base.DateTimeOriginal] = "1980:01:01 00:00:00"
    assert scaled(file(tmp_path, picture(400, 300), exif=exif), WITA).taken_at == ""


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    secret = PngImagePlugin.PngInfo()
    secret.add_text("Author", "Dewi Novita")
    clear = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    for number, path in enumerate(
        (
            file(tmp_path, clear, "PNG", "png.jpg", pnginfo=secret),
            file(tmp_path, picture(300, 200), "WEBP", "webp.png"),
            file(tmp_path, picture(300, 200).convert("CMYK"), "JPEG", "cetak.jpg"),
            file(tmp_path, picture(300, 200).convert("P"), "PNG", "warna.png"),
            file(tmp_path, picture(300, 200).convert("L"), "JPEG", "kelabu.jpg"),
        )
    ):
        photo = scaled(path, WITA)
        assert bare_size(photo.content) == (photo.width, photo.height) == (300, 200)
        assert photo.taken_at == "" and b"Dewi" not in photo.content
        if number == 0:
            assert Image.open(BytesIO(photo.content)).getpixel((5, 5)) == (255, 255, 255)


def test_what_is_no_photo_is_refused_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "foto.jpg"
    for content in (b"", b"halo", b"%PDF-1.7 ...", b"\xff\xd8", b"GIF89a" + bytes(50), b"PK\x03\x04" + bytes(50)):
        path.write_bytes(content)
        assert "bukan foto" in refused(path)
    path.write_bytes(b"\0\0\0\x18ftypheic" + bytes(100))
    assert "HEIC" in refused(path)


def test_what_cannot_be_read_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.jpg")
    (tmp_path / "folder.jpg").mkdir()
    for name in ("pipa.jpg", "folder.jpg", "tidak-ada.jpg"):
        assert "tidak dapat dibuka" in refused(tmp_path / name)
    path = tmp_path / "besar.jpg"
    with path.open("wb") as sparse:
        sparse.truncate(photos.FILE_BYTES_MAX + 1)
    assert "25 MB" in refused(path)


def test_a_hundred_megapixels_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    path = tmp_path / "foto.png"
    for side in (10_000, 60_000, 2_000_000_000):
        path.write_bytes(bomb(side, side))
        assert "40 megapiksel" in refused(path)


def test_forty_megapixels_of_nothing_are_opened_within_the_bounds(tmp_path: Path) -> None:
    photo = scaled(file(tmp_path, Image.new("RGB", (8_000, 5_000), "gray"), "PNG"), WITA)
    assert (photo.width, photo.height) == (1_600, 1_000)


def test_a_cut_file_is_refused_wherever_it_was_cut(tmp_path: Path) -> None:
    for kind in ("JPEG", "PNG"):
        whole = file(tmp_path, picture(400, 300), kind).read_bytes()
        for share in (0.02, 0.5, 0.95):
            path = tmp_path / "potong.jpg"
            path.write_bytes(whole[: int(len(whole) * share)])
            assert "rusak atau terpotong" in refused(path)


def instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(decoder, "command", lambda: [sys.executable, "-c", program])


def test_a_decoder_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(decoding, "SECONDS_MAX", 0.3)
    assert "terlalu berat" in refused(file(tmp_path, picture(40, 30)))


def test_a_decoder_that_wants_too_much_memory_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "from pimpasa_desktop.intake import decoding as d; d.MEMORY_BYTES_MAX = 120 << 20; raise SystemExit(d.main())"
    )
    path = file(tmp_path, Image.new("RGB", (8_000, 5_000), "gray"), "PNG")
    instead(monkeypatch, program)
    assert "terlalu berat" in refused(path)


def test_a_decoder_can_write_no_file(tmp_path: Path) -> None:
    import subprocess

    program = (
        "import sys; from pimpasa_desktop.intake.confinement import confine; confine(1 << 30, 5)\n"
        "with open(sys.argv[1], 'wb') as file: file.write(b'x')"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "x")], capture_output=True, check=False)
    assert done.returncode != 0 and (tmp_path / "x").read_bytes() == b""


@pytest.mark.parametrize("lie", ["exif", "sizes", "none", "text"])
def test_a_decoder_s_answer_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lie: str) -> None:
    path = file(tmp_path, picture(40, 30))
    talkative = file(tmp_path, picture(40, 30), name="exif.jpg", exif=told(1)).read_bytes()
    plain = path.read_bytes()
    content = {"exif": talkative, "sizes": plain + b"x", "none": b"", "text": b"<script>" * 5}[lie]
    sizes = [len(content) - (lie == "sizes"), len(plain)]
    answer = f'{{"ended": 0, "taken": "", "offset": "", "sizes": {sizes}}}\n'.encode() + content + plain
    out = tmp_path / "answer"
    out.write_bytes(answer)
    instead(monkeypatch, f"import sys; sys.stdout.buffer.write(open({str(out)!r}, 'rb').read())")
    assert "rusak" in refused(path)


def test_the_packaged_program_starts_itself_as_the_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert decoder.command() == [sys.executable, decoding.REENTRY]


def test_photos_of_one_drop_share_a_decoder_and_one_that_breaks_it_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = file(tmp_path, picture(400, 300))
    with decoder.Decoder() as one:
        first = scaled(good, WITA, one)
        pid = one._child.pid
        (tmp_path / "potong.jpg").write_bytes(good.read_bytes()[:900])
        for path in (tmp_path / "potong.jpg", tmp_path / "tidak-ada.jpg"):
            with pytest.raises(Problem):
                scaled(path, WITA, one)
        assert scaled(good, WITA, one) == first and one._child.pid == pid
        one._child.kill()
        with pytest.raises(Problem, match="terlalu berat"):
            scaled(good, WITA, one)
        assert scaled(good, WITA, one) == first == scaled(good, WITA)
        running = one._child
    assert running.returncode is not None
