"""Everything that a pure function cannot have: time, randomness, sockets. Handed in by constructor.

Nothing else in the program asks the system for the time, for random bytes or for a socket, so that a test
can fail, repeat or distort each of them. Sockets are loaded with the first one: the window is painted without.
"""

import os
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket


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

    def listen(self, host: str, port: int) -> "socket.socket":
        """A bound, listening TCP socket; port 0 takes any free one."""
        import socket

        return socket.create_server((host, port), backlog=128)

    def outward_address(self) -> str:
        """The IPv4 address under which this machine speaks to others, or "" without a network. Sends nothing."""
        import socket

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            try:
                sock.connect(("192.0.2.1", 9))  # kept for documentation (RFC 5737): a route is looked up, no more
                return str(sock.getsockname()[0])
            except OSError:
                return ""

    def resolve(self, host: str, port: int) -> list[tuple[int, Any]]:
        """The (family, address) pairs of a host, best first. Blocks while the system looks the name up."""
        import socket

        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [(family, address) for family, _, _, _, address in found]

    def tcp(self, family: int) -> "socket.socket":
        """An unconnected TCP socket."""
        import socket

        return socket.socket(family, socket.SOCK_STREAM)

    def planted(self, bug: str) -> bool:
        """Whether the simulator has switched this deliberate bug on. No production code can: there is no setter."""
        return False
