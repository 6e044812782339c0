"""How rows are packed: a column at a time, ids against a short table of origins, numbers as differences.

Columns say themselves how they are packed, so a reader of an older version can take in fields that it does not
know. Decoding trusts nothing: any inconsistency is `Torn`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Any
from uuid import UUID

import msgspec

from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.domain.ids import COUNTER_BITS, compose, parts

# A message has some thousand rows of some twenty cells. Whatever is decoded counts, so that a small body that
# claims much is refused before it costs memory.
CELLS_MAX = 500_000
DEPTH_MAX = 8
_INT_MAX = (1 << 63) - 1
_HIGH_BYTES = bytes(range(0x80, 0x100))
_ABSENT, _PRESENT, _EMPTY, _NULL = 0, 1, 2, 3
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Torn(Exception):
    """The bytes are not what they claim to be."""


class Column(msgspec.Struct, array_like=True):
    """One packed column. `kind`: t text, d id, i integer, b flag, m moment, s set of texts, S set of ids, j JSON.
    `states`: a byte a row (absent, present, "", null), or nothing when every row is present."""

    kind: str
    states: bytes
    streams: Annotated[list[bytes], msgspec.Meta(max_length=4)]


class Table(msgspec.Struct, array_like=True):
    """Rows of one entity: fixed columns by position, fields by name."""

    entity: str
    rows: int
    fixed: Annotated[list[Column], msgspec.Meta(max_length=8)]
    fields: Annotated[dict[str, Column], msgspec.Meta(max_length=500)]


class IdTable(msgspec.Struct, array_like=True):
    """The ids' common parts, named once a message: origins of 10 bytes, whole random ids of 16 bytes."""

    origins: bytes
    whole: bytes


def _varints(numbers: Iterable[int]) -> bytes:
    out = bytearray()
    for number in numbers:
        while number > 0x7F:
            out.append(number & 0x7F | 0x80)
            number >>= 7
        out.append(number)
    return bytes(out)


def _count_varints(data: bytes) -> int:
    return len(data.translate(None, _HIGH_BYTES))


def _read_varints(data: bytes, expected: int) -> list[int]:
    """Exactly so many numbers; counted before they are read."""
    if _count_varints(data) != expected:
        raise Torn("number of numbers")
    if data.isascii():
        return list(data)
    numbers: list[int] = []
    number, shift = 0, 0
    for byte in data:
        number |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            numbers.append(number)
            number, shift = 0, 0
        elif shift > 70:
            raise Torn("number too long")
    if shift:
        raise Torn("number cut off")
    return numbers


def _differences(numbers: Sequence[int]) -> bytes:
    """Zigzag of each number's difference to the one before."""
    steps = (now - before for before, now in zip((0, *numbers), numbers, strict=False))
    return _varints((step << 1) ^ -1 if step < 0 else step << 1 for step in steps)


def _read_differences(data: bytes, expected: int) -> list[int]:
    numbers, last = [], 0
    for zigzag in _read_varints(data, expected):
        last += -((zigzag + 1) >> 1) if zigzag & 1 else zigzag >> 1
        if not -_INT_MAX <= last <= _INT_MAX:
            raise Torn("number too large")
        numbers.append(last)
    return numbers


class IdWriter:
    """Collects the id table of one message while its columns are packed."""

    def __init__(self) -> None:
        self._origins: dict[int, int] = {}
        self._whole: dict[bytes, int] = {}

    def pack(self, ids: Sequence[str]) -> list[bytes]:
        tokens, steps = [], []
        last: dict[int, int] = {}
        for identifier in ids:
            found = parts(identifier)
            if found is None:
                tokens.append(self._whole.setdefault(UUID(identifier).bytes, len(self._whole)) << 1 | 1)
                continue
            tokens.append(self._origins.setdefault(found.origin, len(self._origins)) << 1)
            step = found.counter - last.get(found.origin, 0)
            steps.append((step << 1) ^ -1 if step < 0 else step << 1)
            last[found.origin] = found.counter
        return [_varints(tokens), _varints(steps)]

    def table(self) -> IdTable:
        return IdTable(b"".join(origin.to_bytes(10, "big") for origin in self._origins), b"".join(self._whole))


class IdReader:
    def __init__(self, table: IdTable) -> None:
        if len(table.origins) % 10 or len(table.whole) % 16:
            raise Torn("id table")
        self._origins = [int.from_bytes(table.origins[i : i + 10], "big") for i in range(0, len(table.origins), 10)]
        self._whole = [str(UUID(bytes=table.whole[i : i + 16])) for i in range(0, len(table.whole), 16)]

    def unpack(self, streams: list[bytes], expected: int) -> list[str]:
        tokens = _read_varints(streams[0], expected)
        steps = iter(_read_varints(streams[1], sum(1 for token in tokens if not token & 1)))
        last: dict[int, int] = {}
        ids = []
        for token in tokens:
            index = token >> 1
            if token & 1:
                ids.append(self._whole[index])
                continue
            zigzag = next(steps)
            counter = last.get(index, 0) + (-((zigzag + 1) >> 1) if zigzag & 1 else zigzag >> 1)
            if not 0 <= counter < 1 << COUNTER_BITS:
                raise Torn("counter")
            last[index] = counter
            ids.append(compose(self._origins[index], counter))
        return ids


