"""One TLS connection: what it may wait for, and what it costs.

The rule of patience: a line is given up when fewer than PACE_BYTES moved, in either direction, for
`stall_seconds`; how long a transfer takes is nobody's business. TLS runs on memory buffers between the program
and a non-blocking socket, so that every byte is counted where it passes and a person can stop it at any moment.
It refuses to know HTTP.
"""

import contextlib
import errno
import selectors
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, TypeVar

from pimpasa_desktop.env import Env
from pimpasa_desktop.sync.trouble import (
    Cancelled,
    NotOurOffice,
    Unreachable,
    outside_validity,
    refused_handshake,
    validity,
)

PACE_BYTES = 256  # in stall_seconds: anything slower is as good as dead, and a hostile drip of 1 B/s ends too
RECORD_BYTES = 16384  # the largest TLS record; each costs 22 bytes, so full ones are cheapest
SEND_BUFFER_BYTES = 16384
UNSENT_BYTES = 2048  # what may lie in the kernel unsent, so that written means nearly sent
HEAD_BYTES_MAX = 128 * 1024  # read before somebody has looked at the answer's head and allowed more
_CANCEL_SECONDS = 0.1
_CONNECTING = {errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK)}

T = TypeVar("T")


@dataclass
class Traffic:
    """Bytes so far. `sent` and `received` are the program's own (into and out of TLS), the rest lies on the wire."""

    sent: int = 0
    received: int = 0
    handshake: int = 0
    wire_sent: int = 0
    wire_received: int = 0


class Patience:
    """Waits for a socket as long as the line is alive and nobody has cancelled."""

    def __init__(self, env: Env, stall_seconds: float) -> None:
        self.stall_seconds = stall_seconds
        self.cancelled = Event()
        self._env = env
        self.restart()

    def restart(self) -> None:
        self._since = self._env.monotonic()
        self._moved = 0

    def waited(self) -> float:
        """Seconds since something moved."""
        return self._env.monotonic() - self._since

    def moved(self, count: int) -> None:
        self._moved += count
        if self._moved >= PACE_BYTES:
            self.restart()

    def check(self) -> None:
        if self.cancelled.is_set():
            raise Cancelled()

    def wait(self, sock: socket.socket, event: int, seconds: float | None = None) -> None:
        """Until the socket is ready. Raises Unreachable when the line stalls (or after `seconds`), Cancelled."""
        limit = self.stall_seconds if seconds is None else seconds
        with selectors.DefaultSelector() as selector:
            selector.register(sock, event)
            while True:
                self.check()
                left = limit - self.waited()
                if left <= 0:
                    raise Unreachable.on_the_way()
                if selector.select(min(left, _CANCEL_SECONDS)):
                    return


def dial(env: Env, host: str, port: int, patience: Patience, seconds: float) -> socket.socket:
    """A connected, non-blocking socket; each address of the host gets `seconds`. Raises Unreachable, Cancelled."""
    for family, address in _looked_up(env, host, port, patience, seconds):
        sock = env.tcp(family)
        try:
            if _connect(sock, address, patience, seconds):
                return sock
        except (OSError, Unreachable):
            pass  # the next address may do
        except BaseException:
            sock.close()
            raise
        sock.close()
    raise Unreachable()


def _looked_up(env: Env, host: str, port: int, patience: Patience, seconds: float) -> list[tuple[int, Any]]:
    """Where a name leads. The system cannot be interrupted in looking it up, and takes half a minute where the network
    swallows the question, so it is asked on a thread that nobody waits for longer than for anything else."""
    patience.check()
    found: list[tuple[int, Any]] = []
    done = Event()

    def ask() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            found.extend(env.resolve(host, port))
        done.set()

    patience.restart()
    Thread(target=ask, name="look-up", daemon=True).start()
    while not done.wait(_CANCEL_SECONDS):
        patience.check()
        if patience.waited() >= seconds:
            raise Unreachable()
    if not found:
        raise Unreachable()
    return found


def _connect(sock: socket.socket, address: Any, patience: Patience, seconds: float) -> bool:
    sock.setblocking(False)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):  # not on Windows, where the small send buffer alone has to do
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)
    code = sock.connect_ex(address)
    if code in _CONNECTING:
        patience.restart()
        patience.wait(sock, selectors.EVENT_WRITE, seconds)
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    return code == 0


