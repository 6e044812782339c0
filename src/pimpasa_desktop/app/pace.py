"""How long something under way may still take, told calmly: not before it can be known, rounded, and changed only when
what was told proves wrong. It knows no clock and no unit: moments, what is done and what is left are told to it."""

from collections import deque

WINDOW_SECONDS = 30.0  # a line that was fast a minute ago says nothing of now
TELL_FROM_SECONDS = 5.0  # earlier than this it would be a guess
STRAYING = 0.3  # of what was told; less is not worth a word
_MINUTE = 60


class Pace:
    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque()
        self._began: float | None = None
        self._ends: float | None = None

    def left(self, now: float, done: float, left: float) -> int | None:
        """Seconds, rounded up to what a person would say; None where nobody knows: it has just begun, it stands
        still, or it is done."""
        self._began = now if self._began is None else self._began
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[1][0] >= WINDOW_SECONDS:
            self._seen.popleft()
        since, before = self._seen[0]
        if left <= 0 or done <= before or now - self._began < TELL_FROM_SECONDS:
            self._ends = None
            return None
        seconds = left * (now - since) / (done - before)
        if self._ends is None or abs(seconds - (self._ends - now)) > STRAYING * max(seconds, 10):
            self._ends = now + seconds
        return _rounded(max(1.0, self._ends - now))


def _rounded(seconds: float) -> int:
    """5, 10, 20 ... 60, then whole minutes."""
    if seconds <= 5:
        return 5
    step = 10 if seconds <= _MINUTE else _MINUTE
    return -int(-seconds // step) * step
