"""The office server as laptops and the system meet it: real TLS, real signals, real kills."""

import asyncio
import configparser
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest
from cryptography import x509

from office.served import NAME, Steered
from pimpasa_desktop.env import Env
from pimpasa_desktop.log import Log
from pimpasa_desktop.problem import Problem
from pimpasa_office.authority import Authority
from pimpasa_office.listener import CONNECTIONS_MAX, Listener
from pimpasa_office.serve import serve
from rig.processes import children

UNIT = Path(__file__).parents[2] / "build" / "pimpasa-office.service"
SERVED = Path(__file__).with_name("served.py")
PATIENCE_SECONDS = 30


class Office:
    """A server in a process of its own; `folder` holds its certificates and its ready file."""

    def __init__(self, folder: Path, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-X", "dev", "-W", "error", str(SERVED), str(folder), host, str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )

    @property
    def ready(self) -> Path:
        return self.folder / "ready"

    @property
    def port(self) -> int:
        return int(self.ready.read_text().rpartition(":")[2])

    @property
    def ca(self) -> str:
        return (self.folder / "tls" / "ca.crt").read_text()

    def wait_until_ready(self) -> "Office":
        wait_for(lambda: self.ready.exists() or self.process.poll() is not None)
        assert self.ready.exists(), self.process.communicate()[0]
        return self

    def connect(
        self, context: ssl.SSLContext | None = None, name: str = NAME, *, patience: float = PATIENCE_SECONDS
    ) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=patience)
        try:
            return (context or laptop(self.ca)).wrap_socket(plain, server_hostname=name)
        except BaseException:
            plain.close()
            raise

    def exchange(self, body: bytes) -> tuple[int, bytes]:
        with self.connect() as tls:
            tls.sendall(request(body, "connection: close"))
            return answer(tls)

    def ended(self) -> tuple[int, str]:
        """Its exit status and all it printed."""
        text, _none = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, text

    def stop(self) -> tuple[int, str]:
        self.process.terminate()
        return self.ended()


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)


def laptop(ca: str) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=ca)


def request(body: bytes, *headers: str, media_type: str = "application/vnd.pimpasa") -> bytes:
    head = ["POST /v1/exchange HTTP/1.1", f"host: {NAME}", f"content-type: {media_type}", *headers]
    return "\r\n".join([*head, f"content-length: {len(body)}", "", ""]).encode() + body


