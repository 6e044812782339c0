"""The kinds of value a field can hold: what may be typed, what is kept, how it travels.

A kind turns any accepted spelling into the one form that is stored (`read`), and says how a column of such
values is packed on the wire (`wire`). Kinds know nothing of entities, storage or screens.
"""

import base64
import binascii
import re
import unicodedata
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from msgspec import Struct

from pimpasa_desktop.domain.ids import is_id
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

Value = str | int | bool | None | list[str]
Wire = Literal["text", "id", "int", "moment", "many", "ids"]

TEXT_MAX = 20_000
_MOBILE = re.compile(r"08[1-9][0-9]{7,10}")
_NOTE_BEHIND_NUMBER = re.compile(r"\d.*[^\W\d_]", re.DOTALL)
_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Kind(Struct, frozen=True):
    """Base: one value in one stored form. `empty` is the value of a field that nobody filled in."""

    wire: ClassVar[Wire] = "text"
    column: ClassVar[type] = str
    empty: ClassVar[Any] = ""
    searchable: ClassVar[bool] = False

    @abstractmethod
    def read(self, raw: object) -> Value:
        """The stored form of `raw`; a Problem names what is wrong with it."""

    def tolerates(self, value: Any) -> bool:
        """Whether every laptop can keep and show a filled value (of several, one) of the right type that another
        program has written: looser than `read`, because a later version may allow more."""
        return True

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the stored form."""
        return {"type": "string"}


def _text(raw: object) -> str:
    if raw is None:
        return ""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Problem(_("Isian harus berupa teks."))
    if isinstance(raw, str) and raw.isascii() and raw.isprintable():
        return raw.strip()  # most of what is typed
    try:
        text = unicodedata.normalize("NFC", str(raw).replace("\r\n", "\n").replace("\r", "\n")).strip()
    except ValueError:  # a whole number of thousands of digits
        raise Problem(_("Angka ini terlalu panjang. Periksa isiannya.")) from None
    if _CONTROL.search(text):
        raise Problem(_("Ada tanda yang tidak dapat disimpan di dalam teks. Hapus tanda itu lalu coba lagi."))
    return text


def _quoted(raw: str) -> str:
    """What was typed, as a sentence may repeat it: on one line, and not all of it where it is long."""
    text = repr(raw)
    return text if len(text) <= 60 else f"{text[:60]}…"


class Text(Kind, frozen=True):
    """Free text, NFC, without control characters; `max` counts characters."""

    searchable: ClassVar[bool] = True
    max: int = 200
    lines: bool = False

    def read(self, raw: object) -> str:
        text = _text(raw)
        if not self.lines:
            text = " ".join(text.split())
        if len(text) > self.max:
            raise Problem(
                _("Teks ini terlalu panjang: {n} huruf, paling banyak {max}.").format(n=len(text), max=self.max)
            )
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.max}


class Code(Kind, frozen=True):
    """A short technical word that the program itself writes (an entity's name, a field's name)."""

    def read(self, raw: object) -> str:
        return _text(raw)


class Day(Kind, frozen=True):
    """A calendar day, `2025-07-03`."""

    def read(self, raw: object) -> str:
        text = _text(raw)
        try:
            return date.fromisoformat(text).isoformat() if text else ""
        except ValueError:
            raise Problem(
                _("Tanggal {text} tidak dikenal. Tulis tahun-bulan-hari, misalnya 2025-07-03.").format(
                    text=_quoted(text)
                )
            ) from None

    def tolerates(self, value: Any) -> bool:
        try:
            return bool(date.fromisoformat(value))
        except ValueError:
            return False

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


class Moment(Kind, frozen=True):
    """A point in time with its offset, `2025-07-03T09:00:00+08:00`; the offset is the zone it was written in."""

    wire: ClassVar[Wire] = "moment"

    def read(self, raw: object) -> str:
        text = _text(raw)
        if not text:
            return ""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise Problem(
                _("Waktu {text} tidak dikenal. Tulis misalnya 2025-07-03T09:00+08:00.").format(text=_quoted(text))
            )
        return moment.isoformat(timespec="seconds")

    def tolerates(self, value: Any) -> bool:
        try:
            return datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            return False

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


class Choice(Kind, frozen=True):
    """One code out of `options` (code -> Indonesian label). Retired codes are shown but no longer offered."""

    options: Mapping[str, str]
    retired: frozenset[str] = frozenset()

    def read(self, raw: object) -> str:
        text = _text(raw)
        return _chosen(text, self.options) if text else ""

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": ["", *self.options], "x-labels": dict(self.options)}


def _chosen(code: str, options: Mapping[str, str]) -> str:
    """The option meant; capitals make no difference (the field writes both CPMI and cpmi)."""
    if code in options:
        return code
    for option in options:
        if option.casefold() == code.casefold():
            return option
    raise Problem(
        _("Pilihan {code} tidak dikenal. Pilih salah satu: {codes}.").format(
            code=_quoted(code), codes=", ".join(options)
        )
    )


class Many(Kind, frozen=True):
    """Several codes out of `options`, kept as a sorted set, so that two people's ticks merge one by one."""

    wire: ClassVar[Wire] = "many"
    column: ClassVar[type] = list
    empty: ClassVar[Any] = ()
    options: Mapping[str, str]

    def read(self, raw: object) -> list[str]:
        return sorted({_chosen(_text(code), self.options) for code in _listed(raw)})

    def tolerates(self, value: Any) -> bool:
        return isinstance(value, str)

    def schema(self) -> dict[str, Any]:
        items = {"type": "string", "enum": list(self.options), "x-labels": dict(self.options)}
        return {"type": "array", "items": items, "uniqueItems": True}


