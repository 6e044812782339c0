"""The packaged table of regions, looked up and searched as people write; and the script that makes it."""

import runpy
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pimpasa_desktop.paths import RESOURCES
from pimpasa_desktop.regions import VERSION, Region, Regions

FILE = RESOURCES / "regions" / f"villages-{VERSION}.dat"
SCRIPT = runpy.run_path(str(Path(__file__).parents[1] / "build" / "regions.py"))
REGIONS = Regions()


def every_line() -> list[list[str]]:
    packed = FILE.read_bytes().partition(b"\n\n")[2].partition(b"\n")[2]
    body = b""
    while packed:
        province = zlib.decompressobj()
        body += province.decompress(packed)
        packed = province.unused_data
    return [line.split("\t") for line in body.decode().splitlines()]


LINES = every_line()
VILLAGES = {f"{code}.{village[:4]}": village[4:] for code, _name, *villages in LINES for village in villages}


@pytest.mark.parametrize(
    ("code", "path", "kind"),
    [
        (
            "71.10.07.2004",
            "Bongkudai Utara, Kecamatan Mooat, Kabupaten Bolaang Mongondow Timur, Sulawesi Utara",
            "desa",
        ),
        ("15.05.02.1010", "Sengeti, Kecamatan Sekernan, Kabupaten Muaro Jambi, Jambi", "kelurahan"),
        ("15.06.11.2004", "Pembengis, Kecamatan Bram Itam, Kabupaten Tanjung Jabung Barat, Jambi", "desa"),
        ("35.05.02.2010", "Slemanan, Kecamatan Udanawu, Kabupaten Blitar, Jawa Timur", "desa"),
        ("63.02.15.2002", "Gendang Timburu, Kecamatan Sungai Durian, Kabupaten Kotabaru, Kalimantan Selatan", "desa"),
    ],
)
def test_a_village_is_found_with_everything_above_it(code: str, path: str, kind: str) -> None:
    found = REGIONS.village(code)
    assert found is not None
    assert (found.full_path, found.kind, found.code) == (path, kind, code)
    assert REGIONS.full_path(code) == path


def test_palangka_raya_has_its_ten_kelurahan() -> None:
    jekan_raya = [REGIONS.village(f"62.71.03.{number}") for number in range(1001, 1005)]
    pahandut = [REGIONS.village(f"62.71.01.{number}") for number in range(1001, 1007)]
    assert [found.name for found in jekan_raya if found] == ["Palangka", "Menteng", "Bukit Tunggal", "Petuk Katimpun"]
    assert [found.name for found in pahandut if found] == [
        "Pahandut",
        "Panarung",
        "Langkai",
        "Tumbang Rungan",
        "Pahandut Seberang",
        "Tanjung Pinang",
    ]
    assert {found.kind for found in [*jekan_raya, *pahandut] if found} == {"kelurahan"}


@pytest.mark.parametrize("spelling", ["71.10.07.2004", "7110072004", " 71.10.07.2004\n", "711007.2004"])
def test_a_code_may_be_written_without_dots(spelling: str) -> None:
    found = REGIONS.village(spelling)
    assert found is not None
    assert found.code == "71.10.07.2004"


@pytest.mark.parametrize(
    "code",
    [
        "",
        "71",
        "71.10.07",
        "71.10.07.9999",
        "99.10.07.2004",
        "71.99.07.2004",
        "71.10.99.2004",
        "71.10.07.20044",
        "x" * 10,
        "٧١١٠٠٧٢٠٠٤",
        "71-10-07-2004",
        "71.10.07.\t004",
    ],
)
def test_a_code_that_does_not_exist_is_none(code: str) -> None:
    assert REGIONS.village(code) is None
    assert REGIONS.full_path(code) is None


def test_the_table_is_complete() -> None:
    lengths = [len(code) for code, *_rest in LINES]
    assert (lengths.count(2), lengths.count(5), lengths.count(8), len(VILLAGES)) == (38, 514, 7285, 83762)
    kinds = [code[9] for code in VILLAGES]
    assert (kinds.count("1"), kinds.count("2"), kinds.count("3")) == (8496, 75252, 14)
    regencies = [name for code, name, *_rest in LINES if len(code) == 5]
    assert sum(name.startswith("Kabupaten ") for name in regencies) == 416
    assert sum(name.startswith("Kota ") for name in regencies) == 98


def test_odd_names_come_out_as_they_are() -> None:
    assert max(len(name) for name in VILLAGES.values()) == 44
    assert sum("\N{RIGHT SINGLE QUOTATION MARK}" in name for name in VILLAGES.values()) == 3
    assert VILLAGES["12.07.28.1007"] == "Lubuk Pakam I,II"
    assert REGIONS.full_path("53.07.01.2021") == "Regapu’u, Kecamatan Paga, Kabupaten Sikka, Nusa Tenggara Timur"


def test_a_customary_village_is_named_so() -> None:
    found = REGIONS.village(next(code for code in VILLAGES if code[9] == "3"))
    assert found is not None
    assert (found.kind, found.regency) == ("desa adat", "Kabupaten Jayapura")


def test_two_villages_of_one_name_in_one_district_keep_their_codes() -> None:
    twins = [found for found in REGIONS.search("Waena", limit=20) if found.name == "Waena"]
    assert len(twins) == len({found.code for found in twins}) == 2
    assert twins[0].full_path == twins[1].full_path


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(VILLAGES)))
def test_every_village_is_found_by_code_and_by_its_own_words(code: str) -> None:
    found = REGIONS.village(code)
    assert found is not None
    assert found.name == VILLAGES[code]
    by_words = REGIONS.search(f"{found.name} {found.district} {found.regency} {found.province}", limit=100)
    assert found in by_words


