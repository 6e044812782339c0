"""Serving from start to stop: bind, answer, say so, renew, end cleanly. Knows nothing of what is served."""

import asyncio
import errno
import gc
import signal
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Protocol

from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.log import Log
from pimpasa_desktop.problem import Problem
from pimpasa_office.authority import Authority
from pimpasa_office.desk import Desk
from pimpasa_office.intake import Intake
from pimpasa_office.listener import Listener
from pimpasa_office.web import Service, application

READY_SECONDS = 20.0
STOP_SECONDS = 3.0
RENEWAL_CHECK_SECONDS = 3600.0
# OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which Python does not name.
_NO_CHECK_TIME = 0x200000


class Rounds(Protocol):
    """What goes on beside the serving, in a thread of its own."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


def serve(
    service_factory: Callable[[], Service],
    authority: Authority,
    *,
    env: Env,
    log: Log,
    host: str,
    port: int,
    ready_file: Path | None,
    on_ready: Callable[[str], None],
    hourly: Rounds | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; SIGHUP looks at the certificate now. Call it in the main thread.

    `on_ready` gets the base URL, in the service's thread, once an own HTTPS request was answered; then the ready
    file is written and `hourly` starts. Raises Problem when the port cannot be had or the server ends by itself.
    """
    _forget(ready_file)
    _renew(authority, log)
    _seldom_collected()
    with _bound(env, host, port) as sock:
        desk, intake = Desk(), Intake()
        try:
            app = application(service_factory(), env=env, log=log, desk=desk, intake=intake)
            serving = _Serving(Listener(app, sock, authority), authority, log, desk, intake, hourly)
            asyncio.run(serving.run(_base_url(host, sock), ready_file, on_ready))
        finally:
            _forget(ready_file)
            if hourly:
                hourly.stop()
            if not desk.close():
                log.event("stopped_in_a_request")


