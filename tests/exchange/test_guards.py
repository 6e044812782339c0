"""docs/protocol.md names a test for every hazard, and that test fails once the guard is switched off."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulation import planted

TESTS = Path(__file__).parents[1]
PROTOCOL = (TESTS.parent / "docs" / "protocol.md").read_text("utf-8")
NAMED = re.findall(r"\| `([\w/]+\.py)::(\w+)` \| `([a-z-]+)` \|$", PROTOCOL, re.MULTILINE)


def test_every_hazard_has_an_answer_and_every_planted_bug_a_test() -> None:
    numbers = [int(found) for found in re.findall(r"^\| (\d+) \|", PROTOCOL, re.MULTILINE)]
    assert numbers == list(range(1, 36))
    assert sorted({bug for _file, _test, bug in NAMED}) == planted.in_sources()


@pytest.mark.parametrize(("file", "test", "_bug"), NAMED, ids=[bug for _file, _test, bug in NAMED])
def test_the_tests_that_are_named_exist(file: str, test: str, _bug: str) -> None:
    assert f"def {test}(" in (TESTS / file).read_text("utf-8")


@pytest.mark.prove
@pytest.mark.parametrize(("file", "test", "bug"), NAMED, ids=[bug for _file, _test, bug in NAMED])
def test_a_guard_that_is_switched_off_fails_the_test_named_for_it(
    tmp_path: Path, file: str, test: str, bug: str
) -> None:
    """That the same test passes with the guard on is said by every run of the suite."""
    near = ["-k", "not https and not postgresql"] if file.startswith("exchange") else []
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", *near]
    command += ["--basetemp", str(tmp_path / "inside")]
    done = subprocess.run(
        [*command, "--planted", bug, f"{TESTS / file}::{test}"], cwd=TESTS.parent, capture_output=True, text=True
    )
    assert done.returncode == 1 and re.search(r"\d failed", done.stdout), done.stdout + done.stderr
