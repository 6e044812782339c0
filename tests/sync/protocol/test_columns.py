"""Tables come back as they were packed; bytes that are not what they claim to be are Torn, soon and cheaply."""

import tracemalloc
from time import process_time
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.domain.operation import Action, Operation
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.sync.protocol import columns, messages
from pimpasa_desktop.sync.protocol.columns import Column, IdTable, Table, Torn, Writer

ID = "85426a12-548e-4ff7-9d55-c282821b3ef0"
NO_IDS = IdTable(b"", b"")


def sent(tables: list[Table], ids: IdTable) -> tuple[IdTable, list[Table]]:
    return msgspec.msgpack.decode(msgspec.msgpack.encode((ids, tables)), type=tuple[IdTable, list[Table]])


def there_and_back(rows: list[Row]) -> list[Row]:
    writer = Writer()
    tables = messages.pack_rows(writer, rows)
    return messages.unpack_rows(*sent(tables, writer.ids.table()))


def operations_there_and_back(operations: list[Operation]) -> list[Operation]:
    writer = Writer()
    tables = messages.pack_operations(writer, operations)
    return messages.unpack_operations(*sent(tables, writer.ids.table()))


@given(st.lists(strategies.rows(), max_size=8))
def test_rows_of_any_entity_come_back_as_they_were(rows: list[Row]) -> None:
    assert there_and_back(rows) == rows


@given(st.lists(strategies.operations(), max_size=8))
def test_operations_of_any_kind_come_back_as_they_were(operations: list[Operation]) -> None:
    assert operations_there_and_back(operations) == operations


def operation(patch: dict[str, Any], entity: str = "attendee") -> Operation:
    return Operation(ID, entity, ID, Action.PUT, 0, patch, 0)


@pytest.mark.parametrize(
    ("entity", "patch"),
    [
        ("attendee", {"name": "", "phone": "", "minor": False}),
        ("attendee", {"name": None}),
        ("attendee", {"tomorrow": 0, "why": None, "how": "", "what": [], "that": {"a": [1.5]}}),
        ("attendee", {"name": 12, "visit": "not an id", "minor": "ya"}),
        ("visit", {"villages": {"+": [], "-": []}}),
        ("visit", {"villages": {"+": [ID, "ffffffff-ffff-8fff-ffff-ffffffffffff"], "-": [ID]}}),
        ("visit", {"villages": {"+": ["not an id"], "-": []}}),
        ("visit", {"starts_at": "0001-01-01T00:00:00+14:00", "ends_at": "9999-12-31T23:59:59-12:00"}),
        ("visit", {"starts_at": "2025-07-03T09:00:00+08:00:30"}),
        ("visit", {"starts_at": "2025-07-03T09:00:00Z"}),
        ("risk_report", {"indicators": {"+": ["A01", "sign of tomorrow"], "-": []}}),
        ("risk_report", {"indicators": "A01"}),
        ("entity_of_tomorrow", {"a": "b", "n": 2**63}),
    ],
)  # fmt: skip
def test_values_that_the_declaration_does_not_expect_come_back_all_the_same(entity: str, patch: dict[str, Any]) -> None:
    assert operations_there_and_back([operation(patch, entity)]) == [operation(patch, entity)]
    mixed = [operation(patch, entity), operation({}, entity), operation(patch, entity)]
    assert operations_there_and_back(mixed) == mixed


def test_an_operation_is_the_same_to_the_byte_whatever_it_travels_with() -> None:
    """The office knows an operation that comes again by the hash of its bytes."""
    one = operation({"sex": "L", "name": "Ani", "phone": ""})
    other = operation({"phone": "+6281234567890", "name": None, "sex": 5})
    alone, together = operations_there_and_back([one]), operations_there_and_back([other, one])
    assert msgspec.msgpack.encode(alone[0], enc_hook=str) == msgspec.msgpack.encode(together[1], enc_hook=str)


def test_huge_numbers_and_counters_survive() -> None:
    row = Row("visit", "ffffffff-ffff-8fff-bfff-ffffffffffff", (1 << 63) - 1, ID, True, {})
    assert there_and_back([row, Row("visit", ID, 0, ID, False, {}), row]) == [
        row,
        Row("visit", ID, 0, ID, False, {}),
        row,
    ]


