"""A counselor calls 112 for her: the record says who, when, to whom and on what ground."""

from aiohttp import web

from bot.console.gate import Caller, refuse
from bot.console.tools import ONE, SERVES, Tools, answer
from bot.counsel.holding import existing
from flows.messages import clean
from storage.entries import Entry
from storage.page import Page

CALLED = frozenset({"112", "119"})
BASIS_CHARS = 500


class Relay:
    """`POST /desk/api/conversations/{id}/relay`."""

    def __init__(self, tools: Tools) -> None:
        """Record at a desk."""
        self._tools = tools

    def add_routes(self, app: web.Application) -> None:
        """Add the route with the roles that may use it."""
        tools = self._tools
        relay = tools.gate.only(SERVES, tools.act(self.relay))
        app.router.add_route("POST", f"{ONE}/relay", relay)

    async def relay(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Note that somebody was called for her; the call itself is made by a person."""
        body = await self._tools.gate.body(request)
        called, basis = str(body.get("to", "112")), clean(str(body.get("basis", ""))).strip()
        if called not in CALLED or not basis or len(basis) > BASIS_CHARS:
            words = "누구에게, 어떤 까닭으로 알렸는지 적어 주세요. Say whom you called, and why."
            return refuse(400, "basis", words)

        def job(page: Page) -> int:
            existing(page)
            page.audit(caller.staff_id, "relay", called)
            note = f"relayed: {called}: {caller.pseudonym}: {basis}"
            return page.add(Entry(author="system", kind="note", text=note))

        return answer({"seq": await self._tools.database.turn(number, job)})
