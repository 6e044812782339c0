"""Requests and answers: sealed, bound to each other, bounded before they are unpacked."""

import tracemalloc
from contextlib import suppress
from time import process_time

import msgspec
import pytest
from backports import zstd
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pimpasa_desktop.domain.operation import Action, Operation
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.sync.protocol import messages
from pimpasa_desktop.sync.protocol.columns import IdTable, Torn, Writer
from pimpasa_desktop.sync.protocol.messages import Answer, Request

LAPTOP, OTHER, OFFICE = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
DEVICE = "85426a12-548e-4ff7-9d55-c282821b3ef0"
MEGA = 1 << 20


def request(operations: list[Operation], cursor: bytes = b"cursor") -> Request:
    writer = Writer()
    tables = messages.pack_operations(writer, operations)
    return Request(1, 2, b"epoch", b"turn", cursor, writer.ids.table(), tables)


def answer(rows: list[Row]) -> Answer:
    writer = Writer()
    tables = messages.pack_rows(writer, rows)
    return Answer(
        1, b"turn", b"digest", b"cursor", b"\x00\x01", [1, 1], writer.ids.table(), tables, False, [],
        [bytes(16)], ["o:1 A"], ["https://example.test"], False, b"epoch",
    )  # fmt: skip


@given(st.lists(strategies.operations(), max_size=6))
def test_a_request_comes_through(operations: list[Operation]) -> None:
    asked = request(operations)
    body = messages.seal_request(asked, DEVICE, LAPTOP)
    assert messages.device_of(body) == DEVICE
    opened = messages.open_request(body, LAPTOP.public_key())
    assert opened == asked
    packed = messages.unpack_operations(asked.ids, asked.operations)
    assert messages.unpack_operations(opened.ids, opened.operations) == packed


@given(st.lists(strategies.rows(), max_size=6))
def test_an_answer_comes_through(rows: list[Row]) -> None:
    said = answer(rows)
    body = messages.seal_answer(messages.pack_answer(said), b"request", OFFICE)
    assert messages.open_answer(body, b"request", OFFICE.public_key()) == said


def test_a_request_of_another_laptop_or_under_another_name_is_torn() -> None:
    body = messages.seal_request(request([]), DEVICE, LAPTOP)
    for forged in (
        messages.seal_request(request([]), DEVICE, OTHER),
        bytes(16) + body[16:],
        body[:-1] + bytes([body[-1] ^ 1]),
        body[:80] + body[81:],
        body + b"\x00",
    ):
        with pytest.raises(Torn):
            messages.open_request(forged, LAPTOP.public_key())


def test_an_answer_fits_only_the_request_that_it_was_given_to() -> None:
    body = messages.seal_answer(messages.pack_answer(answer([])), b"request one", OFFICE)
    for claimed, key in ((b"request two", OFFICE), (b"request one", OTHER), (b"", OFFICE)):
        with pytest.raises(Torn):
            messages.open_answer(body, claimed, key.public_key())


def test_an_answer_is_no_request_and_a_request_no_answer() -> None:
    with pytest.raises(Torn):
        messages.open_answer(messages.seal_request(request([]), DEVICE, OFFICE)[16:], b"", OFFICE.public_key())
    with pytest.raises(Torn):
        messages.open_request(
            bytes(16) + messages.seal_answer(messages.pack_answer(answer([])), b"", LAPTOP), LAPTOP.public_key()
        )


@pytest.mark.parametrize("length", [0, 1, 16, 79, 80, messages.BODY_MAX + 1])
def test_a_body_of_impossible_length_is_torn_before_anything_is_read(length: int) -> None:
    with pytest.raises(Torn):
        messages.device_of(bytes(length))


def signed_request(payload: bytes) -> bytes:
    head = bytes(16)
    return head + LAPTOP.sign(head + payload) + payload


@given(st.binary(max_size=200))
def test_any_signed_bytes_are_a_request_or_torn(payload: bytes) -> None:
    with pytest.raises(Torn):
        messages.open_request(signed_request(payload), LAPTOP.public_key())


