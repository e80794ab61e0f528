"""A running stand-in for each test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from tests.adapters.telegram_standin.driving import OTHER, TOKEN, Driver, started
from tests.adapters.telegram_standin.receiving import Receiver


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


@pytest_asyncio.fixture
async def url() -> AsyncIterator[str]:
    """The address of a stand-in with two bots and without flood control."""
    runner, address = await started(TOKEN, OTHER)
    yield address
    await runner.cleanup()


@pytest.fixture
def bot(url: str, http: aiohttp.ClientSession) -> Driver:
    return Driver(url, http)


@pytest_asyncio.fixture
async def known(bot: Driver) -> Driver:
    """A bot to which Anna has written; it has read that."""
    await bot.says("/start")
    last = (await bot.updates())[-1]["update_id"]
    await bot.updates(offset=last + 1)
    return bot


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    own = Receiver()
    app = web.Application()
    app.router.add_post("/hook", own.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    own.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield own
    await runner.cleanup()
