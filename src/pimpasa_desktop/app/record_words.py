"""Records and their values in words, from the declarations: a row of a list, a word for what a record refers to.

It writes nothing and knows no screen. Words are in the language of the screen.
"""

from collections.abc import Callable
from datetime import date

from pimpasa_desktop.app import when
from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.widgets.record_field import Choosable
from pimpasa_desktop.domain.attendee import STAKEHOLDER_GROUPS
from pimpasa_desktop.domain.entity import REGISTRY, Entity, Field, Values, is_empty
from pimpasa_desktop.domain.kinds import Choice, Count, Day, Flag, Many, Moment, Phone, Ref, Refs
from pimpasa_desktop.domain.speaker import full_name
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.spelling import number

NAMES = ("name", "title")  # what a person calls a record by, where it has one
APART = " · "


def title(context: Context, declared: Entity, values: Values) -> str:
    """What a person calls this record: its name, or what is filled first of what stands in a table."""
    return _named(context, declared, values)[0]


def details(context: Context, declared: Entity, values: Values) -> list[str]:
    """The rest of what stands in a table, in words."""
    calling = _named(context, declared, values)[1]
    shown = (field for field in declared.fields.values() if field.in_table and field.name not in calling)
    return [words for field in shown if (words := _told(context, field, values))]


def of(context: Context, identifier: str) -> str:
    """A record by its id; "" where it is not here."""
    try:
        listed = context.queries.get(identifier)
    except Problem:
        return ""
    return title(context, REGISTRY[listed.entity], listed.values)


def choosable(context: Context, name: str) -> list[Choosable]:
    """The records of an entity that are here, to choose among."""
    if name not in REGISTRY:
        return []
    declared = REGISTRY[name]
    found = []
    for listed in context.queries.every(declared):
        called = title(context, declared, listed.values)
        beside = _path(context, declared, listed.values)
        found.append(Choosable(listed.id, called, ", ".join([called, *beside])))
    return found


def label(field: Field) -> str:
    return _(field.label)


def options(kind: Choice | Many) -> list[tuple[str, str]]:
    """What may be chosen, in the language of the screen; what is retired is not offered."""
    retired = kind.retired if isinstance(kind, Choice) else frozenset()
    return [(code, _capital(_(words))) for code, words in kind.options.items() if code not in retired]


def option(kind: Choice | Many, code: str) -> str:
    """One answer in words; an unknown one as it came."""
    return _capital(_(kind.options[code])) if code in kind.options else code


def group(code: str) -> str:
    """The stakeholder group of a person."""
    return _(STAKEHOLDER_GROUPS[code]) if code in STAKEHOLDER_GROUPS else code


def quantity(values: Values) -> str:
    """50 paket"""
    counted = values.get("quantity")
    return " ".join(filter(None, (number(counted) if counted is not None else "", str(values.get("unit", "")))))


def _named(context: Context, declared: Entity, values: Values) -> tuple[str, frozenset[str]]:
    """What the record is called, and the fields that this tells already."""
    if declared.name in _SPECIAL:
        called, told = _SPECIAL[declared.name](values)
        if called:
            return called, told
    ordered = [declared.fields[name] for name in NAMES if name in declared.fields]
    ordered += [field for field in declared.fields.values() if field.in_table]
    for field in ordered:
        if words := value(context, field, values.get(field.name)):
            return words, frozenset({field.name})
    return _(declared.label), frozenset()


def _person(values: Values) -> tuple[str, frozenset[str]]:
    return full_name(values) if values.get("name") else "", frozenset({"name"})


def _given(values: Values) -> tuple[str, frozenset[str]]:
    item, much = str(values.get("item", "")), quantity(values)
    return f"{item}, {much}" if much else item, frozenset({"item", "quantity", "unit"})


def _agreed(values: Values) -> tuple[str, frozenset[str]]:
    return str(values.get("text", "")), frozenset({"text", "done_on"})  # done is a tick beside it


_SPECIAL: dict[str, Callable[[Values], tuple[str, frozenset[str]]]] = {
    "speaker": _person,
    "aid": _given,
    "follow_up": _agreed,
}


def _told(context: Context, field: Field, values: Values) -> str:
    """A value that says by itself what it is; a number and a day need the label."""
    words = value(context, field, values.get(field.name))
    return f"{label(field)} {words}" if words and isinstance(field.kind, Count | Day | Moment) else words


def value(context: Context, field: Field, raw: object) -> str:
    """A value as people write it; "" for none."""
    kind = field.kind
    if is_empty(raw):
        return ""
    if isinstance(raw, list):
        if isinstance(kind, Many):
            return ", ".join(option(kind, code) for code in raw)
        return ", ".join(_reference(context, identifier) for identifier in raw)
    text = str(raw)
    if isinstance(kind, Choice):
        return option(kind, text)
    if isinstance(kind, Ref | Refs):
        return _reference(context, text)
    if isinstance(kind, Day | Moment):
        return day(text) if isinstance(kind, Day) else moment(context, text)
    if isinstance(kind, Flag):
        return label(field)
    if isinstance(kind, Count) and isinstance(raw, int):
        return number(raw)
    return phone(text) if isinstance(kind, Phone) else text


def day(text: str) -> str:
    """Kamis, 3 Juli 2025; what is no day as it came."""
    try:
        return when.long_day(date.fromisoformat(text))
    except ValueError:
        return text


def moment(context: Context, text: str) -> str:
    zone = when.zone_at(text, context.zone)
    at = when.local(text, zone)
    return when.whole(at, zone) if at else text


def phone(text: str) -> str:
    """A number of this country as one dials it."""
    return "0" + text[3:] if text.startswith("+62") else text


def _reference(context: Context, identifier: str) -> str:
    return of(context, identifier) or _("di luar wilayah Anda")


def _path(context: Context, declared: Entity, values: Values) -> list[str]:
    """What tells two records of one name apart."""
    region = context.regions.village(str(values.get("region_code", ""))) if declared.name == "village" else None
    if region:
        return [_("Kec. {name}").format(name=region.district), region.regency, region.province]
    return details(context, declared, values)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
