"""The bell between processes: ids of conversations that changed, never anything else.

Redis carries it where there is one, else PostgreSQL. The database stays the truth: whoever
was cut off from the bell looks at everything again, and while cut off, every half second.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from secrets import token_hex
from typing import Protocol

import psycopg
from redis.asyncio import Redis
from redis.exceptions import RedisError

from storage.connection import parsed
from storage.signals import LOOK_AGAIN

log = logging.getLogger(__name__)

CHANNEL = "gyeot_changed"
LOOK_SECONDS = 0.5
AGAIN_SECONDS = 1.0
MOST_IDS = 300
"""As many as fit into one message of PostgreSQL; more say: look at everything."""

FAILURES = (RedisError, psycopg.Error, OSError, TimeoutError)


class Wire(Protocol):
    """What carries the bell."""

    async def say(self, message: str) -> None:
        """Let all who listen hear this."""

    def hear(self) -> AsyncGenerator[str, None]:
        """Yield what is said, the own words too; an empty one once it listens."""

    async def close(self) -> None:
        """Hang up."""


class Bell:
    """Rings in other processes what changed in this one, and here what changed there."""

    def __init__(self, wire: Wire, ring: Callable[[Iterable[int]], None]) -> None:
        self._wire = wire
        self._ring = ring
        self._me = token_hex(4)
        self._silent = False
        self._ids: set[int] = set()
        self._changed = asyncio.Event()
        self._tasks = [asyncio.create_task(each()) for each in (self._say_all, self._hear_all)]

    def tell(self, ids: Iterable[int]) -> None:
        """Ring elsewhere as soon as may be; many changes go as one message."""
        self._ids.update(ids)
        self._changed.set()

    async def close(self) -> None:
        """Stop ringing and listening."""
        running = set(self._tasks)
        while running:  # a library may take a cancellation for a timeout of its own
            for task in running:
                task.cancel()
            _, running = await asyncio.wait(running, timeout=AGAIN_SECONDS)
        await self._wire.close()

    async def _say_all(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            ids, self._ids = self._ids, set()
            told = ids if len(ids) <= MOST_IDS else [LOOK_AGAIN]
            try:
                await self._wire.say(f"{self._me}:{','.join(map(str, told))}")
            except FAILURES as error:  # the others notice by themselves, and look again
                self._complain(error)

    async def _hear_all(self) -> None:
        while True:
            try:
                async with aclosing(self._wire.hear()) as messages:
                    async for message in messages:
                        self._heard(message)
            except FAILURES as error:
                self._complain(error)
            self._ring([LOOK_AGAIN])
            await asyncio.sleep(LOOK_SECONDS)

    def _complain(self, error: BaseException) -> None:
        """Say once that the bell is silent, not twice a second."""
        if not self._silent:
            log.warning("the bell between processes is silent: %s", type(error).__name__)
        self._silent = True

    def _heard(self, message: str) -> None:
        self._silent = False
        sender, _, ids = message.partition(":")
        if not ids.replace(",", "").isdecimal():
            self._ring([LOOK_AGAIN])  # it has just begun to listen, or hears a stranger
        elif sender != self._me:
            self._ring(map(int, ids.split(",")))


class RedisWire:
    """Redis' publish and subscribe."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url, socket_timeout=2.0, socket_connect_timeout=2.0, decode_responses=True
        )

    async def say(self, message: str) -> None:
        """Publish."""
        await self._redis.publish(CHANNEL, message)

    async def hear(self) -> AsyncGenerator[str, None]:
        """Subscribe."""
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
        if self._saying is None or self._saying.broken:
            self._saying = await self._connected()
        await self._saying.execute("SELECT pg_notify(%s, %s)", (CHANNEL, message))

    async def hear(self) -> AsyncGenerator[str, None]:
        """Listen."""
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


def wire_for(url: str, redis_url: str | None) -> Wire | None:
    """Return what carries the bell; nothing does where one process has SQLite alone."""
    if redis_url:
        return RedisWire(redis_url)
    if parsed(url).get_backend_name() == "postgresql":
        return PostgresWire(url)
    return None
