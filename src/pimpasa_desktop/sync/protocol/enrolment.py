"""How a laptop becomes known: the file that the office hands out, and the one exchange of keys.

The file carries what the laptop must trust (the office's CA, its name, its signing key) and a one-time code. The
laptop answers with the public half of a key that it made itself.
"""

from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

_Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class EnrolmentFile(msgspec.Struct, kw_only=True):
    """As JSON. `trust`: PEM of the office's CA, or `public`; keys are base64 (raw Ed25519 and X25519)."""

    pimpasa_enrolment: Literal[1]
    office: str
    addresses: list[str]
    trust: str
    server_name: str
    office_key: _Key
    recovery_key: _Key
    code: bytes
    account: str
    account_name: str
    expires_at: str

    @classmethod
    def read(cls, data: bytes) -> "EnrolmentFile":
        try:
            return msgspec.json.decode(data, type=cls)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise Problem(
                _("Berkas ini bukan berkas pendaftaran PIMPASA. Pilih berkas yang diberikan kantor.")
            ) from None


class Enrolment(msgspec.Struct, array_like=True):
    code: bytes
    public_key: bytes


class Enrolled(msgspec.Struct, array_like=True):
    device: str
    account: str
    office: str
    epoch: bytes
    turn: bytes


def open_enrolled(body: bytes, request_body: bytes, key: Ed25519PublicKey) -> Enrolled:
    """The office's word, signed for this very request."""
    try:
        key.verify(body[:64], b"pimpasa enrolled\x00" + request_body + body[64:])
        return msgspec.msgpack.decode(body[64:], type=Enrolled)
    except (InvalidSignature, msgspec.MsgspecError):
        raise Problem(_("Jawaban ini bukan dari kantor Anda. Jangan lanjutkan; hubungi kantor.")) from None
