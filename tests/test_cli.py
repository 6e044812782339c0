"""The program as a shell meets it: real processes, exit statuses, pipes, languages."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pimpasa_desktop.sqlcipher import connect
from pimpasa_desktop.store.keys import KeyFile
from rig.desk import PASSPHRASE, Desk, cheap_machine

ROOT = Path(__file__).parents[1]


def pimpasa(*arguments: str | Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "pimpasa_desktop.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "HOME": "/nonexistent", **environ},
        check=False,
    )


@pytest.fixture
def empty(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data", cheap_machine(tmp_path))


def test_without_a_command_and_without_a_display_one_sentence_says_what_else_to_do() -> None:
    done = pimpasa()
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr == "Di sini tidak ada layar untuk jendela program. Pakailah perintah; lihat pimpasa --help.\n"


@pytest.mark.parametrize(
    "arguments", [("dragon",), ("record",), ("record", "put"), ("tray", "settle", "x"), ("--dragon",)]
)
def test_wrong_use_is_one_sentence_and_status_2(arguments: tuple[str, ...], empty: Desk) -> None:
    told = empty.run(*arguments)
    assert told.status == 2 and told.out == ""
    assert "Cara pakai: pimpasa" in told.trouble and "--help" in told.trouble


def test_help_is_in_the_language_asked_for() -> None:
    assert "tulis, baca, dan hapus catatan" in pimpasa("--help", LC_ALL="id_ID.UTF-8").stdout
    assert "write, read and delete records" in pimpasa("--help", LANG="en_US.UTF-8").stdout


@pytest.mark.parametrize(
    ("language", "sentence"), [("id", "Daftarkan laptop dahulu"), ("en_GB.UTF-8", "First enrol the laptop")]
)
def test_an_empty_folder_says_what_comes_first(tmp_path: Path, language: str, sentence: str) -> None:
    done = pimpasa("--data", tmp_path / "none", "record", "list", "visit", LANG=language)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "none").exists()


def test_without_a_terminal_the_passphrase_is_never_taken_from_the_records(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    machine = cheap_machine(tmp_path)
    KeyFile(folder / "pimpasa.key", machine.env, machine.kdf, None).create(PASSPHRASE)
    (folder / "pimpasa.db").write_bytes(bytes(4096))
    done = pimpasa("--data", folder, "record", "put", "visit")
    assert done.returncode == 1 and "PIMPASA_PASSPHRASE_FILE" in done.stderr and done.stderr.count("\n") == 1


def test_a_passphrase_file_that_is_not_there_is_named(empty: Desk, tmp_path: Path) -> None:
    empty.folder.mkdir()
    KeyFile(empty.home().key_path, empty.machine.env, empty.machine.kdf, None).create(PASSPHRASE)
    empty.home().database.write_bytes(bytes(4096))
    (tmp_path / "passphrase").unlink()
    assert "Periksa PIMPASA_PASSPHRASE_FILE" in empty.run("status").trouble


def test_a_key_without_its_database_makes_no_new_one(empty: Desk) -> None:
    empty.folder.mkdir()
    KeyFile(empty.home().key_path, empty.machine.env, empty.machine.kdf, None).create(PASSPHRASE)
    told = empty.run("record", "put", "visit", stdin="{}")
    assert told.status == 1 and "empty" not in told.trouble
    assert not empty.home().database.exists()


def test_a_store_that_never_joined_says_so(empty: Desk) -> None:
    empty.folder.mkdir()
    key = KeyFile(empty.home().key_path, empty.machine.env, empty.machine.kdf, None).create(PASSPHRASE)
    empty.home().open(key).close()
    told = empty.run("record", "list", "visit")
    assert told.status == 1 and "pimpasa enrol" in told.trouble


@pytest.mark.parametrize("content", [b"SQLite format 3\0" + bytes(5000), b"nothing of the kind" * 500, b"x"])
def test_a_foreign_or_damaged_database_is_left_as_it_is(empty: Desk, content: bytes, tmp_path: Path) -> None:
    empty.folder.mkdir()
    KeyFile(empty.home().key_path, empty.machine.env, empty.machine.kdf, None).create(PASSPHRASE)
    empty.home().database.write_bytes(content)
    for command in (("status",), ("sync",), ("record", "list", "visit"), ("doctor",), ("backup", tmp_path / "b")):
        told = empty.run(*command)
        assert told.status == 1 and told.trouble.count("\n") == 1
        assert not (tmp_path / "b").exists()
    assert empty.home().database.read_bytes() == content


def test_a_database_of_a_newer_program_is_refused_for_reading_too(empty: Desk) -> None:
    empty.folder.mkdir()
    key = KeyFile(empty.home().key_path, empty.machine.env, empty.machine.kdf, None).create(PASSPHRASE)
    empty.home().open(key).close()
    connection = connect(empty.home().database, key)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for command in (("record", "list", "visit"), ("record", "put", "visit")):
        assert "lebih baru" in empty.run(*command).trouble


def test_the_reader_of_a_pipe_may_leave_early(tmp_path: Path) -> None:
    command = f"{sys.executable} -m pimpasa_desktop.cli record schema | head -c 1; echo"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]},
        check=False,
    )
    assert done.stdout == "{\n" and done.stderr == ""


def test_interrupting_is_quiet(empty: Desk) -> None:
    def interrupted(prompt: str) -> str:
        raise KeyboardInterrupt

    empty.folder.mkdir()
    KeyFile(empty.home().key_path, empty.machine.env, empty.machine.kdf, None).create(PASSPHRASE)
    empty.home().database.write_bytes(bytes(4096))
    told = Desk(empty.folder, replace(empty.machine, environ={}, ask=interrupted)).run("status")
    assert (told.status, told.out, told.trouble) == (1, "", "")
