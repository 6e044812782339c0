"""What the person at this laptop has looked at: of each visit, the highest number received by then.

On this laptop alone; nobody else learns who has read what.
"""

import json
from collections.abc import Mapping

from pimpasa_desktop.store.meta import Meta

NAME = "seen"


class Seen:
    def __init__(self, meta: Meta) -> None:
        self._meta = meta

    def all(self) -> dict[str, int]:
        """The number by the id of the visit."""
        return {str(key): int(value) for key, value in json.loads(self._meta.get(NAME, "{}")).items()}

    def mark(self, numbers: Mapping[str, int]) -> None:
        self._meta.set(NAME, json.dumps(self.all() | dict(numbers)))
