"""A disk that forgets or mixes up bits: the database refuses or is unharmed, and never shows wrong data."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.problem import Problem
from power.disk import read_folder, write_folder
from power.oracle import scratch
from power.workload import FILE, KEY, Content, Visits, read

PAGE = 4096
VISITS = Visits(saves=39)
FLIPS = 1000
WHOLE = VISITS.expected(VISITS.saves)


@pytest.fixture
def folder() -> Iterator[Path]:
    with scratch() as folder:
        VISITS.run(folder, lambda: None)
        assert [path.name for path in folder.iterdir()] == [FILE]
        yield folder


def content_or_refusal(folder: Path) -> Content | str:
    try:
        connection = sqlcipher.connect(folder / FILE, KEY, readonly=True)
    except Problem as problem:
        return problem.sentence
    try:
        return read(connection)
    except Problem as problem:
        return problem.sentence
    finally:
        connection.close()


def test_a_flipped_bit_is_refused_or_harmless(folder: Path) -> None:
    path, random, refused = folder / FILE, Random(3), 0
    size = path.stat().st_size
    assert size >= 30 * PAGE
    with path.open("rb+", buffering=0) as file:
        for _ in range(FLIPS):
            position, bit = random.randrange(size), 1 << random.randrange(8)
            file.seek(position)
            byte = file.read(1)[0]
            file.seek(position)
            file.write(bytes([byte ^ bit]))
            found = content_or_refusal(folder)
            assert isinstance(found, str) or found == WHOLE, f"wrong data after bit {bit} of {position}"
            refused += isinstance(found, str)
            file.seek(position)
            file.write(bytes([byte]))
    assert refused > FLIPS * 0.9
    assert content_or_refusal(folder) == WHOLE


def test_a_page_that_was_zeroed_exchanged_or_cut_off_is_refused(folder: Path) -> None:
    path = folder / FILE
    sound = path.read_bytes()
    pages = [sound[start : start + PAGE] for start in range(0, len(sound), PAGE)]
    for number in range(len(pages)):
        other = (number + 1) % len(pages)
        zeroed = [*pages[:number], bytes(PAGE), *pages[number + 1 :]]
        exchanged = list(pages)
        exchanged[number], exchanged[other] = pages[other], pages[number]
        for damaged in (zeroed, exchanged, pages[:number] if number else [sound[:100]]):
            path.write_bytes(b"".join(damaged))
            found = content_or_refusal(folder)
            # A page that no table uses may change; nothing may be missing or different.
            assert isinstance(found, str) or found == WHOLE, f"wrong data after damage to page {number}"


def test_a_page_of_another_laptop_is_refused(folder: Path) -> None:
    sound = (folder / FILE).read_bytes()
    with scratch() as elsewhere:
        VISITS.run(elsewhere, lambda: None)
        other = (elsewhere / FILE).read_bytes()
    for start in range(PAGE, len(sound), PAGE):
        (folder / FILE).write_bytes(sound[:start] + other[start : start + PAGE] + sound[start + PAGE :])
        found = content_or_refusal(folder)
        assert isinstance(found, str) or found == WHOLE


def test_a_damaged_log_may_lose_the_latest_saves_but_shows_no_wrong_one(folder: Path) -> None:
    """SQLite takes the first broken frame of its log for the end of it: the one loss that no key can notice."""
    connection = VISITS.open(folder)
    for number in range(VISITS.saves, VISITS.saves + 12):
        VISITS.save(connection, number)
    files = read_folder(folder)  # as a copy of the disk would be, with the program still open
    connection.close()
    random, states = Random(4), [VISITS.expected(VISITS.saves + more) for more in range(13)]
    for _ in range(200):
        log = bytearray(files[FILE + "-wal"])
        log[random.randrange(len(log))] ^= 1 << random.randrange(8)
        with scratch() as copy:
            write_folder(copy, {**files, FILE + "-wal": bytes(log)})
            found = content_or_refusal(copy)
            assert isinstance(found, str) or found in states


def test_the_damaged_end_of_a_long_value_is_refused_in_every_way_of_reading_and_never_copied() -> None:
    """There SQLCipher itself raises nothing and gives zeros: the reason for our own cursor."""
    with scratch() as folder:
        path = folder / FILE
        connection = sqlcipher.connect(path, KEY)
        connection.execute("CREATE TABLE report (id INTEGER PRIMARY KEY, narrative TEXT)")
        connection.execute("INSERT INTO report VALUES (1, ?), (2, 'short')", ("x" * 9000,))
        connection.close()
        content = bytearray(path.read_bytes())
        content[-2000] ^= 1
        path.write_bytes(content)

        ways: list[Callable[[sqlcipher.Connection], object]] = [
            lambda connection: connection.execute("SELECT * FROM report").fetchall(),
            lambda connection: connection.execute("SELECT * FROM report").fetchone(),
            lambda connection: connection.execute("SELECT * FROM report").fetchmany(2),
            lambda connection: list(connection.execute("SELECT * FROM report")),
            lambda connection: next(connection.cursor().execute("SELECT * FROM report")),
            lambda connection: connection.execute("SELECT sum(length(narrative || id)) FROM report").fetchone(),
            change,
            lambda connection: sqlcipher.backup_to(connection, folder / "copy.db"),
            sqlcipher.verify,
        ]
        for way in ways:
            connection = sqlcipher.connect(path, KEY)
            with pytest.raises(Problem, match="Basis data rusak"):
                way(connection)
            connection.close()
        assert not list(folder.glob("copy.db*"))

        connection = sqlcipher.connect(path, KEY)  # what is sound can still be saved from the wreck
        assert connection.execute("SELECT narrative FROM report WHERE id = 2").fetchone() == ("short",)
        connection.close()


def change(connection: sqlcipher.Connection) -> None:
    with sqlcipher.transaction(connection):
        connection.execute("UPDATE report SET narrative = narrative || 'more'")
