"""Backup, restore and verify: a copy that can become the office again, and proof that the ledger is whole.

A backup is one encrypted file. It holds the certificate authority too, so that laptops know a restored office;
it does not hold the key that opens it.
"""

from pathlib import Path

import msgspec

from pimpasa_desktop import durable, sqlcipher
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_office.authority import Authority, put_back
from pimpasa_office.config import Config, no_office
from pimpasa_office.ledger import Books, Ledger, embedded
from pimpasa_office.lives import Standing
from pimpasa_office.setting_up import set_back
from pimpasa_office.witness import Witness


def keep_authority(books: Books, authority: Authority) -> None:
    """Keep a copy of the certificate authority in the ledger, for the day when only a backup is left."""
    books.set_fact("authority", msgspec.json.encode(authority.kept()).decode())


def backup(config: Config, env: Env, out: Path) -> None:
    """Write a checked copy of the ledger to `out`; works while the office serves."""
    own_file_only(config)
    config.ledger(env).close()
    if out.resolve() == config.ledger_file.resolve():
        raise Problem(_("Cadangan tidak boleh menimpa catatan kantor sendiri. Pilih berkas lain."))
    connection = sqlcipher.connect(config.ledger_file, config.key())
    try:
        sqlcipher.backup_to(connection, out)
    finally:
        connection.close()


def restore(config: Config, env: Env, source: Path) -> None:
    """Make a data folder out of a backup. Laptops give back what the backup lacks at their next exchange."""
    own_file_only(config)
    if config.ledger_file.exists():
        raise Problem(
            _(
                "Di folder ini sudah ada catatan kantor, dan tidak ada yang diubah. "
                "Pulihkan ke folder kosong dengan --data."
            )
        )
    if not source.is_file():
        raise Problem(_("Berkas cadangan {file} tidak ada. Periksa namanya.").format(file=source))
    key = config.key()
    check(source, key)
    config.make_folder(env)
    part = config.data / "ledger.restoring"
    for old in config.data.glob("ledger.restoring*"):
        old.unlink()
    durable.copy(source, part)
    ledger = Ledger(embedded(part, key), env)
    try:
        with ledger.begin() as books:
            if not books.fact("epoch"):
                raise no_office()
            set_back(books)
            put_back(config.data / "tls", msgspec.json.decode(books.fact("authority"), type=dict[str, str]))
            standing = books.standing()
    finally:
        ledger.close()
    durable.settle(part, config.ledger_file)
    _remember(config, standing)


def after_restore(config: Config, env: Env) -> None:
    """The word of the administrator that a dump was restored into PostgreSQL: laptops give back what it lacks."""
    if not config.database:
        raise Problem(
            _(
                "Kantor ini memakai berkasnya sendiri: restore sudah memulai masa baru, dan berkas yang diganti "
                "dengan tangan dikenali saat serve dimulai. Tidak ada yang perlu dilakukan."
            )
        )
    ledger = config.ledger(env)
    try:
        if ledger.is_served():
            raise Problem(
                _("Kantor sedang melayani laptop dari PostgreSQL ini. Hentikan serve dulu, lalu ulangi after-restore.")
            )
        with ledger.begin() as books:
            set_back(books)
            standing = books.standing()
    finally:
        ledger.close()
    _remember(config, standing)


def _remember(config: Config, standing: Standing | None) -> None:
    if standing:
        Witness(config.seen_file).saw(standing)


def check(source: Path, key: bytes) -> None:
    """Open a backup and read all of it. Problem: it is not whole, or another key's."""
    # A copy is whole in one file, so reading it leaves nothing beside it.
    connection = sqlcipher.connect(source, key, readonly=True)
    try:
        sqlcipher.verify(connection)
    finally:
        connection.close()


def verify(config: Config, env: Env) -> str:
    """A sentence when all is whole; a Problem otherwise."""
    if not config.database:
        if not config.ledger_file.exists():
            raise no_office()
        connection = sqlcipher.connect(config.ledger_file, config.key())
        try:
            sqlcipher.verify(connection)
        finally:
            connection.close()
    ledger = config.ledger(env)
    try:
        with ledger.begin() as books:
            count, differing = books.audit_sums()
    finally:
        ledger.close()
    if differing:
        raise Problem(
            _(
                "Jumlah periksa tidak cocok di {n} kelompok catatan. Jangan hapus berkas apa pun; "
                "pulihkan dari cadangan terakhir atau minta bantuan."
            ).format(n=differing)
        )
    return _("Catatan kantor utuh: {n} catatan diperiksa.").format(n=count)


def own_file_only(config: Config) -> None:
    if config.database:
        raise Problem(_("Catatan kantor ini ada di PostgreSQL. Pakai pg_dump dan pg_restore, lalu after-restore."))


def pg_dump_is_the_way() -> str:
    return _(
        "Catatan kantor ada di PostgreSQL: cadangan otomatis tidak dibuat. Jadwalkan pg_dump tiap jam, dan sesudah "
        "pg_restore jalankan pimpasa-office after-restore."
    )
