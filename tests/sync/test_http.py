"""The laptop's line: real sockets and real TLS on this machine, a good office and every bad one."""

import gzip
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sync.http import ANSWER_BYTES_MAX, Line
from pimpasa_desktop.sync.protocol.carriage import stamp
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
from rig.ends import Goodbye
from rig.proxy import SLOW, Link, Mark, Proxy, Way
from sync.certificates import NAME, TODAY, Signed, authority, leaf, self_signed
from sync.hostile import (
    Script,
    Server,
    answer,
    blurts,
    dripping,
    echo,
    endlessly,
    hang_up,
    reset,
    says,
    silent,
)

# Only the scripted servers hold such sockets: CPython drops a half-made one when the peer resets before the handshake.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning")

STALL_SECONDS = 0.4
FASTER = Link(30_000, 30_000, packet_bytes=512)
RECORD_OVERHEAD_BYTES = 22  # TLS 1.3: five of head, one of type, sixteen of tag
PORTAL = b"<html><title>Wi-Fi Gratis Desa</title>Silakan masuk</html>"


class HandSet(Env):
    """The real machine with its clock set by hand, and names that resolve to nothing."""

    def __init__(self, today: datetime = TODAY) -> None:
        self.today = today

    def now(self) -> datetime:
        return self.today

    def resolve(self, host: str, port: int) -> list[tuple[int, Any]]:
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return super().resolve(host, port)


