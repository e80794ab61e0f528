"""Takeover, sending and lapsing against the real store: nothing races, nothing is lost."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.counsel.holding import Hold, NotYours, Stale, Taken
from bot.counsel.judging import NotNow
from storage import conversations, outbox, presence, staff, tasks, transcripts
from tests.bot.keeping import Counter, Room, keeper_of, open_room

RACES = 400
"""Conversations that four counselors want at once; the measure with thousands is a bench."""
NAMES = ("하나", "둘", "셋", "넷")


@pytest.fixture
async def room(database_url: str, tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(database_url, tmp_path) as opened:
        yield opened


async def test_of_four_who_want_a_conversation_exactly_one_has_it(room: Room) -> None:
    numbers = [await room.waits(f"w{n}") for n in range(RACES // 8)]

    for number in numbers:
        tries = [room.talking.take(number, Hold(n, NAMES[n - 1], 0)) for n in (1, 2, 3, 4)]
        told = await asyncio.gather(*tries, return_exceptions=True)

        won = [one for one in told if not isinstance(one, BaseException)]
        lost = [one for one in told if isinstance(one, Taken)]
        assert len(won) == 1
        assert len(lost) == 3
        assert {one.staff_id for one in lost} == {won[0].staff_id}


async def test_a_page_that_is_behind_takes_nothing(room: Room) -> None:
    number = await room.waits("late")
    first = await room.talking.take(number, Hold(1, "하나", 0))
    await room.talking.release(number, Hold(1, "하나", first.epoch), None, {})

    with pytest.raises(Stale):
        await room.talking.take(number, Hold(2, "둘", 0))


async def test_after_a_takeover_the_bot_says_nothing_but_what_was_in_flight(room: Room) -> None:
    dice = random.Random(7)  # noqa: S311  # the same race each run
    for n in range(RACES // 10):
        number = await room.waits(f"r{n}", "telegram")
        await room.bot_says(number, 3)
        in_flight = []
        if dice.random() < 0.5:
            in_flight = await outbox.claim(room.database, "telegram", 1, 60)

        taken, claimed = await asyncio.gather(
            room.talking.take(number, Hold(1, "하나", 0)),
            outbox.claim(room.database, "telegram", 5, 60),
        )
        later = await outbox.claim(room.database, "telegram", 50, 60)

        out = [due for due in (*in_flight, *claimed, *later) if due.conversation_id == number]
        reading = await transcripts.read(room.database, number)
        bots = {one.seq for one in reading.entries if one.author == "bot" and one.epoch == 0}
        late = [due.seq for due in later if due.seq in bots]
        before = [due.seq for due in out if due.seq in bots]
        assert late == []
        assert len(before) <= 1
        marked = [one for one in reading.entries if one.entry.text.startswith("in flight")]
        assert taken.epoch == 1
        assert len(marked) == len(before)
        await outbox.settle(room.database, [due.sent("1") for due in out])


async def test_each_word_is_kept_once_however_often_it_is_sent(room: Room) -> None:
    number = await room.waits("once")
    hold = Hold(1, "하나", (await room.talking.take(number, Hold(1, "하나"))).epoch)
    dice = random.Random(3)  # noqa: S311  # likewise

    async def sends(n: int) -> None:
        for _ in range(dice.randint(1, 4)):
            sending = asyncio.ensure_future(room.talking.say(number, hold, f"id{n}", f"말 {n}"))
            await asyncio.sleep(dice.random() / 200)
            if dice.random() < 0.5:
                sending.cancel()  # the socket is cut: nobody hears the answer
            await asyncio.gather(sending, return_exceptions=True)
        await room.talking.say(number, hold, f"id{n}", f"말 {n}")

    await asyncio.gather(*(sends(n) for n in range(100)))

    reading = await transcripts.read(room.database, number)
    said = [one.entry.text for one in reading.entries if one.author == "counselor"]
    assert sorted(said) == sorted(f"말 {n}" for n in range(100))


async def test_an_old_tab_cannot_send_but_hears_what_became_of_its_words(room: Room) -> None:
    number = await room.waits("tab")
    old = Hold(1, "하나", (await room.talking.take(number, Hold(1, "하나"))).epoch)
    seq = await room.talking.say(number, old, "kept", "들리세요?")
    await room.passing.to_person(number, old, Hold(2, "둘"), "부탁해요")
    taken = await room.passing.take_from(number, Hold(1, "하나"))

    with pytest.raises(NotYours):
        await room.talking.say(number, old, "new", "아직 저예요")
    assert await room.talking.say(number, old, "kept", "들리세요?") == seq
    assert await room.talking.say(number, Hold(1, "하나", taken.epoch), "new", "다시 저예요")


async def test_a_dead_browser_gives_its_talks_back_within_a_minute(room: Room) -> None:
    number = await room.waits("dead")
    await presence.touch(room.database, [1])
    await room.talking.take(number, Hold(1, "하나"))
    keeper = keeper_of(room, told := Counter())

    assert await keeper.look() == 0
    room.clock.now += 50_000
    assert await keeper.look() == 1

    back = await conversations.find(room.database, number)
    assert back is not None
    assert (back.status, back.staff_id, back.epoch) == ("waiting", None, 2)
    assert "back:gone" in back.state.because
    (task,) = await tasks.todo(room.database, ("supervisor",))
    assert (task.kind, task.conversation_id, told.count) == ("returned", number, 1)
    with pytest.raises(NotYours):
        await room.talking.say(number, Hold(1, "하나", 1), "x", "아직 저예요")
    reading = await transcripts.read(room.database, number)
    assert "연결이 끊겨" in [one for one in reading.entries if one.author == "bot"][-1].entry.text


async def test_an_unanswered_talk_goes_back_raised_unless_nothing_was_to_be_said(
    room: Room,
) -> None:
    number, other = await room.waits("slow"), await room.waits("fine")
    keeper = keeper_of(room, Counter())
    await presence.touch(room.database, [1])
    for one in (number, other):
        taken = await room.talking.take(one, Hold(1, "하나"))
        await room.talking.say(one, Hold(1, "하나", taken.epoch), f"hi{one}", "안녕하세요")
    before = await conversations.find(room.database, number)
    await room.says("slow", "네 듣고 있어요")
    await room.says("fine", "고맙습니다")
    await room.judging.settle(other, Hold(1, "하나"))
    asked_at = room.clock.now

    room.clock.now += 11 * 60_000
    await presence.touch(room.database, [1])
    assert await keeper.look() == 1

    back = await conversations.find(room.database, number)
    kept = await conversations.find(room.database, other)
    assert before is not None
    assert back is not None
    assert kept is not None
    assert (back.status, back.waiting_since) == ("waiting", asked_at)
    assert back.urgency == before.urgency - 1
    assert kept.status == "live"


async def test_urgency_is_raised_by_one_and_lowered_by_two(room: Room) -> None:
    number = await room.waits("risk")
    await room.judging.raise_to(number, Hold(1, "하나"), 1, "목소리가 떨림")
    with pytest.raises(NotNow):
        await room.judging.decide_lower(number, Hold(2, "둘"), agrees=True)

    await room.judging.ask_lower(number, Hold(1, "하나"), 3, "안전한 곳에 있음")
    with pytest.raises(NotNow):
        await room.judging.decide_lower(number, Hold(1, "하나"), agrees=True)
    lowered = await room.judging.decide_lower(number, Hold(2, "둘"), agrees=True)

    assert (lowered.urgency, lowered.state.risk) == (3, 3)


async def test_an_abusive_sender_reaches_nobody_but_the_card_stays_open(room: Room) -> None:
    number = await room.waits("abuse")
    taken = await room.talking.take(number, Hold(1, "하나"))
    await room.judging.quiet(number, Hold(1, "하나", taken.epoch), room.clock.now + 3_600_000)

    await room.says("abuse", "상담사")
    quiet = await conversations.find(room.database, number)
    await room.says("abuse", "긴급 카드")
    reading = await transcripts.read(room.database, number)
    await room.says("abuse", "지금 칼 들고 문 앞에 왔어요 살려주세요")
    danger = await conversations.find(room.database, number)

    assert quiet is not None
    assert quiet.status in {"bot", "closed"}
    assert any("112" in one.entry.text for one in reading.entries[-4:])
    assert danger is not None
    assert (danger.status, danger.urgency) == ("waiting", 0)


async def test_who_works_here_no_more_holds_nothing(room: Room) -> None:
    worker = await staff.add(
        room.database, staff.Newcomer("leaver", "counselor", "a long password!", "떠나는 이")
    )
    number = await room.waits("left")
    await presence.touch(room.database, [worker.id])
    await room.talking.take(number, Hold(worker.id, "떠나는 이"))

    await staff.dismiss(room.database, worker.id)
    await presence.gone(room.database, worker.id)
    await keeper_of(room, Counter()).look()

    back = await conversations.find(room.database, number)
    assert back is not None
    assert back.status == "waiting"
