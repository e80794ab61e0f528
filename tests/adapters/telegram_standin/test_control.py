"""The control API: what people do, what they see, and who may use it."""

import asyncio

import aiohttp
import pytest
from aiohttp import web

from adapters.telegram.standin.server import add_routes, standin
from tests.adapters.telegram_standin.driving import ANNA, BORA, OTHER, TOKEN, Driver, Json, b64


async def test_a_person_springs_into_being_at_first_use(bot: Driver) -> None:
    empty = await bot.control(f"person/{ANNA}/messages")
    await bot.says("안녕")
    shown = await bot.sees()

    assert empty["messages"] == []
    assert empty["person"]["first_name"] == "Person"
    assert shown == [
        {
            "message_id": 1,
            "from": "person",
            "text": "안녕",
            "rows": [],
            "files": [],
            "date": shown[0]["date"],
            "edited": False,
        }
    ]


async def test_her_profile_shows_in_what_she_writes(bot: Driver) -> None:
    profile = {"first_name": "보라", "last_name": "김", "username": "bora", "language_code": "en"}
    await bot.control(f"person/{BORA}/profile", profile)

    await bot.says("hi", BORA)

    sender = (await bot.updates())[0]["message"]["from"]
    assert sender == {"id": BORA, "is_bot": False, **profile}
    for wrong in ({"nickname": "x"}, {"first_name": ""}, {"first_name": 1}):
        assert (await bot.try_control(f"person/{BORA}/profile", wrong)).status == 400


async def test_she_edits_a_text_and_a_caption(known: Driver) -> None:
    text = await known.says("a")
    body: Json = {"name": "a.txt", "mime": "text/plain", "data_b64": b64(b"x"), "caption": "b"}
    file = (await known.control(f"person/{ANNA}/document", body))["message_id"]

    await known.control(f"person/{ANNA}/edit", {"message_id": text, "text": "/help"})
    await known.control(f"person/{ANNA}/edit", {"message_id": file, "text": "c"})

    edits = [
        update["edited_message"] for update in await known.updates() if "edited_message" in update
    ]
    assert edits[0]["entities"][0]["type"] == "bot_command"
    assert (edits[1]["caption"], "text" in edits[1]) == ("c", False)
    assert [shown["edited"] for shown in (await known.sees())[-2:]] == [True, True]


async def test_a_phone_can_follow_live(known: Driver) -> None:
    first = await known.control(f"person/{ANNA}/messages")
    path = f"person/{ANNA}/messages?after={first['revision']}&wait=20"
    following = asyncio.ensure_future(known.control(path))
    await asyncio.sleep(0.05)

    await known.call("sendMessage", chat_id=ANNA, text="news")
    second = await asyncio.wait_for(following, 5)
    at_once = await known.control(path)
    nothing = await known.control(
        f"person/{ANNA}/messages?after={second['revision']}&wait=0.05&last=1"
    )

    assert second["messages"][-1]["text"] == "news"
    assert second["revision"] > first["revision"]
    assert at_once["revision"] == second["revision"]
    assert len(nothing["messages"]) == 1


async def test_the_phone_shows_the_commands_of_the_bot(known: Driver) -> None:
    commands = [{"command": "help", "description": "도움"}]
    await known.call("setMyCommands", commands=commands)

    shown = await known.control(f"person/{ANNA}/messages")

    assert shown["bot"]["commands"] == commands
    assert shown["bot"]["name"] == "Stand-in bot"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"person/{ANNA}/text", {}, 400),
        (f"person/{ANNA}/text", {"text": 1}, 400),
        (f"person/{ANNA}/text", {"text": "  "}, 400),
        (f"person/{ANNA}/text", {"text": "x" * 4097}, 400),
        (f"person/{ANNA}/press", {"data": "x"}, 400),
        (f"person/{ANNA}/press", {"message_id": 1, "data": "x"}, 404),
        (f"person/{ANNA}/photo", {"data_b64": "%%%"}, 400),
        (f"person/{ANNA}/photo", {"data_b64": b64(b"no picture")}, 400),
        (f"person/{ANNA}/document", {"data_b64": b64(b"x")}, 400),
        (f"person/{ANNA}/document", {"name": "x", "data_b64": ""}, 400),
        (f"person/{ANNA}/edit", {"message_id": 999, "text": "x"}, 404),
        (f"person/{ANNA}/unblock", {}, 409),
        (f"person/{ANNA}/sing", {}, 404),
        ("person/anna/text", {"text": "x"}, 400),
        ("person/0/text", {"text": "x"}, 400),
        (f"person/{1 << 53}/text", {"text": "x"}, 400),
        ("person/-5/messages", None, 400),
        (f"person/{ANNA}/messages?after=x", None, 400),
        ("clock", {"advance_s": "1"}, 400),
        ("clock", {"advance_s": -1}, 400),
        ("group/5/add", {"person": ANNA}, 400),
        ("group/-5/text", {"person": ANNA, "text": "x"}, 404),
    ],
)
async def test_bad_input_gets_a_clear_error(
    known: Driver, path: str, body: Json | None, status: int
) -> None:
    answer = await known.try_control(path, body)

    assert answer.status == status
    assert answer.body["ok"] is False
    assert answer.body["error"]


