"""Makes resources/regions/villages-REF-2025-1.dat from the npm package idn-area-data 4.0.1.

Run by hand when the table changes, never by a test:

    npm pack idn-area-data@4.0.1
    python build/regions.py idn-area-data-4.0.1.tgz

The version is pinned because an unpinned pack may pick an older table. The same package gives the same table;
the format is described in src/pimpasa_desktop/regions.py.
"""

import csv
import io
import json
import sys
import tarfile
import zlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

PACKAGE_VERSION = "4.0.1"
VERSION = "REF-2025-1"
COUNTS = {"provinces": 38, "regencies": 514, "districts": 7285, "villages": 83762}
NOTICE = f"""\
# PIMPASA table of regions, version {VERSION} (Kepmendagri 300.2.2-2138 of 2025).
# Contains information from idn-area-data, made available under the Open Database License (ODbL).
# Made from idn-area-data {PACKAGE_VERSION}. This table is a derived database, made available under the same licence:
# https://opendatacommons.org/licenses/odbl/1-0/

"""

Rows = list[tuple[str, str]]


def pack(provinces: Rows, regencies: Rows, districts: Rows, villages: Rows) -> bytes:
    """The file for these (code, name) rows."""
    inside: dict[str, list[str]] = defaultdict(list)
    for code, name in sorted(villages):
        inside[code[:8]].append(code[9:] + name)
    _require_parents(provinces, regencies, 2)
    _require_parents(regencies, districts, 5)
    _require_parents(districts, villages, 8)
    lines = sorted([*provinces, *regencies, *districts])
    _require_plain(name for _code, name in [*lines, *villages])
    bodies: dict[str, str] = defaultdict(str)
    for code, name in lines:
        bodies[code[:2]] += "\t".join([code, name, *inside[code]]) + "\n"
    packed = {code: zlib.compress(body.encode(), 9) for code, body in bodies.items()}
    index = " ".join(f"{code} {len(content)}" for code, content in packed.items()) + "\n"
    return NOTICE.encode() + index.encode() + b"".join(packed.values())


def _require_parents(parents: Rows, children: Rows, width: int) -> None:
    known = {code for code, _name in parents}
    orphans = [code for code, _name in children if code[:width] not in known]
    if orphans or len({code for code, _name in children}) != len(children):
        raise SystemExit(f"orphans or duplicate codes: {orphans[:5]}")


def _require_plain(names: Iterable[str]) -> None:
    if odd := [name for name in names if name != name.strip() or not name or set(name) & set("\t\r\n")]:
        raise SystemExit(f"names that the format cannot hold: {odd[:5]}")


def _rows(package: tarfile.TarFile, name: str) -> Rows:
    text = _member(package, f"data/{name}.csv").decode()
    rows = [(row["code"], row["name"]) for row in csv.DictReader(io.StringIO(text, newline=""))]
    if len(rows) != COUNTS[name]:
        raise SystemExit(f"{name}: {len(rows)} rows, expected {COUNTS[name]}")
    return rows


def _member(package: tarfile.TarFile, name: str) -> bytes:
    member = package.extractfile(f"package/{name}")
    assert member is not None
    return member.read()


def main(archive: Path) -> None:
    with tarfile.open(archive) as package:
        version = json.loads(_member(package, "package.json"))["version"]
        if version != PACKAGE_VERSION:
            raise SystemExit(f"idn-area-data {version}, expected {PACKAGE_VERSION}")
        packed = pack(*(_rows(package, name) for name in COUNTS))
    out = Path(__file__).parents[1] / "resources" / "regions" / f"villages-{VERSION}.dat"
    out.write_bytes(packed)
    print(f"{out.name}: {len(packed):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
