"""One exchange over a line that fails somewhere, drawn from a seed, then a clean one: nothing is lost, nothing doubled.

The real engine, real HTTPS, the real office in a process of its own. `python -m exchange.faulty_line --seed 17`
repeats a run; each has laptops and a village of its own, so that it does not hang on those before it.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sync.http import Line
from pimpasa_desktop.sync.trouble import Refused
from rig.interceptor import Instead, Interceptor, Place
from rig.over_https import OfficeOverHttps
from rig.proxy import SLOW, Act, Mark, Proxy, Way
from rig.world import LaptopRig, RigEnv

HURRY = 240  # a minute of patience passes in a quarter of a second,
UNHURRIED = 10  # or in six, where the exchange is to succeed
HTML = b"<html><title>Wi-Fi Desa</title>Silakan masuk</html>"
OURS = b"HTTP/1.1 200 OK\r\ncontent-type: application/vnd.pimpasa\r\n"
INSTEAD = {
    "login page": b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n" % len(HTML) + HTML,
    "redirect": b"HTTP/1.1 302 Found\r\nlocation: http://wifi.invalid/\r\ncontent-length: 0\r\n\r\n",
    "login required": b"HTTP/1.1 511 Login\r\ncontent-length: 0\r\n\r\n",
    "busy": b"HTTP/1.1 503 Busy\r\nretry-after: 30\r\ncontent-length: 0\r\n\r\n",
    "our type, another's words": OURS + b"content-length: 300\r\n\r\n" + bytes(range(100)) * 3,
    "our type, nothing in it": OURS + b"content-length: 0\r\n\r\n",
    "an older answer's head alone": OURS + b"content-length: 900\r\n\r\n" + bytes(64),
    "without end": OURS + b"\r\n",
}
ACTS: tuple[Act, ...] = ("reset", "abort", "close", "stall", "drip", "flip")


class Hurried(RigEnv):
    """Patience by a clock that runs faster than the wall's."""

    def __init__(self, hurry: int) -> None:
        super().__init__()
        self._hurry = hurry

    def monotonic(self) -> float:
        return monotonic() * self._hurry


@dataclass(frozen=True)
class Fault:
    """`told`: what it is; `set_up` makes the proxy that does it, before `port`."""

    told: str
    set_up: Callable[[int], Proxy]
    succeeds: bool = False


def draw(dice: random.Random, office: OfficeOverHttps) -> Fault:
    """Every class of place is drawn about as often as every other."""
    (kind,) = dice.choices(["wire", "message", "instead", "slow", "twice"], [6, 9, 3, 1, 1])
    seed = dice.random()
    if kind == "slow":
        return Fault("slow link", lambda port: Proxy(port, seed=seed, link=SLOW), succeeds=True)
    if kind == "wire":
        way: Way = dice.choice(["up", "down"])
        place, bytes_max = dice.choice([("handshake", 500 if way == "up" else 700), ("records", 6_000)])
        at = dice.randrange(bytes_max)
        act = dice.choice(ACTS)
        return Fault(f"{place} {way}: {act}", lambda port: Proxy(port, seed=seed, **{way: Mark(at, act)}))

    def intercepted(port: int, **how: Any) -> Interceptor:
        proxy = Interceptor(port, office.certificate, office.certificate_key, seed=seed)
        for name, value in how.items():
            setattr(proxy, name, value)
        return proxy

    if kind == "twice":
        return Fault("the question arrives twice", lambda port: intercepted(port, twice=True), succeeds=True)
    if kind == "instead":
        named = dice.choice(sorted(INSTEAD))
        office_hears = dice.choice(["never", "heard", "twice"])
        instead = Instead(INSTEAD[named], office_hears, endless=named == "without end")
        return Fault(f"instead: {named}; office: {office_hears}", lambda port: intercepted(port, instead=instead))
    part = dice.choice(["head", "between", "body", "last", "after"])
    act = dice.choice([act for act in ACTS if part != "after" or act != "flip"])
    where = Place(dice.choice(["up", "down"]), part, dice.random(), act)
    return Fault(f"{part} {where.way}: {where.act}", lambda port: intercepted(port, place=where))


@contextmanager
def standing_office(folder: Path) -> Iterator[OfficeOverHttps]:
    office = OfficeOverHttps(folder / "office", RigEnv("office"))
    try:
        yield office
    finally:
        office.close()


