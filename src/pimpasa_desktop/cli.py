"""`pimpasa`: the window, or one command with its answer on stdout; trouble as one sentence on stderr.

Exit status 0: done; 1: a Problem; 2: wrong use.
"""

import gc

# What is imported stays: to look through it for garbage, again and again while it comes, is a twentieth of the start.
gc.disable()

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pimpasa_desktop import i18n
from pimpasa_desktop.home import Home, Machine
from pimpasa_desktop.i18n import _
from pimpasa_desktop.paths import default_data
from pimpasa_desktop.problem import Problem

gc.freeze()
gc.enable()


def main(argv: Sequence[str] | None = None, machine: Machine | None = None) -> int:
    """Run one command; returns the exit status. `machine`: this computer, unless a test brings another."""
    machine = machine or Machine()
    i18n.use(i18n.language_of(machine.environ))
    try:
        data, run = _read(sys.argv[1:] if argv is None else argv)
        return _answered(run, Home(data or default_data(), machine))
    except SystemExit as end:  # argparse: help was asked for, or the command makes no sense
        return int(end.code or 0)


def _read(words: Sequence[str]) -> tuple[Path | None, Callable[[Home], int | None]]:
    """The data folder that is named, and what is to be done there."""
    if not words:
        return None, _window
    if len(words) == 2 and words[0] == "--data" and not words[1].startswith("-"):
        return Path(words[1]), _window
    from pimpasa_desktop.commands import command_line  # the window does not wait for all the commands

    options = command_line.read(words)
    return options.data, partial(options.run, options=options) if "run" in options else _window


def _window(home: Home) -> int:
    """The window, where there is a display; Qt itself would end the process with a line of its own."""
    environ = home.machine.environ
    if sys.platform.startswith("linux") and not any(
        environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise Problem(_("Di sini tidak ada layar untuk jendela program. Pakailah perintah; lihat pimpasa --help."))
    gc.disable()  # as above, until the window stands
    from pimpasa_desktop.app.run import run

    return run(home)


def _answered(run: Callable[[Home], int | None], home: Home) -> int:
    try:
        status = run(home)
        sys.stdout.flush()
    except Problem as problem:
        print(problem.sentence, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read has had enough (`| head`). What is still buffered must not complain when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 1
    return int(status or 0)


def entry() -> int:
    """For the terminal: answers are UTF-8 wherever they go, and a path that no encoding knows is still printed."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    return main()


if __name__ == "__main__":
    sys.exit(entry())
