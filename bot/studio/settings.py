"""What admins set beside the scripts: the desk's opening hours and its ready-made replies.

They are the desk's own; here they stand in the plain form of the studio's page.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from bot.console.hours import DAYS, SETTING, Hours, hours_of
from bot.studio.wrong import Wrong
from storage import desk_settings, replies
from storage.database import Database
from storage.replies import Reply

Clock = Annotated[str, StringConstraints(pattern=r"^(?:(?:[01]\d|2[0-3]):[0-5]\d)?$")]
Short = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
Long = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True)]
Spans = tuple[tuple[str, str], ...]
MOST = 100


class Day(BaseModel):
    """When the counselors are there on a day of the week; empty is closed."""

    model_config = ConfigDict(extra="forbid")

    day: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    opens: Clock
    closes: Clock


class Canned(BaseModel):
    """A ready-made reply of the desk."""

    model_config = ConfigDict(extra="forbid")

    title: Short
    text: Long


_DAYS = TypeAdapter(list[Day])
_CANNED = TypeAdapter(list[Canned])


async def shown(database: Database) -> dict[str, Any]:
    """Return the opening hours by day, and the center's own replies."""
    week = (await _hours(database)).week
    return {
        "hours": [{"day": day, **_ends(week.get(day, ()))} for day in DAYS] if week else None,
        "canned": [_plain(reply) for reply in await replies.everyone(database)],
    }


async def keep(database: Database, name: str, value: object, author: str) -> None:
    """Keep one of them; raises `Wrong`."""
    keeping = _KEEPING.get(name)
    if keeping is None or not isinstance(value, list) or len(value) > MOST:
        raise Wrong("그런 설정이 없어요. There is no such setting.")
    try:
        await keeping(database, value, author)
    except ValidationError:
        raise Wrong("시간이나 글을 다시 봐 주세요. Look at the times and texts again.") from None


async def _keep_hours(database: Database, value: object, author: str) -> None:
    """Keep the hours of each day; holidays, breaks and who is on call stay as they were."""
    days = _DAYS.validate_python(value)
    known = await _hours(database)
    week: dict[str, Spans] = {}
    for given in days:
        spans = known.week.get(given.day, ())
        if _ends(spans) != {"opens": given.opens, "closes": given.closes}:
            spans = ((given.opens, given.closes),) if given.opens and given.closes else ()
        if spans:
            week[given.day] = spans
    hours = Hours.model_validate({**known.model_dump(mode="json"), "week": week})
    await desk_settings.keep(database, SETTING, hours.model_dump(mode="json"), author)


async def _keep_canned(database: Database, value: object, author: str) -> None:
    """Keep these replies; one that stands there already keeps its other languages."""
    wanted = [each.model_dump() for each in _CANNED.validate_python(value)]
    for reply in await replies.everyone(database):
        if _plain(reply) in wanted:
            wanted.remove(_plain(reply))
        else:
            await replies.remove(database, reply.id)
    for each in wanted:
        new = Reply({"ko": each["title"]}, {"ko": each["text"]}, author)
        await replies.add(database, new)


_KEEPING: dict[str, Callable[[Database, object, str], Awaitable[None]]] = {
    "hours": _keep_hours,
    "canned": _keep_canned,
}


async def _hours(database: Database) -> Hours:
    return hours_of(await desk_settings.read(database, SETTING))


def _ends(spans: Spans) -> dict[str, str]:
    return {"opens": spans[0][0] if spans else "", "closes": spans[-1][1] if spans else ""}


def _plain(reply: Reply) -> dict[str, str]:
    return {"title": reply.title.get("ko", ""), "text": reply.text.get("ko", "")}
