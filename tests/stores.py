"""Real places for a record: a SQLite file, and a database on a PostgreSQL server that the tests start and stop."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from communique.record import Record


@dataclass
class PostgreSQL:
    """A running server; ``make()`` gives a fresh, empty database, ``make_record()`` an empty record."""

    port: int
    made: int = field(default=0)
    laid_out: str | None = None

    def make(self) -> str:
        """Return the address of a new, empty database."""
        return self._made("template0 ENCODING 'UTF8'")

    def make_record(self) -> str:
        """Return the address of an empty record, a copy of one: to lay one out takes longer than most tests do."""
        if self.laid_out is None:
            self.laid_out = self.make()
            Record.open(self.laid_out, create=True).close()
        return self._made(self.laid_out.rsplit("/", 1)[1])

    def _made(self, template: str) -> str:
        import psycopg

        self.made += 1
        name = f"record_{self.made}"
        with psycopg.connect(f"postgresql://tester@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return f"postgresql://tester@127.0.0.1:{self.port}/{name}"


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """Start a server on a free port of the loopback; stop and delete it at the end. Skips where there is none."""
    programs = _programs()
    # Not below pytest's folder: only its owner may enter that, and the server runs as another user.
    home = Path(tempfile.mkdtemp(prefix="communique-pg-"))
    user = _unprivileged()
    if user:
        shutil.chown(home, user)
    data = home / "data"
    as_user = {"user": user} if user else {}
    quiet = {"check": True, "capture_output": True, "cwd": home, **as_user}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        make = [programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        subprocess.run(make, **quiet)  # type: ignore[call-overload]
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off"
        control = [programs / "pg_ctl", "-D", data, "-w", "-l", home / "log"]
        subprocess.run([*control, "-o", settings, "start"], **quiet)  # type: ignore[call-overload]
        try:
            yield PostgreSQL(port)
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path:
    """Where the server's programs are. Under CI they are installed; elsewhere the test is skipped without them."""
    found = _find()
    if found is None and os.environ.get("CI") == "true":
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update"], check=True, env=quiet, capture_output=True, timeout=300)
        install = ["apt-get", "install", "-y", "--no-install-recommends", "postgresql"]
        subprocess.run(install, check=True, env=quiet, capture_output=True, timeout=900)
        found = _find()
        assert found, "PostgreSQL was installed and is not to be found"
    if found is None:
        pytest.skip("PostgreSQL's server is not installed")
    return found


def _find() -> Path | None:
    beside = shutil.which("initdb")
    if beside:
        return Path(beside).resolve().parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    return places[-1].parent if places else None


def _unprivileged() -> str | None:
    """The server refuses to run as root: name the user that it is to run as."""
    if os.geteuid() != 0:
        return None
    users = {entry.pw_name for entry in pwd.getpwall()}
    return next(user for user in ("postgres", "nobody", "daemon") if user in users)