@given(st.data(), st.lists(strategies.operations(), max_size=3))
def test_a_signed_request_with_changed_bytes_is_a_request_or_torn(
    data: st.DataObject, operations: list[Operation]
) -> None:
    """A laptop that somebody tampers with signs whatever it sends."""
    plain = bytearray(msgspec.msgpack.encode(request(operations)))
    for _change in range(data.draw(st.integers(1, 3))):
        plain[data.draw(st.integers(0, len(plain) - 1))] = data.draw(st.integers(0, 255))
    packed = bytearray(zstd.compress(bytes(plain), zstd_dict=messages._dictionary()))
    if data.draw(st.booleans()):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    try:
        opened = messages.open_request(signed_request(bytes(packed)), LAPTOP.public_key())
        messages.unpack_operations(opened.ids, opened.operations)
    except Torn:
        pass


def squeezed(plain: bytes) -> bytes:
    return zstd.compress(plain, level=3, zstd_dict=messages._dictionary())


def streamed(plain: bytes) -> bytes:
    """A frame that does not say how long it is."""
    compressor = zstd.ZstdCompressor(zstd_dict=messages._dictionary())
    return compressor.compress(plain[:10]) + compressor.compress(plain[10:]) + compressor.flush()


GOOD = msgspec.msgpack.encode(request([]))
MANY = messages.REQUEST_PLAIN_MAX - 100


def with_operations(tables: bytes) -> bytes:
    """A request whose operations are replaced."""
    behind = b"\x90\x00\xc4\x00\xc4\x00"
    assert GOOD.endswith(b"\x90" + behind)
    return GOOD[: -1 - len(behind)] + tables + behind


