"""Two servers on one PostgreSQL and one Redis are one desk; Redis may stop."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

import aiohttp
import pytest

from tests.bot.desk_acts import seated, waiting
from tests.bot.town import Town, open_town
from tests.servers.postgresql import fresh_database
from tests.servers.redis import redis_server

SCREEN_S = 0.25
SURVIVES_S = 2.0

Pair = tuple[Town, Town, ExitStack]


@pytest.fixture
async def pair(postgres_url: str, tmp_path: Path) -> AsyncIterator[Pair]:
    """Two houses on one database, and how to stop the bell between them."""
    async with AsyncExitStack() as stack:
        silence = stack.enter_context(ExitStack())
        bell = silence.enter_context(redis_server())
        url = stack.enter_context(fresh_database(postgres_url))
        one = await stack.enter_async_context(open_town(tmp_path, url, redis_url=bell))
        key = one.house.settings.master_key
        folder = tmp_path / "second"
        folder.mkdir()
        two = await stack.enter_async_context(open_town(folder, url, redis_url=bell, key_file=key))
        yield one, two, silence


async def told(
    socket: aiohttp.ClientWebSocketResponse, number: int, status: str, within: float
) -> float:
    """Wait until a desk is told how a conversation stands; returns how long it took."""
    began = time.monotonic()
    async with asyncio.timeout(within):
        while True:
            frame = await socket.receive_json()
            for row in frame.get("rows", []):
                if (row["id"], row["status"]) == (str(number), status):
                    return time.monotonic() - began


async def test_what_one_server_takes_in_is_on_the_desks_of_the_other(
    pair: Pair,
) -> None:
    one, two, _ = pair
    async with two.desk("counselor") as far, one.desk("counselor2") as near:
        socket = await seated(far)
        await asyncio.sleep(1.2)
        took = []
        for _ in range(5):
            number = await waiting(one, one.name())
            took.append(await told(socket, number, "waiting", 5))
            await near.act(number, "take", epoch=0)
            took.append(await told(socket, number, "live", 5))
            lost, body = await far.act(number, "take", epoch=0)
            assert (lost, body["by"]) == (409, "상담사 counselor2")
        await socket.close()

    assert sorted(took)[len(took) // 2] < SCREEN_S, took  # the machine may be busy


async def test_a_desk_goes_on_when_the_bell_between_the_servers_falls_silent(pair: Pair) -> None:
    one, two, silence = pair
    async with two.desk("counselor") as far:
        socket = await seated(far)
        await waiting(one, one.name())
        silence.close()
        await asyncio.sleep(0.5)
        took, numbers = [], []
        for _ in range(3):
            numbers.append(await waiting(one, one.name()))
            took.append(await told(socket, numbers[-1], "waiting", 10))
        status, _ = await far.act(numbers[-1], "take", epoch=0)
        await socket.close()

    assert status == 200
    assert max(took) < SURVIVES_S


async def test_a_browser_whose_server_went_away_goes_on_at_the_other(pair: Pair) -> None:
    one, two, _ = pair
    number = await waiting(one, one.name())
    async with one.desk("counselor") as desk:
        await desk.act(number, "take", epoch=0)
        own = "one-word-once"
        first, said = await desk.say(number, "들리세요?", own)
        desk.url = two.url
        again, same = await desk.say(number, "들리세요?", own)
        fresh, _ = await desk.say(number, "이어서 들을게요")

    assert (first, again, fresh) == (200, 200, 200)
    assert said == same
