"""The attendance list as somebody else reads it from the PDF."""

import errno
import re
import subprocess
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import groupby, pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.attendance_list import (
    AttendanceRow,
    Signer,
    StakeholderGroup,
    leaves,
    write_attendance_list,
)
from pimpasa_desktop.reports.page import LEFT, Leaf
from pimpasa_desktop.reports.typeface import printable, width
from reports.printed import GROUPS, LETTERHEAD, Printed, printed, read, row, sheet

PAPERS = list(product(("A4", "F4"), (False, True)))
VARIANTS = ("official", "public")
SIZES = {("A4", False): (210, 297), ("F4", False): (215, 330), ("A4", True): (297, 210), ("F4", True): (330, 215)}
ROWS = {
    ("A4", False, "official"): (18, 26),
    ("F4", False, "official"): (22, 30),
    ("A4", True, "official"): (10, 16),
    ("F4", True, "official"): (10, 16),
    ("A4", False, "public"): (18, 26),
    ("F4", False, "public"): (22, 30),
    ("A4", True, "public"): (12, 20),
    ("F4", True, "public"): (14, 22),
}


def numbers(result: Printed, landscape: bool) -> list[list[int]]:
    return [page.numbers(landscape) for page in result.pages]


@pytest.mark.parametrize(("paper", "landscape"), PAPERS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_each_paper_has_its_rows_on_the_first_page_and_on_the_next(
    paper: str, landscape: bool, variant: str, tmp_path: Path
) -> None:
    result = printed(sheet(200, paper=paper, landscape=landscape, variant=variant), tmp_path)
    on_pages = numbers(result, landscape)
    first, later = ROWS[paper, landscape, variant]
    assert len(on_pages[0]) == first
    assert {len(page) for page in on_pages[1:-2]} == {later}
    assert [number for page in on_pages for number in page] == list(range(1, 201 if variant == "public" else 205))
    assert {(round(page.width), round(page.height)) for page in result.pages} == {SIZES[paper, landscape]}


@pytest.mark.parametrize("count", [0, 1, 2, 17, 18, 19, 60, 400])
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("paper", "landscape"), PAPERS)
def test_pairs_are_whole_and_the_closing_is_never_alone(
    count: int, variant: str, paper: str, landscape: bool, tmp_path: Path
) -> None:
    result = printed(sheet(count, variant=variant, paper=paper, landscape=landscape), tmp_path)
    on_pages = numbers(result, landscape)
    rows = count + (4 if variant == "official" else 0)
    assert [number for page in on_pages for number in page] == list(range(1, rows + 1))
    assert all(len(page) % 2 == 0 for page in on_pages[:-1])
    assert len(on_pages[-1]) >= min(2, rows)
    closing = [page for page in result.pages if "Rekap" in page.text]
    assert closing == [result.pages[-1]]
    assert "Mengetahui," in closing[0].text
    foot = closing[0].height - 25
    assert max(word.y for word in closing[0].words if word.text in ("Mokodompit", "198001")) + 3 < foot
    for at, page in enumerate(result.pages, 1):
        assert f"Halaman {at} dari {len(result.pages)}" in page.text
        assert ("lanjutan" in page.text) == (at > 1)
        assert ("KEMENTERIAN" in page.text) == (at == 1)
        assert "Tanda Tangan" in page.text
        assert "UU 27/2022 Pasal 20 ayat (2) huruf e" in page.text
        assert "Kode dokumen 8RW3-K5TA" in page.text


COLUMNS = {
    ("A4", False): (8, 41, 32, 27, 21, 31),
    ("F4", False): (8, 43, 33, 28, 21, 32),
    ("A4", True): (10, 62, 60, 51, 24, 40),
    ("F4", True): (10, 72, 70, 60, 26, 42),
}


@pytest.mark.parametrize(("paper", "landscape"), PAPERS)
def test_each_paper_has_its_columns(paper: str, landscape: bool) -> None:
    leaf = next(leaves(sheet(60, paper=paper, landscape=landscape)))
    table = [line for lines in leaf.lines.values() for line in lines if line[0] == line[2] and line[3] - line[1] > 50]
    edges = sorted({round(line[0], 3) for line in table})
    assert tuple(right - left for left, right in pairwise(edges)) == COLUMNS[paper, landscape]
    assert edges[0] == LEFT
    assert edges[-1] == leaf.paper.right