class _Serving:
    def __init__(
        self,
        listener: Listener,
        authority: Authority,
        log: Log,
        desk: Desk,
        intake: Intake,
        hourly: Rounds | None,
    ) -> None:
        self._listener = listener
        self._authority = authority
        self._log = log
        self._desk = desk
        self._intake = intake
        self._hourly = hourly
        self._stop = asyncio.Event()

    async def run(self, base_url: str, ready_file: Path | None, on_ready: Callable[[str], None]) -> None:
        with self._signals():
            server = asyncio.create_task(self._listener.serve())
            stop = asyncio.create_task(self._stop.wait())
            ready = asyncio.create_task(self._announce(base_url, ready_file, on_ready))
            renewing = asyncio.create_task(self._renew_in_time())
            try:
                await asyncio.wait({server, stop, ready}, return_when=asyncio.FIRST_COMPLETED)
                if ready.done():
                    ready.result()
                    await asyncio.wait({server, stop}, return_when=asyncio.FIRST_COMPLETED)
                if not stop.done():
                    raise Problem(_("Server kantor berhenti sendiri. Data kantor aman; jalankan lagi."))
            finally:
                for task in (ready, renewing, stop):
                    task.cancel()
                await self._end(server)

    async def _announce(self, base_url: str, ready_file: Path | None, on_ready: Callable[[str], None]) -> None:
        try:
            async with asyncio.timeout(READY_SECONDS):
                await _ask_ourselves(base_url, self._authority)
        except (OSError, TimeoutError) as error:
            raise Problem(
                _("Server kantor tidak menjawab dirinya sendiri. Data kantor aman; jalankan lagi.")
            ) from error
        await self._desk.ask(lambda: on_ready(base_url))
        if ready_file:
            _write(ready_file, base_url)
        self._log.event("serving")
        if self._hourly:
            self._hourly.start()

    async def _renew_in_time(self) -> None:
        while True:
            await asyncio.sleep(RENEWAL_CHECK_SECONDS)
            self._renew_now()

    def _renew_now(self) -> None:
        if _renew(self._authority, self._log):
            self._listener.reload()

    async def _end(self, server: asyncio.Task[None]) -> None:
        """Let what is being answered finish, but not for ever."""
        self._log.event("stopping")
        self._listener.stop()
        self._intake.close()
        await asyncio.wait({server}, timeout=STOP_SECONDS)
        if not server.done():
            self._desk.abandon()
            await asyncio.wait({server}, timeout=1)
        if not server.done():
            server.cancel()
        elif error := server.exception():
            self._log.failure(error)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()

        def calling(act: Callable[[], None]) -> Callable[[int, FrameType | None], None]:
            def handle(_number: int, _frame: FrameType | None) -> None:
                loop.call_soon_threadsafe(act)

            return handle

        # signal.signal and not the loop's own way, which Windows lacks.
        wanted = {signal.SIGTERM: self._stop.set, signal.SIGINT: self._stop.set}
        if hasattr(signal, "SIGHUP"):
            wanted[signal.SIGHUP] = self._renew_now
        before = {number: signal.signal(number, calling(act)) for number, act in wanted.items()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _seldom_collected() -> None:
    """A question of 2,400 operations makes forty thousand objects that live until it is answered, and no cycles:
    looking for garbage at each seven hundredth took an eighth of the time."""
    gc.freeze()
    gc.set_threshold(100_000)


@contextmanager
def _bound(env: Env, host: str, port: int) -> Iterator[socket.socket]:
    try:
        sock = env.listen(host, port)
    except OSError as error:
        raise Problem(_why_not(error, host, port)) from error
    with sock:
        yield sock


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        sentence = _(
            "Porta {port} sudah dipakai program lain, mungkin pimpasa-office yang masih berjalan. "
            "Hentikan program itu atau pilih porta lain dengan --port."
        )
    elif error.errno == errno.EACCES:
        sentence = _(
            "Porta {port} tidak boleh dipakai tanpa izin administrator. Pilih porta di atas 1023 dengan --port."
        )
    else:
        sentence = _("Alamat {host} tidak ada di komputer ini. Periksa pilihan --host.")
    return sentence.format(host=host, port=port)


def _base_url(host: str, sock: socket.socket) -> str:
    """Where this machine itself finds the server: a server that listens everywhere is on loopback too."""
    reachable = "127.0.0.1" if host in ("", "0.0.0.0") else host
    return f"https://{reachable}:{sock.getsockname()[1]}"


async def _ask_ourselves(base_url: str, authority: Authority) -> None:
    """Raises OSError when the answer is not ours."""
    context = ssl.create_default_context(cadata=authority.ca_pem().decode())
    # A machine with a wrong clock may serve: the laptops' clocks decide, and warnings() tells the administrator.
    context.verify_flags |= _NO_CHECK_TIME
    host, _colon, port = base_url.removeprefix("https://").rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port), ssl=context, server_hostname=authority.name)
    try:
        request = f"GET /health HTTP/1.1\r\nhost: {authority.name}\r\nconnection: close\r\n\r\n"
        writer.write(request.encode())
        answer = await reader.read()
    finally:
        writer.close()
    if not (answer.startswith(b"HTTP/1.1 200 ") and answer.endswith(b"\r\n\r\nok\n")):
        raise ConnectionError("health")


def _renew(authority: Authority, log: Log) -> bool:
    """True when the certificate is another one now. A full disk must not stop a server that can go on serving."""
    try:
        renewed = authority.renew_if_due()
    except OSError as error:
        log.failure(error)
        return False
    if renewed:
        log.event("certificate_renewed")
    if told := authority.warnings():
        log.event("certificate_warning", count=len(told))
    return renewed


def _write(ready_file: Path, base_url: str) -> None:
    """Whole at once: whoever waits for the file may read it the moment it is there."""
    part = ready_file.with_name(ready_file.name + ".part")
    part.write_text(base_url, encoding="ascii")
    part.replace(ready_file)


def _forget(ready_file: Path | None) -> None:
    if ready_file:
        ready_file.unlink(missing_ok=True)
