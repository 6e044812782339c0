"""Who may see and change what, against a table that was written down apart from the rules.

The office's side and the laptop's side ask the same function, so one matrix holds for both.
"""

from itertools import product

import pytest

from pimpasa_desktop.domain.entity import Level, Values, entity
from pimpasa_desktop.domain.operation import Action
from pimpasa_desktop.domain.places import Bucket, places_of
from pimpasa_desktop.domain.policy import Attempt, Reason, judge, may_delete, open_buckets, sees, sentence
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.domain.roles import Person, Role

ME, COLLEAGUE = "me", "colleague"
OWN_OFFICE, OTHER_OFFICE = "own-office", "other-office"
OWN_VILLAGE, OTHER_VILLAGE = "own-village", "other-village"

# Where a root lies, seen from the person who attempts something.
RELATIONS: dict[str, tuple[Values, str]] = {
    "mine here": ({"office": OWN_OFFICE, "village": OWN_VILLAGE}, ME),
    "a colleague's here": ({"office": OWN_OFFICE, "village": OWN_VILLAGE}, COLLEAGUE),
    "a colleague's in another village": ({"office": OWN_OFFICE, "village": OTHER_VILLAGE}, COLLEAGUE),
    "mine in a village I lost": ({"office": OWN_OFFICE, "village": OTHER_VILLAGE}, ME),
    "another office's": ({"office": OTHER_OFFICE, "village": OTHER_VILLAGE}, COLLEAGUE),
    "another office's in my village": ({"office": OTHER_OFFICE, "village": OWN_VILLAGE}, COLLEAGUE),
    "mine without a village": ({"office": OWN_OFFICE}, ME),
    "a colleague's without a village": ({"office": OWN_OFFICE}, COLLEAGUE),
}

# For each role and relation: the levels of records that are seen.
SEEN: dict[tuple[Role, str], str] = {
    (Role.FIELD_OFFICER, "mine here"): "ABC",
    (Role.FIELD_OFFICER, "a colleague's here"): "BC",
    (Role.FIELD_OFFICER, "another office's in my village"): "BC",
    (Role.FIELD_OFFICER, "mine without a village"): "ABC",
    (Role.OFFICE_CLERK, "mine here"): "BC",
    (Role.OFFICE_CLERK, "a colleague's here"): "BC",
    (Role.OFFICE_CLERK, "a colleague's in another village"): "BC",
    (Role.OFFICE_CLERK, "mine in a village I lost"): "BC",
    (Role.OFFICE_CLERK, "mine without a village"): "ABC",
    (Role.OFFICE_CLERK, "a colleague's without a village"): "BC",
    (Role.INTEL_SECTION, "mine here"): "ABC",
    (Role.INTEL_SECTION, "a colleague's here"): "ABC",
    (Role.INTEL_SECTION, "a colleague's in another village"): "ABC",
    (Role.INTEL_SECTION, "mine in a village I lost"): "ABC",
    (Role.INTEL_SECTION, "mine without a village"): "ABC",
    (Role.INTEL_SECTION, "a colleague's without a village"): "ABC",
    (Role.HEAD_OF_OFFICE, "mine here"): "C",
    (Role.HEAD_OF_OFFICE, "a colleague's here"): "C",
    (Role.HEAD_OF_OFFICE, "a colleague's in another village"): "C",
    (Role.HEAD_OF_OFFICE, "mine in a village I lost"): "C",
    (Role.HEAD_OF_OFFICE, "mine without a village"): "ABC",
    (Role.HEAD_OF_OFFICE, "a colleague's without a village"): "C",
    (Role.ADMINISTRATOR, "mine without a village"): "ABC",
}

