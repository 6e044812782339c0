"""A table as some other program wrote it: CSV in several spellings, XLSX, or plain lines. Rows of text, nothing more.

Files come from anywhere: everything has a bound, and what cannot be read is a Problem, never a guess.
"""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

FILE_BYTES_MAX = 10_000_000
UNPACKED_BYTES_MAX = 200_000_000  # a workbook unpacks to ten times its size; a bomb to a thousand times
PARTS_MAX = 1_000
ROWS_MAX = 20_000
COLUMNS_MAX = 60
DELIMITERS = ",;\t"
# What openpyxl raises on workbooks that are torn or forged.
_TORN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class Row:
    """`number`: the line or row in the file, from 1."""

    number: int
    cells: tuple[str, ...]


def content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES_MAX + 1)
    except OSError:
        raise Problem(_("Berkas {file} tidak dapat dibaca. Periksa nama dan tempatnya.").format(file=path)) from None
    if len(data) > FILE_BYTES_MAX:
        raise _too_large()
    return data


def is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def text_of(data: bytes) -> str:
    """UTF-8 with or without its mark, else Windows' western letters. Problem: something else."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(sign < " " and sign not in "\t\r\n" for sign in text):
            return text
    raise Problem(
        _(
            "Tulisan dalam berkas ini tidak terbaca. Tidak ada yang disimpan; simpan lagi sebagai CSV UTF-8 "
            "atau XLSX, lalu ulangi."
        )
    )


def delimited(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for count, cells in enumerate(reader):
            if count >= ROWS_MAX:
                raise _too_large()
            yield Row(reader.line_num, tuple(cell.strip() for cell in cells[:COLUMNS_MAX]))
    except csv.Error:
        raise Problem(
            _("Baris {number} bukan CSV yang utuh. Tidak ada yang disimpan; perbaiki berkas itu lalu ulangi.").format(
                number=reader.line_num
            )
        ) from None


def lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if number > ROWS_MAX:
            raise _too_large()
        yield Row(number, (line.strip(),))


def workbook(data: bytes) -> list[Row]:
    """The rows of the first sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
        if len(sizes) > PARTS_MAX or sum(sizes) > UNPACKED_BYTES_MAX:
            raise _too_large()
        return _first_sheet(data)
    except _TORN:
        raise Problem(
            _("Berkas XLSX ini rusak atau bukan XLSX. Tidak ada yang disimpan; simpan lagi dari Excel, lalu ulangi.")
        ) from None


def _first_sheet(data: bytes) -> list[Row]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that are left out, which nobody here wants
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            rows = []
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file says of its size is not to be believed
            for number, cells in enumerate(sheet.iter_rows(max_col=COLUMNS_MAX, values_only=True), 1):
                if number > ROWS_MAX:
                    raise _too_large()
                rows.append(Row(number, tuple(_cell(cell) for cell in cells)))
            return rows
        finally:
            book.close()


def _cell(value: object) -> str:
    """A number typed into a telephone column comes as 81234567890.0."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _too_large() -> Problem:
    return Problem(_("Berkas ini terlalu besar untuk daftar hadir. Tidak ada yang disimpan; bagi berkas itu."))
