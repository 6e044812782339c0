"""How the bytes of photos and documents travel: the two messages, their signatures, their bounds. No I/O.

A question is `device id (16) · signature (64) · msgpack(Question)`, an answer `signature (64) · msgpack(Reply)`, signed
over the question's hash as well. Nothing is compressed: a JPEG is. What either side holds of a blob it says in bytes
from its beginning, so an exchange that breaks off anywhere goes on at the part that was not heard.
"""

from typing import Annotated, TypeVar
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pimpasa_desktop.domain import hashing
from pimpasa_desktop.sync.protocol.columns import Torn

PART_BYTES = 32_768  # what a line that breaks costs at the most: five seconds over EDGE
BLOB_BYTES_MAX = 5_000_000
ASKED_MAX = 200
BODY_MAX = 65_536
NOT_FOR_YOU = -1  # unknown, not yet there, or not to be seen by this person: all the same
MISSING = -2  # the office lacks it, and the laptop that had it is revoked: nobody will bring it

_HEAD = 80
_ASKING, _ANSWERING = b"pimpasa blobs\x00", b"pimpasa blobs answered\x00"


class Asked(msgspec.Struct, array_like=True, frozen=True):
    """One blob, and the record that refers to it: by that alone it may be sent or fetched."""

    record: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    sha256: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    size: Annotated[int, msgspec.Meta(gt=0, le=BLOB_BYTES_MAX)]


class Question(msgspec.Struct, array_like=True):
    """How much of these blobs does the office hold? `part`: the next bytes of the first one, from `position`.
    `fetch`: rather give those of the first one from there."""

    protocol: int
    asked: Annotated[list[Asked], msgspec.Meta(min_length=1, max_length=ASKED_MAX)]
    position: Annotated[int, msgspec.Meta(ge=0, le=BLOB_BYTES_MAX)] = 0
    part: Annotated[bytes, msgspec.Meta(max_length=PART_BYTES)] = b""
    fetch: bool = False


class Reply(msgspec.Struct, array_like=True):
    """`held`: bytes of each, in the order of the question, NOT_FOR_YOU or, to who
    fetches, MISSING; all of it means that its hash is right."""

    held: list[int]
    part: Annotated[bytes, msgspec.Meta(max_length=PART_BYTES)] = b""


_Message = TypeVar("_Message", Question, Reply)


def seal_question(question: Question, device: str, key: Ed25519PrivateKey) -> bytes:
    head, payload = UUID(device).bytes, msgspec.msgpack.encode(question)
    return head + key.sign(_ASKING + head + payload) + payload


def device_of(body: bytes) -> str:
    """Who claims to ask; nothing of it is proven yet."""
    if not _HEAD < len(body) <= BODY_MAX:
        raise Torn("length")
    return str(UUID(bytes=body[:16]))


def open_question(body: bytes, key: Ed25519PublicKey) -> Question:
    _verify(key, body[16:_HEAD], _ASKING + body[:16] + body[_HEAD:])
    return _decoded(body[_HEAD:], Question)


def seal_reply(reply: Reply, question: bytes, key: Ed25519PrivateKey) -> bytes:
    payload = msgspec.msgpack.encode(reply)
    return key.sign(_bound(question, payload)) + payload


def open_reply(body: bytes, question: bytes, key: Ed25519PublicKey) -> Reply:
    if not 64 < len(body) <= BODY_MAX:
        raise Torn("length")
    _verify(key, body[:64], _bound(question, body[64:]))
    return _decoded(body[64:], Reply)


def _bound(question: bytes, payload: bytes) -> bytes:
    return _ANSWERING + hashing.sha256(question).digest() + payload


def _verify(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> None:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        raise Torn("signature") from None


def _decoded(payload: bytes, kind: type[_Message]) -> _Message:
    try:
        return msgspec.msgpack.decode(payload, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Torn(type(error).__name__) from error
