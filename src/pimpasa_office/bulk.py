"""Many rows at once, as the driver takes them: SQLAlchemy prepares each one anew, which takes about as long as the
database takes to write it. It refuses to know what the rows say."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Each row names every column of the table, in its order, in plain types."""
    if rows:
        connection.exec_driver_sql(_insertion(table, connection.dialect.paramstyle), list(rows))


@cache
def _insertion(table: sa.Table, paramstyle: str) -> str:
    mark = "?" if paramstyle == "qmark" else "%s"
    names = ", ".join(column.name for column in table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join(mark for _column in table.columns)})"
