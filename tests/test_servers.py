"""The servers that the tests run against are the real ones."""

import signal
from pathlib import Path

import psycopg
from playwright.async_api import Page
from redis.asyncio import Redis
from sqlalchemy import create_engine, text

from tests.servers.postgresql import PostgresServer, libpq


def test_each_database_is_new_and_empty(database_url: str) -> None:
    engine = create_engine(database_url)

    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mine (id INTEGER PRIMARY KEY)"))
        rows = connection.execute(text("SELECT count(*) FROM mine")).scalar()

    engine.dispose()
    assert rows == 0


def test_a_crashed_postgresql_starts_again_with_what_it_had() -> None:
    with PostgresServer() as server:
        with psycopg.connect(libpq(server.url)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")

        server.stop(signal.SIGKILL)
        server.start()

        with psycopg.connect(libpq(server.url)) as connection:
            assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


async def test_redis_rings(redis_url: str) -> None:
    async with Redis.from_url(redis_url) as redis, redis.pubsub() as bell:
        await bell.subscribe("changed")
        await bell.get_message(timeout=5)

        await redis.publish("changed", "17")

        rung = await bell.get_message(timeout=5)
        assert rung
        assert rung["data"] == b"17"


async def test_the_browser_shows_korean(page: Page, tmp_path: Path) -> None:
    await page.set_content(
        "<main><button onclick=\"this.textContent='연결됨'\">연결</button></main>"
    )

    await page.get_by_role("button", name="연결").click()

    assert await page.get_by_role("button").inner_text() == "연결됨"
    await page.screenshot(path=tmp_path / "korean.png")
    assert await page.evaluate("navigator.language") == "ko-KR"
