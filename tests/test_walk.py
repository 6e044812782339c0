"""The main job from start to end, as `make run` walks it; only the administration runs in this process here."""

from pathlib import Path

from pimpasa_desktop.walk import walk
from rig.desk import QuickOffice


def test_the_walk_ends_with_printed_lists_and_nothing_running(tmp_path: Path) -> None:
    told: list[str] = []
    walk(tmp_path, told.append, QuickOffice)
    said = "\n".join(told)
    for words in (
        "60 orang hadir, 1 temuan",
        "Kantor belum bisa dihubungi",
        "64 catatan terkirim dalam 1 permintaan",
        "di antaranya 60 peserta, semuanya sama",
        "10 kelurahan dicatat sekaligus",
        "Semua yang dijalankan sudah dihentikan",
    ):
        assert words in said
    printed = sorted(path.name for path in (tmp_path / "walk").iterdir())
    assert len(printed) == 7 and "daftar-hadir-bongkudai-utara.pdf" in printed
    assert {"office", "officer", "clerk", "passphrase"} <= {path.name for path in (tmp_path / "practice").iterdir()}
    assert not (tmp_path / "practice" / "office" / "ready").exists()
