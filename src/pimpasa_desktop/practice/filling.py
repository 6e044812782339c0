"""The practice office filled: accounts, laptops, and every record of the events, through the doors that people use.

Officers write on laptops of their own and exchange over TLS; where an event has no officer the clerk writes it down.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from pimpasa_desktop import enrolment
from pimpasa_desktop.domain.calendar import zone_of
from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.env import Env
from pimpasa_desktop.home import Home
from pimpasa_desktop.i18n import _
from pimpasa_desktop.intake import attendees
from pimpasa_desktop.practice.events import Event, resolved
from pimpasa_desktop.practice.office import Office
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Draft, Store

Tell = Callable[[int, int, str], None]
HomeOf = Callable[[str], Home]

CLERK = "Vivi Tumbelaka"
OFFICER_HOME, CLERK_HOME = "officer", "clerk"


def fill(folder: Path, office: Office, homes: HomeOf, events: tuple[Event, ...], env: Env, tell: Tell) -> Values:
    """`homes` gives the data folder of a laptop by its name; `tell` takes steps done, all steps, and what is done
    now. Returns the ids of what is kept in step with the calendar (`today`). Raises Problem where anything goes
    wrong."""
    return _Filling(folder, office, homes, events, env, tell).run()


class _Filling:
    def __init__(
        self, folder: Path, office: Office, homes: HomeOf, events: tuple[Event, ...], env: Env, tell: Tell
    ) -> None:
        self._folder, self._office, self._home_of, self._events = folder, office, homes, events
        self._env, self._tell = env, tell
        self._offices: dict[str, str] = {}
        self._done, self._steps = 0, len(events) + 4

    def run(self) -> Values:
        first = self._events[0]
        self._say(_("Mendirikan {count} kantor latihan.").format(count=len(self._events)))
        self._offices = {first.name: self._office.found(first.name, str(first.office["office_class"]))}
        for event in self._events[1:]:
            self._offices[event.name] = self._office.add(event.name, str(event.office["office_class"]))
        accounts = [self._account(event) for event in self._events if event.writer]
        clerk_account = self._office.account(CLERK, "office_clerk", list(self._offices.values()))
        self._say(_("Menyalakan server kantor di laptop ini."))
        self._office.start()
        with ExitStack() as opened:
            self._say(_("Mendaftarkan laptop petugas dan staf kantor."))
            clerk = opened.enter_context(self._laptop(clerk_account, CLERK_HOME))
            writers = [event for event in self._events if event.writer]
            names = [OFFICER_HOME, *(f"officer-{place}" for place in range(1, len(writers)))]
            laptops = {
                event.name: opened.enter_context(self._laptop(account, name))
                for event, account, name in zip(writers, accounts, names, strict=True)
            }
            kept: Values = {}
            for event in self._events:
                self._say(_("Mengisi kantor {office}: {what}.").format(office=event.name, what=_about(event)))
                laptop = laptops.get(event.name, clerk)
                named = self._office_writes(clerk, event)
                written = laptop.writes(event, self._offices[event.name], named)
                if event is first:
                    kept = _today(laptop.store, event, written, self._env)
                laptop.exchange()
            self._say(_("Mengirim semuanya kepada staf kantor."))
            for each in (clerk, *laptops.values()):
                each.exchange()
        return kept

    def _say(self, told: str) -> None:
        self._tell(self._done, self._steps, told)
        self._done += 1

    def _account(self, event: Event) -> str:
        account = self._office.account(event.writer, "field_officer", [self._offices[event.name]])
        for code in event.codes:
            self._office.assign(account, code)
        return account

    def _laptop(self, account: str, name: str) -> "_Laptop":
        """Enrolled with the file that the office hands out."""
        file, home = self._folder / f"{name}.enrol.json", self._home_of(name)
        self._office.enrol(account, file)
        enrolment.enrol(home, file.read_bytes())
        file.unlink()
        return _Laptop(home)

    def _office_writes(self, clerk: "_Laptop", event: Event) -> dict[str, str]:
        """The letterhead and what is known of the villages: the clerk's work. Returns the villages' ids by name."""
        office, store = self._offices[event.name], clerk.store
        store.put("office", event.office, office)
        there = {village.region_code: village.id for village in store.queries.overview.villages().values()}
        return {
            name: store.put("village", values | {"office": office}, there.get(str(values["region_code"]), ""))
            for name, values in event.villages.items()
        }


class _Laptop:
    """A laptop that is open for writing."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.store = home.writing()

    def __enter__(self) -> "_Laptop":
        return self

    def __exit__(self, *_error: object) -> None:
        self.store.close()

    def exchange(self) -> None:
        from pimpasa_desktop.sync.engine import Engine, Report

        report = Report()
        with self._home.line(self.store) as line:
            Engine(self.store, line, self.store.env).exchange(report)
        if report.rejected or not report.digests_match:
            raise Problem(_("Kantor latihan tidak menerima semua catatan. Jalankan lagi perintah ini."))

    def writes(self, event: Event, office: str, named: dict[str, str]) -> dict[str, str]:
        """Every record of the event, in one transaction; returns their ids by name."""
        names = dict(named)
        with self.store.transaction():
            for record in (*event.records, *event.invented):
                declared = REGISTRY[record["entity"]]
                values = resolved(record["values"], names) | ({"office": office} if "office" in declared.fields else {})
                identifier = self.store.put(declared.name, values)
                if "as" in record:
                    names[record["as"]] = identifier
        for visit, file in event.attendees.items():
            of = {"visit": names[visit.removeprefix("@")]}
            self.store.put_all([Draft("attendee", of | one.values) for one in attendees.read(file)])
        return names


