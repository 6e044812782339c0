"""The connection as a person at the window meets it: found, paid for, slow, stopped; and a clock that is wrong."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel

from app.screens import day
from pimpasa_desktop.app import connection
from pimpasa_desktop.app.connection import Cost
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.widgets.button import Button
from pimpasa_desktop.store.blobs import want
from pimpasa_desktop.sync.engine import Engine, Report
from pimpasa_desktop.sync.trouble import Busy
from rig.window import Screenful, Seat, Town

Opened = Callable[..., Screenful]
TODAY = "Bongkudai Utara 2025-07-03"


@pytest.fixture
def paid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "cost", lambda: Cost.PAID)


def words(widget: object) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(widget: object, word: str) -> None:
    (button,) = [one for one in widget.findChildren(Button) if one.isVisible() and one.words() == word]
    button.click()


def photographed(seat: Seat) -> str:
    """Two photos that are here while their records are at the office; the visit that they show."""
    visit = day.filled(seat)[TODAY]
    with seat.store() as store:
        day.photographed(store, visit)
        Engine(store, seat.road, seat.env).exchange(Report(), photos=False)
    return visit


def send(program: Screenful) -> None:
    program.window.context.send_now()
    rest(program)


def rest(program: Screenful) -> None:
    program.until(lambda: not program.program._syncer.running)


def due(program: Screenful) -> float:
    """Seconds until it is tried again by itself."""
    return program.program._syncer.timer.remainingTime() / 1000


def test_a_network_that_appears_is_used_at_once_but_no_sooner_than_the_office_asked(
    officer: Seat, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer.road.cut = True
    program = opened(officer)
    send(program)
    syncer = program.program._syncer
    assert due(program) > 20
    monkeypatch.setattr(connection, "there", lambda: False)
    syncer.found()
    assert due(program) > 20, "what changed is that the network has gone"
    monkeypatch.setattr(connection, "there", lambda: True)
    syncer.found()
    assert due(program) < 5
    monkeypatch.setattr(connection, "asks_login", lambda: True)
    send(program)
    assert "Buka peramban, masuk" in program.window.context.notices.standing.problem
    officer.road.trouble, officer.road.cut = Busy(600), False
    send(program)
    syncer.found()
    assert due(program) > 590
    program.window.go(Place("exchange"))
    assert "Kantor sedang sibuk" in words(program.screen) and "Dicoba lagi sendiri pukul 07.5" in words(program.screen)
    syncer.stop()
    syncer.found()
    assert not syncer.timer.isActive(), "who said stop is asked before anything goes out"


def test_where_bytes_are_paid_for_records_go_and_photos_wait_until_told(
    officer: Seat, opened: Opened, paid: None
) -> None:
    visit = photographed(officer)
    program = opened(officer)
    program.window.context.write(lambda store: store.put("visit", {"theme": "Lain"}, visit))
    send(program)
    program.window.go(Place("exchange"))
    program.until(lambda: program.window.context.notices.standing.waiting == 0)
    assert "2 foto menunggu Wi-Fi" in words(program.window.status)
    assert "Koneksi ini berbayar: 2 foto" in words(program.screen)
    assert "Semua catatan sudah terkirim\n" in words(program.screen), "not everything: the photos wait"
    press(program.screen, "Kirim foto sekarang")
    rest(program)
    assert "foto" not in words(program.window.status) and "Semua sudah terkirim" in words(program.screen)


def test_photos_asked_for_during_an_exchange_follow_it(officer: Seat, opened: Opened, paid: None) -> None:
    photographed(officer)
    program = opened(officer)
    officer.road.gate.clear()
    program.window.context.send_now()
    program.window.context.send_photos()
    program.window.context.send_now()
    officer.road.gate.set()
    rest(program)
    assert "foto" not in words(program.window.status)


def test_photos_that_were_asked_for_go_with_the_next_try_when_the_signal_broke(
    officer: Seat, opened: Opened, paid: None
) -> None:
    visit = photographed(officer)
    program = opened(officer)
    send(program)
    program.window.go(Place("exchange"))
    officer.road.cut = True
    press(program.screen, "Kirim foto sekarang")
    rest(program)
    assert "2 foto menunggu dikirim" in words(program.window.status), "they wait for a signal now, not for Wi-Fi"
    officer.road.cut = False
    program.program._syncer.timer.timeout.emit()
    rest(program)
    assert "foto" not in words(program.window.status)
    program.window.context.write(lambda store: day.enclosed(store, visit))
    send(program)
    assert "2 dokumen menunggu Wi-Fi" in words(program.window.status), "it was for those, not for all to come"


def test_photos_that_were_asked_for_and_stopped_wait_for_wifi_again(officer: Seat, opened: Opened, paid: None) -> None:
    photographed(officer)
    officer.road.photo_questions = 0
    program = opened(officer)
    program.window.go(Place("exchange"))
    send(program)
    press(program.screen, "Kirim foto sekarang")
    program.until(lambda: officer.road.photos_asked)
    press(program.screen, "Hentikan")
    rest(program)
    send(program)
    assert "2 foto menunggu Wi-Fi" in words(program.window.status)


def test_who_asks_again_right_after_stopping_is_heard(officer: Seat, opened: Opened) -> None:
    day.unsent(officer, day.filled(officer))
    program = opened(officer)
    road, context = officer.road, program.window.context
    road.gate.clear()
    road.asked.clear()
    context.send_now()
    program.until(road.asked.is_set)
    road.hung_up.clear()
    road.hanging_up.clear()
    context.stop_sending()
    program.until(road.hanging_up.is_set)
    context.send_now()
    road.gate.set()
    road.hung_up.set()
    rest(program)
    assert (context.notices.standing.problem, context.notices.standing.waiting) == ("", 0)


def test_what_is_written_after_a_stop_that_came_too_late_starts_no_other(officer: Seat, opened: Opened) -> None:
    visit, road = day.filled(officer)[TODAY], officer.road
    program = opened(officer)
    road.hung_up.clear()
    road.hanging_up.clear()
    program.window.context.send_now()
    program.until(road.hanging_up.is_set)
    road.asked.clear()
    program.window.context.stop_sending()
    program.program._background.wrote.emit(frozenset({visit}))
    road.hung_up.set()
    rest(program)
    assert not road.asked.is_set()


def test_after_a_stop_nothing_is_said_to_go_by_itself_until_it_is_asked_for(
    officer: Seat, opened: Opened, paid: None
) -> None:
    visit = photographed(officer)
    program = opened(officer)
    context = program.window.context
    officer.road.gate.clear()
    officer.road.asked.clear()
    program.window.go(Place("exchange"))
    context.write(lambda store: store.put("visit", {"theme": "Lain"}, visit))
    press(program.screen, "Kirim sekarang")
    program.until(officer.road.asked.is_set)
    press(program.screen, "Hentikan")
    rest(program)
    said = words(program.screen)
    assert "Semua tersimpan aman di laptop ini dan baru terkirim bila Anda menekan Kirim sekarang." in said
    assert "sendiri" not in said and "Catatan tetap dikirim" not in said
    assert "1 catatan, 2 foto menunggu (dihentikan)" in words(program.window.status)
    context.write(lambda store: store.put("visit", {"theme": "Lain lagi"}, visit))
    program.window.go(Place("home"))
    assert "baru terkirim bila Anda menekan Kirim sekarang" in words(program.screen)
    officer.road.gate.set()
    send(program)
    assert "2 foto menunggu Wi-Fi" in words(program.window.status)


def test_files_that_are_left_after_a_stop_are_not_said_to_follow_by_themselves(officer: Seat, opened: Opened) -> None:
    photographed(officer)
    officer.road.photo_questions = 0
    program = opened(officer)
    program.window.go(Place("exchange"))
    press(program.screen, "Kirim sekarang")
    program.until(lambda: officer.road.photos_asked)
    press(program.screen, "Hentikan")
    rest(program)
    assert "sisanya menyusul bila Anda menekan Kirim sekarang" in words(program.screen)


def test_documents_that_wait_are_told_beside_the_photos_and_go_with_them(
    officer: Seat, opened: Opened, paid: None
) -> None:
    visit = photographed(officer)
    with officer.store() as store:
        day.enclosed(store, visit)
        Engine(store, officer.road, officer.env).exchange(Report(), photos=False)
    program = opened(officer)
    send(program)
    assert "2 foto, 2 dokumen menunggu Wi-Fi" in words(program.window.status)
    program.window.go(Place("settings"))
    program.screen.photos.dot("anywhere").click()
    assert "4 lampiran menunggu (1 tunggu Wi-Fi)" in words(program.window.status)
    send(program)
    assert "\n1 dokumen menunggu Wi-Fi" in words(program.window.status)
    program.window.go(Place("exchange"))
    press(program.screen, "Kirim dokumen sekarang")
    rest(program)
    assert "0 catatan menunggu" in words(program.window.status)


def test_a_photo_that_is_only_fetched_is_not_told_as_sent(officer: Seat, opened: Opened, paid: None) -> None:
    visit = photographed(officer)
    with officer.store() as store:
        (gone,) = [photo for photo in store.queries.photos.of(visit) if not photo.here]
        want(store, gone.sha256, gone.size)
    officer.road.photo_questions = 0
    program = opened(officer)
    program.window.go(Place("exchange"))
    program.window.context.send_now()
    program.until(lambda: officer.road.photos_asked)
    told: list[str] = []
    program.window.context.notices.stood.connect(lambda _standing: told.append(words(program.screen)))
    program.until(lambda: len(told) > 3)
    assert "Memeriksa kabar dari kantor" in told[-1]
    officer.road.photo_questions = 1_000
    rest(program)


def test_who_pays_gladly_says_so_once(officer: Seat, opened: Opened, paid: None) -> None:
    photographed(officer)
    program = opened(officer)
    send(program)
    assert "2 foto menunggu Wi-Fi" in words(program.window.status)
    program.window.go(Place("settings"))
    program.screen.photos.dot("anywhere").click()
    assert "2 foto menunggu dikirim" in words(program.window.status) and due(program) < 5
    send(program)
    assert "foto" not in words(program.window.status)


def test_photos_under_way_are_told_in_number_and_bytes_and_can_be_stopped(officer: Seat, opened: Opened) -> None:
    photographed(officer)
    officer.road.photo_questions = 0
    program = opened(officer)
    program.window.go(Place("exchange"))
    press(program.screen, "Kirim sekarang")
    program.until(lambda: "Mengirim 0 dari 2 foto" in words(program.screen))
    assert "Mengirim foto, 0 %" in [one.words() for one in program.window.status.findChildren(Button)]
    press(program.screen, "Hentikan")
    rest(program)
    assert "2 foto menunggu dikirim" in words(program.screen)
    officer.road.photo_questions = 1_000
    send(program)
    assert "Semua sudah terkirim" in words(program.screen)


def test_the_time_that_is_left_is_told_once_it_can_be_known(
    officer: Seat, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    photographed(officer)
    seconds = count()
    monkeypatch.setattr(officer.env, "monotonic", lambda: float(next(seconds)))
    program = opened(officer)
    program.window.go(Place("exchange"))
    told: list[str] = []
    program.window.context.notices.stood.connect(lambda _standing: told.append(words(program.screen)))
    officer.road.photo_questions = 0
    program.window.context.send_now()
    program.until(lambda: any("Mengirim 0 dari 2 foto" in one for one in told))
    officer.road.photo_questions = 2
    program.until(lambda: any("1 dari 2 foto\nKira-kira" in one for one in told))
    officer.road.photo_questions = 1_000
    rest(program)


def test_who_stops_while_an_answer_is_being_taken_waits_for_no_more_of_it(
    town: Town, officer: Seat, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = day.filled(officer)
    program = opened(town.person("Vivi Tumbelaka", "office_clerk").enrol())
    rest(program)
    day.unsent(officer, visits)
    officer.sync()
    background, syncer = program.program._background, program.program._syncer
    served = background.serve
    monkeypatch.setattr(background, "serve", lambda seconds=0: served(seconds) if seconds else syncer.stop())
    send(program)
    monkeypatch.setattr(background, "serve", served)
    assert "dihentikan" in program.window.context.notices.standing.problem
    send(program)
    assert program.window.context.notices.standing.problem == ""


def test_another_language_chosen_while_sending_lets_the_exchange_end_in_peace(officer: Seat, opened: Opened) -> None:
    program = opened(officer)
    for language in ("en", "id"):
        before = program.window
        officer.road.gate.clear()
        program.window.context.send_now()
        program.until(officer.road.asked.is_set)
        officer.road.gate.set()
        program.window.context.prefer(replace(program.window.context.preferences(), language=language))
        program.until(lambda before=before: program.program.window_ is not None and program.window is not before)
    send(program)


def test_a_wrong_clock_is_told_over_the_work_until_it_is_right(officer: Seat, opened: Opened) -> None:
    officer.road.clock_behind = 7200.0
    program = opened(officer)
    send(program)
    program.until(lambda: "Jam laptop ini tertinggal sekitar 2 jam dari jam kantor" in words(program.window))
    assert program.window.context.notices.standing.problem == ""
    officer.road.clock_behind = 1.0
    press(program.window, "Periksa lagi")
    rest(program)
    program.until(lambda: "Jam laptop" not in words(program.window))


def test_a_clock_that_fell_back_is_noticed_without_any_signal(officer: Seat, opened: Opened) -> None:
    officer.road.clock_behind = 0.0
    program = opened(officer)
    send(program)
    program.close()
    officer.env.time -= timedelta(days=365)
    officer.road.cut = True
    again = opened(officer)
    again.until(lambda: "Jam laptop ini tertinggal sekitar 365 hari" in words(again.window))


def test_a_window_that_is_closed_in_its_first_second_asks_nothing_of_the_network(
    officer: Seat, opened: Opened, paid: None
) -> None:
    program = opened(officer)
    syncer = program.program._syncer
    program.close()
    syncer._watch()  # as the clock that was set when it opened may still do