class Bench:
    """Opens servers, proxies and lines, and closes them in the right order."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack

    def office(self, script: Script = echo, signed: Signed | None = None) -> Server:
        return self.server(script, (signed or leaf()).server(self._folder))

    def server(self, script: Script, tls: ssl.SSLContext | None = None) -> Server:
        return self._stack.enter_context(Server(script, tls))

    def context(self, signed: Signed) -> ssl.SSLContext:
        return signed.server(self._folder)

    def proxy(self, server: Server, **how: Any) -> Proxy:
        return self._stack.enter_context(Proxy(server.port, **how))

    def line(self, *ends: Server | Proxy | str, stall_seconds: float = STALL_SECONDS, **how: Any) -> Line:
        addresses = [end if isinstance(end, str) else f"https://127.0.0.1:{end.port}" for end in ends]
        settings = {"trust": authority().pem, "name": NAME, "env": HandSet()} | how
        return self._stack.enter_context(Line(addresses, stall_seconds=stall_seconds, **settings))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with ExitStack() as stack:
        yield Bench(tmp_path, stack)


def problem_of(line: Line, body: bytes = b"satu minggu") -> Problem:
    with pytest.raises(Problem) as caught:
        line.exchange(body)
    return caught.value


# An exchange with the office


def test_the_office_answers_what_was_asked(bench: Bench) -> None:
    office = bench.office()
    assert bench.line(office).exchange(b"abc") == b"cba"
    assert bench.line(office).enrol(b"") == b""
    assert [heard.split(b" ", 2)[1] for heard in office.heard] == [b"/v1/exchange", b"/v1/enrol"]


def test_a_request_carries_no_header_that_the_office_does_not_need(bench: Bench) -> None:
    office = bench.office()
    bench.line(office).exchange(b"abc")
    head = office.heard[0].partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert {line.partition(b":")[0].lower() for line in head[1:]} == {b"host", b"content-length"}


def test_the_requests_of_a_round_share_one_connection(bench: Bench) -> None:
    proxy = bench.proxy(bench.office())
    line = bench.line(proxy)
    assert [line.exchange(b"ab"), line.exchange(b"cd")] == [b"ba", b"dc"]
    assert (proxy.connections, line.requests) == (1, 2)


def test_a_line_serves_the_next_round_after_it_was_closed(bench: Bench) -> None:
    proxy = bench.proxy(bench.office())
    line = bench.line(proxy)
    line.exchange(b"ab")
    line.close()
    assert line.exchange(b"cd") == b"dc"
    assert proxy.connections == 2


def test_an_office_that_hung_up_between_two_requests_is_called_again(bench: Bench) -> None:
    office = bench.office(says(answer(b"satu"), hang_up))
    line = bench.line(office)
    assert line.exchange(b"") == b"satu"
    office.wait_for_connections()
    assert line.exchange(b"") == b"satu"


def test_a_later_connection_resumes_the_first_and_costs_less(bench: Bench) -> None:
    office = bench.office()
    line = bench.line(closed_port(), office)
    costs = []
    for _round in range(3):
        before = line.bytes_handshake
        line.exchange(b"abc")
        costs.append(line.bytes_handshake - before)
        line.close()
    assert max(costs[1:]) < costs[0] - 200


def test_a_resumed_office_is_still_asked_for_its_dates(bench: Bench) -> None:
    env = HandSet()
    line = bench.line(bench.office(), env=env)
    line.exchange(b"abc")
    line.close()
    env.today = TODAY + timedelta(days=400)
    trouble = problem_of(line)
    assert isinstance(trouble, Untrusted)
    assert trouble.cause is Cause.EXPIRED


def test_a_stranger_cannot_resume_what_the_office_began(bench: Bench) -> None:
    office, stranger = bench.office(), bench.office(signed=leaf(authority("Lain")))
    proxy = bench.proxy(office)
    line = bench.line(proxy)
    line.exchange(b"abc")
    line.close()
    proxy.target = stranger.port
    assert isinstance(problem_of(line), Untrusted)
    assert stranger.heard == []


def test_a_body_of_millions_of_bytes_arrives_whole_both_ways(bench: Bench) -> None:
    body = bytes(range(256)) * 12_000
    assert bench.line(bench.office(), stall_seconds=5).exchange(body) == body[::-1]


def test_no_proxy_of_the_environment_is_asked(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    snoop = bench.server(silent)
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{snoop.port}")
    assert bench.line(bench.office()).exchange(b"abc") == b"cba"


# Addresses


def test_the_next_address_is_tried_when_one_is_dead(bench: Bench) -> None:
    assert bench.line(closed_port(), "https://mati.invalid", bench.office()).exchange(b"abc") == b"cba"


def test_the_last_good_address_is_tried_first(bench: Bench) -> None:
    elsewhere = bench.server(blurts(b"HTTP/1.1 302 Found\r\n\r\n", hang_up))
    proxy = bench.proxy(elsewhere)
    line = bench.line(proxy, bench.office())
    for _round in range(3):
        line.exchange(b"abc")
        line.close()
    assert proxy.connections == 1


def test_an_office_that_has_heard_the_request_is_not_asked_again_at_another_address(bench: Bench) -> None:
    second = bench.office()
    trouble = problem_of(bench.line(bench.office(says(b"", reset)), second))
    assert isinstance(trouble, Unreachable)
    assert second.heard == []


def test_a_stranger_at_one_address_says_more_than_silence_at_another(bench: Bench) -> None:
    stranger = bench.office(signed=self_signed())
    assert isinstance(problem_of(bench.line(closed_port(), stranger, closed_port())), Untrusted)


def test_the_address_that_answered_is_told(bench: Bench) -> None:
    office = bench.office()
    line = bench.line(closed_port(), office)
    assert line.address == ""
    line.exchange(b"abc")
    assert line.address == office.url


def test_an_address_without_tls_is_never_tried(bench: Bench) -> None:
    plain = bench.server(echo)
    assert isinstance(problem_of(bench.line(f"http://127.0.0.1:{plain.port}")), Unreachable)
    assert plain.heard == []


# Counting


@pytest.mark.parametrize("size", [0, 1, 1_000, 16_384, 60_000, 300_000])
def test_the_counters_agree_with_a_proxy_that_counts_on_the_wire(bench: Bench, size: int) -> None:
    proxy = bench.proxy(bench.office(), seed=size)
    line = bench.line(proxy, stall_seconds=5)
    line.exchange(bytes(size))
    assert line.bytes_wire == (proxy.up, proxy.down)
    framing = proxy.up + proxy.down - line.bytes_sent - line.bytes_received - line.bytes_handshake
    tickets = 2 * 300  # the server's, for a session we do not resume
    records = 2 * (size // 16_384 + 2)
    assert 2 * RECORD_OVERHEAD_BYTES <= framing <= records * RECORD_OVERHEAD_BYTES + tickets


def test_head_and_body_of_a_small_request_share_one_record(bench: Bench) -> None:
    office = bench.office()
    line = bench.line(office)
    line.exchange(b"abc")
    handshaken = line.bytes_wire[0]
    sent = line.bytes_sent
    line.exchange(b"abc")
    assert line.bytes_wire[0] - handshaken == line.bytes_sent - sent + RECORD_OVERHEAD_BYTES


def test_what_is_counted_as_sent_is_what_the_office_heard(bench: Bench) -> None:
    office = bench.office()
    line = bench.line(office)
    line.exchange(b"abc" * 999)
    assert line.bytes_sent == len(office.heard[0])
    assert line.bytes_received == len(answer(b"cba" * 999))


def test_progress_grows_to_the_whole_in_steps(bench: Bench) -> None:
    seen: list[tuple[int, int]] = []
    line = bench.line(bench.office(), stall_seconds=5, on_progress=lambda *now: seen.append(now))
    line.exchange(bytes(60_000))
    assert seen == sorted(seen)
    assert seen[-1] == (line.bytes_sent, line.bytes_received)
    assert len({sent for sent, _ in seen}) > 20


# The clock


@pytest.mark.parametrize(
    ("told", "behind"),
    [
        (stamp(TODAY + timedelta(hours=2)), 7200),
        (stamp(TODAY - timedelta(days=400)), -400 * 86400),
        (f"{TODAY + timedelta(hours=2):%a, %d %b %Y %H:%M:%S} GMT", 7200),
        ("-", None),
        ("besok", None),
        ("Thu, 99 Jul 2025 99:00:00 GMT", None),
    ],
)
def test_an_answer_tells_how_far_the_laptops_clock_is_behind(bench: Bench, told: str, behind: float | None) -> None:
    line = bench.line(bench.office(says(answer(b"x", Date=told))))
    assert line.exchange(b"abc") == b"x"
    assert line.clock_behind == behind


# Patience


@pytest.mark.parametrize(("link", "stall_seconds"), [(FASTER, 1), pytest.param(SLOW, 2, marks=pytest.mark.prove)])
def test_a_slow_line_is_never_given_up_while_bytes_move(bench: Bench, link: Link, stall_seconds: float) -> None:
    proxy = bench.proxy(bench.office(says(answer(b"diterima"))), link=link)
    line = bench.line(proxy, stall_seconds=stall_seconds)
    assert line.exchange(bytes(60_000)) == b"diterima"


def test_a_slow_answer_is_never_given_up_while_bytes_move(bench: Bench) -> None:
    proxy = bench.proxy(bench.office(says(answer(bytes(60_000)))), link=FASTER)
    assert len(bench.line(proxy, stall_seconds=0.7).exchange(b"")) == 60_000


@pytest.mark.parametrize("where", ["up", "down"])
@pytest.mark.parametrize("after", [0, 300, 900, 2_000, 20_000])
def test_a_line_on_which_nothing_moves_is_given_up(bench: Bench, where: str, after: int) -> None:
    proxy = bench.proxy(bench.office(), **{where: Mark(after, "stall")})
    assert isinstance(problem_of(bench.line(proxy), bytes(4_000_000)), Unreachable)


@pytest.mark.parametrize("how", ["reset", "close"])
@pytest.mark.parametrize("way", ["up", "down"])
def test_a_line_cut_anywhere_is_unreachable_and_works_again_afterwards(bench: Bench, way: Way, how: Goodbye) -> None:
    proxy = bench.proxy(bench.office())
    line = bench.line(proxy, stall_seconds=5)
    line.exchange(bytes(2_000))
    line.close()
    proxy.forget()
    line.exchange(bytes(2_000))  # a resumed connection, as all that follow
    whole = proxy.passed[way]
    for at in range(0, whole - 200, 300):  # the size of the server's tickets varies a little
        line.close()
        proxy.forget()
        proxy.marks[way] = Mark(at, how)
        assert isinstance(problem_of(line, bytes(2_000)), Unreachable), at
    proxy.marks.clear()
    line.close()
    assert line.exchange(b"abc") == b"cba"


@pytest.fixture
def black_hole() -> Iterator[str]:
    """An address where nobody ever picks up."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as hole, ExitStack() as crowd:
        for _caller in range(4):  # fill the queue, so that the next call is not answered at all
            caller = crowd.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(hole.getsockname())
        yield f"https://127.0.0.1:{hole.getsockname()[1]}"


