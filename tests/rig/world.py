"""An office and its laptops in one process, on real encrypted files, with time and chance under the test's hand."""

import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.env import Env
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync import trouble
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.http import Line
from pimpasa_desktop.sync.joining import join
from pimpasa_desktop.sync.protocol.enrolment import EnrolmentFile
from pimpasa_desktop.sync.protocol.messages import Office
from pimpasa_desktop.sync.trouble import TooOld
from pimpasa_office import addresses, safekeeping
from pimpasa_office.accounts import Accounts, Device
from pimpasa_office.config import KEY, Config
from pimpasa_office.ledger import Ledger, embedded
from pimpasa_office.refusal import Refused
from pimpasa_office.service import Service
from pimpasa_office.setting_up import set_up, signing_key

OFFICE_KEY, LAPTOP_KEY = b"k" * 32, b"l" * 32
BONGKUDAI_UTARA = "71.10.07.2004"


class RigEnv(Env):
    """A clock that moves only when it is read, and chance from a seed."""

    def __init__(self, seed: object = 0, planted: frozenset[str] = frozenset()) -> None:
        self.chance = random.Random(str(seed))
        self.time = datetime(2025, 7, 3, 1, 0, tzinfo=UTC)
        self.bugs = planted

    def now(self) -> datetime:
        self.time += timedelta(milliseconds=1)
        return self.time

    def random(self, count: int) -> bytes:
        return self.chance.randbytes(count)

    def planted(self, bug: str) -> bool:
        return bug in self.bugs or super().planted(bug)  # pytest --planted switches on the one of Env


class OfficeRig:
    """A real ledger and service; `alarms` collects what should never happen. `seen`: where it remembers, outside of
    the ledger, how far that had come; from the next opening on."""

    seen: Path | None

    def __init__(self, folder: Path, env: RigEnv, engine: sa.Engine | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.env, self.folder = env, folder
        self.path, self.seen = folder / "ledger.db", None
        self.alarms: list[str] = []
        self.ledger = Ledger(engine or embedded(self.path, OFFICE_KEY), env)
        with self.ledger.begin() as books:
            self.office = set_up(books, "Kotamobagu", "Kelas II Non TPI").office
        self._open_service()

    @classmethod
    def opened(cls, folder: Path, env: RigEnv) -> Self:
        """An office whose ledger is there already."""
        office = cls.__new__(cls)
        office.env, office.folder, office.path, office.alarms = env, folder, folder / "ledger.db", []
        office.seen = None
        office.reopen()
        with office.ledger.begin() as books:
            office.office = books.fact("first_office")
        return office

    def _open_service(self) -> None:
        with self.ledger.begin() as books:
            self.service = Service(self.ledger, signing_key(books), self.env, self.alarms.append)

    def line(self, env: Env) -> Office:
        """A laptop's way to this office."""
        return Near(self)

    def backup(self, out: Path) -> None:
        safekeeping.backup(self._config(), self.env, out)

    def restore(self, source: Path) -> None:
        """The office's folder is lost; it comes back from a backup."""
        self.ledger.close()
        for gone in self.folder.glob("ledger.db*"):
            gone.unlink()
        safekeeping.restore(Config(self.folder, self.folder / KEY), self.env, source)
        self.reopen()

    def swap(self, source: Path) -> None:
        """A backup is laid into the place of the ledger by hand, and nobody says so; to be opened anew."""
        self.ledger.close()
        for gone in self.folder.glob("ledger.db*"):
            gone.unlink()
        shutil.copy(source, self.path)

    def reopen(self) -> None:
        """With the ledger that lies in its folder now."""
        self.ledger = Ledger(embedded(self.path, OFFICE_KEY), self.env, self.seen)
        self._open_service()

    def _config(self) -> Config:
        (self.folder / KEY).write_text(OFFICE_KEY.hex(), encoding="ascii")
        config = Config(self.folder, self.folder / KEY)
        with self.ledger.begin() as books:
            if not books.fact("authority"):
                safekeeping.keep_authority(books, config.authority(self.env, books.fact("server_name")))
        return config

    def close(self) -> None:
        self.ledger.close()

    def account(self, name: str, role: str) -> str:
        with self.ledger.begin() as books:
            return Accounts(books).add_account(name, role, [self.office])

    def assign(self, account: str, region_code: str, name: str) -> None:
        with self.ledger.begin() as books:
            Accounts(books).assign(account, region_code, name)

    def unassign(self, account: str, region_code: str) -> None:
        with self.ledger.begin() as books:
            Accounts(books).unassign(account, region_code)

    def revoke(self, device: str) -> None:
        with self.ledger.begin() as books:
            Accounts(books).revoke(device)

    def devices(self) -> list[Device]:
        with self.ledger.begin() as books:
            return Accounts(books).every_device()

    def heard_at(self, address: str) -> None:
        with self.ledger.begin() as books:
            addresses.heard_at(books, address)

    def enrolment(self, account: str) -> EnrolmentFile:
        with self.ledger.begin() as books:
            code, expires = Accounts(books).enrolment_code(account)
            return EnrolmentFile(
                pimpasa_enrolment=1,
                office=books.fact("office_name"),
                addresses=[],
                trust="",
                server_name="",
                office_key=signing_key(books).public_key().public_bytes_raw(),
                recovery_key=bytes.fromhex(books.fact("recovery_key")),
                code=code,
                account=account,
                account_name="",
                expires_at=expires.isoformat(),
            )


class Near:
    """The office in the same process, answering as the line over HTTPS does."""

    def __init__(self, office: OfficeRig) -> None:
        self._office = office

    def exchange(self, body: bytes) -> bytes:
        return self._asked(lambda: self._office.service.exchange(body))

    def enrol(self, body: bytes) -> bytes:
        return self._asked(lambda: self._office.service.enrol(body))

    def blobs(self, body: bytes) -> bytes:
        return self._asked(lambda: self._office.service.blobs(body))

    def _asked(self, call: Callable[[], bytes]) -> bytes:
        try:
            return call()
        except Refused as refused:
            raise TooOld() if refused.status == 426 else trouble.Refused(refused.status, refused.sentence) from None


class LaptopRig:
    """A real store that has joined an office."""

    def __init__(
        self, folder: Path, env: RigEnv, office: OfficeRig, account: str, line: Near | Line | None = None
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.env, self.folder, self.account = env, folder, account
        way = line or office.service
        self.line: Office = way
        self.store = Store(folder, LAPTOP_KEY, env)
        join(self.store, office.enrolment(account), way)
        self.sync()

    @classmethod
    def opened(cls, folder: Path, env: RigEnv, line: Office) -> Self:
        """A laptop whose store is there already, as after a restart or a copy."""
        laptop = cls.__new__(cls)
        laptop.env, laptop.folder, laptop.line = env, folder, line
        laptop.store = Store(folder, LAPTOP_KEY, env)
        laptop.account = laptop.store.account
        return laptop

    def sync(self) -> Report:
        report = Report()
        Engine(self.store, self.line, self.env).exchange(report)
        return report

    def list(self, entity: str) -> list[dict[str, object]]:
        from pimpasa_desktop.domain.entity import REGISTRY

        return [found.full() for found in self.store.queries.every(REGISTRY[entity])]

    def village(self) -> str:
        return str(self.list("village")[0]["id"])

    def get(self, identifier: str) -> Values:
        return self.store.queries.get(identifier).values

    def close(self) -> None:
        self.store.close()
        self.hang_up()

    def hang_up(self) -> None:
        if isinstance(self.line, Line):
            self.line.close()
