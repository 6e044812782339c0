"""Many rows at once, as the driver takes them: SQLAlchemy prepares each row and each id anew, which takes longer than
the database takes over them. It refuses to know what the rows say."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

ASKED_AT_ONCE = 1000  # PostgreSQL and SQLite both bound the parameters of a statement


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Each row names every column of the table, in its order, in plain types."""
    if rows:
        connection.exec_driver_sql(_insertion(table, _mark(connection)), list(rows))


def find(connection: sa.Connection, column: sa.Column[Any], values: Iterable[str]) -> list[sa.Row[Any]]:
    """The rows of the column's table where it is one of these values."""
    wanted, mark = sorted(set(values)), _mark(connection)
    found: list[sa.Row[Any]] = []
    for start in range(0, len(wanted), ASKED_AT_ONCE):
        some = tuple(wanted[start : start + ASKED_AT_ONCE])
        marks = ", ".join([mark] * len(some))
        found += connection.exec_driver_sql(f"SELECT * FROM {column.table} WHERE {column.name} IN ({marks})", some)
    return found


@cache
def _insertion(table: sa.Table, mark: str) -> str:
    names = ", ".join(column.name for column in table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([mark] * len(table.columns))})"


def _mark(connection: sa.Connection) -> str:
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"
