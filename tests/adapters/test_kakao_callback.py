"""Late answers: one use, one minute, and only where they were promised."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web

from adapters.base import SendError
from adapters.kakao.channel import FILE_BYTES, Kakao
from adapters.kakao.standin.server import add_routes
from flows.messages import Attachment, Outbound
from tests.adapters.servers import Server, running

BOT = "65ab00000000000000000bff"
SITE = "https://gyeot.example"


@dataclass
class Line:
    """A skill that promises, or not, and the addresses that it was given."""

    channel: Kakao
    server: Server
    addresses: list[str]
    promises: bool = True

    async def asks(self) -> str:
        """Let her write; returns the callback's address."""
        await self.server.post("/standin/kakao/person/haneul/text", text="물어볼게요")
        return self.addresses[-1]

    async def sees(self) -> list[str]:
        screen = await self.server.get("/standin/kakao/person/haneul/messages")
        shown = [one["outputs"] for one in screen["messages"] if one["from"] == "bot"]
        return [output["simpleText"]["text"] for outputs in shown for output in outputs]


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """Kakao's stand-in and our channel on one server."""
    app = web.Application()
    add_routes(app, skill_url="/skill", secret="s", bot_id=BOT)

    async def skill(request: web.Request) -> web.Response:
        body = await request.json()
        one.addresses.append(one.channel.callback_address(body) or "")
        waiting, now = one.channel.waiting("잠시만요"), one.channel.render([Outbound("지금")])
        return web.json_response(waiting if one.promises else now)

    app.router.add_post("/skill", skill)
    async with running(app) as server:
        host = server.url.removeprefix("http://")
        kakao = Kakao(BOT, SITE, callback_base=server.url, image_hosts=[host])
        async with kakao as channel:
            one = Line(channel, server, [])
            yield one


async def test_a_promised_answer_comes_later(line: Line) -> None:
    address = await line.asks()
    assert await line.sees() == ["잠시만요"]

    await line.channel.callback(address, line.channel.render([Outbound("찾았어요")]))

    assert await line.sees() == ["잠시만요", "찾았어요"]


async def _refused(line: Line, address: str, body: dict[str, Any] | None = None) -> str:
    with pytest.raises(SendError) as caught:
        await line.channel.callback(address, body or line.channel.render([Outbound("가")]))
    assert caught.value.retry_after is None
    assert not caught.value.ambiguous
    return caught.value.reason


async def test_an_address_serves_once(line: Line) -> None:
    address = await line.asks()
    await line.channel.callback(address, line.channel.render([Outbound("가")]))

    assert "Check your callback token" in await _refused(line, address)
    assert len(await line.sees()) == 2


async def test_an_address_serves_for_a_minute(line: Line) -> None:
    address = await line.asks()
    await line.server.post("/standin/kakao/clock", advance_s=61)

    assert "Check your callback token" in await _refused(line, address)


async def test_without_a_promise_nothing_can_come_later(line: Line) -> None:
    line.promises = False
    address = await line.asks()

    assert "Use callback true" in await _refused(line, address)


async def test_the_address_of_another_bot_is_refused(line: Line) -> None:
    address = (await line.asks()).replace(BOT, "65ab-other")

    assert "Invalid bot ID" in await _refused(line, address)


async def test_what_could_not_be_shown_is_refused(line: Line) -> None:
    address = await line.asks()

    assert "not suitable" in await _refused(line, address, {"version": "2.0"})


async def test_an_error_of_kakao_is_told_without_details(line: Line) -> None:
    address = await line.asks()
    await line.server.post("/standin/kakao/faults", fault="callback")

    assert await _refused(line, address) == "Kakao refused the callback: no known reason"


async def test_an_address_that_is_not_kakaos_is_never_called(line: Line) -> None:
    reason = await _refused(line, "http://127.0.0.1:1/v1/bots/b/callback/t")

    assert reason == "the callback's address is not Kakao's"


async def test_a_broken_connection_is_ambiguous() -> None:
    async def hangs_up(request: web.Request) -> web.Response:
        assert request.transport
        request.transport.abort()
        return web.Response()

    app = web.Application()
    app.router.add_post("/{path:.*}", hangs_up)
    async with running(app) as server, Kakao(BOT, SITE, callback_base=server.url) as channel:
        with pytest.raises(SendError) as caught:
            await channel.callback(f"{server.url}/x", channel.render([]))

    assert caught.value.ambiguous


async def test_nobody_at_the_other_end_is_certain_not_to_have_shown_it() -> None:
    async with Kakao(BOT, SITE, callback_base="http://127.0.0.1:9") as channel:
        with pytest.raises(SendError) as caught:
            await channel.callback("http://127.0.0.1:9/x", channel.render([]))

    assert not caught.value.ambiguous


async def test_photos_are_fetched_up_to_a_limit_and_no_redirection_is_followed() -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/moved":
            raise web.HTTPFound("http://169.254.169.254/")
        if request.path == "/busy":
            return web.Response(status=503)
        return web.Response(body=b"x" * (FILE_BYTES + 1))

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    async with running(app) as server:
        hosts = [server.url.removeprefix("http://")]
        async with Kakao(BOT, SITE, image_hosts=hosts) as channel:
            reasons = {}
            for path in ("/moved", "/busy", "/large"):
                with pytest.raises(SendError) as caught:
                    await channel.fetch(Attachment("photo", server.url + path))
                reasons[path] = (caught.value.reason, caught.value.retry_after)

    assert reasons == {
        "/moved": ("the photo is not there: status 302", None),
        "/busy": ("the photo is not there: status 503", 2.0),
        "/large": ("the photo is larger than 20 MB", None),
    }


async def test_before_it_is_opened_the_channel_says_so() -> None:
    with pytest.raises(RuntimeError, match="before it was opened"):
        await asyncio.wait_for(
            Kakao(BOT, SITE).fetch(Attachment("photo", "http://a.kakaocdn.net/x")), 1
        )
