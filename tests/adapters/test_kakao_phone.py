"""The phone of Kakao's stand-in: what a person can do with it."""

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.adapters.kakao_skill import BOT, Skill, open_skill

PHOTO = base64.b64encode(b"a photo").decode()


@pytest.fixture
async def skill() -> AsyncIterator[Skill]:
    """The stand-in and a skill on one server."""
    async with open_skill() as one:
        yield one


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
