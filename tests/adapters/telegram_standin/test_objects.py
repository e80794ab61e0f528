"""Every object that the stand-in sends is as the public description says."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from adapters.telegram.standin import tables
from adapters.telegram.standin.methods import SPOKEN
from tests.adapters.telegram_standin.driving import ANNA, TOKEN, Driver, Json, b64, png

PLAIN = {"Integer": int, "String": str, "Boolean": bool, "Float": float}
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "a", "callback_data": "go"}, {"text": "b", "url": "https://a.kr"}],
        [{"text": "c", "copy_text": {"text": "112"}, "style": "danger"}],
    ]
}


def mistakes(value: Any, kind: str, place: str = "$") -> list[str]:  # noqa: ANN401 - any JSON
    """Return what is wrong with a value that is to be of a documented type."""
    options = [_one(value, each, place) for each in kind.removeprefix("!").split("|")]
    return min(options, key=len)


def _one(value: Any, kind: str, place: str) -> list[str]:  # noqa: ANN401 - any JSON
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{place}: no array"]
        inner = kind.removeprefix("Array of ")
        return [
            wrong
            for number, each in enumerate(value)
            for wrong in mistakes(each, inner, f"{place}[{number}]")
        ]
    if kind in PLAIN:
        right = isinstance(value, PLAIN[kind]) and (kind != "Integer" or value is not True)
        return [] if right else [f"{place}: no {kind}"]
    fields = tables.types()[kind]
    if isinstance(fields, list):
        return min((_one(value, each, place) for each in fields), key=len)
    return _object(value, fields, place)


def _object(value: Any, fields: dict[str, str], place: str) -> list[str]:  # noqa: ANN401 - any JSON
    if not isinstance(value, dict):
        return [f"{place}: no object"]
    wrong = [f"{place}.{name}: unknown" for name in value if name not in fields]
    wrong += [
        f"{place}.{name}: missing"
        for name, kind in fields.items()
        if kind.startswith("!") and name not in value
    ]
    for name in value:
        if name in fields:
            wrong += mistakes(value[name], fields[name], f"{place}.{name}")
    return wrong


def test_the_checker_sees_mistakes() -> None:
    user = {"id": 1, "is_bot": False, "first_name": "a"}

    assert mistakes(user, "User") == []
    assert mistakes({**user, "age": 5}, "User") == ["$.age: unknown"]
    assert mistakes({"id": "1", "is_bot": False}, "User") == [
        "$.first_name: missing",
        "$.id: no Integer",
    ]
    assert mistakes([1], "Array of User") == ["$[0]: no object"]


@pytest_asyncio.fixture
async def full(known: Driver) -> AsyncIterator[Driver]:
    """A bot whose person has said all about herself."""
    profile = {"last_name": "김", "username": "anna_k", "language_code": "ko"}
    await known.control(f"person/{ANNA}/profile", profile)
    yield known


async def _form(bot: Driver, method: str, field: str, content: bytes, **more: str) -> Any:  # noqa: ANN401
    form = aiohttp.FormData({"chat_id": str(ANNA), **more})
    form.add_field(field, content, filename="a.bin")
    return (await bot.request("POST", f"/bot{TOKEN}/{method}", data=form)).result


async def test_updates_are_as_described(full: Driver) -> None:
    sent = (await full.call("sendMessage", chat_id=ANNA, text="?", reply_markup=KEYBOARD)).result
    hers = await full.says("/start https://a.kr #x @bcd a@b.kr")
    await full.control(f"person/{ANNA}/edit", {"message_id": hers, "text": "x"})
    await full.control(f"person/{ANNA}/photo", {"data_b64": b64(png(500, 400)), "caption": "#x"})
    body: Json = {"name": "a.pdf", "mime": "application/pdf", "data_b64": b64(b"x")}
    await full.control(f"person/{ANNA}/document", body)
    await full.control(f"person/{ANNA}/voice", {"data_b64": b64(b"x"), "duration": 2})
    await full.presses(sent["message_id"], "go")
    await full.control(f"person/{ANNA}/press", {"message_id": 99, "data": "x", "force": True})
    await full.control(f"person/{ANNA}/block")
    await full.control(f"person/{ANNA}/unblock")
    await full.control("group/-7/add", {"person": ANNA, "title": "x"})
    await full.control("group/-7/text", {"person": ANNA, "text": "x"})

    updates = await full.updates()

    assert len(updates) == 11
    assert mistakes(updates, "Array of Update") == []


async def test_results_are_as_described(full: Driver) -> None:
    hers = await full.says("hi")
    target = {"chat_id": ANNA}
    text = "<b>a</b> <a href='https://a.kr'>b</a> <pre><code class='language-x'>c</code></pre>"
    sent = (
        await full.call(
            "sendMessage",
            **target,
            text=text,
            parse_mode="HTML",
            reply_markup=KEYBOARD,
            reply_parameters={"message_id": hers},
            protect_content=True,
            disable_web_page_preview=True,
        )
    ).result
    one = {**target, "message_id": sent["message_id"]}
    photo = await _form(full, "sendPhoto", "photo", png(900, 400), caption="x", has_spoiler="true")
    document = await _form(full, "sendDocument", "document", b"x")
    album = [{"type": "document", "media": document["document"]["file_id"]}] * 2
    there = {**target, "from_chat_id": ANNA, "message_id": sent["message_id"]}

    results = [
        (sent, "Message"),
        (photo, "Message"),
        (document, "Message"),
        (await _form(full, "sendVoice", "voice", b"x", duration="1"), "Message"),
        (await _form(full, "sendAudio", "audio", b"x", title="t"), "Message"),
        (await _form(full, "sendVideo", "video", b"x"), "Message"),
        (await _form(full, "sendAnimation", "animation", b"x"), "Message"),
        ((await full.call("sendMediaGroup", **target, media=album)).result, "Array of Message"),
        ((await full.call("forwardMessage", **there)).result, "Message"),
        ((await full.call("copyMessage", **there)).result, "MessageId"),
        ((await full.call("editMessageText", **one, text="b")).result, "Message"),
        (
            (await full.call("editMessageReplyMarkup", **one, reply_markup=KEYBOARD)).result,
            "Message",
        ),
        ((await full.call("getMe")).result, "User"),
        ((await full.call("getChat", **target)).result, "ChatFullInfo"),
        ((await full.call("getChatMember", **target, user_id=ANNA)).result, "ChatMember"),
        ((await full.call("getFile", file_id=photo["photo"][0]["file_id"])).result, "File"),
        ((await full.call("getWebhookInfo")).result, "WebhookInfo"),
        ((await full.call("getMyName")).result, "BotName"),
        ((await full.call("getMyDescription")).result, "BotDescription"),
        ((await full.call("getMyShortDescription")).result, "BotShortDescription"),
        ((await full.call("getChatMenuButton")).result, "MenuButton"),
    ]

    assert [wrong for value, kind in results for wrong in mistakes(value, kind)] == []


async def test_a_group_is_as_described(full: Driver) -> None:
    await full.control("group/-7/add", {"person": ANNA, "title": "x"})

    chat = (await full.call("getChat", chat_id=-7)).result

    assert mistakes(chat, "ChatFullInfo") == []


def test_only_documented_methods_are_spoken() -> None:
    assert SPOKEN.keys() <= tables.spelling().keys()


REQUIRED = [
    (name, field)
    for name, fields in tables.methods().items()
    if name.lower() in SPOKEN
    for field, kind in fields.items()
    if kind.startswith("!")
]
MAY_LACK = {("setWebhook", "url"), ("setMyCommands", "commands")}


@pytest.mark.parametrize(("method", "field"), sorted(set(REQUIRED) - MAY_LACK))
async def test_what_is_required_is_required(known: Driver, method: str, field: str) -> None:
    sent = (await known.call("sendMessage", chat_id=ANNA, text="a")).result["message_id"]
    given: Json = {
        "chat_id": ANNA,
        "from_chat_id": ANNA,
        "message_id": sent,
        "message_ids": [sent],
        "text": "b",
        "user_id": ANNA,
    }

    answer = await known.call(method, **{**given, field: None})

    assert answer.status == 400
