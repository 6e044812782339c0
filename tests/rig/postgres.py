"""A PostgreSQL server of the test's own: made, started and thrown away, on a socket in a temporary folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

OPTIONS = "-c listen_addresses= -c fsync=off -c max_connections=20 -c unix_socket_directories="


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a server that nobody else knows."""
    there = programs()
    folder = Path(tempfile.mkdtemp(prefix="pimpasa-pg-"))
    try:
        user = _unprivileged(folder)
        data = str(folder / "data")
        _run([there / "initdb", "-D", data, "-A", "trust", "-U", "pimpasa", "-E", "UTF8", "--no-locale", "-N"], user)
        _run([there / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"{OPTIONS}{folder}", "start"], user)
        try:
            yield f"postgresql+psycopg://pimpasa@/postgres?host={folder}"
        finally:
            _run([there / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with postgres() as url:
        yield url


def programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    assert found, "PostgreSQL is not on this machine: `make test` installs it (Debian package postgresql)"
    return found[-1].parent


def _unprivileged(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return None
    entry = pwd.getpwnam("postgres")
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return "postgres"


def _run(command: list[str | Path], user: str | None) -> None:
    # Its own session and no pipes: the server outlives the command and must hold nothing of ours.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, user=user, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        if done.returncode:
            said.seek(0)
            raise AssertionError(said.read().decode())
