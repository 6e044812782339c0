"""What waits is taken out without reading all that waits behind it."""

from rig.world import LaptopRig

BACKLOG = 400


def steps(laptop: LaptopRig, identifier: str) -> int:
    """How much work it is for the database to take one answered operation out, in its own steps."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    connection = laptop.store._outbox._sql
    connection.set_progress_handler(step, 1)
    with laptop.store.transaction():
        assert laptop.store._outbox.answered(identifier)
    connection.set_progress_handler(None, 0)
    return count


def test_an_answer_costs_no_more_for_all_that_waits_behind_it(laptop: LaptopRig) -> None:
    """A week without signal, and then a year of it: the time must not grow with the square."""
    with laptop.store.transaction():
        for n in range(BACKLOG):
            laptop.store.put("campaign", {"name": f"Kampanye {n}"})
    first, *_others = laptop.store.offer(10, 100_000)
    alone = steps(laptop, first.id)
    with laptop.store.transaction():
        for n in range(5 * BACKLOG):
            laptop.store.put("campaign", {"name": f"Kampanye {n}"})
    first, *_others = laptop.store.offer(10, 100_000)
    assert steps(laptop, first.id) <= alone + 10
