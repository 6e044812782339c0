"""Five events as the press told them (resources/practice, in words of our own), written as records and taken to the office.

Each fact has a field that it belongs in. Hours that nobody reported, the day of the launch in Palangka Raya and the
earlier visit to Gendang Timburu are marked as uncertain (`time_precision`). What is written on the officer's laptop stands on the clerk's, word for word.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from pimpasa_desktop.domain.entity import Level, Values, entity, sparse
from pimpasa_desktop.domain.kinds import Text
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.paths import RESOURCES
from rig.world import LaptopRig, OfficeRig, RigEnv

SEEDS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((RESOURCES / "practice").glob("*.json"))}
# Written by people every day, but in none of the five texts, which the public was meant to read.
NOT_IN_THE_NEWS = {
    "account",
    "assignment",
    "attendee",
    "volunteer",
    "photo",
    "material",
    "risk_report",
    "referral",
    "conflict",
    "rejected",
}


class Scene:
    """An office with one officer and one clerk, and an event written into it."""

    def __init__(self, folder: Path, event: dict[str, Any]) -> None:
        self.office = OfficeRig(folder / "office", RigEnv("office"))
        officer, clerk = self.office.account("Petugas", "field_officer"), self.office.account("Staf", "office_clerk")
        for village in event["villages"].values():
            self.office.assign(officer, village["region_code"], village["name"])
        self.officer = LaptopRig(folder / "officer", RigEnv("officer"), self.office, officer)
        self.clerk = LaptopRig(folder / "clerk", RigEnv("clerk"), self.office, clerk)
        self.names: dict[str, str] = {}
        self.written: dict[str, Values] = {}
        self._office_writes(event)
        self._officer_writes(event["records"])

    def _office_writes(self, event: dict[str, Any]) -> None:
        """The letterhead and what is known of the villages: the clerk's work."""
        self._write(self.clerk, "office", event["office"], self.office.office)
        ids = {found["region_code"]: str(found["id"]) for found in self.clerk.list("village")}
        for name, values in event["villages"].items():
            self.names[name] = ids[values["region_code"]]
            self._write(self.clerk, "village", values, self.names[name])
        self.clerk.sync()
        self.officer.sync()

    def _officer_writes(self, records: list[dict[str, Any]]) -> None:
        for record in records:
            identifier = self._write(self.officer, record["entity"], self._resolved(record["values"]))
            if "as" in record:
                self.names[record["as"]] = identifier

    def _write(self, laptop: LaptopRig, name: str, values: Values, identifier: str = "") -> str:
        identifier = laptop.store.put(name, values, identifier)
        self.written[identifier] = entity(name).read(values)
        return identifier

    def _resolved(self, values: Values) -> Values:
        def one(value: Any) -> Any:
            return self.names[value[1:]] if isinstance(value, str) and value.startswith("@") else value

        return {
            name: [one(v) for v in value] if isinstance(value, list) else one(value) for name, value in values.items()
        }

    def close(self) -> None:
        self.officer.close()
        self.clerk.close()
        self.office.close()


@pytest.mark.parametrize("event", SEEDS)
def test_an_event_that_an_officer_wrote_stands_word_for_word_on_the_clerks_laptop(tmp_path: Path, event: str) -> None:
    scene = Scene(tmp_path, SEEDS[event])
    try:
        there = scene.officer.sync()
        here = scene.clerk.sync()
        assert (there.rejected, there.digests_match, here.digests_match) == (0, True, True)
        assert scene.office.alarms == []
        for identifier, values in scene.written.items():
            at_clerk, at_officer = (laptop.store.queries.get(identifier) for laptop in (scene.clerk, scene.officer))
            assert at_clerk.values == at_officer.values
            assert sparse(values).items() <= at_clerk.values.items()
            assert entity(at_clerk.entity).missing(at_clerk.values) == []
    finally:
        scene.close()


def test_the_five_events_need_every_entity_but_those_that_no_newspaper_prints() -> None:
    used = {record["entity"] for seed in SEEDS.values() for record in seed["records"]} | {"office", "village"}
    assert used == {declared.name for declared in entities()} - NOT_IN_THE_NEWS
    assert len(SEEDS) == 5


def test_no_fact_is_squeezed_into_a_box_of_notes() -> None:
    """A text holds one statement: nothing longer than a sentence or two, and nothing that has a field of its own."""
    for seed in SEEDS.values():
        for record in seed["records"]:
            fields = entity(record["entity"]).fields
            texts = [value for name, value in record["values"].items() if isinstance(fields[name].kind, Text)]
            assert all(len(text) <= 130 for text in texts), record
    assert not [name for declared in entities() for name in declared.fields if name in ("notes", "remarks", "other")]


def test_ten_wards_are_designated_by_one_record_and_earlier_years_by_region_and_number() -> None:
    found = [record["values"] for record in SEEDS["palangka_raya"]["records"] if record["entity"] == "designation"]
    assert [(len(values.get("villages", [])), values.get("village_count"), values["year"]) for values in found] == [
        (10, None, 2025), (0, 1, 2023), (0, 2, 2024),
    ]  # fmt: skip


def test_what_a_newspaper_may_print_is_internal_and_no_more() -> None:
    levels = {
        entity(record["entity"]).level_of(record["values"]) for seed in SEEDS.values() for record in seed["records"]
    }
    assert levels == {Level.C}
