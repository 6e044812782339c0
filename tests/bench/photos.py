"""W4: twelve visits with three photos of 200 kB each, on a line that is cut twenty times; and one photo made ready.

Bytes are counted where they pass, between the laptop and the office; how long a photo takes is a matter of the machine,
so Pillow's own scaled decode of the same file stands beside it, in a process of its own as ours is.
"""

import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from PIL import Image

from bench.row import Figure
from pimpasa_desktop.domain.calendar import WITA
from pimpasa_desktop.intake.photos import scaled
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.blobs import attach
from rig.over_https import OfficeOverHttps
from rig.proxy import Mark, Proxy
from rig.world import BONGKUDAI_UTARA, LaptopRig, RigEnv

VISITS, PHOTOS, SIZE, CUTS = 12, 3, 200_000, 20
RUNS = 9
MAKE = """
import sys
from io import BytesIO
from PIL import Image
picture = Image.open(sys.argv[1])
picture.draft("RGB", (1600, 1200))
picture.thumbnail((1600, 1600))
picture.save(BytesIO(), "JPEG", quality=75)
"""


def figures() -> list[Figure]:
    folder = Path(tempfile.mkdtemp())
    return [_bytes(folder), _ready(folder)]


def _bytes(folder: Path) -> Figure:
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
        cuts = sorted(chance.randrange(whole) for _cut in range(CUTS))
        with Proxy(office.port) as proxy:
            for at in cuts:
                proxy.marks["up"] = Mark(max(at, proxy.up + 1), "reset")
                laptop.line = office.line(laptop.env, f"https://127.0.0.1:{proxy.port}")
                try:
                    laptop.sync()
                except Problem:
                    laptop.hang_up()
            proxy.marks.clear()
            laptop.line = office.line(laptop.env, f"https://127.0.0.1:{proxy.port}")
            laptop.sync()
            laptop.hang_up()
            sent = proxy.up
        assert laptop.store.queries.photos.pending() == (0, 0)
        laptop.close()
    finally:
        office.close()
    name = f"W4: {VISITS * PHOTOS} photos, cut {CUTS} times"
    return Figure(name, sent / 1e6, "MB", "the photos' own bytes", sent / whole, 1.1, exact=True)


def _ready(folder: Path) -> Figure:
    path = folder / "12.jpg"
    _photo(path)
    ours = _median(lambda: scaled(path, WITA))
    theirs = _median(lambda: subprocess.run([sys.executable, "-c", MAKE, str(path)], check=True))
    against = "Pillow's scaled decode, in a process"
    return Figure("a photo of 12 megapixels is ready", ours * 1000, "ms", against, ours / theirs, 1.5)


def _photo(path: Path) -> None:
    """Light and dark in every size, as outdoors."""
    chance = random.Random("photo")
    picture = Image.new("RGB", (4000, 3000), (110, 120, 105))
    for side, weight in ((8, 0.5), (64, 0.35), (256, 0.2), (2000, 0.06)):
        grain = Image.frombytes("RGB", (side, side * 3 // 4), chance.randbytes(side * (side * 3 // 4) * 3))
        picture = Image.blend(picture, grain.resize(picture.size, Image.Resampling.BICUBIC), weight)
    picture.save(path, quality=90)


def _median(call: object) -> float:
    assert callable(call)
    times = []
    for _run in range(RUNS):
        begin = perf_counter()
        call()
        times.append(perf_counter() - begin)
    return median(times)
