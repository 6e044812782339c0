"""Another passphrase: in Pengaturan by the one that is known, before the window by the office's recovery key."""

from collections.abc import Callable

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pimpasa_desktop.app.entrance import Recovery, Unlock
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.domain.recovery_key import spelled
from pimpasa_desktop.store.slots import seal
from rig.desk import PASSPHRASE
from rig.window import Screenful, Seat

ANOTHER = "enam kata lain yang baru sekali"


def filled(page: Recovery | object, first: str, second: str) -> None:
    page.chosen.first.field.setText(first)
    page.chosen.second.field.setText(second)
    page.button.click()


def test_the_passphrase_is_changed_in_the_settings(officer: Seat, opened: Callable[..., Screenful]) -> None:
    officer.road.cut = True
    program = opened(officer)
    program.window.go(Place("settings"))
    card = program.screen.passphrase
    card.known.field.setText("yang ini salah sekali")
    filled(card, ANOTHER, ANOTHER + "x")
    assert "tidak sama" in card.chosen.second.field.accessibleDescription()
    filled(card, ANOTHER, ANOTHER)
    program.until(card.button.isEnabled)
    assert "Kata sandi salah" in card.known.field.accessibleDescription() and not card.done.isVisible()
    card.known.field.setText(PASSPHRASE)
    filled(card, ANOTHER, ANOTHER)
    program.until(card.done.isVisible)
    assert card.known.field.text() == card.chosen.first.field.text() == ""
    program.program.lock()
    assert program.program.currentWidget().forgot.isHidden()  # this laptop has no recovery slot
    program.unlock(PASSPHRASE)
    assert program.program.window_ is None
    program.unlock(ANOTHER)
    assert program.program.window_ is not None


def test_a_forgotten_passphrase_is_replaced_by_the_office(officer: Seat, opened: Callable[..., Screenful]) -> None:
    private = X25519PrivateKey.generate()
    keys = officer.home.key_file()
    slot = seal(officer.home.unlock(PASSPHRASE), private.public_key().public_bytes_raw())
    keys._write(msgspec.structs.replace(keys._read(), recovery=slot))
    program = opened(officer, locked=True)
    program.program.currentWidget().forgot.click()
    page = program.program.currentWidget()
    assert isinstance(page, Recovery)
    page.back.click()
    assert isinstance(program.program.currentWidget(), Unlock)
    program.program.currentWidget().forgot.click()
    page = program.program.currentWidget()
    for typed, said in (("ABCD", "13 kelompok"), (spelled(bytes(32)), "bukan untuk laptop ini")):
        page.key.field.setText(typed)
        filled(page, ANOTHER, ANOTHER)
        program.until(page.button.isEnabled)
        assert said in page.key.field.accessibleDescription()
    page.key.field.setText(spelled(private.private_bytes_raw()))
    filled(page, ANOTHER, ANOTHER)
    program.until(lambda: program.program.window_)
    assert officer.home.unlock(ANOTHER)
