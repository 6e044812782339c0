"""Everything that a pure function cannot have: time, randomness, sockets. Handed in by constructor.

Nothing else in the program asks the system for the time, for random bytes or for a socket, so that a test
can fail, repeat or distort each of them.
"""

import os
import socket
import time
from datetime import UTC, datetime


class Env:
    """The real machine. Tests and the simulator subclass it."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC. It may jump; nothing may depend on its order."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from some moment, never going back; for stalls and durations."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def random(self, count: int) -> bytes:
        """`count` bytes fit for keys."""
        return os.urandom(count)

    def listen(self, host: str, port: int) -> socket.socket:
        """A bound, listening TCP socket; port 0 takes any free one."""
        return socket.create_server((host, port), backlog=128)

    def planted(self, bug: str) -> bool:
        """Whether the simulator has switched this deliberate bug on. No production code can: there is no setter."""
        return False