def test_an_id_of_the_same_program_run_costs_a_byte_or_two() -> None:
    from pimpasa_desktop.domain.ids import compose

    def size(count: int) -> int:
        writer = Writer()
        ids = [compose(5, counter) for counter in range(count)]
        return sum(map(len, writer.ids.pack(ids))) + len(writer.ids.table().origins)

    assert size(1000) <= 10 + 2 * 1000


@given(st.lists(st.integers(0, (1 << 70) - 1)))
def test_varints_come_back(numbers: list[int]) -> None:
    assert columns._read_varints(columns._varints(numbers), len(numbers)) == numbers


@given(st.lists(st.integers(-(1 << 63) + 1, (1 << 63) - 1)))
def test_differences_come_back(numbers: list[int]) -> None:
    assert columns._read_differences(columns._differences(numbers), len(numbers)) == numbers


@given(st.binary(max_size=40), st.integers(0, 5))
def test_any_bytes_are_varints_or_torn(data: bytes, expected: int) -> None:
    try:
        numbers = columns._read_varints(data, expected)
    except Torn:
        return
    assert len(numbers) == expected


# -- hostile tables

column = st.builds(
    Column,
    st.sampled_from(["t", "d", "i", "b", "m", "s", "S", "j", "x", ""]),
    st.binary(max_size=4),
    st.lists(st.binary(max_size=12) | st.just(b"[]") | st.just(b"[1]"), max_size=4),
)
tables = st.builds(
    Table,
    st.sampled_from([*REGISTRY, "?"]),
    st.integers(-2, 5) | st.sampled_from([10**6, 10**9, 1 << 62]),
    st.lists(column, max_size=5),
    st.dictionaries(st.sampled_from(["name", "villages", "$deleted", "?"]), column, max_size=3),
)
id_tables = st.builds(IdTable, st.binary(max_size=25), st.binary(max_size=33))


@given(id_tables, st.lists(tables, max_size=3))
def test_any_table_is_rows_or_torn(ids: IdTable, hostile: list[Table]) -> None:
    for unpack in (messages.unpack_rows, messages.unpack_operations):
        try:
            unpack(ids, hostile)
        except Torn:
            pass


@given(st.data(), st.lists(strategies.operations(), min_size=1, max_size=4))
def test_a_packed_message_with_changed_bytes_is_a_message_or_torn(data: st.DataObject, found: list[Operation]) -> None:
    writer = Writer()
    packed = messages.pack_operations(writer, found)
    body = bytearray(msgspec.msgpack.encode((writer.ids.table(), packed)))
    for _change in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "grow"])):
            case "flip":
                body[place] = data.draw(st.integers(0, 255))
            case "cut":
                del body[place : place + data.draw(st.integers(1, 9))]
            case "grow":
                body[place:place] = data.draw(st.binary(min_size=1, max_size=5))
        body = body or bytearray(b"\x00")
    try:
        ids, hostile = msgspec.msgpack.decode(bytes(body), type=tuple[IdTable, list[Table]])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return
    try:
        read = messages.unpack_operations(ids, hostile)
    except Torn:
        return
    assert all(op.base >= 0 and isinstance(op.id, str) and isinstance(op.at, int) for op in read)


def text_column(*texts: str) -> Column:
    return Column("t", b"", columns._pack_texts(texts))


def fixed(rows: int) -> list[Column]:
    """Well-formed fixed columns of operations."""
    zeros = bytes(rows)
    return [Column("d", b"", [b"\x01" * rows, b""]), Column("d", b"", [b"\x01" * rows, b""]), *(
        Column("i", b"", [zeros]) for _ in range(3)
    )]  # fmt: skip


def one(column: Column) -> Table:
    """A row with that column."""
    return Table("visit", 1, fixed(1), {"x": column})


ONE_ID = IdTable(b"", bytes(16))
MEGA = 1 << 20

