"""The office's routes: bytes in, bytes out. Knows nothing of records, of accounts or of what the bytes mean."""

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.log import Log
from pimpasa_desktop.sync.protocol.carriage import (
    BLOBS_PATH,
    ENROL_PATH,
    EXCHANGE_PATH,
    MEDIA_TYPE,
    REFUSAL_FIELD,
    REFUSAL_MEDIA_TYPE,
    stamp,
)
from pimpasa_office.desk import Desk
from pimpasa_office.intake import Intake
from pimpasa_office.openapi import DESCRIPTION
from pimpasa_office.refusal import Refused

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
    def blobs(self, body: bytes) -> bytes: ...
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

    async def blobs(self, request: Request) -> Response:
        return await self._bytes(request, self._service.blobs)

    async def welcome(self, request: Request) -> Response:
        about = await self._desk.ask(self._service.about)
        return _response(f"{WELCOME}\n{about}\n", "text/plain; charset=utf-8")

    async def health(self, request: Request) -> Response:
        await self._desk.ask(self._service.about)
        return _response("ok\n", "text/plain; charset=utf-8")

    async def openapi(self, request: Request) -> Response:
        return _response(json.dumps(DESCRIPTION), "application/json")

    async def _bytes(self, request: Request, call: Callable[[bytes], bytes]) -> Response:
        media_type = request.headers.get("content-type", MEDIA_TYPE).partition(";")[0].strip().lower()
        if media_type != MEDIA_TYPE:  # a laptop says none, to save the bytes; a browser's form always says its own
            raise Refused(415, _("Alamat ini hanya untuk program PIMPASA."))
        async with self._intake.body(request) as body:
            return _response(await self._desk.ask(partial(call, body)), MEDIA_TYPE)


def application(service: Service, *, env: Env, log: Log, desk: Desk, intake: Intake) -> Starlette:
    """The office as an ASGI application. Whoever made the desk closes it."""
    web = Web(service, desk, intake)
    app = Starlette(
        routes=[
            Route(EXCHANGE_PATH, _guarded(web.exchange, log, env), methods=["POST"]),
            Route(ENROL_PATH, _guarded(web.enrol, log, env), methods=["POST"]),
            Route(BLOBS_PATH, _guarded(web.blobs, log, env), methods=["POST"]),
            Route("/", _guarded(web.welcome, log, env)),
            Route("/health", _guarded(web.health, log, env)),
            Route("/openapi.json", _guarded(web.openapi, log, env)),
        ],
        exception_handlers={HTTPException: _unknown},
    )
    # A laptop follows no redirect, so none is offered.
    app.router.redirect_slashes = False
    return app


def _guarded(endpoint: Endpoint, log: Log, env: Env) -> Endpoint:
    """Every outcome as one of our answers, with the office's time. Nothing gets past, for what the server logs by
    itself may hold names."""

    async def answered(request: Request) -> Response:
        response = await outcome(request)
        response.headers["date"] = stamp(env.now())
        return response

    async def outcome(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as refused:
            return _refusal(refused)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except Exception as error:  # noqa: BLE001 - the last door; what is behind it is a bug, told by its place
            log.failure(error)
            return _refusal(Refused(500, _("Ada gangguan di kantor. Data Anda tetap aman di laptop; coba lagi nanti.")))

    return answered


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _refusal(Refused(error.status_code, _("Alamat ini hanya untuk program PIMPASA.")))
    response.headers.update(error.headers or {})
    return response


def _refusal(refused: Refused) -> Response:
    response = _response(json.dumps({REFUSAL_FIELD: refused.sentence}), REFUSAL_MEDIA_TYPE, refused.status)
    if refused.retry_after_seconds is not None:
        response.headers["retry-after"] = str(refused.retry_after_seconds)
    return response


def _response(content: bytes | str, media_type: str, status: int = 200) -> Response:
    # The web server would write its name and the time in full; bytes are dear over EDGE.
    return Response(content, status, headers={"content-type": media_type, "server": "-", "date": "-"})
