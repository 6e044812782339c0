"""`make run` without a window: the main job from start to end, on real commands, told in Indonesian.

An office is made, an officer records a visit while it is down, one exchange, and the office's clerk prints the
attendance list; then the four other events of resources/practice. Everything lies under out/, is made anew each
time, and nothing is left running.
"""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pimpasa_desktop.i18n import use
from pimpasa_desktop.paths import RESOURCES
from pimpasa_desktop.practice import Laptop, Office, Stopped
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.regions import Regions

EVENTS = RESOURCES / "practice"
PASSPHRASE = "kebun pala di tepi danau"
CLERK = "Vivi Tumbelaka"

Values = dict[str, Any]
Tell = Callable[[str], None]


def main() -> int:
    use("id")
    try:
        walk(Path("out"), lambda line: print(line, flush=True))
    except (Problem, Stopped) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    return 0


def walk(out: Path, tell: Tell, office_at: Callable[[Path], Office] = Office) -> None:
    """Raises Problem or Stopped where the job does not go as it should."""
    practice, results = out / "practice", out / "walk"
    for old in (practice, results):
        shutil.rmtree(old, ignore_errors=True)
        old.mkdir(parents=True)
    secret = practice / "passphrase"
    secret.touch(mode=0o600)
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    events: list[Values] = json.loads((EVENTS / "events.json").read_text(encoding="utf-8"))
    office = office_at(practice / "office")
    try:
        _Walk(practice, results, secret, events, office, tell).run()
    finally:
        office.close()