@pytest.mark.parametrize(
    "text",
    [
        "bongkudai utara",
        "BONGKUDAIUTARA",
        "Bongkudai-Utara",
        "bóngkudai utara",
        "utara mooat bongkudai timur",
        "Desa Bongkudai Utara, Kec. Mooat",
        "bongkudai utara/mooat",
    ],
)
def test_search_ignores_case_spaces_accents_and_punctuation(text: str) -> None:
    assert "71.10.07.2004" in [found.code for found in REGIONS.search(text)]


def test_a_city_is_found_however_its_name_is_spaced() -> None:
    ten = {f"62.71.03.{number}" for number in range(1001, 1005)} | {
        f"62.71.01.{number}" for number in range(1001, 1007)
    }
    for text in ("palangka raya", "Palangkaraya", "PALANGKA  RAYA"):
        found = REGIONS.search(text, limit=100)
        assert ten <= {region.code for region in found}
        assert found[0].regency == "Kota Palangkaraya"


def test_names_that_begin_with_the_text_come_first() -> None:
    names = [found.name for found in REGIONS.search("bongkudai")]
    assert names[0] == "Bongkudai"
    assert len(names) >= 6
    begins = [name.startswith("Bongkudai") for name in names]
    assert begins == sorted(begins, reverse=True)


def test_words_match_different_parts_of_the_path() -> None:
    assert [found.code for found in REGIONS.search("slemanan blitar")] == ["35.05.02.2010"]
    assert REGIONS.search("slemanan jakarta") == []


def test_a_title_before_a_name_is_no_obstacle_and_may_be_the_name() -> None:
    assert REGIONS.search("kelurahan sengeti")[0].code == "15.05.02.1010"
    assert {found.name for found in REGIONS.search("desa baru", limit=4)} >= {"Desa Baru"}


def test_a_common_name_is_cut_at_the_limit_in_order_of_code() -> None:
    everywhere = REGIONS.search("sidomulyo", limit=1000)
    assert sum(found.name == "Sidomulyo" for found in everywhere) == 98
    few = REGIONS.search("sidomulyo", limit=5)
    assert few == everywhere[:5]
    assert [found.code for found in few] == sorted(found.code for found in few)


def test_what_lies_in_a_regency_that_one_works_in_comes_before_the_rest_of_the_country() -> None:
    assert REGIONS.search("modayag", limit=1)[0].code[:5] == "71.10"
    assert REGIONS.search("sidomulyo", limit=1)[0].code[:5] != "35.05"
    near = REGIONS.search("sidomulyo", limit=8, near=["35.05"])
    at_home = [found.code[:5] == "35.05" for found in near]
    assert at_home == sorted(at_home, reverse=True)
    assert any(at_home)
    assert len({found.code for found in near}) == 8


@pytest.mark.parametrize("text", ["71.10.07", "711007", "71.10.07.200"])
def test_digits_are_the_beginning_of_a_code(text: str) -> None:
    found = REGIONS.search(text)
    assert "71.10.07.2004" in [region.code for region in found]
    assert {region.district for region in found} == {"Mooat"}


@pytest.mark.parametrize("text", ["", "  ", "...", "-,/", "\t", "xyzzy", "99.99", "’"])
def test_a_search_for_nothing_finds_nothing(text: str) -> None:
    assert REGIONS.search(text) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_search(text: str) -> None:
    assert all(isinstance(found, Region) for found in REGIONS.search(text, limit=2))


def test_nothing_is_read_before_the_first_question(tmp_path: Path) -> None:
    Regions(tmp_path / "absent.dat")


def test_the_file_carries_its_licence_and_version_and_stays_small() -> None:
    notice = FILE.read_bytes().partition(b"\n\n")[0].decode()
    assert "Contains information from idn-area-data, made available under the Open Database License (ODbL)" in notice
    assert VERSION in notice
    assert FILE.stat().st_size < 650_000


def test_the_script_writes_what_the_program_reads(tmp_path: Path) -> None:
    small = tmp_path / "small.dat"
    small.write_bytes(
        SCRIPT["pack"](
            [("11", "Aceh")],
            [("11.01", "Kabupaten Aceh Selatan")],
            [("11.01.00", "Kosong"), ("11.01.01", 'Ra"as')],
            [("11.01.01.2002", "Lubuk, I/II"), ("11.01.01.1001", "Du’en")],
        )
    )
    regions = Regions(small)
    assert regions.full_path("11.01.01.1001") == 'Du’en, Kecamatan Ra"as, Kabupaten Aceh Selatan, Aceh'
    assert [found.name for found in regions.search("raas")] == ["Du’en", "Lubuk, I/II"]
    assert regions.village("11.01.02.1001") is None
    assert [found.name for found in regions.search("aceh", limit=2)] == ["Du’en", "Lubuk, I/II"]


def test_the_script_refuses_orphans_duplicates_and_names_it_cannot_hold() -> None:
    above = [("11", "Aceh")], [("11.01", "Kabupaten Aceh Selatan")], [("11.01.01", "Kluet")]
    for villages in (
        [("11.01.02.2001", "Orphan")],
        [("11.01.01.2001", "Twin"), ("11.01.01.2001", "Twin")],
        [("11.01.01.2001", "Tab\tbed")],
    ):
        with pytest.raises(SystemExit):
            SCRIPT["pack"](*above, villages)
