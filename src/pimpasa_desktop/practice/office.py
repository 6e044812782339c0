"""The practice office, driven by its own commands; it serves in a process of its own, as it does in life."""

import contextlib
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pimpasa_desktop import i18n
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

READY_SECONDS = 30.0
STOP_SECONDS = 10.0


class Office:
    """One practice office at `folder`. `url` is where it serves, or did last; "" before the first time."""

    def __init__(self, folder: Path, env: Env) -> None:
        self._folder, self._env = folder, env
        self._server: subprocess.Popen[bytes] | None = None
        self.url = ""

    def found(self, name: str, office_class: str) -> str:
        self._run("init", "--office", name, "--class", office_class)
        (office,) = self.every()
        return office

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

    def start(self) -> None:
        """Serve on this machine, at the same port as before while this lives."""
        ready = self._folder / "ready"
        ready.unlink(missing_ok=True)  # of a server that was killed
        port = self.url.rpartition(":")[2] or "0"
        serving = ("--data", str(self._folder), "serve", "--host", "127.0.0.1", "--port", port)
        command = [sys.executable, "-m", "pimpasa_desktop.practice.server", *serving, "--ready-file", str(ready)]
        with (self._folder / "serve.log").open("ab") as log:
            # A session of its own: Ctrl C in the terminal is for the window, which then ends the server.
            self._server = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )
        deadline = self._env.monotonic() + READY_SECONDS
        while not ready.exists():
            if self._server.poll() is not None or self._env.monotonic() > deadline:
                self.stop()
                raise Problem(_("Server kantor latihan tidak mulai; sebabnya ada di {file}.").format(file=log.name))
            self._env.sleep(0.02)
        self.url = ready.read_text(encoding="ascii").strip()

    def stop(self) -> None:
        """Whatever it was answering is answered; nothing where it does not serve."""
        server, self._server = self._server, None
        if server is None:
            return
        server.terminate()
        if server.stdin:
            server.stdin.close()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()

    def _answer(self, *arguments: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._run(*arguments))
        return answer

    def _run(self, *arguments: str) -> str:
        """What a command of the office prints. It runs in this process: a score of starts would take half a minute."""
        from pimpasa_office import cli

        language, said, trouble = i18n.current(), io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(trouble):
            status = cli.main(["--data", str(self._folder), *arguments], self._env)
        i18n.use(language)
        if status:
            raise Problem(trouble.getvalue().strip())
        return said.getvalue()
