"""A logo out of any file: small, harmless, or a sentence."""

import base64
import random
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from pimpasa_desktop.domain.office import LOGO
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.logo import FILE_BYTES_MAX, logo_of


def file(folder: Path, picture: Image.Image, kind: str = "PNG", **options: object) -> Path:
    path = folder / f"logo.{kind.lower()}"
    picture.save(path, kind, **options)
    return path


def opened(value: str) -> Image.Image:
    assert LOGO.read(value) == value  # the office's record takes it
    return Image.open(BytesIO(base64.b64decode(value)))


def test_a_large_photo_is_scaled_down_and_tells_nothing_of_its_maker(tmp_path: Path) -> None:
    random.seed(1)
    noise = Image.frombytes("RGB", (900, 600), random.randbytes(900 * 600 * 3))
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Dewi Novita")
    for path in (file(tmp_path, noise, "PNG", pnginfo=told), file(tmp_path, noise, "JPEG")):
        value = logo_of(path)
        assert len(value) <= LOGO.max
        picture = opened(value)
        assert max(picture.size) <= LOGO.side
        assert abs(picture.width / picture.height - 1.5) < 0.05
        assert b"Dewi" not in base64.b64decode(value)


def test_a_plain_drawing_keeps_its_size_and_what_shines_through(tmp_path: Path) -> None:
    drawing = Image.new("RGBA", (300, 280), (0, 0, 0, 0))
    drawing.paste((18, 63, 122, 255), (40, 40, 200, 200))
    picture = opened(logo_of(file(tmp_path, drawing))).convert("RGBA")
    assert picture.size == (300, 280)
    assert picture.getpixel((5, 5))[3] == 0
    assert picture.getpixel((100, 100)) == (18, 63, 122, 255)


@pytest.mark.parametrize("side", [5_000, 10_000, 60_000])
def test_a_file_that_asks_for_too_much_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, side: int
) -> None:
    small = BytesIO()
    Image.new("1", (8, 8)).save(small, "PNG")
    bomb = bytearray(small.getvalue())
    bomb[16:24] = side.to_bytes(4) * 2
    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4)
    (tmp_path / "bomb.png").write_bytes(bomb)
    monkeypatch.setattr(Image.Image, "convert", lambda *_a: pytest.fail("decoded"))
    with pytest.raises(Problem, match="20 juta piksel"):
        logo_of(tmp_path / "bomb.png")
    (tmp_path / "long.png").write_bytes(b"x" * (FILE_BYTES_MAX + 1))
    with pytest.raises(Problem, match="5 MB"):
        logo_of(tmp_path / "long.png")


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"GIF89a" + b"\0" * 40])
def test_another_kind_of_file_or_half_of_one_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(Problem, match="bukan PNG atau JPEG"):
        logo_of(tmp_path / "logo.png")


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="tidak dapat dibuka"):
        logo_of(tmp_path / "none.png")
