"""What every schedule starts from, made once: an office with its people and villages, and laptops that have joined."""

import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from pimpasa_desktop.domain.ids import derived
from rig import programs
from rig.world import LaptopRig, OfficeRig, RigEnv

VILLAGES = {"71.10.07.2004": "Bongkudai Utara", "71.10.07.2005": "Bongkudai Barat", "71.10.07.2006": "Tobongon"}
PEOPLE = {
    "deddy": ("Deddy", "field_officer", ("71.10.07.2004", "71.10.07.2005")),
    "nina": ("Nina", "field_officer", ("71.10.07.2005", "71.10.07.2006")),
    "vivi": ("Vivi", "office_clerk", ()),
    "bima": ("Bima", "intel_section", ()),
}
SECOND_LAPTOP = {"deddy2": "deddy"}


class Ground:
    """Use as a context: the folder lives as long."""

    def __init__(self) -> None:
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.laptops: dict[str, str] = {}  # name and account
        self.grants: set[tuple[str, str]] = set()  # account and village
        office = OfficeRig(self.folder / "office", RigEnv("office"))
        self.office = office.office
        self.villages = {derived("village", self.office, code): (code, name) for code, name in VILLAGES.items()}
        for name, (called, role, codes) in PEOPLE.items():
            account = office.account(called, role)
            self.laptops[name] = account
            for code in codes:
                office.assign(account, code, VILLAGES[code])
                self.grants.add((account, derived("village", self.office, code)))
        for name, other in SECOND_LAPTOP.items():
            self.laptops[name] = self.laptops[other]
        for name, account in self.laptops.items():
            LaptopRig(self.folder / name, RigEnv(name), office, account).close()
            with programs.running(False):
                LaptopRig(self.folder / f"{name}.older", RigEnv(f"{name} older"), office, account).close()
        office.ledger.close()

    def __enter__(self) -> "Ground":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.folder)
