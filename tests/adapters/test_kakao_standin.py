"""The stand-in of Kakao: what it sends, and when it shows nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from tests.adapters.kakao_skill import BOT, SHOWN, Skill, open_skill


@pytest.fixture
async def skill() -> AsyncIterator[Skill]:
    """The stand-in and a skill on one server."""
    async with open_skill() as one:
        yield one


async def test_a_text_becomes_a_call_with_the_fixed_headers(skill: Skill) -> None:
    await skill.does("text", text="안녕하세요")

    (call,), (headers,) = skill.calls, skill.headers
    assert call["userRequest"]["utterance"] == "안녕하세요"
    assert call["flow"]["trigger"]["type"] == "TEXT_INPUT"
    assert headers["X-Gyeot-Secret"] == "s3cret"
    assert headers["X-Request-Id"] == headers["X-Chappie-Footprint"]
    assert headers["X-Request-Id"].startswith("chp-")
    assert [one["from"] for one in (await skill.screen())["messages"]] == ["person", "bot"]


async def test_the_members_of_a_call_come_in_both_orders(skill: Skill) -> None:
    await skill.does("text", text="하나")
    await skill.does("text", text="둘")

    first, second = (list(call["userRequest"]) for call in skill.calls)
    assert first == second[::-1]


async def test_a_callback_is_offered_only_where_it_is_switched_on(skill: Skill) -> None:
    await skill.does("text", text="하나")
    await skill.server.post("/standin/kakao/options", callback=False, language="kr")
    await skill.does("text", text="둘")

    first, second = (call["userRequest"] for call in skill.calls)
    assert "/callback/" in first["callbackUrl"]
    assert "callbackUrl" not in second
    assert (first["lang"], second["lang"]) == ("ko", "kr")


async def test_the_development_channel_marks_its_bot(skill: Skill) -> None:
    await skill.server.post("/standin/kakao/options", development=True)

    await skill.does("text", text="하나")

    assert skill.calls[0]["bot"]["id"] == f"{BOT}!"


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (SHOWN, 500, "status 500"),
        (SHOWN, 302, "status 302"),
        ({"template": SHOWN["template"]}, 200, "version is missing"),
        ({"version": "2.0", "template": {"outputs": []}}, 200, "1 to 3 are allowed"),
        ([], 200, "no object"),
    ],
)
async def test_a_wrong_answer_is_not_shown_and_the_reason_is(
    skill: Skill, body: object, status: int, reason: str
) -> None:
    skill.says(body, status)

    told = await skill.does("text", text="하나")

    assert reason in told["error"]
    shown = await skill.last()
    assert shown["outputs"] == []
    assert shown["error"] == told["error"]


async def test_an_answer_that_is_no_json_is_not_shown(skill: Skill) -> None:
    skill.answer = lambda: asyncio.sleep(0, web.Response(text="{}", content_type="text/html"))
    assert "type is text/html" in (await skill.does("text", text="하나"))["error"]

    broken = web.Response(text="{", content_type="application/json")
    skill.answer = lambda: asyncio.sleep(0, broken)
    assert "no JSON" in (await skill.does("text", text="둘"))["error"]


async def test_a_call_that_takes_too_long_is_cut(skill: Skill) -> None:
    await skill.server.post("/standin/kakao/faults", fault="cut", seconds=0.1)

    async def sleeps() -> web.Response:
        await asyncio.sleep(0.4)
        return web.json_response(SHOWN)

    skill.answer = sleeps

    assert "no answer within 0.1 s" in (await skill.does("text", text="하나"))["error"]


async def test_a_lost_answer_and_a_repeated_call_can_be_played(skill: Skill) -> None:
    await skill.server.post("/standin/kakao/faults", fault="lost")
    assert "lost" in (await skill.does("text", text="하나"))["error"]

    await skill.server.post("/standin/kakao/faults", fault="repeated")
    assert (await skill.does("text", text="둘"))["error"] is None
    ids = [headers["X-Request-Id"] for headers in skill.headers]
    assert len(ids) == 3
    assert ids[1] == ids[2] != ids[0]


async def test_the_console_test_is_a_call_of_nobody(skill: Skill) -> None:
    told = await skill.server.post("/standin/kakao/console-test")

    assert told["answer"] == SHOWN
    assert skill.calls[0]["userRequest"]["user"]["type"] == "accountId"