@pytest.mark.parametrize(
    ("variant", "landscape", "height"),
    [("official", False, 9.0), ("official", True, 9.0), ("public", True, 7.0), ("public", False, 9.0)],
)
def test_rows_are_high_enough_for_a_pen_where_one_signs(variant: str, landscape: bool, height: float) -> None:
    leaf = next(leaves(sheet(60, variant=variant, landscape=landscape, spare_rows=0)))
    places = [y for x, y, text, *_style in leaf.texts if x < 40 and text.isdigit()]
    assert len(places) >= 10
    assert [below - above for above, below in pairwise(places)] == pytest.approx([height] * (len(places) - 1))


def test_an_odd_number_signs_on_the_left_and_an_even_one_on_the_right(tmp_path: Path) -> None:
    page = printed(sheet(4), tmp_path).pages[0]
    places = {word.text: word.x for word in page.words if re.fullmatch(r"\d+\.", word.text)}
    column = LEFT + 8 + 41 + 32 + 27 + 21
    for number in range(1, 9):
        expected = column + (0.9 if number % 2 else 0.9 + 15.5)
        assert places[f"{number}."] == pytest.approx(expected, abs=0.2)


def summary(result: Printed) -> dict[str, tuple[str, ...]]:
    """The figures of the summary by unsur, read line by line from left to right."""
    page = result.pages[-1]
    top = next(word.y for word in page.words if word.text == "Rekap")
    foot = next(word.y for word in page.words if word.text == "Mengetahui,")
    inside = (word for word in page.words if top + 3 < word.y < foot)
    lines = [
        " ".join(word.text for word in sorted(line, key=lambda word: word.x))
        for _y, line in groupby(sorted(inside, key=lambda word: word.y), key=lambda word: round(word.y / 2))
    ]
    labels = "|".join([re.escape(group.label) for group in GROUPS] + ["Jumlah", "Unsur lain", "Tanpa unsur"])
    return {
        label: tuple(figures.split())
        for line in lines
        for label, figures in re.findall(rf"\b({labels})((?: (?:[\d.]+|-)(?= |$))+)", line)
    }


@pytest.mark.parametrize("landscape", [False, True])
def test_the_summary_counts_what_came_in(landscape: bool, tmp_path: Path) -> None:
    attendance = sheet(60, landscape=landscape)
    result = printed(attendance, tmp_path)
    label_of = {group.code: group.label for group in GROUPS}
    expected = Counter((label_of[one.group], one.sex) for one in attendance.rows)
    got = summary(result)
    for label in label_of.values():
        male, female = expected[label, "L"], expected[label, "P"]
        assert got[label] == (str(male or "-"), str(female or "-"), str(male + female))
    assert got["Jumlah"] == ("30", "30", "60")
    assert "Rekap kehadiran: 60 orang" in result.text


def test_unknown_sex_and_unknown_unsur_are_counted_and_shown_only_where_they_occur(tmp_path: Path) -> None:
    rows = (
        AttendanceRow("Ani", group="tni", sex="P"),
        AttendanceRow("Budi", group="tni"),
        AttendanceRow("Cici", group="unsur_baru", sex="P"),
        AttendanceRow("Dedi", sex="L"),
    )
    got = summary(printed(sheet(0, rows=rows), tmp_path))
    assert got == {
        "TNI": ("-", "1", "1", "2"),
        "Unsur lain": ("-", "1", "-", "1"),
        "Tanpa unsur": ("1", "-", "-", "1"),
        "Jumlah": ("1", "2", "1", "4"),
    }
    assert " ? " not in printed(sheet(4), tmp_path).text


def test_an_unsur_that_nobody_knows_here_is_shown_as_it_came_but_not_to_the_public(tmp_path: Path) -> None:
    rows = (AttendanceRow("Ani", group="eks_pmi", sex="P"),)
    assert "eks_pmi" in printed(sheet(0, rows=rows), tmp_path).text
    public = printed(sheet(0, rows=rows, variant="public"), tmp_path).text
    assert "eks_pmi" not in public
    assert public.count("Unsur lain") == 2


