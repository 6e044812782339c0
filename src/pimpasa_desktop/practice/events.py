"""The five events of the practice as resources/practice tells them: offices, villages, records, and what was invented.

Records stand in the order in which they are written; "@name" in a value is the id of the record written as `name`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.paths import RESOURCES

FOLDER = RESOURCES / "practice"
ORDER = ("kotamobagu", "kuala_tungkal", "blitar", "palangka_raya", "batulicin")  # the first is the officer's own


@dataclass(frozen=True)
class Event:
    """`writer`: the officer who writes it down, "" where the clerk does; `more_villages`: others that he looks after;
    `attendees`: a list of names for each visit; `invented`: records that no newspaper told."""

    office: Values
    villages: dict[str, Values]
    records: list[Values]
    writer: str
    more_villages: dict[str, str]
    attendees: dict[str, Path]
    invented: list[Values]

    @property
    def name(self) -> str:
        return str(self.office["name"])

    @property
    def visit(self) -> Values:
        """What it is about: the visit that is written as "visit"."""
        (found,) = (dict(record["values"]) for record in self.records if record.get("as") == "visit")
        return found

    @property
    def codes(self) -> list[str]:
        """The area codes of all its villages, its own first."""
        return [*(str(values["region_code"]) for values in self.villages.values()), *self.more_villages.values()]


def events() -> tuple[Event, ...]:
    return tuple(_event(FOLDER / f"{name}.json") for name in ORDER)


def _event(path: Path) -> Event:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    invented = told["invented"]
    return Event(
        told["office"],
        told["villages"],
        told["records"],
        invented["writer"],
        invented["more_villages"],
        {visit: FOLDER / file for visit, file in invented["attendees"].items()},
        invented["records"],
    )


def fingerprint() -> str:
    """Another one when any file of the events is another."""
    summed = sha256()
    for path in sorted(FOLDER.iterdir()):
        summed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return summed.hexdigest()


def resolved(values: Values, names: Mapping[str, str]) -> Values:
    """The values with each "@name" as the id that it stands for."""

    def one(value: Any) -> Any:
        return names[value[1:]] if isinstance(value, str) and value.startswith("@") else value

    return {
        name: [one(part) for part in value] if isinstance(value, list) else one(value) for name, value in values.items()
    }
