"""What stands around the work: navigation, status line, header, notices, progress, empty lists."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QProgressBar

from app.gallery import ENTRIES
from pimpasa_desktop import i18n
from pimpasa_desktop.app import file_words, when
from pimpasa_desktop.app.notices import Files
from pimpasa_desktop.app.widgets import banner
from pimpasa_desktop.app.widgets.button import Button
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.filter_word import FilterWord
from pimpasa_desktop.app.widgets.navigation import Entry, Navigation, Person
from pimpasa_desktop.app.widgets.notice import Kind, Notice
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.progress_bar import ProgressBar
from pimpasa_desktop.app.widgets.status_line import Standing, StatusLine
from pimpasa_desktop.app.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def navigation(shown) -> Navigation:
    return shown(Navigation("Kanim Kotamobagu", Person("Meyke Mamonto", "PIMPASA"), ENTRIES), 216, 600)


def words_of(widget) -> str:
    return " | ".join(part.text() for part in widget.findChildren(Words) if part.isVisible())


def button(widget, words: str) -> Button:
    (found,) = (part for part in widget.findChildren(Button) if words in (part.words(), part.accessibleName()))
    return found


@pytest.mark.parametrize("make", [lambda: PageHeader("Desa", second="Guaan"), lambda: ProgressBar("Catatan")])
def test_no_part_is_shown_as_a_window_of_its_own_before_it_has_its_place(qtbot, shown, make):
    window = shown(Words("Beranda"))
    widget = make()
    qtbot.addWidget(widget)
    qtbot.wait(20)
    assert QApplication.activeWindow() is window


def test_a_click_goes_there_and_only_that_entry_is_chosen(qtbot, navigation):
    with qtbot.waitSignal(navigation.chosen) as told:
        qtbot.mouseClick(navigation.entry("villages"), LEFT)
    assert told.args == ["villages"]
    assert [entry.key for entry in ENTRIES if navigation.entry(entry.key).isChecked()] == ["villages"]
    qtbot.mouseClick(navigation.entry("villages"), LEFT)
    assert navigation.entry("villages").isChecked(), "a second press takes nothing away"


def test_arrows_go_along_the_entries_and_enter_chooses(qtbot, navigation):
    navigation.entry("home").setFocus()
    chosen = []
    navigation.chosen.connect(chosen.append)
    qtbot.keyClick(navigation.entry("home"), Qt.Key.Key_Down)
    assert navigation.entry("visits").hasFocus()
    assert chosen == []
    qtbot.keyClick(navigation.entry("visits"), Qt.Key.Key_Return)
    qtbot.keyClick(navigation.entry("visits"), Qt.Key.Key_Up)
    qtbot.keyClick(navigation.entry("home"), Qt.Key.Key_Up)
    assert navigation.entry("settings").hasFocus()
    assert chosen == ["visits"]


def test_tab_stops_once_at_the_chosen_entry(qtbot, navigation):
    navigation.mark("findings")
    stops = [entry.key for entry in ENTRIES if navigation.entry(entry.key).focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["findings"]


def test_control_and_a_figure_choose_from_anywhere(qtbot, navigation):
    with qtbot.waitSignal(navigation.chosen) as told:
        qtbot.keyClick(navigation, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["villages"]


def test_marking_shows_where_one_is_without_going_there(qtbot, navigation):
    with qtbot.assertNotEmitted(navigation.chosen):
        navigation.mark("export")
    assert navigation.entry("export").isChecked()


def test_a_count_is_seen_and_heard_and_goes_at_zero(navigation):
    calm = navigation.entry("exchange").grab().toImage()
    navigation.count("exchange", 4)
    assert navigation.entry("exchange").grab().toImage() != calm
    assert navigation.entry("exchange").accessibleDescription() == "4 menunggu"
    navigation.count("exchange", 0)
    assert navigation.entry("exchange").grab().toImage() == calm


def test_the_lock_asks_to_lock(qtbot, navigation):
    with qtbot.waitSignal(navigation.lock_asked):
        qtbot.mouseClick(button(navigation, "Kunci sekarang"), LEFT)


def test_in_a_narrow_window_the_icons_stay_and_say_what_they_are(qtbot, navigation):
    navigation.narrow(True)
    navigation.count("exchange", 3)
    assert navigation.width() < 80
    assert words_of(navigation) == ""
    assert navigation.entry("villages").toolTip() == "Desa" == navigation.entry("villages").accessibleName()
    with qtbot.waitSignal(navigation.lock_asked):
        qtbot.mouseClick(button(navigation, "Kunci sekarang"), LEFT)
    navigation.narrow(False)
    assert navigation.width() == 216
    assert "Meyke Mamonto" in words_of(navigation)
    assert not navigation.entry("villages").toolTip()


def test_more_than_seven_entries_are_a_bug(qapp):
    entries = tuple(Entry(str(at), "house", "Beranda") for at in range(8))
    with pytest.raises(ValueError, match="8 entries"):
        Navigation("Kanim", Person("Meyke", "PIMPASA"), entries)


@pytest.mark.parametrize(
    ("name", "initials"), [("Meyke Mamonto", "MM"), ("Sri Wati Paputungan", "SP"), ("Suparman", "S"), ("", "")]
)
def test_initials_of_a_person(name, initials):
    assert Person(name, "PIMPASA").initials == initials


def test_the_status_line_answers_its_three_questions(shown):
    line = shown(StatusLine(), 1024, 40)
    line.show_standing(Standing("10.12", 1107, "kemarin 16.40"))
    assert words_of(line) == "Tersimpan 10.12 | 1.107 catatan menunggu dikirim | Terkirim kemarin 16.40"
    line.show_standing(Standing("10.12", 0, ""))
    assert words_of(line) == "Tersimpan 10.12 | 0 catatan menunggu | Belum pernah terkirim"
    line.show_standing(Standing())
    assert words_of(line) == "Belum ada yang ditulis | 0 catatan menunggu | Belum pernah terkirim"


def test_the_status_line_asks_to_send_and_then_leads_to_the_progress(qtbot, shown):
    line = shown(StatusLine(), 1024, 40)
    with qtbot.waitSignal(line.send_asked):
        qtbot.mouseClick(button(line, "Kirim sekarang"), LEFT)
    line.show_standing(Standing("10.12", 71, "kemarin 16.40", 34))
    assert not button(line, "Kirim sekarang").isVisible()
    with qtbot.waitSignal(line.progress_asked):
        qtbot.mouseClick(button(line, "Mengirim, 34 %"), LEFT)


RECORDS = 1250
FILES = Files(800, 0, 80)
HELD = Files(150, 0, 30)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("percent", [None, 99])
@pytest.mark.parametrize(
    ("files", "held"),
    [(FILES, HELD), (FILES, FILES), (FILES, Files()), (Files(), Files())],
    ids=["some for Wi-Fi", "all for Wi-Fi", "none for Wi-Fi", "no files"],
)
def test_the_status_line_is_whole_at_1024_however_much_waits(shown, language, percent, files, held):
    """After weeks without a signal, opened in the morning: all was written and sent on other days."""
    now, then = datetime(2025, 9, 30, 7, 5, tzinfo=UTC), datetime(2025, 9, 24, 22, 48, tzinfo=UTC)
    i18n.use(language)
    try:
        line = shown(StatusLine(), 1024, 40)
        for saved in (now - timedelta(hours=9), then):
            line.show_standing(
                Standing(
                    when.briefly(saved, now),
                    RECORDS,
                    when.briefly(then, now),
                    percent,
                    file_words.noun(FILES),
                    *file_words.waiting(RECORDS, files, held),
                )
            )
            for _level in range(3):  # the answers are laid out before the line that they stand in
                QApplication.processEvents()
            parts = [part for kind in (Words, Button) for part in line.findChildren(kind) if part.isVisible()]
            cut = [part for part in parts if part.width() < part.sizeHint().width()]
            assert not cut, [(part.width(), part.sizeHint().width(), words_of(line)) for part in cut]
    finally:
        i18n.use("id")


def test_the_status_line_tells_how_much_of_what_waits_waits_for_wi_fi(shown):
    line = shown(StatusLine(), 1366, 40)
    line.show_standing(Standing("10.12", 20, "", None, "", *file_words.waiting(20, FILES, HELD)))
    assert "20 catatan, 800 lampiran menunggu (150 tunggu Wi-Fi)" in words_of(line)
    line.show_standing(Standing("10.12", 20, "", None, "", *file_words.waiting(20, HELD, HELD)))
    assert "20 catatan menunggu, 150 lampiran tunggu Wi-Fi" in words_of(line)
    line.show_standing(Standing("10.12", 0, "", None, "", *file_words.waiting(0, HELD, HELD)))
    assert "120 foto, 30 dokumen menunggu Wi-Fi" in words_of(line)


def test_the_status_line_says_that_nothing_goes_after_a_stop(shown):
    line = shown(StatusLine(), 1366, 40)
    for held, told in ((HELD, "20 catatan, 800 lampiran"), (FILES, "20 catatan, 800 lampiran")):
        line.show_standing(Standing("10.12", 20, "", None, "", *file_words.waiting(20, FILES, held), stopped=True))
        assert f"{told} menunggu (dihentikan)" in words_of(line)
    line.show_standing(Standing("10.12", 0, "", stopped=True))
    assert "0 catatan menunggu |" in words_of(line)


def test_a_notice_acts_and_can_be_put_away(qtbot, shown):
    notice = shown(Notice(Kind.ATTENTION, "Kantor belum bisa dihubungi", "Aman.", action="Coba lagi", can_dismiss=True))
    with qtbot.waitSignal(notice.acted):
        qtbot.mouseClick(button(notice, "Coba lagi"), LEFT)
    with qtbot.waitSignal(notice.dismissed):
        qtbot.mouseClick(button(notice, "Tutup pesan ini"), LEFT)
    assert not notice.isVisible()


def test_a_notice_is_heard_whole_and_after_a_change_anew(shown):
    notice = shown(Notice(Kind.DANGER, "Berkas rusak", "Pulihkan."))
    heard = QAccessible.queryAccessibleInterface(notice)
    assert heard.text(QAccessible.Text.Name) == "Berkas rusak"
    notice.say("Sudah pulih")
    assert heard.text(QAccessible.Text.Name) == "Sudah pulih"
    assert heard.text(QAccessible.Text.Description) == ""


def test_the_practice_says_that_it_is_practice_and_how_to_leave_the_role(qtbot, shown):
    strip = shown(banner.practice(can_leave=True), 1024, 40)
    assert words_of(strip).startswith("Latihan: ")
    with qtbot.waitSignal(strip.acted):
        qtbot.mouseClick(button(strip, "Ganti peran"), LEFT)


def test_progress_is_told_in_words_and_figures(shown):
    progress = shown(ProgressBar("Catatan"), 600, 80)
    assert "menunggu giliran" in words_of(progress)
    progress.advance(36, 107, detail="54 KB dari 156 KB", seconds_left=50)
    assert "36 dari 107 · 54 KB dari 156 KB" in words_of(progress)
    assert "Kira-kira 50 detik lagi" in words_of(progress)
    heard = QAccessible.queryAccessibleInterface(progress.findChild(QProgressBar))
    assert heard.text(QAccessible.Text.Name) == "Catatan"
    assert heard.valueInterface().currentValue() == 36
    progress.advance(36, 107, seconds_left=125)
    assert "Kira-kira 2 menit lagi" in words_of(progress)
    progress.advance(107, 107)
    assert "lagi" not in words_of(progress)


@pytest.mark.parametrize(("done", "total"), [(0, 0), (5, 0), (200, 100), (0, 100)])
def test_progress_bears_any_figures(shown, done, total):
    progress = shown(ProgressBar("Catatan"), 600, 80)
    progress.advance(done, total)
    progress.grab()


def test_progress_can_be_stopped(qtbot, shown):
    progress = shown(ProgressBar("Catatan"), 600, 80)
    with qtbot.waitSignal(progress.stopped):
        qtbot.mouseClick(button(progress, "Hentikan"), LEFT)
    assert not shown(ProgressBar("Kabar", can_stop=False)).stop.isVisible()


def test_a_header_leads_back_and_says_where_to(qtbot, shown):
    header = shown(PageHeader("Desa Guaan", back="Kunjungan"), 800, 100)
    with qtbot.waitSignal(header.back_asked):
        qtbot.mouseClick(button(header, "Kembali ke Kunjungan"), LEFT)
    header.say("Desa Kokapoi", "Kec. Tutuyan")
    assert words_of(header) == "Desa Kokapoi | Kec. Tutuyan"


def test_an_empty_list_offers_one_thing_to_do(qtbot, shown):
    empty = shown(EmptyState("Belum ada desa untuk Anda", "Sampaikan nama akun.", "Periksa lagi"), 800, 600)
    assert len(empty.findChildren(Button)) == 1
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(button(empty, "Periksa lagi"), LEFT)
    told = empty.findChildren(Words)[1]
    assert told.height() >= told.heightForWidth(told.width()), "the sentence is there to its end"
    assert not shown(EmptyState("Kosong", "Belum ada apa-apa.", icon="tray")).findChildren(Button)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_filter_is_taken_away_by_key_or_click(qtbot, shown, key):
    word = shown(FilterWord("Tahun 2025"))
    word.setFocus()
    with qtbot.waitSignal(word.removed):
        qtbot.keyClick(word, key)
    with qtbot.waitSignal(word.removed):
        qtbot.mouseClick(word, LEFT)


def test_long_office_names_keep_the_navigation_as_wide_as_it_is(shown):
    office = "Kantor Imigrasi Kelas I Khusus Tempat Pemeriksaan Imigrasi Soekarno-Hatta"
    person = Person("Raden Mas Haji Muhammad Abdurrahman Wahid Hasyim", "Staf kantor")
    navigation = shown(Navigation(office, person, ENTRIES), 216, 620)
    QApplication.processEvents()
    assert navigation.width() == 216
    assert all(part.geometry().right() < 216 for part in navigation.findChildren(Words))
