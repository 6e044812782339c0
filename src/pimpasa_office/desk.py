"""The one place where requests are answered, and the queue in front of it.

The embedded database has one writer, so a second thread would only wait for the first. Knows nothing of what is
asked.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Any, TypeVar

from pimpasa_desktop.i18n import _
from pimpasa_office.refusal import Refused

QUEUE_MAX = 200
RETRY_AFTER_SECONDS = 10

Answer = TypeVar("Answer")


class Desk:
    """Runs calls one at a time, in the order of their arrival, in a thread of its own."""

    def __init__(self, queue_max: int = QUEUE_MAX) -> None:
        self._queue_max = queue_max
        self._promises: set[Future[Any]] = set()
        self._closed = False
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        # A daemon: a call that hangs must not keep the process from ending; the ledger survives a kill.
        self._thread = threading.Thread(target=self._work, name="desk", daemon=True)
        self._thread.start()

    async def ask(self, call: Callable[[], Answer]) -> Answer:
        """What `call` returns or raises. Refused 503 when too many wait already."""
        if self._closed or len(self._promises) >= self._queue_max:
            raise _busy()
        promise: Future[Answer] = Future()
        self._promises.add(promise)
        self._calls.put((promise, call))
        try:
            return await asyncio.wrap_future(promise)
        finally:
            self._promises.discard(promise)

    def abandon(self) -> None:
        """Refuse whoever still waits; a call that runs goes on, and nobody hears its answer."""
        self._closed = True
        for promise in self._promises:
            with suppress(InvalidStateError):
                promise.set_exception(_busy())

    def close(self, patience_seconds: float = 1.0) -> bool:
        """Finish what is asked already, take nothing more; True when the thread has ended."""
        self._closed = True
        self._calls.put(None)
        self._thread.join(patience_seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (item := self._calls.get()) is not None:
            promise, call = item
            if promise.done() or not promise.set_running_or_notify_cancel():
                continue
            try:
                answer = call()
            except BaseException as error:  # noqa: BLE001 - handed to whoever asked
                with suppress(InvalidStateError):  # abandoned
                    promise.set_exception(error)
            else:
                with suppress(InvalidStateError):
                    promise.set_result(answer)


def _busy() -> Refused:
    return Refused(
        503,
        _("Kantor sedang melayani banyak laptop. Data Anda aman dan akan dikirim lagi sendiri."),
        retry_after_seconds=RETRY_AFTER_SECONDS,
    )