# -- what is due


def _today(store: Store, event: Event, names: dict[str, str], env: Env) -> Values:
    """A visit for today, one for next week, and a promise that is overdue, in the officer's own village."""
    village, visit = names[next(iter(event.villages))], names["visit"]
    common: Values = {"villages": [village], "venue": _venue(event), "status": "planned"}
    programme = event.visit["programme"]
    today = store.put(
        "visit",
        common
        | {"programme": programme, "theme": "Evaluasi desa binaan bersama pemerintah desa", **_hours(event, env)},
    )
    next_week = store.put(
        "visit", common | {"programme": programme, "theme": "Pelatihan kelompok relawan", **_hours(event, env, 7)}
    )
    due = (_now(event, env) - timedelta(days=6)).date().isoformat()
    late = store.put(
        "follow_up",
        {"visit": visit, "kind": "coordination", "text": "Kirim surat undangan pelatihan relawan", "due_on": due},
    )
    return {"today": today, "next_week": next_week, "late": late}


def renew(store: Store, event: Event, kept: Values, env: Env) -> None:
    """What was planned for the day on which the practice was made is planned for this day, while nobody held it."""
    now = _now(event, env).date().isoformat()
    for name, days in (("today", 0), ("next_week", 7)):
        try:
            visit = store.queries.get(str(kept[name])).values
        except Problem:
            continue  # whoever practised deleted it
        if visit.get("status") == "planned" and str(visit["starts_at"])[:10] < now:
            store.put("visit", _hours(event, env, days), str(kept[name]))


def _now(event: Event, env: Env) -> datetime:
    return zone_of(event.codes[0]).local(env.now().isoformat())


def _hours(event: Event, env: Env, days: int = 0) -> Values:
    """From the next full hour of the working day, or of the day in so many days, for two hours."""
    now = _now(event, env)
    starts = now.replace(hour=max(9, min(now.hour + 1, 19)) if not days else 9, minute=0, second=0, microsecond=0)
    starts += timedelta(days=days)
    return {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=2)).isoformat()}


def _about(event: Event) -> str:
    visit = event.visit
    return str(visit.get("theme") or visit.get("programme"))


def _venue(event: Event) -> str:
    return f"Balai Desa {next(iter(event.villages.values()))['name']}"
