"""`pimpasa backup`, `restore` and `doctor`: the data folder as a whole."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pimpasa_desktop.commands.parser import say
from pimpasa_desktop.home import Home
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store import backup

if TYPE_CHECKING:
    from pimpasa_desktop.commands.parser import Commands


def add(commands: "Commands") -> None:
    out = commands.add_parser("backup", help=_("simpan semua data ke satu berkas terenkripsi"))
    out.add_argument("out", metavar="OUT", type=Path)
    out.set_defaults(run=back_up)
    back = commands.add_parser("restore", help=_("pulihkan cadangan ke folder data yang kosong"))
    back.add_argument("source", metavar="IN", type=Path, help=_("berkas cadangan, atau nama salinan otomatis"))
    back.set_defaults(run=restore)
    commands.add_parser("doctor", help=_("periksa keutuhan data di laptop ini")).set_defaults(run=doctor)


def back_up(home: Home, options: Namespace) -> None:
    with home.reading() as store:
        backup.back_up(store.copy_to, home.key_path, options.out)
    say({"out": str(options.out), "opens_with": "office" if home.protection().with_keyring else "passphrase"})


def restore(home: Home, options: Namespace) -> None:
    """A file into an empty folder; or one of the folder's own snapshots, by its name, in the place of what is there."""
    snapshot = None if options.source.exists() else home.snapshots.named(str(options.source))
    told: dict[str, object] = {"data": str(home.folder)}
    if snapshot is None:
        backup.restore(options.source, home.database, home.key_path)
    else:
        told["aside"] = str(home.go_back(snapshot))
    say(told | {"needs": _needs(home)})


def _needs(home: Home) -> list[str]:
    """The keys without which the restored data stays shut, in words."""
    needs = [_("Kata sandi yang berlaku saat cadangan ini dibuat.")]
    if home.key_file().lacks_half():
        needs.append(
            _(
                "Separuh kunci di penyimpanan sandi laptop yang membuat cadangan ini; di laptop ini tidak ada. "
                "Pulihkan di laptop itu, minta pemulihan dari kantor (pimpasa recover), atau daftar ulang dengan "
                "berkas baru dari kantor: yang sudah terkirim datang lagi."
            )
        )
    return needs


def doctor(home: Home, options: Namespace) -> None:
    key = home.unlock()
    with home.reading(key) as store:
        troubles = store.look_over(key)
    troubles += filter(None, [home.snapshots.trouble()])
    if troubles:
        raise Problem(" ".join(troubles))
    say({"database": "ok", "digest": "ok", "audit": "ok"})
