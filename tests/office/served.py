"""A whole office server in a process of its own, with a service that a test steers by what it sends."""

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from pimpasa_desktop.env import Env
from pimpasa_desktop.log import Log
from pimpasa_desktop.problem import Problem
from pimpasa_office.authority import Authority
from pimpasa_office.refusal import Refused
from pimpasa_office.serve import serve

NAME = "k7q2.pimpasa.invalid"


class ShiftedClock(Env):
    """A clock that is wrong by as many days as the file `days` in the folder says."""

    def __init__(self, folder: Path) -> None:
        self._days = folder / "days"

    def now(self) -> datetime:
        days = int(self._days.read_text()) if self._days.exists() else 0
        return super().now() + timedelta(days=days)


class Steered:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def exchange(self, body: bytes) -> bytes:
        if body.startswith(b"sleep "):
            (self._folder / "sleeping").touch()
            time.sleep(float(body[6:]))
        if body == b"refuse":
            raise Refused(426, "Program ini terlalu lama.")
        if body == b"fail":
            raise ValueError("Siti, +62 812 0000 0000")
        if body == b"end":
            raise SystemExit(3)
        return body.upper()[:100_000]

    def enrol(self, body: bytes) -> bytes:
        return b"enrolled " + body

    def about(self) -> str:
        return "Kantor percobaan."


def main(folder: Path, host: str, port: int) -> None:
    env = ShiftedClock(folder)

    def did_start(base_url: str) -> None:
        (folder / "told").write_text(f"{base_url} {(folder / 'ready').exists()}")

    # Made before serving: granian sets up logging too, and must not take this away.
    log = Log(folder / "log", env)
    try:
        serve(
            lambda: Steered(folder),
            Authority(folder / "tls", env, NAME),
            env=env,
            log=log,
            host=host,
            port=port,
            ready_file=folder / "ready",
            on_ready=did_start,
        )
    except Problem as problem:
        sys.exit(problem.sentence)
    finally:
        log.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    sys.stdout.flush()
    os._exit(0)  # as the program itself ends: see pimpasa_office.cli.entry
