"""The file itself: the shape of a fresh one, of an older one, of a newer one, and what happens to each."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.domain.entity import REGISTRY, Level, Record, field
from pimpasa_desktop.domain.ids import compose
from pimpasa_desktop.domain.kinds import Count, Many, Text
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store import schema
from pimpasa_desktop.store.delivery import Delivery
from pimpasa_desktop.store.store import DATABASE, Store
from rig.world import LaptopRig, OfficeRig, RigEnv

GOLDEN = Path(__file__).parents[1] / "golden" / "schema.sql"
KEY = b"l" * 32


def described(store: Store) -> str:
    rows = store._sql.execute(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name"
    )
    return "".join(f"-- {kind} {name}\n{sql};\n\n" for kind, name, sql in rows)


def test_a_fresh_file_has_the_shape_that_was_agreed(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """After a deliberate change: pytest tests/store/test_schema.py --update-golden, and raise SCHEMA."""
    with Store(tmp_path, KEY, RigEnv()) as store:
        found = described(store)
        assert store._sql.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA,)
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(found)
    assert found == GOLDEN.read_text()


def test_opening_a_file_again_changes_nothing(tmp_path: Path) -> None:
    with Store(tmp_path, KEY, RigEnv()) as store:
        first = described(store)
    with Store(tmp_path, KEY, RigEnv()) as store:
        assert described(store) == first
    assert not (tmp_path / schema.BEFORE_MIGRATION).exists()


@pytest.mark.parametrize("readonly", [False, True])
def test_a_file_of_a_newer_program_is_refused_and_left_as_it_is(tmp_path: Path, readonly: bool) -> None:
    with Store(tmp_path, KEY, RigEnv()) as store:
        store._sql.execute(f"PRAGMA user_version = {schema.SCHEMA + 1}")
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(Problem, match="program yang lebih baru"):
        Store(tmp_path, KEY, RigEnv(), readonly=readonly)
    assert (tmp_path / DATABASE).read_bytes() == before


def test_a_reader_does_not_change_the_shape_of_an_older_file(tmp_path: Path) -> None:
    with Store(tmp_path, KEY, RigEnv()) as store:
        store._sql.execute("PRAGMA user_version = 0")
    with pytest.raises(Problem, match="program yang lebih lama"):
        Store(tmp_path, KEY, RigEnv(), readonly=True)


def test_a_refused_file_leaves_the_folder_free(tmp_path: Path) -> None:
    with Store(tmp_path, KEY, RigEnv()) as store:
        store._sql.execute(f"PRAGMA user_version = {schema.SCHEMA + 1}")
    for _again in range(2):
        with pytest.raises(Problem, match="lebih baru"):
            Store(tmp_path, KEY, RigEnv())


class _Interrupted(Exception):
    pass


def test_a_first_start_that_breaks_off_anywhere_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn, calls = schema.learn, []

    def brittle(connection: sqlcipher.Connection, declared: object) -> None:
        calls.append(declared)
        if len(calls) == 3:
            raise _Interrupted
        learn(connection, declared)

    monkeypatch.setattr(schema, "learn", brittle)
    with pytest.raises(_Interrupted):
        Store(tmp_path, KEY, RigEnv())
    with Store(tmp_path, KEY, RigEnv()) as store:
        assert described(store) == GOLDEN.read_text()


# -- a declaration that learns


@pytest.fixture
def older(tmp_path: Path, office: OfficeRig, officer_account: str) -> tuple[LaptopRig, Row]:
    """A laptop that holds a visit with fields which its program does not know."""
    rig = LaptopRig(tmp_path / "older", RigEnv("older"), office, officer_account)
    values = {
        "villages": [rig.village()], "starts_at": "2025-07-03T09:00:00+08:00",
        "weather": "kasuari hujan", "guests": 0, "signs": ["b", "a"], "kept": "tetap",
    }  # fmt: skip
    row = Row("visit", compose(99, 1), 900, rig.account, False, values)
    rig.store.take(Delivery(rig.store.standing, rows=(row,)))
    return rig, row


def learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the program is a newer one."""
    visit = REGISTRY["visit"]
    monkeypatch.setitem(REGISTRY, "visit", visit)
    annotations = dict.fromkeys(visit.fields, object)
    fields = {
        name: field(f.kind, f.label, required=f.required, in_table=f.in_table) for name, f in visit.fields.items()
    }
    new = {
        "weather": field(Text(100), "Cuaca"),
        "guests": field(Count(), "Tamu"),
        "signs": field(Many({"a": "A", "b": "B"}), "Tanda"),
    }
    annotations |= dict.fromkeys(new, object)
    body = {"__annotations__": annotations, **fields, **new, "rules": visit.type.rules}
    type(
        "Visit", (Record,), body, entity="visit", label="Kunjungan", level=Level.C, office="office", villages="villages"
    )
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)


def test_a_field_that_is_learned_becomes_a_column_with_what_was_kept(
    older: tuple[LaptopRig, Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    rig, row = older
    sums = rig.store.queries.sums()
    assert rig.store.queries.search("kasuari", secret=False) == []
    rig.close()
    learned(monkeypatch)
    with Store(rig.folder, KEY, rig.env) as store:
        assert store.queries.get(row.id).values == row.values
        assert store.queries.sums() == sums
        assert store._sql.execute('SELECT weather, guests, signs, extra FROM "visit"').fetchall() == [
            ("kasuari hujan", 0, '["b", "a"]', '{"kept": "tetap"}')
        ]
        assert [found.id for found in store.queries.every(REGISTRY["visit"], {"signs": "b", "guests": "0"})] == [row.id]
        assert store.queries.search("kasu", secret=False) == [row.id]
        columns = [name for _n, name, *_rest in store._sql.execute('PRAGMA table_info("visit")')]
        assert columns[-3:] == ["weather", "guests", "signs"]


def test_a_copy_of_the_older_file_is_kept_and_only_the_last(
    older: tuple[LaptopRig, Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    rig, row = older
    rig.close()
    copy = rig.folder / schema.BEFORE_MIGRATION
    copy.write_bytes(b"an older copy")
    learned(monkeypatch)
    Store(rig.folder, KEY, rig.env).close()
    with Store(rig.folder, KEY, rig.env):
        pass
    kept = sqlcipher.connect(copy, KEY, readonly=True)
    assert kept.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA - 1,)
    assert kept.execute("SELECT count(*) FROM record WHERE id = ?", (row.id,)).fetchone() == (1,)
    kept.close()
    assert sorted(path.name for path in rig.folder.iterdir() if "before" in path.name) == [copy.name]


def test_a_migration_that_fails_leaves_the_older_file_whole(
    older: tuple[LaptopRig, Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    rig, row = older
    shape = described(rig.store)
    rig.close()
    with monkeypatch.context() as newer:
        learned(newer)
        newer.setattr(schema, "_index_again", lambda *arguments: (_ for _ in ()).throw(_Interrupted()))
        with pytest.raises(_Interrupted):
            Store(rig.folder, KEY, rig.env)
    with Store(rig.folder, KEY, rig.env) as store:
        assert described(store) == shape
        assert store.queries.get(row.id).values == row.values


def test_the_file_says_nothing_without_its_key(tmp_path: Path) -> None:
    with Store(tmp_path, KEY, RigEnv()):
        pass
    with closing(sqlite3.connect(tmp_path / DATABASE)) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM sqlite_master").fetchall()
