"""What tests of the public side do again and again."""

import re
from datetime import timedelta

from bot.numbers.sources import SEOUL
from storage.types import moment
from tests.bot.town import Town

FORM = re.compile(r'name="form" value="([^"]+)"')


async def posted(town: Town, path: str, fields: list[tuple[str, str]]) -> tuple[int, str]:
    """Send a form as a browser does."""
    async with town.http.post(f"{town.url}{path}", data=fields) as answer:
        return answer.status, await answer.text()


async def got(town: Town, path: str) -> tuple[int, str]:
    """Open a page."""
    async with town.http.get(f"{town.url}{path}") as answer:
        return answer.status, await answer.text()


def today(town: Town, days: int = 0) -> str:
    """Return a day in Seoul as the house sees it."""
    day = moment(town.house.database.clock()).astimezone(SEOUL).date()
    return (day + timedelta(days)).isoformat()


async def education_fields(town: Town) -> list[tuple[str, str]]:
    """Return a filled form of an education request."""
    _, html = await got(town, "/education")
    found = FORM.search(html)
    assert found
    return [
        ("form", found[1]),
        ("language", "ko"),
        ("organization", "가온중학교"),
        ("contact", "담당 선생님"),
        ("phone", "02-000-0000"),
        ("place", "강당"),
        ("kind", "school"),
        ("audience", "pupils"),
        ("program", "visit"),
        ("theme", "basics"),
        ("people", "120"),
        ("date1", today(town, 20)),
        ("note", "<b>오전이 좋아요</b>"),
        ("consent", "yes"),
    ]
