"""A day at the window in the words of who works there: today, search, open and return, decide, send while writing."""

from collections.abc import Callable
from shutil import copytree
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea

from app.screens import day
from pimpasa_desktop.app.office_notice import OfficeNotice
from pimpasa_desktop.app.refused import Refused
from pimpasa_desktop.app.screen import Context, Kind, Place, Screen
from pimpasa_desktop.app.screens import SCREENS
from pimpasa_desktop.app.screens.trays import Question
from pimpasa_desktop.app.widgets.button import Button
from pimpasa_desktop.app.widgets.notice import Notice
from pimpasa_desktop.domain.entity import entity
from rig.desk import PASSPHRASE
from rig.window import Screenful, Seat, Town

Opened = Callable[..., Screenful]


class Page(Screen):
    """Stands for the page of a visit."""

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)


KINDS = (*SCREENS, Kind("visit", Page, under="visits"))


@pytest.fixture
def visits(officer: Seat) -> dict[str, str]:
    return day.filled(officer)


def words(screen: Any) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def press(screen: Any, word: str) -> None:
    """Click the visible button with that word."""
    (button,) = [one for one in screen.findChildren(Button) if one.isVisible() and one.words() == word]
    button.click()


def rows(table: Any) -> list[list[str]]:
    return [[cell.words for cell in table.rows.row(at).cells] for at in range(table.rows.rowCount())]


# -- today


def test_the_first_screen_tells_of_today(officer: Seat, visits: dict[str, str], opened: Opened) -> None:
    shown = words(opened(officer).screen)
    assert "Kamis, 3 Juli 2025" in shown and "Selamat pagi, Meyke. Satu kunjungan hari ini." in shown
    assert "Desa Bongkudai Utara" in shown and "Hari ini, 09.00 – 12.00 WITA" in shown
    assert "1 jam 17 menit lagi" in shown
    assert "33 nama ada di laptop ini" in shown  # of the visits there before


