"""What carries the bell between processes: Redis where there is one, else PostgreSQL."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager

import psycopg
from redis.asyncio import Redis
from redis.exceptions import RedisError

from storage.bells import LOOK_SECONDS, Wire
from storage.connection import parsed

CHANNEL = "gyeot_changed"


@contextmanager
def _known() -> Iterator[None]:
    """Let a broken wire be known by one kind of error."""
    try:
        yield
    except (RedisError, psycopg.Error) as error:
        raise ConnectionError(type(error).__name__) from None


class RedisWire:
    """Redis' publish and subscribe."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url, socket_timeout=2.0, socket_connect_timeout=2.0, decode_responses=True
        )

    async def say(self, message: str) -> None:
        """Publish."""
        with _known():
            await self._redis.publish(CHANNEL, message)

    async def hear(self) -> AsyncGenerator[str, None]:
        """Subscribe."""
        with _known():
            async with self._redis.pubsub() as listening:
                await listening.subscribe(CHANNEL)
                yield ""
                while True:
                    heard = await listening.get_message(
                        ignore_subscribe_messages=True, timeout=LOOK_SECONDS
                    )
                    if heard:
                        yield heard["data"]

    async def close(self) -> None:
        """Hang up."""
        await self._redis.aclose()


class PostgresWire:
    """PostgreSQL's notify and listen, over two connections of their own."""

    def __init__(self, url: str) -> None:
        plain = parsed(url).set(drivername="postgresql")
        self._url = plain.render_as_string(hide_password=False)
        self._saying: psycopg.AsyncConnection[tuple[object, ...]] | None = None

    async def say(self, message: str) -> None:
        """Notify."""
        with _known():
            if self._saying is None or self._saying.broken:
                self._saying = await self._connected()
            await self._saying.execute("SELECT pg_notify(%s, %s)", (CHANNEL, message))

    async def hear(self) -> AsyncGenerator[str, None]:
        """Listen."""
        with _known():
            async with await self._connected() as listening:
                await listening.execute(f"LISTEN {CHANNEL}")
                yield ""
                async for heard in listening.notifies():
                    yield heard.payload

    async def close(self) -> None:
        """Hang up."""
        if self._saying is not None:
            await self._saying.close()

    async def _connected(self) -> "psycopg.AsyncConnection[tuple[object, ...]]":
        return await psycopg.AsyncConnection.connect(self._url, autocommit=True, connect_timeout=5)


def wire_for(url: str, redis_url: str | None) -> Wire:
    """Return what carries the bell of the processes that share a PostgreSQL database."""
    return RedisWire(redis_url) if redis_url else PostgresWire(url)
