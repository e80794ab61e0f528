"""The working day: who is here, what is to be done, opening hours, and the supervisor's wall."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from bot.console.board import Board, Row
from bot.console.gate import Caller, refuse
from bot.console.hours import SETTING, Hours, hours_of
from bot.console.opening import barred_to
from bot.console.stamps import iso, ms
from bot.console.tools import SERVES, SUPERVISES, Tools, answer, asked
from bot.counsel.holding import NotYours
from storage import audit, desk_settings, presence, shifts, staff, tasks
from storage.presence import HERE, PAUSE, Presence
from storage.tasks import Task

TEAM_CHARS = 40
DID_CHARS = 500
R0_ALARM_MS = 60_000
LONG_WAIT_MS = 30 * 60_000
LATE_MS = 5 * 60_000
"""How late somebody may come to a planned shift before the wall says so."""
DECIDES = frozenset({"supervisor", "admin"})
KNOWS = SERVES | DECIDES


@dataclass(frozen=True, slots=True)
class Working:
    """The routes of a shift."""

    tools: Tools

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        only, act, route = self.tools.gate.only, self.tools.act, app.router.add_route
        route("GET", "/desk/api/presence", only(SERVES, self.people))
        route("POST", "/desk/api/presence", only(SERVES, self.choose))
        route("GET", "/desk/api/tasks", only(SERVES, self.tasks))
        route("POST", "/desk/api/tasks/{id}/done", only(SERVES, act(self.done)))
        route("GET", "/desk/api/wall", only(SUPERVISES, self.wall))
        route("GET", "/desk/api/hours", only(KNOWS, self.hours))
        route("POST", "/desk/api/hours", only(DECIDES, self.set_hours))

    async def people(self, _request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer who is here, with how many talks each has."""
        return answer(await self._people())

    async def _people(self) -> list[dict[str, Any]]:
        database, now = self.tools.database, self.tools.database.clock()
        here = await presence.everyone(database)
        talks = _talks(self.tools.board)
        everyone = [one for one in await staff.everyone(database) if one.role in SERVES]
        return [
            _person(one, here.get(one.id, Presence(one.id)), talks.get(one.id, 0), now)
            for one in everyone
        ]

    async def choose(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Pause or go on; choose how many talks at once and for which team."""
        given = await asked(self.tools.gate, request)
        known = (await presence.everyone(self.tools.database)).get(caller.staff_id)
        now = known or Presence(caller.staff_id)
        state = given.words("state") or now.state
        capacity = given.whole("capacity")
        if state not in {HERE, PAUSE}:
            return refuse(400, "state", "here 또는 pause만 고를 수 있어요. Use here or pause.")
        team = given.words("team", TEAM_CHARS) if "team" in given.body else now.team
        wanted = Presence(
            caller.staff_id, state, now.capacity if capacity is None else capacity, team
        )
        await presence.choose(self.tools.database, wanted)
        return answer(await self._people())

    async def tasks(self, _request: web.Request, caller: Caller) -> web.StreamResponse:
        """Answer what is to be looked after, the first due first."""
        found = await tasks.todo(self.tools.database, _roles(caller))
        barred = await barred_to(self.tools, caller)
        known = (one for one in found if one.conversation_id not in barred)
        shown = [await self._task(one) for one in known]
        return answer([one for one in shown if one is not None])

    async def _task(self, task: Task) -> dict[str, Any] | None:
        row = self.tools.board.row(task.conversation_id)
        try:
            told = row or await self.tools.row(task.conversation_id)
        except NotYours:  # it was erased just now
            return None
        return {
            "id": str(task.id),
            "conversation": str(task.conversation_id),
            "handle": told["handle"],
            "kind": task.kind,
            "role": task.role,
            "at": iso(task.at),
            "due": iso(task.due),
            "urgency": told["urgency"],
            "contact": told["contact"],
            "contact_en": told["contact_en"],
            "why": str(task.body.get("why", "")),
            "by": str(task.body.get("by", "")),
        }

    async def done(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Note that something was looked after, and how."""
        given = await asked(self.tools.gate, request)
        did = given.words("did", DID_CHARS)
        task = await tasks.finish(
            self.tools.database, number, caller.staff_id, _roles(caller), did
        )
        if task is None:
            return refuse(409, "done", "이미 끝난 일이에요. It is done already.")
        await audit.record(
            self.tools.database, task.conversation_id, caller.staff_id, "task done", task.kind
        )
        self.tools.live.tasks()
        return answer({})

    async def wall(self, _request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer the figures of the moment, and what is wrong."""
        await self.tools.board.caught_up()
        people, now = await self._people(), self.tools.database.clock()
        board = self.tools.board
        waits = board.times.waits(now)
        free = sum(max(0, p["capacity"] - p["talks"]) for p in people if p["ready"])
        waiting = board.waiting()
        missing = await self._missing(people, now)
        return answer(
            {
                "now": iso(now),
                "waiting": _by_urgency(waiting),
                "live": sum(p["talks"] for p in people),
                "longest_since": min((w["waiting_since"] for w in waiting), default=None),
                "people": people,
                "free": free,
                "taken": len(waits),
                "median_ms": waits[len(waits) // 2] if waits else None,
                "slow_ms": waits[len(waits) * 9 // 10] if waits else None,
                "alarms": [*_alarms(waiting, free, now), *(["missing"] if missing else [])],
                "missing": missing,
                "open": board.opens is None,
            }
        )

    async def _missing(self, people: list[dict[str, Any]], now: int) -> list[str]:
        """Return who should be at the desk by the plan and is not."""
        planned = {
            one.staff_id
            for one in await shifts.going_on(self.tools.database)
            if not one.on_call and now - one.begins > LATE_MS
        }
        return [one["pseudonym"] for one in people if one["id"] in planned and not one["here"]]

    async def hours(self, _request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer the opening hours and who is on call."""
        kept = hours_of(await desk_settings.read(self.tools.database, SETTING))
        now = self.tools.database.clock()
        return answer({"hours": kept.model_dump(mode="json"), "open": kept.is_open(now)})

    async def set_hours(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Decide the opening hours and who is on call."""
        given = await asked(self.tools.gate, request)
        try:
            hours = Hours.model_validate(given.body)
        except ValidationError as error:
            where = "; ".join(".".join(map(str, one["loc"])) for one in error.errors())
            return refuse(400, "hours", f"읽을 수 없어요. This cannot be read: {where}")
        body = hours.model_dump(mode="json")
        await desk_settings.keep(self.tools.database, SETTING, body, caller.name)
        await audit.record(self.tools.database, None, caller.staff_id, "set hours")
        return answer({"hours": body})


def _person(one: staff.Staff, at: Presence, talks: int, now: int) -> dict[str, Any]:
    return {
        "id": one.id,
        "pseudonym": one.pseudonym,
        "role": one.role,
        "state": at.state,
        "here": at.here(now),
        "ready": at.ready(now),
        "team": at.team,
        "capacity": at.capacity,
        "talks": talks,
    }


def _talks(board: Board) -> dict[int, int]:
    talks: dict[int, int] = {}
    for row in board.snapshot():
        if row["status"] == "live" and row["counselor"]:
            holder = row["counselor"]["id"]
            talks[holder] = talks.get(holder, 0) + 1
    return talks


def _by_urgency(rows: list[Row]) -> list[int]:
    return [sum(row["urgency"] == urgency for row in rows) for urgency in range(5)]


def _alarms(waiting: list[Row], free: int, now: int) -> list[str]:
    """Return what is wrong, as codes that the page words."""
    waits = [(row["urgency"], now - (ms(row["waiting_since"]) or now)) for row in waiting]
    found = {
        "r0": any(urgency == 0 and wait > R0_ALARM_MS for urgency, wait in waits),
        "short": len(waiting) > free,
        "nobody": bool(waiting) and free == 0,
        "long": any(wait > LONG_WAIT_MS for _, wait in waits),
    }
    return [code for code, holds in found.items() if holds]


def _roles(caller: Caller) -> tuple[str, ...]:
    return ("counselor", "supervisor") if caller.role == "supervisor" else ("counselor",)
