"""A proxy that takes TLS off and puts it on again, with the office's own certificate, so that it can aim at a place
in a message: in its head, between head and body, in the body, after the last byte. It may answer in the office's place.
"""

import asyncio
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rig.ends import Goodbye, Secured
from rig.proxy import Act, Broken, Link, Proxy, Way

Part = Literal["head", "between", "body", "last", "after"]
Asked = Literal["never", "heard", "twice"]  # what the office gets to hear of the question
PIECE_BYTES = 1000


@dataclass(frozen=True)
class Place:
    """Where in a message: `share` of the head or body has passed, or all of it but the last byte, or all."""

    way: Way
    part: Part
    share: float
    act: Act

    def offset(self, head: int, body: int) -> int:
        match self.part:
            case "head":
                return int(self.share * head)
            case "between":
                return head
            case "body":
                return head + max(1, int(self.share * body))
            case "last":
                return head + body - 1
            case "after":
                return head + body


@dataclass(frozen=True)
class Instead:
    """An answer that is not the office's: `raw`, for ever if `endless`."""

    raw: bytes
    office: Asked = "never"
    endless: bool = False


class Interceptor(Proxy):
    """`certificate`, `key`: the office's; `place`, `instead` and `twice` may be changed while it runs.

    `passed` counts what lies inside TLS. `hit` is how often something was done to a message.
    """

    def __init__(self, port: int, certificate: Path, key: Path, *, seed: object = 0, link: Link | None = None) -> None:
        self.place: Place | None = None
        self.instead: Instead | None = None
        self.twice = False
        self.hit = 0
        self._ends: list[Secured] = []
        self._shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._shown.load_cert_chain(certificate, key)
        self._asking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._asking.check_hostname = False
        self._asking.verify_mode = ssl.CERT_NONE
        super().__init__(port, seed=seed, link=link)

    def clear(self) -> None:
        self.place = self.instead = None
        self.twice = False

    async def _answer(self, sock: socket.socket) -> None:
        ends: list[Secured] = []
        goodbye: Goodbye = "close"
        try:
            ends.append(await Secured.answering(sock, self._shown))
            self._ends.append(ends[0])
            ends.append(await self._call_office())
            while await self._round(*ends):
                pass
        except Broken as broken:
            goodbye = broken.how
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            for end in ends:
                end.drop(goodbye)
            if not ends:
                sock.close()

    async def _hang_up(self) -> None:
        await super()._hang_up()
        for end in self._ends:  # a good-bye waits half a minute for its answer
            end.drop("abort")
        await asyncio.sleep(0.01)

    async def _call_office(self) -> Secured:
        self._ends.append(await Secured.calling(self.target, self._asking, "kantor"))
        return self._ends[-1]

    async def _round(self, near: Secured, far: Secured) -> bool:
        """One question and its answer; False when nothing more comes."""
        if self.instead:
            await self._answer_instead(self.instead, near, far)
        if self.twice:
            self.twice, self.hit = False, self.hit + 1
            question = await _whole(near)
            other = await self._call_office()
            await other.write(question)
            await _whole(other)
            other.drop("close")
            await far.write(question)
        elif not await self._message(near, far, "up"):
            return False
        return await self._message(far, near, "down")

    async def _answer_instead(self, instead: Instead, near: Secured, far: Secured) -> None:
        self.hit += 1
        question = await _whole(near)
        for _time in range({"never": 0, "heard": 1, "twice": 2}[instead.office]):
            await far.write(question)
            await _whole(far)
        await near.write(instead.raw)
        while instead.endless:
            await near.write(bytes(1 << 16))
            await asyncio.sleep(0)  # else the loop never comes to say that nobody reads any more
        raise Broken("close")

    async def _message(self, source: Secured, sink: Secured, way: Way) -> bool:
        head = await source.head()
        if not head:
            return False
        size = len(head) + _length(head)
        here = self.place if self.place and self.place.way == way else None
        left = here.offset(len(head), size - len(head)) if here else size
        rest = await self._pass(left, head, source, sink, way)
        if here:
            self.hit += 1
            self.place = None
            if here.act == "flip":
                rest = rest or await source.read(1)
                rest = bytes([rest[0] ^ 0x10]) + rest[1:]
            elif await self.act(here.act, source, sink, way):
                return False
            await self._pass(size - left, rest, source, sink, way)
        return True

    async def _pass(self, count: int, ready: bytes, source: Secured, sink: Secured, way: Way) -> bytes:
        """Pass so many bytes on, those in `ready` first; what is left of `ready` comes back."""
        while count:
            piece = ready[:count] or await source.read(min(count, PIECE_BYTES))
            if not piece:
                raise Broken("close")
            ready = ready[len(piece) :]
            count -= len(piece)
            self.passed[way] += len(piece)
            await sink.write(piece)
        return ready


async def _whole(end: Secured) -> bytes:
    """A message from its first byte to its last."""
    head = await end.head()
    body, length = b"", _length(head)
    while len(body) < length:
        part = await end.read(length - len(body))
        if not part:
            raise Broken("close")
        body += part
    return head + body


def _length(head: bytes) -> int:
    found = (line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return int(next(found, b":0").partition(b":")[2])
