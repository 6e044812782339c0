"""The office's program: `pimpasa-office`. It asks for nothing, so that scripts and services can run it.

Exit status: 0 done; 1 a Problem, one sentence on stderr; 2 wrong use.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NoReturn

import msgspec
import sqlalchemy as sa

from pimpasa_desktop import i18n, sqlcipher
from pimpasa_desktop.domain.roles import Role
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.log import Log
from pimpasa_desktop.problem import Problem
from pimpasa_office import addresses, administration, founding, safekeeping
from pimpasa_office.administration import Line
from pimpasa_office.backups import Backups, Hourly
from pimpasa_office.config import Config
from pimpasa_office.drill import drill
from pimpasa_office.ledger import Books
from pimpasa_office.safekeeping import pg_dump_is_the_way
from pimpasa_office.service import Service
from pimpasa_office.setting_up import notice, signing_key

Arguments = argparse.Namespace


def entry(argv: Sequence[str] | None = None, env: Env | None = None) -> NoReturn:
    """The program. It ends at once when everything is closed: a thread of the TLS server that is still winding down
    would meet an interpreter that is being taken apart, and abort the process."""
    status = main(argv, env)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def main(argv: Sequence[str] | None = None, env: Env | None = None) -> int:
    i18n.use(i18n.language_of(os.environ))
    arguments = _parser().parse_args(argv)
    config = Config.of(arguments.data, arguments.key_file, arguments.database, os.environ)
    try:
        for line in arguments.run(arguments, config, env or Env()):
            print(line if isinstance(line, str) else msgspec.json.encode(line).decode(), flush=True)
    except Problem as problem:
        print(problem.sentence, file=sys.stderr)
        return 1
    except sa.exc.DBAPIError as error:
        print(_trouble(error).sentence, file=sys.stderr)
        return 1
    return 0


def _trouble(error: sa.exc.DBAPIError) -> Problem:
    """What a database's refusal means to the administrator; one that is no trouble of the machine is raised again."""
    if isinstance(error.orig, sqlcipher.DatabaseError):
        return sqlcipher.explained(error.orig)
    if isinstance(error, sa.exc.OperationalError):
        return Problem(
            _("PostgreSQL tidak dapat dihubungi atau menolak. Data tidak berubah; periksa --database dan servernya.")
        )
    raise error


# -- commands: arguments, config and env in; lines to print out


def _init(arguments: Arguments, config: Config, env: Env) -> Iterable[str]:
    given = (arguments.office, getattr(arguments, "class"), tuple(arguments.address))
    return [founding.found(config, env, *given)]


def _serve(arguments: Arguments, config: Config, env: Env) -> Iterable[str]:
    from pimpasa_office.serve import serve  # the web server is half of the start of every other command

    ledger = config.ledger(env, serving=True)
    log = Log(config.log_file, env)
    try:
        with ledger.begin() as books:
            key, name = signing_key(books), books.fact("server_name")
            went_back = notice(books, ledger.witness)
        if went_back:
            log.event("set_back")
            print(
                _(
                    "Catatan kantor lebih tua daripada yang terakhir dilayani: dipulihkan atau diganti. Masa baru "
                    "dimulai; laptop mengirim lagi yang hilang saat terhubung berikutnya."
                ),
                file=sys.stderr,
            )
        authority = config.authority(env, name)
        for sentence in authority.warnings():
            print(sentence, file=sys.stderr)

        def ready(base_url: str) -> None:
            with ledger.begin() as books:
                addresses.heard_at(books, addresses.seen_from_outside(base_url, arguments.host, env))
            print(_("Kantor melayani laptop di {url}. Hentikan dengan Ctrl+C.").format(url=base_url), flush=True)

        if config.database:
            print(pg_dump_is_the_way(), file=sys.stderr)
        serve(
            lambda: Service(ledger, key, env, lambda what: log.event("alarm", what=what.replace(" ", "_"))),
            authority,
            env=env,
            log=log,
            host=arguments.host,
            port=arguments.port,
            ready_file=Path(arguments.ready_file) if arguments.ready_file else None,
            on_ready=ready,
            hourly=None if config.database else Hourly(Backups(config, env), log),
        )
    finally:
        log.close()
        ledger.close()
    return []


def _enrol(arguments: Arguments, config: Config, env: Env) -> Iterable[Line]:
    def written(books: Books) -> Line:
        authority = config.authority(env, books.fact("server_name"))
        return administration.enrol(books, arguments.account, authority, Path(arguments.out))

    return _in_ledger(written, config, env)


def _backup(arguments: Arguments, config: Config, env: Env) -> Iterable[str]:
    safekeeping.backup(config, env, Path(arguments.out))
    return [
        _("Cadangan ditulis ke {file}. Untuk membukanya perlu kunci kantor; simpan terpisah.").format(
            file=arguments.out
        )
    ]


def _restore(arguments: Arguments, config: Config, env: Env) -> Iterable[str]:
    safekeeping.restore(config, env, Path(arguments.source))
    return [_("Kantor dipulihkan. Laptop mengirim lagi yang belum ada di cadangan saat terhubung berikutnya.")]


def _after_restore(arguments: Arguments, config: Config, env: Env) -> Iterable[str]:
    safekeeping.after_restore(config, env)
    return [_("Masa baru dimulai. Laptop mengirim lagi yang belum ada di cadangan saat terhubung berikutnya.")]


