"""The two sides of a connection through the proxy: bytes in exact numbers, and every way of hanging up.

`Plain` reads from the socket itself and holds nothing back, so that what the proxy has not read waits at the sender,
as on a slow line. `Secured` takes TLS off and puts it on.
"""

import asyncio
import contextlib
import socket
import ssl
import struct
from typing import Literal, Protocol

Goodbye = Literal["reset", "abort", "close"]  # RST; FIN alone; FIN after what the protocol asks for
_AT_ONCE = struct.pack("ii", 1, 0)  # linger for no time: the system resets the connection


class End(Protocol):
    async def read(self, most: int) -> bytes: ...
    async def write(self, data: bytes) -> None: ...
    def finish(self) -> None: ...
    def drop(self, how: Goodbye) -> None: ...


class Plain:
    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock = sock

    async def read(self, most: int) -> bytes:
        return await asyncio.get_running_loop().sock_recv(self._sock, most)

    async def write(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._sock, data)

    def finish(self) -> None:
        """Nothing more comes this way; the other way goes on."""
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_WR)

    def drop(self, how: Goodbye) -> None:
        if how == "reset":
            with contextlib.suppress(OSError):
                self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self._sock.close()


class Secured:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def answering(cls, sock: socket.socket, context: ssl.SSLContext) -> "Secured":
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await loop.connect_accepted_socket(lambda: protocol, sock, ssl=context)
        return cls(reader, asyncio.StreamWriter(transport, protocol, reader, loop))

    @classmethod
    async def calling(cls, port: int, context: ssl.SSLContext, name: str) -> "Secured":
        return cls(*await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname=name))

    async def read(self, most: int) -> bytes:
        return await self._reader.read(most)

    async def head(self) -> bytes:
        """The head of the next HTTP message, b"" when there is none."""
        try:
            return await self._reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return b""

    async def write(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    def finish(self) -> None:
        """TLS has no half a good-bye."""

    def drop(self, how: Goodbye) -> None:
        transport = self._writer.transport
        if how == "close":
            transport.close()
            return
        if how == "reset":
            with contextlib.suppress(OSError, AttributeError):  # closed already
                transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        with contextlib.suppress(AttributeError):  # gone already, which Python 3.11.2 does not look for
            transport.abort()
