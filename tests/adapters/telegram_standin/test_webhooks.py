"""Webhooks: what is delivered, in which order, how often, and what their answers may do."""

import asyncio

import pytest
from aiohttp import web

from tests.adapters.telegram_standin.driving import ANNA, BORA, Driver, Json
from tests.adapters.telegram_standin.receiving import Receiver

MARKUP = {"inline_keyboard": [[{"text": "a", "callback_data": "go"}]]}


async def test_updates_come_with_the_secret(known: Driver, receiver: Receiver) -> None:
    answer = await known.call("setWebhook", url=receiver.url, secret_token="s3cret_-A")
    await known.says("hello")

    body = (await receiver.wait(1))[0]

    assert answer.body["description"] == "Webhook was set"
    assert body["message"]["text"] == "hello"
    assert receiver.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s3cret_-A"
    assert receiver.headers[0]["Content-Type"] == "application/json"
    await known.settled()


async def test_what_is_pending_goes_to_the_new_webhook(known: Driver, receiver: Receiver) -> None:
    await known.says("before")

    await known.call("setWebhook", url=receiver.url)

    assert (await receiver.wait(1))[0]["message"]["text"] == "before"


async def test_pending_updates_can_be_dropped(known: Driver, receiver: Receiver) -> None:
    await known.says("before")
    await known.call("setWebhook", url=receiver.url, drop_pending_updates=True)
    await known.says("after")

    assert (await receiver.wait(1))[0]["message"]["text"] == "after"


async def test_polling_and_a_webhook_exclude_each_other(known: Driver, receiver: Receiver) -> None:
    poll = asyncio.ensure_future(known.call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)

    await known.call("setWebhook", url=receiver.url)
    ended = await poll
    refused = await known.call("getUpdates")
    gone = await known.call("deleteWebhook")
    twice = await known.call("deleteWebhook")

    assert ended.description == "Conflict: terminated by setWebhook request"
    assert refused.status == 409
    assert refused.description == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert gone.body["description"] == "Webhook was deleted"
    assert twice.body["description"] == "Webhook is already deleted"
    assert (await known.call("getUpdates")).status == 200


