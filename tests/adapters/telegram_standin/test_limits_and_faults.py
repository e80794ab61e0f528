"""Flood control, and faults on demand."""

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from adapters.telegram.standin.errors import ApiError
from adapters.telegram.standin.limits import ALL_CHATS, PRIVATE_CHAT, Limits
from tests.adapters.telegram_standin.driving import ANNA, BORA, TOKEN, Driver, started


@pytest_asyncio.fixture
async def strict(http: aiohttp.ClientSession) -> AsyncIterator[Driver]:
    """A bot under flood control to which Anna has written."""
    runner, url = await started(TOKEN, flood_control=True)
    bot = Driver(url, http)
    await bot.says("/start")
    yield bot
    await runner.cleanup()


async def test_one_chat_takes_a_burst_and_then_one_a_second(strict: Driver) -> None:
    await strict.says("hi", BORA)
    burst = [await strict.call("sendMessage", chat_id=ANNA, text="a") for _ in range(6)]
    other = await strict.call("sendMessage", chat_id=BORA, text="a")
    wait = burst[-1].body["parameters"]["retry_after"]
    await strict.control("clock", {"advance_s": wait})
    later = await strict.call("sendMessage", chat_id=ANNA, text="a")

    assert [answer.status for answer in burst] == [200] * 5 + [429]
    assert burst[-1].description == f"Too Many Requests: retry after {wait}"
    assert burst[-1].headers["Retry-After"] == str(wait)
    assert other.status == later.status == 200


async def test_flood_control_can_be_switched(strict: Driver) -> None:
    await strict.control("flood", {"on": False})
    many = [await strict.call("sendMessage", chat_id=ANNA, text="a") for _ in range(20)]
    wrong = await strict.try_control("flood", {"on": "no"})

    assert {answer.status for answer in many} == {200}
    assert wrong.status == 400


def test_all_chats_together_have_a_limit() -> None:
    now = 0.0
    limits = Limits(lambda: now, on=True)
    for chat in range(int(ALL_CHATS.at_once)):
        limits.charge(chat + 1)

    with pytest.raises(ApiError) as error:
        limits.charge(999)
    now = 1.0
    limits.charge(999)

    assert error.value.retry_after == 1


def test_groups_are_slower_edits_are_counted_apart_and_old_buckets_go() -> None:
    now = 0.0
    limits = Limits(lambda: now, on=True)
    for _ in range(20):
        limits.charge(-5)
    with pytest.raises(ApiError) as error:
        limits.charge(-5)
    now = 100.0
    for _ in range(int(PRIVATE_CHAT.at_once)):
        limits.charge(5)
    limits.charge(5, edit=True)
    limits.charge(6, messages=10)

    for chat in range(10_100):
        now += 1
        limits.charge(chat + 100)

    assert error.value.retry_after == 3


async def test_a_fault_happens_so_many_times(known: Driver) -> None:
    await known.control("faults", {"method": "sendMessage", "status": 502, "times": 2})

    answers = [await known.call("sendMessage", chat_id=ANNA, text="a") for _ in range(3)]

    assert [answer.status for answer in answers] == [502, 502, 200]
    assert answers[0].description == "Bad Gateway"
    assert len(await known.sees()) == 2


async def test_a_429_carries_its_waiting_time(known: Driver) -> None:
    await known.control("faults", {"method": "*", "status": 429, "retry_after": 7})

    answer = await known.call("sendMessage", chat_id=ANNA, text="a")

    assert answer.body["parameters"] == {"retry_after": 7}
    assert answer.headers["Retry-After"] == "7"


async def test_a_call_may_be_accepted_and_still_fail(known: Driver) -> None:
    fault = {"method": "SendMessage", "status": 500, "after_accepting": True}
    await known.control("faults", fault)

    answer = await known.call("sendMessage", chat_id=ANNA, text="once")

    assert answer.status == 500
    assert (await known.sees())[-1]["text"] == "once"


async def test_a_call_may_be_accepted_and_never_answered(known: Driver) -> None:
    fault = {"method": "sendMessage", "hang_s": 5, "status": 0, "after_accepting": True}
    await known.control("faults", fault)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await known.call("sendMessage", chat_id=ANNA, text="once")

    assert (await known.sees())[-1]["text"] == "once"


async def test_a_connection_may_end_without_an_answer(known: Driver) -> None:
    await known.control("faults", {"method": "sendMessage", "status": 0})

    with pytest.raises(aiohttp.ClientError):
        await known.call("sendMessage", chat_id=ANNA, text="lost")

    assert [shown["text"] for shown in await known.sees()] == ["/start"]


async def test_a_call_may_only_be_slow(known: Driver) -> None:
    await known.control("faults", {"method": "getMe", "hang_s": 0.2})

    before = time.perf_counter()
    answer = await known.call("getMe")

    assert answer.status == 200
    assert time.perf_counter() - before >= 0.2


async def test_downloads_fail_too(known: Driver) -> None:
    await known.control("faults", {"method": "file", "status": 404})
    await known.control("faults", {"method": "file", "status": 0, "times": 5})

    answer = await known.request("GET", f"/file/bot{TOKEN}/x")
    with pytest.raises(aiohttp.ClientError):
        await known.request("GET", f"/file/bot{TOKEN}/x")

    assert answer.status == 404


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 200},
        {"status": "500"},
        {"status": 500, "times": 0},
        {"method": "getMe"},
        {"status": 500, "hang_s": -1},
        {"statuss": 500},
        {"status": 500, "times": True},
    ],
)
async def test_faults_that_make_no_sense(known: Driver, fault: dict[str, object]) -> None:
    answer = await known.try_control("faults", fault)

    assert answer.status == 400
    assert answer.body["error"]


async def test_the_log_says_what_was_called_and_how_it_went(known: Driver) -> None:
    await known.call("sendMessage", chat_id=ANNA, text="words")
    await known.call("SENDMESSAGE", chat_id=999, text="words")

    logged = await known.control("log?last=2")

    assert [(call["method"], call["ok"], call["status"]) for call in logged["calls"]] == [
        ("sendMessage", True, 200),
        ("sendMessage", False, 400),
    ]
    assert "words" not in str(logged)
    assert logged["count"] > 2
