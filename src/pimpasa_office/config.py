"""The office's data folder and its key: where they lie, how they are made, what they open.

Knows nothing of what stands in the ledger.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from pimpasa_desktop import durable
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.paths import default_data
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.sqlcipher import KEY_BYTES
from pimpasa_office.authority import Authority
from pimpasa_office.ledger import Ledger, embedded, postgresql

KEY = "office.key"
_HEX = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}")


@dataclass(frozen=True)
class Config:
    """`key_file`: the key elsewhere than in the folder; `database`: a PostgreSQL URL, or "" for the own file."""

    data: Path
    key_file: Path
    database: str = ""

    @classmethod
    def of(cls, data: str, key_file: str, database: str, environ: Mapping[str, str]) -> "Config":
        """The key comes from --key-file, else from a system credential, else it lies in the folder."""
        folder = Path(data) if data else default_data().with_name("pimpasa-office")
        credential = Path(environ.get("CREDENTIALS_DIRECTORY", "")) / KEY
        if key_file:
            return cls(folder, Path(key_file), database)
        return cls(folder, credential if credential.is_absolute() and credential.exists() else folder / KEY, database)

    @property
    def ledger_file(self) -> Path:
        return self.data / "ledger.db"

    @property
    def log_file(self) -> Path:
        return self.data / "office.log"

    @property
    def seen_file(self) -> Path:
        """What the office remembers of its ledger outside of it."""
        return self.data / "seen"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    def key(self) -> bytes:
        try:
            spelled = self.key_file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise Problem(
                _(
                    "Kunci kantor ({file}) tidak ada. Pulihkan berkas itu, atau sebutkan tempatnya dengan --key-file."
                ).format(file=self.key_file)
            ) from None
        except (OSError, ValueError):
            raise self._unreadable_key() from None
        if not _HEX.fullmatch(spelled):
            raise self._unreadable_key()
        return bytes.fromhex(spelled)

    def _unreadable_key(self) -> Problem:
        return Problem(
            _("Kunci kantor ({file}) tidak dapat dibaca. Data tidak berubah; periksa izin dan isi berkas itu.").format(
                file=self.key_file
            )
        )

    def make_folder(self, env: Env) -> None:
        """The folder and its key, where they are missing; for nobody else to read."""
        try:
            self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self.key_file.exists():
                durable.write(self.key_file, env.random(KEY_BYTES).hex().encode() + b"\n")
        except OSError as error:
            raise Problem(
                _("Folder {folder} tidak dapat ditulisi. Pilih folder lain dengan --data.").format(folder=self.data)
            ) from error

    def engine(self, *, serving: bool = False) -> sa.Engine:
        return postgresql(self.database, serving) if self.database else embedded(self.ledger_file, self.key())

    def ledger(self, env: Env, *, serving: bool = False) -> Ledger:
        """The ledger of an office that was set up; a Problem when there is none here. `serving`: it is watched for
        having been set back, and how far it comes is remembered."""
        if not self.database and not self.ledger_file.exists():
            raise no_office()
        ledger = Ledger(self.engine(serving=serving), env, self.seen_file if serving else None)
        try:
            with ledger.begin() as books:
                founded = bool(books.fact("epoch"))
            if not founded:
                raise no_office()
        except BaseException:
            ledger.close()
            raise
        return ledger

    def authority(self, env: Env, name: str) -> Authority:
        return Authority(self.data / "tls", env, name)


def is_private(path: Path) -> bool:
    """Whether nobody but its owner can read a file; where the system has no such bits, it is taken for granted."""
    return os.name != "posix" or not path.stat().st_mode & 0o077


def no_office() -> Problem:
    return Problem(
        _("Belum ada kantor di folder ini. Buat dengan pimpasa-office init, atau sebutkan foldernya dengan --data.")
    )
