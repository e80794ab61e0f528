"""A bot's own server, to which a stand-in delivers."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from tests.adapters.telegram_standin.driving import Json

Answer = Callable[[Json], web.Response]


class Receiver:
    """A bot's own server, which notes what comes."""

    def __init__(self) -> None:
        self.url = ""
        self.bodies: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Answer = lambda _update: web.Response()
        self.delay_s: Callable[[Json], float] = lambda _update: 0.0
        self.take_in: Callable[[Json], None] = lambda _update: None
        self._news = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        body: Json = await request.json()
        await asyncio.sleep(self.delay_s(body))
        async with self._news:
            self.bodies.append(body)
            self.headers.append(dict(request.headers))
            self._news.notify_all()
        self.take_in(body)
        return self.answer(body)

    async def wait(self, count: int) -> list[Json]:
        """Return what has come as soon as it is so much."""
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: len(self.bodies) >= count)
        return self.bodies
