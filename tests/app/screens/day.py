"""A working day to look at: visits behind and ahead, people, promises, one conflict, one refusal."""

import random
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from PIL import ExifTags, Image

from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.store.blobs import attach
from pimpasa_desktop.store.enclosures import enclose
from pimpasa_desktop.store.originals import AsTaken
from pimpasa_desktop.store.store import Store
from rig.window import Seat, Town

_VISITS = [
    ("Bongkudai Utara", "2025-07-03T09:00+08:00", "2025-07-03T12:00+08:00", "Sosialisasi dan Edukasi Keimigrasian", "planned", 0),
    ("Liberia", "2025-07-08T09:00+08:00", "", "Sambang desa", "planned", 0),
    ("Modayag", "2025-07-10T10:00+08:00", "", "Penyuluhan", "planned", 0),
    ("Tobongon", "2025-07-15T09:00+08:00", "", "Monitoring dan evaluasi", "planned", 0),
    ("Bongkudai Utara", "2025-06-26T09:00+08:00", "2025-06-26T11:30+08:00", "Pelatihan relawan pengawasan desa", "done", 28),
    ("Liberia", "2025-06-24T09:00+08:00", "", "Sosialisasi dan Edukasi Keimigrasian", "postponed", 0),
    ("Tobongon", "2025-06-20T13:00+08:00", "2025-06-20T15:00+08:00", "Rapat koordinasi", "done", 19),
    ("Modayag", "2025-06-18T09:00+08:00", "", "Verifikasi laporan warga", "done", 6),
    ("Liberia", "2025-06-12T09:00+08:00", "", "Sosialisasi dan Edukasi Keimigrasian", "done", 14),
    ("Tobongon", "2025-06-10T09:00+08:00", "", "Sambang desa", "diverted", 9),
    ("Bongkudai Utara", "2024-11-05T09:00+08:00", "", "Layanan paspor jemput bola", "done", 33),
    ("Modayag", "2024-10-03T09:00+08:00", "", "Penyuluhan", "cancelled", 0),
]  # fmt: skip
A_MINUTE = timedelta(minutes=1)
FIRST = ("Budi", "Siti", "Hartin", "Deddy", "Ratna", "Yusuf", "Meyke", "Nopri", "Vivi", "Ahmad")
WOMEN = ("Siti", "Hartin", "Ratna", "Meyke", "Vivi")
LAST = ("Santoso", "Simbala", "Mokoginta", "Mamonto", "Paputungan", "Damopolii", "Lumempow")


def village(store: Store, name: str) -> str:
    return next(one.id for one in store.queries.overview.villages().values() if one.name == name)


def visit(store: Store, name: str, starts_at: str, ends_at: str = "", theme: str = "", status: str = "planned") -> str:
    return store.put(
        "visit",
        {
            "villages": [village(store, name)],
            "starts_at": starts_at,
            "ends_at": ends_at,
            "programme": "Desa Binaan Imigrasi (DBI)",
            "theme": theme,
            "status": status,
            "venue": f"Balai Desa {name}",
        },
    )


def filled(officer: Seat) -> dict[str, str]:
    """Write the day, exchange it; ids of the visits by village and day."""
    visits: dict[str, str] = {}
    with officer.store() as store:
        for name, starts, ends, theme, status, people in _VISITS:
            visits[f"{name} {starts[:10]}"] = identifier = visit(store, name, starts, ends, theme, status)
            for place in range(people):
                person = f"{FIRST[place % 10]} {LAST[place % 7]}"
                sex = "P" if FIRST[place % 10] in WOMEN else "L"
                group = "perangkat_desa" if place < 4 else "warga"
                store.put("attendee", {"visit": identifier, "name": person, "sex": sex, "stakeholder_group": group})
        for of, text, due in (
            ("Bongkudai Utara 2025-06-26", "Kirim surat undangan pelatihan relawan", "2025-06-27"),
            ("Tobongon 2025-06-20", "Pasang papan pengumuman", "2025-06-30"),
            ("Modayag 2025-06-18", "Antar materi cetak ke kantor desa", "2025-08-01"),
        ):
            store.put("follow_up", {"visit": visits[of], "text": text, "due_on": due})
    officer.sync()
    return visits


