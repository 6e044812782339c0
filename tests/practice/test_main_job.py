"""`make run` without a display: the real window, the real office, from the first screen to the signed list's PDF."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pimpasa_desktop import i18n
from pimpasa_desktop.app.walk.hands import Astray, Hands
from pimpasa_desktop.app.walk.main_job import walk
from pimpasa_desktop.app.walk.officer import PEOPLE
from pimpasa_desktop.app.widgets.button import PrimaryButton
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.env import Env
from pimpasa_desktop.practice.ground import Practice
from rig.desk import cheap_machine

UNUSED = {"volunteer", "photo", "material", "referral", "conflict", "rejected"}


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    i18n.use("id")
    yield
    i18n.use("id")


class Kept(Practice):
    """A practice that must not be made anew."""

    def _fill(self, tell: object) -> dict[str, str]:
        raise AssertionError("made anew")


def test_the_main_job_ends_with_a_printed_list_and_is_kept_for_the_next_time(qtbot: QtBot, tmp_path: Path) -> None:
    told: list[str] = []
    out = tmp_path / "walk"
    out.mkdir()
    practice = Practice(tmp_path / "practice", cheap_machine(tmp_path))
    try:
        made = walk(practice, out, told.append)
    finally:
        practice.close()
    said = "\n".join(told)
    for words in ("Mengisi kantor Palangka Raya: Peluncuran Desa Binaan Imigrasi.", "Staf kantor:", "12-ekspor.png"):
        assert words in said
    assert len([path for path in made if path.suffix == ".png"]) == 12
    (pdf,) = [path for path in made if path.suffix == ".pdf"]
    printed = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
    assert "Budi Paputungan" in printed and "KANTOR IMIGRASI KELAS II NON TPI KOTAMOBAGU" in printed
    assert all(person.name in printed for person in PEOPLE if person.name != "Budi Paputungn")
    _again(tmp_path)


def _again(tmp_path: Path) -> None:
    """The same practice, opened once more: nothing is made, the clerk's work is there, every kind of record too."""
    practice = Kept(tmp_path / "practice", cheap_machine(tmp_path))
    try:
        practice.prepare(lambda _done, _steps, _told: None)
        with practice.clerk.reading() as clerk, practice.officer.reading() as officer:
            names = {one.values["name"] for one in clerk.queries.every(entity("attendee"))}
            assert "Budi Paputungan" in names and len(names) > 150
            assert not list(clerk.queries.every(entity("risk_report")))
            assert len(list(officer.queries.every(entity("risk_report")))) == 2
            there = {
                one.name for one in entities() if list(clerk.queries.every(one)) or list(officer.queries.every(one))
            }
            assert there == {one.name for one in entities()} - UNUSED
            (ten,) = [
                one.values
                for one in clerk.queries.every(entity("designation"))
                if len(one.values.get("villages", ())) > 2
            ]
            assert len(ten["villages"]) == 10
    finally:
        practice.close()


def test_a_step_that_leads_nowhere_ends_the_walk_with_a_sentence_and_a_picture(qtbot: QtBot, tmp_path: Path) -> None:
    window = PrimaryButton("Simpan")
    qtbot.addWidget(window)
    window.show()
    hands = Hands(window, tmp_path, Env(), lambda _told: None)
    hands.step = "simpan"
    with pytest.raises(Astray, match='langkah "simpan": "Tersimpan" tidak tampak di layar'):
        hands.see("Tersimpan", seconds=0.05)
    assert [path.name for path in tmp_path.iterdir()] == ["01-tersesat.png"]
