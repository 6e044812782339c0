"""The child process that decodes pictures (`decoding`), from this program's side: asked, watched, and stopped.

It starts with the first picture and stays for those that follow, since starting costs as much as decoding: for one drop
of files, or one look through a camera's folder. Whoever took it over with a picture could forge others of the same
drop, which the same hand gave; nothing else is within its reach.
"""

import json
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

from pimpasa_desktop.intake import decoding

ANSWER_BYTES_MAX = 1_000
PART_BYTES_MAX = 1_000_000
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0  # no console flashes up for the child


@dataclass(frozen=True)
class Answer:
    """`ended`: how it went with this picture, one of `decoding`'s; `told` and `parts` are not to be believed."""

    ended: int
    told: dict[str, Any] = field(default_factory=dict)
    parts: tuple[bytes, ...] = ()


class Decoder:
    """One picture at a time. The child ends with `close`, or with the program."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._end: Callable[[], object] = lambda: None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        self._end()
        self._child = None

    def ask(self, kind: bytes, content: bytes) -> Answer:
        """What comes of a picture. Where the child breaks over it, the next one has another child. OSError: none can
        be started."""
        running = self._child or self._started()
        # A clock that stops it: nothing that a picture holds may keep this thread.
        watch = threading.Timer(decoding.SECONDS_MAX, running.kill)
        watch.start()
        try:
            return _asked(running, kind, content)
        except EOFError:
            ended = decoding.TOO_HEAVY  # it was stopped, from outside or by its own bounds
        except (OSError, ValueError, KeyError, TypeError):
            ended = decoding.TORN
        finally:
            watch.cancel()
            watch.join()
        self.close()
        return Answer(ended)

    def _started(self) -> "subprocess.Popen[bytes]":
        self._child = running = subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
        self._end = weakref.finalize(self, _ended, running)
        return running


def command() -> list[str]:
    """How this program starts itself as the child, also where it is packaged."""
    if getattr(sys, "frozen", False):
        return [sys.executable, decoding.REENTRY]
    return [sys.executable, "-m", decoding.__name__]


def _asked(running: "subprocess.Popen[bytes]", kind: bytes, content: bytes) -> Answer:
    assert running.stdin and running.stdout
    with suppress(BrokenPipeError):  # what it said before it ended tells more
        running.stdin.write(kind + len(content).to_bytes(4) + content)
        running.stdin.flush()
    line = running.stdout.readline(ANSWER_BYTES_MAX)
    if not line:
        raise EOFError
    told = json.loads(line)
    sizes = [int(size) for size in told["sizes"]]
    if len(sizes) > 2 or not all(0 <= size <= PART_BYTES_MAX for size in sizes):
        raise ValueError("sizes")
    parts = tuple(running.stdout.read(size) for size in sizes)
    if [len(part) for part in parts] != sizes:
        raise ValueError("cut short")
    return Answer(int(told["ended"]), told, parts)


def _ended(running: "subprocess.Popen[bytes]") -> None:
    running.kill()
    for pipe in (running.stdin, running.stdout):
        with suppress(OSError):  # what was written and never read
            if pipe:
                pipe.close()
    running.wait()
