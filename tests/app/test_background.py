"""The writer: what is asked of it is done in order, off the UI thread, and told on it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from pimpasa_desktop.app.background import Background
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store
from rig.window import Seat, Town


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    town = Town(tmp_path)
    yield town.person("Deddy", villages=["71.10.07.2004"]).enrol()
    town.close()


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    background = Background()
    yield background
    background.end()


def visit(store: Store) -> str:
    (village,) = store.queries.overview.villages()
    return store.put("visit", {"villages": [village], "starts_at": "2025-07-03T09:00+08:00"})


def test_a_write_tells_what_changed_with_its_root_before_it_answers(
    qtbot: QtBot, background: Background, seat: Seat
) -> None:
    heard: list[object] = []
    background.wrote.connect(heard.append)
    background.open(seat.store)
    background.write(visit).then(heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2)
    changed, identifier = heard
    assert changed == frozenset({identifier})
    background.write(lambda store: store.put("attendee", {"visit": identifier, "name": "Budi"})).then(heard.append)
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert heard[2] == frozenset({identifier, heard[3]})


def test_the_work_is_done_elsewhere_and_told_here(qtbot: QtBot, background: Background) -> None:
    threads: list[threading.Thread] = []
    background.run(threading.current_thread).then(lambda worker: threads.extend((worker, threading.current_thread())))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threading.main_thread() and threads[1] is threading.main_thread()


def _refuse() -> None:
    raise Problem("Diska penuh.")


def test_a_problem_comes_to_whoever_asked_and_the_writer_goes_on(qtbot: QtBot, background: Background) -> None:
    heard: list[str] = []
    background.run(_refuse).then(lambda _none: None, lambda problem: heard.append(problem.sentence))
    background.run(lambda: "ya").then(heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["Diska penuh.", "ya"]


def test_a_problem_that_nobody_waits_for_is_told_all_the_same(qtbot: QtBot, background: Background) -> None:
    with qtbot.waitSignal(background.unheard) as told:
        background.run(_refuse)
    assert told.args is not None and told.args[0].sentence == "Diska penuh."


def test_a_bug_is_raised_where_it_is_seen_and_the_writer_goes_on(qtbot: QtBot, background: Background) -> None:
    heard: list[str] = []
    with qtbot.captureExceptions() as raised:
        background.run(lambda: 1 / 0)
        background.run(lambda: "ya").then(heard.append)
        qtbot.waitUntil(lambda: bool(heard))
    assert [kind for kind, _bug, _trace in raised] == [ZeroDivisionError]


def test_nobody_calls_a_screen_that_is_gone(qtbot: QtBot, background: Background) -> None:
    heard: list[str] = []
    screen, gate = QObject(), threading.Event()
    background.run(lambda: gate.wait(5)).then(lambda _value: heard.append("too late"), owner=screen)
    delete(screen)
    gate.set()
    background.run(lambda: "ya").then(heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["ya"]


def test_what_was_asked_for_is_written_before_the_end(qtbot: QtBot, seat: Seat) -> None:
    background = Background()
    background.open(seat.store)
    for _time in range(20):
        background.write(visit)
    background.end()
    with seat.store() as store:
        assert len(store.queries.overview.visits()) == 20
