"""Killed again and again: nothing acknowledged is lost, nothing happens twice, all in order."""

import asyncio
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.faults.place import BOT, SECRET, Left, Place, left, place

PEOPLE = 40
FIRST = 50_000
SHORT, LONG = (600, 300), (20_000, 500)
"""Messages, and about how many between two kills."""
DRAIN_S = 240.0
PAUSE_S = 0.004


@pytest.mark.timeout(400)
async def test_telegram_survives_kills(tmp_path: Path, database_url: str) -> None:
    await _telegram(tmp_path, database_url, *SHORT)


@pytest.mark.faults
@pytest.mark.timeout(1800)
async def test_telegram_survives_forty_kills(tmp_path: Path, database_url: str) -> None:
    await _telegram(tmp_path, database_url, *LONG)


@pytest.mark.timeout(400)
async def test_every_answered_call_of_kakao_is_kept(tmp_path: Path, database_url: str) -> None:
    await _kakao(tmp_path, database_url, 400, 400)


@pytest.mark.faults
@pytest.mark.timeout(1800)
async def test_every_one_of_many_answered_calls_of_kakao_is_kept(
    tmp_path: Path, database_url: str
) -> None:
    await _kakao(tmp_path, database_url, 20_000, 500)


async def _telegram(folder: Path, database: str, messages: int, between: int) -> None:
    async with place(folder, database) as town:
        sent: dict[int, list[str]] = {FIRST + n: [] for n in range(PEOPLE)}
        writing = asyncio.create_task(_write(town, sent, messages))
        kills = await _kill(town, messages, between)
        await writing
        found = await _drained(town, messages)
        shown = {person: await town.sees(person) for person in sent}

    heard = found.heard()
    print(f"{messages} messages, {kills} kills, {len(found.outbox)} answers, " + _sums(found))  # noqa: T201  # the figures of the experiment
    assert sorted(heard.values()) == sorted(sent.values())  # I1 and the order of I5
    _assert_one_transition_each(found, "telegram", messages)
    _assert_no_orphans(found)
    _assert_shown_in_order(found, sent, shown)


async def _write(town: Place, sent: dict[int, list[str]], messages: int) -> None:
    """Let people write at random; each text is another."""
    dice = random.Random(7)  # noqa: S311  # a replayable experiment, no secret
    people = list(sent)
    for number in range(messages):
        person = people[number] if number < len(people) else dice.choice(people)
        text = f"오늘 있었던 일 {number}"
        await town.writes(person, text)
        sent[person].append(text)
        await asyncio.sleep(PAUSE_S)


async def _kill(town: Place, messages: int, between: int) -> int:
    """Kill about every so many messages, in the middle of things."""
    dice = random.Random(11)  # noqa: S311  # likewise
    kills = messages // between
    for _ in range(kills):
        await asyncio.sleep(dice.uniform(0.3, 1.0) * between * PAUSE_S)
        await town.gyeot.kill()
        await town.gyeot.start()
    return kills


async def _drained(town: Place, messages: int) -> Left:
    """Wait until everything is in and everything is out, then read it all."""
    async with asyncio.timeout(DRAIN_S), town.opened() as database:
        while True:
            found = await left(database)
            heard = sum(one.author == "person" for one in found.entries)
            still = [row for row in found.outbox if row[2] in {"ready", "sending"}]
            if heard >= messages and not still:
                return found
            await asyncio.sleep(1.0)


def _assert_one_transition_each(found: Left, channel: str, messages: int) -> None:
    """I2: one inbox row a message, and each points at an entry of hers of its own."""
    rows = [row for row in found.inbox if row[0] == channel]
    places = Counter((number, seq) for _, _, number, seq in rows)
    entries = {(one.conversation, one.seq) for one in found.entries if one.author == "person"}

    assert len(rows) == messages
    assert max(places.values()) == 1
    assert places.keys() == entries


def _assert_no_orphans(found: Left) -> None:
    """I3: what was to go out went out."""
    entries = {(one.conversation, one.seq) for one in found.entries}

    assert {status for _, _, status in found.outbox} == {"sent"}
    assert {(number, seq) for number, seq, _ in found.outbox} <= entries


def _assert_shown_in_order(
    found: Left, sent: dict[int, list[str]], shown: dict[int, list[str]]
) -> None:
    """I4 and I5: she saw every answer, in our order; a copy only right beside the first."""
    conversations = {texts[0]: number for number, texts in found.heard().items()}
    for person, texts in sent.items():
        number = conversations[texts[0]]
        answers = [
            one.text for one in found.entries if one.conversation == number and one.author == "bot"
        ]
        assert _without_copies(shown[person]) == _without_copies(answers)
        assert len(shown[person]) >= len(answers)


def _without_copies(texts: list[str]) -> list[str]:
    return [text for at, text in enumerate(texts) if not at or texts[at - 1] != text]


def _sums(found: Left) -> str:
    return ", ".join(f"{key} {n}" for key, n in Counter(row[2] for row in found.outbox).items())


async def _kakao(folder: Path, database: str, messages: int, between: int) -> None:
    async with place(folder, database) as town:
        asked = {f"k{n}": iter(range(messages // PEOPLE)) for n in range(PEOPLE)}
        talks = [asyncio.create_task(_talk(town, who, turns)) for who, turns in asked.items()]
        everything = asyncio.gather(*talks)
        kills = 0
        begun = time.monotonic()
        while not everything.done() and kills < messages // between:
            await asyncio.wait([everything], timeout=0.5 + between * PAUSE_S)
            await town.gyeot.kill()
            kills += 1
            await town.gyeot.start()
        answered = [text for texts in await everything for text in texts]
        took = time.monotonic() - begun
        async with town.opened() as database_:
            found = await left(database_)

    kept = Counter(one.text for one in found.entries if one.author == "person")
    print(f"{len(answered)} answered calls, {kills} kills, {took:.0f} s")  # noqa: T201  # likewise
    assert kills
    assert len(answered) == messages // PEOPLE * PEOPLE
    assert [text for text in answered if kept[text] != 1] == []


async def _talk(town: Place, who: str, turns: Any) -> list[str]:  # noqa: ANN401  # an iterator
    """Let one person write on Kakao until each of her texts was answered; the same id again."""
    answered = []
    address = town.gyeot.ready.replace("/healthz", "/hooks/kakao")
    for turn in turns:
        text = f"{who}의 글 {turn}"
        headers = {"X-Gyeot-Secret": SECRET, "X-Request-Id": f"{who}-{turn}"}
        body = {
            "bot": {"id": BOT},
            "userRequest": {"user": {"id": who}, "utterance": text, "lang": "ko"},
            "action": {"clientExtra": {}},
        }
        while True:
            try:
                async with town.http.post(address, json=body, headers=headers) as answer:
                    told = await answer.text()
                    assert answer.status == 200, told
                    if "받지 못했어요" not in told:
                        break
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
        answered.append(text)
        await asyncio.sleep(PAUSE_S)
    return answered
