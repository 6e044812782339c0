"""Perlu keputusan: what somebody else put right of one's own work is told until one has read it."""

from collections.abc import Callable

from app.screens import day
from pimpasa_desktop.app.screen import Place
from pimpasa_desktop.app.screens.trays import Question
from pimpasa_desktop.app.settled import Settled
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import entity
from rig.window import Screenful, Seat, Town

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
