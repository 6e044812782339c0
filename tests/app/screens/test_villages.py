"""Desa: the list and the page of a village, its volunteers, decrees and campaigns, in the words of those who use them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.screens import day
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.village_cards import Way
from pimpasa_desktop.app.widgets.button import Button
from pimpasa_desktop.domain.entity import REGISTRY
from pimpasa_desktop.store.store import Draft
from rig.window import Screenful, Seat, Town

Opened = Callable[..., Screenful]
TEN = [f"62.71.03.{number}" for number in range(1001, 1005)] + [f"62.71.01.{number}" for number in range(1001, 1007)]


def clerk(town: Town) -> Seat:
    return town.person("Vivi Tumbelaka", "office_clerk").enrol()


def words(widget: QWidget) -> list[str]:
    """All that can be read on it."""
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    return labels + [one.words() for one in widget.findChildren(Button) if one.isVisibleTo(widget)]


def rows(program: Screenful) -> list[list[str]]:
    table = program.screen.table.rows
    return [[cell.words for cell in table.row(at).cells] for at in range(table.rowCount())]


def names(program: Screenful) -> list[str]:
    return [next(word for word in row if word and word != "dipilih") for row in rows(program)]


def filter_by(program: Screenful, title: str, word: str) -> None:
    screen = program.screen
    screen.filters.add(next(one for one in screen.offered()[title] if one.word == word))


def village(program: Screenful, name: str) -> str:
    known = program.window.context.queries.overview.villages().values()
    return next(one.id for one in known if one.name == name)


def choose(box: Any, code: str) -> None:
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


def test_the_list_tells_who_was_not_visited_and_what_is_promised_and_one_comes_back_to_it(
    officer: Seat, opened: Opened
) -> None:
    day.filled(officer)
    officer.env.time += 80 * 1440 * day.A_MINUTE
    program = opened(officer)
    program.window.go(Place("villages"))
    screen = program.screen
    assert screen.search.hasFocus() or program.program.focusWidget() is screen.search
    assert names(program) == ["Bongkudai Utara", "Liberia", "Modayag", "Tobongon"]
    assert rows(program)[3][1:] == ["Tobongon", "", "Jum, 20 Juni 2025", "1", "lewat 83 hari"]
    screen.search.setText("mooat")
    screen._show()
    assert names(program) == ["Bongkudai Utara", "Tobongon"]
    screen.search.setText("")
    filter_by(program, "Kunjungan", "Belum dikunjungi 90 hari")
    assert names(program) == ["Liberia", "Modayag", "Tobongon"]
    screen.table.setFocus()
    screen.table.choose(village(program, "Modayag"))
    program.bot.keyClick(screen.table, Qt.Key.Key_Return)
    assert program.screen.place == Place("village", village(program, "Modayag"))
    program.window.back()
    assert program.screen is screen
    assert screen.table.chosen_key() == village(program, "Modayag")
    assert names(program) == ["Liberia", "Modayag", "Tobongon"]
    screen.search.setText("xyzzy")
    screen._show()
    assert "Tidak ada desa yang cocok" in words(screen)
    screen.show_all()
    assert len(names(program)) == 4


def test_ten_kelurahan_are_designated_at_once_by_one_record_whose_number_may_come_later(
    town: Town, opened: Opened
) -> None:
    seat = clerk(town)
    with seat.store() as store:
        store.put_all(
            [Draft("village", {"region_code": code, "name": f"Kelurahan {code[-4:]}{code[7]}"}) for code in TEN]
        )
    program = opened(seat)
    program.window.go(Place("villages"))
    table = program.screen.table
    assert not program.screen.chosen.isVisible()
    table.setFocus()
    program.bot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "10 desa dipilih" in words(program.screen.chosen)
    program.screen.chosen.designate.click()
    form = program.screen
    program.window.back()
    assert not list(program.window.context.queries.every(REGISTRY["designation"]))  # looking at the form writes nothing
    program.screen.chosen.designate.click()
    form = program.screen
    choose(form.fields["status"].editor, "designated")
    program.until(lambda: form.place.record and not form.place.record.startswith("of:"))
    queries = program.window.context.queries
    (made,) = queries.every(REGISTRY["designation"])
    assert len(made.values["villages"]) == 10 and "decree_number" not in made.values
    form.fields["decree_number"].editor.setText("W.16-123 Tahun 2025")
    program.window.back()
    program.until(lambda: queries.get(made.id).values.get("decree_number"))
    program.until(lambda: {row[2] for row in rows(program)} == {"Ditetapkan"})
    program.window.go(Place("designations"))
    assert [(row[2], row[3], row[4]) for row in rows(program)] == [("10", "W.16-123 Tahun 2025", "Ditetapkan")]
    search = program.screen.search
    assert "1 penetapan" in words(program.screen)
    search.setText("tidak ada")
    program.until(lambda: "0 dari 1 penetapan" in words(program.screen) and not rows(program))
    search.setText("w.16 2025")
    program.until(lambda: rows(program))
    program.screen.table.choose(made.id)
    program.bot.keyClick(program.screen.table, Qt.Key.Key_Return)
    assert program.screen.place == Place("designation", made.id)
    form = program.screen
    form.fields["decree_number"].editor.setText("W.16-124")
    form.leave()
    program.until(lambda: "Urungkan: Nomor SK" in words(program.screen))
    form.taking_back.undo.click()
    program.until(lambda: queries.get(made.id).values["decree_number"] == "W.16-123 Tahun 2025")
    program.until(lambda: form.fields["decree_number"].editor.text() == "W.16-123 Tahun 2025")
    program.screen.removing.click()
    program.until(lambda: not list(queries.every(REGISTRY["designation"])))
    program.until(lambda: "Urungkan hapus" in words(program.screen))
    program.screen.removing.click()
    program.until(lambda: len(list(queries.every(REGISTRY["designation"]))) == 1)


def test_what_was_designated_before_the_register_began_is_known_by_region_and_number(
    town: Town, opened: Opened
) -> None:
    program = opened(clerk(town))
    program.window.go(Place("designations"))
    assert "Belum ada penetapan" in words(program.screen)
    program.window.go(Place("designation"))
    form = program.screen
    for name, text in (("year", "2024"), ("region", "Kabupaten Pulang Pisau"), ("village_count", "2")):
        form.fields[name].editor.setText(text)
    choose(form.fields["status"].editor, "designated")
    program.window.back()
    program.until(lambda: list(program.window.context.queries.every(REGISTRY["designation"])))
    program.window.go(Place("designations"))
    assert rows(program) == [["2024", "Kabupaten Pulang Pisau", "2", "belum dicatat", "Ditetapkan"]]


def test_a_clerk_begins_with_nothing_adds_villages_and_writes_what_is_known_of_them(town: Town, opened: Opened) -> None:
    program = opened(clerk(town))
    program.window.go(Place("villages"))
    screen = program.screen
    assert "Belum ada desa" in words(screen)
    screen.adding.open()
    field = screen.adding.field
    for at, text in enumerate(("sengeti sekernan", "pembengis"), 1):
        field.entry.setText(text)
        field.offer()
        program.bot.keyClick(field.entry, Qt.Key.Key_Return)
        program.until(lambda at=at: len(field.chosen()) == at)
    program.bot.keyClick(screen.adding, Qt.Key.Key_Escape)
    assert names(program) == ["Pembengis", "Sengeti"]
    program.window.go(Place("village", village(program, "Sengeti")))
    page = program.screen
    assert "Kelurahan Sengeti" in words(page)
    page.profile.edit.click()
    choose(page.profile.form.fields["maturity"].editor, "guided")
    page.profile.form.close_form()
    program.until(lambda: "Dibina" in words(page))
    assert page.profile.form is None


def test_the_page_of_a_village_tells_its_story_and_leads_on(officer: Seat, opened: Opened) -> None:
    day.filled(officer)
    program = opened(officer)
    program.window.go(Place("village", village(program, "Bongkudai Utara")))
    page = program.screen
    told = words(page)
    for expected in (
        "Desa Bongkudai Utara",
        "Kec. Mooat, Kab. Bolaang Mongondow Timur, Sulawesi Utara · 71.10.07.2004",
        "Desa ini belum ditetapkan.",
        "Kam, 26 Juni 2025 · 28 hadir",
        "Kirim surat undangan pelatihan relawan",
        "lewat 6 hari",
        "Ahmad Mokoginta",
        "2 kali",
    ):
        assert expected in told, expected
    assert not page.profile.edit.isVisible()  # villages are the office's to describe
    way = next(one for one in page.findChildren(Way) if one.words() == "Layanan paspor jemput bola")
    way.click()
    assert program.screen.place.screen == "visit"
    program.window.back()
    assert program.screen is page


def test_a_finding_leaves_no_trace_on_list_or_page(officer: Seat, opened: Opened) -> None:
    day.filled(officer)
    program = opened(officer)
    liberia = village(program, "Liberia")
    program.window.go(Place("villages"))
    before = rows(program)
    program.window.go(Place("village", liberia))
    page = sorted(words(program.screen))

    def write(store: Any) -> str:
        report = store.put("risk_report", {"village": liberia, "kind": "tppo", "indicators": ["A01"]})
        store.put("follow_up", {"risk_report": report, "text": "rahasia", "due_on": "2025-01-01"})
        return str(report)

    written: list[str] = []
    program.window.context.write(write).then(written.append)
    program.until(lambda: written)
    program.screen.refresh(frozenset())
    program.until(lambda: sorted(words(program.screen)) == page)
    program.window.back()
    program.screen.refresh(frozenset())
    assert rows(program) == before


def test_the_head_of_office_reads_and_sees_no_names(town: Town, officer: Seat, opened: Opened) -> None:
    day.filled(officer)
    program = opened(town.person("Harapan Nasution", "head_of_office").enrol())
    program.window.go(Place("villages"))
    assert names(program) == ["Bongkudai Utara", "Liberia", "Modayag", "Tobongon"]
    assert program.screen.chosen is None and program.screen.adding is None
    program.window.go(Place("village", village(program, "Bongkudai Utara")))
    told = words(program.screen)
    assert "Yang sering hadir" not in told and "Kunjungan baru" not in told and "Tambah kelompok" not in told
    assert "Pelatihan relawan pengawasan desa" in told


def test_a_group_of_volunteers_and_its_members_are_written_on_the_page(officer: Seat, opened: Opened) -> None:
    program = opened(officer)
    modayag = village(program, "Modayag")
    program.window.go(Place("village", modayag))
    volunteers = program.screen.volunteers
    volunteers.groups.add.click()
    program.until(lambda: volunteers.groups.opened)
    volunteers.groups.opened.fields["name"].editor.setText("Relawan Modayag")
    volunteers.groups.opened.close_form()
    program.until(lambda: volunteers.members)
    (members,) = volunteers.members.values()
    members.add.click()
    program.until(lambda: members.opened)
    members.opened.fields["name"].editor.setText("Hartin Simbala")
    members.opened.close_form()
    program.until(lambda: len(members.records) == 1)
    assert "Hartin Simbala" in " ".join(row.row.words() for row in members.rows.values())
    program.window.go(Place("villages"))
    filter_by(program, "Relawan", "Punya relawan")
    assert names(program) == ["Modayag"]


def test_a_campaign_over_ticked_villages_is_seen_from_each_of_them_and_in_its_own_list(
    officer: Seat, opened: Opened
) -> None:
    program = opened(officer)
    program.window.go(Place("villages"))
    both = [village(program, name) for name in ("Liberia", "Modayag")]
    program.screen.table.tick(both)
    program.screen.chosen.campaign.click()
    form = program.screen
    form.fields["name"].editor.setText("Sosialisasi serentak")
    program.window.back()
    queries = program.window.context.queries
    program.until(lambda: queries.villages.campaigns())
    (made,) = queries.villages.campaigns()
    assert made.villages == 2
    program.window.go(Place("village", both[0]))
    assert "Sosialisasi serentak" in words(program.screen)
    program.window.go(Place("campaigns"))
    assert rows(program) == [["", "Sosialisasi serentak", "2", ""]]
    program.screen.table.choose(made.id)
    program.bot.keyClick(program.screen.table, Qt.Key.Key_Return)
    assert program.screen.place == Place("campaign", made.id)


def test_a_visit_from_the_page_of_a_village_is_made_there_with_one_key_and_not_before(
    officer: Seat, opened: Opened
) -> None:
    program = opened(officer)
    modayag = village(program, "Modayag")
    program.window.go(Place("village", modayag))
    next(one for one in program.screen.findChildren(Button) if one.words() == "Kunjungan baru").click()
    screen = program.screen
    field = screen.summary.villages.editor
    assert field.entry.text() == "Modayag" and not screen.place.record
    program.bot.keyClick(field.entry, Qt.Key.Key_Return)
    program.until(lambda: screen.place.record)
    assert program.window.context.queries.get(screen.place.record).values["villages"] == [modayag]


def test_an_officer_without_villages_is_told_to_ask(town: Town, opened: Opened) -> None:
    program = opened(town.person("Meyke Mamonto").enrol())
    program.window.go(Place("villages"))
    assert "Belum ada desa" in words(program.screen)
