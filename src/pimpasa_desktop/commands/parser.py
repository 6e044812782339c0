"""How the commands are read: argparse in the person's language, every wrong use one sentence and exit status 2."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from pimpasa_desktop.i18n import _

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]


class Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, allow_abbrev=False)
        self._positionals.title = _("yang disebut")
        self._optionals.title = _("pilihan")
        self.add_argument("-h", "--help", action="help", help=_("tampilkan bantuan ini"))

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", _("Cara pakai:"), 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", _("Cara pakai:"), 1)

    def error(self, message: str) -> NoReturn:
        """argparse's own message is English and speaks of its parts; the usage line shows what is missing."""
        self.exit(
            2,
            self.format_usage()
            + _("Perintah ini tidak dikenal atau belum lengkap. Lihat {program} --help.").format(program=self.prog)
            + "\n",
        )


def say(value: object) -> None:
    """One JSON value on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
