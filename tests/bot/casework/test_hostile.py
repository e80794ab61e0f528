"""Whatever is sent to a route of casework: it is refused or done, and never breaks."""

import re
from typing import Any

import pytest

from tests.bot.casework.acting import CaseDesk, applies, opens
from tests.bot.casework.test_access import OPEN, POLICY
from tests.bot.town import Town

NASTY: tuple[Any, ...] = (
    None,
    "",
    "\x00",
    "\ud83d",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "가" * 5000,
    -1,
    10**30,
    1e308,
    True,
    [],
    ["x"] * 100,
    {},
    {"x": {"y": {"z": []}}},
)
NAMES = (
    "event", "reason", "staff", "other", "kind", "fields", "owner", "due", "end", "after",
    "service", "agency", "how", "items", "sensitive", "text", "at", "facility", "people",
    "times", "way", "participants", "decisions", "note", "next", "door", "consent", "police",
    "word", "urgency", "conversation", "token", "pin",
)  # fmt: skip
GOOD: dict[str, dict[str, Any]] = {
    "/records": {"kind": "note", "fields": {"text": "\x00a\ud83d"}},
    "/move": {"event": "begin", "reason": "\x00a"},
    "/destroy": {"reason": "\x00\x00 왜 그런지"},
    "/export": {"reason": "\x00\x00 왜 그런지"},
    "/contacts": {
        "door": "line",
        "how": "phone",
        "consent": True,
        "note": "\x00",
        "word": "\x00가",
    },
    "/meetings": {
        "at": "2026-12-01T10:00:00+09:00",
        "participants": [{"name": "\x00", "role": "x"}],
    },
    "/escorts": {
        "agency": "guard_company",
        "way": "\x00",
        "times": [{"start": "9999-12-31T23:00:00+09:00", "end": "9999-12-31T23:30:00+09:00"}],
    },
}
"""Bodies of the right shape with texts that a database may refuse."""


async def _post(case: CaseDesk, path: str, body: Any) -> int:  # noqa: ANN401  # anything
    real = path.replace("{id}", case.case)
    real = re.sub(r"\{\w+\}", "999999", real)
    status, _ = await case.desk.call("POST", real, body)
    return status


@pytest.mark.parametrize("route", sorted(path for method, path in POLICY if method == "POST"))
async def test_no_body_breaks_a_route(town: Town, route: str) -> None:
    she = await applies(town)
    async with town.desk("supervisor") as desk:
        case = await opens(desk, she.conversation)
        bodies = [dict.fromkeys(NAMES, value) for value in NASTY]
        bodies += [{name: NASTY[number % len(NASTY)]} for number, name in enumerate(NAMES)]
        bodies += [body for end, body in GOOD.items() if route.endswith(end)]

        broken = [body for body in bodies if await _post(case, route, body) >= 500]

    assert broken == []


async def test_no_body_breaks_the_door_of_agencies(town: Town) -> None:
    doors = [path for method, path in OPEN if method == "POST"]
    async with town.desk() as desk:
        case = CaseDesk(desk, "1")
        for door in doors:
            for value in NASTY:
                body = {"token": value, "pin": value, "event": value, "text": value}
                assert await _post(case, door, body) < 500, value
