"""The laptop's program without a window, run in this process on real folders with a cheap lock."""

import contextlib
import io
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pimpasa_desktop import cli, i18n
from pimpasa_desktop.env import Env
from pimpasa_desktop.home import PASSPHRASE_FILE, Home, Machine
from pimpasa_desktop.practice.office import Office
from pimpasa_desktop.store.slots import Argon2
from pimpasa_office.config import Config
from pimpasa_office.tables import enrolments

PASSPHRASE = "lima kata acak sekali saja"


@dataclass(frozen=True)
class Told:
    """What a command said and how it ended."""

    status: int
    out: str
    trouble: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def line(self) -> dict[str, Any]:
        (line,) = self.lines
        return line


def cheap_machine(folder: Path) -> Machine:
    secret = folder / "passphrase"
    secret.write_text(PASSPHRASE + "\n")
    return Machine(
        kdf=Argon2(memory_kib=8, iterations=1, lanes=1, floor_kib=8),
        keyring=lambda: None,
        environ={PASSPHRASE_FILE: str(secret), "LC_ALL": "id_ID.UTF-8"},
    )


@dataclass(frozen=True)
class Desk:
    folder: Path
    machine: Machine
    facts: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str | Path, stdin: bytes | str = b"") -> Told:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        out, trouble = io.StringIO(), io.StringIO()
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(trouble):
                status = cli.main(["--data", str(self.folder), *map(str, arguments)], self.machine)
        finally:
            sys.stdin = before
            i18n.use("id")
        return Told(status, out.getvalue(), trouble.getvalue())

    def put(self, entity: str, *records: dict[str, Any]) -> list[str]:
        told = self.run("record", "put", entity, stdin="\n".join(map(json.dumps, records)))
        assert told.status == 0, told.trouble
        return [line["id"] for line in told.lines]

    def list(self, entity: str, *conditions: str) -> list[dict[str, Any]]:
        told = self.run("record", "list", entity, *(word for text in conditions for word in ("--where", text)))
        assert told.status == 0, told.trouble
        return told.lines

    def visit(self, **values: Any) -> str:
        """A visit to the officer's first village."""
        (village, *_rest) = self.list("village")
        record = {"villages": [village["id"]], "starts_at": "2025-07-03T09:00+08:00", "programme": "DBI", **values}
        return self.put("visit", record)[0]

    def home(self) -> Home:
        return Home(self.folder, self.machine)

    def know(self, **facts: str) -> None:
        """Change what the store knows of its office."""
        with self.home().writing() as store, store.transaction():
            for name, value in facts.items():
                store.meta.set(name, value)

    def copied_to(self, folder: Path) -> "Desk":
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)


class QuickOffice(Office):
    """A practice office whose files may grow old at once."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Env())

    def expire_enrolments(self) -> None:
        """As if the files made so far had been forgotten in a drawer."""
        config = Config.of(str(self._folder), "", "", {})
        ledger = config.ledger(Env())
        try:
            with ledger.begin() as books:
                for row in books.all(enrolments):
                    books.set(enrolments, {"code_hash": row.code_hash}, expires_at="2025-01-01T00:00:00+00:00")
        finally:
            ledger.close()


def served_office(folder: Path) -> QuickOffice:
    office = QuickOffice(folder)
    office.found("Kotamobagu", "Kelas II Non TPI")
    office.start()
    return office


def enrolled(office: Office, folder: Path, name: str, role: str, *villages: str, of: Sequence[str] = ()) -> Desk:
    """A laptop of a new account."""
    account = office.account(name, role, of or office.every())
    for code in villages:
        office.assign(account, code)
    file = folder / f"{name}.json"
    office.enrol(account, file)
    desk = Desk(folder / name, cheap_machine(folder))
    told = desk.run("enrol", file)
    assert told.status == 0, told.trouble
    return desk
