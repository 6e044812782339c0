"""Takes request bodies in: bounded each, bounded together, and never waiting for ever.

Knows nothing of what the bytes mean.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request

from pimpasa_desktop.i18n import _
from pimpasa_office.refusal import Refused

BODY_MAX = 8 * 1024 * 1024
HELD_MAX = 128 * 1024 * 1024
# For a stall, never for a duration: over EDGE a body may take many minutes and still be arriving.
STALL_SECONDS = 60.0
RETRY_AFTER_SECONDS = 30


class Intake:
    def __init__(
        self, body_max: int = BODY_MAX, held_max: int = HELD_MAX, stall_seconds: float = STALL_SECONDS
    ) -> None:
        self._body_max = body_max
        self._held_max = held_max
        self._stall_seconds = stall_seconds
        self._held = 0
        self._closed = False
        self._waits: set[asyncio.Timeout] = set()

    @asynccontextmanager
    async def body(self, request: Request) -> AsyncIterator[bytes]:
        """The whole body, counted as held until the block ends. Raises Refused, or ClientDisconnect."""
        declared = request.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self._body_max:
            raise self._too_large()
        chunks: list[bytes] = []
        size = 0
        try:
            async for chunk in self._chunks(request):
                size += len(chunk)
                self._held += len(chunk)
                if size > self._body_max:
                    raise self._too_large()
                if self._held > self._held_max:
                    raise _busy(
                        _("Kantor sedang menerima banyak kiriman. Data Anda aman dan akan dikirim lagi sendiri.")
                    )
                chunks.append(chunk)
            yield b"".join(chunks)
        finally:
            self._held -= size

    def close(self) -> None:
        """Cut off the bodies that are still arriving: the office is about to stop."""
        self._closed = True
        for wait in self._waits:
            wait.reschedule(0)

    async def _chunks(self, request: Request) -> AsyncIterator[bytes]:
        stream = request.stream()
        while True:
            if self._closed:
                raise self._stalled()
            try:
                async with asyncio.timeout(self._stall_seconds) as wait:
                    self._waits.add(wait)
                    try:
                        chunk = await anext(stream)
                    finally:
                        self._waits.discard(wait)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise self._stalled() from None
            yield chunk

    def _too_large(self) -> Refused:
        return Refused(
            413,
            _(
                "Kiriman ini terlalu besar untuk kantor (paling banyak {megabytes} MB). Data Anda tetap tersimpan."
            ).format(megabytes=self._body_max // (1024 * 1024)),
        )

    def _stalled(self) -> Refused:
        if self._closed:
            return _busy(_("Kantor sedang dimulai ulang. Data Anda aman dan akan dikirim lagi sendiri."))
        return Refused(408, _("Kiriman terhenti di tengah jalan. Data Anda aman dan akan dikirim lagi sendiri."))


def _busy(sentence: str) -> Refused:
    return Refused(503, sentence, retry_after_seconds=RETRY_AFTER_SECONDS)
