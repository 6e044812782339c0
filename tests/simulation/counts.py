"""What happened in a run, counted: every fault and every outcome of a merge must occur, or the run proves nothing."""

from collections import Counter

FAULTS = (
    "request lost",
    "reply lost",
    "request delivered twice",
    "old request replayed",
    "request damaged",
    "reply truncated",
    "reply damaged",
    "line cut between pages",
    "line too narrow",
    "laptop crashed while saving",
    "laptop crashed while taking",
    "end of a transaction torn",
    "office crashed",
    "clock of a laptop jumped",
    "clock of the office jumped",
    "laptop restored from a copy",
    "laptop resumed from an old image",
    "laptop cloned",
    "row of a laptop damaged",
    "office restored from a backup",
    "office set back without a word",
    "village given",
    "village taken",
    "disk of a laptop full",
    "disk of the office full",
    "laptop updated",
    "record erased",
    "laptop revoked",
)
OUTCOMES = (
    "CLEAN",
    "MERGED",
    "LATER",
    "refused: not_yours",
    "refused: handed_over",
    "refused: signed_off",
    "conflict",
    "conflict about existence",
    "settled: mine",
    "settled: office",
    "settled: text",
    "sent again",
    "healed",
    "copy detected",
    "compared",
    "digest differed",
    "removed",
    "paged",
    "answered again",
    "kept unread",
    "turned away",
    "receipt kept",
    "receipt while something waits",
    "photo brought",
    "photo in parts",
    "photo fetched",
)


class Counts(Counter[str]):
    def missing(self) -> list[str]:
        """Faults and outcomes that never occurred."""
        return [name for name in (*FAULTS, *OUTCOMES) if not self[name]]

    def lines(self) -> list[str]:
        others = sorted(self.keys() - set(FAULTS) - set(OUTCOMES))
        return [
            f"{title}: " + ", ".join(f"{name} {self[name]}" for name in names)
            for title, names in (("faults", FAULTS), ("outcomes", OUTCOMES), ("steps", others))
        ]
