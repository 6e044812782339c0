"""Two versions of the program in one process: one that knows neither follow-ups, nor groups of volunteers, nor the
themes of visits, and one that learned them in the next schema. Whoever runs says which one it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from msgspec.structs import replace

from pimpasa_desktop.domain.entity import REGISTRY, Entity
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.store import schema
from pimpasa_desktop.sync.protocol import messages
from pimpasa_desktop.sync.protocol.messages import Office

LEARNED_RECORDS, LEARNED_FIELD = ("follow_up", "volunteer_group"), ("visit", "theme")


@cache
def older() -> dict[str, Entity]:
    entity, learned = LEARNED_FIELD
    visit = replace(newer()[entity])
    vars(visit)["fields"] = {name: field for name, field in newer()[entity].fields.items() if name != learned}
    return {name: found for name, found in newer().items() if name not in LEARNED_RECORDS} | {entity: visit}


@cache
def newer() -> dict[str, Entity]:
    declared = {found.name: found for found in entities()}
    return declared | {name: replace(declared[name], since=_SCHEMAS[True]) for name in LEARNED_RECORDS}


_SCHEMAS = {False: schema.SCHEMA, True: schema.SCHEMA + 1}


def run(new: bool) -> None:
    """From here on the process is the newer program, or the older one."""
    program = newer() if new else older()
    messages._order()  # kept for the process: it must not hang on which program asked first
    schema.SCHEMA = _SCHEMAS[new]
    REGISTRY.clear()
    REGISTRY.update(program)


@contextmanager
def kept() -> Iterator[None]:
    """After the block the process is again the program that it was."""
    before, number = dict(REGISTRY), schema.SCHEMA
    try:
        yield
    finally:
        REGISTRY.clear()
        REGISTRY.update(before)
        schema.SCHEMA = number


@contextmanager
def running(new: bool) -> Iterator[None]:
    with kept():
        run(new)
        yield


class AtNewer:
    """A line to an office that runs the newer program, whatever the laptop runs."""

    def __init__(self, line: Office) -> None:
        self._line = line

    def exchange(self, body: bytes) -> bytes:
        with running(True):
            return self._line.exchange(body)
