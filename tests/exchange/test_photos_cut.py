"""Photos over real HTTPS on a line that is cut anywhere, by an office that is killed in the middle."""

import hashlib
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from pathlib import Path
from threading import Event, Thread

import pytest

from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.blobs import attach
from pimpasa_desktop.sync.protocol.blobs import PART_BYTES
from pimpasa_desktop.sync.trouble import Cancelled
from pimpasa_office.tables import blob_parts
from rig.over_https import OfficeOverHttps
from rig.proxy import Act, Mark, Proxy
from rig.world import BONGKUDAI_UTARA, LaptopRig, RigEnv

SIZE = 2 * PART_BYTES + 9_000
CONNECTION = 3_000  # bytes of a handshake, up
QUESTION = 1_000  # bytes of a question around its part, up


class Camp:
    """An officer whose line to the office goes through a proxy."""

    def __init__(self, folder: Path) -> None:
        self.office = OfficeOverHttps(folder / "office", RigEnv("office"))
        account = self.office.account("Deddy", "field_officer")
        self.office.assign(account, BONGKUDAI_UTARA, "Bongkudai Utara")
        env = RigEnv("laptop")
        self.laptop = LaptopRig(folder / "laptop", env, self.office, account, self.office.line(env))
        fields = {"villages": [self.laptop.village()], "starts_at": "2025-07-03T09:00+08:00"}
        self.visit = self.laptop.store.put("visit", fields)
        self.photos = 0

    def photographed(self) -> bytes:
        """A new photo, its record at the office already."""
        self.photos += 1
        content = bytes([self.photos]) * SIZE
        with self.laptop.store.transaction():
            made = attach(self.laptop.store, {"visit": self.visit}, content, b"")
            sha256 = self.laptop.store.queries.get(made).values["sha256"]
            self.laptop.store.blobs.wait(sha256, True)
        from pimpasa_desktop.sync.engine import Engine, Report

        self.over(self.office.port)
        Engine(self.laptop.store, self.laptop.line, self.laptop.env).exchange(Report(), free=False)
        with self.laptop.store.transaction():
            self.laptop.store.blobs.wait(sha256, False)
        return content

    def over(self, port: int) -> None:
        self.laptop.hang_up()
        self.laptop.line = self.office.line(self.laptop.env, f"https://127.0.0.1:{port}")

    def restart(self) -> None:
        """The laptop's program."""
        self.laptop.close()
        self.laptop = LaptopRig.opened(self.laptop.folder, RigEnv(f"again {self.photos}"), self.laptop.line)

    def holds(self, content: bytes) -> bool:
        sha256 = hashlib.sha256(content).hexdigest()
        with self.office.ledger.begin() as books:
            rows = sorted((row for row in books.all(blob_parts) if row.sha256 == sha256), key=lambda row: row.position)
        return b"".join(row.content for row in rows) == content

    def close(self) -> None:
        self.laptop.close()
        self.office.close()


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Camp]:
    camp = Camp(tmp_path_factory.mktemp("camp"))
    yield camp
    camp.close()
    assert camp.office.alarms == []


@pytest.fixture
def short_lived(tmp_path: Path) -> Iterator[Camp]:
    camp = Camp(tmp_path)
    yield camp
    camp.close()


def test_who_stops_on_a_line_that_stands_still_is_heard_at_once_and_loses_nothing(camp: Camp) -> None:
    content = camp.photographed()
    camp.laptop.store.put("visit", {"theme": "Lain"}, camp.visit)
    at = CONNECTION + QUESTION + PART_BYTES
    with Proxy(camp.office.port, up=Mark(at, "stall")) as proxy:
        camp.over(proxy.port)
        line = camp.laptop.line
        never, tries = Event(), count()

        def stop() -> None:
            while proxy.up < at and next(tries) < 2_000:
                never.wait(0.01)
            line.cancel()  # by itself it would wait for a minute

        stopper = Thread(target=stop)
        stopper.start()
        with pytest.raises(Cancelled):
            camp.laptop.sync()
        stopper.join()
    camp.over(camp.office.port)
    report = camp.laptop.sync()
    assert (report.pushed, report.photos_sent, camp.holds(content)) == (0, 1, True)


def uncut(camp: Camp) -> list[dict[str, int]]:
    """Bytes up and down when each question was answered: the round of records, what is held, the three parts."""
    camp.photographed()
    ends: list[dict[str, int]] = []
    with Proxy(camp.office.port) as proxy:
        camp.over(proxy.port)
        line = camp.laptop.line
        asked = line._ask

        def noting(path: str, body: bytes) -> bytes:
            answer: bytes = asked(path, body)
            ends.append(dict(proxy.passed))
            return answer

        line._ask = noting
        camp.laptop.sync()
        camp.laptop.hang_up()
    assert len(ends) == 6  # the last one asks for the receipt that tells of the photo
    return ends[:-1]


def cut(camp: Camp, way: str, at: int, act: Act) -> int:
    """Bytes up, all told, of a photo whose first exchange was cut there and that went through in the second."""
    content = camp.photographed()
    with Proxy(camp.office.port, **{way: Mark(at, act)}) as proxy:
        camp.over(proxy.port)
        with pytest.raises(Problem):
            camp.laptop.sync()
        up = proxy.up
    camp.restart()
    with Proxy(camp.office.port) as proxy:
        camp.over(proxy.port)
        assert camp.laptop.sync().photos_sent == 1
        camp.laptop.hang_up()
        up += proxy.up
    assert camp.holds(content)
    return up


def test_wherever_the_line_is_cut_at_most_one_part_goes_twice(camp: Camp) -> None:
    records, held, first, second, last = (end["up"] for end in uncut(camp))
    places = {
        "before the first question about photos": records + 1,
        "in that question": held - 40,
        "between a question's head and its part": held + 250,
        "in the midst of a part": (held + first) // 2,
        "with the last byte of a part missing": first - 1,
        "after a whole part, before its answer": first,
        "in the midst of the second part": (first + second) // 2,
        "in the midst of the last": (second + last) // 2,
        "with the last byte of all missing": last - 1,
    }
    for place, at in places.items():
        up = cut(camp, "up", at, "reset")
        assert up <= last + records + PART_BYTES + CONNECTION + 2 * QUESTION, place


def test_an_answer_that_is_lost_costs_no_part(camp: Camp) -> None:
    ends = uncut(camp)
    whole = ends[-1]["up"]
    for before, after in pairwise(ends):
        at = (before["down"] + after["down"]) // 2  # in the midst of an answer
        up = cut(camp, "down", at, "close")
        assert up <= whole + ends[0]["up"] + CONNECTION + 2 * QUESTION


def test_an_office_that_is_killed_in_the_middle_goes_on_where_it_was(short_lived: Camp) -> None:
    camp = short_lived
    _records, _held, first, second, _last = (end["up"] for end in uncut(camp))
    content = camp.photographed()
    kill: Callable[[], None] = lambda: camp.office._server._process.kill()  # noqa: E731
    with Proxy(camp.office.port, up=Mark((first + second) // 2, kill)) as proxy:
        camp.over(proxy.port)
        with pytest.raises(Problem):
            camp.laptop.sync()
    camp.office._server._process.wait(10)
    camp.office._server._ready.unlink(missing_ok=True)
    camp.office._start()
    with Proxy(camp.office.port) as proxy:
        camp.over(proxy.port)
        assert camp.laptop.sync().photos_sent == 1
        camp.laptop.hang_up()
        assert proxy.up < SIZE - PART_BYTES + CONNECTION + 5 * QUESTION  # the first part was not sent again
    assert camp.holds(content)