def _listed(raw: object) -> Sequence[object]:
    if raw in (None, ""):
        return []
    if isinstance(raw, str) or not isinstance(raw, Sequence):
        raise Problem(_('Isian harus berupa daftar, misalnya ["A01", "C01"].'))
    return raw


def _is_identifier(value: object) -> bool:
    return isinstance(value, str) and is_id(value)


def _identifier(raw: object) -> str:
    text = _text(raw).lower()
    if not is_id(text):
        raise Problem(_("{text} bukan nomor catatan. Salin nomor itu dari daftar catatan.").format(text=_quoted(text)))
    return text


class Ref(Kind, frozen=True):
    """The id of another record. Inside one root it must exist; across roots it may be absent here."""

    wire: ClassVar[Wire] = "id"
    entity: str

    def read(self, raw: object) -> str:
        return _identifier(raw) if _text(raw) else ""

    def tolerates(self, value: Any) -> bool:
        return _is_identifier(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uuid", "x-entity": self.entity}


class Refs(Kind, frozen=True):
    """Several ids of one entity, as a sorted set."""

    wire: ClassVar[Wire] = "ids"
    column: ClassVar[type] = list
    empty: ClassVar[Any] = ()
    entity: str

    def read(self, raw: object) -> list[str]:
        return sorted({_identifier(item) for item in _listed(raw)})

    def tolerates(self, value: Any) -> bool:
        return _is_identifier(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "format": "uuid", "x-entity": self.entity}}


class Count(Kind, frozen=True):
    """A whole number from 0 up; None when nobody counted."""

    wire: ClassVar[Wire] = "int"
    column: ClassVar[type] = int
    empty: ClassVar[Any] = None
    max: int = 1_000_000

    def read(self, raw: object) -> int | None:
        text = _text(raw)
        if not text:
            return None
        digits = text.lstrip("0") or "0"
        short = text.isascii() and text.isdigit() and len(digits) <= len(str(self.max))
        if not short or int(digits) > self.max:
            raise Problem(_("{text} bukan jumlah. Tulis angka bulat, misalnya 12.").format(text=_quoted(text)))
        return int(digits)

    def tolerates(self, value: Any) -> bool:
        return bool(abs(value) < 1 << 53)  # what SQLite and JSON both keep

    def schema(self) -> dict[str, Any]:
        return {"type": ["integer", "null"], "minimum": 0, "maximum": self.max}


