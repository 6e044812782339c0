"""The `init` command: a folder, a key, a ledger with its first office, a certificate authority; and what it says.

What it says must be true: what protects the data, and what does not.
"""

from pimpasa_desktop.domain.recovery_key import spelled
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_office.config import Config
from pimpasa_office.ledger import Ledger
from pimpasa_office.safekeeping import keep_authority, pg_dump_is_the_way
from pimpasa_office.setting_up import Founded, set_up


def found(config: Config, env: Env, name: str, office_class: str, addresses: tuple[str, ...]) -> str:
    """Make the office; returns what the administrator has to read. Problem: there is one already."""
    for address in addresses:
        if not address.startswith("https://"):
            raise Problem(_("Alamat {address} harus diawali https://.").format(address=address))
    if (config.data / "tls").exists() and not config.ledger_file.exists() and not config.database:
        raise _already(config)
    config.make_folder(env)
    ledger = Ledger(config.engine(), env)
    try:
        with ledger.begin() as books:
            if books.fact("epoch"):
                raise _already(config)
            founded = set_up(books, name, office_class, addresses)
            keep_authority(books, config.authority(env, books.fact("server_name")))
    finally:
        ledger.close()
    return _told(config, name, founded)


def _already(config: Config) -> Problem:
    return Problem(
        _("Di folder {folder} sudah ada kantor, dan tidak ada yang diubah. Pilih folder lain dengan --data.").format(
            folder=config.data
        )
    )


def _told(config: Config, name: str, founded: Founded) -> str:
    stored = (
        _("Catatan kantor ada di PostgreSQL. PostgreSQL tidak menyandikannya: sandikan diska server itu.")
        if config.database
        else _("Catatan kantor: {file}, tersandi dengan kunci di atas.").format(file=config.ledger_file)
    )
    kept = (
        pg_dump_is_the_way()
        if config.database
        else _(
            "Selama melayani, kantor membuat cadangan tiap jam di {folder}: 24 yang terakhir dan satu untuk tiap hari "
            "dari tujuh hari sebelumnya. Salin juga ke luar komputer ini, dan cobalah sesekali dengan "
            "pimpasa-office drill."
        ).format(folder=config.backups)
    )
    return "\n".join(
        [
            _("Kantor {name} sudah dibuat (nomor {id}).").format(name=name, id=founded.office),
            "",
            _("Kunci kantor: {file}").format(file=config.key_file),
            stored,
            _("Sertifikat untuk laptop: {folder}").format(folder=config.data / "tls"),
            kept,
            "",
            _("Kunci pemulihan, ditampilkan sekali ini saja:"),
            f"  {spelled(founded.recovery_key)}",
            _("Tulis di kertas dan simpan di brankas. Dengan kunci ini data laptop dapat dibuka bila sandinya lupa."),
            "",
            _("Yang melindungi data: berkas catatan tidak terbaca tanpa kunci kantor."),
            _(
                "Yang tidak: siapa pun yang dapat membaca seluruh folder ini dapat membaca semuanya. "
                "Jaga komputer ini, sandikan diskanya, atau simpan kunci di tempat lain dengan --key-file."
            ),
            _(
                "Simpan salinan kunci kantor terpisah dari komputer ini dan dari cadangannya: "
                "cadangan hanya dapat dibuka dengan kunci itu."
            ),
        ]
    )