def run(seed: int, office: OfficeOverHttps, folder: Path) -> tuple[str, str]:
    """What was done to the line and how the exchange ended; AssertionError when a promise was broken."""
    dice = random.Random(f"line {seed}")
    fault = draw(dice, office)
    code = f"71.10.{10 + seed // 900:02}.{2001 + seed % 900}"
    here, there = (_laptop(office, folder / f"{seed}{side}", code, f"{seed} {side}") for side in "ab")
    proxy = fault.set_up(office.port)
    try:
        held = here.store.put(
            "visit", {"villages": [here.village()], "starts_at": "2025-07-03T09:00+08:00", "programme": "DBI"}
        )
        first = _attend(here, held, dice, 3)
        here.sync()
        there.sync()
        expected = Counter(first + _attend(there, held, dice, dice.choice([0, 2, 20])))
        there.sync()
        expected += Counter(_attend(here, held, dice, dice.choice([1, 5, 20])))
        theme = f"Tema {dice.random()}"
        here.store.put("visit", {"theme": theme}, held)
        ended = _exchange(here, office, proxy, UNHURRIED if fault.succeeds else HURRY)
        assert ended == "done" or not fault.succeeds, ended
        assert expected - Counter(names(here)) <= Counter(names(there)), "an own record is hidden"
        _clean(here, office, proxy)
        for laptop in (there, here):
            last = laptop.sync()
            assert last.digests_match, "the digests differ"
            assert Counter(names(laptop)) == expected, "lost or doubled"
            assert laptop.get(held)["theme"] == theme, "an edit is lost"
            assert laptop.list("conflict") == laptop.list("rejected") == [], "a conflict out of nothing"
            assert laptop.store.queries.pending_count() == 0, "something is never sent"
        devices = Counter(device.account for device in office.devices())
        assert devices[here.account] == devices[there.account] == 1, "a laptop was taken for a copy"
        assert " alarm " not in (office.folder / "office.log").read_text(), "the office raised an alarm"
    finally:
        here.close()
        there.close()
        proxy.close()
    return fault.told, ended


def _laptop(office: OfficeOverHttps, folder: Path, code: str, name: str) -> LaptopRig:
    account = office.account(name, "field_officer")
    office.assign(account, code, f"Desa {code}")
    env = RigEnv(name)
    return LaptopRig(folder, env, office, account, office.line(env))


def _attend(laptop: LaptopRig, held: str, dice: random.Random, count: int) -> list[str]:
    """Names that do not compress: a body of several records of TLS is wanted."""
    made = [dice.randbytes(dice.choice([6, 75])).hex() for _name in range(count)]
    for name in made:
        laptop.store.put("attendee", {"visit": held, "name": name})
    return made


def names(laptop: LaptopRig) -> list[str]:
    return [str(row["name"]) for row in laptop.list("attendee")]


def _exchange(laptop: LaptopRig, office: OfficeOverHttps, proxy: Proxy, hurry: int) -> str:
    """Once over the bad line; its sentence promises that work is safe, unless it is the office's own."""
    laptop.hang_up()
    laptop.line = office.line(Hurried(hurry), f"https://127.0.0.1:{proxy.port}")
    trouble: Problem | None = None
    try:
        assert laptop.sync().digests_match
    except Problem as problem:
        trouble = problem
    finally:
        laptop.hang_up()
    if trouble is None:
        return "done"
    assert isinstance(trouble, Refused) or "aman" in trouble.sentence, trouble.sentence
    return type(trouble).__name__


def _clean(laptop: LaptopRig, office: OfficeOverHttps, proxy: Proxy) -> None:
    """The line is mended; on a slow one it is gone round."""
    proxy.marks.clear()
    if isinstance(proxy, Interceptor):
        proxy.clear()
    laptop.line = office.line(RigEnv(), office.address if proxy.link else f"https://127.0.0.1:{proxy.port}")
    assert isinstance(laptop.line, Line)
    assert laptop.sync().digests_match


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--n", type=int, default=1)
    options = parser.parse_args()
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, standing_office(Path(folder)) as office:
        for seed in range(options.seed, options.seed + options.n):
            try:
                told, ended = run(seed, office, Path(folder))
            except AssertionError as broken:
                print(f"{broken}\nREPLAY: {replay(seed)}")
                return 1
            seen[f"{told} -> {ended}"] += 1
    for line, count in sorted(seen.items()):
        print(f"{count:4} {line}")
    return 0


def replay(seed: int) -> str:
    return f"PYTHONPATH=src:tests .venv/bin/python -m exchange.faulty_line --seed {seed}"


if __name__ == "__main__":
    sys.exit(main())
