"""A new entity is one new file: nothing else names it, and store, exchange, office and commands know it."""

import ast
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pimpasa_desktop import domain
from pimpasa_desktop.domain import register
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.sync.protocol import messages
from rig.world import BONGKUDAI_UTARA, LaptopRig, OfficeRig, RigEnv

NEW_FILE = '''
"""A bridge on the way to a village."""

from pimpasa_desktop.domain.entity import Level, Record, field
from pimpasa_desktop.domain.kinds import Choice, Count, Flag, Many, Ref, Text


class Bridge(Record, entity="bridge", label="Jembatan", level=Level.C, root="visit"):
    visit: str = field(Ref("visit"), "Kunjungan", required=True)
    name: str = field(Text(80), "Nama", required=True, in_table=True)
    span: int | None = field(Count(), "Panjang (meter)")
    sort: str = field(Choice({"hanging": "Gantung", "ferry": "Rakit"}), "Jenis")
    bears: list[str] = field(Many({"foot": "Pejalan kaki", "motorbike": "Motor"}), "Dapat dilalui")
    closed: bool = field(Flag(), "Ditutup")
'''


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The package has one file more, and the program starts."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "bridge.py").write_text(NEW_FILE, "utf-8")
    monkeypatch.setattr(domain, "__path__", [*domain.__path__, str(tmp_path / "more")])
    importlib.invalidate_caches()
    importlib.reload(register)
    messages._order.cache_clear()
    yield
    del REGISTRY["bridge"], sys.modules["pimpasa_desktop.domain.bridge"], domain.bridge
    messages._order.cache_clear()


@pytest.mark.usefixtures("bridge")
def test_a_new_file_is_stored_sent_and_found_again_and_nothing_else_was_touched(tmp_path: Path) -> None:
    office = OfficeRig(tmp_path / "office", RigEnv("office"))
    officer, clerk = office.account("Petugas", "field_officer"), office.account("Staf", "office_clerk")
    office.assign(officer, BONGKUDAI_UTARA, "Bongkudai Utara")
    here = LaptopRig(tmp_path / "officer", RigEnv("officer"), office, officer)
    there = LaptopRig(tmp_path / "clerk", RigEnv("clerk"), office, clerk)
    visit = here.store.put("visit", {"villages": [here.village()], "starts_at": "2025-07-03T09:00+08:00"})
    raw = {
        "visit": visit,
        "name": "Jembatan Moyag",
        "span": "60",
        "sort": "hanging",
        "bears": ["motorbike", "foot"],
        "closed": True,
    }
    bridge = here.store.put("bridge", raw)
    for laptop in (here, there):
        assert laptop.sync().digests_match
    kept = raw | {"span": 60, "bears": ["foot", "motorbike"]}
    assert here.get(bridge) == there.get(bridge) == kept
    assert there.store.queries.search("moyag", secret=False) == [bridge]
    there.store.put("bridge", {"bears": [], "span": 0}, bridge)
    for laptop in (there, here):
        assert laptop.sync().digests_match
    assert here.get(bridge) == {name: value for name, value in kept.items() if name != "bears"} | {"span": 0}
    assert office.alarms == []
    columns = [row[1:3] for row in here.store._sql.execute("PRAGMA table_info(bridge)")]
    assert ("span", "INTEGER") in columns and ("bears", "TEXT") in columns
    for rig in (here, there, office):
        rig.close()


@pytest.mark.usefixtures("bridge")
def test_a_new_file_has_a_schema_for_commands_and_a_place_in_the_order_of_sending() -> None:
    from pimpasa_desktop.commands.records import _schema

    described = json.loads(json.dumps(_schema(REGISTRY["bridge"])))
    assert described["required"] == ["visit", "name"]
    assert described["properties"]["sort"]["x-labels"] == {"hanging": "Gantung", "ferry": "Rakit"}
    assert messages._order()["bridge"] > messages._order()["visit"]


def test_every_file_that_declares_an_entity_is_in_the_register() -> None:
    declaring = set()
    for path in Path(domain.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and any(keyword.arg == "entity" for keyword in node.keywords):
                declaring |= {
                    k.value.value for k in node.keywords if k.arg == "entity" and isinstance(k.value, ast.Constant)
                }
    assert declaring == {declared.name for declared in entities()}
    assert len(declaring) == 24