async def test_setting_it_again_at_once_is_too_fast(known: Driver, receiver: Receiver) -> None:
    await known.call("setWebhook", url=receiver.url, max_connections=3)
    hasty = await known.call("setWebhook", url=receiver.url, max_connections=3)
    await known.control("clock", {"advance_s": 1})
    same = await known.call("setWebhook", url=receiver.url, max_connections=3)
    info = (await known.call("getWebhookInfo")).result

    assert (hasty.status, hasty.body["parameters"]["retry_after"]) == (429, 1)
    assert same.body["description"] == "Webhook is already set"
    assert info == {
        "url": receiver.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 3,
        "ip_address": "127.0.0.1",
    }


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"url": "http://8.8.8.8/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://8.8.8.8:8000/x"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://10.0.0.1/x"}, "bad webhook: IP address 10.0.0.1 is reserved"),
        (
            {"url": "https://nothing.invalid/x"},
            "bad webhook: Failed to resolve host: nothing.invalid",
        ),
        ({"url": "ftp://127.0.0.1/x"}, "invalid webhook URL specified"),
        ({"url": "http://127.0.0.1:x/"}, "invalid webhook URL specified"),
        (
            {"url": "http://127.0.0.1/", "ip_address": "x"},
            "bad webhook: Invalid IP address specified",
        ),
        (
            {"url": "http://127.0.0.1/", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
        ({"url": "http://127.0.0.1/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_what_is_no_webhook(known: Driver, given: Json, reason: str) -> None:
    answer = await known.call("setWebhook", **given)

    assert answer.description == f"Bad Request: {reason}"


async def test_failures_are_retried_with_growing_pauses(known: Driver, receiver: Receiver) -> None:
    receiver.answer = lambda _update: web.Response(status=500)
    await known.call("setWebhook", url=receiver.url)
    await known.says("hello")
    await receiver.wait(2)
    await asyncio.sleep(0.1)
    info = (await known.call("getWebhookInfo")).result

    receiver.answer = lambda _update: web.Response()
    await known.control("clock", {"advance_s": 2})
    bodies = await receiver.wait(3)
    await known.settled()

    assert (
        info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    )
    assert info["pending_update_count"] == 1
    assert info["last_error_date"] > 0
    assert {body["update_id"] for body in bodies} == {bodies[0]["update_id"]}


async def test_a_webhook_may_say_when_to_retry(known: Driver, receiver: Receiver) -> None:
    receiver.answer = lambda _update: web.Response(status=503, headers={"Retry-After": "100"})
    await known.call("setWebhook", url=receiver.url)
    await known.says("hello")
    await receiver.wait(1)
    await asyncio.sleep(0.05)

    await known.control("clock", {"advance_s": 90})
    await asyncio.sleep(0.05)
    early = len(receiver.bodies)
    await known.control("clock", {"advance_s": 11})

    assert early == 1
    assert len(await receiver.wait(2)) == 2


async def test_what_cannot_be_delivered_for_a_day_is_given_up(known: Driver) -> None:
    await known.call("setWebhook", url="http://127.0.0.1:9/nobody")
    await known.says("hello")
    await asyncio.sleep(0.1)
    before = (await known.call("getWebhookInfo")).result

    await known.control("clock", {"advance_s": 25 * 3600})

    assert before["pending_update_count"] == 1
    assert before["last_error_message"] == "Connection refused"
    assert (await known.call("getWebhookInfo")).result["pending_update_count"] == 0


async def test_a_webhook_that_is_gone_for_a_day_is_removed(
    known: Driver, receiver: Receiver
) -> None:
    receiver.answer = lambda _update: web.Response(status=410)
    await known.call("setWebhook", url=receiver.url)
    await known.says("hello")
    await receiver.wait(2)
    await known.control("clock", {"advance_s": 23 * 3600 + 10})
    await receiver.wait(3)
    await asyncio.sleep(0.05)

    assert (await known.call("getWebhookInfo")).result["url"] == ""
    assert (await known.call("getUpdates")).status == 200


async def test_messages_of_a_chat_keep_their_order(known: Driver, receiver: Receiver) -> None:
    receiver.delay_s = lambda update: 0.03 if update["message"]["text"] == "0" else 0.0
    await known.call("setWebhook", url=receiver.url)

    for number in range(5):
        await known.says(str(number))

    bodies = await receiver.wait(5)
    assert [body["message"]["text"] for body in bodies] == ["0", "1", "2", "3", "4"]


async def test_one_person_does_not_hold_up_another(known: Driver, receiver: Receiver) -> None:
    await known.says("hi", BORA)
    receiver.delay_s = lambda update: 0.3 if update["message"]["chat"]["id"] == ANNA else 0.0
    await known.call("setWebhook", url=receiver.url, drop_pending_updates=True)

    await known.says("slow", ANNA)
    await known.says("quick", BORA)

    bodies = await receiver.wait(2)
    assert [body["message"]["text"] for body in bodies] == ["quick", "slow"]


async def test_a_press_may_overtake_a_message(known: Driver, receiver: Receiver) -> None:
    sent = (await known.call("sendMessage", chat_id=ANNA, text="?", reply_markup=MARKUP)).result
    receiver.delay_s = lambda update: 0.3 if "message" in update else 0.0
    await known.call("setWebhook", url=receiver.url)

    await known.says("slow")
    await known.presses(sent["message_id"], "go")

    bodies = await receiver.wait(2)
    assert [list(body)[1] for body in bodies] == ["callback_query", "message"]


async def test_no_more_connections_than_allowed(known: Driver, receiver: Receiver) -> None:
    open_now, most = 0, 0

    def delay(_update: Json) -> float:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        return 0.03

    def answer(_update: Json) -> web.Response:
        nonlocal open_now
        open_now -= 1
        return web.Response()

    receiver.delay_s, receiver.answer = delay, answer
    await known.call("setWebhook", url=receiver.url, max_connections=2)

    for person in range(2000, 2008):
        await known.says("hi", person)
    await receiver.wait(8)

    assert most == 2


async def test_an_answer_may_be_a_call(known: Driver, receiver: Receiver) -> None:
    call = {"method": "sendMessage", "chat_id": ANNA, "text": "answered"}
    receiver.answer = lambda _update: web.json_response(call)
    await known.call("setWebhook", url=receiver.url)

    await known.says("hello")
    await receiver.wait(1)
    await known.settled()

    assert (await known.sees())[-1]["text"] == "answered"


async def test_some_calls_are_not_carried_out_as_answers(
    known: Driver, receiver: Receiver
) -> None:
    answers = iter(
        [
            web.json_response({"method": "deleteWebhook"}),
            web.json_response({"method": "sendMessage"}),
            web.Response(text="{", content_type="application/json"),
            web.Response(text="ok", content_type="text/plain"),
        ]
    )
    receiver.answer = lambda _update: next(answers)
    await known.call("setWebhook", url=receiver.url)

    for number in range(4):
        await known.says(str(number))
    await receiver.wait(4)
    await known.settled()

    assert (await known.call("getWebhookInfo")).result["url"] == receiver.url
