"""The command line read: every group of commands under one parser."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from pimpasa_desktop.commands import documents, exchange, keys, photos, receipts, records, tray, upkeep
from pimpasa_desktop.commands.parser import Parser
from pimpasa_desktop.i18n import _


def read(words: Sequence[str]) -> Namespace:
    """`data` is a folder or None; there is a `run(home, options)` where a command was given. Raises SystemExit after
    help, or a sentence about wrong use."""
    parser = Parser(prog="pimpasa", description=_("Buku lapangan PIMPASA tanpa jendela."))
    parser.add_argument("--data", metavar="DIR", type=Path, help=_("folder data"))
    commands = parser.add_subparsers(title=_("perintah"), metavar="PERINTAH")
    for group in (exchange, records, documents, photos, receipts, tray, upkeep, keys):
        group.add(commands)
    return parser.parse_args(words)
