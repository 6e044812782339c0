"""What the office says when it declines a request. Knows nothing of HTTP beyond its status numbers."""


class Refused(Exception):
    """Raised by the service or the web layer; the laptop gets `status` and `sentence`, and nothing else."""

    def __init__(self, status: int, sentence: str, *, retry_after_seconds: int | None = None) -> None:
        assert 400 <= status <= 599, status
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.retry_after_seconds = retry_after_seconds
