"""`pimpasa attach`: a photo or a document out of a file onto a visit, a report, or what else may have one."""

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
from pimpasa_desktop.store.originals import AsTaken
from pimpasa_desktop.store.queries import Queries

if TYPE_CHECKING:
    from pimpasa_desktop.commands.parser import Commands


def add(commands: "Commands") -> None:
    parser = commands.add_parser("attach", help=_("lampirkan satu foto, atau satu PDF, pada kunjungan atau temuan"))
    parser.add_argument(
        "--to",
        metavar="ENTITY:ID",
        required=True,
        help=_("visit:ID, risk_report:ID, campaign:ID, designation:ID atau document:ID"),
    )
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument(
        "--keep-original",
        action="store_true",
        help=_("simpan juga foto aslinya, terenkripsi di laptop ini; tidak pernah dikirim"),
    )
    parser.set_defaults(run=attach)


def attach(home: Home, options: Namespace) -> None:
    """What is in the file decides: a picture is a photo where there may be photos, anything else a document's file.
    It is looked at before the store is opened for writing: that takes a moment."""
    from pimpasa_desktop.intake.photos import is_picture, read

    parent, _colon, identifier = options.to.partition(":")
    if parent not in {"document", *declared_as("document").parents}:
        raise Problem(
            _("Berkas dilampirkan pada kunjungan, temuan, atau dokumen. Tulis misalnya --to visit:ID atau document:ID.")
        )
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
    if parent in declared_as("photo").parents and is_picture(read(options.file)):
        _attach_photo(home, key, {parent: identifier}, options.file, zone, keep_original=options.keep_original)
    else:
        _attach_document(home, key, parent, identifier, options.file, keep_original=options.keep_original)


def _attach_photo(home: Home, key: bytes, of: dict[str, str], file: Path, zone: Zone, *, keep_original: bool) -> None:
    from pimpasa_desktop.intake.photos import scaled
    from pimpasa_desktop.store import blobs

    photo = scaled(file, zone, keep_original=keep_original)
    with home.writing(key) as store:
        values = {**of, "taken_at": photo.taken_at}
        made = blobs.attach(store, values, photo.content, photo.thumbnail, photo.original)
    told = {"id": made, "sha256": photo.sha256, "size": len(photo.content), "taken_at": photo.taken_at}
    say(told | _of_original(photo.original))


def _attach_document(home: Home, key: bytes, parent: str, identifier: str, path: Path, *, keep_original: bool) -> None:
    """To a document that is there, or to a new one under another record."""
    from pimpasa_desktop.intake.documents import enclosure
    from pimpasa_desktop.store.enclosures import enclose

    file = enclosure(path, keep_original=keep_original)
    record = identifier if parent == "document" else ""
    values = {} if record else {parent: identifier, "kind": "other", "title": file.title}
    with home.writing(key) as store:
        made = enclose(store, values, file.content, file.name, record, file.original)
        sha256 = store.queries.get(made).values["sha256"]
    told = {"id": made, "sha256": sha256, "size": len(file.content), "file_name": file.name}
    say(told | _of_original(file.original))


def _of_original(kept: AsTaken | None) -> dict[str, object]:
    return {"original": len(kept.content)} if kept else {}


def _zone(queries: Queries, values: Values) -> Zone:
    """Where the camera was: as the visit's hours were written, or in the report's village."""
    if values.get("starts_at"):
        return zone_at(str(values["starts_at"]), WIB)
    try:
        return zone_of(str(queries.get(str(values.get("village", ""))).values["region_code"]))
    except (Problem, KeyError):
        return WIB
