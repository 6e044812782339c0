"""Attendees out of somebody else's list. Proposals only: what they become is for the store to decide.

A NIK is left out wherever it has a column of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pimpasa_desktop.domain.attendee import STAKEHOLDER_GROUPS
from pimpasa_desktop.i18n import _
from pimpasa_desktop.intake import table
from pimpasa_desktop.intake.table import Row
from pimpasa_desktop.problem import Problem

HEADER_WITHIN = 20  # rows: lists often begin with a title

# As columns are called in lists from the field and in English; compared without case, spaces and punctuation.
_NAMES = {
    "name": "nama, nama lengkap, nama peserta, name, full name",
    "sex": "l/p, jk, jenis kelamin, kelamin, sex, gender",
    "stakeholder_group": "unsur, kelompok, group, stakeholder_group, stakeholder group",
    "position_title": "jabatan, jabatan/unsur, position, position_title, title",
    "institution": "instansi, lembaga, instansi/alamat, institution, organisation, organization",
    "address": "alamat, desa, dusun, address, village",
    "phone": "hp, no hp, nomor hp, no telp, telepon, nomor telepon, wa, no wa, phone, phone number, mobile",
    "civil_servant_number": "nip, nrp, nip/nrp, civil_servant_number",
    "minor": "anak, di bawah 18 tahun, minor",
}
_LEFT_OUT = "no, nomor, number, nik, no ktp, ttd, tanda tangan, signature, paraf, keterangan, notes"
_SEXES = {"l": "L", "lakilaki": "L", "pria": "L", "male": "L", "m": "L"} | {
    "p": "P",
    "perempuan": "P",
    "wanita": "P",
    "female": "P",
    "f": "P",
}
PASTED_MAX = 500
_PHONE_BEHIND = re.compile(r"[\s,:-]*(?:\+?62|0)[\d .-]{5,}$", re.ASCII)
_NUMBERED = re.compile(r"\d{1,4}[.)]\s*")


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


_COLUMN = {_folded(name): field for field, names in _NAMES.items() for name in names.split(",")}
_COLUMN |= {_folded(name): "" for name in _LEFT_OUT.split(",")}
_GROUP = {_folded(label): code for code, label in STAKEHOLDER_GROUPS.items()}
_GROUP |= {_folded(code): code for code in STAKEHOLDER_GROUPS}


@dataclass(frozen=True)
class Proposal:
    """One attendee as the file has it. `number`: its line or row."""

    number: int
    values: dict[str, str]


def read(path: Path) -> list[Proposal]:
    """Every attendee of a CSV, XLSX or text file. Raises Problem: columns, encoding, size, a row that cannot be."""
    data = table.content(path)
    if table.is_workbook(data):
        found = _under_header(table.workbook(data))
    else:
        text = table.text_of(data)
        found = _delimited(text)
        if found is None and path.suffix.lower() not in (".csv", ".tsv"):
            found = _names(table.lines(text))
    if found is None:
        raise Problem(
            _(
                "Kolom Nama tidak ditemukan. Tidak ada yang disimpan; beri baris judul dengan kolom Nama, dan bila ada "
                "L/P, Unsur, Jabatan, Instansi, Alamat, No HP, NIP."
            )
        )
    if not found:
        raise Problem(_("Tidak ada nama dalam berkas ini. Periksa berkas itu lalu ulangi."))
    return found


def pasted(text: str) -> list[Proposal]:
    """Attendees out of lines from a chat or cells from a spreadsheet; columns without a header are told apart by
    what stands in them. Raises Problem: too many lines, or a header with a column nobody knows."""
    if text.count("\n") > PASTED_MAX:
        raise Problem(_("Terlalu banyak baris sekaligus. Tempel paling banyak {count}.").format(count=PASTED_MAX))
    if (found := _delimited(text)) is not None:
        return found
    rows = ([cell.strip() for cell in line.split("\t")] for line in text.splitlines())
    return [Proposal(at, values) for at, cells in enumerate(rows, 1) if (values := _told_apart(cells)).get("name")]


def _told_apart(cells: Sequence[str]) -> dict[str, str]:
    """The first words are the name; of the others each is what it looks like."""
    values: dict[str, str] = {}
    for cell in cells:
        if not cell or _NUMBERED.fullmatch(cell + "."):
            continue
        if "name" not in values:
            name = _NUMBERED.sub("", cell, count=1)
            if number := _PHONE_BEHIND.search(name):
                values["phone"] = number[0].strip(" -,:")
                name = name[: number.start()]
            values["name"] = name.strip(" -,:")
        elif sex := _SEXES.get(_folded(cell)):
            values.setdefault("sex", sex)
        elif group := _GROUP.get(_folded(cell)):
            values.setdefault("stakeholder_group", group)
        elif _PHONE_BEHIND.fullmatch(cell):
            values.setdefault("phone", cell)
        else:
            values.setdefault("institution", cell)
    return values


def _delimited(text: str) -> list[Proposal] | None:
    """None when no delimiter shows a header."""
    head = "\n".join(text.splitlines()[:HEADER_WITHIN])
    known = {sign: _columns_known(head, sign) for sign in table.DELIMITERS}
    best = max(known, key=lambda sign: known[sign])
    return _under_header(list(table.delimited(text, best))) if known[best] else None


def _columns_known(head: str, delimiter: str) -> int:
    return max((_matches(line.split(delimiter)) for line in head.splitlines()), default=0)


def _matches(cells: Sequence[str]) -> int:
    """How many columns a header names; 0 for a row that is none."""
    fields = [_COLUMN.get(_folded(cell)) for cell in cells]
    return len([field for field in fields if field is not None]) if "name" in fields else 0


def _under_header(rows: Sequence[Row]) -> list[Proposal] | None:
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        if _matches(row.cells):
            return _proposals(_header(row), rows[index + 1 :])
    return None


def _header(row: Row) -> list[str]:
    """The field of each column, "" for one that is left out."""
    fields = []
    for cell in row.cells:
        field = _COLUMN.get(_folded(cell)) if _folded(cell) else ""
        if field is None:
            raise Problem(
                _(
                    "Kolom {column} tidak dikenal. Tidak ada yang disimpan; hapus kolom itu atau ganti judulnya, "
                    "misalnya Nama, L/P, Unsur, Jabatan, Instansi, Alamat, No HP, NIP."
                ).format(column=repr(cell[:40]))
            )
        if field and field in fields:
            raise Problem(
                _("Kolom {column} ada dua kali. Tidak ada yang disimpan; hapus salah satunya.").format(
                    column=repr(cell)
                )
            )
        fields.append(field)
    return fields


def _proposals(fields: Sequence[str], rows: Iterable[Row]) -> list[Proposal]:
    found = []
    for row in rows:
        if any(row.cells[len(fields) :]):
            raise _bad_row(row, _("sel lebih banyak daripada kolom judul"))
        values = {field: cell for field, cell in zip(fields, row.cells, strict=False) if field and cell}
        if values:
            found.append(Proposal(row.number, _understood(row, values)))
    return found


def _understood(row: Row, values: dict[str, str]) -> dict[str, str]:
    """Words of the field turned into codes; everything else as it came."""
    if "name" not in values:
        raise _bad_row(row, _("nama kosong"))
    for field, known in (("sex", _SEXES), ("stakeholder_group", _GROUP)):
        if field not in values:
            continue
        code = known.get(_folded(values[field]))
        if code is None:
            raise _bad_row(row, _("{value} tidak dikenal").format(value=repr(values[field][:40])))
        values[field] = code
    if "minor" in values:
        values["minor"] = values["minor"].casefold()
    return values


def _names(rows: Iterable[Row]) -> list[Proposal]:
    """One name a line, numbered or not."""
    return [
        Proposal(row.number, {"name": name})
        for row in rows
        if (name := _NUMBERED.sub("", row.cells[0], count=1).strip())
    ]


def _bad_row(row: Row, why: str) -> Problem:
    return Problem(
        _("Baris {number}: {why}. Tidak ada yang disimpan; perbaiki baris itu lalu ulangi.").format(
            number=row.number, why=why
        )
    )
