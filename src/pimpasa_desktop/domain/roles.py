"""Who a person is at work. The codes travel and are stored; the labels are shown."""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    FIELD_OFFICER = "field_officer"
    OFFICE_CLERK = "office_clerk"
    INTEL_SECTION = "intel_section"
    HEAD_OF_OFFICE = "head_of_office"
    ADMINISTRATOR = "administrator"


LABELS = {
    Role.FIELD_OFFICER: "PIMPASA",
    Role.OFFICE_CLERK: "Staf kantor",
    Role.INTEL_SECTION: "Inteldakim",
    Role.HEAD_OF_OFFICE: "Kepala Kantor",
    Role.ADMINISTRATOR: "Administrator",
}


class Person(Struct, frozen=True):
    """An account as the rules see it: `villages` are the ids of those assigned today, `offices` those it belongs to."""

    account: str
    role: Role
    offices: frozenset[str]
    villages: frozenset[str]
