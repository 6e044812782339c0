"""Every screen in both languages and both themes, empty, full and in trouble, as pictures to look at in out/screens."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from app.screens import day
from pimpasa_desktop import i18n
from pimpasa_desktop.app import camera_choice, connection, theme
from pimpasa_desktop.app.notices import Files
from pimpasa_desktop.app.original_kept import OriginalKept
from pimpasa_desktop.app.rescue import Rescue
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.taking_in import Of
from pimpasa_desktop.store.snapshots import Snapshot
from pimpasa_desktop.sync.trouble import Busy
from rig.window import Screenful, Seat, Town

OUT = Path(__file__).parents[3] / "out" / "screens"
THEMES = {"light": theme.LIGHT, "dark": theme.DARK}


# Every screen is opened once in each run of the suite; the other theme and the other language wait for `make prove`.
DRESSES = [
    pytest.param(("light", "id"), id="light-id"),
    pytest.param(("dark", "id"), id="dark-id", marks=pytest.mark.prove),
    pytest.param(("light", "en"), id="light-en", marks=pytest.mark.prove),
]


@pytest.fixture(params=DRESSES)
def look(request: pytest.FixtureRequest, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Save what the program shows under a name."""
    name, language = request.param
    theme.show(qapp, THEMES[name])
    i18n.use(language)

    def save(screen: str, program: Screenful) -> None:
        program.program.activateWindow()
        for _turn in range(3):
            QApplication.processEvents()
        OUT.mkdir(parents=True, exist_ok=True)
        assert program.program.grab().save(str(OUT / f"{screen}-{name}-{language}.png"))

    return save


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A camera's card is plugged in."""
    folder = day.card(tmp_path / "KARTU" / "DCIM")
    monkeypatch.setattr(camera_choice, "cards", lambda: [folder])


def test_a_full_day(town: Town, officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    visits = day.filled(officer)
    day.disputed(town, officer, visits)
    day.unsent(officer, visits)
    officer.road.cut = True
    program = opened(officer, locked=True)
    look("unlock", program)
    program.unlock("salah salah salah")
    look("unlock-wrong", program)
    program.unlock()
    program.program._syncer.timer.stop()
    look("home", program)
    for screen in ("visits", "exchange", "trays", "settings"):
        program.window.go(Place(screen))
        if screen == "visits":
            for filters in list(program.screen.offered().values())[:2]:
                program.screen.filters.add(filters[0])
            look("visits-filtered", program)
            program.screen.show_all()
            program.screen.table.choose(visits["Bongkudai Utara 2025-07-03"])
        look(screen, program)
    officer.road.cut = True
    program.window.go(Place("visits"))
    program.window.status.send_asked.emit()
    program.until(lambda: program.window.context.notices.standing.problem)
    program.program._syncer.timer.stop()
    look("visits-unreachable", program)
    program.window.go(Place("exchange"))
    look("exchange-unreachable", program)


def test_an_exchange_under_way(
    town: Town, officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]
) -> None:
    day.unsent(officer, day.filled(officer))
    program = opened(officer)
    program.window.go(Place("exchange"))
    officer.road.gate.clear()
    program.screen.under_way.button.click()
    program.until(officer.road.asked.is_set)
    look("exchange-sending", program)
    officer.road.gate.set()
    program.until(lambda: program.window.context.notices.standing.progress is None)
    look("exchange-sent", program)


