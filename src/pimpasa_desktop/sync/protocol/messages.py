"""The messages of an exchange, their bytes and their signatures.

A request is `device id (16) · signature (64) · packed(Request)`, signed by the device's key. An answer is
`signature (64) · packed(Answer)`, signed by the office's key over the request's hash as well, so that no answer fits
another question. Packed is msgpack without the last fields that say nothing, as a zstd frame where that is shorter.
Lengths are bounded before anything is decoded.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Annotated, Any, Protocol, TypeVar
from uuid import UUID

import msgspec
from backports import zstd
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pimpasa_desktop.domain import hashing
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.operation import Action, Operation
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.domain.row import Row, Whereabouts
from pimpasa_desktop.domain.visit import seals
from pimpasa_desktop.paths import RESOURCES
from pimpasa_desktop.sync.protocol.attempts import ATTEMPTS_MAX, MARK_BYTES
from pimpasa_desktop.sync.protocol.columns import IdTable, Reader, Table, Torn, Writer

PROTOCOL = 1
BODY_MAX = 8 << 20
REQUEST_PLAIN_MAX = 16 << 20  # from any laptop; a request carries half a megabyte of patches
WANTED_MAX = 100
ANSWER_PLAIN_MAX = 64 << 20  # from the laptop's own office, by whose key it is signed
_WINDOW_LOG_MAX = 26
_LEVEL = 19
_FRAME = b"\x28\xb5\x2f\xfd"  # begins every zstd frame, and no msgpack array
_SKIP = 1  # the msgpack extension that stands for untold fields
_SKIPPED = b"\xd4\x01"  # how it begins, with one byte behind it
_ACTIONS = [Action.PUT, Action.DELETE, Action.RESTORE, Action.HEAL]


class Office(Protocol):
    """The office as a laptop of its own sees it, in process or at the other end of a line: bytes in, bytes out."""

    def exchange(self, body: bytes) -> bytes: ...

    def blobs(self, body: bytes) -> bytes: ...


Tables = Annotated[list[Table], msgspec.Meta(max_length=200)]
RawId = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]


def _no_ids() -> IdTable:
    return IdTable(b"", b"")


class Request(msgspec.Struct, array_like=True):
    """What a laptop says. `turn` is the office's last word to it, `epoch` the office's life that it knows,
    `cursor` (opaque) how far it has received; `schema` which kinds of records it knows (see `Entity.since`). `wanted`:
    visits of which it wants a receipt, beside those on which it brings something. `carried`: how many questions of
    this exchange were answered, so that a line that holds gets larger pages. `reached`: the last cursor of all, where
    `cursor` is another: everything is compared, or only a part of an answer was taken. `attempts`: marks of what the
    questions brought that were not answered since the last one that was."""

    protocol: int
    schema: int
    epoch: bytes
    turn: bytes
    cursor: bytes
    ids: IdTable = msgspec.field(default_factory=_no_ids)
    operations: Tables = []
    wanted: Annotated[list[RawId], msgspec.Meta(max_length=WANTED_MAX)] = []
    carried: int = 0
    reached: bytes = b""
    attempts: Annotated[bytes, msgspec.Meta(max_length=ATTEMPTS_MAX * MARK_BYTES)] = b""


class Answer(msgspec.Struct, array_like=True):
    """What the office answers. `outcomes` stand in the order of the request's operations: a status each, then the
    numbers given to the accepted ones. `inline`: records as they now stand for operations that did not come out as
    the laptop expects, and tray records; `rows`: what changed since the cursor. `forget`: roots that left the
    laptop's buckets. `device`: a new name for a laptop that turned out to be a copy, else empty. `buckets`: all
    open buckets, when they differ from what the cursor knows. `digest` holds once `more` is false. `compare`: the
    laptop is to go through everything once (see docs/protocol.md); `lost` then says which numbers an office that was
    set back gave and knows no more, as pairs: after, before. `epoch` and `cursor` are empty while they are as the
    laptop said. What is rarely said stands last, because then it costs nothing.

    Receipts (see receipts.py): of the visits of these operations, by their place in the question, or of those that it
    wanted, counted on from there; `photos` of each, none where it is empty; the office's time and its signature."""

    protocol: int
    turn: bytes
    digest: bytes = b""
    cursor: bytes = b""
    statuses: bytes = b""
    numbers: list[int] = []
    ids: IdTable = msgspec.field(default_factory=_no_ids)
    rows: Tables = []
    more: bool = False
    inline: Tables = []
    forget: list[bytes] = []
    buckets: list[str] | None = None
    addresses: list[str] | None = None
    compare: bool = False
    epoch: bytes = b""
    device: bytes = b""
    lost: list[int] = []
    receipts: list[int] = []
    receipts_at: int = 0
    receipts_signature: bytes = b""
    receipts_photos: list[int] = []


