"""Runs a workload under the recorder and judges every disk that a failure may leave."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from pimpasa_desktop.problem import Problem
from power.disk import Acknowledged, Crash, Trace, read_folder, write_folder
from power.recorder import Fault, recording
from power.workload import Workload

MEMORY = Path("/dev/shm")


@dataclass
class Verdict:
    states: int = 0
    failures: list[str] = field(default_factory=list)

    def judge(self, workload: Workload, folder: Path, acknowledged: int, where: object) -> None:
        self.states += 1
        self.failures += [f"{where}: {wrong}" for wrong in workload.check(folder, acknowledged)]


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder in memory where there is one: thousands of disks are built and thrown away."""
    folder = Path(tempfile.mkdtemp(prefix="power-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def record(workload: Workload) -> Trace:
    with scratch() as folder:
        workload.prepare(folder)
        with recording(folder) as recorder:
            workload.run(folder, lambda: recorder.operations.append(Acknowledged()))
        # The recorder must have seen everything, or the disks built from its trace prove nothing.
        assert recorder.trace.after() == read_folder(folder), "something was written past the recorder"
    return recorder.trace


def power_losses(workload: Workload, trace: Trace, seed: int) -> Verdict:
    """Cut the power in the midst of every operation."""
    verdict = Verdict()
    for crash in trace.crashes(Random(seed)):
        with scratch() as folder:
            write_folder(folder, crash.files)
            verdict.judge(workload, folder, crash.acknowledged, crash)
    return verdict


def power_losses_twice(workload: Workload, trace: Trace, seed: int, states: int) -> Verdict:
    """Cut the power again while the program recovers from the first time. What it had found then was on the disk, and
    counts as acknowledged."""
    random = Random(seed)
    first = list(trace.crashes(random))
    random.shuffle(first)
    verdict = Verdict()
    for crash in first:
        trace, found = recovery(workload, crash)
        for second in trace.crashes(random):
            if verdict.states >= states:
                return verdict
            with scratch() as folder:
                write_folder(folder, second.files)
                verdict.judge(workload, folder, found, f"{crash}; in recovery {second}")
    return verdict


def recovery(workload: Workload, crash: Crash) -> tuple[Trace, int]:
    """What the program does when it is started after a crash, and how many saves it finds then."""
    found = [crash.acknowledged]
    with scratch() as folder:
        write_folder(folder, crash.files)
        with recording(folder) as recorder:
            workload.check(folder, crash.acknowledged, found.append)
    return recorder.trace, found[-1]


def faults(workload: Workload, kind: str, lasting: bool, seed: int, every: int = 1) -> Verdict:
    """Fail the first, the second, ... write or flush, until the workload ends before the fault is met."""
    verdict = Verdict()
    random = Random(seed)
    at = 1 + seed % every
    while (trace := _run_with(workload, Fault(at, kind, lasting), verdict)) is not None:
        # The power goes as well, soon after: an empty battery and a failing disk come together.
        for crash in trace.crashes_after(random):
            with scratch() as folder:
                write_folder(folder, crash.files)
                verdict.judge(workload, folder, crash.acknowledged, f"{Fault(at, kind, lasting)}, then {crash}")
        at += every
    return verdict


def _run_with(workload: Workload, fault: Fault, verdict: Verdict) -> Trace | None:
    """The trace of a workload that met the fault; None when it ended before."""
    with scratch() as folder:
        workload.prepare(folder)
        with recording(folder, fault) as recorder:
            try:
                workload.run(folder, lambda: recorder.operations.append(Acknowledged()))
            except Problem:
                pass  # the person was told; what had been acknowledged before must be there
        verdict.judge(workload, folder, recorder.trace.acknowledged, fault)
    return recorder.trace if recorder.fault_met else None
