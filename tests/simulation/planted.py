"""Deliberate bugs in the real code path, switched on one at a time: a simulator that misses one proves nothing.

`SEEDS_MAX`: within so many seeds each must be caught. Run `python -m simulation.planted` for the table; with names
behind it, for those alone. Each bug also fails a test of its own (docs/protocol.md, tests/exchange/test_guards.py); some
only that one, because a schedule would show them rarely or never.
"""

import re
import sys
from pathlib import Path
from statistics import median

import pimpasa_desktop
import pimpasa_office
from simulation.counts import Counts
from simulation.ground import Ground
from simulation.schedule import run

SEEDS_MAX = 300
TEN = 10
ELSEWHERE = {
    "no-lock": "two transactions at a time",
    "folder-shared": "two programs on one folder",
    "portal-believed": "HTTP",
    "retry-at-once": "when, not what",
    "size-unbounded": "bodies of many megabytes",
    "form-unasked": "no schedule fills in a form wrongly",
    "text-as-typed": "no schedule types accents",
    "secrets-counted": "no oracle reads ids",
    "one-page": "a page too large is slow, not wrong",
    "half-kept": "met by a crash at one statement in hundreds",
    "number-from-clock": "the cursor starts anew when numbers fall",
    "ids-from-names": "no schedule writes a name twice",
    "blob-unchecked": "no line gives other bytes than were signed",
    "attempts-unheard": "a laptop that is taken for a copy loses time, not work",
    "deletion-hides": "an office set back just after the answer to an addition was lost",
    "photo-left-behind": "a village taken between the record of a photo and its bytes: once in a thousand",
    "blob-from-the-start": "a photo sent twice is slow, not wrong",
    "number-torn": "a move with many children at the end of a page",
    "heal-unasked": "no laptop gives back what the office never lost",
    "base-believed": "no laptop speaks of a number that was never given",
    "child-less-secret": "no laptop hangs a person on a report",
    "receipt-unchecked": "work on the very visit of which a row was damaged, before the digest tells",
}


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


def ten_of(day: int) -> list[str]:
    """Ten bugs for a day, so that all have had their turn within the week."""
    every = names()
    return [every[(day * TEN + place) % len(every)] for place in range(min(TEN, len(every)))]


def main() -> int:
    missed, taken = 0, []
    with Ground() as ground:
        for bug in sys.argv[1:] or names():
            seeds, failure = caught_after(bug, ground)
            missed += not seeds
            taken += [seeds] if seeds else []
            print(f"{bug:30} {seeds or 'MISSED':>6}  {failure.splitlines()[0][:100] if failure else ''}", flush=True)
    for bug, why in ELSEWHERE.items() if not sys.argv[1:] else ():
        print(f"{bug:30}   test  {why}")
    if taken:
        print(f"median {median(taken):g} seeds, worst {max(taken)}, missed {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