@cache
def _dictionary() -> zstd.ZstdDict:
    return zstd.ZstdDict((RESOURCES / "exchange.dict").read_bytes(), is_raw=True)


@cache
def _order() -> dict[str, int]:
    return {declared.name: index for index, declared in enumerate(entities())}


def in_sending_order(operations: Sequence[Operation]) -> list[Operation]:
    """Roots before what hangs on them, a signing off after everything, otherwise as written; the outcomes come back
    in this order."""

    def place(operation: Operation) -> tuple[bool, int, str]:
        sealing = operation.action is Action.PUT and seals(operation.entity, operation.patch)
        return sealing, _order().get(operation.entity, len(_order())), operation.entity

    return sorted(operations, key=place)


def pack_operations(writer: Writer, operations: Sequence[Operation]) -> list[Table]:
    return [_operation_table(writer, entity, group) for entity, group in _grouped(operations)]


def _grouped(items: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    """Runs of one entity: the order of the items is kept."""
    return [(entity, list(run)) for entity, run in groupby(items, key=lambda item: item.entity)]


def _operation_table(writer: Writer, entity: str, group: Sequence[Operation]) -> Table:
    fixed: list[tuple[str, list[Any]]] = [
        ("d", [operation.id for operation in group]),
        ("d", [operation.record for operation in group]),
        ("i", [_ACTIONS.index(operation.action) for operation in group]),
        ("i", [operation.base for operation in group]),
        ("i", [operation.at for operation in group]),
    ]
    return writer.table(entity, fixed, [operation.patch for operation in group])


def unpack_operations(ids: IdTable, tables: Sequence[Table]) -> list[Operation]:
    reader = Reader(ids, patches=True)
    operations = []
    for table in tables:
        fixed, patches = reader.table(table, "ddiii")
        if not all(0 <= action < len(_ACTIONS) for action in fixed[2]) or min(fixed[3], default=0) < 0:
            raise Torn("operations")
        for (identifier, record, action, base, at), patch in zip(zip(*fixed, strict=True), patches, strict=True):
            operations.append(Operation(identifier, table.entity, record, _ACTIONS[action], base, patch, at))
    return operations


_ROW, _WHEREABOUTS = "didb", "dts"  # the fixed columns of a row, and of one that says where it lies
_NAME = re.compile("[a-z][a-z_]{0,62}")  # of an entity: it may become the name of a table


def pack_rows(writer: Writer, rows: Sequence[Row]) -> list[Table]:
    told = [row for row in rows if row.whereabouts]
    plain = [row for row in rows if not row.whereabouts]
    return [_row_table(writer, entity, group) for some in (plain, told) for entity, group in _grouped(some)]


def _row_table(writer: Writer, entity: str, group: Sequence[Row]) -> Table:
    fixed: list[tuple[str, list[Any]]] = [
        ("d", [row.id for row in group]),
        ("i", [row.number for row in group]),
        ("d", [row.author for row in group]),
        ("b", [row.deleted for row in group]),
    ]
    if told := [row.whereabouts for row in group if row.whereabouts]:
        fixed.append(("d", [each.root for each in told]))
        fixed.append(("t", [str(each.level) for each in told]))
        fixed.append(("s", [sorted(each.places) for each in told]))
    return writer.table(entity, fixed, [row.values for row in group])


def unpack_rows(ids: IdTable, tables: Sequence[Table]) -> list[Row]:
    reader = Reader(ids, patches=False)
    rows = []
    for table in tables:
        told = len(table.fixed) > len(_ROW)
        (ids_, numbers, authors, deleted, *where), values = reader.table(table, _ROW + _WHEREABOUTS * told)
        if min(numbers, default=0) < 0 or not _NAME.fullmatch(table.entity):
            raise Torn("rows")
        lies = _whereabouts(where) if told else [None] * len(values)
        rows += [Row(table.entity, *cells) for cells in zip(ids_, numbers, authors, deleted, values, lies, strict=True)]
    return rows


def _whereabouts(columns: list[list[Any]]) -> list[Whereabouts]:
    try:
        return [
            Whereabouts(root, Level(level), frozenset(places)) for root, level, places in zip(*columns, strict=True)
        ]
    except ValueError as error:
        raise Torn("level") from error


def _packed(message: msgspec.Struct) -> bytes:
    plain = msgspec.msgpack.encode(_telling(message))
    packed = zstd.compress(plain, level=_LEVEL, zstd_dict=_dictionary().as_digested_dict)  # 20 times as fast: small
    return min(packed, plain, key=len)


def _telling(message: msgspec.Struct) -> list[Any]:
    """The fields up to the last one that is not its default; a reader takes the rest for granted. Where receipts stand
    at the end, which older laptops are not given, many untold fields before them are one mark that says how many."""
    usual = _usual(type(message))
    values = [getattr(message, name) for name in message.__struct_fields__]
    told = [value != default for value, default in zip(values, usual, strict=True)]
    last = max(place for place, differs in enumerate(told) if differs)  # a required field has no default
    if not (isinstance(message, Answer) and message.receipts_signature):
        return values[: last + 1]
    fields: list[Any] = []
    for differs, run in groupby(range(last + 1), key=told.__getitem__):
        places = list(run)
        skips = not differs and len(places) > 3  # what the mark itself takes
        fields += [msgspec.msgpack.Ext(_SKIP, bytes([len(places)]))] if skips else [values[at] for at in places]
    return fields


@cache
def _usual(kind: type[msgspec.Struct]) -> list[Any]:
    """What a reader takes for granted, field by field."""
    return [
        field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
        for field in msgspec.structs.fields(kind)
    ]


def _with_the_untold(plain: bytes) -> bytes:
    """An answer with its untold fields in the place of the mark that stands for them."""
    if _SKIPPED not in plain:
        return plain
    fields: list[msgspec.Raw] = []
    for told in msgspec.msgpack.decode(plain, type=list[msgspec.Raw]):
        mark = bytes(memoryview(told)[:3])
        if mark[:2] == _SKIPPED:
            some = _usual(Answer)[len(fields) : len(fields) + mark[2]]
            fields += [
                msgspec.Raw(msgspec.msgpack.encode(None if each is msgspec.NODEFAULT else each)) for each in some
            ]
        else:
            fields.append(told)
    return msgspec.msgpack.encode(fields)


def _plain(data: bytes, plain_max: int) -> bytes:
    if not data.startswith(_FRAME):
        return data
    size = zstd.get_frame_info(data).decompressed_size
    if not size or size > plain_max:
        raise Torn("size")
    frame = zstd.ZstdDecompressor(
        zstd_dict=_dictionary(), options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG_MAX}
    )
    plain = frame.decompress(data, max_length=size)
    if not frame.eof or frame.unused_data:
        raise Torn("frame")
    return plain


