"""A file that a person asked for is there whole or not at all."""

import errno
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from pimpasa_desktop.files import replace_file
from pimpasa_desktop.problem import Problem


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_new(file: BinaryIO) -> None:
    file.write(b"new")


def test_the_file_takes_the_place_of_the_old_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "daftar.pdf"
    path.write_bytes(b"old")
    replace_file(path, write_new)
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["daftar.pdf"]


def test_the_old_file_is_there_until_the_new_one_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "daftar.pdf"
    path.write_bytes(b"old")

    def write(file: BinaryIO) -> None:
        file.write(b"half")
        file.flush()
        assert path.read_bytes() == b"old"

    replace_file(path, write)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_refuses_leaves_the_old_file_and_no_half_one(tmp_path: Path, code: int) -> None:
    path = tmp_path / "daftar.pdf"
    path.write_bytes(b"old")

    def write(file: BinaryIO) -> None:
        file.write(b"half")
        raise OSError(code, os.strerror(code))

    with pytest.raises(Problem, match="aman"):
        replace_file(path, write)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["daftar.pdf"]


def test_a_disk_that_is_full_when_the_file_is_settled_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem, match="penuh"):
        replace_file(tmp_path / "daftar.pdf", lambda file: None)
    assert names(tmp_path) == []


def test_another_failure_passes_as_it_is_and_leaves_no_half_file(tmp_path: Path) -> None:
    def write(file: BinaryIO) -> None:
        raise Problem("Logo tidak terbaca.")

    with pytest.raises(Problem, match="Logo"):
        replace_file(tmp_path / "daftar.pdf", write)
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="tidak ada"):
        replace_file(tmp_path / "tidak-ada" / "daftar.pdf", lambda file: None)


def test_a_folder_in_the_place_of_the_file_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "daftar.pdf"
    path.mkdir()
    with pytest.raises(Problem, match="tidak dapat ditulis"):
        replace_file(path, lambda file: None)
    assert names(tmp_path) == ["daftar.pdf"]
