"""The keyring of the operating system, as the place of one half of the database key.

The only module that imports keyring. Backends are taken by an allow-list: anything that writes plain text, holds
nothing, or asks on the terminal (keyrings.alt, keyrings.cryptfile, the null and fail backends) is not one.
"""

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SAFE_BACKENDS = (
    "keyring.backends.Windows",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
)


def find() -> "SystemKeyring | None":
    """The best safe keyring of this machine; None on a machine without one, for example without a desktop."""
    from keyring import backend  # late: it looks for plug-ins and asks D-Bus, which nothing but unlocking needs

    return choose(backend.get_all_keyring())


def choose(backends: "list[KeyringBackend]") -> "SystemKeyring | None":
    safe = [backend for backend in backends if type(backend).__module__ in SAFE_BACKENDS]
    if not safe:
        return None
    best = max(safe, key=lambda backend: backend.priority)
    if hasattr(best, "persist"):  # Windows: its default would let the half roam to other machines with the profile
        best.persist = "local machine"
    return SystemKeyring(best)


class SystemKeyring(Struct, frozen=True):
    """A half that cannot be had (locked, lost, refused) is None: the caller has a recovery slot for that."""

    backend: "KeyringBackend"

    def get(self, name: str) -> bytes | None:
        from keyring.errors import KeyringError

        try:
            text = self.backend.get_password(_service(name), name)
        except KeyringError:
            return None
        return b64decode(text) if text else None

    def put(self, name: str, half: bytes) -> None:
        """Keep `half`. A keyring that refuses shows in `get` giving nothing back."""
        from keyring.errors import KeyringError

        try:
            self.backend.set_password(_service(name), name, b64encode(half).decode())
        except KeyringError:
            return

    def delete(self, name: str) -> None:
        from keyring.errors import KeyringError

        try:
            self.backend.delete_password(_service(name), name)
        except KeyringError:
            return  # gone already, or locked: without its slot a half is worth nothing


def _service(name: str) -> str:
    # One service a slot: Windows keeps one password a service and moves older ones to compound names.
    return f"PIMPASA {name[:8]}"
