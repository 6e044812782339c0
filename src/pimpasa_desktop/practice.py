"""An office and laptops for practice, driven by their own commands: what a person would type, typed for them.

The office serves in a process of its own, as it does in life; everything else runs here, one command at a time.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pimpasa_desktop import cli
from pimpasa_desktop.env import Env
from pimpasa_desktop.home import PASSPHRASE_FILE, Machine

READY_SECONDS = 30.0
STOP_SECONDS = 10.0


class Stopped(Exception):
    """A command failed that should not have."""


class Office:
    """One practice office at `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        self._port = "0"
        self._env = Env()

    def found(self, name: str, office_class: str) -> None:
        self._run("init", "--office", name, "--class", office_class)

    def add(self, name: str, office_class: str) -> str:
        return str(self._answer("office", "add", name, "--class", office_class)["office"])

    def every(self) -> list[str]:
        return [json.loads(line)["office"] for line in self._run("office", "list").splitlines()]

    def account(self, name: str, role: str, offices: Sequence[str]) -> str:
        return str(self._answer("account", "add", name, "--role", role, "--office", *offices)["account"])

    def assign(self, account: str, region_code: str) -> str:
        """The village with everything above it."""
        return str(self._answer("assign", account, region_code)["village"])

    def enrol(self, account: str, out: Path) -> None:
        self._run("enrol", account, "--out", str(out))

    def start(self) -> str:
        """Serve on this machine; returns the address, the same one each time."""
        ready = self._folder / "ready"
        arguments = ("serve", "--host", "127.0.0.1", "--port", self._port, "--ready-file", str(ready))
        with (self._folder / "serve.log").open("ab") as log:
            self._server = subprocess.Popen(self._command(*arguments), stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        deadline = self._env.monotonic() + READY_SECONDS
        while not ready.exists():
            if self._server.poll() is not None or self._env.monotonic() > deadline:
                self.stop()
                raise Stopped(f"Server kantor tidak mulai; lihat {log.name}.")
            self._env.sleep(0.05)
        url = ready.read_text(encoding="ascii").strip()
        self._port = url.rpartition(":")[2]
        return url

    def stop(self) -> None:
        if self._server is None:
            return
        self._server.terminate()
        try:
            self._server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._server = None

    close = stop

    def _answer(self, *arguments: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._run(*arguments))
        return answer

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(self._command(*arguments), capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode:
            raise Stopped(done.stderr.strip())
        return done.stdout

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "pimpasa_office.cli", "--data", str(self._folder), *arguments]


class Laptop:
    """One data folder; `secret` is the file with its passphrase. Nothing is put into this machine's own keyring."""

    def __init__(self, folder: Path, secret: Path) -> None:
        self._folder = folder
        environ = {**os.environ, PASSPHRASE_FILE: str(secret), "LC_ALL": "id_ID.UTF-8"}
        self._machine = Machine(keyring=lambda: None, environ=environ)

    def run(self, *arguments: str, stdin: str = "") -> str:
        """What the command printed. Raises Stopped with its sentence."""
        status, out, trouble = self._run(arguments, stdin)
        if status:
            raise Stopped(trouble)
        return out

    def sync(self, *, expect_success: bool = True) -> dict[str, Any]:
        status, out, trouble = self._run(("sync",), "")
        told: dict[str, Any] = json.loads(out)
        if (status == 0) is not expect_success or (expect_success and not told["digests_match"]):
            raise Stopped(trouble or out)
        return told

    def put(self, entity: str, records: Sequence[dict[str, Any]]) -> list[str]:
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        return [json.loads(line)["id"] for line in self.run("record", "put", entity, stdin=lines).splitlines()]

    def list(self, entity: str, **where: str) -> list[dict[str, Any]]:
        conditions = [word for name, value in where.items() for word in ("--where", f"{name}={value}")]
        return [json.loads(line) for line in self.run("record", "list", entity, *conditions).splitlines()]

    def _run(self, arguments: Sequence[str], stdin: str) -> tuple[int, str, str]:
        out, trouble = io.StringIO(), io.StringIO()
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(trouble):
                status = cli.main(["--data", str(self._folder), *arguments], self._machine)
        finally:
            sys.stdin = before
        return status, out.getvalue(), trouble.getvalue().strip()
