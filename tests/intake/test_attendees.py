"""Attendees out of somebody else's list, in every spelling that the field sends, and none from a hostile file."""

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from pimpasa_desktop.intake import table
from pimpasa_desktop.intake.attendees import read
from pimpasa_desktop.problem import Problem


def values(path: Path) -> list[dict[str, str]]:
    return [proposal.values for proposal in read(path)]


def written(tmp_path: Path, content: str | bytes, name: str = "daftar.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path: Path) -> str:
    with pytest.raises(Problem) as caught:
        read(path)
    return caught.value.sentence


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_separators_line_ends_and_encodings_make_no_difference(
    tmp_path: Path, sign: str, end: str, encoding: str
) -> None:
    rows = [["Nama", "L/P", "Instansi"], ["Ma’ruf", "L", '"Dinas, X"' if sign == "," else "Dinas, X"]]
    content = end.join(sign.join(row) for row in rows).encode(encoding)
    assert values(written(tmp_path, content)) == [{"name": "Ma’ruf", "sex": "L", "institution": "Dinas, X"}]


def test_columns_are_known_in_indonesian_and_in_english(tmp_path: Path) -> None:
    indonesian = "No,NAMA LENGKAP,Jenis Kelamin,Unsur,Jabatan,Instansi,Alamat,No. HP,NIP/NRP\n"
    indonesian += "1,A,Laki-laki,tokoh adat,J,I,D,0812,19\n"
    english = "name,sex,stakeholder_group,position_title,institution,address,phone,civil_servant_number\n"
    english += "A,male,tokoh_adat,J,I,D,0812,19\n"
    assert (
        values(written(tmp_path, indonesian))
        == values(written(tmp_path, english))
        == [
            {
                "name": "A",
                "sex": "L",
                "stakeholder_group": "tokoh_adat",
                "position_title": "J",
                "institution": "I",
                "address": "D",
                "phone": "0812",
                "civil_servant_number": "19",
            }
        ]
    )


def test_a_title_above_the_header_and_empty_rows_are_passed_over(tmp_path: Path) -> None:
    proposals = read(written(tmp_path, "DAFTAR HADIR,,\n,,\nNo,Nama,L/P\n1,Siti,P\n,,\n2,Budi,\n"))
    assert [(proposal.number, proposal.values) for proposal in proposals] == [
        (4, {"name": "Siti", "sex": "P"}),
        (6, {"name": "Budi"}),
    ]


def test_a_national_id_number_is_left_out(tmp_path: Path) -> None:
    assert values(written(tmp_path, "Nama,NIK\nSiti,7110071234560001\n")) == [{"name": "Siti"}]


def test_plain_lines_are_names_numbered_or_not(tmp_path: Path) -> None:
    found = values(written(tmp_path, "1. Siti Aminah, S.E.\n\n2) Budi\nRini\n", "daftar.txt"))
    assert [one["name"] for one in found] == ["Siti Aminah, S.E.", "Budi", "Rini"]


def workbook(rows: list[list[object]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    assert book.active
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_what_its_cells_show(tmp_path: Path) -> None:
    content = workbook([["Daftar hadir"], ["No", "Nama", "No HP"], [1, "Siti", 81234567890], [2, "Budi", None]])
    assert values(written(tmp_path, content, "daftar.xlsx")) == [
        {"name": "Siti", "phone": "81234567890"},
        {"name": "Budi"},
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("Kota,Provinsi\nA,B\n", "Kolom Nama tidak ditemukan"),
        ("Nama,Kota\nA,B\n", "Kolom 'Kota' tidak dikenal"),
        ("Nama,No HP,Telepon\nA,1,2\n", "dua kali"),
        ("Nama\n", "Tidak ada nama"),
        ("Nama,L/P\nA,X\n", "Baris 2: 'X' tidak dikenal"),
        ("Nama,Unsur\nA,naga\n", "Baris 2: 'naga' tidak dikenal"),
        ("Nama,L/P\n,P\n", "Baris 2: nama kosong"),
        ("Nama,L/P\nA,P,lagi\n", "Baris 2: sel lebih banyak"),
        ('Nama,L/P\n"A,P\n', "bukan CSV yang utuh"),
        (b"Nama\nA\x00B\n", "tidak terbaca"),
        (b"Nama\n\x81\x8d\n", "tidak terbaca"),
        ("Nama\nSiti\n".encode("utf-16"), "tidak terbaca"),
        (b"", "Kolom Nama tidak ditemukan"),
        (b"PK\x03\x04 broken", "XLSX ini rusak"),
        (b"Nama\n" + b"x\n" * 20_001, "terlalu besar"),
        (b"Nama\n" + b"x" * 200_000, "bukan CSV yang utuh"),
        (b"Nama\n" + b"x" * 10_000_001, "terlalu besar"),
    ],
    ids=range(17),
)
def test_wrong_columns_encodings_and_rows_are_told_in_a_sentence(
    tmp_path: Path, content: str | bytes, why: str
) -> None:
    sentence = refused(written(tmp_path, content))
    assert why in sentence and "\n" not in sentence


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "tidak dapat dibaca" in refused(tmp_path / "none.csv")
    assert "tidak dapat dibaca" in refused(tmp_path)


def test_a_workbook_that_would_fill_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts,
        parts.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(table.UNPACKED_BYTES_MAX // 1_000_000 + 1):
            sheet.write(bytes(1_000_000))
    assert len(out.getvalue()) < table.FILE_BYTES_MAX
    assert "terlalu besar" in refused(written(tmp_path, out.getvalue(), "bom.xlsx"))


def test_a_workbook_that_claims_a_million_rows_is_not_walked_through(tmp_path: Path) -> None:
    book, out = Workbook(), io.BytesIO()
    assert book.active
    book.active["A1"] = "Nama"
    book.active["A1048576"] = "Siti"
    book.save(out)
    assert "terlalu besar" in refused(written(tmp_path, out.getvalue(), "jauh.xlsx"))


@given(st.binary(max_size=400))
def test_no_bytes_end_in_anything_but_names_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "daftar"
    path.write_bytes(content)
    with contextlib.suppress(Problem):
        assert all(proposal.values["name"] for proposal in read(path))


def test_a_workbook_whose_parts_end_too_early_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for at in range(215, 235):  # here stands how long the first part is, packed
        content = bytearray(WORKBOOK)
        content[at] = 19
        with contextlib.suppress(Problem):
            read(written(tmp_path, bytes(content), "daftar.xlsx"))


@given(st.data())
def test_no_damage_to_a_workbook_ends_in_anything_but_rows_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(WORKBOOK)
    for at in data.draw(st.lists(st.integers(4, len(content) - 1), min_size=1, max_size=4)):
        content[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("any") / "daftar.xlsx"
    path.write_bytes(content)
    with contextlib.suppress(Problem):
        assert all(proposal.values["name"] for proposal in read(path))


WORKBOOK = workbook([["No", "Nama"], [1, "Siti"], [2, "Budi"]])
