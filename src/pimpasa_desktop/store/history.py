"""The last exchanges of this laptop, newest first: when, how much, and how each ended. Nothing of what was in them."""

import msgspec

from pimpasa_desktop.store.meta import Meta

KEPT = 50


class Past(msgspec.Struct, frozen=True):
    """One exchange. `at`: an ISO instant; `size`: bytes both ways; `waiting`: records left to send; `problem`: the
    sentence it ended with, "" where all went well."""

    at: str
    pushed: int = 0
    pulled: int = 0
    size: int = 0
    waiting: int = 0
    problem: str = ""


class History:
    def __init__(self, meta: Meta) -> None:
        self._meta = meta

    def all(self) -> list[Past]:
        kept = self._meta.get("history", "")
        return msgspec.json.decode(kept, type=list[Past]) if kept else []

    def add(self, past: Past) -> None:
        """Inside the caller's transaction. Trying in vain again and again is told once, by its last time."""
        before = self.all()
        if before and _in_vain(past) and _in_vain(before[0]) and before[0].problem == past.problem:
            before = before[1:]
        self._meta.set("history", msgspec.json.encode([past, *before][:KEPT]).decode())


def _in_vain(past: Past) -> bool:
    return bool(past.problem) and not (past.pushed or past.pulled)
