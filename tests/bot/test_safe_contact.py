"""Nothing of ours reaches her at a time that she did not choose."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.console.shapes import entry
from bot.safety.contact import keep_rules
from bot.turns import apply
from flows.effects import Say, Turn
from flows.messages import Outbound
from flows.state import Value
from storage import clockwork, outbox
from storage.page import Page
from tests.bot.safe_rooms import Room, open_room

SEOUL = timezone(timedelta(hours=9))
TEN_MINUTES = 10 * 60 * 1000
DAYTIME: dict[str, Value] = {"contact_way": "here", "contact_times": ("day",)}


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(tmp_path) as opened:
        yield opened


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=SEOUL).timestamp() * 1000)


async def wishes(room: Room, answers: dict[str, Value]) -> int:
    """Let her have answered this, with everything read that was said before."""
    await room.says("안녕하세요")
    number = await room.conversation()

    def job(page: Page) -> None:
        conversation = page.save()
        conversation.state = replace(conversation.state, answers=answers)
        keep_rules(page, conversation, "contact_way")

    await room.database.turn(number, job)
    await sent(room)
    return number


async def sent(room: Room) -> list[str]:
    """Send what may go out now, and return it."""
    texts = []
    while due := await outbox.claim(room.database, "telegram", 10, 60):
        texts += [one.message.text for one in due]
        await outbox.settle(room.database, [one.sent("1") for one in due])
    return texts


async def reply(room: Room, number: int, words: str) -> None:
    await room.answers(number, words)


async def test_a_counselors_words_wait_for_her_safe_time(room: Room) -> None:
    room.clock.now = ms("2026-11-23T20:00")  # a Monday evening
    number = await wishes(room, DAYTIME)
    await room.takes(number)
    await sent(room)
    room.clock.now += TEN_MINUTES + 1

    await reply(room, number, "잘 들어가셨어요?")

    assert await sent(room) == []
    held = (await room.written())[-1]
    assert entry(held, {}, number)["held_until"] == "2026-11-24T00:00:00+00:00"
    room.clock.now = ms("2026-11-24T09:00")
    assert await sent(room) == ["잘 들어가셨어요?"]


async def test_an_answer_within_ten_minutes_goes_at_once(room: Room) -> None:
    room.clock.now = ms("2026-11-23T20:00")
    number = await wishes(room, DAYTIME)
    await room.takes(number)
    await sent(room)
    room.clock.now += TEN_MINUTES - 60_000

    await reply(room, number, "네, 듣고 있어요.")

    assert await sent(room) == ["네, 듣고 있어요."]
    assert entry((await room.written())[-1], {}, number)["held_until"] is None


async def test_what_was_late_is_not_sent_at_an_unsafe_time(room: Room) -> None:
    room.clock.now = ms("2026-11-23T17:55")
    number = await wishes(room, DAYTIME)
    await room.takes(number)
    await sent(room)
    await reply(room, number, "내일 이어서 이야기해요.")
    room.clock.now = ms("2026-11-23T18:30")  # the platform was away until now

    assert await sent(room) == []
    room.clock.now = ms("2026-11-24T09:00")
    assert await sent(room) == ["내일 이어서 이야기해요."]


async def test_who_wants_only_answers_gets_the_rest_when_she_writes(room: Room) -> None:
    number = await wishes(room, {"contact_way": "here", "contact_times": ("only_then",)})
    await room.takes(number)
    await sent(room)
    room.clock.now += 3 * TEN_MINUTES
    await reply(room, number, "준비됐어요.")

    before = await sent(room)
    held = entry((await room.written())[-1], {}, number)["held_until"]
    await room.says("저 왔어요")

    assert before == []
    assert held == "she writes"
    assert await sent(room) == ["준비됐어요."]


async def test_the_emergency_card_is_never_held(room: Room) -> None:
    room.clock.now = ms("2026-11-23T20:00")
    number = await wishes(room, DAYTIME)
    room.clock.now += 2 * TEN_MINUTES

    def job(page: Page) -> None:
        conversation = page.save()
        card = Say(Outbound("위험하면 112", card=True))
        other = Say(Outbound("요즘 어떠세요?"))
        apply(page, conversation, Turn(conversation.state, (card, other)))

    await room.database.turn(number, job)

    assert await sent(room) == ["위험하면 112"]


async def test_a_check_in_that_is_late_waits_for_her_safe_time(room: Room) -> None:
    room.clock.now = ms("2026-11-23T10:00")
    number = await wishes(room, DAYTIME)
    due = room.clock.now + TEN_MINUTES
    await room.database.turn(number, lambda page: page.timer("check_in", due, {"case": "7"}))
    room.clock.now = ms("2026-11-23T23:30")  # the house was down until late
    for timer in await clockwork.claim(room.database, 10, 30):
        await room.service.tick(timer)

    assert await sent(room) == []
    room.clock.now = ms("2026-11-24T09:30")
    assert await sent(room) != []
