"""What a bot says of itself, and what it asks about chats."""

import pytest

from tests.adapters.telegram_standin.driving import ANNA, Driver, Json

HELP = {"command": "help", "description": "도움"}


async def test_commands_are_kept_by_scope_and_language(known: Driver) -> None:
    own = {"type": "chat", "chat_id": ANNA}
    await known.call("setMyCommands", commands=[HELP])
    await known.call("setMyCommands", commands=[{**HELP, "command": "/Stop"}], scope=own)

    default = (await known.call("getMyCommands")).result
    hers = (await known.call("getMyCommands", scope=own)).result
    korean = (await known.call("getMyCommands", language_code="ko")).result
    await known.call("deleteMyCommands", scope=own)

    assert default == [HELP]
    assert hers[0]["command"] == "stop"
    assert korean == []
    assert (await known.call("getMyCommands", scope=own)).result == []


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"commands": [{"command": "a b", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        (
            {"commands": [{"command": "a"}]},
            "can't parse BotCommand: Can't find field \"description\"",
        ),
        ({"commands": ["a"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": {"a": 1}}, "expected an Array of BotCommand"),
        ({"commands": [HELP] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [HELP], "scope": {"type": "x"}}, "can't parse BotCommandScope"),
        ({"commands": [HELP], "scope": [1]}, "can't parse BotCommandScope: BotCommandScope must"),
        ({"commands": [HELP], "language_code": "korean"}, "LANGUAGE_CODE_INVALID"),
    ],
)
async def test_commands_that_make_no_sense(known: Driver, given: Json, reason: str) -> None:
    answer = await known.call("setMyCommands", **given)

    assert answer.description.startswith(f"Bad Request: {reason}")


@pytest.mark.parametrize(
    ("what", "field", "default"),
    [
        ("Name", "name", "Stand-in bot"),
        ("Description", "description", ""),
        ("ShortDescription", "short_description", ""),
    ],
)
async def test_names_and_descriptions(known: Driver, what: str, field: str, default: str) -> None:
    before = await known.call(f"getMy{what}")
    await known.call(f"setMy{what}", **{field: "곁"})
    await known.call(f"setMy{what}", **{field: "Gyeot"}, language_code="en")
    long = await known.call(f"setMy{what}", **{field: "x" * 600})

    assert before.result == {field: default}
    assert (await known.call(f"getMy{what}", language_code="ko")).result == {field: "곁"}
    assert (await known.call(f"getMy{what}", language_code="en")).result == {field: "Gyeot"}
    assert long.status == 400


async def test_the_menu_button(known: Driver) -> None:
    default = await known.call("getChatMenuButton")
    app = {"type": "web_app", "text": "a", "web_app": {"url": "https://a.kr/"}}
    await known.call("setChatMenuButton", chat_id=ANNA, menu_button=app)
    wrong = await known.call("setChatMenuButton", menu_button="[]")

    assert default.result == {"type": "commands"}
    assert (await known.call("getChatMenuButton", chat_id=ANNA)).result == app
    assert wrong.status == 400


async def test_chats_and_members(known: Driver) -> None:
    await known.control(f"person/{ANNA}/profile", {"username": "anna"})

    chat = await known.call("getChat", chat_id=ANNA)
    member = await known.call("getChatMember", chat_id=ANNA, user_id=ANNA)
    bot = await known.call("getChatMember", chat_id=ANNA, user_id=123456)
    nobody = await known.call("getChatMember", chat_id=ANNA, user_id=5)

    assert chat.result["active_usernames"] == ["anna"]
    assert member.result["status"] == bot.result["status"] == "member"
    assert nobody.description == "Bad Request: member not found"
