"""Choosing villages: found among all of the country as people write them, and made records where the person may."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.widgets.village_field import OFFERED, OFFERED_MAX, VillageField
from rig.window import Screenful, Seat, Town

Opened = Callable[..., Screenful]


@pytest.fixture
def picker(town: Town, opened: Opened) -> Callable[[Seat], tuple[Screenful, VillageField]]:
    """picker(seat): the program with a new visit on the screen, and the field for its villages."""

    def open_(seat: Seat) -> tuple[Screenful, VillageField]:
        program = opened(seat)
        program.window.go(Place("visit"))
        return program, program.screen.summary.villages.editor

    return open_


def typed(field: VillageField, text: str) -> list[Any]:
    """What is offered once this was typed."""
    field.entry.setText(text)
    field.offer()
    return [field.found.item(at).data(OFFERED) for at in range(field.found.count())]


def clerk(town: Town) -> Seat:
    return town.person("Vivi Tumbelaka", "office_clerk").enrol()


def test_every_village_of_the_country_is_found_own_ones_first_then_those_of_the_same_regency(
    town: Town, officer: Seat, picker: Callable[[Seat], tuple[Screenful, VillageField]]
) -> None:
    _program, field = picker(officer)
    for text in ("bongkudaiutara", "Bongkudai  utara", "BÓNGKUDAI-utara", "mooat, bongkudai utara"):
        assert typed(field, text)[0].path == (
            "Bongkudai Utara, Kec. Mooat, Kab. Bolaang Mongondow Timur, Sulawesi Utara"
        ), text
    offered = typed(field, "tobongon")
    assert offered[0].id
    offered = typed(field, "liberia")
    assert (offered[0].name, bool(offered[0].id)) == ("Liberia", True)
    elsewhere = typed(field, "modayag")
    assert elsewhere[0].id
    assert [one.region_code[:5] for one in elsewhere[1:]] == ["71.10"] * (len(elsewhere) - 1)
    assert [one.name for one in typed(field, "slemanan udanawu")] == ["Slemanan"]
    assert len(typed(field, "a")) == OFFERED_MAX


def test_an_officer_who_chooses_a_village_of_somebody_else_is_told_what_to_do(
    town: Town, officer: Seat, picker: Callable[[Seat], tuple[Screenful, VillageField]]
) -> None:
    program, field = picker(officer)
    typed(field, "slemanan")
    program.bot.keyClick(field.entry, Qt.Key.Key_Return)
    assert field.told.text() == ("Desa ini bukan wilayah Anda. Minta kantor menugaskannya, atau tulis di Tempat lain.")
    assert field.chosen() == []
    typed(field, "xyzzy")
    assert field.found.item(0).text() == "Tidak ada desa yang cocok. Periksa ejaannya, atau tulis di Tempat lain."
    program.bot.keyClick(field.entry, Qt.Key.Key_Escape)
    assert not field.found.isVisible()


def test_a_clerk_chooses_several_and_those_that_were_no_record_are_one_now(
    town: Town, picker: Callable[[Seat], tuple[Screenful, VillageField]]
) -> None:
    program, field = picker(clerk(town))
    for at, text in enumerate(("sengeti", "pembengis", "kawasan tuk-tuk siadong, pulau samosir"), 1):
        typed(field, text)
        program.bot.keyClick(field.entry, Qt.Key.Key_Return)
        program.until(lambda at=at: len(field.chosen()) == at)
    program.until(lambda: program.screen.place.record)
    queries = program.window.context.queries
    program.until(lambda: len(queries.get(program.screen.place.record).values["villages"]) == 3)
    made = {one["name"]: one for one in (queries.get(identifier).values for identifier in field.chosen())}
    assert made["Sengeti"]["region_code"] == "15.05.02.1010"
    assert made["Pembengis"]["region_code"] == "15.06.11.2004"
    assert made["kawasan tuk-tuk siadong"]["location"] == "pulau samosir"
    assert "Sengeti" not in [one.name for one in typed(field, "sengeti sekernan")]
    program.bot.keyClick(field.entry, Qt.Key.Key_Escape)
    program.bot.keyClick(field.entry, Qt.Key.Key_Backspace)
    assert len(field.chosen()) == 2
