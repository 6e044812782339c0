"""Perlu keputusan: what somebody else put right of one's own work is told until one has read it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from app.screens import day
from pimpasa_desktop.app.refused import Refused
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.screens.trays import Question
from pimpasa_desktop.app.settled import Settled
from pimpasa_desktop.app.widgets.button import OutlinedButton
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.notice import Notice
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.problem import Problem
from rig.window import Screenful, Seat, Town, hold

Opened = Callable[..., Screenful]


def test_an_officer_sees_who_mended_what_was_refused_until_it_is_read(
    town: Town, officer: Seat, opened: Opened
) -> None:
    clerk = day.disputed(town, officer, day.filled(officer))
    day.mended(clerk, officer)
    program = opened(officer)
    program.program._syncer.timer.stop()
    program.window.go(Place("exchange"))
    assert not program.screen._told.isHidden()
    program.screen._told.button.click()
    (card,) = program.screen.findChildren(Settled)
    said = [one.text() for one in card.findChildren(Words)]
    assert said[:2] == ["Peserta Siti Mokoginta", "Nama: Siti Mokoginta diganti Siti Mokoagow."]
    assert said[2].startswith("Diputuskan oleh Vivi Tumbelaka · ") and said[2].endswith("WITA")
    card.seen.click()
    queries = program.window.context.queries
    program.until(lambda: not queries.settled_by_others(program.window.context.person))
    program.window.back()
    program.until(program.screen._told.isHidden)
    assert [one.values["settled_by"] for one in queries.every(entity("rejected"))] == ["Vivi Tumbelaka"]


def test_who_settled_it_need_not_be_told(town: Town, officer: Seat) -> None:
    clerk = day.disputed(town, officer, day.filled(officer))
    day.mended(clerk, officer)
    with clerk.store() as store:
        assert store.queries.settled_by_others(store.queries.person()) == []


def test_where_nobody_can_tell_who_wrote_a_value_the_office_is_named(town: Town, officer: Seat, opened: Opened) -> None:
    day.disputed(town, officer, day.filled(officer))
    with officer.store() as store:  # as after the office had lost the value, and got it back
        store._sql.execute("UPDATE conflict SET office_author = NULL, office_at = NULL")
    program = opened(officer)
    program.window.go(Place("trays"))
    question, *_others = program.screen.findChildren(Question)
    said = [one.text() for one in question.findChildren(Words)]
    assert "Tercatat di kantor" in said and " menulis" not in said
    assert "Meyke Mamonto (Anda) menulis" in said


def test_what_was_written_differently_of_a_finding_is_for_inteldakim_and_not_for_a_clerk(
    town: Town, officer: Seat, opened: Opened
) -> None:
    intel, clerk = day.secretly_disputed(town, officer, day.filled(officer))
    program = opened(intel)
    program.window.go(Place("trays"))
    assert [question.label for question in program.screen.findChildren(Question)] == ["Uraian"]
    program = opened(clerk)
    program.window.go(Place("trays"))
    assert program.screen.findChildren(Question) == []
    assert program.window.context.notices.standing.undecided == 0
    said = [one.text() for one in program.program.findChildren(Words)]
    assert "Tidak ada yang perlu diputuskan" in said
    assert not [words for words in said if "perekrut" in words.lower() or words == "Rahasia"]
    assert not program.window.knows("findings")


def test_the_page_opens_without_taking_the_keyboard_from_the_window(town: Town, officer: Seat, opened: Opened) -> None:
    day.disputed(town, officer, day.filled(officer))
    program = opened(officer)
    program.program.activateWindow()
    program.window.go(Place("trays"))
    program.bot.wait(50)
    assert QApplication.activeWindow() is program.program, "a part of it was shown as a window of its own"


def test_an_officer_who_has_nothing_to_decide_is_led_home(officer: Seat, opened: Opened) -> None:
    program = opened(officer)
    program.window.go(Place("trays"))
    program.screen.findChild(EmptyState).button.click()
    assert program.screen.place == Place("home")


def test_what_is_being_typed_stays_while_the_rest_of_the_page_changes(
    town: Town, officer: Seat, opened: Opened
) -> None:
    day.disputed(town, officer, day.filled(officer))
    program = opened(officer)
    program.program._syncer.timer.stop()
    program.program.activateWindow()
    program.window.go(Place("trays"))
    first, second = program.screen.findChildren(Question)
    (refused,) = program.screen.findChildren(Refused)
    refused.mend.click()
    refused.editors["name"].setText("Siti Mokoagow")
    second.text.setFocus()
    QTest.keyClicks(second.text, "Polsek Pahandut Barat")
    second.text.setCursorPosition(7)
    first.findChildren(OutlinedButton)[0].click()
    program.until(lambda: program.screen.findChildren(Question) == [second])
    QTest.keyClicks(QApplication.focusWidget(), "Kota ")
    assert second.text.text() == "Polsek Kota Pahandut Barat"
    assert refused.editors["name"].isVisible() and refused.editors["name"].text() == "Siti Mokoagow"
    hold(second.text, Qt.Key.Key_Return)
    program.until(lambda: not program.screen.findChildren(Question))
    assert not program.window.findChildren(Notice), "nothing is wrong: it was decided once"
    assert QApplication.focusWidget() is None, "what comes after it is not decided by the same key"
    record = program.window.context.queries.get(str(second._found.values["record"]))
    assert record.values["institution"] == "Polsek Kota Pahandut Barat"


def test_a_card_that_stayed_still_gets_the_room_it_needs_and_what_is_typed_stays_in_sight(
    town: Town, officer: Seat, opened: Opened
) -> None:
    day.disputed(town, officer, day.filled(officer))
    program = opened(officer)
    program.program._syncer.timer.stop()
    program.program.activateWindow()
    program.program.resize(1024, 440)
    program.window.go(Place("trays"))
    first, second = program.screen.findChildren(Question)
    (refused,) = program.screen.findChildren(Refused)
    refused.mend.click()
    bar = program.screen._page.verticalScrollBar()
    program.until(lambda: bar.maximum() > 500)
    bar.setValue(second.text.mapTo(program.screen._page.widget(), QPoint()).y() - 20)
    height = bar.maximum()
    second.text.setFocus()
    first.findChildren(OutlinedButton)[0].click()
    program.until(lambda: program.screen.findChildren(Question) == [second])
    program.until(lambda: bar.maximum() < height)
    program.until(lambda: second.text.visibleRegion().boundingRect() == second.text.rect())
    before = refused.height()
    refused._refuse(Problem("Kunjungan ini sudah ditandai selesai."))
    program.until(lambda: refused.height() > before)


def test_a_question_that_asks_something_else_by_now_is_asked_anew(town: Town, officer: Seat, opened: Opened) -> None:
    day.disputed(town, officer, day.filled(officer))
    program = opened(officer)
    program.program._syncer.timer.stop()
    program.window.go(Place("trays"))
    other, done = '"Polsek Kotabunan"', list[object]()
    change = "UPDATE conflict SET office_value = ? WHERE field_name = 'institution'"
    program.window.context.work(lambda store: store._sql.execute(change, (other,))).then(done.append)
    program.until(lambda: done)
    program.screen.refresh(frozenset())
    program.bot.wait(1)
    said = everything_said(program.screen)
    assert "Polsek Kotabunan" in said and "Polsek Modayag" not in said


SECRET = ("perekrut", "kamboja", "tppo", "perdagangan orang")


def test_a_finding_that_was_refused_is_told_nowhere_on_a_clerk_s_laptop(
    town: Town, officer: Seat, opened: Opened
) -> None:
    visits = day.filled(officer)
    _intel, clerk = day.secretly_refused(town, officer, visits)
    program = opened(clerk)
    queries, standing = program.window.context.queries, program.window.context.notices.standing
    assert (standing.undecided, standing.waiting) == (0, 0)
    assert not any(map(program.window.knows, ("home", "findings", "finding")))
    there = [Place("visit", visits["Bongkudai Utara 2025-06-26"])]
    for place in (*map(Place, ("inbox", "visits", "villages", "export", "exchange")), *there, Place("trays")):
        program.window.go(place)
        said = everything_said(program.program)
        assert "Bongkudai Utara" in " ".join(said)
        told = [words for words in said if words in ("Temuan", "Rahasia") or any(map(words.lower().count, SECRET))]
        assert not told, place
    assert "Tidak ada yang perlu diputuskan" in said
    assert program.screen.findChildren(Refused) == []
    program.screen.findChild(EmptyState).button.click()
    assert program.screen.place == Place("inbox")
    assert not queries.unsettled(line.id for line in queries.overview.visits())


def test_inteldakim_decides_on_a_refused_finding_without_its_words_in_large_letters(
    town: Town, officer: Seat, opened: Opened
) -> None:
    intel, _clerk = day.secretly_refused(town, officer, day.filled(officer))
    program = opened(intel)
    assert program.window.context.notices.standing.undecided == 2
    program.window.go(Place("trays"))
    cards = program.screen.findChildren(Refused)
    assert len(cards) == 2
    for card in cards:
        said = [one.text() for one in card.findChildren(Words)]
        assert said[0] == "Temuan" and "Rahasia" in everything_said(card)
        assert any(words.startswith("Meyke Mamonto menulis") for words in said)
    said = everything_said(program.program)
    assert not [words for words in said if "perekrut" in words.lower() or "Kamboja" in words]
    cards[0].mend.click()  # who asks for the words gets them
    assert any("Perekrut rahasia" in field.text() for field in cards[0].editors.values())


def everything_said(top: QWidget) -> list[str]:
    """Words, tooltips and names for a screen reader, and what stands in tables."""
    said = []
    for part in (top, *top.findChildren(QWidget)):
        said += [
            str(getattr(part, ask)())
            for ask in ("text", "toolTip", "accessibleName", "accessibleDescription")
            if callable(getattr(part, ask, None))
        ]
        model = part.model() if isinstance(part, QAbstractItemView) else None
        for row in range(model.rowCount() if model else 0):
            for column in range(model.columnCount()):
                said.append(str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole)))
    return [words for words in said if words]
