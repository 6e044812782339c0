"""What no test may leave behind: a log record nobody expected, a thread, a child process, a connection elsewhere.

Loaded by conftest.py for every test. Warnings are errors too: pyproject.toml says that.
"""

import ipaddress
import logging
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing import resource_tracker
from pathlib import Path
from time import monotonic, sleep

import pytest

# What is being wound up when a test ends (a server's last thread) gets this long.
GRACE_SECONDS = 2.0


def _refuse_to_leave_the_machine(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    end, address = arguments
    if isinstance(end, socket.socket) and end.type == socket.SOCK_STREAM and isinstance(address, tuple):
        try:
            inside = ipaddress.ip_address(address[0]).is_loopback
        except ValueError:
            inside = address[0] == "localhost"
        if not inside:
            raise AssertionError(f"a test wanted to connect to {address[0]}")


sys.addaudithook(_refuse_to_leave_the_machine)


class _Unexpected(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.allowed: list[str] = []
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def lines(self) -> list[str]:
        texts = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in self.records]
        return [text for text in texts if not any(re.search(pattern, text) for pattern in self.allowed)]


@pytest.fixture
def _log() -> Iterator[_Unexpected]:
    handler = _Unexpected()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def allowed_logs(_log: _Unexpected) -> Callable[[str], None]:
    """allowed_logs(pattern): lines "LEVEL name: message" that match are expected in this test."""
    return _log.allowed.append


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest, _log: _Unexpected) -> Iterator[None]:
    yield
    # A test that takes caplog looks at the log itself.
    if "caplog" not in request.fixturenames and (lines := _log.lines()):
        pytest.fail("unexpected in the log:\n" + "\n".join(lines), pytrace=False)


def _threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if not thread.daemon}


def _children() -> set[int]:
    """Process ids below this process, unreaped ones too. Empty where the system does not tell (not Linux)."""
    found = {int(pid) for task in Path("/proc/self/task").glob("*/children") for pid in task.read_text().split()}
    return found - {getattr(resource_tracker._resource_tracker, "_pid", None)}  # lives as long as its parent


def _left_after_grace(now: Callable[[], set], before: set) -> set:
    end = monotonic() + GRACE_SECONDS
    while (left := now() - before) and monotonic() < end:
        sleep(0.02)
    return left


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    threads, children = _threads(), _children()
    yield
    if left := _left_after_grace(_threads, threads):
        pytest.fail(f"threads left running: {sorted(thread.name for thread in left)}", pytrace=False)
    if left := _left_after_grace(_children, children):
        pytest.fail(f"child processes left running: {sorted(left)}", pytrace=False)
