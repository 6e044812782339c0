"""What earlier versions wrote is read by today's code: their files, their questions, their answers."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pimpasa_desktop import __version__
from pimpasa_desktop.domain.operation import Outcome
from pimpasa_desktop.home import KEY_FILE
from pimpasa_desktop.store.keys import KeyFile
from pimpasa_desktop.store.originals import Original
from pimpasa_desktop.store.schema import BEFORE_MIGRATION, SCHEMA
from pimpasa_desktop.store.store import DATABASE, Store
from pimpasa_desktop.sync import engine
from pimpasa_desktop.sync.protocol import blobs, messages
from pimpasa_desktop.sync.protocol.enrolment import EnrolmentFile
from pimpasa_office.config import KEY, Config
from pimpasa_office.safekeeping import verify
from prior.write import HERE, SENT, WAITING, exchange, records, write_into
from rig.desk import PASSPHRASE, cheap_machine
from rig.world import LaptopRig, Near, OfficeRig, RigEnv

VERSIONS = sorted(path.name for path in HERE.iterdir() if (path / "keys.json").exists())
WITH_PHOTOS = [version for version in VERSIONS if (HERE / version / "photo_question.bin").exists()]
WITHOUT_RECEIPTS = ["0.1.0-schema-1", "0.1.0-schema-2", "0.1.0-schema-3"]
SAID = ["question.bin", "answer.bin", "photo_question.bin", "photo_answer.bin", "records.json", "keys.json"]


class Prior:
    """Copies of what one version wrote, opened by today's code."""

    def __init__(self, version: str, folder: Path) -> None:
        self.at, self.folder = HERE / version, folder
        self.env = RigEnv(f"today {version}")
        said = json.loads(self.read("keys.json"))
        self.device_key, self.office_key = (
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(said[name]))
            for name in ("device_public_key", "office_public_key")
        )

    def read(self, name: str) -> bytes:
        return (self.at / name).read_bytes()

    def records(self) -> Any:
        return json.loads(self.read("records.json"))

    def visit(self) -> Any:
        """The one on which two changes wait."""
        return self.records()["visit"][0]

    def shown(self, store: Store) -> Any:
        """What that version knew, as today's code shows it."""
        return records(store, self.records())

    def store(self) -> Store:
        laptop = self._copied("laptop", DATABASE, KEY_FILE)
        key = KeyFile(laptop / KEY_FILE, self.env, cheap_machine(self.folder).kdf, None).open(PASSPHRASE)
        return Store(laptop, key, self.env)

    def office(self) -> OfficeRig:
        return OfficeRig.opened(self._copied("office", "ledger.db", KEY), RigEnv("office of today"))

    def config(self) -> Config:
        folder = self._copied("office", "ledger.db", KEY)
        return Config(folder, folder / KEY)

    def _copied(self, name: str, *files: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        for file in files:
            shutil.copy(self.at / file, folder)
        return folder


@pytest.fixture(params=VERSIONS)
def prior(request: pytest.FixtureRequest, tmp_path: Path) -> Prior:
    return Prior(request.param, tmp_path)


def unsent(prior: Prior) -> tuple[str, str]:
    """The theme and the name that wait on the laptop."""
    return prior.visit()["theme"], prior.records()["attendee"][-1]["name"]


# -- files


def test_the_store_of_an_earlier_version_opens_with_its_passphrase_and_shows_the_same(prior: Prior) -> None:
    with prior.store() as store:
        assert prior.shown(store) == prior.records()
        assert store.queries.pending_count() == 2


@pytest.mark.parametrize("prior", WITHOUT_RECEIPTS, indirect=True)
def test_visits_written_before_there_were_receipts_get_one(prior: Prior) -> None:
    with prior.store() as store:
        due = [root for (root,) in store._sql.execute("SELECT root FROM receipt_due")]
        assert due == [visit["id"] for visit in prior.records()["visit"]]


@pytest.mark.parametrize("prior", WITH_PHOTOS, indirect=True)
def test_photos_of_an_earlier_version_are_there_with_the_original(prior: Prior) -> None:
    sent, waiting = (hashlib.sha256(content).hexdigest() for content in (SENT, WAITING))
    with prior.store() as store:
        assert [photo["sha256"] for photo in prior.shown(store)["photo"]] == [sent, waiting]
        assert [store.blobs.part(sha256, 0) for sha256 in (sent, waiting)] == [SENT, WAITING]
        assert [asked.sha256 for asked in store.blobs.to_send(10, free=True)] == [waiting]
        assert [store.queries.originals.of(sha256) for sha256 in (sent, waiting)] == [
            None,
            Original("DSC_0001.JPG", sent, len(SENT)),
        ]
        assert store.queries.originals.content(waiting) == SENT


def test_the_ledger_of_an_earlier_version_is_whole(prior: Prior) -> None:
    assert "utuh" in verify(prior.config(), prior.env)


def test_an_enrolment_file_of_an_earlier_version_is_read(prior: Prior) -> None:
    file = EnrolmentFile.read(prior.read("enrolment.json"))
    assert file.office_key == prior.office_key.public_bytes_raw()
    assert file.office and file.addresses and file.trust.startswith("-----BEGIN CERTIFICATE-----")


# -- the wire


def test_a_question_of_an_earlier_version_is_decoded(prior: Prior) -> None:
    request = messages.open_request(prior.read("question.bin"), prior.device_key)
    operations = messages.unpack_operations(request.ids, request.operations)
    theme, name = unsent(prior)
    assert [operation.patch.get("theme") or operation.patch.get("name") for operation in operations] == [theme, name]
    assert [operations[0].record, operations[1].patch["visit"]] == [prior.visit()["id"]] * 2


def test_an_answer_of_an_earlier_version_is_decoded(prior: Prior) -> None:
    answer = messages.open_answer(prior.read("answer.bin"), prior.read("question.bin"), prior.office_key)
    assert list(answer.statuses) == [Outcome.CLEAN, Outcome.CLEAN]
    assert (answer.more, answer.compare, len(answer.digest) > 0) == (False, False, True)


def test_a_question_of_an_earlier_version_is_accepted_by_the_office_of_today(prior: Prior) -> None:
    office = prior.office()
    reply = office.service.exchange(prior.read("question.bin"))
    answer = messages.open_answer(reply, prior.read("question.bin"), prior.office_key)
    before = messages.open_answer(prior.read("answer.bin"), prior.read("question.bin"), prior.office_key)
    assert (answer.protocol, answer.statuses) == (before.protocol, before.statuses)
    assert (answer.device, answer.compare) == (b"", False)
    assert office.alarms == []
    office.close()


@pytest.mark.parametrize("prior", WITH_PHOTOS, indirect=True)
def test_a_photo_of_an_earlier_version_is_taken_by_the_office_of_today(prior: Prior) -> None:
    office, question = prior.office(), prior.read("photo_question.bin")
    office.service.exchange(prior.read("question.bin"))
    replies = (office.service.blobs(question), prior.read("photo_answer.bin"))
    assert [blobs.open_reply(reply, question, prior.office_key).held for reply in replies] == [[len(WAITING)]] * 2
    assert office.alarms == []
    office.close()


def test_an_answer_that_comes_after_the_upgrade_is_taken(prior: Prior) -> None:
    answer = messages.open_answer(prior.read("answer.bin"), prior.read("question.bin"), prior.office_key)
    with prior.store() as store:
        offered = messages.in_sending_order(store.offer(10, 10**6))
        taken = store.take(engine._delivery(answer, offered, store.standing))
        assert (taken.accepted, taken.refused, store.queries.pending_count()) == (2, 0, 0)
        assert prior.shown(store) == prior.records()


# -- the matrix


def test_a_laptop_of_an_earlier_version_upgrades_and_sends_what_waited(prior: Prior) -> None:
    office = prior.office()
    with prior.store() as store:
        photos = len(store.blobs.to_send(10, free=True))
        report = exchange(store, Near(office), prior.env)
        assert (report.pushed, report.rejected, report.photos_sent, report.digests_match) == (2, 0, photos, True)
        assert report.requests == (4 if photos else 1)  # what is there, the photo itself, and the receipt that tells it
        assert prior.shown(store) == prior.records()
        receipt = store.queries.receipts.of(prior.visit()["id"])[0]
        assert receipt.proves(prior.office_key)
        assert office.alarms == []
    office.close()


def test_a_laptop_of_an_earlier_version_heals_an_office_restored_from_the_backup_of_that_version(prior: Prior) -> None:
    office = prior.office()
    with prior.store() as store:
        exchange(store, Near(office), prior.env)
        office.restore(shutil.copy(prior.at / "ledger.db", prior.folder / "backup.db"))
        report = exchange(store, Near(office), prior.env)
        assert report.digests_match and report.healed
        assert prior.shown(store) == prior.records()
    office.close()


def test_a_new_laptop_joins_the_office_of_an_earlier_version(prior: Prior) -> None:
    office = prior.office()
    with prior.store() as store:
        exchange(store, Near(office), prior.env)
    account = office.account("Vivi", "office_clerk")
    laptop = LaptopRig(prior.folder / "new", RigEnv("new"), office, account)
    theme, name = unsent(prior)
    assert theme in {row["theme"] for row in laptop.list("visit")}
    assert name in {row["name"] for row in laptop.list("attendee")}
    laptop.close()
    office.close()


# -- this version


def test_the_folder_of_this_version_is_what_it_writes_today(tmp_path: Path) -> None:
    """After a deliberate change of the store or the wire: see the README beside this."""
    prior, today = Prior(__version__, tmp_path), tmp_path / __version__
    with prior.store() as store:
        assert not (store.folder / BEFORE_MIGRATION).exists(), f"its store is older than schema {SCHEMA}"
    today.mkdir()
    write_into(today)
    assert [name for name in SAID if (today / name).read_bytes() != prior.read(name)] == []
