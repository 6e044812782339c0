"""What the person at this laptop has looked at: of each visit, the highest number received by then; and which numbers
the office gave to that person's own work since, so that it does not come back as news.

On this laptop alone; nobody else learns who has read what.
"""

import json
from collections.abc import Iterable, Mapping

from pimpasa_desktop.store.meta import Meta

NAME, OWN, SETTLED = "seen", "seen_own", "seen_settled"


class Seen:
    def __init__(self, meta: Meta) -> None:
        self._meta = meta

    def all(self) -> dict[str, int]:
        """The number by the id of the visit."""
        return {str(key): int(value) for key, value in json.loads(self._meta.get(NAME, "{}")).items()}

    def mark(self, numbers: Mapping[str, int]) -> None:
        """Looked at up to these numbers, by visit."""
        self._meta.set(NAME, json.dumps(self.all() | dict(numbers)))
        if own := self.own():
            self._meta.set(OWN, json.dumps({root: of for root, of in own.items() if root not in numbers}))

    def settlements(self) -> frozenset[str]:
        """What others settled of this person's work and that person has read, by id."""
        return frozenset(json.loads(self._meta.get(SETTLED, "[]")))

    def mark_settlements(self, ids: Iterable[str]) -> None:
        self._meta.set(SETTLED, json.dumps(sorted(self.settlements() | set(ids))))

    def own(self) -> dict[str, dict[str, int]]:
        """By visit the records whose last change was this person's, with the number of that change."""
        own: dict[str, dict[str, int]] = json.loads(self._meta.get(OWN, "{}"))
        return own

    def add_own(self, numbers: Mapping[str, Mapping[str, int]]) -> None:
        """The office took changes of this person's, as they were. Only where that person looks at what comes in."""
        looked_at = self.all()
        new = {root: of for root, of in numbers.items() if root in looked_at}
        if new:
            own = self.own()
            self._meta.set(OWN, json.dumps(own | {root: own.get(root, {}) | dict(of) for root, of in new.items()}))