class Flag(Kind, frozen=True):
    """Yes or no; no until somebody says yes."""

    wire: ClassVar[Wire] = "int"
    column: ClassVar[type] = bool
    empty: ClassVar[Any] = False

    def read(self, raw: object) -> bool:
        if isinstance(raw, bool):
            return raw
        said = _text(raw).casefold()
        if said not in ("", "false", "0", "tidak", "true", "1", "ya"):
            raise Problem(_("{text} bukan ya atau tidak. Tulis true atau false.").format(text=_quoted(said)))
        return said in ("true", "1", "ya")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class Short(Problem):
    """What stands there lacks something. Who asks many people one after the other keeps it as it is and goes on."""


class Phone(Kind, frozen=True):
    """A telephone number in any spelling, kept as E.164; an Indonesian one may leave out the country."""

    searchable: ClassVar[bool] = True

    def read(self, raw: object) -> str:
        text = _text(raw)
        if not text:
            return ""
        if _MOBILE.fullmatch(text):
            return "+62" + text[1:]  # what nearly everybody types; the library would say the same, a good deal later
        import phonenumbers  # some 30 ms: only who types an unusual number pays

        try:
            # The library would dial letters behind the first digit (a note "istri" as 47874): somebody else's number.
            if _NOTE_BEHIND_NUMBER.search(text):
                raise ValueError
            number = phonenumbers.parse(text, "ID")
        except (ValueError, phonenumbers.NumberParseException):
            raise Problem(
                _("{text} bukan nomor HP. Biarkan kosong bila tidak yakin.").format(text=_quoted(text))
            ) from None
        reason = phonenumbers.is_possible_number_with_reason(number)
        if reason == phonenumbers.ValidationResult.TOO_SHORT:
            raise Short(_("Nomor HP {text} kurang angka. Biarkan kosong bila tidak yakin.").format(text=_quoted(text)))
        if not phonenumbers.is_possible_number(number):
            raise Problem(
                _("Nomor HP {text} tidak mungkin ada. Biarkan kosong bila tidak yakin.").format(text=_quoted(text))
            )
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class Picture(Kind, frozen=True):
    """A small PNG as base64, inside the record: it goes wherever the record goes, by the ordinary exchange. `max`
    counts letters of the base64, `side` pixels."""

    max: int = 32_000
    side: int = 300

    def read(self, raw: object) -> str:
        text = _text(raw)
        if text and self.picture(text) is None:
            raise Problem(_("Gambar ini tidak dapat disimpan. Pilih berkas PNG atau JPEG lewat Pengaturan."))
        return text

    def picture(self, stored: object) -> bytes | None:
        """The file; None where it is none, or a larger one than anybody should decode."""
        if not isinstance(stored, str) or not 0 < len(stored) <= self.max:
            return None
        try:
            content = base64.b64decode(stored, validate=True)
        except (binascii.Error, ValueError):
            return None
        width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
        return content if content.startswith(_PNG) and 0 < width <= self.side and 0 < height <= self.side else None

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "contentEncoding": "base64",
            "contentMediaType": "image/png",
            "maxLength": self.max,
        }


class RegionCode(Kind, frozen=True):
    """An area code of the interior ministry, `71.10.07.2004`; written with or without dots."""

    def read(self, raw: object) -> str:
        digits = _text(raw).replace(".", "")
        if not digits:
            return ""
        if not digits.isascii() or not digits.isdigit() or len(digits) != 10:
            raise Problem(
                _("Kode wilayah {text} tidak dikenal. Tulis misalnya 71.10.07.2004.").format(text=_quoted(str(raw)))
            )
        return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"
