"""The long figures: `python -m power --states 10000`. Prints what was tried and how to repeat it; 1 on any failure."""

import argparse
import secrets
import sys
from importlib import import_module

from power.oracle import Verdict, faults, power_losses, power_losses_twice, record
from power.workload import Workload


def main() -> int:
    parser = argparse.ArgumentParser(prog="power")
    parser.add_argument("--states", type=int, default=10_000, help="at least so many disks")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--workload", default="power.register:Register", help="module:class; called with a seed")
    chosen = parser.parse_args()
    module, _, name = chosen.workload.partition(":")
    make = getattr(import_module(module), name)

    failures: list[str] = []
    left, seed = chosen.states, chosen.seed
    while left > 0 and not failures:
        for what, verdict in round_of(make(seed), seed):
            print(
                f"{what:<36} seed {seed:<8} {verdict.states:>7,} states {len(verdict.failures):>5} failures", flush=True
            )
            failures += verdict.failures
            left -= verdict.states
        seed += 1
    print(f"{chosen.states - left:,} states, {len(failures)} failures", *failures[:10], sep="\n  ")
    print(f"REPLAY: python -m power --states {chosen.states} --seed {chosen.seed} --workload {chosen.workload}")
    return 1 if failures else 0


def round_of(workload: Workload, seed: int) -> list[tuple[str, Verdict]]:
    trace = record(workload)
    rounds = [
        ("power lost", power_losses(workload, trace, seed)),
        ("power lost, again in recovery", power_losses_twice(workload, trace, seed, states=500)),
    ]
    for kind in ("full", "broken"):
        for lasting in (False, True):
            what = f"disk {kind} {'from then on' if lasting else 'once'}, power lost"
            rounds.append((what, faults(workload, kind, lasting, seed, every=8)))
    return rounds


sys.exit(main())