def answer(tls: ssl.SSLSocket) -> tuple[int, bytes]:
    received = b""
    while chunk := tls.recv(65536):
        received += chunk
    head, _blank, body = received.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.process.kill()
    office.ended()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One server for the tests that leave it as they found it; it must end well after all of them."""
    office = Office(tmp_path_factory.mktemp("standing")).wait_until_ready()
    yield office
    assert office.stop()[0] == 0


def test_a_laptop_that_trusts_the_office_is_answered_over_tls_1_3(standing: Office) -> None:
    assert standing.exchange(b"abc") == (200, b"ABC")
    with standing.connect() as tls:
        assert tls.version() == "TLSv1.3"


def test_another_office_is_refused(standing: Office, tmp_path: Path) -> None:
    other = Authority(tmp_path, Env(), NAME).ca_pem().decode()
    with pytest.raises(ssl.SSLCertVerificationError, match=r"self-signed|local issuer|signature"):
        standing.connect(laptop(other))


def test_another_name_is_refused(standing: Office) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        standing.connect(name="127.0.0.1")


def test_tls_1_2_is_refused(standing: Office) -> None:
    context = laptop(standing.ca)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises((ssl.SSLError, ConnectionError)):
        standing.connect(context)


def test_plain_http_gets_nothing(standing: Office) -> None:
    with socket.create_connection(("127.0.0.1", standing.port), timeout=PATIENCE_SECONDS) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        assert b"PIMPASA" not in plain.recv(1000)


@pytest.mark.parametrize(("days", "word"), [(-1200, "expired"), (1200, "not yet valid")])
def test_a_certificate_of_another_time_is_refused_though_the_office_serves(
    office: Office, days: int, word: str
) -> None:
    (office.folder / "days").write_text(str(days))
    office.wait_until_ready()
    with pytest.raises(ssl.SSLCertVerificationError, match=word):
        office.connect()


def test_a_renewed_certificate_is_shown_without_a_restart_and_nobody_is_cut_off(office: Office) -> None:
    office.wait_until_ready()
    any_day = laptop(office.ca)
    any_day.verify_flags |= 0x200000  # the machine's clock does not move with the office's

    def serial(patience: float = PATIENCE_SECONDS) -> int:
        with office.connect(any_day, patience=patience) as tls:
            return x509.load_der_x509_certificate(tls.getpeercert(binary_form=True) or b"").serial_number

    def shown() -> int | None:
        """None for a greeting that the ending worker took and did not return: granian drops it, or keeps it waiting
        as long as somebody else is still being answered. Nothing was said yet, and a laptop tries again."""
        try:
            return serial(patience=2)
        except (TimeoutError, ConnectionError, ssl.SSLEOFError):
            return None

    def exchange() -> tuple[int, bytes]:
        with office.connect(any_day) as tls:
            tls.sendall(request(b"abc", "connection: close"))
            return answer(tls)

    first = serial()
    office.process.send_signal(signal.SIGHUP)
    assert (exchange(), serial()) == ((200, b"ABC"), first)
    for days in (300, 600):
        before = serial()
        with office.connect(any_day) as slow, office.connect(any_day) as idle:
            idle.sendall(request(b"abc"))
            assert idle.recv(1000).endswith(b"ABC")
            slow.sendall(request(b"x" * 1000, "connection: close")[:-500])
            (office.folder / "days").write_text(str(days))
            office.process.send_signal(signal.SIGHUP)
            wait_for(lambda before=before: shown() not in (before, None))
            assert idle.recv(1000) == b""  # the worker of before is ending
            slow.sendall(b"x" * 500)
            assert answer(slow)[0] == 200
        time.sleep(0.3)  # now it has ended
        assert exchange() == (200, b"ABC")
    assert office.stop() == (0, "")


def test_http_2_is_spoken_too(standing: Office) -> None:
    context = laptop(standing.ca)
    context.set_alpn_protocols(["h2", "http/1.1"])
    with standing.connect(context) as tls:
        assert tls.selected_alpn_protocol() == "h2"
        status, body, _frames = exchange_over_http_2(tls, b"abc")
    assert (status, body) == (200, b"ABC")


def exchange_over_http_2(tls: ssl.SSLSocket, body: bytes) -> tuple[int, bytes, int]:
    """Status, body and the size of the header block of one exchange."""
    connection = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
    connection.initiate_connection()
    head = {":method": "POST", ":scheme": "https", ":path": "/v1/exchange", ":authority": NAME}
    connection.send_headers(1, list((head | {"content-type": "application/vnd.pimpasa"}).items()))
    connection.send_data(1, body, end_stream=True)
    tls.sendall(connection.data_to_send())
    status, content, header_block = 0, b"", 0
    while True:
        received = tls.recv(65536)
        for kind, length in frames(received):
            header_block += length if kind == 1 else 0
        for event in connection.receive_data(received):
            if isinstance(event, h2.events.ResponseReceived):
                status = int(dict(event.headers or [])[":status"])
            if isinstance(event, h2.events.DataReceived):
                content += event.data or b""
            if isinstance(event, h2.events.StreamEnded):
                return status, content, header_block
        tls.sendall(connection.data_to_send())


def frames(received: bytes) -> Iterator[tuple[int, int]]:
    """Kind and length of each HTTP/2 frame."""
    while received:
        length = int.from_bytes(received[:3], "big")
        yield received[3], length
        received = received[9 + length :]


def test_the_head_of_an_answer_is_small(standing: Office) -> None:
    with standing.connect() as tls:
        tls.sendall(request(b"abc"))
        received = b""
        while not received.endswith(b"ABC"):
            received += tls.recv(65536)
    assert len(received) - 3 <= 130
    context = laptop(standing.ca)
    context.set_alpn_protocols(["h2"])
    with standing.connect(context) as tls:
        assert exchange_over_http_2(tls, b"abc")[2] <= 60


def test_another_media_type_is_415(standing: Office) -> None:
    with standing.connect() as tls:
        tls.sendall(request(b"<html>", "connection: close", media_type="text/html"))
        assert answer(tls)[0] == 415


def test_a_body_that_says_it_is_too_large_is_413_before_it_is_sent(standing: Office) -> None:
    with standing.connect() as tls:
        tls.sendall(request(b"").replace(b"content-length: 0", b"content-length: 8388609"))
        assert answer(tls)[0] == 413


def test_a_body_that_grows_too_large_is_413_while_it_streams(standing: Office) -> None:
    with standing.connect() as tls:
        tls.sendall(request(b"").replace(b"content-length: 0", b"transfer-encoding: chunked"))
        for _piece in range(128):
            tls.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        tls.sendall(b"1\r\nx\r\n")
        assert answer(tls)[0] == 413
    assert standing.exchange(b"abc") == (200, b"ABC")


def test_a_body_of_the_full_size_is_taken(standing: Office) -> None:
    status, body = standing.exchange(b"x" * 8 * 1024 * 1024)
    assert (status, len(body)) == (200, 100_000)


def test_a_refusal_and_a_bug_are_told_apart_and_neither_ends_the_server(standing: Office) -> None:
    assert standing.exchange(b"refuse")[0] == 426
    status, body = standing.exchange(b"fail")
    assert (status, b"Siti" in body) == (500, False)
    assert standing.exchange(b"end")[0] == 500
    assert standing.exchange(b"abc") == (200, b"ABC")


def test_laptops_that_stall_do_not_hold_up_another(standing: Office) -> None:
    address = ("127.0.0.1", standing.port)
    silent = [socket.create_connection(address, timeout=PATIENCE_SECONDS) for _laptop in range(30)]
    idle = [standing.connect() for _laptop in range(30)]
    half = [standing.connect() for _laptop in range(30)]
    try:
        for tls in half:
            tls.sendall(request(b"x" * 1000)[:-500])
        assert standing.exchange(b"abc") == (200, b"ABC")
    finally:
        for connection in (*silent, *idle, *half):
            connection.close()


def test_many_laptops_at_once_are_all_answered(standing: Office) -> None:
    answers: list[tuple[int, bytes]] = []
    threads = [threading.Thread(target=lambda: answers.append(standing.exchange(b"abc"))) for _laptop in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(200, b"ABC")] * 40


def test_the_ready_file_comes_after_an_own_answer_and_names_the_port(office: Office) -> None:
    office.wait_until_ready()
    base_url = office.ready.read_text()
    assert re.fullmatch(r"https://127\.0\.0\.1:\d+", base_url)
    assert (office.folder / "told").read_text() == f"{base_url} False"
    assert office.exchange(b"abc") == (200, b"ABC")


def test_a_server_that_listens_everywhere_tells_an_address_of_this_machine(tmp_path: Path) -> None:
    office = Office(tmp_path, host="0.0.0.0").wait_until_ready()
    assert office.ready.read_text().startswith("https://127.0.0.1:")
    assert office.exchange(b"abc") == (200, b"ABC")
    assert office.stop() == (0, "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_and_takes_the_ready_file_away(office: Office, number: signal.Signals) -> None:
    office.wait_until_ready()
    with office.connect():
        office.process.send_signal(number)
        assert office.ended() == (0, "")
    assert not office.ready.exists()


def test_it_stops_though_a_laptop_is_in_the_middle_of_sending(office: Office) -> None:
    office.wait_until_ready()
    with office.connect() as tls:
        tls.sendall(request(b"x" * 1000, "connection: close")[:-500])
        assert office.exchange(b"abc") == (200, b"ABC")
        assert office.stop() == (0, "")
        assert answer(tls)[0] == 503


def test_it_finishes_the_request_in_hand_before_it_stops(office: Office) -> None:
    office.wait_until_ready()
    with office.connect() as tls:
        tls.sendall(request(b"sleep 1", "connection: close"))
        wait_for((office.folder / "sleeping").exists)
        office.process.terminate()
        assert answer(tls) == (200, b"SLEEP 1")
    assert office.ended() == (0, "")


def test_it_stops_within_five_seconds_though_a_request_hangs(office: Office) -> None:
    office.wait_until_ready()
    with office.connect() as tls:
        tls.sendall(request(b"sleep 60"))
        wait_for((office.folder / "sleeping").exists)
        office.process.terminate()
        started = time.monotonic()
        assert answer(tls)[0] == 503
        assert office.ended() == (0, "")
    assert "stopped_in_a_request" in (office.folder / "log").read_text()
    assert time.monotonic() - started < 8  # 5, and what a busy machine adds


def test_a_stop_before_it_is_ready_leaves_no_ready_file(office: Office) -> None:
    wait_for(lambda: (office.folder / "tls" / "server.crt").exists())
    office.process.terminate()
    office.ended()
    assert not office.ready.exists()


def test_a_killed_server_leaves_no_process_and_its_port_is_free(office: Office) -> None:
    office.wait_until_ready()
    port, group = office.port, children(office.process.pid)
    office.process.kill()
    assert office.ended()[0] == -signal.SIGKILL
    assert group == []
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_the_ready_file_of_a_killed_server_does_not_speak_for_the_next_one(office: Office) -> None:
    office.wait_until_ready()
    office.process.kill()
    office.ended()
    assert office.ready.exists()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert Office(office.folder, port=taken.getsockname()[1]).ended()[0] == 1
    assert not office.ready.exists()


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, text = Office(tmp_path, port=port).ended()
    assert status == 1
    assert f"Porta {port} sudah dipakai" in text
    assert "Traceback" not in text
    assert not (tmp_path / "ready").exists()


def test_an_address_of_another_machine_is_a_sentence(tmp_path: Path) -> None:
    status, text = Office(tmp_path, host="203.0.113.1").ended()
    assert status == 1
    assert text.strip() == "Alamat 203.0.113.1 tidak ada di komputer ini. Periksa pilihan --host."


def test_the_log_tells_of_a_bug_without_its_words(office: Office) -> None:
    office.wait_until_ready()
    office.exchange(b"fail")
    assert office.stop() == (0, "")
    told = [line.partition(" ")[2] for line in (office.folder / "log").read_text().splitlines()]
    assert [re.sub(r"\d+", "N", line) for line in told] == [
        "serving",
        "failure kind=ValueError module=served line=N",
        "stopping",
    ]


class Ended(Listener):
    """A server whose worker is gone at once."""

    async def serve(self, spawn_target: object = None) -> None:
        return


class Deaf(Listener):
    """A server that listens and never answers."""

    async def serve(self, spawn_target: object = None) -> None:
        await asyncio.Event().wait()


@pytest.mark.parametrize(("listener", "word"), [(Ended, "berhenti sendiri"), (Deaf, "tidak menjawab")])
def test_a_server_that_ends_or_never_answers_is_a_problem_and_is_never_called_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listener: type[Listener], word: str
) -> None:
    monkeypatch.setattr("pimpasa_office.serve.Listener", listener)
    monkeypatch.setattr("pimpasa_office.serve.READY_SECONDS", 0.2)
    log = Log(tmp_path / "log", Env())
    threads, handler, told = threading.active_count(), signal.getsignal(signal.SIGTERM), []
    with pytest.raises(Problem, match=word):
        serve(
            lambda: Steered(tmp_path),
            Authority(tmp_path, Env(), NAME),
            env=Env(),
            log=log,
            host="127.0.0.1",
            port=0,
            ready_file=tmp_path / "ready",
            on_ready=told.append,
        )
    log.close()
    assert (told, (tmp_path / "ready").exists()) == ([], False)
    assert (threading.active_count(), signal.getsignal(signal.SIGTERM)) == (threads, handler)


def test_the_systemd_unit_allows_what_the_server_needs() -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.read(UNIT)
    service = unit["Service"]
    assert int(service["LimitNOFILE"]) > 2 * CONNECTIONS_MAX
    assert int(service["TimeoutStopSec"]) > 5
    assert service["ExecReload"].endswith("-HUP $MAINPID")


def test_it_holds_few_threads(office: Office) -> None:
    office.wait_until_ready()
    for _round in range(20):
        office.exchange(b"abc")
    assert len(list(Path(f"/proc/{office.process.pid}/task").iterdir())) <= 6
