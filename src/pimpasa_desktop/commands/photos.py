"""`pimpasa attach`: a photo out of a file onto a visit or a report."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pimpasa_desktop.commands.parser import say
from pimpasa_desktop.domain.calendar import WIB, Zone, zone_at, zone_of
from pimpasa_desktop.domain.entity import Values
from pimpasa_desktop.domain.entity import entity as declared_as
from pimpasa_desktop.home import Home
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.queries import Queries

if TYPE_CHECKING:
    from pimpasa_desktop.commands.parser import Commands


def add(commands: "Commands") -> None:
    parser = commands.add_parser("attach", help=_("lampirkan satu foto pada kunjungan atau temuan"))
    parser.add_argument("--to", metavar="ENTITY:ID", required=True, help=_("visit:ID atau risk_report:ID"))
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.set_defaults(run=attach)


def attach(home: Home, options: Namespace) -> None:
    """The photo is made small before the store is opened for writing: decoding takes a moment."""
    from pimpasa_desktop.intake.photos import scaled
    from pimpasa_desktop.store import blobs

    parent, _colon, identifier = options.to.partition(":")
    if parent not in declared_as("photo").parents:
        raise Problem(_("Foto dilampirkan pada kunjungan atau temuan. Tulis --to visit:ID atau --to risk_report:ID."))
    identifier = identifier.lower()
    key = home.unlock()
    with home.reading(key) as store:
        found = store.queries.get(identifier)
        if found.entity != parent:
            raise Problem(
                _("{entity} {id} tidak ada di sini. Periksa nomornya dengan perintah list.").format(
                    entity=declared_as(parent).label, id=identifier
                )
            )
        zone = _zone(store.queries, found.values)
    photo = scaled(options.file, zone)
    with home.writing(key) as store:
        values = {parent: identifier, "taken_at": photo.taken_at}
        made = blobs.attach(store, values, photo.content, photo.thumbnail)
    say({"id": made, "sha256": photo.sha256, "size": len(photo.content), "taken_at": photo.taken_at})


def _zone(queries: Queries, values: Values) -> Zone:
    """Where the camera was: as the visit's hours were written, or in the report's village."""
    if values.get("starts_at"):
        return zone_at(str(values["starts_at"]), WIB)
    try:
        return zone_of(str(queries.get(str(values.get("village", ""))).values["region_code"]))
    except (Problem, KeyError):
        return WIB