# Entities by what hangs where: (root, level). Trays, offices and accounts have tests of their own below.
FIELD_WORK = {
    "visit": ("visit", "C"),
    "attendee": ("visit", "B"),
    "follow_up of a visit": ("visit", "C"),
    "photo of a visit": ("visit", "B"),
    "document of a visit": ("visit", "C"),
    "risk_report": ("risk_report", "A"),
    "follow_up of a report": ("risk_report", "A"),
    "photo of a report": ("risk_report", "A"),
    "document of a report": ("risk_report", "A"),
    "referral": ("risk_report", "A"),
    **dict.fromkeys(
        ["activity", "aid", "head_count", "material_delivery", "quote", "speaker"], ("visit", "C")
    ),
    "campaign": ("campaign", "C"),
    "designation": ("designation", "C"),
    "volunteer_group": ("volunteer_group", "C"),
    "volunteer": ("volunteer_group", "B"),
}  # fmt: skip
# How each of these spells the villages in which its root lies.
VILLAGES = {
    "visit": "villages",
    "campaign": "villages",
    "designation": "villages",
    "risk_report": "village",
    "volunteer_group": "village",
}
WRITES = {Role.FIELD_OFFICER: "ABC", Role.OFFICE_CLERK: "BC", Role.INTEL_SECTION: "ABC"}


def person(role: Role) -> Person:
    villages = frozenset({OWN_VILLAGE}) if role is Role.FIELD_OFFICER else frozenset()
    return Person(ME, role, frozenset({OWN_OFFICE}), villages)


def root_places(root: str, relation: str) -> frozenset[str]:
    values, author = RELATIONS[relation]
    spelled: Values = {"office": values["office"]}
    if "village" in values:
        several = VILLAGES[root] == "villages"
        spelled[VILLAGES[root]] = [values["village"]] if several else values["village"]
    return places_of(entity(root), "root", spelled, author)


def attempt(name: str, action: Action, where: frozenset[str], **changes: object) -> Attempt:
    root, level = FIELD_WORK[name]
    declared = entity(name.split()[0])
    exists = action is not Action.PUT
    new_root = not exists and declared.name == root
    facts: dict[str, object] = {
        "entity": declared, "action": action, "level": Level(level), "exists": exists,
        "before": None if new_root else where, "after": where, "root_entity": root, "root": {}, "fields": frozenset(),
    }  # fmt: skip
    return Attempt(**(facts | changes))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("relation", list(RELATIONS))
def test_what_each_role_sees(role: Role, relation: str) -> None:
    buckets = open_buckets(person(role))
    for root in VILLAGES:
        where = root_places(root, relation)
        seen = "".join(level for level in "ABC" if sees(buckets, where, Level(level)))
        assert seen == SEEN.get((role, relation), ""), root


@pytest.mark.parametrize(("role", "relation"), list(product(Role, RELATIONS)))
def test_what_each_role_may_do(role: Role, relation: str) -> None:
    for name, action, exists in product(FIELD_WORK, Action, (False, True)):
        root, level = FIELD_WORK[name]
        if action in (Action.DELETE, Action.RESTORE) and not exists:
            continue
        where = root_places(root, relation)
        reason = judge(person(role), attempt(name, action, where, exists=exists))
        if level not in SEEN.get((role, relation), ""):
            expected = Reason.NOT_YOURS
        elif level not in WRITES.get(role, ""):
            expected = Reason.ROLE
        else:
            expected = Reason.ALLOWED
        assert reason is expected, (name, action, exists)


@pytest.mark.parametrize("role", [Role.HEAD_OF_OFFICE, Role.ADMINISTRATOR])
def test_head_and_administrator_never_write(role: Role) -> None:
    for name, action, relation in product(FIELD_WORK, Action, RELATIONS):
        where = root_places(FIELD_WORK[name][0], relation)
        assert judge(person(role), attempt(name, action, where)) is not Reason.ALLOWED
    for declared, action, level in product(entities(), Action, Level):
        where = frozenset({f"o:{OWN_OFFICE}", f"m:{OWN_OFFICE}", f"s:{ME}"})
        tried = Attempt(declared, action, level, True, where, where, declared.name, {}, frozenset({"settled"}))
        assert judge(person(role), tried) is not Reason.ALLOWED, (declared.name, action)


