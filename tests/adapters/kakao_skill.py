"""A skill for tests of Kakao's stand-in: it answers as a test tells it, and keeps what came."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from adapters.kakao.standin.server import add_routes
from tests.adapters.servers import Server, running

BOT = "65ab00000000000000000bff"
SHOWN = {"version": "2.0", "template": {"outputs": [{"simpleText": {"text": "네"}}]}}


@dataclass
class Skill:
    """A skill that answers as a test tells it, and keeps what came."""

    server: Server
    answer: Callable[[], Awaitable[web.Response]]
    headers: list[Mapping[str, str]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)

    def says(self, body: Any, status: int = 200) -> None:  # noqa: ANN401 - JSON
        async def answer() -> web.Response:
            return web.json_response(body, status=status)

        self.answer = answer

    async def does(self, deed: str, **body: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        return await self.server.post(f"/standin/kakao/person/haneul/{deed}", **body)

    async def screen(self, query: str = "") -> dict[str, Any]:
        return await self.server.get(f"/standin/kakao/person/haneul/messages{query}")

    async def last(self) -> dict[str, Any]:
        shown: dict[str, Any] = (await self.screen())["messages"][-1]
        return shown


@asynccontextmanager
async def open_skill() -> AsyncIterator[Skill]:
    """The stand-in and a skill on one server."""
    app = web.Application()
    add_routes(app, skill_url="/skill", secret="s3cret", bot_id=BOT)

    async def called(request: web.Request) -> web.Response:
        one.headers.append(request.headers)
        one.calls.append(await request.json())
        return await one.answer()

    app.router.add_post("/skill", called)
    async with running(app) as server:
        one = Skill(server, lambda: asyncio.sleep(0, web.json_response(SHOWN)))
        yield one
