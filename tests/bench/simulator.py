"""How many schedules the simulator plays in a second: told, not bounded."""

from time import perf_counter

from bench.row import Figure
from simulation.counts import Counts
from simulation.ground import Ground
from simulation.schedule import run

SCHEDULES = 30


def figures() -> list[Figure]:
    with Ground() as ground:
        start = perf_counter()
        results = [run(seed, ground, Counts(), frozenset()) for seed in range(SCHEDULES)]
        seconds = perf_counter() - start
    assert not any(result.failure for result in results)
    return [Figure("simulator", SCHEDULES / seconds, "schedules/s", f"{SCHEDULES} schedules, one thread, encrypted")]