def test_a_connection_in_each_of_its_states(
    officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = day.filled(officer)
    day.unsent(officer, visits)
    with officer.store() as store:
        day.photographed(store, visits["Bongkudai Utara 2025-07-03"])
        day.enclosed(store, visits["Bongkudai Utara 2025-07-03"])
    officer.road.photo_questions = 0
    officer.road.clock_behind = 7800.0
    program = opened(officer)
    program.window.go(Place("exchange"))
    program.screen.under_way.button.click()
    program.until(lambda: getattr(program.window.context.notices.standing.progress, "files_now", False))
    sending = program.window.context.notices.standing.progress
    photos = Files(12, 3_400_000)
    program.window.context.notices.exchanging(
        replace(sending, going=photos, taken=Files(5, 1_220_000), seconds_left=360, received=1250)
    )
    look("connection-photos", program)
    program.program.resize(1024, 668)
    look("connection-photos-small", program)
    program.program.resize(1366, 736)
    monkeypatch.setattr(connection, "cost", lambda: connection.Cost.PAID)
    program.screen.under_way.stop.click()
    program.until(lambda: not program.program._syncer.running)
    look("connection-stopped", program)
    program.program.resize(1024, 668)
    look("connection-stopped-small", program)
    program.program.resize(1366, 736)
    program.screen.under_way.button.click()
    program.until(lambda: not program.program._syncer.running)
    look("connection-paid", program)
    program.window.context.write(lambda store: store.put("visit", {"theme": "Lain"}, visits["Liberia 2025-06-12"]))
    officer.road.trouble = Busy(600)
    program.screen.under_way.button.click()
    program.until(lambda: not program.program._syncer.running)
    look("connection-paid-busy-clock", program)
    program.program.resize(1024, 668)
    look("connection-paid-busy-clock-small", program)
    program.window.context.prefer(replace(program.window.context.preferences(), photos_anywhere=True))
    program.until(lambda: program.window.context.notices.standing.held.count == 1)
    look("connection-documents-small", program)
    program.window.go(Place("settings"))
    look("settings-officer-small", program)


def test_what_a_clerk_put_right(
    town: Town, officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]
) -> None:
    day.mended(day.disputed(town, officer, day.filled(officer)), officer)
    program = opened(officer)
    for screen in ("exchange", "trays"):
        program.window.go(Place(screen))
        if screen == "trays":
            bar = program.screen._page.verticalScrollBar()
            bar.setValue(bar.maximum())
        look(f"{screen}-mended", program)


def test_a_secret_question_for_inteldakim_and_for_a_clerk(
    town: Town, officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]
) -> None:
    intel, clerk = day.secretly_disputed(town, officer, day.filled(officer))
    for seat, name in ((intel, "inteldakim"), (clerk, "clerk-no-secret")):
        program = opened(seat)
        for screen in ("trays", "findings"):
            program.window.go(Place(screen))
            look(f"{screen}-{name}", program)