def test_two_codes_of_one_label_are_one_line(tmp_path: Path) -> None:
    groups = (StakeholderGroup("tni", "TNI"), StakeholderGroup("tni_lama", "TNI"))
    rows = (AttendanceRow("Ani", group="tni", sex="P"), AttendanceRow("Budi", group="tni_lama", sex="L"))
    result = printed(sheet(0, rows=rows, groups=groups), tmp_path)
    assert summary(result) == {"TNI": ("1", "1", "2"), "Jumlah": ("1", "1", "2")}


def test_the_public_copy_counts_and_shows_candidates_as_residents(tmp_path: Path) -> None:
    rows = (
        AttendanceRow("Ani", group="cpmi", sex="P", position="CPMI tujuan Taiwan"),
        AttendanceRow("Budi", group="purna_pmi", sex="L"),
        AttendanceRow("Cici", group="warga", sex="P"),
    )
    result = printed(sheet(0, rows=rows, variant="public"), tmp_path)
    assert summary(result) == {"Warga": ("1", "2", "3"), "Jumlah": ("1", "2", "3")}
    assert "PMI" not in result.text.replace("PIMPASA", "")
    assert "Taiwan" not in result.text
    official = printed(sheet(0, rows=rows), tmp_path)
    assert summary(official)["CPMI"] == ("-", "1", "1")
    assert "CPMI tujuan Taiwan" in official.text


SECRETS = (
    AttendanceRow(
        "Siti Aminah 7110044507900003",
        title_after="S.E.",
        number="198609262015051001",
        position="Bidan, HP 0812-0000-3344",
        group="tni",
        institution="Dusun 7110 0445 0790 0003",
        phone="+6281255556666",
        sex="P",
    ),
    AttendanceRow("Joko", number="7110044507900003", group="tni", phone="7110044507900003", sex="L"),
    AttendanceRow("Rani Putri Ayu", group="warga", sex="P", minor=True),
)


def test_a_nik_is_printed_in_neither_variant(tmp_path: Path) -> None:
    for variant in VARIANTS:
        result = printed(sheet(0, rows=SECRETS, variant=variant, subject="Rapat 7110044507900003"), tmp_path)
        digits = re.sub(r"\D", "", result.text)
        assert "7110044507900003" not in digits


def test_the_public_copy_has_no_phone_no_nip_and_no_name_of_a_child(tmp_path: Path) -> None:
    result = printed(sheet(0, rows=SECRETS, variant="public"), tmp_path)
    digits = re.sub(r"[ .\-]", "", result.text)
    for secret in ("198609262015051001", "081200003344", "81255556666", "55556666", "198001012005011001"):
        assert secret not in digits
    assert "•••• •••• 666" in result.text
    assert "Rani" not in result.text
    assert "R. P. A." in result.text
    assert "SALINAN UNTUK UMUM" in result.pages[0].text
    assert result.text.count("ttd.") == len(SECRETS) + 2
    assert "(disamarkan)" in result.text
    assert "NIP" not in result.text.replace("tanpa NIP/NRP", "")


def test_the_official_list_has_phone_nip_and_every_name(tmp_path: Path) -> None:
    result = printed(sheet(0, rows=SECRETS), tmp_path)
    for shown in ("NIP 19860926 201505 1 001", "0812-5555-6666", "NIP 19800101 200501 1 001"):
        assert shown in result.text
    assert "Rani Putri Ayu" in result.text
    assert "SALINAN" not in result.text
    assert "ttd." not in result.text


def test_titles_and_nip_are_left_out_where_the_document_says_so(tmp_path: Path) -> None:
    result = printed(sheet(0, rows=SECRETS[:1], show_titles=False, show_nip=False), tmp_path)
    assert "S.E." not in result.text
    assert "NIP" not in result.text


@pytest.mark.parametrize(("asked", "given_rows"), [(0, 0), (7, 7), (20, 20), (500, 20), (-3, 0)])
def test_spare_rows_are_numbered_on(asked: int, given_rows: int, tmp_path: Path) -> None:
    result = printed(sheet(3, spare_rows=asked), tmp_path)
    assert [number for page in numbers(result, False) for number in page] == list(range(1, 4 + given_rows))
    assert "Rekap kehadiran: 3 orang" in result.text


