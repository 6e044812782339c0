"""The laptop's line to its office: bytes out, bytes back, or a Problem.

HTTP/1.1 over TLS, through httpx2's transport alone: a transport keeps no cookies, follows no redirect, unpacks
nothing and asks no environment variable for a proxy, so there is nothing to switch off. HTTP/2 was measured and
costs more for the one or two requests of a round. It refuses to know what the bytes mean, and it keeps no state
that a failure could change.
"""

import json
import math
import ssl
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Any, Literal, Self

import httpcore2
import httpx2

from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sync.protocol.carriage import (
    BLOBS_PATH,
    ENROL_PATH,
    EXCHANGE_PATH,
    MEDIA_TYPE,
    REFUSAL_FIELD,
    moment,
)
from pimpasa_desktop.sync.trouble import (
    Busy,
    Cancelled,
    Cause,
    NotOurOffice,
    Refused,
    TooOld,
    Unreachable,
    Untrusted,
)
from pimpasa_desktop.sync.wire import HEAD_BYTES_MAX, Patience, Traffic, Wire, dial

ANSWER_BYTES_MAX = 16 * 1024 * 1024
SENTENCE_CHARS_MAX = 300
RETRY_SECONDS = 60
_IDLE_SECONDS = 20  # between two requests of a round; longer and a mobile network may have dropped the connection
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME: Wire checks the dates itself, by the clock of Env
_TLSEXT_PADDING = 0x10  # SSL_OP_TLSEXT_PADDING fills the first message up to 512 bytes for the sake of old F5 boxes
# Python before 3.11.4 sets it: a line cut in the middle of an answer would pass for the answer's end.
_IGNORE_UNEXPECTED_EOF = getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)


class Line:
    """One office at several https addresses (others are never tried), in order, the last good one first.

    `trust` is the PEM of the office's own CA, or "public" for the system's store. `name` is what the certificate
    must say, whichever address answers. `on_progress(sent, received)` tells bytes as the other end took and gave
    them. Use it as a context manager around one round: requests inside share a connection.
    """

    def __init__(
        self,
        addresses: Sequence[str],
        trust: bytes | Literal["public"],
        name: str,
        env: Env,
        stall_seconds: float = 60,
        on_progress: Callable[[int, int], None] = lambda sent, received: None,
    ) -> None:
        self.requests = 0
        self.address = ""  # that answered last
        self.clock_behind: float | None = None  # seconds that the laptop's clock is behind the office's, once heard
        self._env = env
        self._addresses = [address.rstrip("/") for address in addresses if address.startswith("https://")]
        self._name = name
        self._traffic = Traffic()
        self._patience = Patience(env, stall_seconds)
        # The system's verifier on Windows wants the whole chain each time; a resumed session shows none.
        resumes = trust != "public"
        self._dialler = _Dialler(env, self._patience, self._traffic, on_progress, resumes)
        self._transport = _Transport(_context(trust), self._dialler)

    def exchange(self, body: bytes) -> bytes:
        return self._ask(EXCHANGE_PATH, body)

    def enrol(self, body: bytes) -> bytes:
        return self._ask(ENROL_PATH, body)

    def blobs(self, body: bytes) -> bytes:
        return self._ask(BLOBS_PATH, body)

    @property
    def bytes_sent(self) -> int:
        """Written to TLS: heads and bodies."""
        return self._traffic.sent

    @property
    def bytes_received(self) -> int:
        """Read from TLS: heads and bodies."""
        return self._traffic.received

    @property
    def bytes_handshake(self) -> int:
        """On the wire, both ways, until TLS stood."""
        return self._traffic.handshake

    @property
    def bytes_wire(self) -> tuple[int, int]:
        """(sent, received) on the wire, all told: the above and TLS's own framing."""
        return self._traffic.wire_sent, self._traffic.wire_received

    def cancel(self) -> None:
        """From any thread, at any moment: what runs, or comes next, raises Cancelled. Forgotten by `close`."""
        self._patience.cancelled.set()

    def close(self) -> None:
        self._transport.close()
        self._patience.cancelled.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _ask(self, path: str, body: bytes) -> bytes:
        troubles: list[Problem] = []
        for address in tuple(self._addresses):
            before = self._traffic.sent
            last = len(troubles) == len(self._addresses) - 1
            # A black hole at one address must not eat the minutes of signal while others are left.
            self._dialler.seconds = self._patience.stall_seconds / (1 if last else 4)
            try:
                answer = self._post(address + path, body)
            except Cancelled:
                raise
            except Problem as trouble:
                if self._traffic.sent > before:
                    # It proved to be the office: another address is the same office, and costs the bytes again.
                    self._prefer(address)
                    raise
                troubles.append(trouble)
            else:
                self._prefer(address)
                return answer
        # "Nobody there" says least: a laptop in a village expects it of the office's inner address.
        raise min(troubles, key=lambda trouble: isinstance(trouble, Unreachable), default=Unreachable())

    def _prefer(self, address: str) -> None:
        self.address = address
        self._addresses.remove(address)
        self._addresses.insert(0, address)

    def _post(self, url: str, body: bytes) -> bytes:
        try:
            request = httpx2.Request(
                "POST",
                url,
                headers={"Host": self._name},
                content=body,
                extensions={"sni_hostname": self._name},
            )
        except httpx2.InvalidURL:
            raise Unreachable() from None
        self.requests += 1
        self._patience.restart()
        try:
            response = self._transport.handle_request(request)
            self._dialler.allow(ANSWER_BYTES_MAX + HEAD_BYTES_MAX)
            now = self._env.now().timestamp()
            told = moment(response.headers.get("date", ""))
            if told is not None:
                self.clock_behind = told - now
            try:
                return response.read() if self._env.planted("portal-believed") else _body_of(response, told or now)
            finally:
                response.close()
        except httpx2.HTTPError as error:
            if self._dialler.ended():
                raise Unreachable.on_the_way() from error
            raise NotOurOffice(portal=False) from error


