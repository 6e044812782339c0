"""The main job from start to end, as `make run` walks it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_walk_ends_well_with_a_printed_list_and_nothing_running(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pimpasa_desktop.walk"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=110,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        "60 orang hadir, 1 temuan",
        "Kantor belum bisa dihubungi",
        "64 catatan terkirim dalam 1 permintaan",
        "di antaranya 60 peserta, semuanya sama",
        "10 kelurahan dicatat sekaligus",
        "Semua yang dijalankan sudah dihentikan",
    ):
        assert said in done.stdout
    printed = sorted(path.name for path in (tmp_path / "out" / "walk").iterdir())
    assert len(printed) == 7 and "daftar-hadir-bongkudai-utara.pdf" in printed
    assert {"office", "officer", "clerk", "passphrase"} <= {path.name for path in (tmp_path / "out/practice").iterdir()}
    assert not (tmp_path / "out/practice/office/ready").exists()
