"""The commands on offices, accounts, villages and laptops: each one transaction, working while the office serves.

What they print is for scripts too: one JSON object a line.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from pimpasa_desktop import durable
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.regions import Regions
from pimpasa_desktop.sync.protocol.enrolment import EnrolmentFile
from pimpasa_office import addresses
from pimpasa_office.accounts import Accounts
from pimpasa_office.authority import Authority
from pimpasa_office.ledger import Books
from pimpasa_office.setting_up import signing_key

Line = dict[str, Any]


def add_office(books: Books, name: str, office_class: str) -> Line:
    return {"office": Accounts(books).write("office", {"name": name, "office_class": office_class})}


def offices(books: Books) -> Iterator[Line]:
    for held in Accounts(books).records("office"):
        yield {"office": held.id, "name": held.values["name"], "class": held.values.get("office_class", "")}


def add_account(books: Books, name: str, role: str, of: list[str]) -> Line:
    return {"account": Accounts(books).add_account(name, role, of)}


def accounts(books: Books) -> Iterator[Line]:
    administration = Accounts(books)
    codes = {held.id: held.values.get("region_code", "") for held in administration.records("village")}
    for held in administration.records("account"):
        person, name, _past = administration.person(held.id)
        yield {
            "account": held.id,
            "name": name,
            "role": str(person.role),
            "offices": sorted(person.offices),
            "villages": sorted(codes.get(village, village) for village in person.villages),
        }


def assign(books: Books, account: str, code: str) -> Line:
    region = Regions().village(code)
    if region is None:
        raise Problem(
            _("Kode wilayah {code} tidak dikenal. Tulis kode desa lengkap, misalnya 71.10.07.2004.").format(
                code=repr(code)
            )
        )
    assignment = Accounts(books).assign(account, region.code, region.name)
    return {"assignment": assignment, "region_code": region.code, "village": region.full_path}


def unassign(books: Books, account: str, code: str) -> Line:
    Accounts(books).unassign(account, code)
    return {"account": account, "unassigned": code}


def enrol(books: Books, account: str, authority: Authority, out: Path) -> Line:
    """Write a one-time enrolment file, readable by this user only."""
    known = addresses.known(books)
    if not known:
        raise Problem(
            _(
                "Alamat kantor belum diketahui. "
                "Jalankan pimpasa-office serve dulu, atau init dengan --address, lalu ulangi."
            )
        )
    administration = Accounts(books)
    _person, name, _past = administration.person(account)
    code, expires = administration.enrolment_code(account)
    file = EnrolmentFile(
        pimpasa_enrolment=1,
        office=books.fact("office_name"),
        addresses=known,
        trust=authority.ca_pem().decode(),
        server_name=authority.name,
        office_key=signing_key(books).public_key().public_bytes_raw(),
        recovery_key=bytes.fromhex(books.fact("recovery_key")),
        code=code,
        account=account,
        account_name=name,
        expires_at=expires.isoformat(timespec="seconds"),
    )
    try:
        durable.write(out, msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n")
    except OSError as error:
        raise Problem(_("Berkas {file} tidak dapat ditulis. Pilih tempat lain.").format(file=out)) from error
    return {"account": account, "file": str(out), "expires_at": file.expires_at}


def devices(books: Books) -> Iterator[Line]:
    administration = Accounts(books)
    names = {held.id: held.values["name"] for held in administration.records("account")}
    for device in administration.every_device():
        yield {
            "device": device.id,
            "account": device.account,
            "name": names.get(device.account, ""),
            "seen_at": device.seen_at,
            "revoked_at": device.revoked_at,
            "copy_of": device.copy_of,
        }


def revoke(books: Books, device: str) -> Line:
    Accounts(books).revoke(device)
    return {"device": device, "revoked": True}
