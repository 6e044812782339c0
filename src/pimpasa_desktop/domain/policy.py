"""Who may see and change what. One module decides, for the laptop and for the office; a no carries its reason.

Roles see whole buckets (a place and a level). Whoever sees a bucket may write into it where the role writes at
that level at all; the reading roles never do. The office asks again for each operation it receives.
"""

from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from pimpasa_desktop.domain import places
from pimpasa_desktop.domain.entity import Entity, Level, Values
from pimpasa_desktop.domain.operation import Action
from pimpasa_desktop.domain.places import Bucket
from pimpasa_desktop.domain.roles import Person, Role
from pimpasa_desktop.domain.tray import SETTLING, TRAY
from pimpasa_desktop.domain.visit import ADDITIONS, signed_off
from pimpasa_desktop.i18n import _

_READS = {
    Role.FIELD_OFFICER: "",
    Role.OFFICE_CLERK: "BC",
    Role.INTEL_SECTION: "ABC",
    Role.HEAD_OF_OFFICE: "C",
    Role.ADMINISTRATOR: "",
}
_WRITES = {
    Role.FIELD_OFFICER: "ABC",
    Role.OFFICE_CLERK: "BC",
    Role.INTEL_SECTION: "ABC",
    Role.HEAD_OF_OFFICE: "",
    Role.ADMINISTRATOR: "",
}


class Reason(StrEnum):
    """Why an operation is refused. The code travels; the sentence is made where it is read."""

    ALLOWED = ""
    NOT_YOURS = "not_yours"  # outside the writer's grants, or not there at all: both answer alike
    HANDED_OVER = "handed_over"  # a village that the writer had and has no more
    ROLE = "role"
    SIGNED_OFF = "signed_off"
    TORN = "torn"  # hangs on a record that the office does not have
    UNKNOWN_KIND = "unknown_kind"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"


def sentence(reason: str) -> str:
    """The reason for a person, in plain words, with what to do."""
    sentences: dict[str, str] = {
        Reason.NOT_YOURS: _("Catatan ini di luar wilayah Anda. Hubungi kantor bila desa ini tugas Anda."),
        Reason.HANDED_OVER: _("Catatan ini dari wilayah yang sudah dialihkan. Kantor menyimpannya untuk diteruskan."),
        Reason.ROLE: _("Peran Anda tidak mengubah catatan ini. Mintalah petugas yang berwenang."),
        Reason.SIGNED_OFF: _(
            "Kunjungan ini sudah ditandai selesai dan tidak berubah lagi. Tambahkan sebagai tindak lanjut."
        ),
        Reason.TORN: _("Catatan induknya tidak ada di kantor. Periksa apakah kunjungannya sudah dihapus."),
        Reason.UNKNOWN_KIND: _("Kantor belum mengenal jenis catatan ini. Catatan disimpan sampai kantor diperbarui."),
        Reason.TOO_LARGE: _("Catatan ini terlalu besar untuk dikirim. Persingkat isinya lalu kirim lagi."),
    }
    return sentences.get(reason, _("Kantor tidak dapat membaca catatan ini."))


@lru_cache(maxsize=64)
def open_buckets(person: Person) -> frozenset[Bucket]:
    """The buckets that a person may read today."""
    own = places.person(person.account)
    open_ = {Bucket(own, level) for level in Level}
    open_ |= {Bucket(places.members(office), Level.C) for office in person.offices}
    open_ |= {Bucket(places.office(office), Level(level)) for office in person.offices for level in _READS[person.role]}
    if person.role is Role.FIELD_OFFICER:
        for village in person.villages:
            open_ |= {Bucket(places.village(village), Level.B), Bucket(places.village(village), Level.C)}
            open_.add(Bucket(places.person_in_village(person.account, village), Level.A))
    return frozenset(open_)


def handles_secrets(person: Person) -> bool:
    """Whether risk reports are this person's work; who only shares an office with them is shown no sign of them."""
    return "A" in _WRITES[person.role]


def writes(person: Person, level: Level) -> bool:
    """Whether this person writes records of that level at all."""
    return level in _WRITES[person.role]


def makes_villages(person: Person) -> bool:
    """Whether this person adds a village to the office's; an officer works in those that the office gave."""
    return writes(person, Level.C) and person.role is not Role.FIELD_OFFICER


def sees_people(person: Person) -> bool:
    """Whether names of people (level B) come to this person's laptop."""
    return person.role is Role.FIELD_OFFICER or Level.B in _READS[person.role]


def sees(buckets: Collection[Bucket], where: Collection[str], level: Level) -> bool:
    """Whether one of these buckets holds a record of this level whose root lies there."""
    for place in where:  # noqa: SIM110 - asked for each operation: `any` and a Bucket take longer
        if (place, level) in buckets:
            return True
    return False


class Attempt(Struct, frozen=True):
    """A change somebody wants to make. `before` and `after` are the places of the root, before (None: the root
    does not exist yet) and after; `root` its values before; `fields` what the patch touches."""

    entity: Entity
    action: Action
    level: Level
    exists: bool
    before: frozenset[str] | None
    after: frozenset[str]
    root_entity: str
    root: Values
    fields: frozenset[str]


def judge(person: Person, attempt: Attempt) -> Reason:
    """ALLOWED, or the reason why not."""
    buckets = open_buckets(person)
    before = attempt.after if attempt.before is None else attempt.before
    stays = before is attempt.after
    if not (sees(buckets, before, attempt.level) and (stays or sees(buckets, attempt.after, attempt.level))):
        return Reason.NOT_YOURS
    if attempt.action is Action.HEAL and attempt.entity.name in TRAY and _WRITES[person.role]:
        return Reason.ALLOWED  # what was refused to somebody may bear a level at which that person does not write
    if attempt.level not in _WRITES[person.role]:
        return Reason.ROLE
    if attempt.entity.kept_by_office and not _keeps_letterhead(person, attempt):
        return Reason.ROLE
    if attempt.action is Action.HEAL and attempt.entity.name != "village":
        return Reason.ALLOWED  # gives back what the office itself once gave
    if attempt.entity.name in TRAY:
        settles = attempt.action is Action.PUT and attempt.exists and attempt.fields <= SETTLING
        return Reason.ALLOWED if settles else Reason.ROLE
    if attempt.entity.name == "village" and not makes_villages(person):
        return Reason.ROLE
    if attempt.root_entity == "visit" and signed_off(attempt.root):
        addition = attempt.entity.name in ADDITIONS and not attempt.exists
        return Reason.ALLOWED if addition else Reason.SIGNED_OFF
    return Reason.ALLOWED


def may_delete(person: Person, root: Entity, identifier: str, values: Values, author: str) -> bool:
    """Whether this person may delete such a root, so that nothing is offered that is then refused."""
    where = places.places_of(root, identifier, values, author)
    level = root.level_of(values)
    attempt = Attempt(root, Action.DELETE, level, True, where, where, root.name, values, frozenset())
    return judge(person, attempt) is Reason.ALLOWED


def _keeps_letterhead(person: Person, attempt: Attempt) -> bool:
    changes = attempt.entity.name == "office" and attempt.exists and attempt.action is Action.PUT
    return changes and person.role is Role.OFFICE_CLERK