def binaan(officer: Seat, visits: dict[str, str]) -> dict[str, str]:
    """A village with all that its page can tell: decree, volunteers, campaign; ids by entity."""
    with officer.store() as store:
        there = [village(store, name) for name in ("Bongkudai Utara", "Liberia")]
        group = {"village": there[0], "name": "Relawan Pengawasan Desa", "channel": "whatsapp", "members": 14}
        made = store.put("volunteer_group", group)
        for name, part in (("Hartin Simbala", "coordinator"), ("Deddy Mamonto", "member")):
            store.put("volunteer", {"volunteer_group": made, "name": name, "part": part, "phone": "081234567890"})
        decree = {"villages": there, "status": "active", "year": 2025, "ceremony_on": "2025-01-11"}
        by = {"inaugurated_by": "Sekretaris Daerah", "ceremony_place": "Balai Desa Bongkudai Utara"}
        designation = store.put("designation", {**decree, **by})
        event = {"name": "Sosialisasi serentak di dua lokasi", "villages": there, "starts_on": "2025-06-12"}
        campaign = store.put("campaign", event)
        for visit_ in ("Liberia 2025-06-12", "Bongkudai Utara 2025-06-26"):
            store.put("visit", {"campaign": campaign}, visits[visit_])
    officer.sync()
    return {"village": there[0], "designation": designation, "campaign": campaign}


def doubtful(officer: Seat, visit: str) -> None:
    """People who are probably one, share a telephone, or lack what the summary counts; the office has them."""
    with officer.store() as store:
        for name, fields in (
            ("Siti Khotimah", {"sex": "P", "stakeholder_group": "warga"}),
            ("Siti Chotimah", {"sex": "P", "stakeholder_group": "warga", "phone": "081234567890"}),
            ("Winarti", {"sex": "P", "phone": "081234567890", "institution": "PKK"}),
            ("Paijan", {}),
        ):
            store.put("attendee", {"visit": visit, "name": name, **fields})
    officer.sync()


def unsent(officer: Seat, visits: dict[str, str]) -> None:
    """Work of this morning that the office has not."""
    with officer.store() as store:
        today = visits["Bongkudai Utara 2025-07-03"]
        for place in range(12):
            store.put("attendee", {"visit": today, "name": f"{FIRST[place % 10]} {LAST[place % 7]}"})
        store.put("visit", {"status": "ongoing"}, today)
        store.put("follow_up", {"visit": visits["Liberia 2025-06-12"], "text": "Foto papan", "due_on": "2025-07-02"})


def given(store: Store, visit: str) -> None:
    """What was explained and handed out there."""
    for kind, topic in (("modus_tppo_tppm", "Tawaran kerja palsu di luar negeri"), ("paspor_mpaspor", "")):
        store.put("material_delivery", {"visit": visit, "kind": kind, "topic": topic, "way": "explained"})
    store.put("aid", {"visit": visit, "item": "Sembako", "quantity": 50, "unit": "paket", "event_name": "Jumat Berkah"})


def photographed(store: Store, visit: str, field: str = "visit") -> None:
    """Three photos, as they are once they were taken in: the first with its original, one at the office alone."""
    for number, caption in enumerate(("Papan desa binaan dipasang di balai desa", "", "Sesi tanya jawab")):
        random.seed(number)
        drawn = Image.frombytes("RGB", (6, 4), random.randbytes(72)).resize((480, 320), Image.Resampling.BICUBIC)
        out = BytesIO()
        drawn.save(out, "JPEG")
        taken = f"2025-07-03T09:1{number}:00+08:00"
        content = out.getvalue()
        original = None if number else AsTaken("IMG_0712.JPG", bytes(4_213_000))
        made = attach(store, {field: visit, "caption": caption, "taken_at": taken}, content, content, original)
        if number == 1:
            with store.transaction():
                store.blobs.drop(store.queries.get(made).values["sha256"])


def enclosed(store: Store, visit: str) -> None:
    """A decree and the signed list with their files, and a letter without."""
    pdf = b"%PDF-1.7" + bytes(340_000) + b"%%EOF"
    decree = {"visit": visit, "kind": "decree", "number": "W29.IMI.IMI.5-0123", "dated_on": "2025-06-12"}
    enclose(store, decree, pdf, "SK Penetapan Desa Binaan Imigrasi Kotamobagu.pdf")
    enclose(store, {"visit": visit, "kind": "attendance_list", "title": "Daftar hadir"}, pdf * 3, "Daftar hadir.pdf")
    store.put("document", {"visit": visit, "kind": "letter", "title": "Undangan kepala desa"})


def page(store: Store, visit: str) -> None:
    """A page that was photographed and kept with its original."""
    minutes = {"visit": visit, "kind": "other", "title": "Berita acara serah terima"}
    original = AsTaken("IMG_0713.JPG", bytes(3_870_000))
    enclose(store, minutes, b"\xff\xd8\xff" + bytes(231_000), "IMG_0713.jpg", original=original)


