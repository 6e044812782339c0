"""The window on a laptop after years of work: how long until the first screen stands with its data, what it takes of
the memory, and how fast one types. Compared with a PySide6 window that has nothing in it.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.big_laptop import BigLaptop, big_laptop
from bench.row import Figure

STARTS = 9
TIMES_MAX, MEMORY_MAX = 2.5, 2.0


@dataclass(frozen=True)
class Start:
    """`memory`: the most that the process ever held, in bytes, as the kernel counted it."""

    seconds: float
    memory: int


def figures() -> list[Figure]:
    from bench.rows import typing  # not before the starts are measured: Qt in this process would share its pages

    with big_laptop() as laptop:
        return [*_starting(laptop), *typing(laptop)]


def _starting(laptop: BigLaptop) -> list[Figure]:
    program, bare = [str(laptop.folder), str(laptop.secret)], ["bare"]
    modules = laptop.folder.parent / "compiled"  # as in an installed program: compiled once, before it is measured
    ours, theirs = [], []
    for time in range(STARTS + 1):
        both = (_start(bare, modules), _start(program, modules))
        if time:
            theirs.append(both[0])
            ours.append(both[1])
    seconds, against = (median(one.seconds for one in starts) for starts in (ours, theirs))
    memory, empty = (median(one.memory for one in starts) for starts in (ours, theirs))
    window = "bare PySide6 window in a fresh process"
    return [
        Figure("ready window, passphrase known", seconds * 1000, "ms", window, seconds / against, TIMES_MAX),
        Figure("memory of the ready window", memory / 1e6, "MB", window, memory / empty, MEMORY_MAX),
    ]


def _start(arguments: list[str], modules: Path) -> Start:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(modules)}
    begin = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.starting", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ
    )
    with process:
        assert process.stdout and process.stdout.readline() == b"ready\n"
        took = perf_counter() - begin
        memory = _memory(process.pid)
        process.kill()
    return Start(took, memory)


def _memory(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak) * 1024