BOMBS = {
    "larger than allowed": squeezed(bytes(messages.REQUEST_PLAIN_MAX + 1)),
    "very much larger": squeezed(bytes(300 * MEGA)),
    "without its length": streamed(GOOD + bytes(50 * MEGA)),
    "more behind a small frame": squeezed(GOOD) + squeezed(bytes(300 * MEGA)),
    "two good frames": squeezed(GOOD) + squeezed(GOOD),
    "a frame of nothing": squeezed(b""),
    "a cut frame": squeezed(GOOD)[:-3],
    "a skippable frame": b"\x50\x2a\x4d\x18" + (200 * MEGA).to_bytes(4, "little") + bytes(20),
    "millions of tables": squeezed(
        with_operations(b"\xdd" + (MANY // 6).to_bytes(4, "big") + b"\x94\xa0\x00\x90\x80" * (MANY // 6))
    ),
    "an array that claims to be endless": squeezed(with_operations(b"\xdd\xff\xff\xff\xff")),
    "nested beyond reason": squeezed(b"\x91" * (2 * MEGA)),
    "a deep unknown tail": squeezed(b"\x9a" + GOOD[1:] + b"\x91" * (2 * MEGA)),
    "nested beyond reason, not packed": b"\x91" * (2 * MEGA),
    "more behind what is not packed": GOOD + bytes(MEGA),
    "an endless array that is not packed": with_operations(b"\xdd\xff\xff\xff\xff"),
    "another message": squeezed(msgspec.msgpack.encode(answer([]))),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_torn_soon_and_costs_little(name: str) -> None:
    body = signed_request(BOMBS[name])
    tracemalloc.start()
    began = process_time()
    with pytest.raises(Torn):
        messages.open_request(body, LAPTOP.public_key())
    took, (_now, peak) = process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 3
    assert peak < 100 * MEGA


def test_a_small_message_travels_as_it_is_and_a_long_one_packed() -> None:
    small, long = request([]), request([], cursor=bytes(1000))
    payload = messages.seal_request(small, DEVICE, LAPTOP)[80:]
    assert msgspec.msgpack.decode(payload) == [1, 2, b"epoch", b"turn", b"cursor"]
    assert len(messages.seal_request(long, DEVICE, LAPTOP)) < 200
    for asked in (small, long):
        assert messages.open_request(messages.seal_request(asked, DEVICE, LAPTOP), LAPTOP.public_key()) == asked


def test_an_answer_that_says_nothing_new_is_its_signature_its_turn_and_its_digest() -> None:
    said = Answer(1, b"turn", b"12345678")
    body = messages.seal_answer(messages.pack_answer(said), b"request", OFFICE)
    assert len(body) == 64 + len(msgspec.msgpack.encode([1, b"turn", b"12345678"]))
    assert messages.open_answer(body, b"request", OFFICE.public_key()) == said


def test_what_an_answer_with_a_receipt_does_not_say_costs_three_bytes() -> None:
    said = {"protocol": 1, "turn": b"turn", "digest": b"8 bytes.", "statuses": b"\x00", "numbers": [7]}
    receipt = {"receipts": [0], "receipts_at": 1_751_500_000, "receipts_signature": bytes(range(160, 224))}
    without, with_it = (len(messages._packed(Answer(**fields))) for fields in (said, said | receipt))
    assert with_it - without == 3 + 2 + 5 + 66
    for fields in (said, said | receipt, said | receipt | {"more": True, "lost": [1, 2], "receipts_photos": [3]}):
        answer = Answer(**fields)
        assert messages._decoded(messages._packed(answer), Answer, 1 << 20) == answer


@pytest.mark.parametrize("mark", [b"\xd4\x01\xff", b"\xd4\x01\x00", b"\xd4\x01", b"\xd4\x02\x03"])
def test_a_mark_that_skips_nonsense_is_an_answer_or_torn(mark: bytes) -> None:
    for body in (b"\x91" + mark, b"\x93\x01\xc4\x01t" + mark, b"\x92" + mark + mark):
        with suppress(Torn):
            messages._decoded(body, Answer, 1 << 20)


def test_one_large_record_still_fits() -> None:
    """Two million characters of a refused change, healed: the largest record there is."""
    patch = {"patch": "ü" * 2_000_000}
    large = Operation(DEVICE, "rejected", DEVICE, Action.HEAL, 1, patch, 0)
    body = messages.seal_request(request([large]), DEVICE, LAPTOP)
    opened = messages.open_request(body, LAPTOP.public_key())
    assert messages.unpack_operations(opened.ids, opened.operations) == [large]


written = st.builds(
    lambda entity, number: Operation(DEVICE, entity, DEVICE, Action.PUT, number, {}, 0),
    st.sampled_from([declared.name for declared in entities()] + ["x", "y"]),
    st.integers(0, 99),
)


@given(st.lists(written))
def test_roots_are_sent_first_and_otherwise_as_written(found: list[Operation]) -> None:
    ordered = messages.in_sending_order(found)
    names = [declared.name for declared in entities()]
    ranks = [names.index(item.entity) if item.entity in names else len(names) for item in ordered]
    assert ranks == sorted(ranks)
    for name in {item.entity for item in found}:
        assert [i for i in ordered if i.entity == name] == [i for i in found if i.entity == name]


def test_the_order_of_sending_is_the_order_of_the_tables() -> None:
    """Outcomes come back by position, so packing must not reorder what was put in order."""
    mixed = [
        Operation(DEVICE, name, DEVICE, Action.PUT, index, {}, 0)
        for index, name in enumerate(["attendee", "visit", "attendee", "risk_report", "visit", "zebra"])
    ]
    ordered = messages.in_sending_order(mixed)
    writer = Writer()
    tables = messages.pack_operations(writer, ordered)
    assert messages.unpack_operations(writer.ids.table(), tables) == ordered


def test_an_id_table_of_broken_length_is_torn() -> None:
    for broken in (IdTable(b"123456789", b""), IdTable(b"", bytes(15))):
        with pytest.raises(Torn):
            messages.unpack_operations(broken, [])


def test_a_signing_off_is_sent_after_everything_else() -> None:
    seal = Operation(DEVICE, "visit", DEVICE, Action.PUT, 0, {"signed_off_at": "2025-07-03T17:00:00+08:00"}, 0)
    whole = Operation(DEVICE, "visit", DEVICE, Action.HEAL, 5, {"signed_off_at": "2025-07-03T17:00:00+08:00"}, 0)
    guest = Operation(DEVICE, "attendee", DEVICE, Action.PUT, 0, {"name": "Ani"}, 0)
    ordered = messages.in_sending_order([seal, guest, whole])
    assert ordered == [whole, guest, seal]
    writer = Writer()
    tables = messages.pack_operations(writer, ordered)
    assert messages.unpack_operations(writer.ids.table(), tables) == ordered
