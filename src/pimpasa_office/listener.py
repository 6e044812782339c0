"""The TLS server itself: granian inside this process, on a socket that we bound.

One process, because the embedded database wants one: whatever kills it leaves nothing behind. granian's own way
forks a worker and does not report port 0. Knows nothing of routes.
"""

import asyncio
import socket
from typing import Any

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings, HTTP2Settings
from granian.server.embed import Server
from starlette.applications import Starlette

from pimpasa_office.authority import Authority

# Stays below the 1,024 open files that a system usually allows a process.
CONNECTIONS_MAX = 800
BACKLOG = 128
HEADERS_MAX_BYTES = 16 * 1024
# A laptop that vanished is noticed by an unanswered ping; over EDGE an answer may take long.
PING_MILLISECONDS = 60_000
PING_PATIENCE_SECONDS = 60


class Listener(Server):
    """Serves `app` with the authority's present certificate; `reload()` loads a renewed one and drops no request."""

    def __init__(self, app: Starlette, sock: socket.socket, authority: Authority) -> None:
        super().__init__(
            app,
            interface=Interfaces.ASGINL,
            http=HTTPModes.auto,
            websockets=False,
            backlog=BACKLOG,
            backpressure=CONNECTIONS_MAX,
            http1_settings=HTTP1Settings(max_buffer_size=4 * HEADERS_MAX_BYTES),
            http2_settings=HTTP2Settings(
                keep_alive_interval=PING_MILLISECONDS,
                keep_alive_timeout=PING_PATIENCE_SECONDS,
                max_concurrent_streams=16,
                max_headers_size=HEADERS_MAX_BYTES,
            ),
            # Its log prints what a request raised, and that may quote a record; web.py writes our own line.
            log_enabled=False,
            ssl_cert=authority.server_crt,
            ssl_key=authority.server_key,
            ssl_protocol_min=SSLProtocols.tls13,
        )
        self._sock = sock
        # Between the start of the new worker and the end of the old one.
        self.respawn_interval = 0.5

    def stop(self) -> None:
        self._sock.close()
        super().stop()  # type: ignore[no-untyped-call]

    def reload(self) -> None:
        super().reload()  # type: ignore[no-untyped-call]

    async def _respawn_workers(self, workers: Any, spawn_target: Any, target_loader: Any, delay: float = 0) -> None:
        """The next worker beside the present one, which then takes nobody more and ends with its last request.

        Nobody waits for that, as granian would: a worker that took a greeting at its last moment may never end, and
        with it would wait the next certificate and the end of the program.
        """
        (ending,) = self.wrks
        fresh = self._spawn_worker(idx=0, target=spawn_target, callback_loader=target_loader)
        fresh.start()
        self.wrks[:] = [fresh]
        await asyncio.sleep(delay)
        ending.terminate()  # type: ignore[no-untyped-call]

    def _init_shared_socket(self) -> None:
        """Nothing to share: each worker gets a socket of its own."""

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> Any:  # type: ignore[override] # as Server has it
        # A worker closes its socket when it ends, so a reload must not hand the same one to the next.
        own = self._sock.dup().detach()
        self._shd: Any = SocketHolder(own, False, BACKLOG)  # type: ignore[call-arg] # its stub forgets them
        return super()._spawn_worker(idx, target, callback_loader)