def test_a_public_list_of_nobody_says_so(tmp_path: Path) -> None:
    assert "Belum ada peserta yang dicatat." in printed(sheet(0, variant="public"), tmp_path).text


def test_names_that_are_hard_to_print_come_out_right_or_visibly_replaced(tmp_path: Path) -> None:
    names = (
        "Khoirun Nisa’",
        "Ma'ruf",
        "Иван Петров",
        "René",
        "张伟 Wijaya",
        "Budi 👨\u200d👩\u200d👧",
        "a\x00b\ud800c\u202ed",
    )
    result = printed(sheet(0, rows=tuple(AttendanceRow(name) for name in names)), tmp_path)
    for shown in ("Khoirun Nisa’", "Ma'ruf", "Иван Петров", "René", "□□ Wijaya", "Budi □", "a□b□c□d"):
        assert shown in result.text
    assert "Tanda □ menggantikan huruf" in result.text
    assert "Tanda □" not in printed(sheet(3), tmp_path).text


NAMES = st.text(st.characters(), max_size=120)
HOSTILE = st.builds(
    AttendanceRow,
    name=NAMES,
    title_before=st.sampled_from(["", "Prof. Dr. Drs. H."]),
    title_after=st.sampled_from(["", "S.H., M.H., M.Si., Ph.D."]),
    number=st.sampled_from(["", "198609262015051001"]) | NAMES,
    position=NAMES,
    group=st.sampled_from([group.code for group in GROUPS]) | NAMES,
    institution=NAMES,
    phone=NAMES,
    sex=st.sampled_from(["L", "P", ""]),
    minor=st.booleans(),
)


def inside(leaf: Leaf) -> None:
    for x, baseline, text, face, size, _grey in leaf.texts:
        assert x >= 20
        assert x + width(text, face, size) <= leaf.paper.right + 0.01
        assert 5 <= baseline <= leaf.paper.height - 7


@settings(max_examples=60)
@given(
    rows=st.lists(HOSTILE, max_size=24),
    paper_and_way=st.sampled_from(PAPERS),
    variant=st.sampled_from(VARIANTS),
    head=NAMES,
)
def test_any_text_whatever_keeps_inside_the_page(
    rows: list[AttendanceRow], paper_and_way: tuple[str, bool], variant: str, head: str
) -> None:
    paper, landscape = paper_and_way
    attendance = sheet(
        0,
        rows=tuple(rows),
        paper=paper,
        landscape=landscape,
        variant=variant,
        subject=head,
        place=head * 3,
        village=head,
        programme=head,
        speakers=(head, head),
        left=Signer((head,), head, head),
    )
    pages = list(leaves(attendance))
    for leaf in pages:
        inside(leaf)
    ink = "".join(text for leaf in pages for _x, _y, text, *_style in leaf.texts).replace(" ", "")
    if variant == "official":
        for one in rows:
            if len(one.name) < 12 and not any(sign.isdigit() for sign in one.name):
                assert printable(one.name).replace(" ", "") in ink
    out = BytesIO()
    write_attendance_list(attendance, out)
    assert out.getvalue().startswith(b"%PDF")


@pytest.mark.parametrize(("paper", "landscape"), PAPERS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_longest_texts_fit_and_leave_nothing_out(paper: str, landscape: bool, variant: str, tmp_path: Path) -> None:
    long = "Kepala Seksi Teknologi Informasi dan Komunikasi " * 20
    rows = tuple(
        replace(row(at), name=f"Mulai{at} {long} Akhir{at}", position=long, institution="W" * 400) for at in range(7)
    )
    result = printed(
        sheet(
            0, rows=rows, paper=paper, landscape=landscape, variant=variant, place=long, speakers=(long,), subject=long
        ),
        tmp_path,
    )
    for at in range(7):
        assert f"Mulai{at}" in result.text
        assert f"Akhir{at}" in result.text
    assert sum(word.text.count("W") for page in result.pages for word in page.words) >= 7 * 400
    for page in result.pages:
        assert all(word.y < page.height - 7 for word in page.words)


def test_a_text_without_end_is_a_problem_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(Problem):
        printed(sheet(0, rows=(AttendanceRow("kepala " * 30_000),)), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_same_values_give_the_same_bytes(tmp_path: Path) -> None:
    attendance = sheet(30, letterhead=replace(LETTERHEAD, logo=logo()))
    first, second = BytesIO(), BytesIO()
    write_attendance_list(attendance, first)
    write_attendance_list(sheet(3), BytesIO())
    write_attendance_list(attendance, second)
    assert first.getvalue() == second.getvalue()


def test_the_file_names_only_kind_and_code(tmp_path: Path) -> None:
    path = tmp_path / "daftar.pdf"
    write_attendance_list(sheet(20), path)
    info = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True).stdout.decode()
    assert re.search(r"^Title: +Daftar Hadir 8RW3-K5TA$", info, re.MULTILINE)
    assert not re.search(r"^Author: +\S", info, re.MULTILINE)
    assert not re.search(r"Peserta|Bongkudai|Mokodompit|Date", info)


def test_the_file_carries_every_letter_it_uses(tmp_path: Path) -> None:
    path = tmp_path / "daftar.pdf"
    write_attendance_list(sheet(20), path)
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True).stdout.decode().splitlines()[2:]
    assert listed
    assert all("LiberationSans" in line and "yes yes yes" in line for line in listed)