BOMBS = {
    "a thousand million rows without a column": Table("visit", 10**9, [], {}),
    "a thousand million rows of nothing": Table("visit", 10**9, fixed(0), {}),
    "less than no rows": Table("visit", -1, fixed(0), {}),
    "more numbers than rows": one(Column("t", b"", [bytes(16 * MEGA), b""])),
    "a number without an end": one(Column("b", b"", [b"\xff" * (8 * MEGA)])),
    "more elements than a set has": one(Column("s", b"", [b"\x01", b"\x00", bytes(8 * MEGA), b""])),
    "a set that claims 2^60 elements": one(Column("S", b"", [b"\xff" * 8 + b"\x0f", b"\x00", b"", b""])),
    "lists in JSON": one(Column("j", b"", [b"[[" + b"[]," * (4 * MEGA) + b"[]]]"])),
    "brackets in JSON": one(Column("j", b"", [b"[" * (8 * MEGA)])),
    "depth in JSON": one(Column("j", b"", [b"[" * 60 + b"]" * 60])),
    "half a character": one(Column("t", b"", [b"\x01", b"\xc3"])),
    "a lone surrogate": one(Column("t", b"", [b"\x03", b"\xed\xa0\x80"])),
    "a moment beyond time": one(Column("m", b"", [b"\xfe\xff\xff\xff\xff\xff\xff\x0f", b"\x00"])),
    "an offset of a year": one(Column("m", b"", [b"\x00", b"\xfe\xff\xff\x0f"])),
    "an id that is not in the table": one(Column("d", b"", [b"\x05", b""])),
    "an origin that is not in the table": one(Column("d", b"", [b"\x00", b"\x00"])),
    "a counter below zero": one(Column("d", b"", [b"\x00", b"\x01"])),
    "steps left over": one(Column("d", b"", [b"\x01", b"\x00\x00"])),
    "an unknown state": one(Column("i", b"\x04", [b""])),
    "states for other rows": one(Column("i", b"\x01\x01", [b"\x00\x00"])),
    "a stream too few": one(Column("t", b"", [b"\x00"])),
    "a number beyond 64 bits": one(Column("i", b"", [b"\xfe" + b"\xff" * 8 + b"\x7f"])),
    "texts for numbers": Table("visit", 1, [*fixed(1)[:2], text_column("put"), *fixed(1)[3:]], {}),
    "JSON for ids": Table("visit", 1, [Column("j", b"", [b"[[1]]"]), *fixed(1)[1:]], {}),
    "an action that nobody knows": Table("visit", 1, [*fixed(1)[:2], Column("i", b"", [b"\x08"]), *fixed(1)[3:]], {}),
    "a base below zero": Table("visit", 1, [*fixed(1)[:3], Column("i", b"", [b"\x01"]), *fixed(1)[4:]], {}),
    "a fixed column too many": Table("visit", 1, [*fixed(1), Column("i", b"", [b"\x00"])], {}),
    "a fixed column with states": Table("visit", 1, [Column("d", b"\x00", [b"", b""]), *fixed(1)[1:]], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_table_is_torn_soon_and_costs_little(name: str) -> None:
    tracemalloc.start()
    began = process_time()
    with pytest.raises(Torn):
        messages.unpack_operations(ONE_ID, [BOMBS[name]])
    took, (_now, peak) = process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 2
    assert peak < 50 * MEGA


def test_many_tables_share_one_bound() -> None:
    table = Table("visit", 20_000, fixed(20_000), {})
    assert len(messages.unpack_operations(ONE_ID, [table])) == 20_000
    with pytest.raises(Torn):
        messages.unpack_operations(ONE_ID, [table] * 5)


def test_a_reader_of_yesterday_takes_in_a_field_of_today() -> None:
    """Columns say how they are packed: the reader need not know the field."""
    writer = Writer()
    table = messages.pack_rows(
        writer, [Row("visit", ID, 1, ID, False, {"nil": True, "villages": [ID], "venue": "Balai"})]
    )[0]
    renamed = Table(
        "entity_of_tomorrow", table.rows, table.fixed, {f"new_{name}": c for name, c in table.fields.items()}
    )
    (row,) = messages.unpack_rows(writer.ids.table(), [renamed])
    assert row.values == {"new_nil": True, "new_villages": [ID], "new_venue": "Balai"}


def test_packing_a_week_is_quick() -> None:
    """Guards against a quadratic slip, not a figure: 2,000 attendees in far less than two seconds."""
    values = {"visit": ID, "name": "Budi Santoso", "phone": "+6281234567890", "stakeholder_group": "warga"}
    rows = [Row("attendee", ID, number, ID, False, values) for number in range(2_000)]
    began = process_time()
    assert len(there_and_back(rows)) == 2_000
    assert process_time() - began < 2