def test_a_black_hole_is_given_up(bench: Bench, black_hole: str) -> None:
    assert isinstance(problem_of(bench.line(black_hole)), Unreachable)


def test_a_black_hole_takes_only_part_of_the_patience_while_other_addresses_are_left(
    bench: Bench, black_hole: str
) -> None:
    env = HandSet()
    began = env.monotonic()
    assert bench.line(black_hole, bench.office(), stall_seconds=8, env=env).exchange(b"abc") == b"cba"
    assert env.monotonic() - began < 8


# Stopping


@pytest.mark.parametrize("moment", ["handshake", "upload", "answer"])
def test_a_person_can_stop_it_at_any_moment(bench: Bench, moment: str) -> None:
    waiting = threading.Event()

    def reached(server: Server, sock: socket.socket) -> None:
        waiting.set()
        silent(server, sock)

    server = bench.server(reached) if moment == "handshake" else bench.office(reached)
    if moment == "answer":
        server = bench.office(says(b"HTTP/1.1 200", reached))
    line = bench.line(server, stall_seconds=60)

    def stop() -> None:
        waiting.wait(10)
        line.cancel()

    stopper = threading.Thread(target=stop)
    stopper.start()
    assert isinstance(problem_of(line, bytes(4_000_000 if moment == "upload" else 10)), Cancelled)
    stopper.join()


