"""The one place where requests are answered, and the queue in front of it.

The embedded database has one writer, so a second thread would only wait for the first. Knows nothing of what is
asked.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
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
        self._waiting = 0
        self._closed = False
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        # A daemon: a call that hangs must not keep the process from ending; the ledger survives a kill.
        self._thread = threading.Thread(target=self._work, name="desk", daemon=True)
        self._thread.start()

    async def ask(self, call: Callable[[], Answer]) -> Answer:
        """What `call` returns or raises. Refused 503 when too many wait already."""
        if self._closed or self._waiting >= self._queue_max:
            raise Refused(
                503,
                _("Kantor sedang melayani banyak laptop. Data Anda aman dan akan dikirim lagi sendiri."),
                retry_after_seconds=RETRY_AFTER_SECONDS,
            )
        promise: Future[Answer] = Future()
        self._waiting += 1
        self._calls.put((promise, call))
        try:
            return await asyncio.wrap_future(promise)
        finally:
            self._waiting -= 1

    def close(self, patience_seconds: float = 1.0) -> bool:
        """Finish what is asked already, take nothing more; True when the thread has ended."""
        self._closed = True
        self._calls.put(None)
        self._thread.join(patience_seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (item := self._calls.get()) is not None:
            promise, call = item
            if not promise.set_running_or_notify_cancel():
                continue
            try:
                promise.set_result(call())
            except BaseException as error:  # noqa: BLE001 - handed to whoever asked
                promise.set_exception(error)
