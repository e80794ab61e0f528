"""The stand-in of Kakao: what it sends, when it shows nothing, and what phones can do."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from adapters.kakao.standin.server import add_routes
from tests.adapters.servers import Server, running

BOT = "65ab00000000000000000bff"
SHOWN = {"version": "2.0", "template": {"outputs": [{"simpleText": {"text": "네"}}]}}
PHOTO = base64.b64encode(b"a photo").decode()


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


@pytest.fixture
async def skill() -> AsyncIterator[Skill]:
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


async def test_quick_replies_and_cards_come_back_with_their_extra(skill: Skill) -> None:
    button = {"label": "카드", "action": "block", "blockId": "b", "extra": {"data": "c"}}
    site = {"label": "웹", "action": "webLink", "webLinkUrl": "https://x.example/"}
    reply = {"label": "네", "action": "message", "messageText": "그래요", "extra": {"data": "q"}}
    skill.says(
        {
            "version": "2.0",
            "template": {
                "outputs": [{"textCard": {"title": "t", "buttons": [button, site]}}],
                "quickReplies": [reply],
            },
        }
    )
    number = (await skill.does("text", text="하나"))["answer_id"]

    opened = await skill.does("press", message_id=number, index=2)
    await skill.does("press", message_id=number, data="q")
    vanished = await skill.does("press", message_id=number, data="q")
    await skill.does("press", message_id=number, data="c")

    assert opened == {"ok": True, "url": "https://x.example/"}
    assert "vanish" in vanished["error"]
    said = [
        (call["userRequest"]["utterance"], call["flow"]["trigger"]["type"]) for call in skill.calls
    ]
    assert said[1:] == [("그래요", "QUICKREPLY_BUTTON_MESSAGE"), ("카드", "CARD_BUTTON_BLOCK")]
    assert [(call["action"]["clientExtra"] or {}).get("data") for call in skill.calls] == [
        None,
        "q",
        "c",
    ]


async def test_an_operator_takes_the_chat_away_from_the_skill(skill: Skill) -> None:
    button = {"label": "상담원 연결", "action": "operator"}
    card = {"textCard": {"title": "t", "buttons": [button]}}
    skill.says({"version": "2.0", "template": {"outputs": [card]}})
    number = (await skill.does("text", text="하나"))["answer_id"]

    await skill.does("press", message_id=number, index=0)
    await skill.does("text", text="상담원님")
    kept = len(skill.calls)
    await skill.does("back")
    await skill.does("text", text="봇님")

    assert kept == 1
    assert len(skill.calls) == 2


async def test_secure_photos_expire_after_ten_minutes(skill: Skill) -> None:
    await skill.does("photo", data_b64=[PHOTO, PHOTO])
    secure = skill.calls[0]["action"]["params"]["secureimage"]
    address = secure.partition("List(")[2].partition(",")[0]

    async with skill.server.client.get(address) as first:
        content = await first.read()
    await skill.server.post("/standin/kakao/clock", advance_s=601)
    async with skill.server.client.get(address) as second:
        status = second.status

    assert '"imageQuantity":"2"' in secure
    assert content == b"a photo"
    assert status == 403


async def test_a_photo_can_be_sent_freely(skill: Skill) -> None:
    await skill.does("photo", data_b64=PHOTO, free=True)

    request = skill.calls[0]["userRequest"]
    assert request["params"]["media"] == {"type": "image", "url": request["utterance"]}


async def test_opening_the_chat_runs_the_welcome_block(skill: Skill) -> None:
    await skill.does("open")

    assert skill.calls[0]["userRequest"]["block"]["name"] == "웰컴 블록"


async def test_a_person_who_has_blocked_cannot_write_and_the_skill_hears_nothing(
    skill: Skill,
) -> None:
    await skill.does("block")

    refused = await skill.does("text", text="하나")
    await skill.does("unblock")
    await skill.does("text", text="둘")

    assert not refused["ok"]
    assert len(skill.calls) == 1


async def test_the_phone_waits_for_what_is_new(skill: Skill) -> None:
    revision = (await skill.screen())["revision"]
    waiting = asyncio.ensure_future(skill.screen(f"?after={revision}&wait=10"))
    await asyncio.sleep(0.05)
    assert not waiting.done()

    await skill.does("text", text="하나")

    async with asyncio.timeout(2):
        assert (await waiting)["revision"] > revision
    assert (await skill.screen("?after=99&wait=0.05"))["ok"]


async def test_the_console_test_is_a_call_of_nobody(skill: Skill) -> None:
    told = await skill.server.post("/standin/kakao/console-test")

    assert told["answer"] == SHOWN
    assert skill.calls[0]["userRequest"]["user"]["type"] == "accountId"


async def test_only_friends_can_be_sent_an_event(skill: Skill) -> None:
    await skill.does("text", text="하나")
    key = skill.calls[0]["userRequest"]["user"]["id"]
    body = {"event": {"name": "news"}, "user": [{"type": "botUserKey", "id": key}]}

    wrong = await _talk(skill, body, "KakaoAK wrong")
    stranger = await _talk(skill, body)
    await skill.does("friend", on=True)
    friend = await _talk(skill, {**body, "params": {"a": "b"}})

    assert wrong[0] == 401
    assert stranger[1]["status"] == "FAIL"
    assert friend[1]["status"] == "SUCCESS"
    assert skill.calls[-1]["userRequest"]["params"]["a"] == "b"
    assert skill.calls[-1]["userRequest"]["user"]["properties"]["isFriend"] is True


@pytest.mark.parametrize("body", [b"", b"[]", b'{"event": {"name": "n"}, "user": []}'])
async def test_an_event_that_makes_no_sense_is_refused(skill: Skill, body: bytes) -> None:
    headers = {"Authorization": "KakaoAK standin-rest-key"}
    path = f"{skill.server.url}/standin/kakao/v2/bots/{BOT}/talk"

    async with skill.server.client.post(path, data=body, headers=headers) as answer:
        assert answer.status == 400


async def _talk(
    skill: Skill, body: dict[str, Any], key: str = "KakaoAK standin-rest-key"
) -> tuple[int, dict[str, Any]]:
    path = f"{skill.server.url}/standin/kakao/v2/bots/{BOT}/talk"
    headers = {"Authorization": key}
    async with skill.server.client.post(path, json=body, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_foreign_pages_cannot_play_with_the_phone(skill: Skill) -> None:
    path = f"{skill.server.url}/standin/kakao/person/haneul/text"
    headers = {"Origin": "https://evil.example"}

    async with skill.server.client.post(path, json={"text": "x"}, headers=headers) as answer:
        assert answer.status == 403
    assert skill.calls == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("person/haneul/dance", {}, 404),
        ("person/haneul/text", {}, 400),
        ("person/haneul/press", {"message_id": 99, "index": 0}, 404),
        ("person/haneul/photo", {"data_b64": "*"}, 400),
        ("person/haneul/photo", {"data_b64": []}, 400),
        ("faults", {"fault": "flood"}, 400),
        ("clock", {"advance_s": "soon"}, 400),
    ],
)
async def test_what_no_phone_can_do_is_refused(
    skill: Skill, path: str, body: dict[str, Any], status: int
) -> None:
    address = f"{skill.server.url}/standin/kakao/{path}"

    async with skill.server.client.post(address, json=body) as answer:
        assert answer.status == status
        assert not (await answer.json())["ok"]