class Lost(HandSet):
    """A system that looks a name up and comes back only when the test ends."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.ended = threading.Event(), threading.Event()

    def resolve(self, host: str, port: int) -> list[tuple[int, Any]]:
        if host != "kantor.invalid":
            return super().resolve(host, port)
        self.asked.set()
        self.ended.wait(10)
        return []


@pytest.fixture
def lost() -> Iterator[Lost]:
    env = Lost()
    yield env
    env.ended.set()


def test_a_person_can_stop_it_while_a_name_is_being_looked_up(bench: Bench, lost: Lost) -> None:
    line = bench.line("https://kantor.invalid", env=lost, stall_seconds=60)
    stopper = threading.Thread(target=lambda: (lost.asked.wait(10), line.cancel()))
    stopper.start()
    assert isinstance(problem_of(line), Cancelled)
    stopper.join()


def test_a_name_that_nobody_looks_up_leaves_time_for_the_next_address(bench: Bench, lost: Lost) -> None:
    assert bench.line("https://kantor.invalid", bench.office(), env=lost).exchange(b"abc") == b"cba"


def test_stopping_before_a_request_stops_it_and_closing_forgets_it(bench: Bench) -> None:
    office = bench.office()
    line = bench.line(office)
    line.cancel()
    assert isinstance(problem_of(line), Cancelled)
    assert isinstance(problem_of(line), Cancelled)
    line.close()
    assert line.exchange(b"abc") == b"cba"
    assert len(office.heard) == 1


# What the office says instead of an answer


def test_a_busy_office_says_when_to_come_back(bench: Bench) -> None:
    trouble = problem_of(bench.line(bench.office(says(answer(b"", status="503 Busy", Retry_After="90")))))
    assert isinstance(trouble, Busy)
    assert trouble.retry_after == 90


@pytest.mark.parametrize(
    ("clock", "said", "heard"),
    [
        ("", "Thu, 03 Jul 2025 01:02:00 GMT", 120),
        ("", "Thu, 03 Jul 2025 00:00:00 GMT", 1),
        ("", "Fri, 04 Jul 2025 01:00:00 GMT", 3600),
        ("Mon, 07 Jul 2025 01:00:00 GMT", "Mon, 07 Jul 2025 01:00:45 GMT", 45),
    ],
)
def test_a_busy_office_may_name_a_date_which_is_read_by_its_own_clock(
    bench: Bench, clock: str, said: str, heard: int
) -> None:
    heads = {"Retry_After": said} | ({"Date": clock} if clock else {})
    env = HandSet(datetime(2025, 7, 3, 1, tzinfo=TODAY.tzinfo))
    line = bench.line(bench.office(says(answer(b"", status="429 Slow down", **heads))), env=env)
    trouble = problem_of(line)
    assert isinstance(trouble, Busy)
    assert trouble.retry_after == heard


@pytest.mark.parametrize(("said", "heard"), [("0", 1), ("99999999", 3600), ("besok", 60), ("-5", 60), ("9" * 99, 60)])
def test_an_absurd_time_to_come_back_is_bounded(bench: Bench, said: str, heard: int) -> None:
    trouble = problem_of(bench.line(bench.office(says(answer(b"", status="503 Busy", Retry_After=said)))))
    assert isinstance(trouble, Busy)
    assert trouble.retry_after == heard


def test_a_laptop_that_is_too_old_is_told_so(bench: Bench) -> None:
    assert isinstance(problem_of(bench.line(bench.office(says(answer(b"", status="426 Upgrade Required"))))), TooOld)


def test_a_refusal_brings_the_sentence_of_the_office(bench: Bench) -> None:
    body = json.dumps({"sentence": "Laptop ini sudah dicabut."}).encode()
    trouble = problem_of(bench.line(bench.office(says(answer(body, status="403 No", media_type="application/json")))))
    assert isinstance(trouble, Refused)
    assert (trouble.status, trouble.sentence) == (403, "Laptop ini sudah dicabut.")


def test_the_sentence_of_a_refusal_is_bounded_and_on_one_line(bench: Bench) -> None:
    body = json.dumps({"sentence": "a\nb\x1b[31m\u202e" + "c" * 1_000}).encode()
    trouble = problem_of(bench.line(bench.office(says(answer(body, status="400 Bad")))))
    assert isinstance(trouble, Refused)
    assert trouble.sentence.isprintable()
    assert len(trouble.sentence) == 300


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"null", b'{"problem": 5}', b'{"problem": " "}', b"\xff", b"[" * 4_000, bytes(9_999)]
)
def test_a_refusal_without_a_sentence_is_not_from_our_office(bench: Bench, body: bytes) -> None:
    assert isinstance(problem_of(bench.line(bench.office(says(answer(body, status="400 Bad"))))), NotOurOffice)


# Wi-Fi login pages, damaging proxies and worse, behind a certificate that holds

HTML = "text/html; charset=utf-8"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.pimpasa\r\nTransfer-Encoding: chunked\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.pimpasa\r\n"
ODD_ANSWERS: dict[str, tuple[Script, type[Problem]]] = {
    "a page": (says(answer(PORTAL, media_type=HTML)), NotOurOffice),
    "a page that says it is plain text": (says(answer(PORTAL, media_type="text/plain")), NotOurOffice),
    "an answer without a media type": (says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), NotOurOffice),
    "our media type with a parameter": (says(answer(b"x", media_type="application/vnd.pimpasa; v=1")), NotOurOffice),
    "moved": (says(answer(PORTAL, status="301 Moved", Location="https://127.0.0.1/")), NotOurOffice),
    "found": (says(answer(PORTAL, status="302 Found", Location="http://wifi.invalid/")), NotOurOffice),
    "temporary redirect": (says(answer(b"", status="307 Go", Location="/v1/exchange")), NotOurOffice),
    "permanent redirect": (says(answer(b"", status="308 Go", Location="/v1/exchange")), NotOurOffice),
    "not modified": (says(b"HTTP/1.1 304 Not Modified\r\n\r\n"), NotOurOffice),
    "a proxy that wants a password": (says(answer(PORTAL, status="407 Proxy", media_type=HTML)), NotOurOffice),
    "network login required without a page": (says(b"HTTP/1.1 511 Login\r\nContent-Length: 0\r\n\r\n"), NotOurOffice),
    "network login required": (says(answer(PORTAL, status="511 Login", media_type=HTML)), NotOurOffice),
    "no content": (says(b"HTTP/1.1 204 No Content\r\n\r\n"), NotOurOffice),
    "partial content": (says(answer(b"x", status="206 Partial")), NotOurOffice),
    "an unknown page": (says(answer(PORTAL, status="404 Not Found", media_type=HTML)), NotOurOffice),
    "a teapot of status 999": (says(answer(b"", status="999 Blocked")), NotOurOffice),
    "bad gateway": (says(answer(PORTAL, status="502 Bad Gateway", media_type=HTML)), Busy),
    "switching protocols": (says(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), NotOurOffice),
    "packed by a proxy": (says(answer(gzip.compress(b"x"), Content_Encoding="gzip")), NotOurOffice),
    "labelled as packed, and not": (says(answer(b"x", Content_Encoding="gzip")), NotOurOffice),
    "a length that is a word": (says(HEAD + b"Content-Length: banyak\r\n\r\nx"), NotOurOffice),
    "a negative length": (says(HEAD + b"Content-Length: -1\r\n\r\nx"), NotOurOffice),
    "two lengths": (says(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy"), NotOurOffice),
    "ten gigabytes promised": (says(HEAD + b"Content-Length: 10000000000\r\n\r\nx", silent), NotOurOffice),
    "a length longer than the body": (says(HEAD + b"Content-Length: 9\r\n\r\nx"), Unreachable),
    "a body that stalls": (says(HEAD + b"Content-Length: 9\r\n\r\nx", silent), Unreachable),
    "a body without end": (says(HEAD + b"\r\n", endlessly(bytes(1 << 20))), NotOurOffice),
    "a body without end in chunks": (says(CHUNKED, endlessly(b"10000\r\n" + bytes(65536) + b"\r\n")), NotOurOffice),
    "a body torn off without good-bye": (says(HEAD + b"\r\nsetengah", hang_up), Unreachable),
    "chunks that are no chunks": (says(CHUNKED + b"bukan angka\r\n"), NotOurOffice),
    "a chunk too short": (says(CHUNKED + b"5\r\nabc"), Unreachable),
    "headers without end": (says(HEAD, endlessly(b"X-Iklan: " + b"y" * 1000 + b"\r\n")), NotOurOffice),
    "one header without end": (says(HEAD + b"X: ", endlessly(bytes(b"y" * 1000))), NotOurOffice),
    "continue without end": (says(b"", endlessly(b"HTTP/1.1 100 Continue\r\n\r\n" * 2000)), NotOurOffice),
    "a head that drips": (says(b"", dripping(HEAD, 0.05)), Unreachable),
    "a body that drips": (says(HEAD + b"Content-Length: 999\r\n\r\n", dripping(bytes(999), 0.05)), Unreachable),
    "noise": (says(bytes(range(256)) * 4), NotOurOffice),
    "a greeting of another service": (says(b"220 mail.invalid ESMTP\r\n"), Unreachable),
    "an empty reply": (says(b""), Unreachable),
    "hanging up on the request": (hang_up, Unreachable),
    "a reset after the request": (says(b"", reset), Unreachable),
    "a reset in the answer": (says(HEAD + b"Content-Length: 9\r\n\r\nx", reset), Unreachable),
    "never a word": (silent, Unreachable),
}


# What a person reads, in part: it says what happened, never which protocol broke how.
TOLD: dict[type[Problem], tuple[str, ...]] = {
    NotOurOffice: ("Jawaban yang datang bukan dari kantor Anda.", "Jaringan ini meminta masuk dulu (halaman Wi-Fi)."),
    Unreachable: ("Sambungan ke kantor terputus di tengah jalan.", "Kantor belum bisa dihubungi."),
    Busy: ("Kantor sedang sibuk.",),
}
CAUSE_TOLD = {
    Cause.EXPIRED: "berlaku sampai",
    Cause.NOT_YET_VALID: "baru berlaku",
    Cause.WRONG_NAME: "memakai nama lain",
    Cause.OTHER_CA: "bukan kantor Anda",
    Cause.SELF_SIGNED: "buatan sendiri",
    Cause.OLD_TLS: "tidak cukup kuat",
    Cause.WANTS_CERTIFICATE: "meminta kartu pengenal",
}


@pytest.mark.parametrize("case", ODD_ANSWERS)
def test_an_odd_answer_is_told_in_a_sentence(bench: Bench, case: str) -> None:
    script, kind = ODD_ANSWERS[case]
    trouble = problem_of(bench.line(bench.office(script), stall_seconds=2 if "without end" in case else STALL_SECONDS))
    assert type(trouble) is kind
    assert trouble.sentence.startswith(TOLD[kind])
    assert "tersimpan aman di laptop ini" in trouble.sentence


@pytest.mark.parametrize(
    "case",
    [
        "found",
        "network login required",
        "network login required without a page",
        "a page",
        "a proxy that wants a password",
    ],
)
def test_a_login_page_is_told_as_one(bench: Bench, case: str) -> None:
    assert "Buka peramban, masuk" in problem_of(bench.line(bench.office(ODD_ANSWERS[case][0]))).sentence


def test_no_redirect_is_followed(bench: Bench) -> None:
    trap = bench.office()
    problem_of(bench.line(bench.office(says(answer(b"", status="307 Go", Location=f"{trap.url}/v1/exchange")))))
    assert trap.heard == []


def test_a_length_shorter_than_the_body_gives_no_more_than_promised(bench: Bench) -> None:
    """The rest is not taken for the answer to the next question; that the body is torn is for its reader to see."""
    line = bench.line(bench.office(says(HEAD + b"Content-Length: 2\r\n\r\nabcdef", silent)))
    assert line.exchange(b"x") == b"ab"
    assert isinstance(problem_of(line), Problem)


def test_an_answer_of_exactly_the_bound_is_taken(bench: Bench) -> None:
    whole = answer(bytes(ANSWER_BYTES_MAX))
    assert len(bench.line(bench.office(says(whole)), stall_seconds=5).exchange(b"x")) == ANSWER_BYTES_MAX
    longer = bench.office(says(CHUNKED + b"%x\r\n" % (ANSWER_BYTES_MAX + 1) + bytes(ANSWER_BYTES_MAX + 1), silent))
    assert isinstance(problem_of(bench.line(longer, stall_seconds=5)), NotOurOffice)


# What answers where TLS should be

NO_TLS: dict[str, tuple[Script, type[Problem]]] = {
    "a login page in plain HTTP": (blurts(answer(PORTAL, media_type=HTML)), NotOurOffice),
    "a plain bad request": (blurts(b"HTTP/1.1 400 Bad Request\r\n\r\n"), NotOurOffice),
    "a plain redirect": (blurts(b"HTTP/1.0 302 Found\r\nLocation: http://wifi.invalid\r\n\r\n"), NotOurOffice),
    "another protocol": (blurts(b"SSH-2.0-OpenSSH_9.2\r\n"), NotOurOffice),
    "zeros": (blurts(bytes(5_000)), NotOurOffice),
    "zeros without end": (endlessly(bytes(5_000)), NotOurOffice),
    "a drip": (dripping(b"\x16\x03\x03\x40\x00" + bytes(9_999), 0.05), Unreachable),
    "silence": (silent, Unreachable),
    "a closed door": (hang_up, Unreachable),
    "a slammed door": (reset, Unreachable),
}


@pytest.mark.parametrize("case", NO_TLS)
def test_an_end_that_speaks_no_tls_gets_nothing(bench: Bench, case: str) -> None:
    script, kind = NO_TLS[case]
    line = bench.line(bench.server(script))
    trouble = problem_of(line)
    assert type(trouble) is kind
    assert trouble.sentence.startswith(TOLD[kind])
    assert line.bytes_sent == 0


def test_a_refused_connection_and_an_unknown_name_are_unreachable(bench: Bench) -> None:
    for address in (closed_port(), "https://kantor.invalid", "https://kantor..invalid:1", "https://"):
        trouble = problem_of(bench.line(address))
        assert isinstance(trouble, Unreachable)
        assert "akan terkirim sendiri saat ada sinyal" in trouble.sentence


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as ephemeral:
        return f"https://127.0.0.1:{ephemeral.getsockname()[1]}"


# Who may be the office

LONG_AGO = TODAY - timedelta(days=500)
LATER = TODAY + timedelta(days=300)
UNTRUSTED: dict[str, tuple[Callable[[], Signed], Cause, bool]] = {
    "expired": (lambda: leaf(starts=LONG_AGO, ends=TODAY - timedelta(days=3)), Cause.EXPIRED, False),
    "not yet valid": (lambda: leaf(starts=LATER, ends=LATER + timedelta(days=365)), Cause.NOT_YET_VALID, True),
    "another name": (lambda: leaf(name="kantor-lain.pimpasa"), Cause.WRONG_NAME, False),
    "the address for a name": (lambda: leaf(name="127.0.0.1"), Cause.WRONG_NAME, False),
    "a wildcard too wide": (lambda: leaf(name="*.pimpasa.invalid"), Cause.WRONG_NAME, False),
    "another authority": (lambda: leaf(authority("Lain")), Cause.OTHER_CA, False),
    "an authority of the same name": (lambda: leaf(impostor()), Cause.OTHER_CA, False),
    "self-signed": (self_signed, Cause.SELF_SIGNED, False),
    "signed by a certificate that may not sign": (lambda: leaf(leaf(name="perantara")), Cause.OTHER_CA, False),
}


def impostor() -> Signed:
    return authority.__wrapped__("Kantor Uji")


def test_each_cause_has_a_sentence_of_its_own() -> None:
    assert len({Untrusted(cause).sentence for cause in Cause}) == len(Cause)


@pytest.mark.parametrize("case", UNTRUSTED)
def test_a_wrong_certificate_is_refused_with_its_cause_before_anything_is_sent(bench: Bench, case: str) -> None:
    make, cause, clock_suspect = UNTRUSTED[case]
    office = bench.office(signed=make())
    line = bench.line(office)
    trouble = problem_of(line)
    assert isinstance(trouble, Untrusted)
    assert (trouble.cause, trouble.clock_suspect) == (cause, clock_suspect)
    assert CAUSE_TOLD[cause] in trouble.sentence
    assert "tersimpan aman di laptop ini" in trouble.sentence
    assert (line.bytes_sent, office.heard) == (0, [])


def test_a_refused_office_can_read_in_its_log_why(bench: Bench) -> None:
    office = bench.office(signed=leaf(authority("Lain")))
    problem_of(bench.line(office))
    office.wait_for_connections()
    assert "unknown ca" in office.handshake_troubles[0]


@pytest.mark.parametrize(
    ("laptop", "cause", "clock_suspect"),
    [
        (datetime(2015, 1, 1, tzinfo=TODAY.tzinfo), Cause.NOT_YET_VALID, True),
        (TODAY - timedelta(days=3), Cause.NOT_YET_VALID, True),
        (TODAY + timedelta(days=366), Cause.EXPIRED, False),
        (datetime(2040, 1, 1, tzinfo=TODAY.tzinfo), Cause.EXPIRED, True),
    ],
)
def test_a_wrong_clock_is_told_with_the_date_that_the_laptop_shows(
    bench: Bench, laptop: datetime, cause: Cause, clock_suspect: bool
) -> None:
    trouble = problem_of(bench.line(bench.office(), env=HandSet(laptop)))
    assert isinstance(trouble, Untrusted)
    assert (trouble.cause, trouble.clock_suspect) == (cause, clock_suspect)
    assert f"{laptop:%d-%m-%Y}" in trouble.sentence
    assert "tanggal" in trouble.sentence


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2])
def test_old_tls_is_refused(bench: Bench, version: ssl.TLSVersion) -> None:
    context = bench.context(leaf())
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = version
    context.maximum_version = version
    office = bench.server(echo, context)
    trouble = problem_of(bench.line(office))
    assert isinstance(trouble, Untrusted)
    assert trouble.cause is Cause.OLD_TLS
    assert CAUSE_TOLD[Cause.OLD_TLS] in trouble.sentence
    assert office.heard == []


def test_an_end_that_wants_a_certificate_of_ours_is_not_our_office(bench: Bench) -> None:
    context = bench.context(leaf())
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(cadata=authority().pem.decode())
    trouble = problem_of(bench.line(bench.server(echo, context)))
    assert isinstance(trouble, Untrusted)
    assert trouble.cause is Cause.WANTS_CERTIFICATE
    assert CAUSE_TOLD[Cause.WANTS_CERTIFICATE] in trouble.sentence


@pytest.fixture
def public(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server that the system's store trusts. OpenSSL judges it by the machine's own clock."""
    store = tmp_path / "store.pem"
    store.write_bytes(authority("Umum").pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(store))
    now = Env().now()
    return bench.office(signed=leaf(authority("Umum"), starts=now - timedelta(days=1), ends=now + timedelta(days=9)))


def test_the_public_authorities_are_trusted_when_the_office_says_so(bench: Bench, public: Server) -> None:
    assert bench.line(public, trust="public", env=Env()).exchange(b"abc") == b"cba"
    own = problem_of(bench.line(bench.office(), trust="public", env=Env()))
    assert isinstance(own, Untrusted)


def test_the_public_authorities_prove_nothing_for_an_office_with_its_own(bench: Bench, public: Server) -> None:
    trouble = problem_of(bench.line(public, env=Env()))
    assert isinstance(trouble, Untrusted)
    assert trouble.cause is Cause.OTHER_CA


def test_an_authority_that_cannot_be_read_is_told(bench: Bench) -> None:
    for rubbish in (b"", b"bukan sertifikat", b"\xff"):
        with pytest.raises(Untrusted):
            bench.line(closed_port(), trust=rubbish)
