"""One line of the table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`ratio` = value / what it is compared with; `limit` bounds the ratio. A figure without a limit is only told.

    `exact`: counted, not timed, so that not holding is a fault and not the weather.
    """

    name: str
    value: float
    unit: str
    against: str
    ratio: float | None = None
    limit: float | None = None
    exact: bool = False

    @property
    def holds(self) -> bool:
        return self.limit is None or (self.ratio is not None and self.ratio <= self.limit)
