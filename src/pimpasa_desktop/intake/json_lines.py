"""JSON objects, one a line, from a stream that may be torn, hostile or endless. Knows no entity."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

LINE_BYTES_MAX = 10_000_000
LINES_MAX = 200_000
TOTAL_BYTES_MAX = 500_000_000


@dataclass(frozen=True)
class Line:
    """`number` counts from 1, empty lines too."""

    number: int
    value: dict[str, Any]


class _Repeated(ValueError):
    pass


def read(stream: BinaryIO) -> Iterator[Line]:
    """The objects of `stream`; empty lines are passed over. Raises Problem, which names the line."""
    number = total = 0
    while raw := stream.readline(LINE_BYTES_MAX + 1):
        number, total = number + 1, total + len(raw)
        if len(raw) > LINE_BYTES_MAX or number > LINES_MAX or total > TOTAL_BYTES_MAX:
            raise _refused(number, _("masukan ini terlalu besar; bagi menjadi beberapa kali"))
        if raw.strip():
            yield Line(number, _object(number, raw))


def _object(number: int, raw: bytes) -> dict[str, Any]:
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        value = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_not_json)
    except UnicodeDecodeError:
        raise _refused(number, _("tulisannya bukan UTF-8")) from None
    except _Repeated:
        raise _refused(number, _("satu isian disebut dua kali")) from None
    except (ValueError, RecursionError):  # ValueError: also a number of thousands of digits
        raise _refused(number, _("bukan JSON yang utuh; mungkin terpotong")) from None
    if not isinstance(value, dict):
        raise _refused(number, _('bukan objek JSON seperti {"name": "..."}'))
    return value


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Repeated
    return found


def _not_json(word: str) -> Any:
    raise ValueError(word)  # NaN and Infinity, which Python alone would take


def _refused(number: int, why: str) -> Problem:
    return Problem(
        _("Baris {number}: {why}. Tidak ada yang disimpan; perbaiki baris itu lalu ulangi.").format(
            number=number, why=why
        )
    )
