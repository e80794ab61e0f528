"""getUpdates: offsets, limits, waiting, conflicts, kinds and expiry."""

import asyncio
import json
import time

from adapters.clock import Clock
from adapters.telegram.standin.updates import Updates
from tests.adapters.telegram_standin.driving import ANNA, BORA, OTHER, Driver


async def test_an_offset_forgets_all_before_it_for_good(bot: Driver) -> None:
    for number in range(5):
        await bot.says(str(number))
    ids = [update["update_id"] for update in await bot.updates()]

    rest = await bot.updates(offset=ids[2])
    again = await bot.updates(offset=ids[0])

    assert ids == list(range(ids[0], ids[0] + 5))
    assert [update["message"]["text"] for update in rest] == ["2", "3", "4"]
    assert [update["update_id"] for update in again] == ids[2:]


async def test_a_negative_offset_keeps_only_the_last(bot: Driver) -> None:
    for number in range(5):
        await bot.says(str(number))

    last = await bot.updates(offset=-2)
    all_there_is = await bot.updates(offset=0)

    assert [update["message"]["text"] for update in last] == ["3", "4"]
    assert len(all_there_is) == 2


async def test_an_offset_far_in_the_future_confirms_nothing(bot: Driver) -> None:
    await bot.says("a")
    first = (await bot.updates())[0]["update_id"]

    assert len(await bot.updates(offset=first + 10_000)) == 1


async def test_a_limit_is_moved_into_its_range(bot: Driver) -> None:
    for number in range(101):
        await bot.says(str(number))

    assert len(await bot.updates(limit=3)) == 3
    assert len(await bot.updates(limit=0, offset=-101)) == 1
    assert len(await bot.updates(limit=1000, offset=-200)) == 100


async def test_a_waiting_poll_is_woken_within_milliseconds(known: Driver) -> None:
    poll = asyncio.ensure_future(known.updates(timeout=20))
    await asyncio.sleep(0.05)

    started = time.perf_counter()
    await known.says("now")
    found = await poll

    assert found[0]["message"]["text"] == "now"
    assert time.perf_counter() - started < 0.5


async def test_a_poll_ends_empty_when_its_time_is_over(known: Driver) -> None:
    started = time.perf_counter()

    assert await known.updates(timeout=1, offset=-1) == []
    assert 0.9 < time.perf_counter() - started < 3


async def test_the_same_offset_twice_at_once_is_slowed_down(known: Driver) -> None:
    await known.says("a")
    await known.says("b")
    offset = (await known.updates())[0]["update_id"]

    first = await known.updates(offset=offset)
    hasty = await known.updates(offset=offset)

    assert (len(first), len(hasty)) == (2, 1)


async def test_a_second_poll_ends_the_first(known: Driver) -> None:
    first = asyncio.ensure_future(known.call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.ensure_future(known.call("getUpdates", timeout=20, offset=1))

    ended = await first
    await known.says("a")

    assert ended.status == 409
    assert ended.description == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert len((await second).result) == 1


async def test_conflicts_are_told_once_in_three_seconds(known: Driver) -> None:
    first = asyncio.ensure_future(known.call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.ensure_future(known.call("getUpdates", timeout=20, offset=1))
    await first
    third = asyncio.ensure_future(known.call("getUpdates", timeout=20, offset=2))

    started = time.perf_counter()
    assert (await second).status == 409
    waited = time.perf_counter() - started
    await known.says("a")

    assert 2.5 < waited < 5
    assert (await third).status == 200


async def test_only_wanted_kinds_are_queued_and_the_wish_is_remembered(known: Driver) -> None:
    await known.updates(allowed_updates=["edited_message", "nonsense"])
    hers = await known.says("a")
    await known.control(f"person/{ANNA}/edit", {"message_id": hers, "text": "b"})
    await known.updates(allowed_updates="no json")

    found = await known.updates(offset=1)
    info = (await known.call("getWebhookInfo")).result
    await known.updates(allowed_updates=[], offset=found[-1]["update_id"] + 1)
    await known.says("c")

    assert [list(update)[1] for update in found] == ["edited_message"]
    assert found[0]["edited_message"]["text"] == "b"
    assert found[0]["edited_message"]["edit_date"]
    assert info["allowed_updates"] == ["edited_message"]
    assert [list(update)[1] for update in await known.updates(offset=2)] == ["message"]


async def test_messages_live_a_day_and_presses_150_seconds(known: Driver) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "go"}]]}
    sent = (await known.call("sendMessage", chat_id=ANNA, text="?", reply_markup=markup)).result
    await known.says("a")
    await known.presses(sent["message_id"], "go")
    before = (await known.call("getWebhookInfo")).result["pending_update_count"]

    await known.control("clock", {"advance_s": 151})
    after = (await known.call("getWebhookInfo")).result["pending_update_count"]
    await known.control("clock", {"advance_s": 24 * 3600})

    assert (before, after) == (2, 1)
    assert await known.updates() == []


async def test_bots_do_not_see_each_other(bot: Driver) -> None:
    other = Driver(bot.url, bot.http, OTHER)

    await bot.says("to one")
    await other.says("to the other", BORA)

    assert [update["message"]["text"] for update in await bot.updates()] == ["to one"]
    assert [update["message"]["text"] for update in await other.updates()] == ["to the other"]
    assert (await other.call("getMe")).result["id"] != (await bot.call("getMe")).result["id"]


async def test_an_update_shows_a_message_as_it_was_when_it_was_made(known: Driver) -> None:
    hers = await known.says("before")
    await known.control(f"person/{ANNA}/edit", {"message_id": hers, "text": "after"})

    first, second = await known.updates()

    assert first["message"]["text"] == "before"
    assert second["edited_message"]["text"] == "after"


async def test_a_batch_ends_at_about_four_megabytes(bot: Driver) -> None:
    for _ in range(100):
        await bot.says("가" * 4096)
    long = await bot.updates()
    for _ in range(300):
        await bot.says("😀" * 2048)

    assert len(long) == 100
    assert len(await bot.updates(offset=-400, limit=100)) == 100


def test_updates_of_the_queue_alone() -> None:
    queue = Updates(Clock())
    body = b'{"text":"%s"}' % (b"x" * (1 << 20))
    first = queue.add("message", body, 60, 1)
    for _ in range(2500):
        queue.drop(queue.add("message", b"{}", 60, 1) or 0)
    for _ in range(5):
        queue.add("message", body, 60, 1)

    batch = json.loads(asyncio.run(queue.poll(0, 100, 0)))
    dead = queue.add("message", b"{}", 0, 1)
    queue.clear()

    assert batch[0]["update_id"] == first
    assert len(batch) == 4
    assert dead is None
    assert len(queue) == 0
