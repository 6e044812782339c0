"""`make bench`: every figure in one run, as a table and as out/bench.json. A counted figure that does not hold is
exit 1; a timed one only says so, because the machine has a part in it."""

import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path

from bench.row import Figure

MODULES = ("saving", "window", "exchange", "year", "edge", "photos", "attendance_list", "batch", "simulator")


def main(names: list[str]) -> int:
    figures: list[Figure] = []
    for name in names or MODULES:
        for figure in importlib.import_module(f"bench.{name}").figures():
            figures.append(figure)
            print(_line(figure), flush=True)
    out = Path("out/bench.json")
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps([asdict(figure) | {"holds": figure.holds} for figure in figures], indent=1) + "\n")
    return 0 if all(figure.holds for figure in figures if figure.exact) else 1


def _line(figure: Figure) -> str:
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    limit = "" if figure.limit is None else f"<= {figure.limit:g}"
    mark = "" if figure.limit is None else ("holds" if figure.holds else "FAILS")
    return f"{figure.name:44} {figure.value:>12,.2f} {figure.unit:12} {ratio:>6} {limit:8} {mark:6} {figure.against}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
