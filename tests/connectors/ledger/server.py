"""A real PostgreSQL server for the tests, where its programs can be found."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg
from sqlalchemy import make_url

FAST = "-c listen_addresses= -c fsync=off -c unix_socket_directories="
_numbers = count()


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: on the path, or where Debian puts it."""
    if found := shutil.which("pg_ctl"):
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@contextmanager
def postgresql(where: Path) -> Iterator[str]:
    """A server that listens on a socket in a folder of its own; gives its URL, with no database."""
    home = Path(mkdtemp(prefix="pg-"))
    run: Sequence[str] = ()
    if os.getuid() == 0:  # the server refuses to be root
        nobody = pwd.getpwnam("nobody")
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
        run = ("runuser", "-u", "nobody", "--")

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [*run, str(where / program), "-D", str(home / "data"), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=home,
        )

    try:
        call("initdb", "-A", "trust", "-U", "clerk", "-E", "UTF8", "--no-sync")
        call("pg_ctl", "-w", "-l", str(home / "log"), "-o", FAST + str(home), "start")
        try:
            yield f"postgresql+psycopg://clerk@/postgres?host={home}"
        finally:
            call("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home)


def new_schema(server: str) -> str:
    """The URL of a schema of its own: to a ledger it is an empty database."""
    name, home = f"chapter_{next(_numbers)}", make_url(server).query["host"]
    with psycopg.connect(f"host={home} user=clerk dbname=postgres", autocommit=True) as db:
        db.execute(f"CREATE SCHEMA {name}".encode())
    return f"{server}&options=-csearch_path%3D{name}"
