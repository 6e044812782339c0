"""How this program starts itself as a child that looks at something hostile, also where it is packaged."""

import sys

FLAGS = 0x08000000 if sys.platform == "win32" else 0  # no console flashes up for the child


def command(module: str, word: str) -> list[str]:
    """`word`: what the packaged program is started with, to be that module and nothing else."""
    if getattr(sys, "frozen", False):
        return [sys.executable, word]
    return [sys.executable, "-m", module]
