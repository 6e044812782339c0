"""`pimpasa import ...` and `export ...`: lists from elsewhere in, documents out."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pimpasa_desktop.commands.parser import say
from pimpasa_desktop.files import write_file
from pimpasa_desktop.home import Home
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store import audit
from pimpasa_desktop.store.store import Draft, Unacceptable

if TYPE_CHECKING:
    from pimpasa_desktop.commands.parser import Commands


def add(commands: "Commands") -> None:
    importing = commands.add_parser("import", help=_("masukkan daftar dari berkas"))
    what = importing.add_subparsers(title=_("perintah"), metavar="PERINTAH", required=True)
    attendees = what.add_parser("attendees", help=_("daftar hadir dari CSV, XLSX, atau teks satu nama sebaris"))
    attendees.add_argument("--visit", metavar="ID", required=True)
    attendees.add_argument("file", metavar="FILE", type=Path)
    attendees.set_defaults(run=import_attendees)

    exporting = commands.add_parser("export", help=_("buat dokumen"))
    what = exporting.add_subparsers(title=_("perintah"), metavar="PERINTAH", required=True)
    attendance = what.add_parser("attendance", help=_("Daftar Hadir satu kunjungan sebagai PDF"))
    attendance.add_argument("--visit", metavar="ID", required=True)
    attendance.add_argument("--out", metavar="F.pdf", required=True, type=Path)
    attendance.add_argument(
        "--variant",
        choices=("official", "public"),
        default="official",
        help=_("public: nomor HP disamarkan, tanpa NIP"),
    )
    attendance.add_argument("--paper", choices=("A4", "F4"), default="A4")
    attendance.add_argument("--landscape", action="store_true", help=_("kertas mendatar"))
    attendance.add_argument(
        "--spare", metavar="N", type=int, choices=range(21), default=4, help=_("baris kosong (0-20)")
    )
    attendance.set_defaults(run=export_attendance)
    receipt = what.add_parser("receipt", help=_("resi kantor atas satu kunjungan sebagai PDF"))
    receipt.add_argument("--visit", metavar="ID", required=True)
    receipt.add_argument("--out", metavar="F.pdf", required=True, type=Path)
    receipt.set_defaults(run=export_receipt)
    original = what.add_parser("original", help=_("salinan foto asli, tidak terenkripsi, dengan tempat dan waktunya"))
    of = original.add_mutually_exclusive_group(required=True)
    of.add_argument("--photo", metavar="ID", dest="record")
    of.add_argument("--document", metavar="ID", dest="record")
    original.add_argument("--out", metavar="F", required=True, type=Path)
    original.set_defaults(run=export_original)


def import_attendees(home: Home, options: Namespace) -> None:
    """All rows, or none."""
    from pimpasa_desktop.intake.attendees import read

    proposals = read(options.file)
    drafts = [Draft("attendee", {"visit": options.visit, **proposal.values}) for proposal in proposals]
    with home.writing() as store:
        try:
            written = store.put_all(drafts)
        except Unacceptable as refused:
            raise Problem(
                _("Baris {number}: {sentence} Tidak ada yang disimpan; perbaiki baris itu lalu ulangi.").format(
                    number=proposals[refused.position].number, sentence=refused.sentence
                )
            ) from None
    say({"imported": len(written)})


def export_attendance(home: Home, options: Namespace) -> None:
    from pimpasa_desktop.reports.attendance_list import write_attendance_list
    from pimpasa_desktop.reports.attendance_of_visit import attendance_sheet

    key = home.unlock()
    with home.reading(key) as store:
        sheet = attendance_sheet(
            store.queries,
            options.visit.lower(),
            variant=options.variant,
            paper=options.paper,
            landscape=options.landscape,
            spare_rows=options.spare,
        )
        # Noted before it is made: a document that nobody noted must not exist.
        audit.note(home.database, key, home.env, store.account, "export", "visit", options.visit.lower())
    write_attendance_list(sheet, options.out)
    say({"out": str(options.out), "attendees": len(sheet.rows)})


def export_receipt(home: Home, options: Namespace) -> None:
    from pimpasa_desktop.reports.receipt import write_receipt
    from pimpasa_desktop.reports.receipt_of_visit import receipt_sheet

    key, visit = home.unlock(), options.visit.lower()
    with home.reading(key) as store:
        sheet = receipt_sheet(store, visit)
        audit.note(home.database, key, home.env, store.account, "export", "visit", visit)
    write_receipt(sheet, options.out)
    say({"out": str(options.out), "mark": sheet.code})


def export_original(home: Home, options: Namespace) -> None:
    key, record = home.unlock(), options.record.lower()
    with home.reading(key) as store:
        found = store.queries.get(record)
        content = store.originals.content(str(found.values.get("sha256", "")))
        audit.note(home.database, key, home.env, store.account, "export_original", found.entity, record)
    write_file(options.out, content)
    say({"out": str(options.out), "size": len(content)})
