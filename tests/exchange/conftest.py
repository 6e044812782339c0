"""The same exchanges through every road: the office in this process, over real HTTPS, and on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rig.on_postgresql import office_on
from rig.over_https import OfficeOverHttps
from rig.world import BONGKUDAI_UTARA, LaptopRig, OfficeRig, RigEnv

TOBONGON = "71.10.07.2001"


class World:
    """One office and the laptops of its people; everything is closed when the test ends."""

    def __init__(self, folder: Path, office: OfficeRig) -> None:
        self.folder, self.office = folder, office
        self._laptops: list[LaptopRig] = []

    def laptop(self, account: str) -> LaptopRig:
        name = f"laptop{len(self._laptops)}"
        env = RigEnv(name)
        return self._kept(LaptopRig(self.folder / name, env, self.office, account, self.office.line(env)))

    def opened(self, folder: Path) -> LaptopRig:
        env = RigEnv(f"opened {folder.name} {len(self._laptops)}")
        return self._kept(LaptopRig.opened(folder, env, self.office.line(env)))

    def _kept(self, laptop: LaptopRig) -> LaptopRig:
        self._laptops.append(laptop)
        return laptop

    def officer(self, *codes: str, name: str = "Deddy") -> LaptopRig:
        account = self.office.account(name, "field_officer")
        for code in codes or (BONGKUDAI_UTARA,):
            self.office.assign(account, code, f"Desa {code[-4:]}")
        return self.laptop(account)

    def clerk(self) -> LaptopRig:
        return self.laptop(self.office.account("Vivi", "office_clerk"))

    def intel(self) -> LaptopRig:
        return self.laptop(self.office.account("Ratna", "intel_section"))

    def restore(self, backup: Path) -> None:
        self.office.restore(backup)
        for laptop in self._laptops:
            laptop.hang_up()
            laptop.line = self.office.line(laptop.env)

    def close(self) -> None:
        for laptop in self._laptops:
            laptop.close()
        self.office.close()


@pytest.fixture(params=["near", "https", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    roads: dict[str, Callable[[], OfficeRig]] = {
        "near": lambda: OfficeRig(tmp_path / "office", RigEnv("office")),
        "https": lambda: OfficeOverHttps(tmp_path / "office", RigEnv("office")),
        "postgresql": lambda: office_on("postgresql", request, tmp_path / "office"),
    }
    world = World(tmp_path, roads[request.param]())
    yield world
    alarms = world.office.alarms
    world.close()
    assert alarms == []


@pytest.fixture
def near(tmp_path: Path) -> Iterator[World]:
    """One whose office is in the same process, without a line between."""
    office = OfficeRig(tmp_path / "office", RigEnv("office"))
    world = World(tmp_path, office)
    yield world
    world.close()
    assert office.alarms == []
