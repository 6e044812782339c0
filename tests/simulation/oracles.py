"""What must hold: of every answer, of a laptop before and after an exchange, and of everything once it is quiet."""

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from pimpasa_desktop.domain import digest
from pimpasa_desktop.domain.entity import REGISTRY, declaration
from pimpasa_desktop.domain.ids import derived
from pimpasa_desktop.domain.operation import Outcome
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.store.tables import table_of
from pimpasa_desktop.sync.protocol import messages
from pimpasa_desktop.sync.protocol.messages import Answer
from pimpasa_desktop.sync.protocol.receipts import Receipt
from pimpasa_office.service import SET_BACK
from simulation import reach
from simulation.saves import EXISTENCE, View, fact, facts_of, spelled

if TYPE_CHECKING:
    from simulation.world import Laptop, World

CANARY = re.compile(rb"canary\d+;")
ADDITIONS = ("follow_up", "conflict", "document", "rejected")


def must(holds: object, sentence: str, *details: object) -> None:
    if not holds:
        from simulation.world import Violation

        raise Violation(" ".join([sentence, *map(str, details)]))


def must_be_same(before: reach.Records, after: reach.Records) -> None:
    must(before == after, "a request that was not answered changed the ledger")


# -- an answer: nothing outside a grant, in a record, a digest or a count


def answer(world: "World", account: str, body: bytes, reply: bytes, before: reach.Records) -> None:
    records = world.office.records()
    person = reach.who(records, account)
    may = reach.visible(records, person)
    plain = messages._plain(reply[64:], messages.ANSWER_PLAIN_MAX)
    opened = messages._decoded(reply[64:], Answer, messages.ANSWER_PLAIN_MAX)
    told = world.told[account]
    inline = messages.unpack_rows(opened.ids, opened.inline)
    rows = messages.unpack_rows(opened.ids, opened.rows)
    for row in (*inline, *rows):
        must(row.id in may, f"{person.role} was sent a record outside the grants:", row)
        must(_row(row) == may[row.id].row, "a record was sent that is not the office's:", row)
    told |= {row.id for row in (*inline, *rows)}
    for root in opened.forget:
        identifier = str(messages.UUID(bytes=root))
        if identifier not in records:  # erased, or refused about something that was
            must(world.erased, "a root was to be forgotten that never was:", identifier)
            continue
        secret = reach.level(records[identifier]) == "A" and records[identifier].author != account
        must(identifier in told or not secret, f"{person.role} was told to forget a secret:", records[identifier])
    allowed = set(CANARY.findall(json.dumps([record.values for record in may.values()]).encode()))
    outside = set(CANARY.findall(plain)) - allowed
    must(not outside, f"{person.role} was sent text outside the grants:", outside)
    sums = _sums(records, person)
    for bucket in opened.buckets or ():
        place, _, level = bucket.rpartition(" ")
        must(
            (place, level) in _open(records, person), f"{person.role} was told of a bucket outside the grants:", bucket
        )
    if not opened.more:
        must(opened.digest == digest.over(sums), f"the digest for {person.role} is not that of what may be seen")
    _accepted(world, person, before)
    _count(world, opened, body)


def _row(row: Row) -> tuple[object, ...]:
    return (row.entity, row.id, row.number, row.author, row.deleted, row.values)


def _open(records: reach.Records, person: reach.Who) -> set[tuple[str, str]]:
    """The buckets of a person, as the rules say them."""
    (office,) = (record.id for record in records.values() if record.entity == "office")
    open_ = {(f"s:{person.account}", level) for level in "ABC"} | {(f"m:{office}", "C")}
    open_ |= {(f"o:{office}", level) for level in {"office_clerk": "BC", "intel_section": "ABC"}.get(person.role, "")}
    if person.role == "field_officer":
        for village in person.villages:
            open_ |= {(f"v:{village}", "B"), (f"v:{village}", "C"), (f"v:{village}:s:{person.account}", "A")}
    return open_


