"""W2 and W3 over real TLS: a year of one office sent by one laptop, then read by a new one; and what is left to say
when there is nothing to say. Z is the same records as compressed text."""

import gc
import shutil
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from bench.bare import takes_and_gives, upload
from bench.exchange import SHARE, as_records, compressed
from bench.row import Figure
from bench.workloads import assign_villages, week
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.store.store import Store
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.http import Line
from pimpasa_desktop.sync.joining import join
from pimpasa_office.ledger import embedded
from pimpasa_office.tables import metadata
from rig.over_https import OfficeOverHttps
from rig.proxy import Proxy
from rig.world import LAPTOP_KEY, OFFICE_KEY, LaptopRig, RigEnv
from sync.hostile import Server

SENT_AGAIN_MAX = 40_000
MEMORY_MAX = 30
SERVER_MAX = 3
GOODBYE_BYTES = 24  # of TLS, which a laptop that hangs up does not wait for


class Measured:
    """A line that keeps the size of the largest question and answer, and what the laptop has after the first."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.question = self.answer = 0

    def exchange(self, body: bytes) -> bytes:
        answer = self.line.exchange(body)
        self.question, self.answer = max(self.question, len(body)), max(self.answer, len(answer))
        return answer


def figures() -> Iterator[Figure]:
    folder = Path(tempfile.mkdtemp())
    office = OfficeOverHttps(folder / "office", RigEnv("office"))
    try:
        officer = office.account("Deddy Mokodompit", "field_officer")
        assign_villages(office, officer)
        laptop = LaptopRig(folder / "laptop", RigEnv("laptop"), office, officer, office.line(RigEnv("line")))
        try:
            with laptop.store.transaction():
                week(laptop, visits=600, attendees=40, risks=750, notes=0)
            records = as_records(laptop)
            z = compressed(records)
            told = f"Z: {len(records):,} records as JSON lines with random ids, zstd -19 ({z:,} bytes)"
            yield from _push(office, laptop, z, told)
            yield from _small(office, laptop)
            yield from _pull(office, officer, folder, z)
        finally:
            laptop.close()
    finally:
        office.close()
        shutil.rmtree(folder)


def _push(office: OfficeOverHttps, laptop: LaptopRig, z: int, told: str) -> Iterator[Figure]:
    laptop.hang_up()
    before = office.cpu_seconds()
    with Proxy(office.port) as proxy, _memory() as memory:
        line = office.line(RigEnv("counted"), f"https://127.0.0.1:{proxy.port}")
        laptop.line = over = Measured(line)
        began = perf_counter()
        report = laptop.sync()
        seconds = perf_counter() - began
        line.close()
        wire, connections = proxy.up + proxy.down, proxy.connections
    assert report.digests_match and not report.rejected
    ours = line.bytes_sent + line.bytes_received
    server = office.cpu_seconds() - before
    yield Figure("W2, a year: bytes both ways", ours, "bytes", told, ours / z, SHARE, exact=True)
    yield Figure("W2: requests", report.requests, "requests", "told only")
    counted = sum(line.bytes_wire)
    against = f"a counting proxy ({wire:,}): the office's last good-bye is all that may differ"
    unseen = abs(wire - counted)
    limit = GOODBYE_BYTES * connections
    yield Figure("W2: bytes that laptop and proxy count apart", unseen, "bytes", against, unseen, limit, exact=True)
    yield Figure(
        "W2: the most that a cut sends again",
        over.question,
        "bytes",
        f"the largest question; {SENT_AGAIN_MAX:,}",
        over.question / SENT_AGAIN_MAX,
        1.0,
        exact=True,
    )
    yield Figure("W2: memory above idle", memory[0], "MB", f"{MEMORY_MAX} MB", memory[0] / MEMORY_MAX, 1.0)
    upsert = _upsert_seconds(office)
    against = f"the database's own upsert of the same rows ({upsert:.2f} s)"
    yield Figure("W2: processor time of the office", server, "s", against, server / upsert, SERVER_MAX)
    bare = _bare_seconds(office, line)
    against = f"a bare upload of the same bytes over the same TLS ({bare:.3f} s)"
    yield Figure("W2: time on loopback", seconds, "s", against, seconds / bare)


def _bare_seconds(office: OfficeOverHttps, line: Line) -> float:
    """With the office's own certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(office.certificate, office.certificate_key)
    with Server(takes_and_gives, context) as server:
        began = perf_counter()
        upload(server.port, line)
        return perf_counter() - began


