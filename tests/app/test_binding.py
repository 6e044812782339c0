"""What the binding costs whoever imports something after it."""

import importlib
import linecache
from pathlib import Path

import pytest

import pimpasa_desktop.app  # noqa: F401


def test_qt_reads_no_source_of_what_is_imported_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "imported_after_qt.py"
    source.write_text("import imported_with_it\nfrom PySide6.QtCore import Qt\n")
    (tmp_path / "imported_with_it.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module(source.stem)
    assert not [name for name in linecache.cache if name.startswith(str(tmp_path))]