def _places(root: reach.Kept) -> set[str]:
    values = root.values
    match root.entity:
        case "office":
            return {f"o:{root.id}", f"m:{root.id}"}
        case "account":
            return {f"s:{root.id}", *(f"o:{office}" for office in values["offices"])}
        case "assignment":
            return {f"s:{values['account']}", f"o:{values['office']}"}
        case "rejected":
            return {f"s:{values['writer']}", f"o:{values['office']}"}
        case "village":
            return {f"o:{values['office']}", f"v:{root.id}", f"v:{root.id}:s:{root.author}"}
    where = values.get("villages" if root.entity == "visit" else "village") or []
    villages = [where] if isinstance(where, str) else where
    places = {place for village in villages for place in (f"v:{village}", f"v:{village}:s:{root.author}")}
    return {f"o:{values['office']}", *(places or {f"s:{root.author}"})}


def _sums(records: reach.Records, person: reach.Who) -> dict[Bucket, int]:
    open_ = _open(records, person)
    sums: dict[Bucket, int] = {}
    for record in reach.visible(records, person).values():
        spelling = digest.canonical(record.entity, record.author, record.deleted, record.values)
        term = digest.term(record.id, record.number, spelling)
        for place in _places(reach.root_of(records, record)):
            bucket = Bucket(place, reach.level(record))
            if bucket in open_:
                sums[bucket] = (sums.get(bucket, 0) + term) % digest.MODULUS
    return sums


def _accepted(world: "World", person: reach.Who, before: reach.Records) -> None:
    """What was accepted lies within the writer's grants, and nothing happened to a visit that was signed off."""
    records = world.office.records()
    for operation, accepted in world.office.decided:
        if accepted.outcome is Outcome.REFUSED:
            continue
        record = records[operation.record]
        must(
            reach.sees(records, person, record),
            f"an operation of a {person.role} outside the grants was accepted",
            record,
        )
        root = reach.root_of(records, record)
        was = before.get(root.id)
        closed = root.entity == "visit" and was is not None and was.values.get("signed_off_at")
        fine = operation.action == "heal" or record.entity in ADDITIONS
        must(fine or not closed, "a visit that was signed off was changed:", operation)


def _count(world: "World", opened: Answer, body: bytes) -> None:
    records, counts = world.office.records(), world.counts
    for operation, accepted in world.office.decided:
        if accepted.outcome is Outcome.REFUSED:
            if operation.action == "heal" and not accepted.inline[0]:
                counts["heal not needed"] += 1
                continue
            refused = records.get(accepted.inline[0])
            must(refused, "a refused operation is not kept:", operation)
            counts[f"refused: {refused.values['reason']}"] += 1
            continue
        if operation.action == "heal":
            counts["heal accepted"] += 1
        for identifier in accepted.inline[1:]:
            existence = records[identifier].values["field_name"] == EXISTENCE
            counts["conflict about existence" if existence else "conflict"] += 1
    for status in opened.statuses:
        if status != Outcome.REFUSED:
            counts[Outcome(status).name] += 1
    answered = len(opened.statuses) - opened.statuses.count(Outcome.LATER)
    counts["answered again"] += answered - len(world.office.decided)
    counts["copy detected"] += bool(opened.device)
    counts["compared"] += bool(opened.compare)
    counts["paged"] += bool(opened.more)
    counts["forgotten"] += len(opened.forget)
    if opened.compare:
        world.copies_around = True


# -- a laptop


def unsent_is_shown(laptop: "Laptop") -> None:
    """What was typed here and not answered yet is what the queries show."""
    for (identifier,) in laptop.rows("SELECT DISTINCT record FROM outbox WHERE action <> 'heal'"):
        wanted: dict[str, str] = {}
        for operation in laptop.store._shelf.pending(identifier):
            if operation.action != "heal":
                wanted |= facts_of(operation)
        view = laptop.view(identifier)
        assert view is not None
        for name, value in wanted.items():
            must(fact(view, name) == value, f"an unsent edit is hidden on {laptop.name}:", identifier, name, value)


def nothing_half(laptop: "Laptop", before: "dict[str, View | None]") -> None:
    """Of what a person was told is not saved nothing is there."""
    for operation in laptop.queued:
        must(not laptop.rows("SELECT 1 FROM outbox WHERE id = ?", operation.id), "queued and not saved:", operation)
    for record, view in before.items():
        must(laptop.view(record) == view, f"{laptop.name} shows what was not saved:", record)


