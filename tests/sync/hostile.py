"""Servers that follow a script: a plain or TLS socket on 127.0.0.1 and a function that says what they do.

A script gets the connection and reads or writes as it likes. What it may wait for is `server.stopping`.
"""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

MEDIA_TYPE = "application/vnd.pimpasa"
Script = Callable[["Server", socket.socket], None]


class Server:
    """A thread for each connection. `heard` is every request read, head and body."""

    def __init__(self, script: Script, tls: ssl.SSLContext | None) -> None:
        self.heard: list[bytes] = []
        self.handshake_troubles: list[str] = []
        self.stopping = threading.Event()
        self._script = script
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._run, daemon=True)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def connections(self) -> int:
        return len(self._threads) - 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        self.stopping.set()
        for sock in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._threads[0].join(10)
        self.wait_for_connections()
        self._listener.close()

    def wait_for_connections(self) -> None:
        """Until every connection so far is closed."""
        for thread in self._threads[1:]:
            thread.join(10)
            assert not thread.is_alive()

    def _run(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(sock)
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        if self._tls is None:
            with sock, contextlib.suppress(OSError):
                self._script(self, sock)
            return
        try:
            secured = self._tls.wrap_socket(sock, server_side=True)
        except OSError as error:
            self.handshake_troubles.append(str(error))
            sock.close()
            return
        self._open.append(secured)
        with secured, contextlib.suppress(OSError):
            self._script(self, secured)

    def read_request(self, sock: socket.socket) -> bytes | None:
        """The next request's body; None when the client hung up."""
        data = b""
        while b"\r\n\r\n" not in data:
            part = sock.recv(65536)
            if not part:
                return None
            data += part
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        while len(body) < length:
            part = sock.recv(65536)
            if not part:
                return None
            body += part
        self.heard.append(head + b"\r\n\r\n" + body)
        return body


def answer(body: bytes, *, status: str = "200 OK", media_type: str = MEDIA_TYPE, **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def echo(server: Server, sock: socket.socket) -> None:
    """A good office: every request is answered with its own body turned round."""
    while (body := server.read_request(sock)) is not None:
        sock.sendall(answer(body[::-1]))


def says(raw: bytes, then: Script | None = None) -> Script:
    """Reads one request, says `raw` whatever it is, then does `then` or hangs up."""

    def script(server: Server, sock: socket.socket) -> None:
        server.read_request(sock)
        sock.sendall(raw)
        if then is not None:
            then(server, sock)
        elif isinstance(sock, ssl.SSLSocket):
            sock.unwrap()

    return script


def blurts(raw: bytes, then: Script | None = None) -> Script:
    """Says `raw` before it was asked."""

    def script(server: Server, sock: socket.socket) -> None:
        sock.sendall(raw)
        (then or silent)(server, sock)

    return script


def silent(server: Server, sock: socket.socket) -> None:
    """Keeps the connection and says nothing."""
    server.stopping.wait(20)


def reset(server: Server, sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hang_up(server: Server, sock: socket.socket) -> None:
    """Closes without a word, and without TLS's own good-bye."""


def endlessly(raw: bytes, pause_seconds: float = 0) -> Script:
    def script(server: Server, sock: socket.socket) -> None:
        while not server.stopping.wait(pause_seconds):
            sock.sendall(raw)

    return script


def dripping(raw: bytes, pause_seconds: float) -> Script:
    """One byte at a time."""

    def script(server: Server, sock: socket.socket) -> None:
        for at in range(len(raw)):
            if server.stopping.wait(pause_seconds):
                return
            sock.sendall(raw[at : at + 1])

    return script
