"""When the practice is made, and when it is kept; and that nothing outlives who started it."""

import json
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.practice import ground
from pimpasa_desktop.practice.ground import Practice
from pimpasa_desktop.problem import Problem
from rig.desk import cheap_machine


class Counted(Practice):
    """Counts how often it was made, of a folder that stands for everything in it."""

    made = 0

    def _fill(self, tell: object) -> Values:
        assert not (self._folder / "officer").exists()
        (self._folder / "officer").mkdir()
        self.made += 1
        return {}

    def _resume(self, kept: Values) -> None:
        assert (self._folder / "officer").is_dir()


def _made(folder: Path) -> int:
    """How often it is made when one practises once more."""
    practice = Counted(folder / "practice", cheap_machine(folder))
    try:
        practice.prepare(lambda _done, _steps, _told: None)
    finally:
        practice.close()
    return practice.made


def test_a_practice_is_made_once_and_kept(tmp_path: Path) -> None:
    assert [_made(tmp_path), _made(tmp_path)] == [1, 0]


def test_a_practice_of_other_data_or_another_program_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _made(tmp_path)
    monkeypatch.setattr(ground, "fingerprint", lambda: "other events")
    assert [_made(tmp_path), _made(tmp_path)] == [1, 0]
    monkeypatch.setattr(ground, "SCHEMA", 99)
    assert _made(tmp_path) == 1


@pytest.mark.parametrize("left", ["", "{", json.dumps({"kept": {}})])
def test_a_half_made_practice_is_made_anew(tmp_path: Path, left: str) -> None:
    _made(tmp_path)
    (tmp_path / "practice" / "made.json").write_text(left)
    assert _made(tmp_path) == 1


def test_two_do_not_practise_in_the_same_folder(tmp_path: Path) -> None:
    first = Counted(tmp_path / "practice", cheap_machine(tmp_path))
    first.prepare(lambda _done, _steps, _told: None)
    try:
        with pytest.raises(Problem, match="sedang dipakai"):
            _made(tmp_path)
    finally:
        first.close()


SERVING = """
import os, sys
from pathlib import Path
from pimpasa_desktop.env import Env
from pimpasa_desktop.practice.office import Office
office = Office(Path(sys.argv[1]), Env())
office.found("Kotamobagu", "Kelas II Non TPI")
office.start()
print(office._server.pid, flush=True)
os._exit(9)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks /proc")
def test_the_office_ends_with_a_program_that_was_killed(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", SERVING, tmp_path / "office"], capture_output=True, check=False)
    server = Path("/proc") / killed.stdout.decode().strip()
    assert killed.returncode == 9
    until = monotonic() + 10
    while (server / "cmdline").exists() and (server / "cmdline").read_bytes() and monotonic() < until:
        sleep(0.02)
    assert not (server / "cmdline").exists() or not (server / "cmdline").read_bytes()
