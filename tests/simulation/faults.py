"""What goes wrong on purpose: statements at which a program dies, and lines that lose, repeat and damage."""

from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Any

from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection, DatabaseError, OperationalError
from pimpasa_desktop.sync.trouble import Unreachable

if TYPE_CHECKING:
    from simulation.world import Laptop, World


Door = Callable[[bytes, "Laptop"], bytes]

_HARMLESS = ("SELECT", "WITH", "PRAGMA", "BEGIN", "ROLLBACK")  # nothing of these is written to a disk


class Crash(BaseException):
    """The program is dead; nothing of it may catch this."""


def disk_full() -> DatabaseError:
    error = OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    return error


class Fuse:
    """Burns through before or after the n-th statement from now on; n = 0: never. With `full` the program does not
    die: from that statement on nothing more can be written, until it is doused. With `torn` only the ends of
    transactions count, and the power fails while the n-th is being written."""

    def __init__(self) -> None:
        self.left = 0
        self.after = self.full = self.torn = self.struck = False

    def light(self, statements: int, *, after: bool, full: bool = False, torn: bool = False) -> None:
        self.left, self.after, self.full, self.torn = statements, after and not (full or torn), full, torn
        self.struck = False

    def douse(self) -> None:
        self.left = 0

    def burn(self, when_after: bool, statement: str = "") -> None:
        if not self.left or when_after != self.after or (self.full and statement.startswith(_HARMLESS)):
            return
        if self.torn and statement != "COMMIT":
            return
        self.left -= 1
        if self.left:
            return
        self.struck = True
        if self.full:
            self.left = 1
            raise disk_full()
        raise Crash


class Brittle:
    """A connection on which a program can die at any statement. What was not committed is gone, as after a kill.
    `tear` is asked to write the end of a transaction in part."""

    def __init__(self, connection: Connection, fuse: Fuse, tear: Callable[[Connection], None]) -> None:
        self._connection, self._fuse, self._tear = connection, fuse, tear

    def execute(self, statement: str, *arguments: Any) -> Any:
        if statement == "ROLLBACK":  # a dead program does nothing more; the file undoes it by itself
            return self._connection.execute(statement)
        try:
            self._fuse.burn(False, statement.lstrip())
        except Crash:
            if self._fuse.torn:
                self._tear(self._connection)
            raise
        result = self._connection.execute(statement, *arguments)
        self._fuse.burn(True)
        return result

    def executemany(self, statement: str, *arguments: Any) -> Any:
        self._fuse.burn(False, statement.lstrip())
        result = self._connection.executemany(statement, *arguments)
        self._fuse.burn(True)
        return result

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


LINE_FAULTS = (
    "request lost",
    "reply lost",
    "request delivered twice",
    "request damaged",
    "reply truncated",
    "reply damaged",
    "office crashed",
    "disk of the office full",
)


class Line:
    """Between one laptop and the office: bytes in, bytes out. `fault` strikes at request number `at`; with `dead_after`
    the line is gone after so many requests; under a question of more bytes than it `carries` it breaks, before the office
    `hears` it or after."""

    def __init__(self, world: "World", laptop: "Laptop") -> None:
        self._world, self._laptop = world, laptop
        self.old: list[tuple[Door, bytes]] = []
        self._door: Door = world.office.exchange
        self.quiet()

    def quiet(self) -> None:
        self.fault, self.at, self.dead_after, self.requests = "", 0, 0, 0
        self.carries, self.hears = 0, False

    def plan(self, chance: Random) -> None:
        self.quiet()
        roll = chance.random()
        if roll < 0.35:
            self.fault, self.at = chance.choice(LINE_FAULTS), chance.choice((1, 1, 1, 2, 3))
        elif roll < 0.45:
            self.dead_after = chance.choice((1, 2, 3))
        elif roll < 0.52:
            self.carries, self.hears = chance.choice((250, 400, 800)), chance.random() < 0.5

    @property
    def planned(self) -> bool:
        return bool(self.fault or self.dead_after or self.carries)

    def exchange(self, body: bytes) -> bytes:
        return self._carry(self._world.office.exchange, body)

    def blobs(self, body: bytes) -> bytes:
        return self._carry(self._world.office.blobs, body)

    def _carry(self, door: "Door", body: bytes) -> bytes:
        self._door = door
        self.requests += 1
        self._world.trace("request", body)
        if self.dead_after and self.requests > self.dead_after:
            self._world.counts["line cut between pages"] += 1
            raise Unreachable.on_the_way()
        self.old = [*self.old[-5:], (door, body)]
        if self.carries and len(body) > self.carries:
            self._world.counts["line too narrow"] += 1
            return self._reply_lost(body) if self.hears else self._request_lost(body)
        if not self.fault or self.requests != self.at:
            return self._asked(body)
        self._world.counts[self.fault] += 1
        strike: Callable[[bytes], bytes] = getattr(self, "_" + self.fault.replace(" ", "_"))
        return strike(body)

    def replay(self, chance: Random) -> None:
        """The office gets an old request once more; nobody hears the answer."""
        if self.old:
            self._world.counts["old request replayed"] += 1
            self._world.note_copy_risk()
            self._door, body = chance.choice(self.old)
            with suppress(Problem):  # the laptop may be revoked since
                self._asked(body)

    def _asked(self, body: bytes) -> bytes:
        try:
            return self._door(body, self._laptop)
        finally:
            self._world.runs(self._laptop.new)

    def _request_lost(self, body: bytes) -> bytes:
        raise Unreachable.on_the_way()

    def _reply_lost(self, body: bytes) -> bytes:
        self._asked(body)
        raise Unreachable.on_the_way()

    def _request_delivered_twice(self, body: bytes) -> bytes:
        self._world.note_copy_risk()
        replies = [self._asked(body), self._asked(body)]
        return self._world.chance.choice(replies)

    def _request_damaged(self, body: bytes) -> bytes:
        return self._asked(_damaged(body, self._world.chance))

    def _reply_truncated(self, body: bytes) -> bytes:
        reply = self._asked(body)
        return reply[: self._world.chance.randrange(len(reply))]

    def _reply_damaged(self, body: bytes) -> bytes:
        return _damaged(self._asked(body), self._world.chance)

    def _disk_of_the_office_full(self, body: bytes) -> bytes:
        return self._office_crashed(body, full=True)

    def _office_crashed(self, body: bytes, *, full: bool = False) -> bytes:
        most = 12 if full else 120  # of statements that write there are few
        self._world.office.fuse.light(self._world.chance.randrange(1, most), after=False, full=full)
        try:
            return self._asked(body)
        finally:
            self._world.office.fuse.douse()


def _damaged(body: bytes, chance: Random) -> bytes:
    at = chance.randrange(16, len(body))  # the first 16 bytes of a request only say who asks
    return body[:at] + bytes([body[at] ^ (1 << chance.randrange(8))]) + body[at + 1 :]
