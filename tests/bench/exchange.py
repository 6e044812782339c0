"""W1 over real TLS: the bytes of a week's exchange beside the same records as compressed text, counted twice."""

import json
import random
import re
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from backports import zstd

from bench.row import Figure
from bench.workloads import assign_villages, week
from pimpasa_desktop.sync.http import Line
from rig.over_https import OfficeOverHttps
from rig.proxy import Proxy
from rig.world import LaptopRig, RigEnv

SHARE = 0.60  # of the same records as compressed text, at most
ENTITIES = ("visit", "attendee", "risk_report", "follow_up")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def figures() -> list[Figure]:
    folder = Path(tempfile.mkdtemp())
    office = OfficeOverHttps(folder / "office", RigEnv("office"))
    try:
        officer = office.account("Deddy Mokodompit", "field_officer")
        assign_villages(office, officer)
        laptop = LaptopRig(folder / "laptop", RigEnv("laptop"), office, officer, office.line(RigEnv("line")))
        try:
            week(laptop)
            return _measured(office, laptop)
        finally:
            laptop.close()
    finally:
        office.close()
        shutil.rmtree(folder)


def _measured(office: OfficeOverHttps, laptop: LaptopRig) -> list[Figure]:
    assert isinstance(laptop.line, Line)
    laptop.line.close()
    with Proxy(urlsplit(office.address).port or 0) as proxy:
        line = office.line(RigEnv("counted"), f"https://127.0.0.1:{proxy.port}")
        laptop.line = line
        report = laptop.sync()
        line.close()
        wire = proxy.up + proxy.down
    assert report.digests_match and not report.rejected
    told = sum(line.bytes_wire)
    ours = line.bytes_sent + line.bytes_received
    records = as_records(laptop)
    against = f"Z: {len(records)} records as JSON lines with random ids, zstd -19 ({compressed(records):,} bytes)"
    return [
        Figure("W1, a week: bytes both ways", ours, "bytes", against, ours / compressed(records), SHARE, exact=True),
        Figure("W1: requests", report.requests, "requests", "one request", report.requests, 1, exact=True),
        Figure(
            "W1: bytes on the wire, as the laptop counts",
            told,
            "bytes",
            f"a counting proxy ({wire:,})",
            told / wire,
            1.0,
            exact=True,
        ),
        Figure("W1: handshake", line.bytes_handshake, "bytes", "not part of the figure above"),
    ]


def as_records(laptop: LaptopRig) -> list[str]:
    """The lines of `record list`, each id in them replaced by a random UUID of version 4."""
    chance = random.Random("ids")
    drawn: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        return drawn.setdefault(found.group(0), str(UUID(int=chance.getrandbits(128), version=4)))

    rows = [row for entity in ENTITIES for row in laptop.list(entity)]
    return [_ID.sub(other, json.dumps(row, ensure_ascii=False)) for row in rows]


def compressed(records: list[str]) -> int:
    return len(zstd.compress("\n".join(records).encode(), level=19))
