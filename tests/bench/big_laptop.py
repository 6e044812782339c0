"""A laptop after years of work: 600 visits with 24,000 attendees, of which one visit has a thousand.

The office has all of it but the last week.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.people import People
from pimpasa_desktop.domain.calendar import WITA
from pimpasa_desktop.env import Env
from pimpasa_desktop.home import PASSPHRASE_FILE, Home, Machine
from pimpasa_desktop.store.store import Draft, Store
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.joining import join
from rig.desk import PASSPHRASE
from rig.window import CHEAP, VILLAGES, Road
from rig.world import OfficeRig, RigEnv

VISITS, ATTENDEES, IN_THE_LARGEST = 600, 24_000, 1000
WEEK = 6
AHEAD = 12  # visits of today and the days to come


@dataclass(frozen=True)
class BigLaptop:
    """`largest`: the visit of a thousand, held yesterday. `secret` is a file with the passphrase."""

    folder: Path
    secret: Path
    largest: str

    @property
    def home(self) -> Home:
        return opened(self.folder, self.secret)


def opened(folder: Path, secret: Path) -> Home:
    """The data folder on a machine where the passphrase is at hand and a guess costs nothing: how long one takes on
    purpose is no figure of the window."""
    environ = {PASSPHRASE_FILE: str(secret), "LANG": "id_ID.UTF-8"}
    return Home(folder, Machine(kdf=CHEAP, keyring=lambda: None, environ=environ))


@contextmanager
def big_laptop() -> Iterator[BigLaptop]:
    with TemporaryDirectory() as name:  # a real disk
        folder = Path(name)
        secret = folder / "passphrase"
        secret.write_text(PASSPHRASE + "\n")
        laptop = BigLaptop(folder / "laptop", secret, "")
        office = OfficeRig(folder / "office", RigEnv("office"))
        account = office.account("Meyke Mamonto", "field_officer")
        for code, village in VILLAGES.items():
            office.assign(account, code, village)
        laptop.folder.mkdir()
        key = laptop.home.key_file().create(PASSPHRASE)
        with Store(laptop.folder, key, Env()) as store:
            line = Road(office)
            join(store, office.enrolment(account), line)
            Engine(store, line, store.env).exchange(Report())
            largest = _fill(store)
        office.close()
        yield BigLaptop(laptop.folder, secret, largest)


def _fill(store: Store) -> str:
    people = People("big laptop")
    villages = list(store.queries.overview.villages().values())
    today = WITA.local(store.env.now().isoformat()).replace(hour=9, minute=0, second=0, microsecond=0)
    largest, unsent = "", 0
    others = (ATTENDEES - IN_THE_LARGEST) // (VISITS - AHEAD - 1)
    for index in range(VISITS):
        village = villages[index % len(villages)]
        starts = today + timedelta(days=AHEAD - 1 - index)
        visit = {
            "villages": [village.id],
            "starts_at": starts.isoformat(),
            "ends_at": (starts + timedelta(hours=3)).isoformat(),
            "venue": f"Balai Desa {village.name}",
            "programme": "Desa Binaan Imigrasi (DBI)",
            "theme": "Sosialisasi dan Edukasi Keimigrasian",
            "status": "planned" if index < AHEAD else "done",
        }
        with store.transaction():
            made = store.put("visit", visit)
            if index >= AHEAD:
                count = others if largest else IN_THE_LARGEST
                largest = largest or made
                store.put_all([Draft("attendee", people.attendee(made, village.name)) for _one in range(count)])
        if index == AHEAD + WEEK:
            unsent = store._outbox.count()
    _answered(store, unsent)
    return largest


def _answered(store: Store, unsent: int) -> None:
    """As if the office had taken all but the first so many operations, which are the newest days'."""
    with store.transaction():
        store._sql.execute("DELETE FROM outbox WHERE seq > ?", (unsent,))
        store._sql.execute("UPDATE record SET number = key WHERE id NOT IN (SELECT record FROM outbox)")
