"""From hand to hand, how urgent, and what only staff read."""

from dataclasses import dataclass

from aiohttp import web

from bot.console.capacity import is_full, refuse_full
from bot.console.gate import Caller, refuse
from bot.console.tools import ONE, SERVES, SUPERVISES, Asked, Tools, answer, asked
from bot.counsel.holding import Hold
from storage import conflicts, presence, staff, tasks
from storage.tasks import Task

MINUTE_MS = 60_000
QUIET_HOURS = 24
MOST_QUIET_HOURS = 24 * 7
TASK_MINUTES = 15
NOTE_CHARS = 4000
TEAM_CHARS = 40
LEAST_URGENT = 3


@dataclass(frozen=True, slots=True)
class Handing:
    """The routes between counselors."""

    tools: Tools

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        only, act, route = self.tools.gate.only, self.tools.act, app.router.add_route
        for roles, name, handler in (
            (SERVES, "hand-over", self.hand_over),
            (SERVES, "note", self.note),
            (SERVES, "raise", self.raise_urgency),
            (SERVES, "ask-lower", self.ask_lower),
            (SERVES, "quiet", self.quiet),
            (SUPERVISES, "decide-lower", self.decide_lower),
            (SUPERVISES, "take-from", self.take_from),
            (SUPERVISES, "whisper", self.whisper),
        ):
            route("POST", f"{ONE}/{name}", only(roles, act(handler)))

    async def hand_over(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Give a talk to somebody who is here, to a team, or to the supervisors."""
        given = await asked(self.tools.gate, request)
        words, team = given.words("note", NOTE_CHARS), given.words("team", TEAM_CHARS)
        to = given.whole("to")
        if to is not None:
            receiver = await self._receiver(to)
            barred = await conflicts.has(self.tools.database, number, to)
            if receiver is None or barred or receiver.staff_id == caller.staff_id:
                return refuse(
                    409, "away", "지금 받을 수 없는 분이에요. This person cannot take it now."
                )
            if await is_full(self.tools, to, await self.tools.one(number)):
                return await refuse_full(self.tools)
            hold = given.hold(caller)
            await self.tools.passing.to_person(number, hold, receiver, words)
        elif team:
            await self.tools.passing.to_team(number, given.hold(caller), team, words)
        else:
            return refuse(400, "to", "누구에게 넘길지 골라 주세요. Choose who takes it.")
        return await self.tools.answer_row(number)

    async def _receiver(self, staff_id: int) -> Hold | None:
        everyone = await staff.everyone(self.tools.database)
        here = await presence.everyone(self.tools.database)
        at = here.get(staff_id)
        for one in everyone:
            if one.id == staff_id and one.role in SERVES:
                ready = at is not None and at.ready(self.tools.database.clock())
                return Hold(one.id, one.pseudonym) if ready else None
        return None

    async def note(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Write a note that only staff read."""
        return await self._note(request, caller, number, whisper=False)

    async def whisper(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Say something to the counselor who talks; the person sees nothing of it."""
        return await self._note(request, caller, number, whisper=True)

    async def _note(
        self, request: web.Request, caller: Caller, number: int, *, whisper: bool
    ) -> web.StreamResponse:
        given = await asked(self.tools.gate, request)
        words = given.words("text", NOTE_CHARS)
        if not words:
            return refuse(400, "text", "내용을 적어 주세요. Write something.")
        hold = given.hold(caller)
        seq = await self.tools.judging.write_note(number, hold, words, whisper=whisper)
        return answer({"seq": seq})

    async def raise_urgency(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Make a conversation more urgent; anyone may, at once."""
        given = await asked(self.tools.gate, request)
        urgency, reason = given.whole("urgency"), given.words("reason")
        if urgency is None or not 0 <= urgency <= LEAST_URGENT or not reason:
            return _incomplete()
        await self.tools.judging.raise_to(number, given.hold(caller), urgency, reason)
        return await self.tools.answer_row(number)

    async def ask_lower(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Ask a supervisor to make a conversation less urgent, with a reason."""
        given = await asked(self.tools.gate, request)
        urgency, reason = given.whole("urgency"), given.words("reason")
        if urgency is None or not 0 <= urgency <= LEAST_URGENT or not reason:
            return _incomplete()
        await self.tools.judging.ask_lower(number, given.hold(caller), urgency, reason)
        await self._task(number, "lower", {"to": urgency, "by": caller.pseudonym})
        return await self.tools.answer_row(number)

    async def decide_lower(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Agree or refuse, as the second person."""
        given = await asked(self.tools.gate, request)
        agrees = given.body.get("agree") is True
        await self.tools.judging.decide_lower(number, given.hold(caller), agrees=agrees)
        await tasks.settle(self.tools.database, number, "lower")
        self.tools.live.tasks()
        return await self.tools.answer_row(number)

    async def take_from(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Take a talk out of a counselor's hands."""
        given = await asked(self.tools.gate, request)
        await presence.touch(self.tools.database, [caller.staff_id])
        await self.tools.passing.take_from(number, given.hold(caller))
        return await self.tools.answer_row(number)

    async def quiet(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """End a talk with an abusive sender; the emergency card and danger stay open."""
        given = await asked(self.tools.gate, request)
        until = self.tools.database.clock() + _hours(given) * 60 * MINUTE_MS
        await self.tools.judging.quiet(number, given.hold(caller), until)
        await self._task(number, "quieted", {"by": caller.pseudonym})
        return await self.tools.answer_row(number)

    async def _task(self, number: int, kind: str, body: dict[str, object]) -> None:
        now = self.tools.database.clock()
        due = now + TASK_MINUTES * MINUTE_MS
        task = Task(number, kind, "supervisor", now, due, body=body)
        if await tasks.add(self.tools.database, task):
            self.tools.live.tasks()


def _hours(given: Asked) -> int:
    return min(MOST_QUIET_HOURS, max(1, given.whole("hours") or QUIET_HOURS))


def _incomplete() -> web.Response:
    return refuse(400, "reason", "긴급도와 까닭을 적어 주세요. Give the urgency and a reason.")
