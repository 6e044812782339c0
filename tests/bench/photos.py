"""W4: twelve visits with three photos of 200 kB each, on an EDGE line that is cut twenty times; and a photo made ready.

The line is EDGE with everything ten times as fast, bytes and round trips alike: an exchange has the same shape in a tenth
of the time, and what a cut costs is counted in bytes, which the pace does not change. Bytes are counted where they pass,
between the laptop and the office. How long a photo takes is a matter of the machine, so what Pillow needs for the same
in a process that is warm stands beside it: the scaled decode and the JPEG, without a child, bounds or a small picture.
"""

import random
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

from PIL import Image

from bench.row import Figure
from pimpasa_desktop.domain.calendar import WITA
from pimpasa_desktop.intake.decoder import Decoder
from pimpasa_desktop.intake.photos import scaled
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.blobs import attach
from pimpasa_desktop.sync.http import Line
from pimpasa_office.tables import blob_parts
from rig.over_https import OfficeOverHttps
from rig.proxy import EDGE, Link, Mark, Proxy
from rig.world import BONGKUDAI_UTARA, LaptopRig, RigEnv

VISITS, PHOTOS, SIZE, CUTS = 12, 3, 200_000, 20
PACE = 10
EDGE_TENFOLD = Link(
    EDGE.up_bytes_per_second * PACE, EDGE.down_bytes_per_second * PACE, EDGE.round_trip_seconds / PACE, EDGE.loss
)
RUNS = 9


def figures() -> list[Figure]:
    folder = Path(tempfile.mkdtemp())
    return [*_sent(folder), *_ready(folder)]


def _sent(folder: Path) -> list[Figure]:
    chance = random.Random("W4")
    office = OfficeOverHttps(folder / "office", RigEnv("office"))
    try:
        account = office.account("Deddy", "field_officer")
        office.assign(account, BONGKUDAI_UTARA, "Bongkudai Utara")
        laptop = LaptopRig(folder / "laptop", RigEnv("laptop"), office, account, office.line(RigEnv("line")))
        whole = VISITS * PHOTOS * SIZE
        for _visit in range(VISITS):
            of = laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00"})
            for _photo in range(PHOTOS):
                attach(laptop.store, {"visit": of}, chance.randbytes(SIZE), b"")
        laptop.hang_up()
        early = _Early(office)
        cuts = sorted(chance.randrange(whole) for _cut in range(CUTS))
        began = perf_counter()
        with Proxy(office.port, seed="W4", link=EDGE_TENFOLD) as proxy:
            for at in [*cuts, 0]:
                proxy.marks.clear()
                if at:
                    proxy.marks["up"] = Mark(max(at, proxy.up + 1), "reset")
                laptop.line = early.watched(office.line(laptop.env, f"https://127.0.0.1:{proxy.port}"))
                try:
                    laptop.sync()
                except Problem:
                    assert at  # uncut, it goes through
                laptop.hang_up()
            sent = proxy.up
        took = perf_counter() - began
        assert laptop.store.queries.photos.pending() == (0, 0)
        laptop.close()
    finally:
        office.close()
    name = f"W4: {VISITS * PHOTOS} photos over EDGE, cut {CUTS} times"
    records = VISITS * (1 + PHOTOS)
    return [
        Figure(name, sent / 1e6, "MB", "the photos' own bytes", sent / whole, 1.1, exact=True),
        Figure("W4: time", took * PACE / 60, "min", f"EDGE, from {took:.0f} s on a line {PACE} times as fast"),
        Figure("W4: records missing at the first photo", early.missing(records), "", f"of {records}", early.missing(records), 0, exact=True),
    ]  # fmt: skip


class _Early:
    """How many records the office held when the first part of a photo was on its way."""

    def __init__(self, office: OfficeOverHttps) -> None:
        self._office, self._held = office, -1

    def watched(self, line: Line) -> Line:
        bring = line.blobs

        def blobs(body: bytes) -> bytes:
            if self._held < 0 and len(body) > SIZE / PHOTOS / PHOTOS:  # a part, not only a question
                with self._office.ledger.begin() as books:
                    assert not books.all(blob_parts)
                    self._held = len(books.find("visit")) + len(books.find("photo"))
            return bring(body)

        line.blobs = blobs  # type: ignore[method-assign]
        return line

    def missing(self, records: int) -> int:
        return records - self._held


def _ready(folder: Path) -> list[Figure]:
    path = folder / "12.jpg"
    _photo(path)
    with Decoder() as decoder:
        scaled(path, WITA, decoder)
        # In turn, so that what else the machine does meets all of them.
        ways = (lambda: _by_pillow(path), lambda: scaled(path, WITA, decoder), lambda: scaled(path, WITA))
        times = [[_seconds(way) for way in ways] for _run in range(RUNS)]
    theirs, ours, alone = (median(column) for column in zip(*times, strict=True))
    against = f"Pillow's scaled decode in a warm process ({theirs * 1000:.0f} ms)"
    return [
        Figure("a photo of 12 megapixels is ready", ours * 1000, "ms", f"{against}; one of several", ours / theirs, 1.5),
        Figure("a photo of 12 megapixels, the first", alone * 1000, "ms", f"{against}; with the child's start", alone / theirs),
    ]  # fmt: skip


def _by_pillow(path: Path) -> None:
    picture = Image.open(path)
    picture.draft("RGB", (1600, 1200))
    picture.thumbnail((1600, 1600))
    picture.save(BytesIO(), "JPEG", quality=75)


def _photo(path: Path) -> None:
    """Light and dark in every size, as outdoors."""
    chance = random.Random("photo")
    picture = Image.new("RGB", (4000, 3000), (110, 120, 105))
    for side, weight in ((8, 0.5), (64, 0.35), (256, 0.2), (2000, 0.06)):
        grain = Image.frombytes("RGB", (side, side * 3 // 4), chance.randbytes(side * (side * 3 // 4) * 3))
        picture = Image.blend(picture, grain.resize(picture.size, Image.Resampling.BICUBIC), weight)
    picture.save(path, quality=90)


def _seconds(call: Callable[[], object]) -> float:
    begin = perf_counter()
    call()
    return perf_counter() - begin