def logo(**options: Any) -> bytes:
    data = BytesIO()
    Image.new("RGBA", (60, 60), (0, 0, 120, 128)).save(data, "PNG", **options)
    return data.getvalue()


def test_a_logo_stands_on_the_first_page_only(tmp_path: Path) -> None:
    path = tmp_path / "daftar.pdf"
    write_attendance_list(sheet(60, letterhead=replace(LETTERHEAD, logo=logo())), path)
    listed = subprocess.run(["pdfimages", "-list", str(path)], capture_output=True, check=True).stdout.decode()
    assert {line.split()[0] for line in listed.splitlines()[2:]} == {"1"}


@pytest.mark.parametrize("data", [b"not a picture", logo()[:60]])
def test_a_logo_that_cannot_be_read_is_a_problem_and_leaves_no_file(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="Logo"):
        printed(sheet(3, letterhead=replace(LETTERHEAD, logo=data)), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_a_problem_and_leaves_the_older_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "daftar.pdf"
    write_attendance_list(sheet(3), path)
    older = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Problem, match="penuh"):
        write_attendance_list(sheet(9), path)
    assert path.read_bytes() == older
    assert [one.name for one in tmp_path.iterdir()] == ["daftar.pdf"]


def test_who_signs_may_be_left_out_or_unknown(tmp_path: Path) -> None:
    assert "Mengetahui" not in printed(sheet(3, left=None, right=None), tmp_path).text
    nameless = printed(sheet(3, left=Signer(("Mengetahui,", "Kepala Desa"), "")), tmp_path)
    assert "....." in nameless.text


def test_a_signature_block_of_many_lines_stays_whole_or_is_a_problem(tmp_path: Path) -> None:
    tall = Signer(tuple(f"Jabatan {at}" for at in range(12)), "Ruslan Mamonto")
    result = printed(sheet(40, left=tall, landscape=True), tmp_path)
    assert all(f"Jabatan {at}" in result.pages[-1].text for at in range(12))
    with pytest.raises(Problem, match="penanda tangan"):
        printed(sheet(3, left=Signer(("Jabatan",) * 60, "Ruslan"), landscape=True), tmp_path)


def test_the_list_is_indonesian_whatever_language_the_program_speaks(tmp_path: Path) -> None:
    from pimpasa_desktop import i18n

    i18n.use("en")
    try:
        in_english = printed(sheet(5), tmp_path)
    finally:
        i18n.use("id")
    assert in_english == printed(sheet(5), tmp_path)


def test_a_path_and_a_stream_get_the_same_file(tmp_path: Path) -> None:
    path, stream = tmp_path / "daftar.pdf", BytesIO()
    write_attendance_list(sheet(5), path)
    write_attendance_list(sheet(5), stream)
    assert path.read_bytes() == stream.getvalue()
    assert read(path).pages


def test_the_summary_of_nobody_has_no_columns_of_nothing(tmp_path: Path) -> None:
    (page,) = printed(sheet(0), tmp_path).pages
    assert page.text.split("Rekap kehadiran: 0 orang")[1].split("Mengetahui")[0].split() == [
        *("Unsur", "L", "P", "Jml"),
        *("Jumlah", "-", "-", "-"),
    ]
