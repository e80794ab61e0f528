"""Keyboards and presses, with their limits."""

import pytest

from tests.adapters.telegram_standin.driving import ANNA, Driver, Json

BAD_BUTTON = "can't parse inline keyboard button"


def _inline(*buttons: object) -> Json:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (_inline({"text": "a", "callback_data": "가" * 21}), ""),
        (_inline({"text": "a", "callback_data": "x" * 65}), "BUTTON_DATA_INVALID"),
        (_inline({"text": "a", "callback_data": "가" * 22}), "BUTTON_DATA_INVALID"),
        (
            _inline({"text": "a"}),
            f"{BAD_BUTTON}: Text buttons are unallowed in the inline keyboard",
        ),
        (
            _inline({"callback_data": "a"}),
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            _inline("a"),
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            _inline({"text": "a", "url": "tel:+82212345678"}),
            "inline keyboard button URL 'tel:+82212345678' is invalid: Unsupported URL protocol",
        ),
        (
            _inline({"text": "a", "url": "http://localhost:1/x"}),
            "inline keyboard button URL 'http://localhost:1/x' is invalid: Wrong HTTP URL",
        ),
        (_inline(*[{"text": "a", "callback_data": "a"}] * 101), "reply markup is too long"),
        (
            {"inline_keyboard": {"text": "a"}},
            'field "inline_keyboard" must be of type Array',
        ),
        (
            {"inline_keyboard": [{"text": "a"}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"keyboard": ["a"]}, 'field "keyboard" must be an Array of Arrays'),
        (
            {"keyboard": [[1]]},
            "can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
        ({"keyboard": [[" "]]}, "keyboard button text must be non-empty"),
        ([1], "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
        ({"inline_keyboard": [[]]}, ""),
        ({}, ""),
    ],
)
async def test_limits_of_keyboards(known: Driver, markup: object, reason: str) -> None:
    answer = await known.call("sendMessage", chat_id=ANNA, text="a", reply_markup=markup)

    if reason:
        assert answer.description == f"Bad Request: {reason}"
    else:
        assert answer.status == 200


async def test_addresses_in_buttons_are_written_as_telegram_writes_them(known: Driver) -> None:
    urls = [
        "https://Seoul.kr",
        "seoul.kr/x?a=b#c",
        "http://127.0.0.1:80/x",
        "tg://resolve?domain=a",
    ]
    markup = {"inline_keyboard": [[{"text": "a", "url": url}] for url in urls]}

    sent = await known.call("sendMessage", chat_id=ANNA, text="a", reply_markup=markup)

    written = [row[0]["url"] for row in sent.result["reply_markup"]["inline_keyboard"]]
    assert written == [
        "https://seoul.kr/",
        "http://seoul.kr/x?a=b#c",
        "http://127.0.0.1:80/x",
        "tg://resolve?domain=a",
    ]
    assert (await known.sees())[-1]["rows"][0] == [{"text": "a", "url": "https://seoul.kr/"}]


async def test_reply_keyboards_show_on_the_phone_and_in_no_message(known: Driver) -> None:
    keyboard = {
        "keyboard": [["예", {"text": "연락처", "request_contact": True}]],
        "resize_keyboard": True,
    }

    sent = await known.call("sendMessage", chat_id=ANNA, text="a", reply_markup=keyboard)
    shown = await known.control(f"person/{ANNA}/messages")
    await known.call("sendMessage", chat_id=ANNA, text="b", reply_markup={"remove_keyboard": True})
    removed = await known.control(f"person/{ANNA}/messages")
    forced = {"force_reply": True, "input_field_placeholder": "이름"}
    await known.call("sendMessage", chat_id=ANNA, text="c", reply_markup=forced)

    assert "reply_markup" not in sent.result
    assert shown["keyboard"]["keyboard"][0][1] == {"text": "연락처", "request_contact": True}
    assert shown["messages"][-1]["reply_keyboard"]["resize_keyboard"] is True
    assert removed["keyboard"] is None
    assert (await known.sees())[-1]["reply_keyboard"] == forced


async def test_a_press_is_answered_and_comes_up_on_the_phone(known: Driver) -> None:
    markup = _inline({"text": "a", "callback_data": "go"})
    sent = (await known.call("sendMessage", chat_id=ANNA, text="?", reply_markup=markup)).result

    number = await known.presses(sent["message_id"], "go")
    press = (await known.updates())[-1]["callback_query"]
    answered = await known.call(
        "answerCallbackQuery", callback_query_id=number, text="받았어요", show_alert=True
    )
    quiet = await known.call("answerCallbackQuery", callback_query_id=number)

    assert press["id"] == number
    assert isinstance(press["chat_instance"], str)
    assert (press["data"], press["from"]["id"]) == ("go", ANNA)
    assert press["message"]["reply_markup"] == markup
    assert answered.result is quiet.result is True
    shown = await known.control(f"person/{ANNA}/messages")
    assert [(notice["text"], notice["alert"]) for notice in shown["notices"]] == [
        ("받았어요", True)
    ]


async def test_a_press_can_be_answered_only_soon(known: Driver) -> None:
    markup = _inline({"text": "a", "callback_data": "go"})
    sent = (await known.call("sendMessage", chat_id=ANNA, text="?", reply_markup=markup)).result
    number = await known.presses(sent["message_id"], "go")

    long = await known.call("answerCallbackQuery", callback_query_id=number, text="가" * 201)
    unknown = await known.call("answerCallbackQuery", callback_query_id="5")
    await known.control("clock", {"advance_s": 151})
    late = await known.call("answerCallbackQuery", callback_query_id=number)

    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert long.description == "Bad Request: MESSAGE_TOO_LONG"
    assert unknown.description == late.description == too_old


async def test_a_button_that_is_gone_can_only_be_forced(known: Driver) -> None:
    markup = _inline({"text": "a", "callback_data": "go"})
    sent = (await known.call("sendMessage", chat_id=ANNA, text="?", reply_markup=markup)).result
    target = {"chat_id": ANNA, "message_id": sent["message_id"]}
    body = {"message_id": sent["message_id"], "data": "go"}
    await known.call("editMessageReplyMarkup", **target)

    refused = await known.try_control(f"person/{ANNA}/press", body)
    await known.control(f"person/{ANNA}/press", {**body, "force": True})
    await known.call("deleteMessage", **target)
    await known.control(f"person/{ANNA}/press", {**body, "force": True})

    presses = [update["callback_query"] for update in await known.updates()]
    assert refused.status == 404
    assert presses[0]["message"]["text"] == "?"
    assert presses[1]["message"]["date"] == 0