def _body_of(response: httpx2.Response, now: float) -> bytes:
    """The answer of our office, or what its status says. `now`: its own time, where it told it. Raises Busy, TooOld,
    Refused, NotOurOffice."""
    head = response.headers
    match response.status_code:
        case 200 if head.get("content-type") == MEDIA_TYPE and "content-encoding" not in head:
            return _bounded(response, ANSWER_BYTES_MAX)
        case 426:
            raise TooOld()
        case 200 | 407 | 511:
            raise NotOurOffice(portal="html" in head.get("content-type", "") or response.status_code != 200)
        case 429 | 500 | 502 | 503 | 504:
            raise Busy(_seconds(head.get("retry-after", ""), now))
        case status if 300 <= status < 400:
            raise NotOurOffice(portal=True)
        case status if 400 <= status < 500:
            raise _refusal(status, response)
    raise NotOurOffice(portal=False)


def _bounded(response: httpx2.Response, bytes_max: int) -> bytes:
    """The whole body. Raises NotOurOffice when it is, or says it is, longer than `bytes_max`."""
    said = response.headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > bytes_max:
        raise NotOurOffice(portal=False)
    body = bytearray()
    for part in response.iter_raw():
        body += part
        if len(body) > bytes_max:
            raise NotOurOffice(portal=False)
    return bytes(body)


def _refusal(status: int, response: httpx2.Response) -> Problem:
    """The office's own sentence, without line breaks and at most SENTENCE_CHARS_MAX long."""
    try:
        sentence = json.loads(_bounded(response, 16 * SENTENCE_CHARS_MAX))[REFUSAL_FIELD]
    except (ValueError, KeyError, TypeError, RecursionError):
        return NotOurOffice(portal=False)
    if not isinstance(sentence, str) or not sentence.strip():
        return NotOurOffice(portal=False)
    return Refused(status, "".join(c if c.isprintable() else " " for c in sentence)[:SENTENCE_CHARS_MAX])


def _seconds(retry_after: str, now: float) -> int:
    """Of a Retry-After, which gives seconds or a date."""
    if retry_after.isdecimal():
        return int(retry_after) if len(retry_after) < 9 else RETRY_SECONDS
    at = moment(retry_after)
    return RETRY_SECONDS if at is None else math.ceil(at - now)


def _context(trust: bytes | Literal["public"]) -> ssl.SSLContext:
    context = _context_trusting(trust)
    context.options &= ~_IGNORE_UNEXPECTED_EOF
    return context


def _context_trusting(trust: bytes | Literal["public"]) -> ssl.SSLContext:
    if trust == "public":
        context = httpcore2.default_ssl_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cadata=trust.decode("ascii"))
    except (ssl.SSLError, ValueError) as error:
        raise Untrusted(Cause.OTHER_CA) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_flags |= _NO_CHECK_TIME
    context.options &= ~_TLSEXT_PADDING
    return context


class _Transport(httpx2.HTTPTransport):
    """httpx2's transport over our own sockets: it has no argument for them, its pool has."""

    def __init__(self, context: ssl.SSLContext, backend: httpcore2.NetworkBackend) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=context, max_connections=1, keepalive_expiry=_IDLE_SECONDS, network_backend=backend
        )


class _Dialler(httpcore2.NetworkBackend):
    """Opens wires for the pool. httpx2's own time-outs are ignored: Patience decides."""

    def __init__(
        self,
        env: Env,
        patience: Patience,
        traffic: Traffic,
        on_progress: Callable[[int, int], None],
        resumes: bool,
    ) -> None:
        self.seconds = patience.stall_seconds
        self._env = env
        self._resumes = resumes
        self._patience = patience
        self._traffic = traffic
        self._on_progress = on_progress
        self._wire: Wire | None = None

    def ended(self) -> bool:
        """Whether the other end hung up, rather than talk nonsense."""
        return self._wire is not None and self._wire.ended

    def allow(self, answer_bytes: int) -> None:
        if self._wire is not None:
            self._wire.allowed_bytes = answer_bytes

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        sock = dial(self._env, host, port, self._patience, self.seconds)
        resume = self._wire.session if self._wire is not None and self._resumes else None
        self._wire = Wire(sock, self._env, self._patience, self._traffic, self._on_progress, resume)
        return _Stream(self._wire)


class _Stream(httpcore2.NetworkStream):
    """A Wire in the words of httpcore2."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        assert server_hostname is not None
        try:
            self._wire.shake_hands(ssl_context, server_hostname)
        except BaseException:
            self._wire.close()
            raise
        return self

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._wire.read(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._wire.write(buffer)

    def close(self) -> None:
        self._wire.close()

    def get_extra_info(self, info: str) -> Any:
        return self._wire.has_news() if info == "is_readable" else None
