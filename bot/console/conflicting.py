"""Conflict of interest: who is related, or knows the other side, must not know a talk."""

from dataclasses import dataclass

from aiohttp import web

from bot.console.gate import Caller, refuse
from bot.console.tools import ONE, SERVES, Tools, answer, asked
from storage import conflicts, tasks, unsent
from storage.tasks import Task

TASK_MS = 15 * 60_000


@dataclass(frozen=True, slots=True)
class Conflicting:
    """`POST /desk/api/conversations/{id}/conflict`."""

    tools: Tools

    def add_routes(self, app: web.Application) -> None:
        """Add the route with the roles that may use it."""
        tools = self.tools
        handler = tools.gate.only(SERVES, tools.act(self.declare))
        app.router.add_route("POST", f"{ONE}/conflict", handler)

    async def declare(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Close a conversation to oneself for good; what one holds goes back, raised."""
        given = await asked(self.tools.gate, request)
        kind, reason = given.words("kind"), given.words("reason")
        if kind not in conflicts.KINDS or not reason:
            return refuse(400, "reason", "까닭을 적어 주세요. Say why.")
        database = self.tools.database
        await self.tools.one(number)
        await conflicts.declare(database, number, caller.staff_id, kind)
        await self.tools.passing.step_aside(number, given.hold(caller), kind)
        await unsent.keep(database, number, caller.staff_id, "")
        now = database.clock()
        body = {"by": caller.pseudonym, "why": reason}
        task = Task(number, "conflict", "supervisor", now, now + TASK_MS, body=body)
        await tasks.add(database, task)
        self.tools.live.bar(caller.staff_id, number)
        self.tools.live.tasks()
        return answer({})