def test_a_colleague_in_the_same_village_does_not_see_a_report_he_did_not_write() -> None:
    where = places_of(entity("risk_report"), "r", {"office": OWN_OFFICE, "village": OWN_VILLAGE}, COLLEAGUE)
    assert not sees(open_buckets(person(Role.FIELD_OFFICER)), where, Level.A)
    assert judge(person(Role.FIELD_OFFICER), attempt("risk_report", Action.PUT, where)) is Reason.NOT_YOURS


def test_a_clerk_sees_nothing_secret_of_an_office_and_writes_nothing_secret_at_all() -> None:
    clerk = person(Role.OFFICE_CLERK)
    assert {bucket for bucket in open_buckets(clerk) if bucket.level is Level.A} == {Bucket(f"s:{ME}", Level.A)}
    for relation in RELATIONS:
        where = root_places("risk_report", relation)
        assert judge(clerk, attempt("risk_report", Action.PUT, where)) in (Reason.ROLE, Reason.NOT_YOURS)


def test_only_a_field_officer_has_villages() -> None:
    clerk = Person(ME, Role.OFFICE_CLERK, frozenset(), frozenset({OWN_VILLAGE}))
    assert all(bucket.place.startswith("s:") for bucket in open_buckets(clerk))


def test_nobody_moves_a_root_out_of_reach_or_takes_one_from_out_of_reach() -> None:
    here, there = root_places("visit", "mine here"), root_places("visit", "another office's")
    officer = person(Role.FIELD_OFFICER)
    assert judge(officer, attempt("visit", Action.PUT, here, exists=True, before=here, after=there)) is Reason.NOT_YOURS
    assert judge(officer, attempt("visit", Action.PUT, here, exists=True, before=there, after=here)) is Reason.NOT_YOURS


@pytest.mark.parametrize("role", list(WRITES))
@pytest.mark.parametrize("name", ["visit", "attendee", "follow_up of a visit"])
@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("exists", [False, True])
def test_a_visit_that_was_signed_off_takes_new_follow_ups_and_nothing_else(
    role: Role, name: str, action: Action, exists: bool
) -> None:
    if not exists and (name == "visit" or action in (Action.DELETE, Action.RESTORE)):
        return
    where = root_places("visit", "mine here")
    tried = attempt(name, action, where, exists=exists, root={"signed_off_at": "2025-07-03T17:00:00+08:00"})
    free = action is Action.HEAL or (name == "follow_up of a visit" and not exists)
    assert judge(person(role), tried) is (Reason.ALLOWED if free else Reason.SIGNED_OFF)


def test_signing_off_is_the_last_change() -> None:
    where = root_places("visit", "mine here")
    signing = attempt("visit", Action.PUT, where, exists=True, fields=frozenset({"signed_off_at"}))
    assert judge(person(Role.FIELD_OFFICER), signing) is Reason.ALLOWED


@pytest.mark.parametrize("role", list(WRITES))
@pytest.mark.parametrize("name", ["conflict", "rejected"])
@pytest.mark.parametrize("action", [Action.PUT, Action.DELETE, Action.RESTORE])
@pytest.mark.parametrize("exists", [False, True])
@pytest.mark.parametrize("fields", [frozenset({"settled"}), frozenset({"settled", "mine_value"}), frozenset()])
def test_a_tray_record_can_only_be_settled(
    role: Role, name: str, action: Action, exists: bool, fields: frozenset[str]
) -> None:
    where = frozenset({f"o:{OWN_OFFICE}", f"s:{ME}"})
    tried = Attempt(entity(name), action, Level.B, exists, where, where, name, {}, fields)
    settles = action is Action.PUT and exists and fields <= {"settled"}
    assert judge(person(role), tried) is (Reason.ALLOWED if settles else Reason.ROLE)


