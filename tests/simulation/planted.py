"""Deliberate bugs in the real code path, switched on one at a time: a simulator that misses one proves nothing.

`SEEDS_MAX`: within so many seeds each must be caught. Run `python -m simulation.planted` for the table.
"""

import re
import sys
from pathlib import Path

import pimpasa_desktop
import pimpasa_office
from simulation.counts import Counts
from simulation.ground import Ground
from simulation.schedule import run

SEEDS_MAX = 300
ELSEWHERE = frozenset({"no-lock"})  # needs two transactions at a time: the tests of PostgreSQL


def in_sources() -> list[str]:
    """Every bug that the sources ask for, found in the sources, so that none is forgotten."""
    sources = [
        path for package in (pimpasa_desktop, pimpasa_office) for path in Path(package.__path__[0]).rglob("*.py")
    ]
    return sorted({name for path in sources for name in re.findall(r'planted\("([a-z-]+)"\)', path.read_text("utf-8"))})


def names() -> list[str]:
    """The bugs that the simulator must catch."""
    return [name for name in in_sources() if name not in ELSEWHERE]


def caught_after(bug: str, ground: Ground, first: int = 0, seeds_max: int = SEEDS_MAX) -> tuple[int, str]:
    """How many seeds it took, and what the oracle said; 0 when none caught it."""
    for count in range(seeds_max):
        failure = run(first + count, ground, Counts(), frozenset({bug})).failure
        if failure:
            return count + 1, failure
    return 0, ""


def main() -> int:
    missed, taken = 0, []
    with Ground() as ground:
        for bug in names():
            seeds, failure = caught_after(bug, ground)
            missed += not seeds
            taken += [seeds] if seeds else []
            print(f"{bug:30} {seeds or 'MISSED':>6}  {failure.splitlines()[0][:100] if failure else ''}", flush=True)
    print(f"median {sorted(taken)[len(taken) // 2]} seeds, worst {max(taken)}, missed {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
