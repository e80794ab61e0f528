"""What a counselor does with a conversation: take, say, give back, end, let in, erase."""

from dataclasses import dataclass

from aiohttp import web

from bot.console.capacity import is_full, refuse_full
from bot.console.gate import Caller, refuse
from bot.console.tools import ONE, SERVES, Tools, answer, asked
from flows.messages import clean
from storage import presence, unsent

WORDS_CHARS = 4000
DRAFT_CHARS = 8000
MOST_FIELDS = 12


@dataclass(frozen=True, slots=True)
class Acting:
    """The routes of one talk."""

    tools: Tools

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        only, act, route = self.tools.gate.only, self.tools.act, app.router.add_route
        for name, handler in (
            ("take", self.take),
            ("say", self.say),
            ("draft", self.draft),
            ("settle", self.settle),
            ("release", self.release),
            ("close", self.close),
            ("admit", self.admit),
            ("erase", self.erase),
        ):
            route("POST", f"{ONE}/{name}", only(SERVES, act(handler)))

    async def take(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Take a conversation over; the loser learns the winner's name."""
        given = await asked(self.tools.gate, request)
        await presence.touch(self.tools.database, [caller.staff_id])
        if await is_full(self.tools, caller.staff_id, await self.tools.one(number)):
            return await refuse_full(self.tools)
        await self.tools.talking.take(number, given.hold(caller))
        return await self.tools.answer_row(number)

    async def say(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Bring words to the person, once for each client id."""
        given = await asked(self.tools.gate, request)
        text = clean(str(given.body.get("text", ""))).strip()
        client_id = str(given.body.get("id", ""))[:80]
        if not text or not client_id or len(text) > WORDS_CHARS:
            return refuse(
                400,
                "text",
                f"1~{WORDS_CHARS}자를 적어 주세요. Write 1 to {WORDS_CHARS} characters.",
            )
        seq = await self.tools.talking.say(number, given.hold(caller), client_id, text)
        return answer({"seq": seq})

    async def draft(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Keep what she is writing, sealed, for a reload or another tab."""
        given = await asked(self.tools.gate, request)
        text = clean(str(given.body.get("text", "")))[:DRAFT_CHARS]
        await self.tools.one(number)
        await unsent.keep(self.tools.database, number, caller.staff_id, text)
        return answer({})

    async def settle(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Note that what the person wrote last needs no answer."""
        given = await asked(self.tools.gate, request)
        await self.tools.judging.settle(number, given.hold(caller))
        return await self.tools.answer_row(number)

    async def release(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Give a conversation back to the script, with answers that she may confirm."""
        given = await asked(self.tools.gate, request)
        fields = given.body.get("fields")
        proposed = {
            str(name): clean(str(value)).strip()
            for name, value in (fields if isinstance(fields, dict) else {}).items()
            if str(value).strip()
        }
        if len(proposed) > MOST_FIELDS:
            return refuse(400, "fields", "한 번에 12개까지 적을 수 있어요. At most 12 at once.")
        step = given.words("step") or None
        await self.tools.talking.release(number, given.hold(caller), step, proposed)
        return await self.tools.answer_row(number)

    async def close(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """End a conversation; the reason is kept for staff."""
        given = await asked(self.tools.gate, request)
        await self.tools.talking.close(number, given.hold(caller), given.words("reason"))
        return await self.tools.answer_row(number)

    async def admit(
        self, _request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Let in the device that knocked with the right code and word."""
        if not await self.tools.doors.admit(number, caller.staff_id):
            return refuse(409, "nobody", "기다리는 기기가 없어요. No device is waiting.")
        return await self.tools.answer_row(number)

    async def erase(
        self, _request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Carry out her wish to be forgotten, after making sure that it is hers."""
        await self.tools.talking.erase(number, caller.staff_id)
        return answer({"erased": True})
