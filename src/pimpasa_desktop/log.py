"""One log file without personal data: events by name, with numbers, identifiers and words of the program only.

An allow-list, not a filter: sentences, full names, numbers as text and addresses have no way in. One bare word
cannot be told from a code, so callers hand in codes only. Knows nothing of what is logged.
"""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pimpasa_desktop.env import Env

SIZE_MAX = 1_000_000
FILES_MAX = 3

# A word of the program (an event, a state, an entity, an error class) or an identifier; no space, dot or line end,
# so neither a name and surname, nor an address, nor a second line can pass.
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Log:
    """Written by whoever was handed it. Full or read-only disks cost lines, never work."""

    def __init__(self, path: Path, env: Env) -> None:
        self._env = env
        self._handler = RotatingFileHandler(
            path, maxBytes=SIZE_MAX, backupCount=FILES_MAX - 1, encoding="utf-8", delay=True
        )
        self._handler.handleError = _lose_the_line  # type: ignore[method-assign]

    def event(self, name: str, **facts: float | bool | str) -> None:
        """Write one line. A `str` must be a word of the program or an identifier; anything else becomes `?`."""
        line = " ".join([self._env.now().isoformat(timespec="seconds"), _word(name)])
        for key, fact in facts.items():
            line += f" {key}={_word(fact) if isinstance(fact, str) else fact}"
        self._handler.handle(logging.LogRecord("pimpasa", logging.INFO, "", 0, line, None, None))

    def failure(self, error: BaseException) -> None:
        """The class of a bug and where it was raised. Its message stays out: it may hold what a person wrote."""
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = Path(trace.tb_frame.f_code.co_filename).stem if trace else "unknown"
        self.event("failure", kind=type(error).__name__, module=place, line=trace.tb_lineno if trace else 0)

    def close(self) -> None:
        self._handler.close()


def _word(text: str) -> str:
    return text if WORD.fullmatch(text) else "?"


def _lose_the_line(record: logging.LogRecord) -> None:
    """The standard handler would print a traceback, with the line, on the terminal."""
