"""A laptop enrols: from the office's file to the first records, by command or by window.

It asks for passphrases through the Home it is given; what it has made stays where an enrolment is broken off, and
the same file may be used again.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.home import Home, explaining_files
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.store.store import Store

if TYPE_CHECKING:
    from pimpasa_desktop.sync.engine import Report
    from pimpasa_desktop.sync.http import Line
    from pimpasa_desktop.sync.protocol.enrolment import EnrolmentFile

FILE_BYTES_MAX = 1_000_000


def enrol(home: Home, content: bytes, on_round: "Callable[[Report], None] | None" = None) -> tuple[str, str]:
    """Id and name of the account that `content`, the file from the office, was made for."""
    from pimpasa_desktop.sync.engine import Engine, Report
    from pimpasa_desktop.sync.protocol.enrolment import EnrolmentFile

    file = EnrolmentFile.read(content)
    # The line comes first: a file with a broken certificate must not leave a key behind.
    with home.line_to(file.addresses, file.trust, file.server_name) as line, _store(home, file) as store:
        if not _awaits_first_exchange(store):
            _join(home, store, file, line)
        try:
            Engine(store, line, store.env).exchange(Report(), on_round)
        except Problem as problem:
            raise Problem(
                _("Laptop ini sudah terdaftar, tetapi data pertama belum sampai. {problem}").format(
                    problem=problem.sentence
                )
            ) from None
        return store.account, str(store.queries.get(store.account).values["name"])


def _store(home: Home, file: "EnrolmentFile") -> Store:
    """The store to join with: a new one, or the one of an enrolment that was broken off."""
    if home.key_path.exists():
        return home.open(home.unlock())
    if home.database.exists():
        raise Problem(
            _(
                "Folder {folder} sudah berisi basis data tanpa kuncinya. Pakai folder lain, atau pulihkan cadangan."
            ).format(folder=home.folder)
        )
    passphrase = home.new_passphrase()
    with explaining_files(home.folder.parent):
        home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return home.open(home.key_file().create(passphrase, file.recovery_key))
    except Problem:
        home.forget()
        raise


def _awaits_first_exchange(store: Store) -> bool:
    return bool(store.account) and not any(
        found.id == store.account for found in store.queries.every(entity("account"))
    )


def _join(home: Home, store: Store, file: "EnrolmentFile", line: "Line") -> None:
    from pimpasa_desktop.sync.enrolling import enrol as join

    def forget() -> None:
        store.close()
        home.forget()

    join(store, file, line, forget)
