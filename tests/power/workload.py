"""What runs while the power fails, and how it is judged afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Protocol

from pimpasa_desktop import sqlcipher
from pimpasa_desktop.problem import Problem

KEY = bytes(range(32))
FILE = "visits.db"
Rows = list[tuple[Any, ...]]
Content = list[Rows]


def nobody(_saved: int) -> None:
    """Nobody asks how many were found."""


class Workload(Protocol):
    def prepare(self, folder: Path) -> None:
        """Make what is on the disk for long when the day begins."""

    def run(self, folder: Path, acknowledge: Callable[[], None]) -> None:
        """Save one thing after another, calling `acknowledge` when the program says that one is saved.

        Closes what it opened. May raise Problem when the disk fails, and nothing else.
        """

    def check(self, folder: Path, acknowledged: int, found: Callable[[int], None] = ...) -> list[str]:
        """What is wrong with a folder after a crash: acknowledged work lost, half saves, not usable. Empty: nothing.
        `found` is told how many saves are there, before one more is made."""


@dataclass(frozen=True)
class Visits:
    """Bare tables used as the store uses its own: a save adds a visit, its attendees and a row of the queue in one
    transaction, changes the visit before and now and then erases the attendees of an older one. `seed` draws sizes."""

    seed: int = 0
    saves: int = 30
    days: int = 3

    def prepare(self, folder: Path) -> None:
        """Nothing: the database is made under the eyes of the recorder."""

    def run(self, folder: Path, acknowledge: Callable[[], None]) -> None:
        per_day = self.saves // self.days
        for day in range(self.days):
            connection = self.open(folder)
            try:
                for number in range(day * per_day, (day + 1) * per_day):
                    self._save_as_a_person_would(connection, number)
                    acknowledge()
                    if number % per_day == per_day // 2:
                        with sqlcipher.explaining():  # also in the midst of a day, not only at its end
                            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                connection.close()

    def check(self, folder: Path, acknowledged: int, found: Callable[[int], None] = nobody) -> list[str]:
        try:
            connection = self.open(folder)
        except Problem as problem:
            return [f"does not open: {problem.sentence}"]
        try:
            content = read(connection)
            sqlcipher.verify(connection)
            for saved in (acknowledged, acknowledged + 1):  # the save that was under way may be there, whole
                if content == self.expected(saved):
                    found(saved)
                    self.save(connection, saved)  # and one can go on working
                    return []
            return [f"{acknowledged} acknowledged, found {[len(rows) for rows in content]} rows that are no such state"]
        except (Problem, sqlcipher.DatabaseError) as error:
            return [f"does not read: {error}"]
        finally:
            connection.close()

    def open(self, folder: Path) -> sqlcipher.Connection:
        connection = sqlcipher.connect(folder / FILE, KEY)
        try:
            with sqlcipher.transaction(connection):
                connection.execute("CREATE TABLE IF NOT EXISTS visit (number INTEGER PRIMARY KEY, venue TEXT)")
                connection.execute("CREATE TABLE IF NOT EXISTS attendee (visit REFERENCES visit, name TEXT)")
                connection.execute("CREATE INDEX IF NOT EXISTS attendee_name ON attendee (name)")
                connection.execute("CREATE TABLE IF NOT EXISTS outbox (number INTEGER PRIMARY KEY, patch BLOB)")
        except BaseException:
            connection.close()
            raise
        return connection

    def save(self, connection: sqlcipher.Connection, number: int) -> None:
        attendees, patch = self._drawn(number)
        with sqlcipher.transaction(connection):
            connection.execute("INSERT INTO visit VALUES (?, ?)", (number, f"balai desa {number}"))
            connection.execute("UPDATE visit SET venue = ? WHERE number = ?", (f"selesai {number - 1}", number - 1))
            connection.executemany("INSERT INTO attendee VALUES (?, ?)", attendees)
            connection.execute("INSERT INTO outbox VALUES (?, ?)", (number, patch))
            if number % 5 == 4:
                connection.execute("DELETE FROM attendee WHERE visit = ?", (number - 3,))

    def _save_as_a_person_would(self, connection: sqlcipher.Connection, number: int) -> None:
        try:
            self.save(connection, number)
        except Problem:
            self.save(connection, number)

    def expected(self, saved: int) -> Content:
        """What the tables hold after so many saves."""
        visits: Rows = [
            (number, f"selesai {number}" if number < saved - 1 else f"balai desa {number}") for number in range(saved)
        ]
        erased = {number - 3 for number in range(saved) if number % 5 == 4}
        attendees: Rows = [row for number in range(saved) if number not in erased for row in self._drawn(number)[0]]
        return [visits, attendees, [(number, self._drawn(number)[1]) for number in range(saved)]]

    def _drawn(self, number: int) -> tuple[list[tuple[int, str]], bytes]:
        random = Random(self.seed * 1000 + number)
        attendees = [(number, f"warga {number:04} {place:04}") for place in range(random.choice((0, 3, 10, 40)))]
        return attendees, random.randbytes(random.choice((100, 500, 9000)))


def read(connection: sqlcipher.Connection) -> Content:
    with sqlcipher.explaining():
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in ("visit", "attendee", "outbox")
        ]
