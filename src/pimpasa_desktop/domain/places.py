"""Where a root lies, as places; a bucket is a place and a level. Grants open whole buckets.

Written as short words: `o:` an office, `v:` a village, `s:` a person, `v:…:s:…` what that person wrote in that
village, `m:` everybody of an office. The same function runs on laptop and office, so nothing of this travels.
"""

from typing import NamedTuple

from pimpasa_desktop.domain.entity import Entity, Level, Values


class Bucket(NamedTuple):
    place: str
    level: Level


def office(identifier: str) -> str:
    return f"o:{identifier}"


def members(identifier: str) -> str:
    return f"m:{identifier}"


def village(identifier: str) -> str:
    return f"v:{identifier}"


def village_named(place: str) -> str:
    """The id of the village that a place is, or ""."""
    prefix, _colon, identifier = place.partition(":")
    return identifier if prefix == "v" and ":" not in identifier else ""


def person(identifier: str) -> str:
    return f"s:{identifier}"


def person_in_village(account: str, identifier: str) -> str:
    return f"v:{identifier}:s:{account}"


def _ids(values: Values, name: str) -> list[str]:
    found = values.get(name) or []
    return [found] if isinstance(found, str) else list(found)


def villages_of(entity: Entity, identifier: str, values: Values) -> list[str]:
    """The ids of the villages in which a root with these values lies."""
    if entity.villages == "id":
        return [identifier]
    return _ids(values, entity.villages) if entity.villages else []


def places_of(entity: Entity, identifier: str, values: Values, author: str) -> frozenset[str]:
    """All places of a root: its office, each of its villages (and its author there), the people that it
    concerns; its author alone where there is no village."""
    if entity.office == "id":
        return frozenset({office(identifier), members(identifier)})
    offices = _ids(values, entity.office) if entity.office else []
    places = {office(found) for found in offices}
    if entity.shared:
        places |= {members(found) for found in offices}
    for found in villages_of(entity, identifier, values):
        places |= {village(found), person_in_village(author, found)}
    concerned = [who for name in entity.people for who in ([identifier] if name == "id" else _ids(values, name))]
    places |= {person(who) for who in concerned}
    if not entity.people and not villages_of(entity, identifier, values):
        places.add(person(author))
    return frozenset(places)
