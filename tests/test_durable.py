"""A file is the old one or the new one, never a piece, and nobody else reads it. Power loss: tests/power."""

import os
import stat
from pathlib import Path

import pytest

from pimpasa_desktop import durable


def test_the_new_content_replaces_the_old_and_is_for_this_person_only(tmp_path: Path) -> None:
    path = tmp_path / "file"
    durable.write(path, b"old and longer")
    durable.write(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_refuses_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    durable.write(path, b"old")

    def broken(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", broken)
        with pytest.raises(OSError, match="Input/output"):
            durable.write(path, b"new")
    assert path.read_bytes() == b"old"
    durable.write(path, b"newer")  # what the failed try left behind is no obstacle
    assert path.read_bytes() == b"newer"
    assert list(tmp_path.iterdir()) == [path]
