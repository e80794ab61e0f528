"""A counselor calls 112 for her: the record says who, when, to whom and on what ground."""

from aiohttp import web

from bot.console.desk import answer, with_id
from bot.console.gate import Caller, Gate, refuse
from bot.service import NotYours
from flows.messages import clean
from storage.database import Database
from storage.entries import Entry
from storage.page import Page

CALLED = frozenset({"112", "119"})
BASIS_CHARS = 500


class Relay:
    """`POST /desk/api/conversations/{id}/relay`."""

    def __init__(self, database: Database, gate: Gate) -> None:
        """Keep the record in a database; the gate knows who asks."""
        self._database = database
        self._gate = gate

    def add_routes(self, app: web.Application) -> None:
        """Add the route with the roles that may use it."""
        serves = frozenset({"counselor", "supervisor"})
        path = "/desk/api/conversations/{id}/relay"
        app.router.add_route("POST", path, self._gate.only(serves, with_id(self.relay)))

    async def relay(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Note that somebody was called for her; the call itself is made by a person."""
        body = await self._gate.body(request)
        called, basis = str(body.get("to", "112")), clean(str(body.get("basis", ""))).strip()
        if called not in CALLED or not basis or len(basis) > BASIS_CHARS:
            words = "누구에게, 어떤 까닭으로 알렸는지 적어 주세요. Say whom you called, and why."
            return refuse(400, "basis", words)

        def job(page: Page) -> int:
            conversation = page.conversation()
            if conversation is None or conversation.parted:
                raise NotYours
            page.audit(caller.staff_id, "relay", called)
            note = f"relayed: {called}: {caller.pseudonym}: {basis}"
            return page.add(Entry(author="system", kind="note", text=note))

        return answer({"seq": await self._database.turn(number, job)})