async def test_bodies_that_are_no_json_objects(known: Driver) -> None:
    for content in (b"{", b"[]"):
        path = f"/standin/bot{TOKEN}/person/{ANNA}/text"
        assert (await known.request("POST", path, data=content)).status == 400


async def test_blocked_people_must_unblock_first(known: Driver) -> None:
    await known.control(f"person/{ANNA}/block")

    for act, body in (("text", {"text": "x"}), ("block", {})):
        assert (await known.try_control(f"person/{ANNA}/{act}", body)).status == 409
    assert (await known.control(f"person/{ANNA}/messages"))["blocked"] is True


async def test_foreign_pages_are_refused(known: Driver) -> None:
    path = f"/standin/bot{TOKEN}/person/{ANNA}/messages"

    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        assert (await known.request("GET", path, headers=headers)).status == 403
    own = await known.request("GET", path, headers={"Origin": known.url})
    assert own.status == 200


async def test_a_token_that_is_not_there(known: Driver) -> None:
    assert (await known.request("GET", "/standin/bot9:x/log")).status == 404
    assert (await known.request("GET", "/standin/bot9:x/files/x")).status == 404
    with pytest.raises(ValueError, match="a token looks like"):
        standin("nonsense")


async def test_reset_lets_a_bot_begin_anew(known: Driver) -> None:
    await known.call("setMyName", name="x")
    await known.control("faults", {"method": "getMe", "status": 500, "times": 9})
    other = Driver(known.url, known.http, OTHER)
    await other.says("stays")

    await known.control("reset")

    assert (await known.call("getMe")).status == 200
    assert await known.sees() == []
    assert (await known.call("sendMessage", chat_id=ANNA, text="x")).status == 400
    assert len(await other.sees()) == 1


async def test_groups_for_bots_that_must_leave_them(known: Driver) -> None:
    await known.control("group/-77/add", {"person": ANNA, "title": "모임"})
    await known.control("group/-77/text", {"person": ANNA, "text": "hi all"})
    member, message = await known.updates()
    about = await known.call("getChat", chat_id=-77)
    left = await known.call("leaveChat", chat_id=-77)
    refused = await known.call("sendMessage", chat_id=-77, text="x")

    assert member["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert message["message"]["chat"] == {"id": -77, "title": "모임", "type": "group"}
    assert about.result["permissions"]
    assert left.result is True
    assert refused.description == "Forbidden: bot is not a member of the group chat"
    assert (await known.call("leaveChat", chat_id=ANNA)).status == 400


async def test_the_routes_can_stand_in_another_application(http: aiohttp.ClientSession) -> None:
    app = web.Application(client_max_size=1000)
    bots = add_routes(app, [TOKEN], bot_name="곁", flood_control=False)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    bot = Driver(f"http://127.0.0.1:{runner.addresses[0][1]}", http)
    poll = asyncio.ensure_future(bot.call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    body: Json = {"name": "a", "mime": "", "data_b64": b64(b"x" * 5000)}

    name = (await bot.call("getMe")).result["first_name"]
    await bot.control(f"person/{ANNA}/document", body)
    await poll
    last = asyncio.ensure_future(bot.call("getUpdates", timeout=20, offset=2**30))
    await asyncio.sleep(0.05)
    await bots.close()

    assert name == "곁"
    assert (await asyncio.wait_for(last, 5)).status == 200
    await runner.cleanup()


async def test_a_bot_that_has_logged_out(known: Driver) -> None:
    closed = await known.call("close")
    gone = await known.call("logOut")
    after = await known.call("getMe")

    assert closed.result is gone.result is True
    assert after.description == "Logged out"