def test_nothing_yet(town: Town, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    program = opened(town.person("Meyke Mamonto").enrol())
    look("home-empty", program)
    for screen in ("visits", "villages", "campaigns", "exchange", "trays"):
        program.window.go(Place(screen))
        look(f"{screen}-empty", program)


def test_the_first_time(town: Town, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    program = opened(town.person("Meyke Mamonto"), locked=True)
    look("first-time", program)
    page = program.program.currentWidget()
    page.take("/media/usb/meyke-mamonto.pimpasa")
    page.first.field.setText("pendek")
    page.button.click()
    look("first-time-passphrase", program)
    program.program._forgotten()
    page = program.program.currentWidget()
    page.key.field.setText("ABCD EFGH")
    page.refuse("Kunci pemulihan terdiri dari 13 kelompok empat tanda; yang ditulis 8 tanda. Periksa lagi.")
    look("forgotten", program)


def test_the_damaged_data(town: Town, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    program = opened(town.person("Meyke Mamonto"), locked=True)
    program.program._rescue()
    look("rescue", program)
    page = Rescue([Snapshot(Path("k"), datetime.fromisoformat("2025-07-02T14:00+08:00"), 57, "", 1)])
    program.program._enter(page)
    look("rescue-snapshot", program)
    program.program.resize(1024, 668)
    page.refuse("Berkas ini bukan cadangan PIMPASA yang utuh. Tidak ada yang ditulis; pakai cadangan lain.")
    look("rescue-snapshot-small", program)


def test_the_clerk(town: Town, officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    visits = day.filled(officer)
    day.doubtful(officer, visits["Bongkudai Utara 2025-06-26"])
    clerk = town.person("Vivi Tumbelaka", "office_clerk").enrol()
    program = opened(clerk)
    screen = program.screen
    screen.table.choose(visits["Tobongon 2025-06-20"])
    program.until(lambda: screen.preview.pages)
    screen.names.table.selectRow(1)
    look("inbox", program)
    screen.names.field.setText("Sitti Simbala")
    screen.names._save()
    program.until(screen.warning.isVisible)
    program.bot.wait(300)
    look("inbox-unsent", program)
    screen.preview.more.click()
    look("inbox-history", program)
    screen.history.back.click()
    screen.table.choose(visits["Bongkudai Utara 2025-06-26"])
    program.until(lambda: screen.preview.pages)
    screen.doubts.leads[0].click()
    look("inbox-doubts", program)
    program.program.resize(1024, 668)
    look("inbox-narrow", program)
    program.program.resize(1366, 736)
    screen.doubts.seen.click()
    screen.seen_all.click()
    program.until(lambda: screen.seen_all.isHidden())
    screen.arrive()
    program.until(lambda: not screen.table.rows.rowCount())
    look("inbox-seen", program)
    program.window.go(Place("export"))
    screen = program.screen
    screen.folder.setText("/home/vivi/Dokumen")
    for visit in ("Bongkudai Utara 2025-06-26", "Tobongon 2025-06-20", "Liberia 2025-06-12"):
        screen.table.tick([visits[visit]])
    screen.table.choose(visits["Tobongon 2025-06-20"])
    look("export", program)
    screen.folder.setText("/media/usb")
    screen.save.click()
    look("export-no-folder", program)
    screen.folder.setText(str(clerk.home.folder))
    screen.folder_labeled.accept()
    screen.progress.advance(36, 107, seconds_left=20)
    screen.progress.show()
    screen.save.hide()
    look("export-under-way", program)
    screen.save.click()
    program.until(lambda: screen.result is not None and screen.save.isVisible())
    look("export-done", program)
    program.program.resize(1024, 668)
    look("export-narrow", program)
    program.program.resize(1366, 736)
    program.window.go(Place("settings"))
    look("settings", program)
    screen = program.screen
    Image.new("RGB", (500, 400), (18, 63, 122)).save(clerk.home.folder / "logo.png")
    screen.form.take_logo(clerk.home.folder / "logo.png")
    program.until(lambda: not screen.form.logo.remove.isHidden())
    look("settings-logo", program)
    area = screen.findChild(QScrollArea)
    area.ensureWidgetVisible(screen.form.shows["hide_nip"])
    look("settings-signers", program)
    area.verticalScrollBar().setValue(0)
    screen.form.fields["regional_office"].setText("KANTOR WILAYAH SULAWESI UTARA")
    screen.form._save("regional_office")
    screen.form.fields["name"].clear()
    screen.form._save("name")
    program.until(lambda: screen.form.fields["name"].property("state") == "error")
    look("settings-refused", program)
    program.program.resize(1024, 668)
    look("settings-narrow", program)


def test_the_clerk_elsewhere(
    town: Town, officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]
) -> None:
    visits = day.filled(officer)
    clerk = day.disputed(town, officer, visits)
    clerk.sync()
    program = opened(clerk)
    for screen in ("visits", "exchange", "trays"):
        program.window.go(Place(screen))
        look(f"{screen}-clerk", program)
    program.window.go(Place("visit", visits["Tobongon 2025-06-20"]))
    look("visit-clerk", program)
    program.program.resize(911, 472)  # 1366 x 768 at 150 %
    look("visit-clerk-large", program)
    for screen in ("inbox", "export", "settings", "villages"):
        program.window.go(Place(screen))
        look(f"{screen}-large", program)


def test_the_clerk_with_nothing_yet(town: Town, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    program = opened(town.person("Vivi Tumbelaka", "office_clerk").enrol())
    look("inbox-empty", program)
    for screen in ("export", "settings"):
        program.window.go(Place(screen))
        look(f"{screen}-empty", program)


def test_a_visit_and_its_register(
    officer: Seat,
    opened: Callable[..., Screenful],
    look: Callable[..., None],
    card: None,
) -> None:
    visits = day.filled(officer)
    day.unsent(officer, visits)
    officer.road.cut = True
    program = opened(officer)
    program.program._syncer.timer.stop()
    visit = visits["Bongkudai Utara 2025-07-03"]
    program.window.go(Place("visit", visit))
    for part in program.screen.parts_of:
        program.screen.parts.choose(part)
        look(f"visit-{part}", program)
    materials = program.screen.parts_of["materials"]
    program.screen.parts.choose("materials")
    program.window.context.write(lambda store: day.given(store, visit))
    program.until(lambda: len(materials.materials.records) == 2)
    look("visit-materials-filled", program)
    materials.aid.open_new()
    program.until(lambda: materials.aid.opened)
    materials.aid.opened.fields["recipients"].editor.setText("banyak")
    materials.aid.opened.form.left("recipients")
    look("visit-aid-wrong", program)
    materials.aid.opened.discard.click()
    program.screen.parts.choose("documents")
    files = program.screen.parts_of["documents"].files
    program.window.context.write(lambda store: day.enclosed(store, visit))
    program.window.context.write(lambda store: day.page(store, visit))
    program.until(lambda: len(files.records) == 4)
    program.screen.parts_of["documents"].findChild(QScrollArea).ensureWidgetVisible(files)
    look("visit-documents-files", program)
    page = files.findChild(OriginalKept)
    page.save.click()
    look("visit-documents-original-copy", program)
    page.erase.click()
    look("visit-documents-original-erase", program)
    page.erasing.dismissed.emit()
    program.program.resize(1024, 668)
    program.screen.parts_of["documents"].findChild(QScrollArea).ensureWidgetVisible(files)
    look("visit-documents-files-small", program)
    program.program.resize(1366, 736)
    program.screen.parts.choose("photos")
    program.window.context.write(lambda store: day.photographed(store, visit))
    grid = program.screen.parts_of["photos"].grid
    program.until(lambda: sum(card.picture.shows for card in grid.cards.values()) == 2)
    look("visit-photos-filled", program)
    let = Event()
    program.program._taking.add(Of("photo", visit), [lambda _decoder: let.wait(10) and (lambda _store: None)] * 3)
    program.program.lock()
    look("visit-photos-coming", program)
    program.window.release()
    let.set()
    program.until(lambda: not grid.busy)
    next(iter(grid.cards.values())).picture.click()
    program.until(lambda: grid.view.picture.shows)
    look("visit-photo-large", program)
    grid.view.original.save.click()
    look("visit-photo-original-copy", program)
    grid.view.original.erase.click()
    look("visit-photo-original-erase", program)
    grid.view.back.click()
    program.screen.parts_of["photos"].ways.camera.click()
    program.until(lambda: grid.camera.picks and all(one.picture.shows for one in grid.camera.picks[:-1]))
    for pick in grid.camera.picks[2:4]:
        pick.picture.click()
    look("visit-photos-camera", program)
    grid.camera.back.click()
    program.screen.parts.choose("summary")
    program.screen.summary.ends.editor.setText("7.00")
    program.screen.leave()
    look("visit-wrong", program)
    program.screen.summary.ends.editor.setText("12.30")
    program.screen.leave()
    program.until(program.screen.taking_back.undo.isVisible)
    program.screen.summary.outcome.results.editor.setFocus()
    look("visit-outcome", program)
    program.window.go(Place("settings"))
    look("settings-originals", program)
    program.window.go(Place("register", visit))
    look("register", program)
    program.screen.position.click()
    look("register-position", program)
    program.program.resize(1024, 700)
    look("register-position-small", program)
    program.program.resize(1366, 736)
    program.screen.position.click()
    program.screen.entry.show_raw({"name": "Siti", "sex": "P"})
    program.screen._typed()
    look("register-typing", program)
    program.screen.entry.show_raw({"name": "Budi Santoso", "phone": "tidak ada"})
    program.screen._enter()
    look("register-wrong", program)
    program.screen.entry.show_raw({"name": "Budi Santoso", "sex": "L", "stakeholder_group": "warga"})
    program.screen._enter()
    program.until(lambda: program.screen.tally.count.text() == "13")
    look("register-doubt", program)
    program.screen.entry.show_raw({"name": "Ratna Lumempow", "phone": "0812"})
    program.screen._enter()
    program.until(lambda: program.screen.tally.count.text() == "14")
    look("register-short", program)
    program.program.resize(1024, 700)
    look("register-small", program)
    program.window.back()
    look("visit-small", program)


def test_a_new_visit_and_an_empty_register(
    officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]
) -> None:
    program = opened(officer)
    program.window.go(Place("visit"))
    program.screen.summary.villages.editor.entry.setText("mod")
    program.screen.summary.villages.editor.offer()
    look("visit-new", program)
    program.bot.keyClick(program.screen.summary.villages.editor.entry, Qt.Key.Key_Return)
    program.until(lambda: program.screen.place.record)
    program.screen.parts.choose("attendance")
    look("visit-attendance-empty", program)
    program.window.go(Place("register", program.screen.place.record))
    look("register-empty", program)


def test_findings(
    officer: Seat,
    opened: Callable[..., Screenful],
    look: Callable[..., None],
    card: None,
) -> None:
    visits = day.filled(officer)
    program = opened(officer)
    program.window.go(Place("findings"))
    look("findings-empty", program)
    program.window.go(Place("finding", f"visit:{visits['Liberia 2025-06-12']}"))
    look("finding-new", program)
    kind = program.screen.kind.editor
    kind.setCurrentIndex(2)
    kind.activated.emit(2)
    program.until(lambda: program.screen.form.record)
    for sign in ("A01", "B03", "C01"):
        program.screen.checklist.boxes[sign].click()
    look("finding", program)
    report, photos = program.screen.form.record, program.screen.photos
    program.window.context.write(lambda store: day.photographed(store, report, "risk_report"))
    program.until(lambda: sum(card.picture.shows for card in photos.cards.values()) == 2)
    scrolls = program.screen.findChild(QScrollArea)
    scrolls.verticalScrollBar().setValue(100_000)
    look("finding-photos", program)
    program.screen.ways.camera.click()
    program.until(lambda: photos.camera.every.isVisible())
    photos.camera.every.click()
    program.until(lambda: photos.camera.picks and all(one.picture.shows for one in photos.camera.picks[:-1]))
    scrolls.verticalScrollBar().setValue(100_000)
    look("finding-camera", program)
    program.window.go(Place("findings"))
    look("findings", program)


def test_villages(town: Town, officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]) -> None:
    there = day.binaan(officer, day.filled(officer))
    program = opened(town.person("Vivi Tumbelaka", "office_clerk").enrol())
    program.window.go(Place("villages"))
    screen = program.screen
    screen.table.tick([there["village"]])
    screen.filters.put(next(iter(screen.offered().values()))[0])
    look("villages-filtered", program)
    screen.filters.put()
    look("villages", program)
    screen.adding.open()
    screen.adding.field.entry.setText("slema")
    screen.adding.field.offer()
    look("villages-adding", program)
    screen.adding.done.emit()
    for key in ("village", "designation", "campaign"):
        program.window.go(Place(key, there[key]))
        look(key, program)
        if key == "village":
            page = program.screen._page.verticalScrollBar()
            page.setValue(page.maximum())
            look("village-below", program)
            page.setValue(0)
            program.screen.profile.edit.click()
            look("village-profile", program)
        program.program.resize(1024, 700)
        look(f"{key}-small", program)
        program.program.resize(1366, 736)
        program.window.back()
    program.program.resize(1024, 700)
    look("villages-small", program)
    for screen in ("campaigns", "designations"):
        program.window.go(Place(screen))
        look(screen, program)


def test_an_officer_asks_for_a_village_of_somebody_else(
    officer: Seat, opened: Callable[..., Screenful], look: Callable[..., None]
) -> None:
    program = opened(officer)
    program.window.go(Place("visit"))
    field = program.screen.summary.villages.editor
    field.entry.setText("slemanan")
    field.offer()
    program.bot.keyClick(field.entry, Qt.Key.Key_Return)
    look("visit-not-yours", program)
