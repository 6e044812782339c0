"""Who may see which record, worked out a second time and differently: from roles, villages and authors in the
office's records, record by record, without buckets and without anything that the program itself computes."""

from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """A record of the ledger."""

    id: str
    entity: str
    number: int
    author: str
    deleted: bool
    values: Values

    @property
    def row(self) -> tuple[str, str, int, str, bool, Values]:
        return (self.entity, self.id, self.number, self.author, self.deleted, self.values)


Records = dict[str, Kept]


@dataclass(frozen=True)
class Who:
    account: str
    role: str
    villages: frozenset[str]


def who(records: Records, account: str) -> Who:
    villages = set()
    for record in records.values():
        values = record.values
        if record.entity == "assignment" and values["account"] == account and not record.deleted:
            villages |= set() if values.get("ends_on") else {values["village"]}
    return Who(account, records[account].values["role"], frozenset(villages))


def level(record: Kept) -> str:
    match record.entity:
        case "risk_report":
            return "A"
        case "follow_up":
            return "A" if record.values.get("risk_report") else "C"
        case "photo":
            return "A" if record.values.get("risk_report") else "B"
        case "attendee" | "account":
            return "B"
        case "conflict" | "rejected":
            return str(record.values["secrecy"])
    return "C"


def root_of(records: Records, record: Kept) -> Kept:
    values = record.values
    above = {
        "attendee": values.get("visit"),
        "follow_up": values.get("risk_report") or values.get("visit"),
        "photo": values.get("risk_report") or values.get("visit"),
        "conflict": values.get("about"),
    }.get(record.entity)
    return root_of(records, records[above]) if above else record


def sees(records: Records, person: Who, record: Kept) -> bool:
    secrecy = level(record)
    if record.entity == "office":
        return True
    if person.role == "intel_section" or (person.role == "office_clerk" and secrecy in "BC"):
        return True
    root = root_of(records, record)
    match root.entity:
        case "account":
            return root.id == person.account
        case "assignment":
            return bool(root.values["account"] == person.account)
        case "rejected":
            return bool(root.values["writer"] == person.account)
        case "village":
            return person.role == "field_officer" and root.id in person.villages
    where = root.values.get("villages" if root.entity == "visit" else "village") or []
    places = {where} if isinstance(where, str) else set(where)
    mine = root.author == person.account
    if not places:
        return mine
    return person.role == "field_officer" and bool(places & person.villages) and (secrecy != "A" or mine)


def visible(records: Records, person: Who) -> Records:
    return {record.id: record for record in records.values() if sees(records, person, record)}
