"""A TCP proxy on 127.0.0.1 that counts, cuts, stalls and throttles. The same seed slices the bytes the same way.

It knows nothing of TLS or HTTP. `up` is client to server, `down` is server to client; both count what was read
from one side and passed on to the other.
"""

import random
import socket
import struct
import threading
from types import TracebackType
from typing import Literal, Self

Direction = Literal["up", "down"]


class Proxy:
    """Forwards to `port`. Everything may be changed while it runs; limits count over all connections.

    cut_up, cut_down: after so many bytes both sides are closed, with a reset unless `polite`.
    stall_up, stall_down: after so many bytes nothing more is passed on that way, and nothing is closed.
    bytes_per_second: of each direction, with the small buffers of a slow line.
    """

    def __init__(
        self,
        port: int,
        *,
        seed: int = 0,
        cut_up: int | None = None,
        cut_down: int | None = None,
        stall_up: int | None = None,
        stall_down: int | None = None,
        bytes_per_second: int | None = None,
        polite: bool = False,
    ) -> None:
        self.cut: dict[Direction, int | None] = {"up": cut_up, "down": cut_down}
        self.stall: dict[Direction, int | None] = {"up": stall_up, "down": stall_down}
        self.bytes_per_second = bytes_per_second
        self.passed: dict[Direction, int] = {"up": 0, "down": 0}
        self.connections = 0
        self._polite = polite
        self.target = port
        self._seed = seed
        self._closing = threading.Event()
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        if bytes_per_second is not None:  # else the whole upload lies in our buffer at once and looks taken
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)

    @property
    def up(self) -> int:
        return self.passed["up"]

    @property
    def down(self) -> int:
        return self.passed["down"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._closing.set()
        with self._lock:
            _hang_up(self._listener, *self._sockets)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()
        for sock in (self._listener, *self._sockets):
            sock.close()

    def _start(self, run: object, *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.socket()
            if self.bytes_per_second is not None:
                far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            try:
                far.connect(("127.0.0.1", self.target))
            except OSError:
                near.close()
                far.close()
                continue
            with self._lock:
                self.connections += 1
                self._sockets += [near, far]
                if self._closing.is_set():
                    _hang_up(near, far)
            for sock in (near, far):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._start(self._pump, near, far, "up")
            self._start(self._pump, far, near, "down")

    def _pump(self, source: socket.socket, sink: socket.socket, way: Direction) -> None:
        dice = random.Random(f"{self._seed} {way} {self.connections}")
        while True:
            stall, cut = self.stall[way], self.cut[way]
            if stall is not None and self.passed[way] >= stall:
                self._closing.wait()
                return
            if cut is not None and self.passed[way] >= cut:
                self._break(source, sink)
                return
            limits = [mark - self.passed[way] for mark in (stall, cut) if mark is not None]
            slice_bytes = dice.randint(1, 512 if self.bytes_per_second else 8192)
            try:
                data = source.recv(min(slice_bytes, *limits) if limits else slice_bytes)
            except OSError:
                data = b""
            if not data:
                _end(sink)
                return
            if self.bytes_per_second and self._closing.wait(len(data) / self.bytes_per_second):
                return
            self.passed[way] += len(data)
            try:
                sink.sendall(data)
            except OSError:
                self._break(source, sink)
                return

    def _break(self, *sockets: socket.socket) -> None:
        with self._lock:
            if self._polite:
                _hang_up(*sockets)
                return
            for sock in sockets:
                try:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    sock.shutdown(socket.SHUT_RD)  # wakes the other thread, else its recv keeps the socket open
                except OSError:
                    pass
                sock.close()


def _end(sink: socket.socket) -> None:
    """Passes the end of one direction on."""
    try:
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def _hang_up(*sockets: socket.socket) -> None:
    for sock in sockets:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # never connected, or already gone
