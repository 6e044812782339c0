"""The process in which the practice office serves: `pimpasa-office` with the given arguments, until its parent ends.

Whoever started it holds the other end of stdin. The end of that is the end of the server, however its parent went.
"""

import os
import signal
import sys
from threading import Thread

from pimpasa_office import cli


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    Thread(target=_end_with_parent, daemon=True).start()
    cli.entry(sys.argv[1:])