def laptop_holds_what_it_may(laptop: "Laptop") -> None:
    """After a whole exchange: the received rows are the office's records within the grants, no more and no less."""
    world = laptop.world
    records = world.office.records()
    person = reach.who(records, laptop.account)
    wanted = {found: record.row for found, record in reach.visible(records, person).items()}
    here = {}
    for (identifier,) in laptop.rows("SELECT id FROM record"):
        stored = laptop.store._shelf.find(identifier)
        assert stored is not None
        received = laptop.store._shelf.received(stored)
        if received is None:
            must(laptop.store._shelf.pending(identifier), "a record was never sent and is not queued:", stored)
        else:
            here[identifier] = _row(received)
    for identifier in here.keys() | wanted.keys():
        must(
            here.get(identifier) == wanted.get(identifier),
            f"{laptop.name} ({person.role}) and the office differ:\n  here",
            here.get(identifier),
            "\n  there",
            wanted.get(identifier, records.get(identifier) and f"(hidden) {records[identifier]}"),
        )
    must(laptop.store.queries.sums() == _sums(records, person), f"the digest of {laptop.name} is not that of its rows")


def receipt_is_true(laptop: "Laptop", root: str, receipt: Receipt) -> None:
    """Of a visit for which a laptop keeps a receipt the office holds all that the laptop shows, and nothing else."""
    records = laptop.world.office.records()
    there = {found: record for found, record in records.items() if reach.root_of(records, record).id == root}
    here = laptop.whole(root)
    wanted = {found: View(record.deleted, record.values) for found, record in there.items()}
    must(here == wanted, f"{laptop.name} keeps a receipt of what the office does not hold:", here, "\n", wanted)
    living = Counter(record.entity for record in there.values() if not record.deleted)
    told = receipt.told
    must(dict(told.counts) == living, f"a receipt of {laptop.name} counts wrongly:", told.counts, living)
    last = max(record.number for record in there.values())
    photos = laptop.world.album.counted(root)
    must(told.photos == photos, f"a receipt of {laptop.name} counts photos wrongly:", told.photos, photos)
    must((told.visit_id, told.number) == (root, last), "a receipt speaks of something else:", told, root, last)


def sound(laptop: "Laptop") -> None:
    """The file is whole and its derived tables say what the records say."""
    must(not laptop.rows("PRAGMA foreign_key_check"), f"torn references on {laptop.name}")
    must(laptop.store._audit.broken_at() is None, f"the audit chain of {laptop.name} is broken")
    wanted: dict[str, dict[int, str]] = {"search": {}, "search_secret": {}}
    keys = set()
    for (name,) in laptop.rows("SELECT DISTINCT entity FROM record ORDER BY entity"):
        declared = declaration(name)
        unread = name not in REGISTRY
        table = table_of(declared)
        for key, level, *cells in laptop.rows(
            f'SELECT r.key, r.level, {table.columns} FROM "{name}" e JOIN record r ON r.key = e.key'
        ):
            keys.add(key)
            values = table.values(cells)
            laptop.world.counts["kept unread"] += unread
            must(unread or level == declared.level_of(values), f"a level is wrong on {laptop.name}", values)
            if text := table.text(values):
                wanted["search_secret" if level == "A" else "search"][key] = text
    must(keys == {key for (key,) in laptop.rows("SELECT key FROM record")}, f"records without a row on {laptop.name}")
    for index, texts in wanted.items():
        found = {key: text for key, text in laptop.rows(f"SELECT rowid, text FROM {index}") if text}
        must(found == texts, f"the {index} of {laptop.name} does not say what its records say")
    aside = laptop.rows(
        "SELECT key FROM received WHERE key NOT IN (SELECT r.key FROM record r JOIN outbox o ON o.record = r.id)"
    )
    must(not aside, f"versions kept aside for nothing on {laptop.name}")


# -- everything, once it is quiet


