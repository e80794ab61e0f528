"""What every test can ask for: real databases, Redis and a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers import chromium
from tests.servers.postgresql import PostgresServer, fresh_database
from tests.servers.redis import redis_server


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL server's maintenance database."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    with PostgresServer() as server:
        yield server.url


@pytest.fixture
def fresh_postgres_url(postgres_url: str) -> Iterator[str]:
    """The address of a new and empty PostgreSQL database."""
    with fresh_database(postgres_url) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new and empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/gyeot.db"
    return str(request.getfixturevalue("fresh_postgres_url"))


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a Redis server."""
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        yield given
        return
    with redis_server() as url:
        yield url


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The Chromium on this machine."""
    return chromium.program()


@pytest.fixture(scope="session")
def browser_type_launch_args(
    chromium_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """How Playwright starts that Chromium."""
    return {
        "executable_path": str(chromium_path),
        "args": list(chromium.ARGUMENTS),
        "env": chromium.environment(tmp_path_factory.mktemp("fonts")),
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """Every page is a Korean one, on a phone of 360 pixels, unless the test says otherwise."""
    return {
        "locale": "ko-KR",
        "timezone_id": "Asia/Seoul",
        "viewport": {"width": 360, "height": 740},
    }
