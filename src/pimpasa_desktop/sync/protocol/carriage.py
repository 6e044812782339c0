"""How the bytes of an exchange travel over HTTP: the words that both ends must use alike."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

EXCHANGE_PATH = "/v1/exchange"
ENROL_PATH = "/v1/enrol"
BLOBS_PATH = "/v1/blobs"
MEDIA_TYPE = "application/vnd.pimpasa"
REFUSAL_MEDIA_TYPE = "application/vnd.pimpasa+json"
REFUSAL_FIELD = "sentence"  # of the JSON object in a refusal: for the person at the laptop

_STAMP = re.compile("[0-9a-f]{6}")
_SINCE = datetime(2020, 1, 1, tzinfo=UTC).timestamp()


def stamp(now: datetime) -> str:
    """The office's time in an answer's Date, in minutes: HTTP's own spelling costs 29 bytes each time, this one six."""
    return f"{round((now.timestamp() - _SINCE) / 60):06x}"


def moment(told: str) -> float | None:
    """Seconds since 1970 of a `stamp`, or of a date as a web server before the office spells it; None for neither."""
    if _STAMP.fullmatch(told):
        return _SINCE + 60 * int(told, 16)
    try:
        at = parsedate_to_datetime(told)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
