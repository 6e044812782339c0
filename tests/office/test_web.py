"""What the routes accept, refuse and say, asked of the application itself."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from pimpasa_desktop.env import Env
from pimpasa_desktop.log import Log
from pimpasa_desktop.sync.protocol.carriage import moment
from pimpasa_office.desk import Desk
from pimpasa_office.intake import Intake
from pimpasa_office.openapi import DESCRIPTION
from pimpasa_office.refusal import Refused
from pimpasa_office.web import application

OURS = {"content-type": "application/vnd.pimpasa"}
REFUSAL = "application/vnd.pimpasa+json"


class Echo:
    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.seen: list[tuple[bytes, str]] = []

    def exchange(self, body: bytes) -> bytes:
        self.gate.wait()
        self.seen.append((body[:9], threading.current_thread().name))
        if self.error:
            raise self.error
        return body

    def enrol(self, body: bytes) -> bytes:
        return b"enrolled " + body

    def about(self) -> str:
        return "Kantor percobaan."


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk(queue_max=3)
    yield desk
    assert desk.close()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = Log(tmp_path / "log", Env())
    yield log
    log.close()


@pytest.fixture
def app(echo: Echo, log: Log, desk: Desk) -> Starlette:
    return application(
        echo, env=Env(), log=log, desk=desk, intake=Intake(body_max=1000, held_max=2500, stall_seconds=0.3)
    )


Talk = Callable[[httpx2.AsyncClient], Awaitable[None]]


def talk(app: Starlette, talk: Talk) -> None:
    async def main() -> None:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="https://office.invalid") as client:
            await talk(client)

    asyncio.run(main())


def ask(app: Starlette, method: str, path: str, **options: object) -> httpx2.Response:
    answers: list[httpx2.Response] = []

    async def once(client: httpx2.AsyncClient) -> None:
        answers.append(await client.request(method, path, **options))

    talk(app, once)
    return answers[0]


def exchange(app: Starlette, body: bytes = b"abc") -> httpx2.Response:
    return ask(app, "POST", "/v1/exchange", content=body, headers=OURS)


def test_an_exchange_gets_the_services_bytes_in_our_media_type(app: Starlette) -> None:
    answer = exchange(app, b"\x00\xff")
    assert (answer.status_code, answer.content) == (200, b"\x00\xff")
    assert answer.headers["content-type"] == "application/vnd.pimpasa"


def test_an_enrolment_gets_its_own_answer(app: Starlette) -> None:
    assert ask(app, "POST", "/v1/enrol", content=b"code", headers=OURS).content == b"enrolled code"


def test_an_answer_carries_no_header_it_does_not_need(app: Starlette) -> None:
    assert set(exchange(app).headers) == {"content-type", "content-length", "server", "date"}


def test_every_answer_tells_the_offices_time_in_six_signs(app: Starlette, echo: Echo) -> None:
    for told in (exchange(app), ask(app, "GET", "/"), exchange(app, bytes(2000))):
        at = moment(told.headers["date"])
        assert len(told.headers["date"]) == 6 and at is not None
        assert abs(at - Env().now().timestamp()) <= 61


def test_the_front_page_says_in_two_languages_what_this_is(app: Starlette) -> None:
    page = ask(app, "GET", "/").text
    assert page.startswith("Ini server kantor PIMPASA.")
    assert "This is a PIMPASA office server." in page
    assert "Kantor percobaan." in page


def test_health_waits_for_the_desk(app: Starlette, echo: Echo) -> None:
    assert ask(app, "GET", "/health").text == "ok\n"


@pytest.mark.parametrize("media_type", ["", "text/html", "application/json", "application/vnd.pimpasa.other", "*/*"])
@pytest.mark.parametrize("path", ["/v1/exchange", "/v1/enrol"])
def test_another_media_type_is_415_and_never_reaches_the_service(
    app: Starlette, echo: Echo, path: str, media_type: str
) -> None:
    answer = ask(app, "POST", path, content=b"x", headers={"content-type": media_type})
    assert answer.status_code == 415
    assert answer.headers["content-type"] == REFUSAL
    assert echo.seen == []


def test_a_declared_size_that_is_no_number_is_not_believed(app: Starlette) -> None:
    headers = OURS | {"content-length": "-1"}
    assert ask(app, "POST", "/v1/exchange", content=b"x" * 1001, headers=headers).status_code == 413


@pytest.mark.parametrize("path", ["/v1/exchange", "/v1/enrol"])
def test_a_laptop_need_not_say_its_media_type(app: Starlette, path: str) -> None:
    assert ask(app, "POST", path, content=b"x").status_code == 200


def test_the_media_type_may_be_spelled_with_capitals_and_parameters(app: Starlette) -> None:
    headers = {"content-type": "Application/VND.pimpasa; v=1"}
    assert ask(app, "POST", "/v1/exchange", content=b"x", headers=headers).status_code == 200


@pytest.mark.parametrize(("size", "status"), [(0, 200), (1000, 200), (1001, 413), (100_000, 413)])
def test_a_body_over_the_limit_is_413(app: Starlette, echo: Echo, size: int, status: int) -> None:
    assert exchange(app, b"x" * size).status_code == status
    assert len(echo.seen) == (status == 200)


def test_a_body_that_does_not_tell_its_size_is_refused_while_it_streams(app: Starlette, echo: Echo) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 10_000_000:
            sent += 100
            yield b"x" * 100

    answer = ask(app, "POST", "/v1/exchange", content=endless(), headers=OURS)
    assert (answer.status_code, echo.seen) == (413, [])
    assert sent == 1100


def test_a_body_that_stalls_is_408(app: Starlette, echo: Echo) -> None:
    async def stalling() -> AsyncIterator[bytes]:
        yield b"half"
        await asyncio.Event().wait()

    assert ask(app, "POST", "/v1/exchange", content=stalling(), headers=OURS).status_code == 408
    assert echo.seen == []


def test_a_slow_body_that_keeps_moving_is_taken(app: Starlette) -> None:
    async def slow() -> AsyncIterator[bytes]:
        for _piece in range(8):
            await asyncio.sleep(0.05)
            yield b"x"

    answer = ask(app, "POST", "/v1/exchange", content=slow(), headers=OURS)
    assert answer.content == b"x" * 8


def test_bodies_held_together_are_bounded_and_room_comes_back(app: Starlette, echo: Echo) -> None:
    async def crowd(client: httpx2.AsyncClient) -> None:
        echo.gate.clear()
        asked = [
            asyncio.create_task(client.post("/v1/exchange", content=b"x" * 1000, headers=OURS)) for _laptop in range(3)
        ]
        refused = await next(asyncio.as_completed(asked))
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
        echo.gate.set()
        assert sorted([(await answer).status_code for answer in asked]) == [200, 200, 503]
        assert (await client.post("/v1/exchange", content=b"x" * 1000, headers=OURS)).status_code == 200

    talk(app, crowd)


def test_a_queue_that_is_too_long_is_503_with_a_time_to_come_back(app: Starlette, echo: Echo) -> None:
    async def crowd(client: httpx2.AsyncClient) -> None:
        echo.gate.clear()
        asked = [asyncio.create_task(client.post("/v1/exchange", content=b"x", headers=OURS)) for _laptop in range(4)]
        refused = await next(asyncio.as_completed(asked))
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
        echo.gate.set()
        assert sorted([(await answer).status_code for answer in asked]) == [200, 200, 200, 503]

    talk(app, crowd)


def test_calls_are_answered_one_at_a_time_in_one_thread_in_order(app: Starlette, echo: Echo) -> None:
    async def three(client: httpx2.AsyncClient) -> None:
        echo.gate.clear()
        asked = [
            asyncio.create_task(client.post("/v1/exchange", content=b"%d" % number, headers=OURS))
            for number in range(3)
        ]
        echo.gate.set()
        await asyncio.gather(*asked)

    talk(app, three)
    assert echo.seen == [(b"0", "desk"), (b"1", "desk"), (b"2", "desk")]


def test_a_refusal_is_told_with_its_status_and_sentence(app: Starlette, echo: Echo) -> None:
    echo.error = Refused(426, "Program ini terlalu lama.", retry_after_seconds=5)
    answer = exchange(app)
    assert (answer.status_code, answer.json()) == (426, {"sentence": "Program ini terlalu lama."})
    assert (answer.headers["content-type"], answer.headers["retry-after"]) == (REFUSAL, "5")


@pytest.mark.parametrize("error", [ValueError("Siti 0812"), KeyError("Siti 0812"), RecursionError("Siti 0812")])
def test_a_bug_is_500_without_detail_and_one_log_line_without_personal_data(
    app: Starlette, echo: Echo, error: Exception, tmp_path: Path
) -> None:
    echo.error = error
    answer = exchange(app)
    assert answer.status_code == 500
    (line,) = (tmp_path / "log").read_text().splitlines()
    assert f"failure kind={type(error).__name__} module=test_web line=" in line
    assert "Siti" not in answer.text + line
    echo.error = None
    assert exchange(app).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/exchange", 405),
        ("DELETE", "/", 405),
        ("GET", "/v1/exchange/", 404),
        ("GET", "/admin", 404),
        ("GET", "/%0d%0a", 404),
        ("TRACE", "/health", 405),
    ],
)
def test_an_unknown_address_is_refused_in_our_media_type_without_a_redirect(
    app: Starlette, method: str, path: str, status: int
) -> None:
    answer = ask(app, method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, REFUSAL)
    assert "location" not in answer.headers
    assert json.loads(answer.content)["sentence"]


def test_the_description_names_every_route_and_no_other(app: Starlette) -> None:
    described = ask(app, "GET", "/openapi.json").json()["paths"]
    served = {}
    for route in app.routes:
        assert isinstance(route, Route)
        served[route.path] = {method.lower() for method in route.methods or () if method != "HEAD"}
    assert {path: set(methods) for path, methods in described.items()} == served


def test_the_description_tells_every_status_that_the_routes_give() -> None:
    for path in ("/v1/exchange", "/v1/enrol"):
        assert {"200", "408", "413", "415", "500", "503"} <= set(DESCRIPTION["paths"][path]["post"]["responses"])


def test_a_desk_that_closed_refuses_instead_of_keeping_anybody_waiting(echo: Echo, log: Log) -> None:
    desk = Desk()
    assert desk.close()
    assert exchange(application(echo, env=Env(), log=log, desk=desk, intake=Intake())).status_code == 503


def test_a_desk_that_is_abandoned_answers_whoever_waits(echo: Echo, log: Log) -> None:
    desk = Desk()
    app = application(echo, env=Env(), log=log, desk=desk, intake=Intake())

    async def crowd(client: httpx2.AsyncClient) -> None:
        echo.gate.clear()
        asked = [asyncio.create_task(client.post("/v1/exchange", content=b"x", headers=OURS)) for _laptop in range(3)]
        await asyncio.sleep(0.05)
        desk.abandon()
        assert [(await answer).status_code for answer in asked] == [503, 503, 503]

    talk(app, crowd)
    assert not desk.close(patience_seconds=0)
    echo.gate.set()
    assert desk.close()
    assert len(echo.seen) <= 1


def test_an_intake_that_closes_cuts_off_what_is_still_arriving(echo: Echo, log: Log, desk: Desk) -> None:
    intake = Intake(stall_seconds=60)
    app = application(echo, env=Env(), log=log, desk=desk, intake=intake)

    async def stalling() -> AsyncIterator[bytes]:
        yield b"half"
        intake.close()
        await asyncio.Event().wait()

    assert ask(app, "POST", "/v1/exchange", content=stalling(), headers=OURS).status_code == 503


def test_a_closed_desk_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    desk = Desk()
    assert threading.active_count() == before + 1
    assert desk.close()
    assert threading.active_count() == before
