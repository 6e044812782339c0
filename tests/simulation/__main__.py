"""`python -m simulation --n N --seed auto|S [--planted BUG]`: N schedules from one seed on; exit 1 at a failure."""

import argparse
import sys
import time

from simulation.counts import Counts
from simulation.ground import Ground
from simulation.schedule import Result, run

COMPLETE_FROM = 500  # a run of so many schedules must have seen every fault and every outcome


def main() -> int:
    arguments = argparse.ArgumentParser(prog="simulation")
    arguments.add_argument("--n", type=int, default=1)
    arguments.add_argument("--seed", default="auto")
    arguments.add_argument("--planted", default="")
    asked = arguments.parse_args()
    first = int(time.time()) if asked.seed == "auto" else int(asked.seed)
    planted = frozenset(asked.planted.split(",")) - {""}
    counts, began = Counts(), time.monotonic()
    with Ground() as ground:
        for seed in range(first, first + asked.n):
            result = run(seed, ground, counts, planted)
            if result.failure:
                return _failed(result, run(seed, ground, Counts(), planted))
    seconds = time.monotonic() - began
    print(f"{asked.n} schedules from seed {first} in {seconds:.1f} s: {asked.n / seconds:.1f} schedules/s")
    print("\n".join(counts.lines()))
    if asked.n == 1:
        print("trace", result.trace)
    if asked.n >= COMPLETE_FROM and (missing := counts.missing()):
        print("never occurred: " + ", ".join(missing))
        return 1
    return 0


def _failed(result: Result, again: Result) -> int:
    print(f"seed {result.seed}: {result.failure}")
    same = result == again
    print("the same a second time" if same else f"DIFFERENT a second time ({again.trace}): {again.failure}")
    print(f"trace {result.trace}\nREPLAY: python -m simulation --seed {result.seed}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
