"""A person who uses the program, and the villages given to that person until they are taken again."""

from pimpasa_desktop.domain.entity import Level, Record, Values, field
from pimpasa_desktop.domain.kinds import Choice, Day, Flag, Ref, Refs, Text
from pimpasa_desktop.domain.roles import LABELS


class Account(
    Record, entity="account", label="Akun", level=Level.B, office="offices", people=("id",), kept_by_office=True
):
    name: str = field(Text(120), "Nama", required=True, in_table=True)
    role: str = field(Choice({role.value: label for role, label in LABELS.items()}), "Peran", required=True)
    offices: list[str] = field(Refs("office"), "Kantor", required=True)
    position_title: str = field(Text(120), "Jabatan")
    civil_servant_number: str = field(Text(30), "NIP")
    closed: bool = field(Flag(), "Ditutup")


class Assignment(
    Record,
    entity="assignment",
    label="Penugasan desa",
    level=Level.C,
    office="office",
    people=("account",),
    identity=("office", "account", "village"),
    kept_by_office=True,
):
    office: str = field(Ref("office"), "Kantor", required=True)
    account: str = field(Ref("account"), "Petugas", required=True)
    village: str = field(Ref("village"), "Desa", required=True)
    starts_on: str = field(Day(), "Mulai")
    ends_on: str = field(Day(), "Sampai")


def in_force(values: Values) -> bool:
    """Whether an assignment holds: from when it is written until it is ended. The days tell people since when and
    until when; no clock is held against them, for one that went wrong would take villages from those who work there."""
    return not values.get("ends_on")
