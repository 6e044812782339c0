"""W1 over an emulated EDGE link with TLS, beside a bare TLS upload of as many bytes each way over the same link.

The link is the seeded proxy's: 50 kbit/s up, 100 down, 600 ms, 2 % of packets lost and sent again a round trip later.
It shapes what TCP carries; TCP's own slow start is not in it, on either side of the comparison. Nine laptops exchange
at the same time, each over a link of its own, because the time is waiting, not work.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from threading import Barrier, Thread
from time import perf_counter

from bench.bare import takes_and_gives, upload
from bench.row import Figure
from bench.workloads import VILLAGES, week
from rig.over_https import OfficeOverHttps
from rig.proxy import EDGE, Proxy
from rig.world import LaptopRig, RigEnv
from sync.certificates import leaf
from sync.hostile import Server

RUNS = 9
LIMIT = 1.3


def figures() -> list[Figure]:
    folder = Path(tempfile.mkdtemp())
    office = OfficeOverHttps(folder / "office", RigEnv("office"))
    try:
        accounts = []
        for run in range(RUNS):
            accounts.append(office.account(f"Petugas {run}", "field_officer"))
            for code, name in VILLAGES:  # of its own: nothing of another's run comes down
                office.assign(accounts[-1], f"71.1{run}{code[5:]}", name)
        with Server(takes_and_gives, leaf().server(folder)) as bare:
            runs = [_Run(office, bare, account, folder / str(n), n) for n, account in enumerate(accounts)]
            threads = [Thread(target=run.measure) for run in runs]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            for run in runs:
                if run.trouble:
                    raise run.trouble
    finally:
        office.close()
        shutil.rmtree(folder)
    ours, theirs = median(run.ours for run in runs), median(run.bare for run in runs)
    against = f"a bare TLS upload of as many bytes ({theirs:.1f} s)"
    return [Figure(f"W1 over EDGE, median of {RUNS}", ours, "s", against, ours / theirs, LIMIT)]


class _Run:
    """One laptop, one link, and the same link again with nothing but TLS on it."""

    together = Barrier(RUNS, timeout=120)  # what is made before must not slow down what is timed

    def __init__(self, office: OfficeOverHttps, bare: Server, account: str, folder: Path, seed: int) -> None:
        self._office, self._server, self._account, self._folder, self._seed = office, bare, account, folder, seed
        self.ours = self.bare = 0.0
        self.trouble: BaseException | None = None

    def measure(self) -> None:
        try:
            self._measure()
        except BaseException as error:  # noqa: BLE001 - told in the main thread
            self.trouble = error
            self.together.abort()

    def _measure(self) -> None:
        env = RigEnv(self._seed)
        laptop = LaptopRig(self._folder, env, self._office, self._account, self._office.line(env))
        try:
            week(laptop, self._seed)
            laptop.hang_up()
            self.together.wait()
            with Proxy(self._office.port, seed=self._seed, link=EDGE) as proxy:
                line = self._office.line(RigEnv("edge"), f"https://127.0.0.1:{proxy.port}")
                laptop.line = line
                self.ours = _seconds(lambda: _exchanged(laptop))
        finally:
            laptop.close()
        self.together.wait()
        with Proxy(self._server.port, seed=self._seed, link=EDGE) as proxy:
            self.bare = _seconds(lambda: upload(proxy.port, line))


def _exchanged(laptop: LaptopRig) -> None:
    report = laptop.sync()
    assert report.digests_match and report.requests == 1


def _seconds(act: Callable[[], None]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
