"""Locking while an exchange is under way: what is answered is taken, and then the store is closed, not before."""

from collections.abc import Callable

from app.screens import day
from rig.desk import PASSPHRASE
from rig.window import Screenful, Seat


def test_locking_while_an_answer_comes_waits_for_what_it_brings(
    officer: Seat, opened: Callable[..., Screenful]
) -> None:
    visits = day.filled(officer)
    day.unsent(officer, visits)
    program = opened(officer)
    program.until(lambda: not program.program._syncer.running)
    shut, answered = program.program._background.shut, officer.road.exchange

    def locked_meanwhile(body: bytes) -> bytes:
        shut()
        return answered(body)

    officer.road.exchange = locked_meanwhile
    program.window.context.send_now()
    program.until(lambda: not program.program._syncer.running)
    officer.road.exchange = answered
    program.program.lock()
    program.unlock(PASSPHRASE)
    assert program.window.context.queries.pending_count() == 0
