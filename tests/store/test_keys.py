"""The key file: who gets the database key, who does not, and what a thief or a power cut leaves behind."""

import os
import stat
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.keys import Contents, KeyFile, Protection
from pimpasa_desktop.store.slots import Argon2

CHEAP = Argon2(memory_kib=8, iterations=1, lanes=1, floor_kib=8)
PASSPHRASE = "kuda laut makan kerupuk"
WRONG = "kuda laut makan rumput"


class Clock(Env):
    time = datetime(2026, 3, 2, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


@dataclass
class Drawer:
    """A keyring in memory; `holds` says whether it gives back what it was given."""

    holds: bool = True
    halves: dict[str, bytes] = field(default_factory=dict)

    def get(self, name: str) -> bytes | None:
        return self.halves.get(name)

    def put(self, name: str, half: bytes) -> None:
        if self.holds:
            self.halves[name] = half

    def delete(self, name: str) -> None:
        self.halves.pop(name, None)


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json", Clock(), CHEAP, Drawer())


def test_the_passphrase_gives_the_same_random_key_back(keys: KeyFile, tmp_path: Path) -> None:
    key = keys.create(PASSPHRASE)
    assert len(key) == 32
    assert keys.open(PASSPHRASE) == key
    assert replace(keys, path=tmp_path / "other.json").create(PASSPHRASE) != key


def test_a_passphrase_is_the_same_however_its_letters_were_composed(keys: KeyFile) -> None:
    key = keys.create("café café café")  # e with acute accent as one character
    assert (
        keys.open("cafe\N{COMBINING ACUTE ACCENT} cafe\N{COMBINING ACUTE ACCENT} cafe\N{COMBINING ACUTE ACCENT}") == key
    )


def test_a_short_passphrase_is_refused_before_anything_is_written(keys: KeyFile) -> None:
    with pytest.raises(Problem, match="paling sedikit 12 huruf"):
        keys.create("elevenchars")
    assert not keys.path.exists()


def test_a_key_file_is_never_overwritten(keys: KeyFile) -> None:
    key = keys.create(PASSPHRASE)
    with pytest.raises(Problem, match="tidak boleh ditimpa"):
        keys.create(PASSPHRASE)
    assert keys.open(PASSPHRASE) == key


def test_a_folder_without_a_key_file_says_what_to_do(keys: KeyFile) -> None:
    with pytest.raises(Problem, match="Daftarkan laptop"):
        keys.open(PASSPHRASE)


def test_the_file_holds_neither_key_nor_passphrase_and_is_for_this_person_only(keys: KeyFile) -> None:
    key = keys.create(PASSPHRASE)
    content = keys.path.read_bytes()
    for secret in (key, key.hex().encode(), PASSPHRASE.encode()):
        assert secret not in content
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600
    assert [path.name for path in keys.path.parent.iterdir()] == ["keys.json"]


def test_the_stolen_file_and_the_passphrase_do_not_open_without_the_half_in_the_keyring(keys: KeyFile) -> None:
    keys.create(PASSPHRASE)
    for keyring in (None, Drawer()):
        with pytest.raises(Problem, match="Separuh kunci"):
            replace(keys, keyring=keyring).open(PASSPHRASE)


def test_another_half_does_not_open(keys: KeyFile) -> None:
    keys.create(PASSPHRASE)
    other = Drawer(halves={read(keys).passphrase.name: bytes(32)})
    with pytest.raises(Problem, match="Kata sandi salah"):
        replace(keys, keyring=other).open(PASSPHRASE)


@pytest.mark.parametrize("keyring", [None, Drawer(holds=False)])
def test_without_a_keyring_that_holds_the_passphrase_stands_alone_and_this_is_told(
    keys: KeyFile, keyring: Drawer | None
) -> None:
    alone = replace(keys, keyring=keyring)
    key = alone.create(PASSPHRASE)
    assert alone.protection() == Protection(with_keyring=False, with_recovery=False)
    assert replace(keys, keyring=None).open(PASSPHRASE) == key


def test_the_office_recovers_the_key_and_the_officer_gets_a_new_passphrase(keys: KeyFile) -> None:
    private = X25519PrivateKey.generate()
    key = keys.create(PASSPHRASE, private.public_key().public_bytes_raw())
    assert keys.protection() == Protection(with_keyring=True, with_recovery=True)
    elsewhere = replace(keys, keyring=Drawer())  # a laptop that was installed anew
    assert elsewhere.recover(private.private_bytes_raw()) == key
    elsewhere.set_passphrase(key, "sandi baru yang panjang")
    assert elsewhere.open("sandi baru yang panjang") == key
    with pytest.raises(Problem):
        elsewhere.open(PASSPHRASE)
    assert elsewhere.recover(private.private_bytes_raw()) == key


def test_another_office_cannot_recover(keys: KeyFile) -> None:
    keys.create(PASSPHRASE, X25519PrivateKey.generate().public_key().public_bytes_raw())
    with pytest.raises(Problem, match="bukan untuk laptop ini"):
        keys.recover(X25519PrivateKey.generate().private_bytes_raw())
    with pytest.raises(Problem, match="bukan untuk laptop ini"):
        keys.recover(b"short")


def test_a_file_without_a_recovery_slot_says_so(keys: KeyFile) -> None:
    keys.create(PASSPHRASE)
    with pytest.raises(Problem, match="tidak punya slot pemulihan"):
        keys.recover(bytes(32))


def test_a_changed_passphrase_leaves_one_half_in_the_keyring(keys: KeyFile) -> None:
    assert isinstance(keys.keyring, Drawer)
    key = keys.create(PASSPHRASE)
    keys.set_passphrase(key, "sandi baru yang panjang")
    assert keys.open("sandi baru yang panjang") == key
    assert list(keys.keyring.halves) == [read(keys).passphrase.name]


def test_the_program_refuses_a_cost_below_its_floor_made_or_found(keys: KeyFile) -> None:
    keys.create(PASSPHRASE)
    with pytest.raises(Problem, match="terlalu lemah"):
        replace(keys, kdf=Argon2()).open(PASSPHRASE)
    with pytest.raises(ValueError, match="floor"):
        Argon2(memory_kib=8)


def test_two_wrong_passphrases_are_free_and_then_each_costs_twice_the_wait(keys: KeyFile) -> None:
    key = keys.create(PASSPHRASE)
    for _ in range(2):
        with pytest.raises(Problem, match="Periksa huruf besar"):
            keys.open(WRONG)
    for seconds in (30, 60, 120, 240, 480, 960, 1920):
        with pytest.raises(Problem, match=f"setelah {seconds} detik"):
            keys.open(WRONG)
        pass_time(keys, seconds - 1)
        with pytest.raises(Problem, match="setelah 1 detik"):
            keys.open(PASSPHRASE)
        pass_time(keys, 1)
    assert keys.open(PASSPHRASE) == key
    with pytest.raises(Problem, match="Periksa huruf besar"):  # the right one has set the count back
        keys.open(WRONG)


def test_after_ten_wrong_passphrases_only_the_office_opens(keys: KeyFile) -> None:
    private = X25519PrivateKey.generate()
    key = keys.create(PASSPHRASE, private.public_key().public_bytes_raw())
    for _ in range(10):
        with pytest.raises(Problem):
            keys.open(WRONG)
        pass_time(keys, 3600)
    with pytest.raises(Problem, match="minta pemulihan dari kantor"):
        keys.open(PASSPHRASE)
    keys.set_passphrase(keys.recover(private.private_bytes_raw()), PASSPHRASE)
    assert keys.open(PASSPHRASE) == key


def test_a_clock_set_back_by_years_does_not_lengthen_the_wait(keys: KeyFile) -> None:
    keys.create(PASSPHRASE)
    for _ in range(3):
        with pytest.raises(Problem):
            keys.open(WRONG)
    pass_time(keys, -1e8)
    with pytest.raises(Problem, match="setelah 30 detik"):
        keys.open(PASSPHRASE)


def full(descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def test_on_a_full_disk_the_right_passphrase_opens_and_the_wrong_one_is_told(
    keys: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.create(PASSPHRASE)
    with pytest.raises(Problem):
        keys.open(WRONG)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem, match="Kata sandi salah"):
        keys.open(WRONG)
    assert keys.open(PASSPHRASE) == key


def test_on_a_full_disk_a_new_passphrase_is_refused_and_the_old_one_stays(
    keys: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.create(PASSPHRASE)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem, match="tidak ada yang berubah"):
        keys.set_passphrase(key, "sandi baru yang panjang")
    assert keys.open(PASSPHRASE) == key


def test_a_file_of_a_newer_program_is_refused_with_a_sentence(keys: KeyFile) -> None:
    keys.path.write_text('{"version": 2, "something": "new"}')
    with pytest.raises(Problem, match="lebih baru"):
        keys.open(PASSPHRASE)


def test_no_changed_field_of_the_slot_opens(keys: KeyFile) -> None:
    keys = replace(keys, keyring=None)
    keys.create(PASSPHRASE)
    contents = read(keys)
    slot = contents.passphrase
    changes = {"name": "0" * 32, "salt": bytes(16), "memory_kib": 16, "iterations": 2, "nonce": bytes(12)}
    for name, value in changes.items():
        changed = msgspec.structs.replace(slot, **{name: value})
        keys.path.write_bytes(msgspec.json.encode(msgspec.structs.replace(contents, passphrase=changed)))
        with pytest.raises(Problem, match="Kata sandi salah"):
            keys.open(PASSPHRASE)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_gives_a_sentence_or_the_right_key_never_a_traceback(keys: KeyFile, data: st.DataObject) -> None:
    keys.path.unlink(missing_ok=True)
    key = replace(keys, keyring=None).create(PASSPHRASE)
    content = bytearray(keys.path.read_bytes())
    position = data.draw(st.integers(0, len(content) - 1))
    kind = data.draw(st.sampled_from(["flip", "cut", "swap"]))
    if kind == "flip":
        content[position] ^= 1 << data.draw(st.integers(0, 7))
    elif kind == "cut":
        del content[position:]
    else:
        content[position] = data.draw(st.sampled_from(b'0"{}[]n,'))
    keys.path.write_bytes(content)
    try:
        assert replace(keys, keyring=None).open(PASSPHRASE) == key
    except Problem:
        return


def read(keys: KeyFile) -> Contents:
    return msgspec.json.decode(keys.path.read_bytes(), type=Contents)


def pass_time(keys: KeyFile, seconds: float) -> None:
    assert isinstance(keys.env, Clock)
    keys.env.time += timedelta(seconds=seconds)
