"""Shifts: who is planned, and the list of talks that one signs and another accepts."""

import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.console import shapes
from bot.console.gate import Caller, refuse
from bot.console.hours import MAIL
from bot.console.stamps import iso
from bot.console.tools import SERVES, Asked, Tools, answer, asked
from bot.counsel.holding import Hold, NotYours, Taken
from flows.events import EventNotAllowed
from storage import audit, conflicts, handovers, holdings, presence, shifts, staff
from storage.errors import SealError
from storage.handovers import ACCEPTED, REFUSED, HandOver
from storage.shifts import Shift

AHEAD_MS = 21 * 24 * 60 * 60 * 1000
PLANS = frozenset({"supervisor", "admin"})
KNOWS = SERVES | PLANS
MAIL_CHARS = 200


@dataclass(frozen=True, slots=True)
class Shifting:
    """The routes of shifts."""

    tools: Tools

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        only, act, route = self.tools.gate.only, self.tools.act, app.router.add_route
        route("GET", "/desk/api/shifts", only(KNOWS, self.planned))
        route("POST", "/desk/api/shifts", only(PLANS, self.plan))
        route("POST", "/desk/api/shifts/{id}/remove", only(PLANS, act(self.remove)))
        route("GET", "/desk/api/hand-overs", only(SERVES, self.lists))
        route("POST", "/desk/api/hand-overs", only(SERVES, self.sign))
        route("POST", "/desk/api/hand-overs/{id}/accept", only(SERVES, act(self.accept)))
        route("POST", "/desk/api/hand-overs/{id}/refuse", only(SERVES, act(self.refuse)))

    # -- the plan -------------------------------------------------------------------------

    async def planned(self, _request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer the shifts of the next three weeks, and who may have one."""
        database = self.tools.database
        people = {one.id: one.pseudonym for one in await _serving(self.tools)}
        found = await shifts.coming(database, database.clock() + AHEAD_MS)
        return answer(
            {
                "shifts": [_shown(one, people) for one in found],
                "people": [{"id": one, "pseudonym": name} for one, name in people.items()],
            }
        )

    async def plan(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Plan a shift."""
        given = await asked(self.tools.gate, request)
        shift = await self._wanted(given, caller)
        if shift is None:
            return refuse(400, "shift", "누가 언제 일하는지 적어 주세요. Say who works, and when.")
        if not await shifts.plan(self.tools.database, shift):
            return refuse(409, "overlaps", "이미 정해진 시간과 겹쳐요. It overlaps another shift.")
        await audit.record(
            self.tools.database, None, caller.staff_id, "plan shift", str(shift.staff_id)
        )
        return await self.planned(request, caller)

    async def _wanted(self, given: Asked, caller: Caller) -> Shift | None:
        who, mail = given.whole("staff"), given.words("mail", MAIL_CHARS)
        begins, ends = given.whole("begins") or 0, given.whole("ends") or 0
        now = self.tools.database.clock()
        known = any(one.id == who for one in await _serving(self.tools))
        lasts = 0 < ends - begins <= shifts.LONGEST_MS and now < ends < now + AHEAD_MS * 20
        if who is None or not known or not lasts or (mail and not re.match(MAIL, mail)):
            return None
        return Shift(who, begins, ends, given.body.get("on_call") is True, mail, caller.name)

    async def remove(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Take a shift out of the plan."""
        if await shifts.remove(self.tools.database, number):
            await audit.record(
                self.tools.database, None, caller.staff_id, "remove shift", str(number)
            )
        return await self.planned(request, caller)

    # -- the list -------------------------------------------------------------------------

    async def lists(self, _request: web.Request, caller: Caller) -> web.StreamResponse:
        """Answer the lists that the caller gave or was given, the newest first."""
        names = await self.tools.board.names()
        found = await handovers.of(self.tools.database, caller.staff_id)
        return answer([self._list(one, names, caller) for one in found])

    def _list(self, one: HandOver, names: dict[int, str], caller: Caller) -> dict[str, Any]:
        return {
            "id": str(one.id),
            "giver": names.get(one.giver, "?"),
            "receiver": names.get(one.receiver, "?"),
            "mine": one.giver == caller.staff_id,
            "status": one.status,
            "signed_at": iso(one.signed_at),
            "ended_at": iso(one.ended_at),
            "talks": [
                {
                    "conversation": str(number),
                    "handle": shapes.handle(number),
                    "urgency": (self.tools.board.row(number) or {}).get("urgency", 4),
                    "left": number in one.left,
                }
                for number in one.talks
            ],
        }

    async def sign(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Sign the list of one's talks for whoever goes on; nothing moves before she agrees."""
        given = await asked(self.tools.gate, request)
        to, database = given.whole("to"), self.tools.database
        ready = any(one.id == to and to != caller.staff_id for one in await _serving(self.tools))
        talks = {
            one.conversation_id: one.epoch
            for one in await holdings.live(database)
            if one.staff_id == caller.staff_id
        }
        if to is None or not ready or not talks:
            return refuse(409, "to", "넘길 대화와 받을 분을 골라 주세요. Choose who goes on.")
        signed = await handovers.sign(database, caller.staff_id, to, talks)
        detail = f"{len(talks)} to staff {to}"
        await audit.record(database, None, caller.staff_id, "sign hand-over", detail)
        self.tools.live.tasks()
        names = await self.tools.board.names()
        return answer(self._list(signed, names, caller))

    async def accept(
        self, _request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Take over every talk of a list that is still in the hands it was signed with."""
        database = self.tools.database
        await presence.touch(database, [caller.staff_id])
        signed = await handovers.end(database, number, caller.staff_id, ACCEPTED)
        if signed is None:
            return _decided()
        left = [one for one in signed.talks if not await self._passed(signed, one, caller)]
        await handovers.note_left(database, signed, tuple(left))
        detail = f"{len(signed.talks) - len(left)} of {len(signed.talks)}"
        await audit.record(database, None, caller.staff_id, "accept hand-over", detail)
        self.tools.live.tasks()
        return answer({"left": [str(one) for one in left]})

    async def _passed(self, signed: HandOver, number: int, caller: Caller) -> bool:
        if await conflicts.has(self.tools.database, number, caller.staff_id):
            return False
        giver = Hold(signed.giver, epoch=signed.talks[number])
        receiver = Hold(caller.staff_id, caller.pseudonym)
        try:
            await self.tools.passing.to_person(number, giver, receiver, "")
        except (NotYours, Taken, EventNotAllowed, SealError):
            return False
        return True

    async def refuse(
        self, _request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Refuse a list: everything stays where it is, and the giver is told."""
        signed = await handovers.end(self.tools.database, number, caller.staff_id, REFUSED)
        if signed is None:
            return _decided()
        await audit.record(self.tools.database, None, caller.staff_id, "refuse hand-over")
        self.tools.live.tasks()
        return answer({})


async def _serving(tools: Tools) -> list[staff.Staff]:
    return [one for one in await staff.everyone(tools.database) if one.role in SERVES]


def _shown(one: Shift, people: dict[int, str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "staff": one.staff_id,
        "pseudonym": people.get(one.staff_id, "?"),
        "begins": iso(one.begins),
        "ends": iso(one.ends),
        "on_call": one.on_call,
    }


def _decided() -> web.Response:
    return refuse(409, "decided", "이미 정해진 목록이에요. This list is decided already.")