def _verify(arguments: Arguments, config: Config, env: Env) -> Iterable[str]:
    said = safekeeping.verify(config, env)
    if not config.database and Backups(config, env).failed():
        raise Problem(
            _("{said} Tetapi cadangan otomatis terakhir gagal: periksa diska dan office.log.").format(said=said)
        )
    return [said]


def _drill(arguments: Arguments, config: Config, env: Env) -> Iterable[str]:
    return [drill(config, env)]


def _in_ledger(act: Callable[[Books], Line | Iterable[Line]], config: Config, env: Env) -> Iterable[Line]:
    """What `act` has to say, its transaction committed before the first word of it is printed."""
    ledger = config.ledger(env)
    try:
        with ledger.begin() as books:
            said = act(books)
            return [said] if isinstance(said, dict) else list(said)
    finally:
        ledger.close()


# -- the grammar


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pimpasa-office", description=_("Server dan buku besar kantor PIMPASA."))
    parser.add_argument("--data", default="", metavar="DIR", help=_("folder data kantor"))
    parser.add_argument("--key-file", default="", metavar="FILE", help=_("kunci kantor, bila tidak di folder data"))
    parser.add_argument("--database", default="", metavar="URL", help=_("PostgreSQL sebagai ganti berkas sendiri"))
    commands = parser.add_subparsers(required=True, metavar=_("PERINTAH"))
    _founding_grammar(commands)
    _people_grammar(commands)
    _laptop_grammar(commands)
    return parser


def _founding_grammar(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    init = commands.add_parser("init", help=_("buat kantor baru"))
    init.add_argument("--office", required=True, metavar="NAME")
    init.add_argument("--class", default="", metavar="CLASS")
    init.add_argument("--address", default=[], action="extend", nargs="+", metavar="URL")
    _database(init).set_defaults(run=_init)
    server = commands.add_parser("serve", help=_("layani laptop sampai dihentikan"))
    server.add_argument("--port", type=_port, default=8443)
    server.add_argument("--host", default="127.0.0.1")
    server.add_argument("--ready-file", default="", metavar="FILE")
    _database(server).set_defaults(run=_serve)
    copy = commands.add_parser("backup", help=_("tulis cadangan ke satu berkas tersandi"))
    copy.add_argument("out")
    copy.set_defaults(run=_backup)
    again = commands.add_parser("restore", help=_("pulihkan kantor dari cadangan ke folder kosong"))
    again.add_argument("source", metavar="in")
    again.set_defaults(run=_restore)
    after = commands.add_parser("after-restore", help=_("sesudah pg_restore: laptop mengirim lagi yang hilang"))
    _database(after).set_defaults(run=_after_restore)
    commands.add_parser("drill", help=_("latihan: pulihkan cadangan terbaru, bandingkan, lalu buang")).set_defaults(
        run=_drill
    )
    _database(commands.add_parser("verify", help=_("periksa keutuhan catatan kantor"))).set_defaults(run=_verify)


def _people_grammar(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    office = commands.add_parser("office", help=_("kantor di dalam catatan ini")).add_subparsers(required=True)
    add = office.add_parser("add")
    add.add_argument("name")
    add.add_argument("--class", default="", metavar="CLASS")
    _says(add, lambda books, a: administration.add_office(books, a.name, getattr(a, "class")))
    _says(office.add_parser("list"), lambda books, a: administration.offices(books))
    account = commands.add_parser("account", help=_("akun petugas")).add_subparsers(required=True)
    add = account.add_parser("add")
    add.add_argument("name")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])
    add.add_argument("--office", default=[], action="extend", nargs="+", metavar="ID")
    _says(add, lambda books, a: administration.add_account(books, a.name, a.role, a.office))
    _says(account.add_parser("list"), lambda books, a: administration.accounts(books))
    for name, act, told in (
        ("assign", administration.assign, _("beri desa kepada petugas")),
        ("unassign", administration.unassign, _("ambil desa dari petugas")),
    ):
        command = commands.add_parser(name, help=told)
        command.add_argument("account")
        command.add_argument("region_code")
        _says(command, _on_village(act))


def _laptop_grammar(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    enrol = commands.add_parser("enrol", help=_("berkas pendaftaran sekali pakai untuk satu laptop"))
    enrol.add_argument("account")
    enrol.add_argument("--out", required=True, metavar="FILE")
    _database(enrol).set_defaults(run=_enrol)
    device = commands.add_parser("device", help=_("laptop yang terdaftar")).add_subparsers(required=True)
    _says(device.add_parser("list"), lambda books, a: administration.devices(books))
    revoke = device.add_parser("revoke")
    revoke.add_argument("device")
    _says(revoke, lambda books, a: administration.revoke(books, a.device))


def _on_village(act: Callable[[Books, str, str], Line]) -> Callable[[Books, Arguments], Line]:
    return lambda books, a: act(books, a.account, a.region_code)


def _says(command: argparse.ArgumentParser, act: Callable[[Books, Arguments], Line | Iterable[Line]]) -> None:
    def run(arguments: Arguments, config: Config, env: Env) -> Iterable[Line]:
        return _in_ledger(lambda books: act(books, arguments), config, env)

    _database(command).set_defaults(run=run)


def _database(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The option may stand behind the command too."""
    command.add_argument("--database", default=argparse.SUPPRESS, metavar="URL", help=argparse.SUPPRESS)
    return command


def _port(spelled: str) -> int:
    port = int(spelled)
    if not 0 <= port <= 65535:
        raise ValueError
    return port


if __name__ == "__main__":
    entry()
