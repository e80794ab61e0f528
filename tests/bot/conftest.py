"""Houses for the tests of what runs."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.bot.town import Town, open_town
from tests.servers.postgresql import fresh_database


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def town_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The database of the shared house: the tests run once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('sqlite')}/gyeot.db"
        return
    with fresh_database(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture(scope="session")
async def town(town_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A house that polls Telegram; tests share it and speak as different people."""
    async with open_town(tmp_path_factory.mktemp("town"), town_url) as opened:
        yield opened


@pytest.fixture(scope="session")
async def hooked(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A house to which Telegram brings its updates by webhook."""
    folder = tmp_path_factory.mktemp("hooked")
    url = f"sqlite:///{folder}/gyeot.db"
    async with open_town(folder, url, telegram_webhook_secret="w" * 24) as opened:
        yield opened
