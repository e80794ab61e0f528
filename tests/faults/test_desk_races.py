"""The desk's promises by the thousand: one winner, a silent bot, each word once."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import orjson
import pytest

from bot.counsel.holding import Hold, Taken
from storage import outbox, transcripts
from tests.bot.desk_acts import waiting
from tests.bot.keeping import Room, open_room
from tests.bot.town import Town, kakao_address, open_town

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

CONVERSATIONS = int(os.environ.get("DESK_CONVERSATIONS", "5000"))
RACES = int(os.environ.get("DESK_RACES", "10000"))
SENDS = int(os.environ.get("DESK_SENDS", "10000"))
TOGETHER = 50
RACERS = (1, 2, 3, 4)


@pytest.fixture
async def room(database_url: str, tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(database_url, tmp_path) as opened:
        yield opened


async def in_parts(count: int, job: Callable[[int], Awaitable[None]]) -> None:
    """Run a numbered job so often, some at once."""
    for first in range(0, count, TOGETHER):
        await asyncio.gather(*(job(n) for n in range(first, min(count, first + TOGETHER))))


async def test_four_racers_never_hold_one_conversation_twice(room: Room) -> None:
    winners: Counter[int] = Counter()

    async def race(n: int) -> None:
        number = await room.waits(f"w{n}")
        tries = [room.talking.take(number, Hold(who, f"상담사 {who}", 0)) for who in RACERS]
        told = await asyncio.gather(*tries, return_exceptions=True)
        won = [one for one in told if not isinstance(one, BaseException)]
        lost = {one.staff_id for one in told if isinstance(one, Taken)}
        assert len(won) == 1
        assert lost == {won[0].staff_id}
        winners[won[0].staff_id or 0] += 1

    await in_parts(CONVERSATIONS, race)

    assert winners.total() == CONVERSATIONS


async def test_the_bot_says_nothing_after_a_claim_but_what_was_in_flight(room: Room) -> None:
    dice = random.Random(11)  # noqa: S311  # the same races each run
    late = flying = 0

    async def race(n: int) -> None:
        nonlocal late, flying
        number = await room.waits(f"r{n}", f"channel{n}")
        await room.bot_says(number, 2)
        channel = f"channel{n}"
        before = await outbox.claim(room.database, channel, 1, 60) if dice.random() < 0.3 else []
        _, during = await asyncio.gather(
            room.talking.take(number, Hold(1, "하나", 0)),
            outbox.claim(room.database, channel, 5, 60),
        )
        after = await outbox.claim(room.database, channel, 50, 60)
        entries = (await transcripts.read(room.database, number)).entries
        bots = {one.seq for one in entries if one.author == "bot" and one.epoch == 0}
        marked = any(one.entry.text.startswith("in flight") for one in entries)
        out = {due.seq for due in (*before, *during)} & bots
        late += len({due.seq for due in after} & bots) + max(0, len(out) - 1)
        late += marked != bool(out)
        flying += bool(out)

    await in_parts(RACES, race)

    assert late == 0
    assert flying > 0


async def test_each_word_is_kept_once_when_the_socket_is_cut_anywhere(tmp_path: Path) -> None:
    dice = random.Random(5)  # noqa: S311  # likewise
    async with open_town(tmp_path, f"sqlite:///{tmp_path}/gyeot.db") as town:
        person = town.name()
        number = await waiting(town, person)
        async with town.desk() as desk:
            _, taken = await desk.act(number, "take")
            epoch = taken["row"]["epoch"]
            cookies = "; ".join(f"{one.key}={one.value}" for one in desk.http.cookie_jar)

            async def send(n: int) -> None:
                body = {"id": f"word-{n}", "text": f"말 {n}", "epoch": epoch}
                raw = _request(town, number, (cookies, desk.csrf), body)
                while await _tried(town, raw, dice) != b"200":
                    pass

            await in_parts(SENDS, send)

        written = await town.written("kakao", kakao_address(person))
    said = Counter(one.entry.text for one in written if one.author == "counselor")
    assert said == Counter(f"말 {n}" for n in range(SENDS))


def _request(town: Town, number: int, who: tuple[str, str], body: object) -> bytes:
    cookies, csrf = who
    packed = orjson.dumps(body)
    head = (
        f"POST /desk/api/conversations/{number}/say HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{town.house.settings.port}\r\nCookie: {cookies}\r\n"
        f"X-Gyeot-Csrf: {csrf}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(packed)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + packed


async def _tried(town: Town, raw: bytes, dice: random.Random) -> bytes:
    """Send once, cut at a random point two times of three; returns the status, if it came."""
    reader, writer = await asyncio.open_connection("127.0.0.1", town.house.settings.port)
    try:
        fate = dice.random()
        cut = dice.randrange(len(raw)) if fate < 0.33 else len(raw)
        writer.write(raw[:cut])
        await writer.drain()
        if fate < 0.33:
            return b""
        if fate < 0.66:
            await asyncio.sleep(dice.random() / 50)
            return b""
        answer = await reader.read(200)
        return answer.split(b" ")[1] if answer else b""
    finally:
        writer.close()
