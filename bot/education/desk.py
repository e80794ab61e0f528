"""Education at the desk: what was asked for, the calendar, the year in numbers."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiohttp import web

from bot.console.gate import Caller, Gate, refuse
from bot.console.tools import answer
from flows.education.kinds import AUDIENCES, BODIES, MOVES, PROGRAMS, STATUSES, THEMES
from flows.messages import clean
from storage import audit
from storage.database import Database
from storage.education import requests
from storage.education.requests import NotNowError, Request, Step
from storage.errors import GoneError
from storage.types import moment

Json = dict[str, Any]
NUMBER_DIGITS = 19
MOST_PEOPLE = 100_000
MOST_MINUTES = 600


class BadStep(ValueError):
    """What the act needs is missing; the message says what."""


@dataclass(frozen=True, slots=True)
class EducationDesk:
    """The routes under `/desk/api/education`."""

    database: Database
    gate: Gate

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        staff = frozenset({"supervisor", "admin"})
        route, gate = app.router.add_route, self.gate
        route("GET", "/desk/api/education", gate.only(staff, self.listed))
        route("POST", "/desk/api/education/{id}/{act}", gate.only(staff, self.move))

    async def listed(self, _request: web.Request, caller: Caller) -> web.StreamResponse:
        """Answer every request, and the numbers of each year; the reading is recorded."""
        await audit.record(self.database, None, caller.staff_id, "read education", caller.place)
        found = await requests.everything(self.database)
        words = {
            "kind": BODIES, "audience": AUDIENCES, "program": PROGRAMS,
            "theme": THEMES, "status": STATUSES,
        }  # fmt: skip
        years = sorted({_year(one) for one in found}, reverse=True)
        return answer(
            {
                "words": words,
                "requests": [_shown(one) for one in found],
                "years": [yearly(found, year) for year in years],
            }
        )

    async def move(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Confirm, decline, cancel, or note that it was held."""
        number, act = request.match_info["id"], request.match_info["act"]
        if (
            not number.isdigit()
            or len(number) > NUMBER_DIGITS
            or act not in MOVES
            or act == "rate"
        ):
            return refuse(404, "gone", "그런 신청이 없어요. There is no such request.")
        try:
            step = _step(act, await self.gate.body(request))
            await requests.move(self.database, int(number), step)
        except BadStep as error:
            return refuse(400, "step", str(error))
        except (NotNowError, GoneError):
            return refuse(409, "moved", "그 사이에 바뀌었어요. It has moved on; look again.")
        await audit.record(
            self.database, None, caller.staff_id, f"education {act}", f"{caller.place} {number}"
        )
        return answer({"status": step.after})


def yearly(found: list[Request], year: str) -> Json:
    """Return one year in numbers: of requests, never of persons."""
    mine = [one for one in found if _year(one) == year]
    held = [one for one in mine if one.status in ("held", "rated")]
    ratings = [one.rating for one in held if one.rating is not None]
    return {
        "year": year,
        "asked": len(mine),
        "held": len(held),
        "attended": sum(one.attended or 0 for one in held),
        "minutes": sum(one.minutes or 0 for one in held),
        "rating": round(sum(ratings) / len(ratings), 1) if ratings else None,
        "kinds": dict(Counter(one.wish.kind for one in held)),
        "audiences": dict(Counter(one.wish.audience for one in held)),
        "programs": dict(Counter(one.wish.program for one in held)),
    }


def _year(one: Request) -> str:
    return one.held_on[:4] if one.held_on else str(moment(one.created_at).year)


def _shown(one: Request) -> Json:
    wish = one.wish
    kept = {"kind": wish.kind, "audience": wish.audience, "program": wish.program}
    rest = {"held_on": one.held_on, "attended": one.attended, "rating": one.rating}
    return {
        "id": str(one.id),
        "status": one.status,
        **kept,
        "people": wish.people,
        **rest,
        "minutes": one.minutes,
        "created_at": one.created_at,
        "body": dict(wish.body),
    }


def _step(act: str, body: Json) -> Step:
    before, after = MOVES[act]
    words = {"answer": clean(str(body.get("answer", ""))).strip()[:1000]}
    if act == "confirm":
        instructor = clean(str(body.get("instructor", ""))).strip()[:80]
        if not instructor:
            raise BadStep("강사를 적어 주세요. Name the instructor.")
        return Step(before, after, words | {"instructor": instructor}, held_on=_day(body))
    if act == "hold":
        attended = _number(body.get("attended"), MOST_PEOPLE)
        return Step(
            before,
            after,
            {},
            minutes=_number(body.get("minutes"), MOST_MINUTES),
            attended=attended,
        )
    if not words["answer"]:
        raise BadStep("까닭을 적어 주세요. Say why.")
    return Step(before, after, words)


def _day(body: Json) -> str:
    try:
        return date.fromisoformat(str(body.get("held_on", ""))).isoformat()
    except ValueError:
        raise BadStep("날짜는 2026-01-31처럼 적어 주세요. Write 2026-01-31.") from None


def _number(given: object, most: int) -> int:
    if isinstance(given, int) and 0 < given <= most:
        return given
    raise BadStep("인원과 시간(분)을 적어 주세요. Give the number of people and the minutes.")
