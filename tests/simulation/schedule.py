"""Draws what happens from a seed, does it, lets it become quiet, and asks the oracles."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from random import Random
from traceback import extract_tb
from typing import Any
from unittest import mock

from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.domain.tray import EXISTENCE
from pimpasa_desktop.store import attempts, delivery
from pimpasa_desktop.store.blobs import attach, want
from pimpasa_desktop.store.queries import Listed
from pimpasa_desktop.sync import batch
from pimpasa_office import feed, service
from rig import programs
from simulation import oracles
from simulation.counts import Counts
from simulation.ground import Ground
from simulation.world import Laptop, Violation, Watched, World

QUIET_ROUNDS_MAX = 200
STEPS_LEAST, STEPS_MOST = 40, 300  # mostly near the least
YEARS_20 = timedelta(days=7305)
ENDS = ((0, False),) * 8 + ((30, False), (8, True))  # of putting a photo aside: statements to a crash, or a full disk
SIGNS = ["A01", "A02", "C01"]

# Each schedule leans towards some of these, so that faults that are rare by themselves also meet each other.
LEANINGS = {
    "copies": {"clone": 6, "restore_laptop": 5, "copy": 2},
    "an office set back": {"office_back_up": 3, "office_restore": 5},
    "grants": {"grant": 4, "move": 4},
    "collisions": {"collide": 3, "delete": 3, "settle": 2},
    "crashes": {"crash": 5, "damage": 3, "replay": 4, "full": 3},
    "leaving": {"erase": 4, "revoke": 5},
}


@dataclass(frozen=True)
class Result:
    seed: int
    trace: str
    failure: str = ""


def run(seed: int, ground: Ground, counts: Counts, planted: frozenset[str] = frozenset()) -> Result:
    """One schedule from one seed."""
    folder = Path(tempfile.mkdtemp(dir=ground.folder))
    try:
        with watching(Random(seed)), programs.kept():
            world = World(seed, folder / "world", ground, planted, counts)
            try:
                Schedule(world).run()
            except Violation as violation:
                return Result(seed, world.trace_hash, str(violation))
            except Exception as error:  # noqa: BLE001 - whatever the program did not expect is a failure of this seed
                where = "\n  ".join(
                    f"{at.filename}:{at.lineno} {at.name}" for at in extract_tb(error.__traceback__)[-8:]
                )
                return Result(seed, world.trace_hash, f"{type(error).__name__}: {error}\n  {where}")
            finally:
                world.close()
            counts["schedules"] += 1
            return Result(seed, world.trace_hash)
    finally:
        shutil.rmtree(folder)


@contextmanager
def watching(chance: Random) -> Iterator[None]:
    """Small pages, and an acceptance that tells what it decides."""
    with (
        mock.patch.object(service, "Acceptance", Watched),
        mock.patch.object(feed, "PAGE_ROWS", chance.choice((1, 2, 3, 5, 400))),
        mock.patch.object(feed, "PAGE_BYTES", chance.choice((300, 2_000, 256 * 1024))),
        mock.patch.object(batch, "OFFER_MAX", chance.choice((1, 3, 2_000))),
        mock.patch.object(batch, "OFFER_FIRST", chance.choice((1, 2, 600))),
        mock.patch.object(delivery, "OUTCOMES", chance.choice((1, 2, 600))),
        mock.patch.object(attempts, "QUESTION_BYTES_MIN", 100),
    ):
        yield


# How an office is set back, in turn: the administrator says so; nobody does and the office remembers; nobody at all.
RESTORES = ((True, True), (False, True), (False, False))


class Schedule:
    def __init__(self, world: World) -> None:
        self.world, self.chance = world, world.chance
        ground = world.ground
        names = list(ground.laptops)
        cast = [self.chance.choice(["deddy", "nina"])]
        cast += self.chance.sample([name for name in names if name not in cast], self.chance.randint(1, 4))
        for name in cast:
            new = not world.mixed or self.chance.random() < 0.5
            folder = ground.folder / (name if new else f"{name}.older")
            world.add_laptop(name, folder, ground.laptops[name], new=new)
        self._restores = islice(cycle(RESTORES), len(cast) % len(RESTORES), None)
        self.steps = {
            self.make: 9,
            self.edit: 20,
            self.collide: 8,
            self.photograph: 7,
            self.fetch: 3,
            self.move: 3,
            self.delete: 3,
            self.restore: 2,
            self.sign_off: 1,
            self.settle: 8,
            self.exchange: 30,
            self.crash: 3,
            self.replay: 1,
            self.grant: 3,
            self.copy: 2,
            self.restore_laptop: 1,
            self.resume: 0.5,
            self.clone: 0.7,
            self.damage: 1.5,
            self.jump: 1,
            self.office_back_up: 1.5,
            self.office_restore: 0.7,
            self.full: 2,
            self.update: 1.5 if world.mixed else 0,
            self.erase: 0.7,
            self.revoke: 0.2,
        }
        for leaning in self.chance.sample(sorted(LEANINGS), self.chance.choice((0, 1, 1, 2))):
            for step in self.steps:
                self.steps[step] *= LEANINGS[leaning].get(step.__name__, 1)

    def run(self) -> None:
        steps, weights = list(self.steps), list(self.steps.values())
        for _step in range(STEPS_LEAST + int((STEPS_MOST - STEPS_LEAST) * self.chance.random() ** 14)):
            self.world.time += timedelta(minutes=self.chance.randint(1, 90))
            step = self.chance.choices(steps, weights)[0]
            self.world.trace(step.__name__)
            step()
        self.become_quiet()
        oracles.quiet(self.world)
        if older := [laptop for laptop in self.world.laptops if not laptop.new]:
            for laptop in older:
                laptop.update()
            self.become_quiet()
            oracles.quiet(self.world)

    def become_quiet(self) -> None:
        """No faults, right clocks, and everybody exchanges until nothing changes."""
        self._clocks_right()
        last: list[Any] = []
        for _round in range(QUIET_ROUNDS_MAX):
            for laptop in self.world.laptops:
                laptop.line.quiet()
                laptop.exchange()
            now = [self.world.office._seen[0], self.world.album.standing()]
            now += [laptop.store.queries.sums() for laptop in self.world.reachable()]
            if now == last:
                return
            last = now
        raise Violation("it does not become quiet")

    # -- people

    @property
    def laptop(self) -> Laptop:
        return self.chance.choice(self.world.laptops)

    def make(self) -> None:
        laptop = self.laptop
        villages = [found.id for found in self._live(laptop, "village")]
        visits = [found.id for found in self._live(laptop, "visit")]
        reports = [found.id for found in self._live(laptop, "risk_report")]
        some = self.chance.sample(villages, min(len(villages), self.chance.choice((0, 1, 1, 1, 2))))
        text = self.world.canary()
        match self.chance.randrange(16 if self.world.mixed else 10):
            case 0 | 1 | 2:
                raw = {"villages": some, "place": "Aula", "starts_at": "2025-07-03T09:00+08:00", "programme": text}
                self._put(laptop, "visit", raw)
            case 3 | 4 | 5 if visits:
                self._put(laptop, "attendee", {"visit": self._late(visits), "name": text})
            case 6 | 7:
                raw = {"village": some[0] if some else "", "kind": "tppo", "narrative": text}
                self._put(laptop, "risk_report", raw | {"indicators": self._signs()})
            case _ if reports and self.chance.random() < 0.5:
                self._put(laptop, "follow_up", {"risk_report": self._late(reports), "text": text})
            case _ if visits:
                self._put(laptop, "follow_up", {"visit": self._late(visits), "text": text})

    def photograph(self) -> None:
        laptop = self.laptop
        found = self._any(laptop, "visit", "visit", "risk_report")
        if found is None:
            return
        content, (crash_at, full) = self.world.album.draw(self.chance), self.chance.choice(ENDS)
        crash_at = crash_at and self.chance.randint(1, crash_at)
        laptop.act(
            lambda: attach(laptop.store, {found.entity: found.id}, content, b""), found.id, crash_at=crash_at, full=full
        )
        self.world.album.saved(laptop, content, found.id)

    def fetch(self) -> None:
        """Somebody opens a photo that another made."""
        laptop = self.laptop
        absent = [
            (sha256, size)
            for sha256, size in laptop.rows("SELECT sha256, size FROM photo ORDER BY key")
            if not laptop.rows("SELECT 1 FROM blob WHERE sha256 = ?", sha256)
        ]
        if absent:
            want(laptop.store, *self._late(absent))

    def edit(self) -> None:
        laptop = self.laptop
        found = self._any(laptop, "visit", "attendee", "risk_report", "follow_up", "photo")
        if found is None:
            return
        self._put(laptop, found.entity, self._change(found.entity), found.id)

    def collide(self) -> None:
        """Several people write the same fields of one record before they hear of each other."""
        first = self.laptop
        found = self._any(first, "visit", "attendee", "risk_report", "follow_up")
        if found is None:
            return
        names = list(self._change(found.entity))
        for laptop in self.world.laptops:
            if self.chance.random() < 0.7 and any(here.id == found.id for here in self._live(laptop, found.entity)):
                change = {name: value for name, value in self._fields(found.entity).items() if name in names}
                self._put(laptop, found.entity, change, found.id)
        if self.chance.random() < 0.4:
            laptop = self.chance.choice([other for other in self.world.laptops if other.view(found.id)])
            laptop.act(lambda: laptop.store.delete(found.id), found.id)

    def _change(self, entity: str) -> dict[str, Any]:
        pool = self._fields(entity)
        return {
            name: pool[name] for name in self.chance.sample(sorted(pool), min(len(pool), self.chance.choice((1, 1, 2))))
        }

    def _fields(self, entity: str) -> dict[str, Any]:
        pool: dict[str, dict[str, Any]] = {
            "visit": {"programme": self._text(), "theme": self._text(), "status": self._of("", "done", "ongoing")},
            "attendee": {"name": self.world.canary(), "position_title": self._text(), "sex": self._of("", "L", "P")},
            "risk_report": {
                "narrative": self._text(),
                "indicators": self._signs(),
                "level_raised_to": self._of("", "medium", "high"),
            },
            "photo": {"caption": self.world.canary()},
            "follow_up": {"text": self.world.canary(), "done_on": self._of("", "2025-07-04", "2025-07-05")},
        }
        return pool[entity]

    def move(self) -> None:
        laptop = self.laptop
        found = self._any(laptop, "visit", "risk_report")
        villages = [village.id for village in self._live(laptop, "village")]
        if found is None or not villages:
            return
        if found.entity == "visit":
            some = self.chance.sample(villages, min(len(villages), self.chance.choice((0, 1, 2))))
            self._put(laptop, "visit", {"villages": some, "place": "Aula"}, found.id)
        else:
            self._put(laptop, "risk_report", {"village": self.chance.choice([*villages, ""])}, found.id)

    def delete(self) -> None:
        laptop = self.laptop
        found = self._any(laptop, "visit", "attendee", "risk_report", "follow_up", "photo")
        if found:
            laptop.act(lambda: laptop.store.delete(found.id), found.id)

    def restore(self) -> None:
        laptop = self.laptop
        gone = laptop.rows(
            "SELECT id FROM record WHERE deleted AND entity IN ('visit', 'attendee', 'risk_report', 'follow_up', 'photo')"
            " ORDER BY key"
        )
        if gone:
            (identifier,) = self.chance.choice(gone)
            laptop.act(lambda: laptop.store.restore(identifier), identifier)

    def sign_off(self) -> None:
        laptop = self.laptop
        found = self._any(laptop, "visit")
        if found:
            self._put(laptop, "visit", {"signed_off_at": "2025-07-04T09:00+08:00"}, found.id)

    def settle(self) -> None:
        laptop = self.laptop
        waiting = [item for item in self._live(laptop, "conflict", "rejected") if not item.values.get("settled")]
        if not waiting:
            return
        item = self._late(waiting)
        keep = self.chance.choice(("mine", "office", "office", "text"))
        if keep == "text" and (item.entity == "rejected" or item.values["field_name"] == EXISTENCE):
            keep = "mine"
        words = self.world.canary() if keep == "text" else keep
        if laptop.act(lambda: laptop.store.settle(item.id, words), item.id, item.values["record"]):
            self.world.counts["sent again" if item.entity == "rejected" and keep == "mine" else f"settled: {keep}"] += 1

    # -- exchanges and what goes wrong

    def exchange(self) -> None:
        laptop = self.laptop
        laptop.line.plan(self.chance)
        laptop.exchange()

    def crash(self) -> None:
        laptop = self.laptop
        if self.chance.random() < 0.5:
            laptop.line.quiet()
            laptop.exchange(crash_at=self.chance.choice((self.chance.randint(1, 60), self.chance.randint(1, 600))))
            return
        if found := self._any(laptop, "visit"):
            text = self.world.canary()
            laptop.act(
                lambda: laptop.store.put("visit", {"programme": text}, found.id),
                found.id,
                crash_at=self.chance.randint(1, 30),
            )

    def full(self) -> None:
        """The disk of a laptop is full, while somebody writes or while it takes an answer."""
        laptop = self.laptop
        found = self._any(laptop, "visit", "attendee")
        if self.chance.random() < 0.5 or found is None:
            laptop.line.quiet()
            laptop.exchange(crash_at=self.chance.randint(1, 30), full=True)
            return
        change = self._change(found.entity)
        at = self.chance.randint(1, 8)
        laptop.act(lambda: laptop.store.put(found.entity, change, found.id), found.id, crash_at=at, full=True)

    def update(self) -> None:
        older = [laptop for laptop in self.world.laptops if not laptop.new]
        if older:
            self.chance.choice(older).update()
            self.world.counts["laptop updated"] += 1

    def erase(self) -> None:
        roots = [
            record.id
            for record in self.world.office.records().values()
            if record.entity in ("visit", "risk_report") and record.id not in self.world.erased
        ]
        if roots:
            self.world.erase(self._late(sorted(roots)))
            self.world.counts["record erased"] += 1

    def revoke(self) -> None:
        laptop = self.laptop
        if len(self.world.reachable()) > 2 and not laptop.revoked:
            self.world.revoke(laptop)
            self.world.destroyed()
            self.world.counts["laptop revoked"] += 1

    def replay(self) -> None:
        self.laptop.line.replay(self.chance)

    def grant(self) -> None:
        account = self.chance.choice([self.world.ground.laptops[name] for name in ("deddy", "nina")])
        village = self.chance.choice(sorted(self.world.ground.villages))
        given = (account, village) not in self.world.grants
        self.world.set_grant(account, village, given=given)
        self.world.counts["village given" if given else "village taken"] += 1

    def jump(self) -> None:
        by = self.chance.choice((-YEARS_20, YEARS_20, timedelta(), timedelta(hours=-3)))
        if self.chance.random() < 0.15:
            self.world.office.env.offset = by
            self.world.counts["clock of the office jumped"] += 1
            return
        laptop = self.laptop
        laptop.offset = laptop.env.offset = by
        self.world.counts["clock of a laptop jumped"] += 1

    def copy(self) -> None:
        self.laptop.copy()

    def restore_laptop(self) -> None:
        laptop = self._with_copy()
        if laptop:
            image = self.chance.random() < 0.5
            laptop.restore(self.chance.randrange(len(laptop.copies)), image=image)
            self.world.counts["laptop resumed from an old image" if image else "laptop restored from a copy"] += 1
            self.world.came_back(laptop)

    def resume(self) -> None:
        """An image of the running program comes back after what it wrote was sent."""
        laptop = self.laptop
        laptop.copy()
        for half in (1, 2):
            raw = {"place": "Aula", "starts_at": "2025-07-03T09:00+08:00", "programme": self.world.canary()}
            self._put(laptop, "visit", raw)
            laptop.line.quiet()
            laptop.exchange()
            if half == 1:
                laptop.restore(-1, image=True)
                self.world.counts["laptop resumed from an old image"] += 1
                self.world.came_back(laptop)

    def clone(self) -> None:
        laptop = self.laptop
        if len(self.world.laptops) < 6:
            laptop.copy()
            path, _ids, damaged = laptop.copies[-1]
            clone = self.world.add_laptop(laptop.name.split("-")[0], path, laptop.account, new=laptop.new)
            clone.damaged = damaged  # what is missing there is missing here
            self.world.counts["laptop cloned"] += 1
            self.world.copies_around = True

    def damage(self) -> None:
        self.laptop.damage(self.chance)
        self.world.destroyed()

    def office_back_up(self) -> None:
        self.world.office.back_up()

    def office_restore(self) -> None:
        office = self.world.office
        if office.backups:
            office.env.offset = timedelta()  # whoever restores looks at the clock
            which = self.chance.randrange(len(office.backups))
            told, remembers = next(self._restores)
            office.restore(which, told=told, remembers=remembers)
            if not (told or remembers):
                self.world.note_copy_risk()  # what was written before it is noticed may be asked about
            self.world.counts["office restored from a backup"] += told
            self.world.counts["office set back without a word"] += not told
            self.world.renew_grants()
            self.world.destroyed()

    # -- drawing

    def _put(self, laptop: Laptop, entity: str, raw: dict[str, Any], identifier: str = "") -> None:
        laptop.act(lambda: laptop.store.put(entity, raw, identifier), identifier)

    def _live(self, laptop: Laptop, *names: str) -> list[Listed]:
        queries = laptop.store.queries
        return [found for name in names if name in REGISTRY for found in queries.every(REGISTRY[name])]

    def _any(self, laptop: Laptop, *names: str) -> Listed | None:
        entity = self.chance.choice(names)
        found = self._live(laptop, entity)
        return self._late(found) if found else None

    def _late(self, found: list[Any]) -> Any:
        """Mostly one of the newest, so that people meet."""
        return self.chance.choice(found[-3:] if self.chance.random() < 0.7 else found)

    def _text(self) -> str:
        return "" if self.chance.random() < 0.1 else self.world.canary()

    def _signs(self) -> list[str]:
        return sorted(self.chance.sample(SIGNS, self.chance.randint(0, 3)))

    def _of(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def _with_copy(self) -> Laptop | None:
        kept = [laptop for laptop in self.world.laptops if laptop.copies]
        return self.chance.choice(kept) if kept else None

    def _clocks_right(self) -> None:
        self.world.office.env.offset = timedelta()
        for laptop in self.world.laptops:
            laptop.offset = laptop.env.offset = timedelta()
