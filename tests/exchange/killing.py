"""kill -9 inside an exchange, at a moment counted in bytes that passed: of the office, or of the laptop.

The real commands on both sides: `pimpasa-office serve` as the practice runs it, which is one process and no more, and
`pimpasa sync`.
`python -m exchange.killing --seed 3 --kills 25` repeats a run.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep
from typing import Literal

from pimpasa_desktop.domain.entity import REGISTRY
from rig.desk import Desk, QuickOffice, enrolled
from rig.interceptor import Interceptor, Place
from rig.processes import children
from rig.proxy import Mark, Proxy, Way

Victim = Literal["office", "laptop"]
SLEMANAN = "35.05.02.2010"
HANDSHAKE_BYTES = {"up": 400, "down": 700}
WORKING_SECONDS = 0.02  # how long either side is busy with what it was just sent, more or less


class Mortal(QuickOffice):
    """An office that can be killed."""

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def tls(self) -> Path:
        return self._folder / "tls"

    def kill(self) -> None:
        """Its main process; there is no other."""
        assert self._server is not None
        assert children(self._server.pid) == [], "a worker would stay behind"
        self._server.kill()

    def bury(self) -> None:
        assert self._server is not None
        assert self._server.wait(10) == -signal.SIGKILL
        self.stop()  # closes what we held of it

    def verify(self) -> str:
        return self._run("verify")


@dataclass
class World:
    folder: Path
    dice: random.Random
    office: Mortal
    here: Desk
    there: Desk
    visit: str = ""
    expected: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)

    def attend(self, desk: Desk) -> None:
        made = [self.dice.randbytes(20).hex() for _name in range(self.dice.choice([1, 4, 40]))]
        with desk.home().writing() as store:
            for name in made:
                store.put("attendee", {"visit": self.visit, "name": name})
        self.expected.update(made)

    def killed_once(self) -> None:
        victim: Victim = self.dice.choice(["office", "laptop"])
        self.attend(self.here)
        if self.dice.random() < 0.5:
            self.attend(self.there)
            synced(self.there, self.office.port)
        if victim == "office":
            self._kill_office()
        else:
            self._kill_laptop()

    def _kill_office(self) -> None:
        hit: list[bool] = []

        def kill() -> None:
            hit.append(True)
            self.office.kill()

        told, proxy = self._proxied(kill)
        with proxy:
            direct(self.here, proxy.port)
            self.here.run("sync")
        if hit:
            self.office.bury()
            self.office.start()  # at the same port
            self.killed.update(["office", f"office: {told}"])

    def _kill_laptop(self) -> None:
        hit: list[bool] = []
        started: list[subprocess.Popen[bytes]] = []

        def kill() -> None:
            hit.append(True)
            os.kill(started[0].pid, signal.SIGKILL)

        told, proxy = self._proxied(kill)
        with proxy:
            direct(self.here, proxy.port)
            command = [sys.executable, "-m", "rig.laptop_process", str(self.folder), "--data", str(self.here.folder)]
            started.append(
                subprocess.Popen(
                    [*command, "sync"],
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                )
            )
            status = started[0].wait(60)
        if hit and status == -signal.SIGKILL:
            self.killed.update(["laptop", f"laptop: {told}"])

    def _proxied(self, kill: Callable[[], None]) -> tuple[str, Proxy]:
        """Through a proxy that kills at a place: in the handshake, in a message, or while it is being worked on."""
        way: Way = self.dice.choice(["up", "down"])
        if self.dice.random() < 0.15:
            at = self.dice.randrange(HANDSHAKE_BYTES[way])
            return f"handshake {way}", Proxy(self.office.port, seed=at, **{way: Mark(at, kill)})
        part = self.dice.choice(["head", "between", "body", "last", "after", "after"])
        pause = self.dice.choice([0.0, self.dice.random() * WORKING_SECONDS]) if part == "after" else 0.0

        def soon() -> None:
            sleep(pause)
            kill()

        proxy = Interceptor(self.office.port, self.office.tls / "server.crt", self.office.tls / "server.key")
        proxy.place = Place(way, part, self.dice.random(), soon)
        return f"{part} {way}", proxy

    def check(self, *desks: Desk) -> None:
        """After a clean exchange, all that was acknowledged is there, once."""
        for desk in desks:
            synced(desk, self.office.port)
            with desk.home().reading() as store:
                names = Counter(str(found.values["name"]) for found in store.queries.every(REGISTRY["attendee"]))
                assert names == self.expected, "lost or doubled"
                assert store.queries.pending_count() == 0


def direct(desk: Desk, port: int) -> None:
    desk.know(addresses=f"https://127.0.0.1:{port}")


def synced(desk: Desk, port: int) -> None:
    direct(desk, port)
    told = desk.run("sync")
    assert told.status == 0, told.trouble
    assert (told.line["digests_match"], told.line["conflicts"], told.line["rejected"]) == (True, 0, 0)


def run(seed: int, kills: int, folder: Path) -> Counter[str]:
    """Kill so often; who was killed and where. AssertionError when a promise was broken."""
    office = Mortal(folder / "office")
    office.found("Kotamobagu", "Kelas II Non TPI")
    office.start()
    try:
        here, there = (enrolled(office, folder, name, "field_officer", SLEMANAN) for name in ("Deddy", "Vivi"))
        world = World(folder, random.Random(f"kill {seed}"), office, here, there)
        world.visit = here.visit()
        world.check(here, there)
        while world.killed.total() < 2 * kills:  # each is told twice: who, and where
            world.killed_once()
            world.check(here, *([there] if world.dice.random() < 0.25 else []))
        world.check(here, there)
        office.verify()
        return world.killed
    finally:
        office.stop()


def replay(seed: int, kills: int) -> str:
    return f"PYTHONPATH=src:tests .venv/bin/python -m exchange.killing --seed {seed} --kills {kills}"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kills", type=int, default=25)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        for line, count in sorted(run(options.seed, options.kills, folder).items()):
            print(f"{count:4} {line}")
    except AssertionError as broken:
        print(f"{broken}\nREPLAY: {replay(options.seed, options.kills)}")
        return 1
    finally:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
