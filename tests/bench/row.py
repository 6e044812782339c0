"""One line of the table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`ratio` = value / what it is compared with; `limit` bounds the ratio. A figure without a limit is only told."""

    name: str
    value: float
    unit: str
    against: str
    ratio: float | None = None
    limit: float | None = None

    @property
    def holds(self) -> bool:
        return self.limit is None or (self.ratio is not None and self.ratio <= self.limit)
