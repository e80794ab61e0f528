"""Sending, replying, editing, deleting, forwarding and copying."""

import pytest

from adapters.telegram.standin.messages import CAPTION_CHARS, TEXT_CHARS
from tests.adapters.telegram_standin.driving import ANNA, BORA, Driver, Json

YES_NO = {
    "inline_keyboard": [
        [{"text": "예", "callback_data": "y"}, {"text": "아니요", "callback_data": "n"}]
    ]
}


async def test_a_text_reaches_the_phone(known: Driver) -> None:
    sent = await known.call(
        "sendMessage", chat_id=ANNA, text="<b>안녕</b>", parse_mode="HTML", reply_markup=YES_NO
    )

    shown = (await known.sees())[-1]
    assert sent.result["from"]["is_bot"] is True
    assert sent.result["chat"] == {"id": ANNA, "first_name": "Person", "type": "private"}
    assert shown["text"] == "안녕"
    assert shown["from"] == "bot"
    assert shown["entities"] == [{"offset": 0, "length": 2, "type": "bold"}]
    assert shown["rows"] == [[{"text": "예", "data": "y"}, {"text": "아니요", "data": "n"}]]
    assert shown["files"] == []
    assert shown["edited"] is False


async def test_message_ids_grow_over_both_directions(known: Driver) -> None:
    first = await known.says("a")
    second = (await known.call("sendMessage", chat_id=ANNA, text="b")).result["message_id"]
    third = await known.says("c", BORA)

    assert (second, third) == (first + 1, first + 2)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": ANNA}, "message text is empty"),
        ({"chat_id": ANNA, "text": " \n"}, "text must be non-empty"),
        ({"chat_id": ANNA, "text": "가" * (TEXT_CHARS + 1)}, "message is too long"),
        ({"chat_id": ANNA, "text": "😀" * (TEXT_CHARS // 2 + 1)}, "message is too long"),
        ({"chat_id": ANNA, "text": "가" * 11_000}, "text is too long"),
        ({"chat_id": BORA, "text": "a"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "a"}, "chat not found"),
        ({"chat_id": "x", "text": "a"}, "chat not found"),
        (
            {"chat_id": ANNA, "text": "a", "reply_parameters": {"message_id": 999}},
            "message to be replied not found",
        ),
        (
            {"chat_id": ANNA, "text": "a", "reply_to_message_id": 999},
            "message to be replied not found",
        ),
        ({"chat_id": ANNA, "text": "a", "reply_parameters": {}}, ""),
        (
            {"chat_id": ANNA, "text": "a", "reply_parameters": {"quote": "x"}},
            'can\'t find field "message_id"',
        ),
        ({"chat_id": ANNA, "text": "a", "parse_mode": "x"}, "unsupported parse_mode"),
        ({"chat_id": ANNA, "text": "a", "link_preview_options": "["}, "can't parse link preview"),
    ],
)
async def test_what_cannot_be_sent(known: Driver, given: Json, reason: str) -> None:
    answer = await known.call("sendMessage", **given)

    if reason:
        assert answer.status == 400
        assert answer.description.startswith(f"Bad Request: {reason}")
    else:
        assert answer.status == 200


async def test_a_person_is_found_by_username_after_she_has_written(known: Driver) -> None:
    await known.control(f"person/{BORA}/profile", {"username": "bora_k", "first_name": "보라"})
    early = await known.call("sendMessage", chat_id=BORA, text="a")
    await known.says("hi", BORA)

    answer = await known.call("sendMessage", chat_id="@Bora_K", text="a")

    assert early.description == "Bad Request: chat not found"
    assert answer.result["chat"]["first_name"] == "보라"
    assert answer.result["chat"]["username"] == "bora_k"


async def test_a_reply_carries_one_level(known: Driver) -> None:
    first = await known.says("물음")
    second = await known.call(
        "sendMessage", chat_id=ANNA, text="답", reply_parameters={"message_id": first}
    )
    third = await known.call(
        "sendMessage", chat_id=ANNA, text="또", reply_to_message_id=second.result["message_id"]
    )
    free = await known.call(
        "sendMessage",
        chat_id=ANNA,
        text="x",
        reply_parameters={"message_id": 9999, "allow_sending_without_reply": True},
    )

    assert second.result["reply_to_message"]["text"] == "물음"
    assert "reply_to_message" not in third.result["reply_to_message"]
    assert "reply_to_message" not in free.result


async def test_someone_who_blocked_cannot_be_written_to(known: Driver) -> None:
    await known.control(f"person/{ANNA}/block")
    refused = await known.call("sendMessage", chat_id=ANNA, text="a")
    busy = await known.call("sendChatAction", chat_id=ANNA, action="typing")
    changes = await known.updates()
    await known.control(f"person/{ANNA}/unblock")
    allowed = await known.call("sendMessage", chat_id=ANNA, text="a")

    assert (refused.status, busy.status) == (403, 403)
    assert refused.description == "Forbidden: bot was blocked by the user"
    assert changes[0]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert allowed.status == 200


async def test_editing_a_text_takes_the_keyboard_off(known: Driver) -> None:
    sent = (await known.call("sendMessage", chat_id=ANNA, text="a", reply_markup=YES_NO)).result
    target = {"chat_id": ANNA, "message_id": sent["message_id"]}

    edited = await known.call("editMessageText", **target, text="b")
    shown = (await known.sees())[-1]
    again = await known.call("editMessageText", **target, text=" b ")

    assert edited.result["text"] == "b"
    assert edited.result["edit_date"] >= sent["date"]
    assert "reply_markup" not in edited.result
    assert (shown["text"], shown["rows"], shown["edited"]) == ("b", [], True)
    assert again.description.startswith("Bad Request: message is not modified: specified new")


async def test_editing_only_the_keyboard(known: Driver) -> None:
    sent = (await known.call("sendMessage", chat_id=ANNA, text="a", reply_markup=YES_NO)).result
    target = {"chat_id": ANNA, "message_id": sent["message_id"]}

    same = await known.call("editMessageReplyMarkup", **target, reply_markup=YES_NO)
    off = await known.call("editMessageReplyMarkup", **target)
    reply = {"keyboard": [["a"]]}
    wrong = await known.call("editMessageReplyMarkup", **target, reply_markup=reply)

    assert "message is not modified" in same.description
    assert "reply_markup" not in off.result
    assert (await known.sees())[-1]["edited"] is False
    assert wrong.description == "Bad Request: inline keyboard expected"


async def test_what_cannot_be_edited(known: Driver) -> None:
    hers = await known.says("mine")

    gone = await known.call("editMessageText", chat_id=ANNA, message_id=999, text="b")
    foreign = await known.call("editMessageText", chat_id=ANNA, message_id=hers, text="b")
    nothing = await known.call("editMessageText", text="b")
    inline = await known.call("editMessageText", inline_message_id="x", text="b")

    assert gone.description == "Bad Request: message to edit not found"
    assert foreign.description == "Bad Request: message can't be edited"
    assert nothing.description == "Bad Request: message identifier is not specified"
    assert inline.description == "Bad Request: MESSAGE_ID_INVALID"


async def test_messages_of_both_sides_are_deleted_within_two_days(known: Driver) -> None:
    hers = await known.says("mine")
    sent = (await known.call("sendMessage", chat_id=ANNA, text="a")).result["message_id"]
    old = (await known.call("sendMessage", chat_id=ANNA, text="old")).result["message_id"]

    first = await known.call("deleteMessage", chat_id=ANNA, message_id=sent)
    twice = await known.call("deleteMessage", chat_id=ANNA, message_id=sent)
    theirs = await known.call("deleteMessage", chat_id=ANNA, message_id=hers)
    await known.control("clock", {"advance_s": 48 * 3600})
    late = await known.call("deleteMessage", chat_id=ANNA, message_id=old)

    assert first.result is theirs.result is True
    assert twice.description == "Bad Request: message to delete not found"
    assert late.description == "Bad Request: message can't be deleted"
    assert [shown["text"] for shown in await known.sees()] == ["/start", "old"]


async def test_many_messages_are_deleted_at_once(known: Driver) -> None:
    ids = [await known.says(str(number)) for number in range(3)]

    answer = await known.call("deleteMessages", chat_id=ANNA, message_ids=[*ids, 999])
    none = await known.call("deleteMessages", chat_id=ANNA, message_ids=[])

    assert answer.result is True
    assert [shown["text"] for shown in await known.sees()] == ["/start"]
    assert none.description == "Bad Request: message identifiers are not specified"


async def test_forwarding_and_copying(known: Driver) -> None:
    await known.says("hi", BORA)
    hers = await known.says("secret?")
    there = {"chat_id": BORA, "from_chat_id": ANNA, "message_id": hers}

    forwarded = await known.call("forwardMessage", **there)
    copied = await known.call("copyMessage", **there, reply_markup=YES_NO)
    gone = await known.call("copyMessage", chat_id=BORA, from_chat_id=ANNA, message_id=999)
    many = await known.call("copyMessages", chat_id=BORA, from_chat_id=ANNA, message_ids=[hers])
    on = await known.call("forwardMessages", chat_id=BORA, from_chat_id=ANNA, message_ids=[hers])

    assert forwarded.result["forward_origin"]["sender_user"]["id"] == ANNA
    assert list(copied.result) == ["message_id"]
    assert gone.description == "Bad Request: message to copy not found"
    assert [shown["text"] for shown in await known.sees(BORA)] == ["hi"] + ["secret?"] * 4
    assert (await known.sees(BORA))[2]["rows"]
    assert len(many.result) == len(on.result) == 1


async def test_a_busy_bot_shows_for_five_seconds(known: Driver) -> None:
    await known.call("sendChatAction", chat_id=ANNA, action="typing")
    busy = await known.control(f"person/{ANNA}/messages")
    await known.control("clock", {"advance_s": 6})
    later = await known.control(f"person/{ANNA}/messages")
    wrong = await known.call("sendChatAction", chat_id=ANNA, action="dancing")

    assert (busy["typing"], later["typing"]) == (True, False)
    assert wrong.description == "Bad Request: wrong parameter action in request"


async def test_mentions_are_only_of_people_who_are_known(known: Driver) -> None:
    text = f'<a href="tg://user?id={ANNA}">a</a> <a href="tg://user?id=77">b</a>'

    sent = await known.call("sendMessage", chat_id=ANNA, text=text, parse_mode="HTML")

    assert [entity["user"]["id"] for entity in sent.result["entities"]] == [ANNA]


async def test_captions_go_along_with_copies_and_may_be_new(known: Driver) -> None:
    body = {"name": "a.txt", "mime": "text/plain", "data_b64": "eA==", "caption": "old"}
    hers = (await known.control(f"person/{ANNA}/document", body))["message_id"]
    there = {"chat_id": ANNA, "from_chat_id": ANNA, "message_id": hers}

    await known.call("copyMessage", **there)
    await known.call("copyMessage", **there, caption="new")
    long = await known.call("copyMessage", **there, caption="가" * (CAPTION_CHARS + 1))

    assert [shown["text"] for shown in (await known.sees())[-2:]] == ["old", "new"]
    assert long.description == "Bad Request: message caption is too long"


@pytest.mark.parametrize(
    ("method", "given", "reason"),
    [
        ("forwardMessages", {"message_ids": [999]}, "there are no messages to forward"),
        ("copyMessages", {"message_ids": "x"}, "can't parse message identifiers JSON object"),
        ("copyMessages", {"message_ids": {}}, "message identifiers are not specified"),
        ("deleteMessages", {"message_ids": [1] * 101}, "too many message identifiers specified"),
        ("deleteMessages", {"message_ids": ["x"]}, "can't parse message identifier as a Number"),
        ("deleteMessage", {"message_id": 0}, "message identifier is not specified"),
        ("editMessageMedia", {"message_id": 1, "media": [1]}, 'parameter "media" is required'),
        ("editMessageCaption", {"message_id": 2}, "there is no caption in the message to edit"),
        ("sendMediaGroup", {"media": {}}, "expected an Array of InputMedia"),
        ("sendMediaGroup", {"media": []}, "there are no messages to send"),
        ("sendMediaGroup", {"media": ["x"]}, "can't parse InputMedia: expected an Object"),
        ("sendMessage", {"text": "a", "reply_parameters": "[1]"}, "object expected as reply"),
        ("sendMessage", {"text": "a", "link_preview_options": [1]}, "object expected as link"),
    ],
)
async def test_calls_that_make_no_sense(
    known: Driver, method: str, given: Json, reason: str
) -> None:
    await known.call("sendMessage", chat_id=ANNA, text="a")
    there = {"chat_id": ANNA, "from_chat_id": ANNA}

    answer = await known.call(method, **there, **given)

    assert answer.description.startswith(f"Bad Request: {reason}")
