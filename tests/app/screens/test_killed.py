"""The window is killed while somebody types: one comes back to where one was, and at most two seconds are gone."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.screens import day
from pimpasa_desktop.app.screen import Place
from rig.desk import PASSPHRASE
from rig.window import Screenful, Seat

SECONDS_LOST_MAX = 2.0
Opened = Callable[..., Screenful]


@dataclass
class Told:
    """What the typist said before the end: names that the window showed as written, and each key with its moment."""

    visit: str
    written: list[str] = field(default_factory=list)
    typed: list[tuple[str, float]] = field(default_factory=list)

    def missing(self, found: str) -> float:
        """Seconds of typing that are not in what was found again."""
        assert self.typed[-1][0].startswith(found)
        kept = [at for text, at in self.typed if text == found]
        return self.typed[-1][1] - (kept[0] if kept else self.typed[0][1])


def killed(seat: Seat, screen: str, keys: int, folder: Path) -> Told:
    """Let somebody type on a visit and kill the program at that key."""
    with seat.store() as store:
        visit = day.visit(store, "Liberia", "2025-07-03T09:00+08:00")
    secret = folder / "secret"
    secret.write_text(PASSPHRASE + "\n")
    told = Told(visit)
    process = subprocess.Popen(
        [sys.executable, "-m", "app.typist", seat.home.folder, secret, visit, screen], stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout
        count = 0
        for line in process.stdout:
            found = json.loads(line)
            if "written" in found:
                told.written.append(found["written"])
                told.typed = []
            else:
                count += 1
                told.typed.append((found["typed"], found["at"]))
            if count == keys:
                break
        process.kill()
    assert count == keys
    return told


# The first name has three letters; the second takes three seconds to type.
LATER = [pytest.param(keys, marks=pytest.mark.prove) for keys in (2, 3, 4, 20, 53, 54, 55, 56, 90, 104, 106, 150)]


@pytest.mark.parametrize("keys", [45, *LATER])
def test_the_register_is_open_again_with_everybody_who_was_written(
    keys: int, officer: Seat, opened: Opened, tmp_path: Path
) -> None:
    told = killed(officer, "register", keys, tmp_path)
    again = opened(officer)
    assert again.screen.place == Place("register", told.visit)
    there = [one.name for one in again.window.context.queries.people.present(told.visit)]
    assert there[: len(told.written)] == told.written
    if len(there) == len(told.written):  # else what was being written had come to the disk just before
        assert told.missing(again.screen.entry.name.text()) <= SECONDS_LOST_MAX
    again.window.back()
    assert again.screen.place == Place("visit", told.visit)


@pytest.mark.prove
@pytest.mark.parametrize("keys", [20, 60, 150, 300])
def test_a_finding_that_was_being_written_is_there_again(
    keys: int, officer: Seat, opened: Opened, tmp_path: Path
) -> None:
    told = killed(officer, "finding", keys, tmp_path)
    again = opened(officer)
    assert again.screen.place.screen == "finding"
    text = again.screen.form.fields["narrative"].field.editor.toPlainText()
    assert told.missing(text) <= SECONDS_LOST_MAX
