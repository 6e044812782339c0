"""Where one practises: a folder with the office, the officer's and the clerk's laptop, and the passphrase of both.

Made once and kept. Made anew where the last making did not come to its end, or the events or the program are others.
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pimpasa_desktop import durable
from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.home import PASSPHRASE_FILE, Home, Machine
from pimpasa_desktop.i18n import _
from pimpasa_desktop.practice import filling
from pimpasa_desktop.practice.events import events, fingerprint
from pimpasa_desktop.practice.filling import CLERK_HOME, OFFICER_HOME, Tell
from pimpasa_desktop.practice.office import Office
from pimpasa_desktop.store.lock import FolderLock
from pimpasa_desktop.store.schema import SCHEMA
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.protocol.messages import PROTOCOL

if TYPE_CHECKING:
    from pimpasa_desktop.sync.http import Line

PASSPHRASE = "kebun pala di tepi danau"
MADE = "made.json"
MAKING = 1  # another number where the same events are filled in otherwise


class Practice:
    """`machine`: this computer. The passphrase lies in a file, so nobody is asked, and no keyring is touched."""

    def __init__(self, folder: Path, machine: Machine) -> None:
        self._folder = folder
        self._machine = replace(
            machine, keyring=lambda: None, environ={**machine.environ, PASSPHRASE_FILE: str(self.passphrase)}
        )
        self._lock = FolderLock(folder)
        self.office = Office(folder / "office", machine.env)
        self.officer, self.clerk = self._home(OFFICER_HOME), self._home(CLERK_HOME)
        self.officer_name, self.office_name = events()[0].writer, events()[0].name

    @property
    def passphrase(self) -> Path:
        return self._folder / "passphrase"

    def prepare(self, tell: Tell) -> None:
        """Have the practice stand, with its office serving. Problem: another program practises here."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock.take()
        kept = self._kept()
        if kept is None:
            self._make(tell)
            return
        tell(0, 1, _("Menyalakan server kantor latihan."))
        self._resume(kept)

    def forget(self) -> None:
        """Have `prepare` make everything anew."""
        (self._folder / MADE).unlink(missing_ok=True)

    def close(self) -> None:
        """The office ends; what was practised stays."""
        self.office.stop()
        self._lock.release()

    def _kept(self) -> Values | None:
        """What stands in step with the calendar; None where there is no whole practice of this data and program."""
        try:
            made: Values = json.loads((self._folder / MADE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        kept: Values = made.get("kept", {})
        return kept if made.get("of") == _wanted() else None

    def _make(self, tell: Tell) -> None:
        self.forget()  # first: what follows may be broken off anywhere
        for old in self._folder.iterdir():
            if old.is_dir():
                shutil.rmtree(old)
        durable.write(self.passphrase, f"{PASSPHRASE}\n".encode())
        kept = self._fill(tell)
        for other in self._folder.glob(f"{OFFICER_HOME}-*"):
            shutil.rmtree(other)  # the other offices' officers are not practised with
        durable.write(self._folder / MADE, json.dumps({"of": _wanted(), "kept": kept}).encode())

    def _fill(self, tell: Tell) -> Values:
        return filling.fill(self._folder, self.office, self._home, events(), self._machine.env, tell)

    def _resume(self, kept: Values) -> None:
        self.office.start()
        with self.officer.writing() as store:
            filling.renew(store, events()[0], kept, self._machine.env)

    def _home(self, name: str) -> "PracticeHome":
        home = PracticeHome(self._folder / name, self._machine)
        home.office = self.office
        return home


class PracticeHome(Home):
    """A data folder whose office serves wherever it does this time."""

    office: Office

    def with_machine(self, machine: Machine) -> "PracticeHome":
        other = PracticeHome(self.folder, machine)
        other.office = self.office
        return other

    def line(self, store: Store) -> "Line":
        return self.line_to([self.office.url], str(store.meta.get("trust")), str(store.meta.get("server_name")))


def _wanted() -> list[object]:
    return [fingerprint(), SCHEMA, PROTOCOL, MAKING]
