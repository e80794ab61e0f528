"""Breaches at the desk: the 72 hours, who must be told and how it is safe, what was done."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from aiohttp import web

from bot.console.gate import Caller, Gate, refuse
from bot.console.tools import answer
from flows.messages import clean
from storage import applied, audit, conversations
from storage.database import Database
from storage.duties import breaches
from storage.duties.breaches import Breach, BreachError
from storage.errors import GoneError, StorageError

WORDS = ("what", "items", "when", "harm", "measures", "contact")
"""What the notice must say (PIPA 34): items, when and how, what helps, measures, whom to ask."""
WAYS = ("channel", "phone", "sms", "in_person", "site")
ACTS = ("note", "report", "close")
CHARS = 2000
MOST_CONCERNED = 5000
NUMBER_DIGITS = 19
SAFE = ("contact_way", "contact_times", "unsafe_times", "leave_message")
"""What she chose: nobody is told in another way."""


@dataclass(frozen=True, slots=True)
class Breaches:
    """The routes under `/desk/api/breaches`."""

    database: Database
    gate: Gate

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        staff = frozenset({"supervisor", "admin"})
        route, gate = app.router.add_route, self.gate
        route("GET", "/desk/api/breaches", gate.only(staff | {"auditor"}, self.listed))
        route("POST", "/desk/api/breaches", gate.only(staff, self.begin))
        route(
            "GET",
            "/desk/api/breaches/{id}/{person}",
            gate.only(frozenset({"supervisor"}), self.ways),
        )
        route(
            "POST", "/desk/api/breaches/{id}/tell", gate.only(frozenset({"supervisor"}), self.tell)
        )
        route("POST", "/desk/api/breaches/{id}/{act}", gate.only(staff, self.step))

    async def listed(self, _request: web.Request, caller: Caller) -> web.StreamResponse:
        """Answer every breach with what is still to be done."""
        await audit.record(self.database, None, caller.staff_id, "read breaches", caller.place)
        found = await breaches.everything(self.database)
        return answer({"now": self.database.clock(), "breaches": [_shown(one) for one in found]})

    async def begin(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Record a breach; the 72 hours begin when it was noticed."""
        body = await self.gate.body(request)
        words = {name: clean(str(body.get(name, ""))).strip()[:CHARS] for name in WORDS}
        noticed, concerned = body.get("noticed_at"), body.get("concerned", [])
        numbers = list(map(_number, concerned if isinstance(concerned, list) else []))
        if not words["what"] or not words["items"] or None in numbers:
            return refuse(
                400, "words", "무엇이, 어떤 항목이 새었는지 적어 주세요. Say what and which items."
            )
        now = self.database.clock()
        if not isinstance(noticed, int) or not 0 < noticed <= now or len(numbers) > MOST_CONCERNED:
            return refuse(400, "time", "알게 된 때를 적어 주세요. Say when it was noticed.")
        number = await breaches.add(
            self.database, noticed, words, [one for one in numbers if one is not None]
        )
        await self._record(caller, "begin breach", number)
        return answer({"id": str(number)})

    async def ways(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Answer how one person concerned may be told safely; the reading is recorded."""
        person = _number(request.match_info["person"])
        conversation = await conversations.find(self.database, person) if person else None
        if person is None or conversation is None or conversation.parted:
            return answer({"channel": None, "safe": {}})
        await audit.record(
            self.database, person, caller.staff_id, "read safe contact", caller.place
        )
        found = await applied.of(self.database, person)
        fields: Mapping[str, Any] = found[0].fields if found else {}
        safe = {name: fields[name] for name in SAFE if name in fields}
        return answer({"channel": conversation.channel, "safe": safe})

    async def tell(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Note that somebody was told, and in which way."""
        number = _number(request.match_info["id"])
        body = await self.gate.body(request)
        person, way = _number(body.get("person")), str(body.get("way", ""))
        if number is None or person is None or way not in WAYS:
            return refuse(400, "way", "누구에게 어떻게 알렸는지 골라 주세요. Say whom and how.")
        try:
            await breaches.tell(self.database, number, person, (caller.staff_id, way))
        except BreachError as error:
            return refuse(409, "told", str(error))
        await audit.record(
            self.database, person, caller.staff_id, "tell breach", f"{caller.place} {way}"
        )
        return answer({"told": True})

    async def step(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Add what was done: a note, the report to the authority, the end."""
        number, act = _number(request.match_info["id"]), request.match_info["act"]
        text = clean(str((await self.gate.body(request)).get("text", ""))).strip()[:CHARS]
        if number is None or act not in ACTS:
            return refuse(404, "gone", "그런 기록이 없어요. There is no such record.")
        if not text:
            return refuse(400, "text", "무엇을 했는지 적어 주세요. Write what was done.")
        done = {"act": act, "text": text, "by": caller.name, "at": self.database.clock()}
        try:
            await breaches.step(self.database, number, done, act)
        except GoneError:
            return refuse(404, "gone", "그런 기록이 없어요. There is no such record.")
        except StorageError as error:
            return refuse(409, "not now", str(error))
        await self._record(caller, f"breach {act}", number)
        return answer({"done": act})

    async def _record(self, caller: Caller, act: str, number: int) -> None:
        told = f"{caller.place} {number}"
        await audit.record(self.database, None, caller.staff_id, act, told)


def _number(given: object) -> int | None:
    text = str(given)
    good = text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS
    return int(text) if good else None


def _shown(one: Breach) -> dict[str, Any]:
    notices = [asdict(n) | {"conversation_id": str(n.conversation_id)} for n in one.notices]
    return {
        "id": str(one.id),
        "noticed_at": one.noticed_at,
        "due": one.due,
        "reported_at": one.reported_at,
        "closed_at": one.closed_at,
        "body": one.body,
        "notices": notices,
    }
