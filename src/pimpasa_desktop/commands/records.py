"""`pimpasa record ...`: records in and out as JSON lines."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from pimpasa_desktop.commands.parser import say
from pimpasa_desktop.domain.entity import Entity
from pimpasa_desktop.domain.entity import entity as declared_as
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.home import Home
from pimpasa_desktop.i18n import _
from pimpasa_desktop.intake.json_lines import Line, read
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Draft, Unacceptable

if TYPE_CHECKING:
    from pimpasa_desktop.commands.parser import Commands


def add(commands: "Commands") -> None:
    parser = commands.add_parser("record", help=_("tulis, baca, dan hapus catatan"))
    actions = parser.add_subparsers(title=_("perintah"), metavar="PERINTAH", required=True)
    putting = actions.add_parser("put", help=_("simpan baris JSON dari stdin; baris dengan id mengubah catatan itu"))
    putting.add_argument("entity", metavar="ENTITY")
    putting.set_defaults(run=put)
    schema_of = actions.add_parser("schema", help=_("JSON Schema dari jenis catatan"))
    schema_of.add_argument("entity", metavar="ENTITY", nargs="?")
    schema_of.set_defaults(run=schema)
    listing = actions.add_parser("list", help=_("daftar catatan sebagai baris JSON"))
    listing.add_argument("entity", metavar="ENTITY")
    listing.add_argument("--where", metavar="F=V", action="append", default=[], help=_("hanya yang isiannya sama"))
    listing.set_defaults(run=list_)
    for name, run, help_ in (
        ("get", get, _("satu catatan")),
        ("delete", delete, _("hapus satu catatan")),
        ("restore", restore, _("kembalikan catatan yang dihapus")),
    ):
        action = actions.add_parser(name, help=help_)
        action.add_argument("entity", metavar="ENTITY")
        action.add_argument("id", metavar="ID")
        action.set_defaults(run=run)


def put(home: Home, options: Namespace) -> None:
    """Everything is read before anything is written, and written in one transaction."""
    declared = declared_as(options.entity)
    lines = list(read(sys.stdin.buffer))
    drafts = [_draft(declared, line) for line in lines]
    with home.writing() as store:
        try:
            written = store.put_all(drafts)
        except Unacceptable as refused:
            raise _at(lines[refused.position].number, refused) from None
    for identifier in written:
        say({"id": identifier})


def _draft(declared: Entity, line: Line) -> Draft:
    raw = dict(line.value)
    identifier = raw.pop("id", "") or ""
    if not isinstance(identifier, str):
        raise _at(line.number, Problem(_("id harus berupa teks.")))
    try:
        return Draft(declared.name, declared.read(raw), identifier)
    except Problem as problem:
        raise _at(line.number, problem) from None


def _at(number: int, problem: Problem) -> Problem:
    return Problem(
        _("Baris {number}: {sentence} Tidak ada yang disimpan; perbaiki baris itu lalu ulangi.").format(
            number=number, sentence=problem.sentence
        )
    )


def schema(home: Home, options: Namespace) -> None:
    """Of one entity; without a name, a line for each."""
    for declared in [declared_as(options.entity)] if options.entity else entities():
        say(_schema(declared))


def _schema(declared: Entity) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": declared.name,
        "description": declared.label,
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            **{name: f.kind.schema() | {"title": f.label} for name, f in declared.fields.items()},
            **{name: {"readOnly": True} for name in sorted(declared.computed)},
        },
        "required": [name for name, f in declared.fields.items() if f.required],
        "additionalProperties": False,
    }


def list_(home: Home, options: Namespace) -> None:
    declared = declared_as(options.entity)
    stored, shown = _conditions(declared, options.where)
    with home.reading() as store:
        for found in store.queries.every(declared, stored):
            full = found.full()
            if all(str(full[name]) == value for name, value in shown.items()):
                say(full)


def _conditions(declared: Entity, texts: list[str]) -> tuple[dict[str, str | int], dict[str, str]]:
    """What the database can ask of fields, and what is compared once a record is complete (derived values, the id)."""
    stored: dict[str, str | int] = {}
    shown: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise Problem(
                _("--where {text} tidak dapat dibaca. Tulis isian=nilai, misalnya status=done.").format(text=text)
            )
        if name in declared.computed or name == "id":
            shown[name] = value
        else:
            stored[name] = _stored(declared, name, value)
    return stored, shown


def _stored(declared: Entity, name: str, value: str) -> str | int:
    """The spelling in the database; an unknown field is left for the query to refuse."""
    if name not in declared.fields:
        return value
    kind = declared.fields[name].kind
    found = kind.read([value] if kind.column is list else value)
    if isinstance(found, list):
        return found[0]
    return found or ""  # nobody's number and a plain no are kept as nothing


def get(home: Home, options: Namespace) -> None:
    declared = declared_as(options.entity)
    with home.reading() as store:
        found = store.queries.get(options.id.lower())
        if found.entity != declared.name:
            raise _absent(declared, options.id)
        say(found.full())


def delete(home: Home, options: Namespace) -> None:
    declared = declared_as(options.entity)
    with home.writing() as store:
        found = store.queries.get(options.id.lower())
        if found.entity != declared.name:
            raise _absent(declared, options.id)
        store.delete(found.id)
    say({"id": found.id})


def restore(home: Home, options: Namespace) -> None:
    declared = declared_as(options.entity)
    with home.writing() as store:
        found = store.queries.get(options.id.lower(), deleted=True)
        if found.entity != declared.name:
            raise _absent(declared, options.id)
        store.restore(found.id)
    say({"id": found.id})


def _absent(declared: Entity, identifier: str) -> Problem:
    return Problem(
        _("{entity} {id} tidak ada di sini. Periksa nomornya dengan perintah list.").format(
            entity=declared.label, id=identifier
        )
    )
