"""The office's routes: bytes in, bytes out. Knows nothing of records, of accounts or of what the bytes mean."""

import json
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import PurePath
from typing import Protocol

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from pimpasa_desktop.i18n import _
from pimpasa_office.desk import Desk
from pimpasa_office.intake import Intake
from pimpasa_office.openapi import DESCRIPTION, MEDIA_TYPE, REFUSAL_MEDIA_TYPE
from pimpasa_office.refusal import Refused

log = logging.getLogger("pimpasa.office")

# Both languages at once: whoever opens this address may be anybody.
WELCOME = """\
Ini server kantor PIMPASA. Laptop petugas mengirim dan menerima catatan kunjungan desa melalui alamat ini.
Tidak ada yang perlu dibuka di sini dengan peramban. Bila Anda petugas, gunakan program PIMPASA di laptop Anda.

This is a PIMPASA office server. Officers' laptops exchange their village visit records with the office here.
There is nothing to open in a browser. If you are an officer, use the PIMPASA program on your laptop.
"""


class Service(Protocol):
    """The office behind the wire. Called from one thread, one call at a time; raises Refused to decline."""

    def exchange(self, body: bytes) -> bytes: ...
    def enrol(self, body: bytes) -> bytes: ...
    def about(self) -> str: ...


Endpoint = Callable[[Request], Awaitable[Response]]


class Web:
    """The endpoints, each a thin road from the intake to the desk."""

    def __init__(self, service: Service, desk: Desk, intake: Intake) -> None:
        self._service = service
        self._desk = desk
        self._intake = intake

    async def exchange(self, request: Request) -> Response:
        return await self._bytes(request, self._service.exchange)

    async def enrol(self, request: Request) -> Response:
        return await self._bytes(request, self._service.enrol)

    async def welcome(self, request: Request) -> Response:
        about = await self._desk.ask(self._service.about)
        return _response(f"{WELCOME}\n{about}\n", "text/plain; charset=utf-8")

    async def health(self, request: Request) -> Response:
        await self._desk.ask(self._service.about)
        return _response("ok\n", "text/plain; charset=utf-8")

    async def openapi(self, request: Request) -> Response:
        return _response(json.dumps(DESCRIPTION), "application/json")

    async def _bytes(self, request: Request, call: Callable[[bytes], bytes]) -> Response:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != MEDIA_TYPE:
            raise Refused(415, _("Alamat ini hanya untuk program PIMPASA."))
        async with self._intake.body(request) as body:
            return _response(await self._desk.ask(partial(call, body)), MEDIA_TYPE)


def application(service: Service, *, desk: Desk | None = None, intake: Intake | None = None) -> Starlette:
    """The office as an ASGI application. Its desk is closed by the application's lifespan, or by who made it."""
    our_desk = desk or Desk()
    web = Web(service, our_desk, intake or Intake())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        our_desk.close()

    app = Starlette(
        routes=[
            Route("/v1/exchange", _guarded(web.exchange), methods=["POST"]),
            Route("/v1/enrol", _guarded(web.enrol), methods=["POST"]),
            Route("/", _guarded(web.welcome)),
            Route("/health", _guarded(web.health)),
            Route("/openapi.json", _guarded(web.openapi)),
        ],
        exception_handlers={HTTPException: _unknown},
        lifespan=lifespan,
    )
    # A laptop follows no redirect, so none is offered.
    app.router.redirect_slashes = False
    return app


def _guarded(endpoint: Endpoint) -> Endpoint:
    """Every outcome as one of our answers. Nothing gets past, for what the server logs by itself may hold names."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as refused:
            return _refusal(refused)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except Exception as error:  # noqa: BLE001 - the last door; what is behind it is a bug, told by its place
            log.error("%s %s: %s", request.method, request.url.path, _place(error))
            return _refusal(Refused(500, _("Ada gangguan di kantor. Data Anda tetap aman di laptop; coba lagi nanti.")))

    return answered


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _refusal(Refused(error.status_code, _("Alamat ini hanya untuk program PIMPASA.")))
    response.headers.update(error.headers or {})
    return response


def _place(error: Exception) -> str:
    """The kind of an error and where it arose. Never its text: that may quote a record."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {where}"


def _refusal(refused: Refused) -> Response:
    response = _response(json.dumps({"sentence": refused.sentence}), REFUSAL_MEDIA_TYPE, refused.status)
    if refused.retry_after_seconds is not None:
        response.headers["retry-after"] = str(refused.retry_after_seconds)
    return response


def _response(content: bytes | str, media_type: str, status: int = 200) -> Response:
    # The web server would add its name; the shortest allowed one saves bytes over EDGE.
    return Response(content, status, headers={"content-type": media_type, "server": "-"})
