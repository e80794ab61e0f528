"""Search, history and who read what; opening what is not one's own needs a reason."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.console import shapes
from bot.console.gate import Caller, refuse
from bot.console.hours import SEOUL
from bot.console.opening import SEARCHED, barred_to, matching
from bot.console.stamps import iso
from bot.console.tools import ONE, SERVES, Tools, answer, asked
from storage import audit, conversations, grants, staff, tasks
from storage.audit import Line
from storage.database import Database
from storage.tasks import Task

HOUR_MS = 60 * 60 * 1000
MANY = 30
"""Conversations read within an hour that somebody did not hold: worth a look."""
NIGHT = range(22, 24), range(6)
READS = frozenset({"read", "read file"})
WATCHES = frozenset({"supervisor", "auditor"})
QUERY_CHARS = 100
LEAST_REASON = 10


@dataclass(frozen=True, slots=True)
class Looking:
    """The routes of looking somebody up."""

    tools: Tools

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        only, act, route = self.tools.gate.only, self.tools.act, app.router.add_route
        route("POST", "/desk/api/search", only(SERVES, self.search))
        route("GET", f"{ONE}/history", only(WATCHES, act(self.history)))
        route("POST", f"{ONE}/break-glass", only(SERVES, act(self.break_glass)))
        route("GET", "/desk/api/access", only(WATCHES, self.access))

    async def search(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Find by nickname or receipt code, and by words within what one held oneself.

        What was looked for is not written down; that somebody looked is.
        """
        given = await asked(self.tools.gate, request)
        query = given.words("query", QUERY_CHARS)
        if len(query) < 2:  # noqa: PLR2004  # one letter finds everybody
            return refuse(400, "query", "두 글자 이상 적어 주세요. Write two letters or more.")
        database = self.tools.database
        own = await grants.own(database, caller.staff_id)
        barred = await barred_to(self.tools, caller)
        matched = await matching(self.tools, query, [one for one in own if one not in barred])
        found = {number: seqs for number, seqs in matched.items() if number not in barred}
        await audit.record(database, None, caller.staff_id, "search", f"{len(found)} found")
        opened = await conversations.some(database, list(found))
        rows = [
            {"row": await self.tools.board.shown(one), "seqs": found[one.id]}
            for one in opened
            if not one.parted and one.sealer is not None
        ]
        return answer({"found": rows, "within": min(len(own), SEARCHED)})

    async def history(
        self, _request: web.Request, _caller: Caller, number: int
    ) -> web.StreamResponse:
        """Answer who read or did what with a conversation; never content."""
        lines = await audit.lines(self.tools.database, number)
        return answer(await self._told(lines))

    async def access(self, request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer the newest lines of the access log, and what is unusual in them."""
        lines = await audit.lines(self.tools.database, limit=500)
        wanted = request.query.get("staff", "")
        shown = [one for one in lines if wanted in ("", str(one.staff_id))]
        return answer(
            {
                "lines": await self._told(shown),
                "unusual": await unusual(self.tools.database, lines),
            }
        )

    async def break_glass(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Open somebody else's conversation for an hour; supervisors are told at once."""
        given = await asked(self.tools.gate, request)
        reason = given.words("reason")
        if len(reason) < LEAST_REASON:
            return refuse(400, "reason", "까닭을 적어 주세요. Say why, in a sentence.")
        database = self.tools.database
        await self.tools.one(number)
        await audit.record(database, number, caller.staff_id, "break glass", caller.place)
        until = await grants.give(database, number, caller.staff_id, reason)
        now = database.clock()
        body = {"by": caller.pseudonym, "why": reason}
        await tasks.add(database, Task(number, "break-glass", "supervisor", now, now, body=body))
        self.tools.live.tasks()
        return answer({"until": iso(until)})

    async def _told(self, lines: list[Line]) -> list[dict[str, Any]]:
        names = {one.id: one.name for one in await staff.everyone(self.tools.database)}
        return [
            {
                "at": iso(one.at),
                "who": names.get(one.staff_id or 0, "") if one.staff_id else "",
                "staff": one.staff_id,
                "action": one.action,
                "whose": shapes.handle(one.conversation_id) if one.conversation_id else "",
                "detail": one.detail,
                "night": _at_night(one.at),
            }
            for one in lines
        ]


async def unusual(database: Database, lines: list[Line]) -> list[dict[str, Any]]:
    """Return what deserves a question: many look-ups of others' talks, at night, by force."""
    names = {one.id: one.name for one in await staff.everyone(database)}
    newest = max((one.at for one in lines), default=0)
    taken = {(one.staff_id, one.conversation_id) for one in lines if one.action == "take"}
    strange: Counter[int] = Counter()
    counted: set[tuple[int | None, int | None]] = set()
    nightly: Counter[int] = Counter()
    forced: Counter[int] = Counter()
    for one in lines:
        pair = (one.staff_id, one.conversation_id)
        if one.staff_id is None or one.action not in READS | {"break glass"}:
            continue
        forced[one.staff_id] += one.action == "break glass"
        nightly[one.staff_id] += _at_night(one.at) and pair not in taken
        recent = newest - one.at <= HOUR_MS
        if recent and pair not in taken and pair not in counted:
            counted.add(pair)
            strange[one.staff_id] += 1
    flags = (("many", strange, MANY), ("night", nightly, 1), ("break glass", forced, 1))
    return [
        {"why": why, "who": names.get(who, "?"), "count": count}
        for why, counts, least in flags
        for who, count in counts.items()
        if count >= least
    ]


def _at_night(at: int) -> bool:
    hour = datetime.fromtimestamp(at / 1000, UTC).astimezone(SEOUL).hour
    return any(hour in span for span in NIGHT)
