"""A record as the office holds it and sends it."""

from dataclasses import dataclass

from pimpasa_desktop.domain.entity import Values


@dataclass(frozen=True)
class Row:
    """`number`: the office's number of its last change; `author`: the account that made it; `values`: sparse."""

    entity: str
    id: str
    number: int
    author: str
    deleted: bool
    values: Values
