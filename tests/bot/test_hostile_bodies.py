"""Broken bodies by the thousand, at both webhooks: refused or answered, nobody else is hurt."""

import asyncio
import random
from collections import Counter
from copy import deepcopy
from typing import Any

import orjson
import pytest

from tests.bot.town import BOT, Json, Town, skill, texts

FEW, MANY = 600, 10_000
AT_ONCE = 16
HOOK_SECRET = {"X-Telegram-Bot-Api-Secret-Token": "w" * 24}
STRANGE: list[Any] = [
    *(None, True, 0, -1, 1 << 62, 1.5e308, "", "\0", "가" * 3_000, [], {}, [[]], [None] * 50),
    *({"id": {}}, "'; DROP TABLE inbox; --", "{{7*7}}", "\u202e<script>", "e" * 70_000),
]


@pytest.mark.timeout(240)
async def test_hostile_bodies_never_break_the_webhooks(hooked: Town) -> None:
    await _attack(hooked, FEW)


@pytest.mark.faults
@pytest.mark.timeout(1800)
async def test_ten_thousand_hostile_bodies_never_break_the_webhooks(hooked: Town) -> None:
    await _attack(hooked, MANY)


async def _attack(town: Town, number: int) -> None:
    dice = random.Random(25)  # noqa: S311  # a replayable experiment, no secret
    bodies = [_broken(dice, _valid(dice, n)) for n in range(number)]
    statuses: Counter[int] = Counter()

    for at in range(0, number, AT_ONCE):
        chunk = bodies[at : at + AT_ONCE]
        statuses.update(await asyncio.gather(*(_post(town, *each) for each in chunk)))
    answer = await town.kakao(town.name(), "안녕하세요")

    print(f"{number} hostile bodies: {dict(sorted(statuses.items()))}")  # noqa: T201  # the figures of the experiment
    assert set(statuses) <= {200, 400, 403, 413}
    assert texts(answer)


def _valid(dice: random.Random, number: int) -> tuple[str, Json]:
    if number % 2:
        return "kakao", skill(f"hostile{dice.randrange(40)}", "안녕하세요", BOT)
    who = {"id": 990_000 + dice.randrange(40), "first_name": "A", "is_bot": False}
    message = {
        "message_id": number,
        "date": 1_700_000_000,
        "from": who,
        "chat": {"id": who["id"], "type": "private"},
        "text": "안녕하세요",
    }
    return "telegram", {"update_id": 5_000_000 + number, "message": message}


def _broken(dice: random.Random, valid: tuple[str, Json]) -> tuple[str, bytes]:
    """Break a body: a value of the wrong kind somewhere, or its bytes."""
    name, body = valid
    if dice.random() < 0.7:
        for _ in range(dice.randrange(1, 4)):
            _spoil(dice, body)
        return name, orjson.dumps(body)
    raw = bytearray(orjson.dumps(body))
    for _ in range(dice.randrange(1, 6)):
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    return name, bytes(raw[: dice.randrange(1, len(raw) + 1)])


def _spoil(dice: random.Random, body: Json) -> None:
    inner: Any = body
    while inner:
        name = dice.choice(list(inner))
        if isinstance(inner[name], dict) and inner[name] and dice.random() < 0.8:
            inner = inner[name]
            continue
        if dice.random() < 0.2:
            del inner[name]
        else:
            inner[name] = deepcopy(dice.choice(STRANGE))
        return


async def _post(town: Town, name: str, body: bytes) -> int:
    secret = {"X-Gyeot-Secret": "a-secret-of-the-tests-only"}
    headers = HOOK_SECRET if name == "telegram" else secret
    async with town.http.post(f"{town.url}/hooks/{name}", data=body, headers=headers) as answer:
        await answer.read()
        return answer.status
