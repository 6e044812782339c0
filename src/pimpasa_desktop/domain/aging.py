"""How old something left behind is, by a clock that may be wrong.

What passes between two looks counts for a week at most, and what runs backwards for nothing: a clock that was set
wrong must not take away what may still be undone.
"""

LOOK_SECONDS = 24 * 3600
STEP_SECONDS = 7 * LOOK_SECONDS


def due(looked_at: int, now: int) -> bool:
    """Whether to look again: once a day."""
    return not 0 <= now - looked_at < LOOK_SECONDS


def aged(age: int, looked_at: int, now: int) -> int:
    """The age at this look. `age`: at the last one, which was at `looked_at`; all in seconds."""
    return age + min(max(now - looked_at, 0), STEP_SECONDS)
