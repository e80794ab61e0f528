"""When she may be reached: a counselor writes down what she said of it in the talk."""

from dataclasses import dataclass, replace

from aiohttp import web

from bot.console.gate import Caller, refuse
from bot.console.tools import ONE, SERVES, Tools, asked
from bot.counsel.holding import Hold, held, note
from bot.counsel.judging import NotNow
from bot.safety.contact import keep_rules
from flows.state import Value
from storage.page import Page

UNSAFE_CHARS = 200
MOST_TIMES = 6
TIMES = "contact_times"


@dataclass(frozen=True, slots=True)
class Reaching:
    """`POST /desk/api/conversations/{id}/contact-times`."""

    tools: Tools

    def add_routes(self, app: web.Application) -> None:
        """Add the route with the roles that may use it."""
        tools = self.tools
        handler = tools.gate.only(SERVES, tools.act(self.change))
        app.router.add_route("POST", f"{ONE}/contact-times", handler)

    async def change(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Change her safe times as she said now; the reason is a note in the talk."""
        given = await asked(self.tools.gate, request)
        times, reason = given.body.get("times"), given.words("reason")
        chosen = tuple(map(str, times[:MOST_TIMES])) if isinstance(times, list) else ()
        if not chosen or not reason:
            return refuse(400, "times", "때와 까닭을 적어 주세요. Give the times and a reason.")
        await self._check(number, chosen)
        wish: dict[str, Value] = {TIMES: chosen}
        if "unsafe" in given.body:
            wish["unsafe_times"] = given.words("unsafe", UNSAFE_CHARS)
        await self._kept(number, given.hold(caller), wish, reason)
        return await self.tools.answer_row(number)

    async def _check(self, number: int, chosen: tuple[str, ...]) -> None:
        conversation = await self.tools.one(number)
        place = self.tools.versions.of(conversation.version).asked_at.get(TIMES)
        known = {option.id for option in place.options} if place else set()
        if not known.issuperset(chosen):
            raise NotNow("no such time")

    async def _kept(self, number: int, hold: Hold, wish: dict[str, Value], reason: str) -> None:
        def job(page: Page) -> None:
            talk = held(page, hold)
            if "contact_way" not in talk.state.answers:
                raise NotNow("she was not asked yet how she may be reached")
            talk.state = replace(talk.state, answers={**talk.state.answers, **wish})
            keep_rules(page, talk, TIMES)
            page.audit(hold.staff_id, "change contact times")
            note(page, f"contact times: {reason}", by=hold)
            page.save()

        await self.tools.database.turn(number, job)
