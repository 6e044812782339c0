"""The door of the exchange: an answer is taken whole or not at all, and one's own work is never lost on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from pimpasa_desktop.domain import digest
from pimpasa_desktop.domain.entity import Level
from pimpasa_desktop.domain.ids import compose, parts
from pimpasa_desktop.domain.operation import Action, Outcome
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.store.delivery import Answered, Delivery, sliced
from pimpasa_desktop.store.store import Draft, Store
from pimpasa_desktop.store.takeover import Takeover
from pimpasa_office.setting_up import set_back
from rig.world import BONGKUDAI_UTARA, LaptopRig, OfficeRig, RigEnv


def visit(laptop: LaptopRig, **more: object) -> str:
    return laptop.store.put("visit", {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00+08:00", **more})


def attendee(laptop: LaptopRig, of: str, name: str = "Ani", **more: object) -> str:
    return laptop.store.put("attendee", {"visit": of, "name": name, **more})


def values(laptop: LaptopRig, identifier: str) -> dict[str, Any]:
    return laptop.store.queries.get(identifier).values


def rows_of(store: Store) -> dict[str, list[tuple[object, ...]]]:
    sql = store._sql
    tables = [name for (name,) in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: sorted(sql.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in tables}


def delivery(laptop: LaptopRig, **more: Any) -> Delivery:
    return Delivery(standing=replace(laptop.store.standing, cursor=b"next"), **more)


def row(laptop: LaptopRig, number: int, entity: str = "visit", counter: int = 1, **more: Any) -> Row:
    known: dict[str, Any] = {"visit": {"villages": [laptop.village()], "starts_at": "2025-07-03T09:00:00+08:00"}}
    return Row(entity, compose(99, counter), number, laptop.account, False, known.get(entity, {}) | more)


class Interrupted(Exception):
    pass


class Brittle:
    """A connection that fails at its k-th statement."""

    def __init__(self, connection: Any, at: int) -> None:
        self._connection, self._left = connection, at

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Interrupted

    def execute(self, *arguments: Any) -> Any:
        self._count()
        return self._connection.execute(*arguments)

    def executemany(self, *arguments: Any) -> Any:
        self._count()
        return self._connection.executemany(*arguments)


@contextmanager
def failing_at(store: Store, statement: int) -> Iterator[None]:
    """Whatever `take` does, its k-th statement fails."""
    original = Takeover.__init__

    def brittle(self: Takeover, connection: Any, env: Any, ids: Any) -> None:
        original(self, Brittle(connection, statement), env, ids)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Takeover, "__init__", brittle)
        yield


def test_an_answer_that_breaks_off_at_any_statement_leaves_nothing_half(laptop: LaptopRig) -> None:
    mine = visit(laptop, theme="satu")
    report = laptop.store.put("risk_report", {"village": laptop.village(), "kind": "tppo"})
    (first, second) = laptop.store.offer(10, 10**6)
    new = row(laptop, 900, theme="dari kantor")
    guest = row(laptop, 901, "attendee", 2, visit=new.id, name="Budi")
    answer = delivery(
        laptop,
        answered=(Answered(first.id, Outcome.CLEAN, 898), Answered(second.id, Outcome.REFUSED, 0)),
        rows=(guest, new),
        buckets=frozenset(),
    )
    before = rows_of(laptop.store)
    statement = 0
    while True:
        try:
            with failing_at(laptop.store, statement):
                laptop.store.take(answer)
            break
        except Interrupted:
            assert rows_of(laptop.store) == before, f"statement {statement}"
            statement += 1
    assert statement > 30
    assert laptop.store.standing.cursor == b"next"
    assert {mine, report, new.id}.isdisjoint(found["id"] for found in laptop.list("visit"))


def test_the_same_answer_taken_twice_is_taken_once(laptop: LaptopRig) -> None:
    mine = visit(laptop, theme="satu")
    (operation,) = laptop.store.offer(10, 10**6)
    answer = delivery(laptop, answered=(Answered(operation.id, Outcome.CLEAN, 900),), rows=(row(laptop, 901),))
    laptop.store.take(answer)
    once = rows_of(laptop.store)
    laptop.store.take(answer)
    again = rows_of(laptop.store)
    assert {name: found for name, found in again.items() if name != "meta"} == {
        name: found for name, found in once.items() if name != "meta"
    }
    assert laptop.store.queries.get(mine).number == 900


def test_children_may_come_before_their_root(laptop: LaptopRig) -> None:
    root = row(laptop, 901)
    laptop.store.take(delivery(laptop, rows=(row(laptop, 900, "attendee", 2, visit=root.id, name="Budi"), root)))
    assert [found["name"] for found in laptop.list("attendee")] == ["Budi"]


def test_what_one_is_writing_stays_in_sight_until_the_office_has_answered(laptop: LaptopRig) -> None:
    theirs = row(laptop, 900, theme="satu", venue="Balai")
    laptop.store.take(delivery(laptop, rows=(theirs,)))
    laptop.store.put("visit", {"theme": "punyaku"}, theirs.id)
    laptop.store.take(
        delivery(
            laptop,
            rows=(replace(theirs, number=905, values=theirs.values | {"theme": "dua", "venue": "Aula"}),),
        )
    )
    assert values(laptop, theirs.id)["theme"] == "punyaku"
    assert values(laptop, theirs.id)["venue"] == "Aula"
    assert laptop.store.queries.get(theirs.id).number == 905
    (operation,) = laptop.store.offer(10, 10**6)
    assert operation.base == 900  # what the writer had seen
    merged = replace(theirs, number=906, values=theirs.values | {"theme": "dua", "venue": "Aula"})
    laptop.store.take(delivery(laptop, answered=(Answered(operation.id, Outcome.MERGED, 906),), inline=(merged,)))
    assert values(laptop, theirs.id)["theme"] == "dua"


def test_a_clean_answer_makes_the_record_that_the_office_made(laptop: LaptopRig) -> None:
    """The digest says so: the laptop worked the row out, the office never sent it."""
    mine = visit(laptop, theme="satu")
    laptop.store.put("visit", {"theme": "dua"}, mine)
    report = laptop.sync()
    assert report.digests_match and report.pulled == 0
    laptop.store.put("visit", {"theme": "tiga", "nil": True}, mine)
    laptop.store.delete(mine)
    report = laptop.sync()
    assert report.digests_match and report.pulled == 0


def test_a_refused_change_goes_back_to_what_the_office_holds(laptop: LaptopRig) -> None:
    theirs = row(laptop, 900, theme="satu")
    laptop.store.take(delivery(laptop, rows=(theirs,)))
    laptop.store.put("visit", {"theme": "punyaku"}, theirs.id)
    (operation,) = laptop.store.offer(10, 10**6)
    laptop.store.put("visit", {"venue": "Balai"}, theirs.id)  # written while the answer is under way
    laptop.store.take(delivery(laptop, answered=(Answered(operation.id, Outcome.REFUSED, 0),)))
    assert (values(laptop, theirs.id)["theme"], values(laptop, theirs.id)["venue"]) == ("satu", "Balai")


def test_a_refused_new_record_goes(laptop: LaptopRig) -> None:
    mine = visit(laptop)
    (operation,) = laptop.store.offer(10, 10**6)
    laptop.store.take(delivery(laptop, answered=(Answered(operation.id, Outcome.REFUSED, 0),)))
    assert laptop.list("visit") == []
    assert mine not in str(rows_of(laptop.store)["record"])


def test_a_refused_new_root_waits_for_what_was_added_to_it_meanwhile(laptop: LaptopRig) -> None:
    """Somebody types an attendee while the answer is under way. It must not stop every exchange from then on."""
    mine = visit(laptop)
    (operation,) = laptop.store.offer(10, 10**6)
    guest = attendee(laptop, mine)
    laptop.store.take(delivery(laptop, answered=(Answered(operation.id, Outcome.REFUSED, 0),)))
    assert values(laptop, guest)["name"] == "Ani"
    (late,) = laptop.store.offer(10, 10**6)
    laptop.store.take(delivery(laptop, answered=(Answered(late.id, Outcome.REFUSED, 0),)))
    assert laptop.list("attendee") == laptop.list("visit") == []
    assert not {mine, guest} & {found[1] for found in rows_of(laptop.store)["record"]}


def test_a_record_that_was_not_wanted_back_goes_and_takes_no_unsent_work_with_it(laptop: LaptopRig) -> None:
    root = row(laptop, 900, theme="satu")
    guest = row(laptop, 901, "attendee", 2, visit=root.id, name="Budi")
    laptop.store.take(delivery(laptop, rows=(root, guest)))
    laptop.store.take(delivery(laptop, compare=True))
    laptop.store.put("attendee", {"name": "Budi Santoso"}, guest.id)
    laptop.store.take(delivery(laptop))
    healing = [
        op for op in laptop.store.offer(50, 10**6) if op.action is Action.HEAL and op.record in (root.id, guest.id)
    ]
    assert {op.record for op in healing} == {root.id, guest.id}
    laptop.store.take(delivery(laptop, answered=tuple(Answered(op.id, Outcome.REFUSED, 0) for op in healing)))
    (left,) = [op for op in laptop.store.offer(50, 10**6) if op.action is Action.PUT]
    assert left.patch == {"name": "Budi Santoso"}
    laptop.store.take(delivery(laptop, answered=(Answered(left.id, Outcome.REFUSED, 0),)))
    assert not {root.id, guest.id} & {found[1] for found in rows_of(laptop.store)["record"]}


def test_what_came_with_the_word_to_compare_and_is_erased_before_that_does_not_stay_for_ever(
    laptop: LaptopRig,
) -> None:
    erased = row(laptop, 900)
    laptop.store.take(delivery(laptop, compare=True, rows=(erased,)))
    laptop.store.take(delivery(laptop))
    (healing,) = [op for op in laptop.store.offer(50, 10**6) if op.record == erased.id]
    laptop.store.take(delivery(laptop, answered=(Answered(healing.id, Outcome.REFUSED, 0),)))
    assert laptop.list("visit") == []


def test_a_laptop_that_learns_that_it_was_put_back_draws_no_more_ids_that_it_may_have_given(laptop: LaptopRig) -> None:
    before = parts(laptop.store.ids.draw())
    laptop.store.take(delivery(laptop, compare=True))
    after = parts(laptop.store.ids.draw())
    assert before and after and before.origin != after.origin


def test_later_means_that_nothing_was_looked_at(laptop: LaptopRig) -> None:
    visit(laptop)
    (operation,) = laptop.store.offer(10, 10**6)
    laptop.store.take(delivery(laptop, answered=(Answered(operation.id, Outcome.LATER, 0),)))
    assert laptop.store.offer(10, 10**6) == [operation]


def test_an_older_row_never_replaces_a_newer_one(laptop: LaptopRig) -> None:
    new = row(laptop, 900, theme="baru")
    laptop.store.take(delivery(laptop, rows=(new,)))
    laptop.store.take(delivery(laptop, rows=(replace(new, number=899, values=new.values | {"theme": "lama"}),)))
    assert values(laptop, new.id)["theme"] == "baru"


def test_fields_and_entities_of_a_newer_office_do_no_harm(laptop: LaptopRig) -> None:
    new = row(laptop, 900, warna="biru", daftar=["a"], angka=5)
    strange = Row("entity_of_tomorrow", compose(98, 1), 901, laptop.account, False, {"a": "b"})
    laptop.store.take(delivery(laptop, rows=(new, strange)))
    laptop.store.put("visit", {"theme": "x"}, new.id)
    assert values(laptop, new.id) == new.values | {"theme": "x"}
    term = digest.term(new.id, 900, digest.canonical("visit", laptop.account, False, new.values))
    assert laptop.store._sql.execute("SELECT term FROM record WHERE id = ?", (new.id,)).fetchone() == (
        digest.as_bytes(term),
    )


# -- reach


def test_what_was_begun_in_a_lost_village_goes_and_what_was_begun_elsewhere_stays(
    laptop: LaptopRig, office: OfficeRig
) -> None:
    lost = laptop.village()
    office.assign(laptop.account, "71.10.07.2001", "Tobongon")
    laptop.sync()
    (stays,) = {str(row["id"]) for row in laptop.list("village")} - {lost}
    save = laptop.store.drafts.save
    save("visit:lost", "visit", "", "", {"villages": [lost], "theme": "rahasiaku"})
    save("risk_report:lost", "risk_report", "", "", {"village": lost, "narrative": "rahasiaku"})
    save("visit:both", "visit", "", "", {"villages": [lost, stays]})
    save("visit:new", "visit", "", "", {"theme": "belum tahu di mana"})
    office.unassign(laptop.account, BONGKUDAI_UTARA)
    laptop.sync()
    assert {draft.name for draft in laptop.store.drafts.all()} == {"visit:both", "visit:new"}


def test_a_lost_village_takes_everything_with_it_but_waits_for_unsent_work(
    laptop: LaptopRig, office: OfficeRig
) -> None:
    sent, waiting = visit(laptop, theme="rahasiaku"), visit(laptop)
    guest = attendee(laptop, sent, "Kasuari Biru")
    laptop.sync()
    laptop.store.drafts.save("form", "attendee", "", sent, {"name": "Kakatua"})
    office.unassign(laptop.account, BONGKUDAI_UTARA)
    late = attendee(laptop, waiting, "Terlambat")
    laptop.store.take(delivery(laptop, buckets=frozenset()))
    assert not {sent, guest} & {found[1] for found in rows_of(laptop.store)["record"]}
    assert laptop.store.queries.search("kasuari", secret=False) == []
    assert laptop.store.drafts.all() == []
    assert values(laptop, late)["name"] == "Terlambat"
    (operation,) = laptop.store.offer(10, 10**6)
    laptop.store.take(delivery(laptop, answered=(Answered(operation.id, Outcome.REFUSED, 0),)))
    assert not {waiting, late} & {found[1] for found in rows_of(laptop.store)["record"]}
    assert laptop.store._sql.execute("PRAGMA foreign_key_check").fetchall() == []


def test_who_heard_everything_still_knows_it_while_something_waits_to_leave(laptop: LaptopRig) -> None:
    going, staying = row(laptop, 900), row(laptop, 901, counter=2)
    laptop.store.take(delivery(laptop, rows=(going, staying)))
    laptop.store.put("visit", {"theme": "belum terkirim"}, going.id)
    laptop.store.take(delivery(laptop, forget=(going.id,)))
    laptop.store.delete(staying.id)
    (deletion,) = [op for op in laptop.store.offer(10, 10**6) if op.record == staying.id]
    assert deletion.base == 901


def test_a_root_that_moved_out_of_reach_is_forgotten(laptop: LaptopRig) -> None:
    root = row(laptop, 900)
    laptop.store.take(delivery(laptop, rows=(root, row(laptop, 901, "attendee", 2, visit=root.id, name="B"))))
    taken = laptop.store.take(delivery(laptop, forget=(root.id, compose(1, 1))))
    assert taken.removed == 2
    assert laptop.list("visit") == laptop.list("attendee") == []


# -- an office that was set back


def restored(office: OfficeRig, folder: Path, work: Any) -> None:
    """`work` happens, and then the office is set back to before it."""
    kept = folder / "kept.db"
    office.ledger.engine.dispose()
    kept.write_bytes(office.path.read_bytes())
    work()
    office.ledger.engine.dispose()
    for beside in office.path.parent.glob(office.path.name + "-*"):
        beside.unlink()
    office.path.write_bytes(kept.read_bytes())
    with office.ledger.begin() as books:
        set_back(books)


def test_what_an_office_lost_comes_back_from_the_laptops(
    laptop: LaptopRig, clerk: LaptopRig, office: OfficeRig, tmp_path: Path
) -> None:
    of = visit(laptop, theme="satu")
    laptop.sync()
    clerk.sync()
    made: list[str] = []

    def work() -> None:
        laptop.store.put("visit", {"theme": "dua"}, of)
        made.append(attendee(laptop, of))
        laptop.sync()

    restored(office, tmp_path, work)
    clerk.sync()
    assert laptop.sync().digests_match
    assert clerk.sync().digests_match
    assert values(clerk, of)["theme"] == values(laptop, of)["theme"] == "dua"
    assert values(clerk, made[0])["name"] == "Ani"


def test_what_an_office_lost_comes_back_also_where_somebody_went_on_with_the_record(
    laptop: LaptopRig, clerk: LaptopRig, office: OfficeRig, tmp_path: Path
) -> None:
    of = visit(laptop, theme="satu")
    laptop.sync()
    clerk.sync()

    def work() -> None:
        laptop.store.put("visit", {"theme": "dua", "venue": "Balai"}, of)
        laptop.sync()

    restored(office, tmp_path, work)
    clerk.store.put("visit", {"theme": "tiga"}, of)
    clerk.sync()
    assert laptop.sync().digests_match
    assert clerk.sync().digests_match
    for rig in (laptop, clerk):
        assert (values(rig, of)["theme"], values(rig, of)["venue"]) == ("tiga", "Balai")
        (conflict,) = rig.list("conflict")
        assert (conflict["office_value"], conflict["mine_value"]) == ('"tiga"', '"dua"')


def test_a_village_given_while_the_office_was_later_set_back_is_not_kept(
    laptop: LaptopRig, office: OfficeRig, tmp_path: Path
) -> None:
    def work() -> None:
        office.assign(laptop.account, "71.10.07.2009", "Moyag")
        laptop.sync()
        assert len(laptop.store.person.villages) == 2

    restored(office, tmp_path, work)
    laptop.sync()
    assert laptop.sync().digests_match
    assert len(laptop.store.person.villages) == 1


def test_a_copied_laptop_gets_a_name_of_its_own_and_both_works_are_kept(
    laptop: LaptopRig, office: OfficeRig, tmp_path: Path
) -> None:
    of = visit(laptop)
    laptop.sync()
    laptop.store._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "pimpasa.db").write_bytes((laptop.folder / "pimpasa.db").read_bytes())
    twin = object.__new__(LaptopRig)
    twin.env, twin.folder, twin.account, twin.line = RigEnv("twin"), copy, laptop.account, office.service
    twin.store = Store(copy, b"l" * 32, twin.env)
    attendee(laptop, of, "Asli")
    attendee(twin, of, "Salinan")
    for rig in (laptop, twin, laptop, twin, laptop):
        assert rig.sync().digests_match
    assert laptop.store.standing.device != twin.store.standing.device
    assert (
        {found["name"] for found in laptop.list("attendee")}
        == {found["name"] for found in twin.list("attendee")}
        == {"Asli", "Salinan"}
    )
    twin.close()


def test_a_root_that_was_given_up_goes_with_the_last_that_hung_on_it(laptop: LaptopRig) -> None:
    of = visit(laptop)
    attendee(laptop, of)
    laptop.sync()
    with laptop.store.transaction():
        given_up = laptop.store._shelf.find(of)
        assert given_up
        laptop.store._shelf.disown(given_up)
    laptop.store.take(delivery(laptop, forget=(of,)))
    assert laptop.list("visit") == laptop.list("attendee") == []


# -- slices


def long_answer(laptop: LaptopRig) -> Delivery:
    """Outcomes, inline rows, a page of rows and things to forget, three slices of it."""
    root = row(laptop, 9_000, counter=1, theme="dari kantor")
    guests = [row(laptop, 9_000 + n, "attendee", 1 + n, visit=root.id, name=f"Tamu {n}") for n in range(1, 400)]
    operations = laptop.store.offer(5_000, 10**7)
    outcomes = [Outcome.CLEAN, Outcome.MERGED, Outcome.REFUSED]
    answered = [Answered(op.id, outcomes[n % 3] if n else Outcome.CLEAN, 8_000 + n) for n, op in enumerate(operations)]
    inline = [
        Row("attendee", op.record, 8_000 + n, laptop.account, False, {**op.patch, "name": f"Kantor {n}"})
        for n, op in enumerate(operations)
        if n and n % 3 == 1
    ]
    buckets = frozenset(
        Bucket(place, Level(level)) for place, level in laptop.store._sql.execute("SELECT * FROM open_bucket")
    )
    return delivery(
        laptop, answered=tuple(answered), inline=tuple(inline), rows=(*reversed(guests), root), buckets=buckets,
        forget=(row(laptop, 0, counter=7_777).id,),
    )  # fmt: skip


def test_a_long_answer_is_taken_in_slices_and_the_cursor_moves_with_the_last(laptop: LaptopRig) -> None:
    of = visit(laptop)
    laptop.store.put_all([Draft("attendee", {"visit": of, "name": f"Orang {n}"}) for n in range(200)])
    before = laptop.store.standing.cursor
    cursors: list[bytes] = []

    def between() -> None:
        cursors.append(laptop.store.standing.cursor)
        attendee(laptop, of, f"Sela {len(cursors)}")  # whoever waited to write may do so

    taken = laptop.store.take(long_answer(laptop), between)
    assert cursors == [before] * (len(cursors) - 1) + [b"next"] and len(cursors) == 3
    assert (taken.accepted, taken.merged, taken.refused) == (134, 67, 67)
    names = [str(found["name"]).split()[0] for found in laptop.list("attendee")]
    assert {name: names.count(name) for name in set(names)} == {
        "Tamu": 399, "Kantor": 67, "Orang": 66, "Sela": len(cursors),
    }  # fmt: skip
    assert laptop.store._sql.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("after", [1, 2])
def test_an_answer_that_breaks_off_between_slices_is_taken_again_with_the_same_end(
    tmp_path: Path, office: OfficeRig, officer_account: str, after: int
) -> None:
    """Two laptops hold the same and get the same answer; one of them stops in between and is asked again."""
    ends = []
    for name in ("straight", "broken"):
        rig = LaptopRig(tmp_path / name, RigEnv("same"), office, officer_account)
        of = visit(rig)
        rig.store.put_all([Draft("attendee", {"visit": of, "name": f"Orang {n}"}) for n in range(200)])
        answer = long_answer(rig)
        count = 0

        def between() -> None:
            nonlocal count
            count += 1
            if count == after:
                raise Interrupted

        if name == "broken":
            with pytest.raises(Interrupted):
                rig.store.take(answer, between)
            assert rig.store.standing.cursor != b"next"
        rig.store.take(answer)
        shown = {kind: sorted(rig.list(kind), key=lambda found: str(found["id"])) for kind in ("visit", "attendee")}
        ends.append((shown, rig.store.queries.sums(), rig.store.queries.pending_count(), rig.store.standing.cursor))
        rig.close()
    assert ends[0] == ends[1]


def test_what_an_outcome_says_comes_with_it_and_what_is_forgotten_with_the_last_slice(laptop: LaptopRig) -> None:
    of = visit(laptop)
    laptop.store.put_all([Draft("attendee", {"visit": of, "name": f"Orang {n}"}) for n in range(5)])
    answer = long_answer(laptop)
    before = laptop.store.standing
    first, *others, last = sliced(answer, before, 100)
    assert (first.answered, first.inline, first.buckets) == (answer.answered, answer.inline, answer.buckets)
    assert not any(part.answered or part.inline or part.buckets or part.forget for part in others)
    assert last.forget == answer.forget and last.standing == answer.standing
    halfway = {(part.standing.turn, part.standing.cursor) for part in (first, *others)}
    assert halfway == {(answer.standing.turn, before.cursor)}
    assert list(sliced(replace(answer, rows=()), before, 3)) == [replace(answer, rows=())]
    assert len(list(sliced(replace(answer, compare=True), before, 3))) == 1


def test_a_refusal_that_another_life_of_the_office_judged_differently_takes_that_lifes_secrecy(
    laptop: LaptopRig,
) -> None:
    def refused(number: int, secrecy: str) -> Row:
        return row(
            laptop, number, "rejected", writer=laptop.account, writer_name="Ani Sulastri", operation=compose(92, 1),
            record=compose(93, 1), record_entity="visit", action="put", patch="{}", reason="role", secrecy=secrecy,
        )  # fmt: skip

    store = laptop.store
    store.take(delivery(laptop, rows=(refused(901, "A"),)))
    store.take(delivery(laptop, rows=(refused(902, "C"),)))
    found = store._shelf.find(compose(99, 1))
    assert found and found.level is Level.C
    assert (store.queries.search("sulastri", secret=False), store.queries.search("sulastri", secret=True)) == (
        [found.id],
        [],
    )