_Message = TypeVar("_Message", Request, Answer)


def _decoded(data: bytes, kind: type[_Message], plain_max: int) -> _Message:
    """Bounded before it is unpacked: a small body may claim to be huge, or be more than it claims."""
    try:
        plain = _plain(data, plain_max)
        return msgspec.msgpack.decode(_with_the_untold(plain) if kind is Answer else plain, type=kind)
    except (zstd.ZstdError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Torn(type(error).__name__) from error


def seal_request(request: Request, device: str, key: Ed25519PrivateKey) -> bytes:
    head, payload = UUID(device).bytes, _packed(request)
    return head + key.sign(head + payload) + payload


def device_of(body: bytes) -> str:
    """Who claims to have sent a request; nothing of it is proven yet."""
    if not 80 < len(body) <= BODY_MAX:
        raise Torn("length")
    return str(UUID(bytes=body[:16]))


def signed_by(body: bytes, key: Ed25519PublicKey) -> bool:
    """Whether the holder of this key sent a request."""
    try:
        key.verify(body[16:80], body[:16] + body[80:])
    except InvalidSignature:
        return False
    return True


def open_request(body: bytes, key: Ed25519PublicKey, plain_max: int = REQUEST_PLAIN_MAX) -> Request:
    """The request, its signature checked; Torn for anything else."""
    if not signed_by(body, key):
        raise Torn("signature")
    return _decoded(body[80:], Request, plain_max)


def pack_answer(answer: Answer) -> bytes:
    return _packed(answer)


def seal_answer(payload: bytes, request_body: bytes, key: Ed25519PrivateKey) -> bytes:
    """The packed answer, signed for this very request."""
    return key.sign(_bound(request_body, payload)) + payload


def open_answer(body: bytes, request_body: bytes, key: Ed25519PublicKey) -> Answer:
    """The answer, signed by the office for this very request; Torn for anything else."""
    if not 64 < len(body) <= ANSWER_PLAIN_MAX:
        raise Torn("length")
    try:
        key.verify(body[:64], _bound(request_body, body[64:]))
    except InvalidSignature:
        raise Torn("signature") from None
    return _decoded(body[64:], Answer, ANSWER_PLAIN_MAX)


def _bound(request_body: bytes, payload: bytes) -> bytes:
    return b"pimpasa answer\x00" + hashing.sha256(request_body).digest() + payload