def test_today_is_read_without_scrolling_sideways_in_a_small_window(
    officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    program = opened(officer)
    program.program.resize(1024, 668)
    program.until(lambda: program.screen.width() < 1024)
    (area,) = program.screen.findChildren(QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0


def test_what_is_overdue_is_told_with_its_days(officer: Seat, visits: dict[str, str], opened: Opened) -> None:
    shown = words(opened(officer).screen)
    assert "Kirim surat undangan pelatihan relawan" in shown and "lewat 6 hari" in shown
    assert "Antar materi cetak" not in shown  # due in August


def test_a_secret_follow_up_is_counted_but_not_told(officer: Seat, visits: dict[str, str], opened: Opened) -> None:
    with officer.store() as store:
        where = day.village(store, "Tobongon")
        report = store.put("risk_report", {"village": where, "kind": "tppo", "narrative": "Perekrut"})
        store.put("follow_up", {"risk_report": report, "text": "Temui keluarga", "due_on": "2025-07-01"})
    shown = words(opened(officer).screen)
    assert "Tindak lanjut catatan terbatas" in shown and "Temui keluarga" not in shown and "Tobongon" in shown


def test_nothing_is_offered_that_is_not_built(officer: Seat, visits: dict[str, str], opened: Opened) -> None:
    program = opened(officer, kinds=[kind for kind in SCREENS if kind.key != "villages"])
    offered = [one.words() for one in program.window.findChildren(Button) if one.isVisible()]
    assert "Desa" not in offered


def test_an_officer_without_a_village_is_told_what_to_do(town: Town, opened: Opened) -> None:
    seat = town.person("Meyke Mamonto").enrol()
    program = opened(seat)
    assert "Belum ada desa untuk Anda" in words(program.screen)
    town.office.assign(seat.account, "71.10.07.2004", "Bongkudai Utara")
    press(program.screen, "Periksa lagi")
    program.until(lambda: program.window.context.notices.standing.progress is None)
    assert program.window.context.queries.overview.villages()


# -- the list of visits


def test_the_newest_visit_stands_first_and_says_its_state(
    officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    program = opened(officer)
    program.window.go(Place("visits"))
    first, *others = rows(program.screen.table)
    assert first == ["Sel, 15 Juli 2025", "Tobongon", "Monitoring dan evaluasi", "", "Terjadwal", "Terkirim, ada resi"]
    assert len(others) == 11


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tobongon", {"Tobongon"}),  # a village
        ("sambang", {"Liberia", "Tobongon"}),  # an activity
        ("lumempow modayag", {"Modayag"}),  # a person of a visit there
        ("tobongon rapat", {"Tobongon"}),
        ("zzz", set()),
    ],
)
def test_typing_finds_by_village_activity_and_person(
    officer: Seat, visits: dict[str, str], opened: Opened, typed: str, found: set[str]
) -> None:
    if "lumempow" in typed:
        with officer.store() as store:
            store.put("attendee", {"visit": visits["Modayag 2025-06-18"], "name": "Yusuf Lumempow"})
    program = opened(officer)
    program.window.go(Place("visits"))
    program.bot.keyClicks(program.screen.search, typed)
    program.until(lambda: {row[1] for row in rows(program.screen.table)} == found)
    if not found:
        assert "Tidak ada kunjungan yang cocok" in words(program.screen)
        press(program.screen, "Tampilkan semua")
        assert len(rows(program.screen.table)) == 12


def test_a_filter_stands_as_a_word_that_can_be_clicked_away(
    officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    program = opened(officer)
    program.window.go(Place("visits"))
    offered = program.screen.offered()
    program.screen.filters.add(offered["Tahun"][1])
    assert len(rows(program.screen.table)) == 2 and "2 dari 12 kunjungan" in words(program.screen)
    press(program.screen, "Tahun 2024")
    assert len(rows(program.screen.table)) == 12


def test_enter_opens_and_esc_returns_to_the_same_place(officer: Seat, visits: dict[str, str], opened: Opened) -> None:
    program = opened(officer, kinds=KINDS)
    program.window.go(Place("visits"))
    listing = program.screen
    program.bot.keyClicks(listing.search, "tobongon")
    program.bot.keyClick(listing.search, Qt.Key.Key_Return)
    program.bot.keyClick(listing.table, Qt.Key.Key_Down)
    chosen = listing.table.chosen_key()
    program.bot.keyClick(listing.table, Qt.Key.Key_Return)
    assert program.screen.place == Place("visit", chosen)
    program.bot.keyClick(program.screen, Qt.Key.Key_Escape)
    assert program.screen is listing
    assert listing.search.text() == "tobongon" and listing.table.chosen_key() == chosen


def test_what_is_written_appears_in_the_list_without_asking(
    officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    program = opened(officer)
    program.window.go(Place("visits"))
    today = visits["Bongkudai Utara 2025-07-03"]
    program.window.context.write(lambda store: store.put("attendee", {"visit": today, "name": "Budi"}))
    program.until(lambda: ["1", "Menunggu"] in [[row[3], row[5]] for row in rows(program.screen.table)])
    program.until(lambda: "1 catatan menunggu dikirim" in words(program.window.status))
    assert "Tersimpan 07.42" in words(program.window.status)


def test_a_write_that_is_refused_is_told_above_the_work(officer: Seat, visits: dict[str, str], opened: Opened) -> None:
    program = opened(officer)
    program.window.context.write(lambda store: store.put("attendee", {"visit": visits["Tobongon 2025-06-20"]}))
    program.until(lambda: "Nama (name) belum diisi." in words(program.window))


# -- deciding


def test_two_values_stand_beside_each_other_and_the_chosen_one_holds(
    town: Town, officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    day.disputed(town, officer, visits)
    program = opened(officer)
    program.window.go(Place("exchange"))
    press(program.screen, "Putuskan")
    shown = words(program.screen)
    assert "Dua orang mengubah nama yang sama. Mana yang benar?" in shown
    assert "Meyke Mamonto (Anda) menulis" in shown and "Vivi Tumbelaka menulis" in shown
    press(program.screen, "Pakai Budi Susanto")
    program.until(lambda: "Nama: dipakai Budi Susanto" in words(program.screen))
    names = {found.values["name"] for found in program.window.context.queries.every(entity("attendee"))}
    assert "Budi Susanto" in names and "Budi Santoso" in names  # the other one is a guest of that name elsewhere
    program.window.back()
    assert "2 hal perlu keputusan Anda" in words(program.screen)


def test_neither_of_the_two_may_be_right(town: Town, officer: Seat, visits: dict[str, str], opened: Opened) -> None:
    day.disputed(town, officer, visits)
    program = opened(officer)
    program.window.go(Place("trays"))
    question = next(one for one in program.screen.findChildren(Question) if one.label == "Instansi")
    program.bot.keyClicks(question.text, "Polsek Mooat")
    program.bot.keyClick(question.text, Qt.Key.Key_Return)
    program.until(lambda: "Instansi: dipakai Polsek Mooat" in words(program.screen))


def test_what_the_office_refused_stands_with_its_reason_and_can_be_left(
    town: Town, officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    day.disputed(town, officer, visits)
    program = opened(officer)
    program.window.go(Place("trays"))
    assert "sudah ditandai selesai" in words(program.screen)
    press(program.screen, "Biarkan")
    program.until(lambda: "sudah ditandai selesai" not in words(program.screen))


def test_what_the_office_refused_is_mended_in_place_and_not_lost_when_it_is_refused_again(
    town: Town, officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    day.disputed(town, officer, visits)
    program = opened(officer)
    program.window.go(Place("trays"))
    assert "Nama: Siti Mokoginta" in words(program.screen)
    assert "Meyke Mamonto (Anda) menulis · Kamis, 3 Juli 2025" in words(program.screen)
    press(program.screen, "Perbaiki")
    refused = program.screen.findChild(Refused)
    refused.editors["name"].clear()
    press(program.screen, "Kirim ulang")
    assert "Nama tidak boleh kosong" in words(program.screen)
    refused.editors["name"].setText("Siti Mokoginta, S.Pd.")
    program.window.context.notices.changed.emit(frozenset({"other"}))
    assert program.screen.findChild(Refused) is refused  # what is being typed stays
    press(program.screen, "Kirim ulang")
    program.until(lambda: words(program.screen).count("sudah ditandai selesai") == 2)  # still so: said where one stands
    assert refused.editors["name"].text() == "Siti Mokoginta, S.Pd."


# -- sending


def test_writing_goes_on_while_the_office_is_being_asked(officer: Seat, visits: dict[str, str], opened: Opened) -> None:
    day.unsent(officer, visits)
    program = opened(officer)
    officer.road.gate.clear()
    program.window.status.send_asked.emit()
    program.until(officer.road.asked.is_set)
    written: list[str] = []
    today = visits["Bongkudai Utara 2025-07-03"]
    for name in ("Siti", "Hartin"):
        program.window.context.write(
            lambda store, name=name: store.put("attendee", {"visit": today, "name": name})
        ).then(written.append)
    program.until(lambda: len(written) == 2)  # saved although no answer has come
    assert program.window.context.notices.standing.progress is not None
    officer.road.gate.set()
    program.until(lambda: program.window.context.notices.standing.progress is None)
    program.until(lambda: program.window.context.notices.standing.waiting == 0)


def test_stopping_leaves_everything_safe_and_waiting(officer: Seat, visits: dict[str, str], opened: Opened) -> None:
    day.unsent(officer, visits)
    program = opened(officer)
    program.window.go(Place("exchange"))
    officer.road.gate.clear()
    press(program.screen, "Kirim sekarang")
    program.until(officer.road.asked.is_set)
    press(program.screen, "Hentikan")
    program.until(lambda: program.window.context.notices.standing.progress is None)
    shown = words(program.screen)
    assert "Pengiriman dihentikan" in shown and "14 catatan menunggu dikirim" in shown
    officer.road.gate.set()


def test_an_office_out_of_reach_is_told_once_and_tried_again_later(
    officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    day.unsent(officer, visits)
    program = opened(officer)
    officer.road.cut = True
    program.window.go(Place("exchange"))
    for _twice in range(2):
        press(program.screen, "Kirim sekarang")
        program.until(lambda: program.window.context.notices.standing.progress is None)
    assert "14 catatan tersimpan aman di laptop ini" in words(program.screen)
    assert [row[4] for row in rows(program.screen.history)] == ["Kantor belum bisa dihubungi, sisa 14 catatan"]
    assert 30_000 <= program.program._syncer.timer.interval() <= 120_000


def test_a_trouble_that_was_put_away_is_told_again_when_it_comes_again(officer: Seat, opened: Opened) -> None:
    program = opened(officer)
    program.window.go(Place("exchange"))
    notice = program.screen.findChild(OfficeNotice)

    def sent(*, cut: bool) -> bool:
        officer.road.cut = cut
        program.window.context.send_now()
        program.until(lambda: program.window.context.notices.standing.progress is None)
        return bool(notice.isVisible())

    assert sent(cut=True)
    notice.findChild(Notice).dismissed.emit()
    assert not sent(cut=True), "it is still the same trouble"
    assert not sent(cut=False)
    assert sent(cut=True)


def test_what_was_saved_is_there_after_the_program_was_killed(
    officer: Seat, visits: dict[str, str], opened: Opened
) -> None:
    program = opened(officer)
    today = visits["Bongkudai Utara 2025-07-03"]
    saved: list[str] = []
    program.window.context.write(lambda store: store.put("attendee", {"visit": today, "name": "Budi"})).then(
        saved.append
    )
    program.until(lambda: saved)
    copy = officer.home.folder.parent / "after-the-crash"  # the files as a kill leaves them: nothing was closed
    copytree(officer.home.folder, copy)
    other = type(officer.home)(copy, officer.home.machine)
    with other.reading(other.unlock(PASSPHRASE)) as store:
        assert store.queries.get(saved[0]).values["name"] == "Budi"
