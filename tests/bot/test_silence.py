"""What she is told while she waits, and what her silence sets in motion."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.console.keeper import SILENT_MINUTES
from bot.counsel.holding import Hold
from flows.events import Outlook
from flows.messages import Inbound, Kind
from storage import clockwork, presence, tasks, transcripts
from tests.bot.keeping import Counter, Room, keeper_of, open_room

MINUTE_MS = 60_000
EVERYBODY = ("counselor", "supervisor")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(f"sqlite:///{tmp_path}/gyeot.db", tmp_path) as opened:
        yield opened


async def heard(room: Room, number: int) -> str:
    """Return all that the bot said in a conversation."""
    entries = (await transcripts.read(room.database, number)).entries
    return "\n".join(one.entry.text for one in entries if one.author == "bot")


async def ticked(room: Room) -> None:
    """Let everything happen that is due now."""
    for timer in await clockwork.claim(room.database, 50, 30):
        await room.service.tick(timer)


async def test_she_is_told_her_place_and_what_to_do_meanwhile(room: Room) -> None:
    room.service.outlook = Outlook(ahead=(0, 1, 3, 5, 4), minutes=6.0)
    short = await heard(room, await room.waits("short"))
    room.service.outlook = Outlook(ahead=(0, 1, 40, 50, 45), minutes=6.0)
    long = await heard(room, await room.waits("long"))

    assert "4번째" in short
    assert "24분쯤" in short
    assert "기다리는 동안" in short
    assert "41번째" in long
    assert "246분" not in long


async def test_outside_the_hours_she_is_told_so_with_112_and_1366(room: Room) -> None:
    room.service.outlook = Outlook(opens={"ko": "12월 2일(수) 09:00", "en": "Wed 09:00"})

    told = await heard(room, await room.waits("night"))

    assert "상담 시간이 아니라서" in told
    assert "12월 2일(수) 09:00" in told
    assert "112" in told
    assert "1366" in told


async def test_after_a_quarter_of_an_hour_she_may_ask_to_be_contacted(room: Room) -> None:
    number, taken = await room.waits("patient"), await room.waits("taken")
    await room.talking.take(taken, Hold(1, "하나"))

    room.clock.now += 14 * MINUTE_MS
    await ticked(room)
    early = await heard(room, number)
    room.clock.now += 2 * MINUTE_MS
    await ticked(room)

    assert "저희가 연락하길" not in early
    assert "저희가 연락하길" in await heard(room, number)
    assert "저희가 연락하길" not in await heard(room, taken)


async def test_blocking_and_leaving_in_a_hurry_become_tasks(room: Room) -> None:
    blocked, left = await room.waits("blocks"), await room.waits("leaves")
    calm = await room.waits("calm")
    await room.judging.raise_to(left, Hold(1, "하나"), 1, "목소리가 떨림")
    await room.service.receive(Inbound("web", "blocks", "b1", Kind.BLOCKED))
    await room.service.left(left)
    await room.service.left(calm)

    await ticked(room)

    found = {(one.conversation_id, one.kind) for one in await tasks.todo(room.database, EVERYBODY)}
    assert found == {(blocked, "blocked"), (left, "exit")}


async def test_no_answer_after_an_urgent_word_becomes_a_task_once(room: Room) -> None:
    number, calm = await room.waits("urgent"), await room.waits("calm")
    await room.judging.raise_to(number, Hold(1, "하나"), 0, "문 앞에 있음")
    keeper = keeper_of(room, told := Counter())
    await presence.touch(room.database, [1])
    for one in (number, calm):
        taken = await room.talking.take(one, Hold(1, "하나"))
        await room.talking.say(one, Hold(1, "하나", taken.epoch), f"hi{one}", "지금 안전한가요?")

    room.clock.now += (SILENT_MINUTES + 1) * MINUTE_MS
    for _ in range(2):
        await presence.touch(room.database, [1])
        await keeper.look()
        room.clock.now += MINUTE_MS
    (task,) = await tasks.todo(room.database, EVERYBODY)

    assert (task.conversation_id, task.kind, task.role) == (number, "silent", "counselor")
    assert told.count == 1
    done = await tasks.finish(room.database, task.id, 1, ("counselor",), "전화로 확인함")
    assert done is not None
    assert await tasks.todo(room.database, EVERYBODY) == []
    assert await tasks.finish(room.database, task.id, 2, EVERYBODY, "또") is None


async def test_what_a_task_says_goes_with_her_key(room: Room) -> None:
    number = await room.waits("erased")
    await room.service.receive(Inbound("web", "erased", "b1", Kind.BLOCKED))
    await ticked(room)

    await room.talking.erase(number, 1)

    assert await tasks.todo(room.database, EVERYBODY) == []
