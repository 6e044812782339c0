"""`pimpasa passphrase` and `recover`: another passphrase, by the one that is known or by the office's recovery key."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pimpasa_desktop.commands.parser import say
from pimpasa_desktop.domain import recovery_key
from pimpasa_desktop.home import Home, first_line
from pimpasa_desktop.i18n import _

if TYPE_CHECKING:
    from pimpasa_desktop.commands.parser import Commands


def add(commands: "Commands") -> None:
    change = commands.add_parser("passphrase", help=_("ganti kata sandi"))
    change.add_argument("--new-file", metavar="FILE", type=Path, help=_("berkas berisi kata sandi yang baru"))
    change.set_defaults(run=change_passphrase)
    again = commands.add_parser("recover", help=_("buka dengan kunci pemulihan kantor, lalu pilih kata sandi baru"))
    again.add_argument("--key-file", metavar="FILE", type=Path, help=_("berkas berisi kunci pemulihan"))
    again.set_defaults(run=recover)


def change_passphrase(home: Home, options: Namespace) -> None:
    key = home.unlock()
    home.change_passphrase(key, first_line(options.new_file) if options.new_file else home.chosen_passphrase())
    say({"passphrase": "changed"})


def recover(home: Home, options: Namespace) -> None:
    """The new passphrase comes from where the passphrase always comes from."""
    asked = first_line(options.key_file) if options.key_file else home.machine.ask(_("Kunci pemulihan kantor: "))
    home.recover(recovery_key.read(asked), home.new_passphrase())
    say({"passphrase": "changed"})
