"""An office that serves over HTTPS from a process of its own; laptops reach it by their real line.

The administration stays in the test's process, so every test also shows that both work on one ledger.
"""

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

from pimpasa_desktop.env import Env
from pimpasa_desktop.sync.http import Line
from pimpasa_office import cli
from rig.world import OfficeRig, RigEnv

START_SECONDS = 30.0


class Server:
    """A process that serves the office in `folder`; with `database` one of several on the same PostgreSQL."""

    def __init__(self, folder: Path, name: str = "serving", database: str = "", bugs: str = "") -> None:
        ready = folder / f"ready {name}"
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "rig.over_https", str(folder), str(ready), name, database, bugs],
            stdout=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self._ready = ready

    def wait(self) -> str:
        """Its address, once it answers."""
        end = monotonic() + START_SECONDS
        while not self._ready.exists():
            assert self._process.poll() is None and monotonic() < end, "the office does not start"
            sleep(0.02)
        return self._ready.read_text()

    def cpu_seconds(self) -> float:
        """Processor time that it has taken so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self._process.terminate()
        assert self._process.wait(30) == 0


class OfficeOverHttps(OfficeRig):
    def __init__(self, folder: Path, env: RigEnv) -> None:
        super().__init__(folder, env)
        authority = self._config().authority(env, self._name())
        self._trust = authority.ca_pem()
        self.certificate, self.certificate_key = authority.server_crt, authority.server_key
        self._start()

    @property
    def address(self) -> str:
        return self._url

    @property
    def port(self) -> int:
        return int(self._url.rpartition(":")[2])

    def cpu_seconds(self) -> float:
        return self._server.cpu_seconds()

    def line(self, env: Env, address: str = "") -> Line:
        """A line of its own to this office; `address`: by way of somewhere else."""
        return Line([address or self._url], self._trust, self._name(), env)

    def restore(self, source: Path) -> None:
        self._server.stop()
        super().restore(source)
        self._start()

    def close(self) -> None:
        self._server.stop()
        super().close()

    def _name(self) -> str:
        with self.ledger.begin() as books:
            return books.fact("server_name")

    def _start(self) -> None:
        self._server = Server(self.folder)
        self._url = self._server.wait()


if __name__ == "__main__":
    folder, ready, name, database, bugs = sys.argv[1:]
    wanted = ["--data", folder, *(["--database", database] if database else [])]
    env = RigEnv(name, frozenset(bugs.split()))
    cli.entry([*wanted, "serve", "--port", "0", "--ready-file", ready], env)
