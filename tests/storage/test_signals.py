"""Whoever looks at a conversation hears that it changed, in this process and in others."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.entries import Person
from storage.page import Page
from storage.signals import LOOK_AGAIN, Subscription
from tests.servers.redis import redis_server
from tests.storage.places import HER, Clock, Place, bot_says, place_at, says

SECONDS = 20.0


async def _hears(subscription: Subscription, number: int) -> None:
    async with asyncio.timeout(SECONDS):
        async for ids in subscription:
            if number in ids:
                return


async def test_a_change_is_heard_in_its_own_process(database: Database) -> None:
    heard, closed = database.signals.subscribe(), database.signals.subscribe()
    closed.close()

    number = await database.turn(HER, says("말"))

    await _hears(heard, number)
    await database.turn(number, bot_says("답"))
    await database.turn(None, lambda page: page.ring(77))
    await _hears(heard, 77)
    heard.close()


async def test_many_changes_come_as_one(database: Database) -> None:
    heard = database.signals.subscribe()

    numbers = [await database.turn(Person("web", str(turn)), says("말")) for turn in range(5)]

    async with asyncio.timeout(SECONDS):
        ids = await anext(heard)
    assert ids >= set(numbers)


@pytest.fixture(params=["postgresql", "redis"])
def bell_url(request: pytest.FixtureRequest) -> str | None:
    return None if request.param == "postgresql" else str(request.getfixturevalue("redis_url"))


@pytest.fixture
async def two(
    fresh_postgres_url: str, bell_url: str | None, tmp_path: Path
) -> AsyncIterator[tuple[Database, Database]]:
    place = place_at(fresh_postgres_url, tmp_path)
    opened = [await _open(place, bell_url) for _ in range(2)]
    yield opened[0], opened[1]
    for each in opened:
        await each.close()


async def _open(place: Place, redis_url: str | None) -> Database:
    return await Database.open(
        place.url, place.keys_url, place.master, place.files, Clock(), redis_url=redis_url
    )


async def test_a_change_is_heard_in_another_process(two: tuple[Database, Database]) -> None:
    one, other = two
    heard = other.signals.subscribe()
    await _hears(heard, LOOK_AGAIN)

    number = await one.turn(HER, says("말"))

    await _hears(heard, number)
    found = await other.turn(number, Page.conversation)
    assert found is not None


async def test_a_change_elsewhere_is_heard_by_all_who_listen_here(
    two: tuple[Database, Database],
) -> None:
    here, there = two
    listening = [there.signals.subscribe() for _ in range(3)]
    await _hears(listening[0], LOOK_AGAIN)

    number = await here.turn(HER, says("말"))

    await asyncio.gather(*(_hears(subscription, number) for subscription in listening))


async def test_so_many_changes_that_all_is_looked_at_again(two: tuple[Database, Database]) -> None:
    one, other = two
    heard = other.signals.subscribe()
    await _hears(heard, LOOK_AGAIN)

    def job(page: Page) -> None:
        for number in range(1, 400):
            page.ring(number)

    await one.turn(None, job)

    await _hears(heard, LOOK_AGAIN)


@pytest.fixture
def failing_redis() -> Iterator[tuple[str, "list[object]"]]:
    server = redis_server()
    url = server.__enter__()
    open_servers: list[object] = [server]
    yield url, open_servers
    if open_servers:
        server.__exit__(None, None, None)


async def test_without_redis_everything_is_looked_at_again(
    fresh_postgres_url: str, failing_redis: tuple[str, list[object]], tmp_path: Path
) -> None:
    url, servers = failing_redis
    place = place_at(fresh_postgres_url, tmp_path)
    database = await _open(place, url)
    heard = database.signals.subscribe()
    await _hears(heard, LOOK_AGAIN)

    servers.pop().__exit__(None, None, None)  # type: ignore[attr-defined]  # the server's own block

    for _ in range(3):
        await _hears(heard, LOOK_AGAIN)
    assert await database.turn(HER, says("말")) > 0
    await database.close()
