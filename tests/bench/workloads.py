"""W1: what one officer records in a week, through the path that autosave uses."""

from datetime import date, timedelta

from bench.people import LANDS, People
from pimpasa_desktop.domain.risk import RISK_KINDS, checklist
from rig.world import LaptopRig, OfficeRig

VILLAGES = [
    ("71.10.07.2004", "Bongkudai Utara"),
    ("71.10.07.2001", "Bongkudai"),
    ("71.10.07.2002", "Moat"),
    ("71.10.07.2003", "Guaan"),
    ("71.10.07.2005", "Bongkudai Timur"),
    ("71.10.07.2006", "Mototompiaan"),
]


def assign_villages(office: OfficeRig, account: str) -> None:
    for code, name in VILLAGES:
        office.assign(account, code, name)


def week(
    laptop: LaptopRig, seed: object = 1, visits: int = 12, attendees: int = 40, risks: int = 15, notes: int = 30
) -> None:
    """12 visits, 480 attendees, 15 risk reports of some 600 characters, 30 notes."""
    people = People(seed)
    store = laptop.store
    villages = [(str(found["id"]), str(found["name"])) for found in laptop.list("village")]
    made = []
    for index in range(visits):
        village, name = villages[index % len(villages)]
        day = (date(2025, 7, 3) + timedelta(days=index // 2)).isoformat()
        visit = {
            "villages": [village],
            "starts_at": f"{day}T{'09:00' if index % 2 == 0 else '14:00'}+08:00",
            "ends_at": f"{day}T{'12:00' if index % 2 == 0 else '16:30'}+08:00",
            "venue": f"Balai Desa {name}",
            "programme": "Desa Binaan Imigrasi (DBI)",
            "theme": "Sosialisasi dan Edukasi Keimigrasian",
            "status": "done",
        }
        made.append((store.put("visit", visit), village, name))
        for _attendee in range(attendees):
            store.put("attendee", people.attendee(made[-1][0], name))
    signs = [sign.id for sign in checklist().indicators]
    for _risk in range(risks):
        visit_id, village, _name = people.chance.choice(made)
        store.put(
            "risk_report",
            {
                "village": village,
                "visit": visit_id,
                "kind": people.chance.choice(list(RISK_KINDS)),
                "narrative": people.sentences(560),
                "destination_country": people.chance.choice(LANDS),
                "indicators": people.chance.sample(signs, 4),
                "status": "submitted",
            },
        )
    for _note in range(notes):
        visit_id = people.chance.choice(made)[0]
        due = (date(2025, 7, 20) + timedelta(days=people.chance.randint(0, 30))).isoformat()
        store.put("follow_up", {"visit": visit_id, "text": people.sentences(90), "due_on": due})
