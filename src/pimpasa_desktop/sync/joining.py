"""How a laptop joins its office: a key of its own, the one-time code, and a store that knows both.

The key is kept before the office is asked. If the answer is lost, the same key asks again and the office answers
the same, so a file is never used up for nothing.
"""

from typing import Protocol

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.protocol.enrolment import Enrolment, EnrolmentFile, open_enrolled


class Enrolling(Protocol):
    """The office as a laptop sees it that is none of its own yet."""

    def enrol(self, body: bytes) -> bytes: ...


def join(store: Store, file: EnrolmentFile, office: Enrolling) -> None:
    """Make `store` the register of the account that `file` was made for. Problem: used, expired, unreachable.

    A laptop that the office no longer knows may join again for the same account; its work stays as it is, and it
    keeps the epoch and the cursor that it knows, so that an office that was set back is noticed.
    """
    if store.account not in ("", file.account):
        raise Problem(_("Data ini sudah terdaftar untuk satu akun. Pakai folder data lain untuk akun lain."))
    joined = bool(store.account)
    key = _kept_key(store)
    body = msgspec.msgpack.encode(Enrolment(file.code, key.public_key().public_bytes_raw()))
    enrolled = open_enrolled(office.enrol(body), body, Ed25519PublicKey.from_public_bytes(file.office_key))
    with store.transaction():
        for name, value in {
            "office_key": file.office_key,
            "addresses": "\n".join(file.addresses),
            "trust": file.trust,
            "server_name": file.server_name,
            "device": enrolled.device,
            "account": enrolled.account,
            "account_name": file.account_name,
            "office": enrolled.office,
            "epoch": enrolled.epoch,
            "turn": enrolled.turn,
            "cursor": b"",
        }.items():
            if not (joined and name in ("epoch", "cursor")):
                store.meta.set(name, value)


def _kept_key(store: Store) -> Ed25519PrivateKey:
    kept = store.meta.get("device_key")
    if kept is None:
        kept = store.env.random(32)
        with store.transaction():
            store.meta.set("device_key", kept)
    return Ed25519PrivateKey.from_private_bytes(bytes(kept))