class _Walk:
    def __init__(
        self, practice: Path, results: Path, secret: Path, events: list[Values], office: Office, tell: Tell
    ) -> None:
        self._practice, self._results, self._secret = practice, results, secret
        self._events, self._office, self._tell = events, office, tell
        self._offices: dict[str, str] = {}

    def run(self) -> None:
        main, *others = self._events
        tell = self._tell
        tell("PIMPASA Desktop: pekerjaan utama, dari awal sampai akhir, dengan data latihan.\n")
        self._found()
        writers = {event["office"]: self._writer(event) for event in self._events if event["writer"]}
        clerk = self._clerk()
        officer = writers[main["office"]]

        tell("\nPetugas di desa, kantor tidak terjangkau:")
        self._office.stop()
        (visit,) = self._record(officer, main)
        trouble = officer.sync(expect_success=False)["problem"]
        tell(f"  Mencoba mengirim: {trouble}")

        tell("\nKantor terhubung lagi:")
        self._office.start()
        self._sent(officer)
        self._received(clerk, officer, [visit])
        tell("  Temuan tidak ikut: itu urusan PIMPASA dan Inteldakim.")

        for event in others:
            self._other(event, writers.get(event["office"], clerk), clerk)
        self._documents(clerk, visit)
        self._office.stop()
        tell("\nSelesai. Semua yang dijalankan sudah dihentikan.")
        tell(f"Data latihan: {self._practice} (kata sandi dalam {self._secret})")

    # -- before the journey

    def _found(self) -> None:
        main, *others = self._events
        self._office.found(main["office"], main["class"])
        self._offices = {event["office"]: self._office.add(event["office"], event["class"]) for event in others}
        self._offices[main["office"]] = next(iter(set(self._office.every()) - set(self._offices.values())))
        url = self._office.start()
        self._tell(f"Kantor Imigrasi {main['office']} dibuat dan melayani lewat TLS di {url}.")

    def _writer(self, event: Values) -> Laptop:
        """The officer who records this event, on a laptop of his own."""
        writer = event["writer"]
        account = self._office.account(writer["name"], writer["role"], [self._offices[event["office"]]])
        villages = [self._office.assign(account, code) for code in event["villages"]]
        is_main = event is self._events[0]
        laptop = self._enrolled(account, "officer" if is_main else f"officer-{_plain(event['office'])}")
        if is_main:
            self._tell(f"PIMPASA {writer['name']} terdaftar, desa binaan: {'; '.join(villages)}.")
        return laptop

    def _clerk(self) -> Laptop:
        """One clerk looks after all offices of the practice, and keeps their letterheads."""
        account = self._office.account(CLERK, "office_clerk", list(self._offices.values()))
        clerk = self._enrolled(account, "clerk")
        clerk.put("office", [{"id": self._offices[event["office"]], **_letterhead(event)} for event in self._events])
        clerk.sync()
        self._tell(f"Staf kantor {CLERK} terdaftar dan mengisi kop surat.")
        return clerk

    def _enrolled(self, account: str, folder: str) -> Laptop:
        laptop = Laptop(self._practice / folder, self._secret)
        file = self._practice / f"{folder}.enrol.json"
        self._office.enrol(account, file)
        laptop.run("enrol", str(file))
        file.unlink()
        return laptop

    # -- an event

    def _record(self, laptop: Laptop, event: Values) -> list[str]:
        villages = {record["region_code"]: record["id"] for record in laptop.list("village")}
        visits = []
        for planned in event["visits"]:
            values = {
                "office": self._offices[event["office"]],
                "villages": [villages[code] for code in planned["villages"]],
                **planned["values"],
            }
            (visit,) = laptop.put("visit", [values])
            attendees = json.loads(
                laptop.run("import", "attendees", "--visit", visit, str(EVENTS / planned["attendees"]))
            )["imported"]
            told = f"  {values['theme']}: {attendees} orang hadir"
            if planned.get("risk"):
                (risk,) = laptop.put("risk_report", [_of_visit(planned["risk"], visit, values["villages"][0])])
                found = json.loads(laptop.run("record", "get", "risk_report", risk))
                told += f", 1 temuan ({len(found['indicators'])} tanda, tingkat dihitung di laptop)"
            follow_ups = [{"visit": visit, **values} for values in planned.get("follow_ups", ())]
            laptop.put("follow_up", follow_ups)
            told += f", {len(follow_ups)} tindak lanjut" if follow_ups else ""
            self._tell(told + "; tersimpan.")
            visits.append(visit)
        return visits

    def _sent(self, laptop: Laptop) -> None:
        told = laptop.sync()
        self._tell(
            f"  Satu pertukaran: {told['pushed']} catatan terkirim dalam {told['requests']} permintaan, "
            f"{_number(told['bytes_sent'])} byte keluar, {_number(told['bytes_received'])} byte masuk "
            f"(jabat tangan TLS {_number(told['bytes_handshake'])} byte); isi kedua sisi sama."
        )

    def _received(self, clerk: Laptop, writer: Laptop, visits: list[str]) -> None:
        told = clerk.sync()
        here = 0
        for visit in visits:
            sent, received = (laptop.list("attendee", visit=visit) for laptop in (writer, clerk))
            if sent != received:
                raise Stopped(f"Staf kantor menerima {len(received)} dari {len(sent)} peserta.")
            here += len(received)
        if clerk.list("risk_report"):
            raise Stopped("Temuan sampai kepada staf kantor.")
        self._tell(f"  Staf kantor menerima {told['pulled']} catatan, di antaranya {here} peserta, semuanya sama.")

    def _other(self, event: Values, writer: Laptop, clerk: Laptop) -> None:
        self._tell(f"\nKantor Imigrasi {event['class']} {event['office']}:")
        if not event["writer"]:
            regions = Regions()
            named = [(code, region.name) for code in event["villages"] if (region := regions.village(code))]
            office = self._offices[event["office"]]
            clerk.put("village", [{"office": office, "region_code": code, "name": name} for code, name in named])
            self._tell(f"  {len(named)} kelurahan dicatat sekaligus.")
        visits = self._record(writer, event)
        self._sent(writer)
        if writer is not clerk:
            self._received(clerk, writer, visits)
        for visit, planned in zip(visits, event["visits"], strict=True):
            self._export(clerk, visit, f"daftar-hadir-{planned['attendees'].removesuffix('.csv')}.pdf")

    # -- documents

    def _documents(self, clerk: Laptop, visit: str) -> None:
        self._tell("\nDokumen di tangan staf kantor:")
        self._export(clerk, visit, "daftar-hadir-bongkudai-utara.pdf")
        options = ("--variant", "public", "--paper", "F4", "--landscape")
        self._export(clerk, visit, "daftar-hadir-bongkudai-utara-umum.pdf", *options)
        for path in sorted(self._results.glob("*.pdf")):
            self._tell(f"  {path.resolve()}")

    def _export(self, clerk: Laptop, visit: str, name: str, *options: str) -> None:
        clerk.run("export", "attendance", "--visit", visit, "--out", str(self._results / name), *options)


def _letterhead(event: Values) -> Values:
    lines = {name: event[name] for name in ("ministry", "regional_office", "city", "head_name") if name in event}
    return lines | {"address": f"Jalan Contoh Nomor 1, {event['city']}"}


def _of_visit(risk: Values, visit: str, village: str) -> Values:
    return {"visit": visit, "village": village, **risk}


def _plain(name: str) -> str:
    return name.lower().replace(" ", "-")


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


if __name__ == "__main__":
    sys.exit(main())
