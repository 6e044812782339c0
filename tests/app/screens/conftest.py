"""A town with an officer and a clerk, and the program opened on the officer's laptop."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pimpasa_desktop import i18n
from pimpasa_desktop.app.screen import Kind
from rig.window import VILLAGES, Screenful, Seat, Town

Opened = Callable[..., Screenful]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path)
    yield town
    town.close()
    i18n.use("id")


@pytest.fixture
def officer(town: Town) -> Seat:
    return town.person("Meyke Mamonto", villages=list(VILLAGES)).enrol()


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    """opened(seat): the program on that laptop, unlocked unless `locked`."""
    programs: list[Screenful] = []

    def open_(seat: Seat, *, locked: bool = False, kinds: Sequence[Kind] | None = None) -> Screenful:
        program = Screenful(qtbot, seat, kinds)
        programs.append(program)
        return program if locked else program.unlock()

    yield open_
    for program in programs:
        program.close()