def _small(office: OfficeOverHttps, laptop: LaptopRig) -> Iterator[Figure]:
    """Nothing to do, then one changed record; on a new connection, then on the kept one. TLS is not counted."""
    laptop.line = line = office.line(RigEnv("small"))
    (visit, *_others) = laptop.list("visit")
    for told, limits, change in (("nothing to do", (600, 400), False), ("one changed record", (800, 600), True)):
        for on, limit in zip(("a new connection", "a kept one"), limits, strict=True):
            if change:
                laptop.store.put("visit", {"theme": f"Tema lain, {on}"}, str(visit["id"]))
            before = line.bytes_sent + line.bytes_received
            report = laptop.sync()
            assert report.requests == 1
            count = line.bytes_sent + line.bytes_received - before
            name = f"After W2, {told}, on {on}"
            yield Figure(name, count, "bytes", f"{limit} bytes", count / limit, 1.0, exact=True)
        line.close()


def _pull(office: OfficeOverHttps, account: str, folder: Path, z: int) -> Iterator[Figure]:
    line = office.line(RigEnv("pull"))
    over = Measured(line)
    env = RigEnv("new")
    (folder / "new").mkdir()
    with Store(folder / "new", LAPTOP_KEY, env) as store, line, _memory() as memory:
        join(store, office.enrolment(account), line)
        before = line.bytes_sent + line.bytes_received
        report, villages = Report(), []

        def first(_report: Report) -> None:
            if not villages:
                villages.append(len(list(store.queries.every(REGISTRY["village"]))))

        began = perf_counter()
        Engine(store, over, env).exchange(report, first)
        seconds = perf_counter() - began
        assert report.digests_match
        ours = line.bytes_sent + line.bytes_received - before
    yield Figure("W3, a new laptop: bytes both ways", ours, "bytes", f"Z ({z:,} bytes)", ours / z, SHARE, exact=True)
    yield Figure("W3: requests", report.requests, "requests", "told only")
    yield Figure(
        "W3: the most that a cut sends again",
        over.answer,
        "bytes",
        f"the largest answer; {SENT_AGAIN_MAX:,}",
        over.answer / SENT_AGAIN_MAX,
        1.0,
        exact=True,
    )
    missing = 6 - villages[0]
    yield Figure("W3: own villages missing after page one", missing, "villages", "none", missing + 1, 1.0, exact=True)
    yield Figure("W3: memory above idle", memory[0], "MB", f"{MEMORY_MAX} MB", memory[0] / MEMORY_MAX, 1.0)
    yield Figure("W3: time on loopback", seconds, "s", "told only")


@contextmanager
def _memory() -> Iterator[list[float]]:
    """How many megabytes the peak of this process rises above what it holds at the start."""
    rose = [0.0]
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of before
    before = _peak()
    yield rose
    rose[0] = (_peak() - before) / 1024


def _peak() -> int:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


def _upsert_seconds(office: OfficeOverHttps) -> float:
    """Processor time of writing every row of the ledger into an empty one, in one transaction."""
    with office.ledger.engine.connect() as connection:
        rows = {
            table: [dict(row._mapping) for row in connection.execute(sa.select(table))]
            for table in metadata.sorted_tables
        }
    engine = embedded(office.folder / "upsert.db", OFFICE_KEY)
    metadata.create_all(engine)
    gc.disable()  # as good as in the office; here it would walk through all that the bench holds
    began = process_time()
    with engine.begin() as connection:
        for table, values in rows.items():
            if values:
                connection.execute(insert(table).on_conflict_do_nothing(), values)
    seconds = process_time() - began
    gc.enable()
    engine.dispose()
    return seconds
