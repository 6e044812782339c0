"""Write what this version writes, for later ones to read: `python -m prior.write NAME` makes tests/prior/NAME.

A laptop that has exchanged and holds two changes and the bytes of a photo that it has not sent, a question that its
clerk and it disagree on, a refusal, and the original of a photo; its office at that moment; the questions that it would
ask and the answers that it would get; and an enrolment file. Everything in it is made up, and but for the certificates
and what encryption salts it comes out the same, byte for byte, each time it is written.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.home import KEY_FILE
from pimpasa_desktop.store.blobs import attach
from pimpasa_desktop.store.keys import KeyFile
from pimpasa_desktop.store.originals import AsTaken
from pimpasa_desktop.store.store import DATABASE, Store
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.joining import join
from pimpasa_desktop.sync.protocol.messages import PROTOCOL, Office
from pimpasa_office.config import KEY
from rig.desk import PASSPHRASE, cheap_machine
from rig.world import BONGKUDAI_UTARA, LaptopRig, Near, OfficeRig, RigEnv

HERE = Path(__file__).parent
ENTITIES = ("village", "visit", "attendee", "risk_report", "follow_up", "photo", "conflict", "rejected")
SENT, WAITING = bytes(range(256)) * 2, bytes(range(255, -1, -1)) * 3  # no pictures: neither store nor wire looks


class Overheard:
    """A line that keeps what was said."""

    def __init__(self, line: Office) -> None:
        self._line = line
        self.said: list[tuple[bytes, bytes]] = []
        self.of_photos: list[tuple[bytes, bytes]] = []

    def exchange(self, body: bytes) -> bytes:
        answer = self._line.exchange(body)
        self.said.append((body, answer))
        return answer

    def blobs(self, body: bytes) -> bytes:
        answer = self._line.blobs(body)
        self.of_photos.append((body, answer))
        return answer

    def enrol(self, body: bytes) -> bytes:
        return self._line.enrol(body)


def write(name: str) -> Path:
    out = HERE / name
    out.mkdir()  # what a version wrote stays as it is
    write_into(out)
    return out


def write_into(out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _write(out, Path(folder))


def _write(out: Path, folder: Path) -> None:
    office = OfficeRig(folder / "office", RigEnv(f"prior office {out.name}"))
    with office.ledger.begin() as books:
        name = books.fact("server_name")
    trust = office._config().authority(office.env, name).ca_pem().decode()
    account = office.account("Deddy", "field_officer")
    clerk = LaptopRig(folder / "clerk", RigEnv("prior clerk"), office, office.account("Vivi", "office_clerk"))
    office.assign(account, BONGKUDAI_UTARA, "Bongkudai Utara")
    file = msgspec.structs.replace(
        office.enrolment(account), addresses=["https://192.0.2.1:8443"], trust=trust, server_name=name
    )
    (out / "enrolment.json").write_bytes(msgspec.json.format(msgspec.json.encode(file)) + b"\n")
    env, laptop = RigEnv(f"prior laptop {out.name}"), folder / "laptop"
    laptop.mkdir()
    key = KeyFile(laptop / KEY_FILE, env, cheap_machine(folder).kdf, None).create(PASSPHRASE)
    line = Overheard(Near(office))
    store = Store(laptop, key, env)
    join(store, file, line)
    exchange(store, line, env)
    visit = _fill(store)
    exchange(store, line, env)
    _disagree(store, visit, line, env, clerk)
    attach(store, {"visit": visit, "caption": "Menunggu"}, WAITING, b"kecil", AsTaken("DSC_0001.JPG", SENT))
    exchange(store, line, env, photos=False)
    store.put("visit", {"theme": "Belum terkirim"}, visit)
    store.put("attendee", {"visit": visit, "name": "Belum Terkirim"})
    (out / "records.json").write_text(json.dumps(records(store), indent=1, ensure_ascii=False) + "\n", "utf-8")
    store.close()
    clerk.close()
    office.ledger.close()
    for path in (laptop / DATABASE, laptop / KEY_FILE, office.path, office.folder / KEY):
        shutil.copy(path, out / path.name)  # closed, each is whole in one file
    with Store(laptop, key, env) as store:
        office.reopen()
        exchange(store, line, env)
        office.close()
        for words, (question, answer) in (("", line.said[-2]), ("photo_", line.of_photos[-1])):
            (out / f"{words}question.bin").write_bytes(question)
            (out / f"{words}answer.bin").write_bytes(answer)
        public = Engine(store, line, env)._key.public_key().public_bytes_raw()
        said = {"protocol": PROTOCOL, "device_public_key": public.hex(), "office_public_key": file.office_key.hex()}
        (out / "keys.json").write_text(json.dumps(said, indent=1) + "\n")


def _fill(store: Store) -> str:
    (village,) = (found.id for found in store.queries.every(REGISTRY["village"]))
    visit = store.put(
        "visit",
        {"villages": [village], "starts_at": "2025-07-03T09:00+08:00", "programme": "DBI", "theme": "Paspor — “aman”"},
    )
    for name in ("Siti Rahma", "I Made ꦩꦢꦺ", "Budi 🌾"):
        store.put("attendee", {"visit": visit, "name": name})
    gone = store.put("attendee", {"visit": visit, "name": "Dihapus"})
    store.delete(gone)
    store.put("risk_report", {"village": village, "kind": "tppo", "narrative": "Perekrut", "indicators": ["A01"]})
    store.put("follow_up", {"visit": visit, "text": "Kembali bulan depan", "due_on": "2025-08-01"})
    attach(store, {"visit": visit, "caption": "Terkirim"}, SENT, b"kecil")
    return visit


def _disagree(store: Store, visit: str, line: Office, env: RigEnv, clerk: LaptopRig) -> None:
    """The clerk and the officer write another obstacle of one visit, and the clerk signs another one off."""
    (village,) = (found.id for found in store.queries.every(REGISTRY["village"]))
    finished = store.put("visit", {"villages": [village], "starts_at": "2025-07-04T09:00+08:00"})
    exchange(store, line, env)
    clerk.sync()
    clerk.store.put("visit", {"obstacles": "Hujan"}, visit)
    clerk.store.put("visit", {"signed_off_at": "2025-07-05T12:00+08:00"}, finished)
    clerk.sync()
    store.put("visit", {"obstacles": "Banjir"}, visit)
    store.put("visit", {"theme": "Terlambat"}, finished)
    exchange(store, line, env)


def exchange(store: Store, line: Office, env: RigEnv, *, photos: bool = True) -> Report:
    report = Report()
    Engine(store, line, env).exchange(report, photos=photos)
    return report


def records(store: Store, entities: Iterable[str] = ENTITIES) -> dict[str, list[dict[str, object]]]:
    return {name: [found.full() for found in store.queries.every(REGISTRY[name])] for name in entities}


if __name__ == "__main__":
    print(write(sys.argv[1]))