def test_a_conflict_in_a_signed_off_visit_can_still_be_settled() -> None:
    where = root_places("visit", "mine here")
    settled = frozenset({"settled"})
    signed = {"signed_off_at": "2025-07-03T17:00:00+08:00"}
    tried = Attempt(entity("conflict"), Action.PUT, Level.C, True, where, where, "visit", signed, settled)
    assert judge(person(Role.FIELD_OFFICER), tried) is Reason.ALLOWED


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", ["office", "account", "assignment"])
@pytest.mark.parametrize("action", [Action.PUT, Action.DELETE, Action.RESTORE])
@pytest.mark.parametrize("exists", [False, True])
def test_of_what_the_office_keeps_a_clerk_changes_the_letterhead_and_nobody_anything_else(
    role: Role, name: str, action: Action, exists: bool
) -> None:
    where = frozenset({f"o:{OWN_OFFICE}", f"m:{OWN_OFFICE}", f"s:{ME}"})
    tried = Attempt(
        entity(name), action, entity(name).level_of({}), exists, where, where, name, {}, frozenset({"name"})
    )
    letterhead = role is Role.OFFICE_CLERK and name == "office" and action is Action.PUT and exists
    assert (judge(person(role), tried) is Reason.ALLOWED) == letterhead


def test_the_table_of_field_work_names_every_entity_at_its_own_level() -> None:
    shared_or_kept = {"office", "account", "assignment", "village", "conflict", "rejected", "material"}
    assert {name.split()[0] for name in FIELD_WORK} == {e.name for e in entities()} - shared_or_kept
    for name, (root, level) in FIELD_WORK.items():
        assert entity(name.split()[0]).level_of({root: "x"}) == level, name


def test_a_material_of_an_office_is_seen_by_all_its_people_and_by_no_others() -> None:
    where = places_of(entity("material"), "m", {"office": OWN_OFFICE}, COLLEAGUE)
    elsewhere = places_of(entity("material"), "m", {"office": OTHER_OFFICE}, COLLEAGUE)
    for role in Role:
        assert sees(open_buckets(person(role)), where, Level.C)
        assert not sees(open_buckets(person(role)), elsewhere, Level.C)


@pytest.mark.parametrize("role", list(Role))
def test_villages_are_made_by_those_who_sit_in_the_office(role: Role) -> None:
    where = places_of(entity("village"), OWN_VILLAGE, {"office": OWN_OFFICE}, ME)
    tried = Attempt(entity("village"), Action.PUT, Level.C, False, None, where, "village", {}, frozenset({"name"}))
    assert (judge(person(role), tried) is Reason.ALLOWED) == (role in (Role.OFFICE_CLERK, Role.INTEL_SECTION))


@pytest.mark.parametrize("reason", [*map(str, Reason), "a reason of a newer office"])
def test_each_reason_has_a_sentence_and_an_unknown_one_too(reason: str) -> None:
    assert sentence(reason).endswith(".")


def test_reasons_have_sentences_of_their_own() -> None:
    told = [reason for reason in Reason if reason not in (Reason.ALLOWED, Reason.MALFORMED)]
    assert len({sentence(reason) for reason in told}) == len(told)


@pytest.mark.parametrize(
    ("role", "signed", "may"),
    [
        (Role.FIELD_OFFICER, "", True),
        (Role.FIELD_OFFICER, "2025-07-03T13:00:00+08:00", False),
        (Role.OFFICE_CLERK, "", True),
        (Role.HEAD_OF_OFFICE, "", False),
    ],
)
def test_a_visit_is_deleted_by_who_may_write_in_it_until_it_is_signed_off(role: Role, signed: str, may: bool) -> None:
    values = {"office": OWN_OFFICE, "villages": [OWN_VILLAGE], "signed_off_at": signed}
    assert may_delete(person(role), entity("visit"), "visit", values, COLLEAGUE) == may