def quiet(world: "World") -> None:
    records = world.office.records()
    _erased(world, records)
    for laptop in world.reachable():
        must(not laptop.rows("SELECT id FROM outbox"), f"{laptop.name} still has something to send")
        laptop_holds_what_it_may(laptop)
        sound(laptop)
    lost = world.saves.lost(world.evidence(anywhere=False))
    must(not lost, "acknowledged and lost:", *(f"\n  {save}" for save in lost))
    _refused(world, records)
    world.album.quiet(records)
    if not world.copies_around:
        _no_false_conflict(world, records)
    alarms = [alarm for alarm in world.office.alarms if alarm != SET_BACK]
    must(not alarms, "the office raised an alarm:", alarms)
    _books(world, records)


def _erased(world: "World", records: reach.Records) -> None:
    """Of what was erased nothing is left where the office can reach."""
    if not world.erased_text:
        return
    spelled = json.dumps([record.values for record in records.values()])
    with world.office.ledger.engine.connect() as connection:
        spelled += repr(connection.exec_driver_sql("SELECT content FROM blob_part").fetchall())
    left = {text for text in world.erased_text if text in spelled}
    must(not left, "the office still has what was erased:", left)
    for laptop in world.reachable():
        for (name,) in laptop.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
            held = repr(laptop.rows(f'SELECT * FROM "{name}"'))
            left = {text for text in world.erased_text if text in held}
            must(not left, f"{laptop.name} still has what was erased in {name}:", left)


def _refused(world: "World", records: reach.Records) -> None:
    kept = {record.values["operation"]: record for record in records.values() if record.entity == "rejected"}
    for operation, account in world.office.refused.items():
        spoken = world.office.spoken[operation]
        gone = derived("rejected", operation) in world.erased
        if gone or "entity='rejected'" in spoken or any(erased in spoken for erased in world.erased):
            continue  # goes with what it speaks of
        if operation not in kept and world.copies_around and _only_on_revoked(world, operation):
            continue  # the office was set back, and who could have given it back was turned away
        if operation not in kept and world.office.effects[operation]:
            continue  # no laptop had heard of the refusal when the office was set back; judged anew, it was accepted
        must(operation in kept, "a refused operation is listed nowhere:", operation)
        record = kept[operation]
        must(record.values["writer"] == account, "a refused operation has another's name:", record)
        if not record.values.get("settled") and not record.deleted:
            for laptop in world.reachable():
                listed = {found.id for found in laptop.store.queries.every(_rejected())}
                must(laptop.account != account or record.id in listed, f"{laptop.name} does not list", record)


def _only_on_revoked(world: "World", operation: str) -> bool:
    holding = [one for one in world.laptops if one.rows("SELECT 1 FROM rejected WHERE operation = ?", operation)]
    return bool(holding) and all(one.revoked for one in holding)


def _rejected() -> "object":
    from pimpasa_desktop.domain.tray import Rejected

    return Rejected.entity


def _no_false_conflict(world: "World", records: reach.Records) -> None:
    """Nobody is asked about a value that the writer had seen."""
    for record in records.values():
        values = record.values
        if record.entity != "conflict" or values["field_name"] == EXISTENCE:
            continue
        mine, office = (spelled(json.loads(values[side])) for side in ("mine_value", "office_value"))
        for save in world.saves.all:
            same = (save.record, save.field, save.value) == (values["record"], values["field_name"], mine)
            false = same and save.parents == {office} and CANARY.search(mine.encode()) and office != '""'
            must(not false, "a conflict with a value that the writer had seen:", values)


def _books(world: "World", records: reach.Records) -> None:
    """The office's places and sums say what its records say."""
    sums: dict[tuple[str, str], int] = {}
    for record in records.values():
        term = digest.term(
            record.id, record.number, digest.canonical(record.entity, record.author, record.deleted, record.values)
        )
        for place in _places(reach.root_of(records, record)):
            bucket = (place, reach.level(record))
            sums[bucket] = (sums.get(bucket, 0) + term) % digest.MODULUS
    with world.office.ledger.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT place, level, sum FROM bucket").fetchall()
    stored = {(place, level): int.from_bytes(value, "big") for place, level, value in kept}
    stored = {bucket: value for bucket, value in stored.items() if value}
    must(stored == sums, "the office's sums are not those of its records")