class Wire:
    """A connected socket and TLS on it. Raises only the problems of `trouble`."""

    def __init__(
        self,
        sock: socket.socket,
        env: Env,
        patience: Patience,
        traffic: Traffic,
        on_progress: Callable[[int, int], None],
        resume: ssl.SSLSession | None,
    ) -> None:
        self.session = resume  # what the next connection may resume: a third of a handshake saved
        self.ended = False  # the other end has closed in good order
        self.allowed_bytes = HEAD_BYTES_MAX  # of the answer to the last `write`
        self._sock = sock
        self._env = env
        self._patience = patience
        self._traffic = traffic
        self._on_progress = on_progress
        self._answer_bytes = 0
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls: ssl.SSLObject | None = None
        self._pending = bytearray()
        self._broken = False

    def shake_hands(self, context: ssl.SSLContext, name: str) -> None:
        """Raises Untrusted, NotOurOffice, Unreachable or Cancelled; nothing of the program's has left then."""
        before = self._traffic.wire_sent + self._traffic.wire_received
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=name, session=self.session)
        self._patience.restart()
        try:
            self._turn(self._tls.do_handshake)
        except ssl.SSLError as error:
            with contextlib.suppress(OSError):
                self._sock.send(self._outgoing.read())  # the alert that tells the office's log why
            raise refused_handshake(error) from error
        except OSError as error:
            raise Unreachable() from error
        finally:
            self._traffic.handshake += self._traffic.wire_sent + self._traffic.wire_received - before
        certificate = self._tls.getpeercert()
        if certificate and (trouble := outside_validity(self._env.now(), *validity(dict(certificate)))):
            raise trouble

    def write(self, data: bytes) -> None:
        """Head and body of a request share records: what is left over goes out with the next `read`."""
        self._answer_bytes = 0
        self.allowed_bytes = HEAD_BYTES_MAX
        self._pending += data
        while len(self._pending) >= RECORD_BYTES:
            self._put(RECORD_BYTES)

    def read(self, count: int) -> bytes:
        """The next bytes; b"" when the other end closed in good order."""
        if self._pending:
            self._put(len(self._pending))
        assert self._tls is not None
        try:
            data: bytes = self._turn(lambda: self._read_tls(count))
        except ssl.SSLError as error:
            if "CERTIFICATE_REQUIRED" in (error.reason or ""):
                raise refused_handshake(error) from error  # TLS 1.3 tells it only after the handshake
            raise Unreachable.on_the_way() from error
        except OSError as error:
            raise Unreachable.on_the_way() from error
        self.ended = not data
        self.session = self._tls.session  # its ticket came before the first answer
        self._traffic.received += len(data)
        self._answer_bytes += len(data)
        if self._answer_bytes > self.allowed_bytes:
            raise NotOurOffice(portal=False)
        self._on_progress(self._traffic.sent, self._traffic.received)
        return data

    def has_news(self) -> bool:
        """Whether the other end said or closed something unasked."""
        try:
            self._sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            pass
        return True

    def close(self) -> None:
        self._sock.close()

    def _read_tls(self, count: int) -> bytes:
        assert self._tls is not None
        return self._tls.read(count)

    def _put(self, count: int) -> None:
        assert self._tls is not None
        self._tls.write(self._pending[:count])
        del self._pending[:count]
        before = self._traffic.sent

        def told(taken: int) -> None:
            self._traffic.sent = before + min(taken, count)
            self._on_progress(self._traffic.sent, self._traffic.received)

        try:
            self._drain(told)
        except OSError:
            self._broken = True  # the office may have answered and hung up before it heard all: read first
        finally:
            self._traffic.sent = before + count  # it may have heard them all

    def _turn(self, step: Callable[[], T]) -> T:
        """Runs one step of TLS, moving bytes between its buffers and the socket until it has what it needs."""
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                self._drain(lambda taken: None)
                self._fill()
                continue
            self._drain(lambda taken: None)
            return result

    def _drain(self, on_taken: Callable[[int], None]) -> None:
        view = memoryview(self._outgoing.read())
        taken = 0
        while taken < len(view) and not self._broken:
            self._patience.check()
            try:
                count = self._sock.send(view[taken : taken + UNSENT_BYTES])
            except BlockingIOError:
                self._patience.wait(self._sock, selectors.EVENT_WRITE)
                continue
            taken += count
            self._traffic.wire_sent += count
            self._patience.moved(count)
            on_taken(taken)

    def _fill(self) -> None:
        while True:
            self._patience.check()
            try:
                data = self._sock.recv(RECORD_BYTES)
            except BlockingIOError:
                self._patience.wait(self._sock, selectors.EVENT_READ)
                continue
            break
        self._traffic.wire_received += len(data)
        self._patience.moved(len(data))
        if data:
            self._incoming.write(data)
        else:
            self._incoming.write_eof()
