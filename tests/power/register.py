"""The officer's real store under the recorder: an afternoon of attendees, changes, imported lists and two exchanges."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.audit import Audit
from pimpasa_desktop.store.store import DATABASE, Draft, Store
from pimpasa_desktop.sync.engine import Engine, Report
from power.workload import nobody
from rig.world import BONGKUDAI_UTARA, LaptopRig, OfficeRig, RigEnv

KEY = b"l" * 32  # that of the rig's laptops
ATTENDEE = REGISTRY["attendee"]


class Register:
    """One step is one save. The office runs in memory: only the laptop loses its power."""

    def __init__(self, seed: int, steps: int = 15) -> None:
        self.seed = seed
        self.steps = steps
        self.openings = 0

    def prepare(self, folder: Path) -> None:
        office = OfficeRig(
            folder.parent, RigEnv(f"office {self.seed}"), sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        )
        officer = office.account("Deddy Mokodompit", "field_officer")
        office.assign(officer, BONGKUDAI_UTARA, "Bongkudai Utara")
        laptop = LaptopRig(folder, RigEnv(f"laptop {self.seed}"), office, officer)
        self.visit = laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00"})
        laptop.close()
        self.office = office

    def run(self, folder: Path, acknowledge: Callable[[], None]) -> None:
        env = RigEnv(f"run {self.seed}")
        try:
            with Store(folder, KEY, env) as store:
                for number in range(self.steps):
                    self.step(store, number)
                    acknowledge()
                    if number in (self.steps // 2, self.steps - 1):
                        Engine(store, self.office.service, env).exchange(Report())
        finally:
            self.office.ledger.close()

    def check(self, folder: Path, acknowledged: int, found: Callable[[int], None] = nobody) -> list[str]:
        self.openings += 1  # each start of the program draws its own ids, also after the second crash
        try:
            with Store(folder, KEY, RigEnv(f"after {self.seed} {self.openings}")) as store:
                wrong = self._wrong_records(store, acknowledged, found)
            return wrong or _wrong_file(folder)
        except Problem as problem:
            return [f"{problem.sentence} ({problem.__cause__})"]

    def step(self, store: Store, number: int) -> None:
        """A new person; every fifth step a change of an earlier one, a deletion, an imported list instead."""
        match number % 5:
            case 2:
                store.put("attendee", {"phone": f"0812000{number:04}"}, _id_of(store, f"warga {number - 1}"))
            case 3:
                store.delete(_id_of(store, f"warga {number - 3}"))
            case 4:
                names = [f"daftar {number} {place}" for place in range(4)]
                store.put_all([Draft("attendee", {"visit": self.visit, "name": name}) for name in names])
            case _:
                store.put("attendee", {"visit": self.visit, "name": f"warga {number}"})

    def _wrong_records(self, store: Store, acknowledged: int, tell: Callable[[int], None]) -> list[str]:
        listed = list(store.queries.every(ATTENDEE))
        found = {str(each.values["name"]): str(each.values.get("phone", "")) for each in listed}
        states = [expected(acknowledged), expected(acknowledged + 1)]  # the save under way may be there, whole
        if len(found) != len(listed) or found not in states:
            return [f"{acknowledged} acknowledged, found {found}"]
        wrong = [f"{each.id} will never be sent" for each in listed if not each.number and not each.pending]
        wrong += [f"{name} is not found by search" for name in found if not store.queries.search(name, secret=False)]
        if not wrong:
            saved = acknowledged + states.index(found)
            tell(saved)
            self.step(store, saved)  # and one can go on working
        return wrong


def expected(steps: int) -> dict[str, str]:
    """Name to phone after so many steps."""
    people: dict[str, str] = {}
    for number in range(steps):
        match number % 5:
            case 2:
                people[f"warga {number - 1}"] = f"+62812000{number:04}"
            case 3:
                del people[f"warga {number - 3}"]
            case 4:
                people |= {f"daftar {number} {place}": "" for place in range(4)}
            case _:
                people[f"warga {number}"] = ""
    return people


def _id_of(store: Store, name: str) -> str:
    return next(each.id for each in store.queries.every(ATTENDEE, {"name": name}))


def _wrong_file(folder: Path) -> list[str]:
    connection = sqlcipher.connect(folder / DATABASE, KEY)
    try:
        sqlcipher.verify(connection)
        broken = Audit(connection).broken_at()
        return [] if broken is None else [f"the audit chain is broken at {broken}"]
    finally:
        connection.close()


class Beginning:
    """The first start on a new laptop: the tables are being made when the power goes."""

    def prepare(self, folder: Path) -> None:
        (folder / "lock").touch()

    def run(self, folder: Path, acknowledge: Callable[[], None]) -> None:
        Store(folder, KEY, RigEnv("first")).close()
        acknowledge()

    def check(self, folder: Path, acknowledged: int, found: Callable[[int], None] = nobody) -> list[str]:
        try:
            with Store(folder, KEY, RigEnv("second")) as store:
                return [] if list(store.queries.every(ATTENDEE)) == [] else ["people from nowhere"]
        except (Problem, sqlcipher.DatabaseError) as error:
            return [f"does not start: {error}"]