def _pack_texts(texts: Sequence[str]) -> list[bytes]:
    encoded = [text.encode() for text in texts]
    return [_varints(len(text) for text in encoded), b"".join(encoded)]


def _unpack_texts(streams: list[bytes], expected: int) -> list[str]:
    lengths, data = _read_varints(streams[0], expected), streams[1]
    if sum(lengths) != len(data):
        raise Torn("text lengths")
    texts, start = [], 0
    for length in lengths:
        texts.append(data[start : start + length].decode())
        start += length
    return texts


def _pack_moments(moments: Sequence[str]) -> list[bytes]:
    """Seconds and offset in minutes apart; `_exact` said beforehand that nothing else is in them."""
    read = [datetime.fromisoformat(moment) for moment in moments]
    offsets = [(moment.utcoffset() or timedelta()) // timedelta(minutes=1) for moment in read]
    return [_differences([(moment - _EPOCH) // timedelta(seconds=1) for moment in read]), _differences(offsets)]


def _unpack_moments(streams: list[bytes], expected: int) -> list[str]:
    seconds, offsets = (_read_differences(stream, expected) for stream in streams)
    return [_moment(second, offset) for second, offset in zip(seconds, offsets, strict=True)]


def _moment(second: int, offset: int) -> str:
    zone = timezone(timedelta(minutes=offset))
    return (_EPOCH + timedelta(seconds=second)).astimezone(zone).isoformat(timespec="seconds")


def _exact(moment: object) -> bool:
    """Whether packing a moment gives back the very same text."""
    try:
        read = datetime.fromisoformat(str(moment))
        offset = read.utcoffset()
        return offset is not None and moment == _moment(
            (read - _EPOCH) // timedelta(seconds=1), offset // timedelta(minutes=1)
        )
    except (ValueError, OverflowError):
        return False


class Writer:
    """Packs the tables of one message."""

    def __init__(self) -> None:
        self.ids = IdWriter()

    def table(self, entity: str, fixed: Sequence[tuple[str, Sequence[Any]]], values: Sequence[Values]) -> Table:
        """`fixed`: (kind, one value a row) for what every row has; `values`: the fields that each row names."""
        names = dict.fromkeys(name for row in values for name in row)
        return Table(
            entity,
            len(values),
            [self._packed(kind, b"", cells) for kind, cells in fixed],
            {name: self._field(entity, name, values) for name in names},
        )

    def _field(self, entity: str, name: str, values: Sequence[Values]) -> Column:
        states = bytes(_state(row, name) for row in values)
        cells = [row[name] for row in values if _state(row, name) == _PRESENT]
        return self._packed(_kind(entity, name, cells), b"" if set(states) == {_PRESENT} else states, cells)

    def _packed(self, kind: str, states: bytes, cells: Sequence[Any]) -> Column:
        return Column(kind, states, self._streams(kind, cells))

    def _streams(self, kind: str, cells: Sequence[Any]) -> list[bytes]:
        match kind:
            case "t":
                return _pack_texts(cells)
            case "d":
                return self.ids.pack(cells)
            case "i" | "b":
                return [_differences([int(cell) for cell in cells])]
            case "m":
                return _pack_moments(cells)
            case "s" | "S":
                return self._sets(kind, cells)
        return [msgspec.json.encode(list(cells))]

    def _sets(self, kind: str, cells: Sequence[Any]) -> list[bytes]:
        """Counts of what is added and removed, then all elements one after another. Plain lists are added."""
        plus = [cell["+"] if isinstance(cell, dict) else cell for cell in cells]
        minus = [cell["-"] if isinstance(cell, dict) else [] for cell in cells]
        elements = [item for pair in zip(plus, minus, strict=True) for side in pair for item in side]
        packed = self.ids.pack(elements) if kind == "S" else _pack_texts(elements)
        return [_varints(map(len, plus)), _varints(map(len, minus)), *packed]


def _state(row: Values, name: str) -> int:
    if name not in row:
        return _ABSENT
    if row[name] is None:
        return _NULL
    return _EMPTY if row[name] == "" else _PRESENT


def _kind(entity: str, name: str, cells: Sequence[Any]) -> str:
    """How these cells are packed: by the field's declaration where the cells obey it, else as JSON."""
    declared = REGISTRY[entity].fields.get(name) if entity in REGISTRY else None
    if declared is None:
        return "j"
    wire, of = declared.kind.wire, declared.kind.column
    fits: dict[str, tuple[str, Callable[[Any], bool]]] = {
        "text": ("t", lambda cell: isinstance(cell, str)),
        "id": ("d", _is_id),
        "int": ("b", lambda cell: isinstance(cell, bool)) if of is bool else ("i", _is_small_int),
        "moment": ("m", _exact),
        "many": ("s", lambda cell: _is_set(cell, lambda item: isinstance(item, str))),
        "ids": ("S", lambda cell: _is_set(cell, _is_id)),
    }
    kind, fit = fits[wire]
    return kind if all(map(fit, cells)) else "j"


def _is_set(cell: object, fits: Callable[[object], bool]) -> bool:
    """Whether a cell is a list of fitting elements, or what was added to and removed from one."""
    if isinstance(cell, dict):
        return set(cell) == {"+", "-"} and all(isinstance(side, list) and _is_set(side, fits) for side in cell.values())
    return isinstance(cell, list) and all(map(fits, cell))


def _is_small_int(cell: object) -> bool:
    return type(cell) is int and -_INT_MAX <= cell <= _INT_MAX


def _is_id(cell: object) -> bool:
    try:
        return isinstance(cell, str) and str(UUID(cell)) == cell
    except ValueError:
        return False


_STREAMS = {"t": 2, "d": 2, "i": 1, "b": 1, "m": 2, "s": 4, "S": 4, "j": 1}


def _shallow(value: Any, depth: int) -> bool:
    if not isinstance(value, list | dict):
        return not isinstance(value, int) or -_INT_MAX <= value < 1 << 64  # what msgpack can say again
    inner = value.values() if isinstance(value, dict) else value
    return depth > 0 and all(_shallow(item, depth - 1) for item in inner)


class Reader:
    """Unpacks the tables of one message. `patches`: whether sets come back as patches or as plain lists."""

    def __init__(self, table: IdTable, *, patches: bool) -> None:
        self._ids = IdReader(table)
        self._patches = patches
        self._cells = 0

    def table(self, table: Table, fixed_kinds: str) -> tuple[list[list[Any]], list[Values]]:
        """The fixed columns, of these kinds, and the fields of each row."""
        if "".join(column.kind for column in table.fixed) != fixed_kinds or table.rows < 0:
            raise Torn("fixed columns")
        self._spend(table.rows * (1 + len(table.fixed) + len(table.fields)))
        try:
            fixed = [self._column(column, table.rows) for column in table.fixed]
            rows: list[Values] = [{} for _ in range(table.rows)]
            for name, column in sorted(table.fields.items()):  # an operation is the same whatever it travels with
                self._spread(name, column, rows)
        except (
            ValueError, IndexError, TypeError, OverflowError, StopIteration, RecursionError, msgspec.DecodeError,
        ) as error:  # fmt: skip
            raise Torn(type(error).__name__) from error
        return fixed, rows

    def _spend(self, cells: int) -> None:
        self._cells += cells
        if self._cells > CELLS_MAX:
            raise Torn("too many cells")

    def _spread(self, name: str, column: Column, rows: list[Values]) -> None:
        if not column.states:
            for row, cell in zip(rows, self._column(column, len(rows)), strict=True):
                row[name] = cell
            return
        states = column.states
        if len(states) != len(rows) or max(states, default=0) > _NULL:
            raise Torn("states")
        cells = iter(self._column(column, states.count(_PRESENT)))
        for row, state in zip(rows, states, strict=True):
            if state == _PRESENT:
                row[name] = next(cells)
            elif state != _ABSENT:
                row[name] = "" if state == _EMPTY else None

    def _column(self, column: Column, expected: int) -> list[Any]:
        if len(column.streams) != _STREAMS.get(column.kind):
            raise Torn("streams")
        cells = self._unpacked(column.kind, column.streams, expected)
        if len(cells) != expected:
            raise Torn("column length")
        return cells

    def _unpacked(self, kind: str, streams: list[bytes], expected: int) -> list[Any]:
        match kind:
            case "t":
                return _unpack_texts(streams, expected)
            case "d":
                return self._ids.unpack(streams, expected)
            case "i":
                return _read_differences(streams[0], expected)
            case "b":
                return [bool(number) for number in _read_differences(streams[0], expected)]
            case "m":
                return _unpack_moments(streams, expected)
            case "s" | "S":
                return self._sets(kind, streams, expected)
        return self._json(streams[0])

    def _json(self, stream: bytes) -> list[Any]:
        """Fields that this program does not know. Commas and brackets bound what the decoder will build."""
        self._spend(sum(map(stream.count, (b",", b"[", b"{"))))
        cells: list[Any] = msgspec.json.decode(stream, type=list[Any])
        if not _shallow(cells, DEPTH_MAX):
            raise Torn("depth")
        return cells

    def _sets(self, kind: str, streams: list[bytes], expected: int) -> list[Any]:
        plus, minus = _read_varints(streams[0], expected), _read_varints(streams[1], expected)
        elements = sum(plus) + sum(minus)
        self._spend(elements)
        flat = iter((self._ids.unpack if kind == "S" else _unpack_texts)(streams[2:], elements))
        cells: list[Any] = []
        for added, removed in zip(plus, minus, strict=True):
            both = [[next(flat) for _ in range(count)] for count in (added, removed)]
            cells.append({"+": both[0], "-": both[1]} if self._patches else both[0])
        return cells
