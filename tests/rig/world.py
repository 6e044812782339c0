"""An office and its laptops in one process, on real encrypted files, with time and chance under the test's hand."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from pimpasa_desktop.env import Env
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.joining import join
from pimpasa_desktop.sync.protocol.enrolment import EnrolmentFile
from pimpasa_desktop.sync.protocol.messages import Office
from pimpasa_office.accounts import Accounts
from pimpasa_office.ledger import Ledger, embedded
from pimpasa_office.service import Service
from pimpasa_office.setting_up import set_up, signing_key

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
        return bug in self.bugs


class OfficeRig:
    """A real ledger and service; `alarms` collects what should never happen."""

    def __init__(self, folder: Path, env: RigEnv, engine: sa.Engine | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.env = env
        self.path = folder / "ledger.db"
        self.alarms: list[str] = []
        self.ledger = Ledger(engine or embedded(self.path, b"k" * 32), env)
        with self.ledger.begin() as books:
            self.office = set_up(books, "Kotamobagu", "Kelas II Non TPI").office
            self.service = Service(self.ledger, signing_key(books), env, self.alarms.append)

    def account(self, name: str, role: str) -> str:
        with self.ledger.begin() as books:
            return Accounts(books).add_account(name, role, [self.office])

    def assign(self, account: str, region_code: str, name: str) -> None:
        with self.ledger.begin() as books:
            Accounts(books).assign(account, region_code, name)

    def unassign(self, account: str, region_code: str) -> None:
        with self.ledger.begin() as books:
            Accounts(books).unassign(account, region_code)

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


class LaptopRig:
    """A real store that has joined an office."""

    def __init__(self, folder: Path, env: RigEnv, office: OfficeRig, account: str, line: Office | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.env, self.folder, self.account = env, folder, account
        self.line: Office = line or office.service
        self.store = Store(folder, b"l" * 32, env)
        join(self.store, office.enrolment(account), self.line)
        self.sync()

    def sync(self) -> Report:
        report = Report()
        Engine(self.store, self.line, self.env).exchange(report)
        return report

    def list(self, entity: str) -> list[dict[str, object]]:
        from pimpasa_desktop.domain.entity import REGISTRY

        return [found.full() for found in self.store.queries.every(REGISTRY[entity])]

    def village(self) -> str:
        return str(self.list("village")[0]["id"])

    def close(self) -> None:
        self.store.close()
