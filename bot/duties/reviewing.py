"""The monthly review of the access log, for those who do not run the desk."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from aiohttp import web

from bot.console.gate import Caller, Gate, refuse
from bot.console.tools import answer
from bot.numbers.sources import SEOUL, midnight
from flows.messages import clean
from storage import audit
from storage.database import Database
from storage.duties import reviews
from storage.duties.reviews import ReviewedError, Summary
from storage.types import moment

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
FINDINGS_CHARS = 2000


@dataclass(frozen=True, slots=True)
class LogReviews:
    """The routes under `/desk/api/log`."""

    database: Database
    gate: Gate

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        seers = frozenset({"auditor", "supervisor"})
        route, gate = app.router.add_route, self.gate
        route("GET", "/desk/api/log", gate.only(seers, self.listed))
        route("GET", "/desk/api/log/{month}", gate.only(seers, self.month))
        route("POST", "/desk/api/log/{month}", gate.only(seers, self.sign))

    async def listed(self, _request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer which months were reviewed, by whom, and which one is due."""
        names = await reviews.names(self.database)
        done = await reviews.reviews(self.database)
        return answer(
            {
                "due": _before(self._today()),
                "reviews": [{**asdict(one), "by": names.get(one.staff_id, "?")} for one in done],
            }
        )

    async def month(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Answer what the log holds of a month: who did what how often, and what stands out."""
        month = request.match_info["month"]
        if not MONTH.fullmatch(month):
            return refuse(400, "month", "달은 2026-01처럼 적어 주세요. Write 2026-01.")
        await audit.record(self.database, None, caller.staff_id, "review log", caller.place)
        names = await reviews.names(self.database)
        return answer(_shown(await reviews.summary(self.database, *_bounds(month)), names))

    async def sign(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Record that a month was reviewed, and what was found."""
        month = request.match_info["month"]
        findings = clean(str((await self.gate.body(request)).get("findings", ""))).strip()
        if not MONTH.fullmatch(month) or month > _before(self._today()):
            return refuse(400, "month", "끝난 달만 점검해요. Only months that are over.")
        if not findings:
            return refuse(400, "findings", "점검 결과를 적어 주세요. Write what you found.")
        found = await reviews.summary(self.database, *_bounds(month))
        signed = caller.staff_id, findings[:FINDINGS_CHARS]
        try:
            await reviews.sign(self.database, month, found, signed)
        except ReviewedError:
            return refuse(409, "done", "이미 점검한 달이에요. This month was reviewed already.")
        await audit.record(
            self.database, None, caller.staff_id, "sign log review", f"{caller.place} {month}"
        )
        return answer({"month": month})

    def _today(self) -> date:
        return moment(self.database.clock()).astimezone(SEOUL).date()


def _bounds(month: str) -> tuple[datetime, datetime]:
    year, number = map(int, month.split("-"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return midnight(date(year, number, 1)), midnight(following)


def _before(day: date) -> str:
    """Return the month before a day's."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return f"{year}-{month:02}"


def _shown(found: Summary, names: dict[int, str]) -> dict[str, Any]:
    def name(who: int | None) -> str:
        return names.get(who, "?") if who is not None else "-"

    people = [
        {"name": name(who), "actions": actions, "night": found.night.get(who, 0)}
        for who, actions in found.people.items()
    ]
    return {
        "lines": found.lines,
        "whole": found.whole,
        "people": sorted(people, key=lambda one: str(one["name"])),
        "many": [{"name": name(who), "day": day, "count": n} for who, day, n in found.many],
        "downloads": [
            {"at": one.at, "name": name(one.staff_id), "action": one.action, "why": one.detail}
            for one in found.downloads
        ],
    }
