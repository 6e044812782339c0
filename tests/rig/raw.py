"""A laptop that says what no program of ours says: raw operations under its name, past every form."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pimpasa_desktop.domain.operation import Action, Operation, Outcome
from pimpasa_desktop.store import schema
from pimpasa_desktop.sync.protocol import messages
from pimpasa_desktop.sync.protocol.columns import Table, Writer
from pimpasa_desktop.sync.protocol.messages import PROTOCOL, Answer, Request
from rig.world import LaptopRig

LATER = 1 << 60  # a number that no office has given


def new_id() -> str:
    return str(uuid4())


def operation(
    entity: str, record: str, patch: dict[str, Any], action: Action = Action.PUT, base: int = 0, identifier: str = ""
) -> Operation:
    return Operation(identifier or new_id(), entity, record, action, base, patch, 1_751_500_000)


def say(
    laptop: LaptopRig, *operations: Operation, spoil: Callable[[list[Table]], None] = lambda _tables: None
) -> list[Outcome]:
    """Send these operations as they are; `spoil` changes how they are packed. The outcome of each."""
    store, writer = laptop.store, Writer()
    standing = store.standing
    tables = messages.pack_operations(writer, list(operations))
    spoil(tables)
    table = writer.ids.table()
    request = Request(PROTOCOL, schema.SCHEMA, standing.epoch, standing.turn, standing.cursor, table, tables)
    key = Ed25519PrivateKey.from_private_bytes(bytes(store.meta.get("device_key")))
    reply = laptop.line.exchange(messages.seal_request(request, standing.device, key))
    answer = messages._decoded(reply[64:], Answer, messages.ANSWER_PLAIN_MAX)
    with store.transaction():
        store.meta.set("turn", answer.turn)
    return [Outcome(status) for status in answer.statuses]
