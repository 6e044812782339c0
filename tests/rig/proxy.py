"""A TCP proxy on 127.0.0.1 that counts, cuts, stalls and throttles. The same seed slices the bytes the same way.

It knows nothing of TLS or HTTP (`rig.interceptor` does). `up` is client to server, `down` is server to client; both
count what was read from one side and passed on to the other. It runs on an event loop in a thread of its own.
"""

import asyncio
import contextlib
import random
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

from rig.ends import End, Goodbye, Plain

Way = Literal["up", "down"]
Act = Goodbye | Literal["stall", "drip", "flip"] | Callable[[], None]
DRIP_SECONDS = 0.06


@dataclass(frozen=True)
class Mark:
    """What happens when so many bytes have passed: hang up, pass nothing more, a byte at a time, a bit turned, or
    a call (in the proxy's thread), after which bytes go on."""

    at: int
    act: Act


@dataclass(frozen=True)
class Link:
    """A line with the figures of a mobile network. What it loses comes a round trip later, and all behind it too."""

    up_bytes_per_second: float
    down_bytes_per_second: float
    round_trip_seconds: float = 0.0
    loss: float = 0.0
    packet_bytes: int = 1400
    queue_bytes: int = 24_000

    def bytes_per_second(self, way: Way) -> float:
        return self.up_bytes_per_second if way == "up" else self.down_bytes_per_second


SLOW = Link(6_000, 6_000, packet_bytes=512)
EDGE = Link(50_000 / 8, 100_000 / 8, 0.6, 0.02)


@dataclass
class _Counts:
    passed: dict[Way, int] = field(default_factory=lambda: {"up": 0, "down": 0})
    connections: int = 0


class Broken(ConnectionError):
    """A mark says to hang up on both ends."""

    def __init__(self, how: Goodbye) -> None:
        super().__init__(how)
        self.how: Goodbye = how


class Proxy:
    """Forwards to `port`. `marks` and `target` may be changed while it runs; marks count over all connections."""

    def __init__(self, port: int, *, seed: object = 0, link: Link | None = None, **marks: Mark) -> None:
        self.target = port
        self.marks: dict[str, Mark] = dict(marks)  # by way: up=Mark(...), down=Mark(...)
        self.link = link
        self.seed = seed
        self._counts = _Counts()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        if link:  # else the whole upload lies in our buffer at once and looks taken
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self.port: int = self._listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._calls: set[asyncio.Task[None]] = set()
        self._accepting = self._loop.create_task(self._accept())
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def passed(self) -> dict[Way, int]:
        return self._counts.passed

    @property
    def up(self) -> int:
        return self.passed["up"]

    @property
    def down(self) -> int:
        return self.passed["down"]

    @property
    def connections(self) -> int:
        return self._counts.connections

    def forget(self) -> None:
        """Count from nothing again. Only between connections."""
        self._counts = _Counts(connections=self.connections)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._accepting.cancel)
        self._thread.join(10)
        assert not self._thread.is_alive()

    # -- in the thread

    def _run(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._accepting)
        self._loop.run_until_complete(self._hang_up())
        self._listener.close()
        self._loop.close()

    async def _hang_up(self) -> None:
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        await asyncio.sleep(0.01)  # transports close in the loop's next turns

    async def _accept(self) -> None:
        while True:
            near, _ = await self._loop.sock_accept(self._listener)
            self._counts.connections += 1
            call = self._loop.create_task(self._answer(near))
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)

    async def _answer(self, sock: socket.socket) -> None:
        """One connection, from its first byte to its last."""
        ends: list[End] = [Plain(sock)]
        goodbye: Goodbye = "close"
        try:
            ends.append(Plain(await self._dialled()))
            if self.link:
                await asyncio.sleep(self.link.round_trip_seconds)  # the connection itself takes one
            near, far = ends
            async with asyncio.TaskGroup() as pumps:
                pumps.create_task(self._pump(near, far, "up"))
                pumps.create_task(self._pump(far, near, "down"))
        except* OSError as gone:  # one end, so the other is let go
            goodbye = next((each.how for each in gone.exceptions if isinstance(each, Broken)), goodbye)
        finally:
            for end in ends:
                end.drop(goodbye)

    async def _dialled(self) -> socket.socket:
        far = socket.socket()
        far.setblocking(False)
        if self.link:
            far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        try:
            await self._loop.sock_connect(far, ("127.0.0.1", self.target))
        except BaseException:
            far.close()
            raise
        return far

    async def _pump(self, source: End, sink: End, way: Way) -> None:
        dice = random.Random(f"{self.seed} {way} {self.connections}")
        road = Road(self.link, way, dice, sink) if self.link else None
        most = self.link.packet_bytes if self.link else 8192
        with contextlib.closing(road) if road else contextlib.nullcontext():
            while True:
                mark = self.marks.get(way)
                left = mark.at - self.passed[way] if mark else None
                if mark and left is not None and left <= 0:
                    if await self.act(mark.act, source, sink, way):
                        return
                    left = None
                slice_bytes = dice.randint(1, most) if not self.link else most
                data = await source.read(slice_bytes if left is None else min(slice_bytes, left))
                if not data:
                    break
                self.passed[way] += len(data)
                await (road or sink).write(data)
            if road:
                await road.arrived()
        sink.finish()

    async def act(self, act: Act, source: End, sink: End, way: Way) -> bool:
        """Do what a mark says; True when this is the end of this way."""
        match act:
            case "stall":
                await asyncio.Event().wait()
            case "drip":
                while data := await source.read(1):
                    await asyncio.sleep(DRIP_SECONDS)
                    await sink.write(data)
            case "flip":
                self.marks.pop(way, None)
                if data := await source.read(1):
                    self.passed[way] += 1
                    await sink.write(bytes([data[0] ^ 0x10]))
                    return False
            case "reset" | "abort" | "close":
                raise Broken(act)
            case call:
                self.marks.pop(way, None)
                call()
                return False
        return True


class Road:
    """One way of a link: a packet takes its time to be sent, then its time to arrive."""

    def __init__(self, link: Link, way: Way, dice: random.Random, sink: End) -> None:
        self._link, self._dice, self._sink = link, dice, sink
        self._pace = link.bytes_per_second(way)
        self._loop = asyncio.get_running_loop()
        self._free_at = self._arrives_at = self._loop.time()
        self._queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(max(1, link.queue_bytes // link.packet_bytes))
        self._gone: OSError | None = None  # nobody is there to take it
        self._delivering = self._loop.create_task(self._deliver())

    async def write(self, packet: bytes) -> None:
        if self._gone:
            raise self._gone
        self._free_at = max(self._free_at, self._loop.time()) + len(packet) / self._pace
        await asyncio.sleep(self._free_at - self._loop.time())
        late = self._link.round_trip_seconds if self._dice.random() < self._link.loss else 0.0
        arrives = self._loop.time() + self._link.round_trip_seconds / 2 + late
        self._arrives_at = max(self._arrives_at, arrives)
        await self._queue.put((self._arrives_at, packet))

    async def arrived(self) -> None:
        """Until nothing is under way any more."""
        await self._queue.join()

    def close(self) -> None:
        self._delivering.cancel()

    async def _deliver(self) -> None:
        while True:
            at, packet = await self._queue.get()
            await asyncio.sleep(at - self._loop.time())
            if not self._gone:
                try:
                    await self._sink.write(packet)
                except OSError as error:
                    self._gone = error
            self._queue.task_done()
