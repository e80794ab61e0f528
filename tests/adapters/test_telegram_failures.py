"""When Telegram does not take a message: later, never, or nobody knows."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from aiohttp import web

from adapters.base import SendError
from adapters.telegram.channel import FILE_BYTES, Telegram
from adapters.telegram.failures import failure
from adapters.telegram.transport import Broken, Refused, Transport
from flows.messages import Attachment, Button, Outbound
from tests.adapters.rigs import SITE, TOKEN, TelegramRig, telegram_rig
from tests.adapters.servers import running

HELLO = Outbound("안녕하세요")


@pytest.fixture
async def rig() -> AsyncIterator[TelegramRig]:
    """Telegram, and a person who has opened it."""
    async with telegram_rig() as one:
        await one.says("/start")
        yield one


async def _fails(rig: TelegramRig, method: str = "sendmessage", **fault: Any) -> None:  # noqa: ANN401 - JSON
    told = await rig.server.post(f"/standin/bot{TOKEN}/faults", method=method, **fault)
    assert told["ok"], told


async def _refusal(rig: TelegramRig, message: Outbound = HELLO) -> SendError:
    with pytest.raises(SendError) as caught:
        await rig.channel.send("7", message)
    return caught.value


async def test_too_fast_means_later_and_says_when(rig: TelegramRig) -> None:
    await _fails(rig, status=429, retry_after=7)

    error = await _refusal(rig)

    assert (error.retry_after, error.ambiguous, error.gone) == (7.0, False, False)


async def test_trouble_on_their_side_means_later_and_perhaps_twice(rig: TelegramRig) -> None:
    await _fails(rig, status=502, after_accepting=True)

    error = await _refusal(rig)

    assert error.retry_after is not None
    assert error.ambiguous
    assert (await rig.sees()).texts == ["안녕하세요"]


async def test_a_connection_that_ends_without_an_answer_is_ambiguous(rig: TelegramRig) -> None:
    await _fails(rig, status=0, after_accepting=True)

    error = await _refusal(rig)

    assert error.retry_after is not None
    assert error.ambiguous


async def test_a_person_who_blocked_us_is_gone(rig: TelegramRig) -> None:
    await rig.server.post(f"/standin/bot{TOKEN}/person/7/block")

    error = await _refusal(rig)

    assert error.gone
    assert error.retry_after is None


async def test_somebody_who_never_wrote_cannot_be_written_to(rig: TelegramRig) -> None:
    with pytest.raises(SendError, match="chat not found") as caught:
        await rig.channel.send("12345", HELLO)

    assert caught.value.retry_after is None


async def test_a_wrong_token_keeps_the_message_for_a_right_one(rig: TelegramRig) -> None:
    async with Telegram("123456:wrong", SITE, api=rig.server.url) as other:
        with pytest.raises(SendError) as caught:
            await other.send("7", HELLO)

    assert caught.value.retry_after == 60
    assert "wrong" not in caught.value.reason


def _answering(answers: Mapping[str, web.Response]) -> web.Application:
    """Return a server that knows one answer for each path."""

    async def answer(request: web.Request) -> web.Response:
        return answers[request.path]

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    return app


async def test_nobody_at_the_other_end_is_certain_not_to_have_got_it() -> None:
    async with Telegram(TOKEN, SITE, api="http://127.0.0.1:9") as channel:
        with pytest.raises(SendError) as caught:
            await channel.send("7", HELLO)

    assert caught.value.retry_after is not None
    assert not caught.value.ambiguous
    assert TOKEN not in caught.value.reason


async def test_an_answer_that_takes_too_long_is_ambiguous(rig: TelegramRig) -> None:
    await _fails(rig, "getme", hang_s=5.0)

    async with Transport(read_s=0.2) as transport:
        with pytest.raises(Broken):
            await transport.post(f"{rig.server.url}/bot{TOKEN}/getMe")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"ok":true}'])
async def test_an_answer_that_is_no_answer_is_ambiguous(body: bytes) -> None:
    app = _answering({"/x": web.Response(body=body)})

    async with running(app) as server, Transport() as transport:
        with pytest.raises(Broken):
            await transport.post(f"{server.url}/x")


async def test_a_redirection_is_no_answer_and_is_not_followed() -> None:
    moved = web.Response(status=302, headers={"Location": "http://169.254.169.254/"})
    app = _answering({"/x": moved})

    async with running(app) as server, Transport() as transport:
        with pytest.raises(Refused) as caught:
            await transport.post(f"{server.url}/x")

    assert failure(caught.value).retry_after is not None


async def test_reasons_never_repeat_what_telegram_quotes(rig: TelegramRig) -> None:
    await _fails(rig, status=400, description="Bad Request: URL 'https://x/#link=SECRET' is bad")

    error = await _refusal(rig)

    assert "SECRET" not in error.reason
    assert error.retry_after is None


async def test_a_link_that_telegram_refuses_is_written_out(rig: TelegramRig) -> None:
    await _fails(rig, status=400, description="Bad Request: BUTTON_URL_INVALID")

    await rig.channel.send("7", Outbound("여기예요.", (Button("웹", path="/chat#link=t"),)))

    seen = await rig.sees()
    assert seen.texts == [f"여기예요.\n\n웹\n{SITE}/chat#link=t"]
    assert seen.links == []


async def test_a_later_part_waits_out_a_limit_instead_of_beginning_anew(rig: TelegramRig) -> None:
    long = Outbound("나 " * 5000)
    app_calls = asyncio.ensure_future(rig.channel.send("7", long))
    await _until_sent(rig, 1)
    await _fails(rig, status=429, retry_after=1)

    await app_calls

    texts = (await rig.sees()).texts
    assert " ".join(texts).split() == ["나"] * 5000


async def _until_sent(rig: TelegramRig, count: int) -> None:
    async with asyncio.timeout(5):
        while len((await rig.sees()).texts) < count:  # noqa: ASYNC110 - her screen is asked
            await asyncio.sleep(0)


async def test_a_file_beyond_the_limit_is_refused_while_it_comes() -> None:
    found = {"ok": True, "result": {"file_id": "f", "file_unique_id": "u", "file_path": "big"}}
    large = web.Response(body=b"x" * (FILE_BYTES + 1))
    answers = {"/bot1:A/getFile": web.json_response(found), "/file/bot1:A/big": large}
    app = _answering(answers)

    async with running(app) as server, Telegram("1:A", SITE, api=server.url) as channel:
        with pytest.raises(SendError, match="20 MB") as caught:
            await channel.fetch(Attachment("document", "f"))

    assert caught.value.retry_after is None


async def test_before_it_is_opened_the_channel_says_so() -> None:
    with pytest.raises(RuntimeError, match="before it was opened"):
        await Telegram(TOKEN, SITE)._transport.download("http://x/").__anext__()  # noqa: SLF001 - its one caller opens it