def card(folder: Path) -> Path:
    """A camera's card with seven pictures of the day and a broken one."""
    folder.mkdir(parents=True)
    for number in range(7):
        random.seed(number + 40)
        drawn = Image.frombytes("RGB", (6, 4), random.randbytes(72)).resize((1200, 800), Image.Resampling.BICUBIC)
        exif = Image.Exif()
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"2025:07:03 09:1{number}:00"
        drawn.save(folder / f"IMG_{number}.JPG", exif=exif)
    (folder / "IMG_7.JPG").write_bytes((folder / "IMG_6.JPG").read_bytes()[:900])
    return folder


def disputed(town: Town, officer: Seat, visits: dict[str, str]) -> Seat:
    """A clerk and the officer write the same name differently; and a visit is closed before the officer's guest came.
    Returns the clerk's laptop."""
    clerk = town.person("Vivi Tumbelaka", "office_clerk").enrol()
    of = visits["Bongkudai Utara 2025-06-26"]
    with officer.store() as store:
        person = store.put("attendee", {"visit": of, "name": "Budi S."})
        other = store.put("attendee", {"visit": of, "name": "Hartin Simbala", "institution": "Polsek"})
    officer.sync()
    clerk.sync()
    with clerk.store() as store:
        store.put("attendee", {"name": "Budi Santoso"}, person)
        store.put("attendee", {"institution": "Polsek Modayag"}, other)
        store.put("visit", {"signed_off_at": "2025-07-01T09:00+08:00"}, visits["Liberia 2025-06-12"])
    with officer.store() as store:
        store.put("attendee", {"name": "Budi Susanto"}, person)
        store.put("attendee", {"institution": "Polsek Pahandut"}, other)
        store.put("attendee", {"visit": visits["Liberia 2025-06-12"], "name": "Siti Mokoginta"})
    clerk.sync()
    officer.sync()
    return clerk


def mended(clerk: Seat, officer: Seat) -> None:
    """The clerk puts right the guest whom the office had refused the officer, and both exchange. Written as settling
    writes it; the guest is not sent again, since the visit is closed for the clerk, too."""
    clerk.sync()
    with clerk.store() as store:
        (refused,) = store.queries.every(entity("rejected"))
        told = {"settled": "text", "settled_value": '{"name": "Siti Mokoagow"}', "settled_by": "Vivi Tumbelaka"}
        store.put("rejected", told | {"settled_at": store.env.now().isoformat(timespec="seconds")}, refused.id)
    clerk.sync()
    officer.sync()


def secretly_disputed(town: Town, officer: Seat, visits: dict[str, str]) -> tuple[Seat, Seat]:
    """A finding that the officer and Inteldakim wrote differently. Laptops of Inteldakim and of a clerk."""
    intel = town.person("Rudi Makalew", "intel_section").enrol()
    clerk = town.person("Vivi Tumbelaka", "office_clerk").enrol()
    of = visits["Bongkudai Utara 2025-06-26"]
    with officer.store() as store:
        found = store.put("risk_report", {"visit": of, "kind": "tppo", "narrative": "Perekrut rahasia"})
    officer.sync()
    intel.sync()
    with intel.store() as store:
        store.put("risk_report", {"narrative": "Perekrut rahasia dari luar"}, found)
    with officer.store() as store:
        store.put("risk_report", {"narrative": "Perekrut rahasia dari kota"}, found)
    intel.sync()
    officer.sync()
    intel.sync()
    clerk.sync()
    return intel, clerk


def secretly_refused(town: Town, officer: Seat, visits: dict[str, str]) -> tuple[Seat, Seat]:
    """A finding, and a word more in an older one, that the office refuses the officer: the village was taken
    meanwhile. Laptops of Inteldakim and of a clerk."""
    intel = town.person("Rudi Makalew", "intel_section").enrol()
    clerk = town.person("Vivi Tumbelaka", "office_clerk").enrol()
    of = visits["Bongkudai Utara 2025-06-26"]
    with officer.store() as store:
        finding = {"village": village(store, "Bongkudai Utara"), "visit": of, "kind": "tppo"}
        finding["destination_country"] = "Kamboja"
        older = store.put("risk_report", finding | {"narrative": "Perekrut rahasia"})
    officer.sync()
    town.office.unassign(officer.account, "71.10.07.2004")
    with officer.store() as store:
        store.put("risk_report", {"narrative": "Perekrut rahasia dari kota"}, older)
        store.put("risk_report", finding | {"narrative": "Perekrut rahasia yang lain"})
    officer.sync()
    intel.sync()
    clerk.sync()
    return intel, clerk
