"""Which keyrings of a machine may hold a half of the key."""

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from pimpasa_desktop import credential

HALF = bytes(range(32))


class Vault(KeyringBackend):
    """Stands for a system's own keyring: a backend whose module is on the list."""

    __module__ = "keyring.backends.Windows"
    priority = 5
    persist = "enterprise"

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class PlainText(Vault):
    __module__ = "keyrings.alt.file"
    priority = 100


def found(*backends: KeyringBackend) -> credential.SystemKeyring:
    keyring = credential.choose(list(backends))
    assert keyring is not None
    return keyring


def test_a_half_comes_back_and_goes_away() -> None:
    keyring = found(Vault())
    keyring.put("name", HALF)
    assert keyring.get("name") == HALF
    assert keyring.get("other") is None
    keyring.delete("name")
    keyring.delete("name")
    assert keyring.get("name") is None


def test_backends_that_keep_nothing_or_keep_it_in_clear_are_no_keyring() -> None:
    assert credential.choose([null.Keyring(), fail.Keyring(), PlainText()]) is None
    vault = Vault()
    assert found(PlainText(), vault).backend is vault


def test_on_windows_the_half_stays_on_this_machine() -> None:
    vault = Vault()
    found(vault)
    assert vault.persist == "local machine"


def test_a_locked_keyring_has_no_half_and_raises_nothing() -> None:
    vault = Vault()
    vault.locked = True
    keyring = found(vault)
    keyring.put("name", HALF)
    assert keyring.get("name") is None


def test_a_machine_without_a_desktop_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [fail.Keyring()])
    assert credential.find() is None
