"""The restore drill: the newest backup becomes an office in a folder that is thrown away, and is held against the
living ledger. What it proves: the backup opens with the key that is here, is whole, and holds what it should.
"""

import shutil
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_office import safekeeping
from pimpasa_office.backups import Backups
from pimpasa_office.config import Config
from pimpasa_office.ledger import Ledger, embedded

Terms = dict[str, tuple[int, int]]  # number and term of the digest, by record


def drill(config: Config, env: Env) -> str:
    """A sentence of what was found; a Problem when this backup would not bring the office back."""
    safekeeping.own_file_only(config)
    config.ledger(env).close()
    newest = Backups(config, env).every()[:1]
    if not newest:
        raise Problem(
            _("Belum ada cadangan di {folder}. Jalankan serve; cadangan pertama dibuat begitu kantor melayani.").format(
                folder=config.backups
            )
        )
    ((moment, source),) = newest
    for left in config.data.glob("drill-*"):  # by a drill that was killed
        shutil.rmtree(left)
    # Beside the ledger and not in the system's folder for such things: the certificates' keys are written there.
    with tempfile.TemporaryDirectory(prefix="drill-", dir=config.data) as folder:
        restored = replace(config, data=Path(folder))
        safekeeping.restore(restored, env, source)
        safekeeping.verify(restored, env)
        then = _terms(restored.ledger_file, config.key(), env)[0]
    now, erased = _terms(config.ledger_file, config.key(), env)
    return _told(moment, source, then, now, erased)


def _terms(file: Path, key: bytes, env: Env) -> tuple[Terms, set[str]]:
    ledger = Ledger(embedded(file, key), env)
    try:
        with ledger.begin() as books:
            return books.terms(), books.every_erased()
    finally:
        ledger.close()


def _told(moment: datetime, source: Path, then: Terms, now: Terms, erased: set[str]) -> str:
    """A number is given once, so a record with the same number must be the same; a higher one was written since."""
    lost = [one for one in then if one not in now and one not in erased]
    differing = [one for one, held in then.items() if one in now and now[one] != held and now[one][0] <= held[0]]
    if lost or differing:
        raise Problem(
            _(
                "Latihan pemulihan gagal: {file} berisi {lost} catatan yang hilang dari buku kantor dan {differing} "
                "yang berbeda. Jangan hapus berkas apa pun; jalankan verify dan minta bantuan."
            ).format(file=source.name, lost=len(lost), differing=len(differing))
        )
    same = sum(now.get(one) == held for one, held in then.items())
    return _(
        "Latihan pemulihan berhasil: cadangan {moment} dibuka dan utuh, {count} catatan; {same} sama dengan buku "
        "kantor sekarang, {since} ditulis atau dihapus sesudahnya."
    ).format(
        moment=moment.astimezone().isoformat(sep=" ", timespec="minutes"),
        count=len(then),
        same=same,
        since=len(then) - same + len(now.keys() - then.keys()),
    )
