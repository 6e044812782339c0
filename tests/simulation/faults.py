"""What goes wrong on purpose: statements at which a program dies, and lines that lose, repeat and damage."""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import Connection

if TYPE_CHECKING:
    from simulation.world import Laptop, World


class Crash(BaseException):
    """The program is dead; nothing of it may catch this."""


class Fuse:
    """Burns through before or after the n-th statement from now on; n = 0: never."""

    def __init__(self) -> None:
        self.left = 0
        self.after = False

    def light(self, statements: int, *, after: bool) -> None:
        self.left, self.after = statements, after

    def douse(self) -> None:
        self.left = 0

    def burn(self, when_after: bool) -> None:
        if self.left and when_after == self.after:
            self.left -= 1
            if not self.left:
                raise Crash


class Brittle:
    """A connection on which a program can die at any statement. What was not committed is gone, as after a kill."""

    def __init__(self, connection: Connection, fuse: Fuse) -> None:
        self._connection, self._fuse = connection, fuse

    def execute(self, statement: str, *arguments: Any) -> Any:
        if statement == "ROLLBACK":  # a dead program does nothing more; the file undoes it by itself
            return self._connection.execute(statement)
        self._fuse.burn(False)
        result = self._connection.execute(statement, *arguments)
        self._fuse.burn(True)
        return result

    def executemany(self, statement: str, *arguments: Any) -> Any:
        self._fuse.burn(False)
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
)


class Line:
    """Between one laptop and the office: bytes in, bytes out. `fault` strikes at request number `at`, and with
    `dead_after` the line is gone after so many requests."""

    def __init__(self, world: "World", laptop: "Laptop") -> None:
        self._world, self._laptop = world, laptop
        self.old: list[bytes] = []
        self.quiet()

    def quiet(self) -> None:
        self.fault, self.at, self.dead_after, self.requests = "", 0, 0, 0

    def plan(self, chance: Random) -> None:
        self.quiet()
        roll = chance.random()
        if roll < 0.35:
            self.fault, self.at = chance.choice(LINE_FAULTS), chance.choice((1, 1, 1, 2, 3))
        elif roll < 0.45:
            self.dead_after = chance.choice((1, 2, 3))

    @property
    def planned(self) -> bool:
        return bool(self.fault or self.dead_after)

    def enrol(self, body: bytes) -> bytes:
        return self._world.office.enrol(body)

    def exchange(self, body: bytes) -> bytes:
        self.requests += 1
        self._world.trace("request", body)
        if self.dead_after and self.requests > self.dead_after:
            self._world.counts["line cut between pages"] += 1
            raise Problem("the line is cut")
        self.old = [*self.old[-5:], body]
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
            self._asked(chance.choice(self.old))

    def _asked(self, body: bytes) -> bytes:
        return self._world.office.exchange(body, self._laptop.account)

    def _request_lost(self, body: bytes) -> bytes:
        raise Problem("the request is lost")

    def _reply_lost(self, body: bytes) -> bytes:
        self._asked(body)
        raise Problem("the reply is lost")

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

    def _office_crashed(self, body: bytes) -> bytes:
        self._world.office.fuse.light(self._world.chance.randrange(1, 120), after=False)
        try:
            return self._asked(body)
        finally:
            self._world.office.fuse.douse()


def _damaged(body: bytes, chance: Random) -> bytes:
    at = chance.randrange(16, len(body))  # the first 16 bytes of a request only say who asks
    return body[:at] + bytes([body[at] ^ (1 << chance.randrange(8))]) + body[at + 1 :]
