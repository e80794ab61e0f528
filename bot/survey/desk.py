"""Rounds of the survey at the desk: begin, invite, destroy."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from secrets import randbelow

from aiohttp import web

from bot.console.gate import Caller, Gate, refuse
from bot.console.tools import answer
from bot.numbers.sources import midnight
from bot.survey.codes import new_code
from flows.messages import clean
from flows.reading import ScriptError
from flows.surveys.sitting import compiled, shipped_survey
from storage import audit
from storage.database import Database
from storage.survey import rounds

MOST_CODES = 2000
LONGEST_DAYS = 370
NAME_CHARS = 80


@dataclass(frozen=True, slots=True)
class SurveyDesk:
    """The routes under `/desk/api/surveys`."""

    database: Database
    gate: Gate

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        staff = frozenset({"supervisor", "admin"})
        route, gate = app.router.add_route, self.gate
        route("GET", "/desk/api/surveys", gate.only(staff, self.listed))
        route("POST", "/desk/api/surveys", gate.only(staff, self.begin))
        route("POST", "/desk/api/surveys/{id}/invite", gate.only(staff, self.invite))
        route("POST", "/desk/api/surveys/{id}/destroy", gate.only(staff, self.destroy))

    async def listed(self, _request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer every round; how many answered is told only when it is closed."""
        now = self.database.clock()
        shown = []
        for one in await rounds.everything(self.database):
            over = one.closes <= now and not one.destroyed
            many = len(await rounds.answers(self.database, one.id)) if over else None
            shown.append(
                {**asdict(one), "id": str(one.id), "script": None, "open": one.open_at(now)}
                | {"answers": many}
            )
        return answer(shown)

    async def begin(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Begin a round with the questionnaire that we ship, or one that is handed in."""
        body = await self.gate.body(request)
        name = clean(str(body.get("name", ""))).strip()[:NAME_CHARS]
        script = str(body.get("script") or shipped_survey())
        try:
            first, last = (date.fromisoformat(str(body.get(key))) for key in ("first", "last"))
            compiled(script)
        except ValueError:
            return refuse(400, "days", "날짜는 2026-01-31처럼 적어 주세요. Write 2026-01-31.")
        except ScriptError as error:
            return refuse(400, "script", str(error))
        if not name or last < first or last - first > timedelta(LONGEST_DAYS):
            return refuse(400, "name", "이름과 기간을 확인해 주세요. Check the name and the days.")
        period = tuple(
            int(midnight(day).timestamp() * 1000) for day in (first, last + timedelta(days=1))
        )
        made = await rounds.add(self.database, name, script, (period[0], period[1]))
        await self._record(caller, "begin survey", made.id)
        return answer({"id": str(made.id)})

    async def invite(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Make invitations; they are told once and no list says whose they are."""
        found = await self._round(request)
        many = (await self.gate.body(request)).get("many")
        if found is None or found.destroyed:
            return refuse(404, "gone", "그런 조사가 없어요. There is no such round.")
        if not isinstance(many, int) or not 1 <= many <= MOST_CODES:
            return refuse(400, "many", f"1~{MOST_CODES}개를 만들 수 있어요. 1 to {MOST_CODES}.")
        codes = _shuffled([new_code() for _ in range(many)])
        await rounds.invite(self.database, found.id, codes)
        await self._record(caller, f"invite {many}", found.id)
        return answer({"codes": codes})

    async def destroy(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Destroy the answers of a round and their key."""
        found = await self._round(request)
        if found is None or found.destroyed:
            return refuse(404, "gone", "그런 조사가 없어요. There is no such round.")
        gone = await rounds.destroy(self.database, found.id)
        await self._record(caller, f"destroy survey answers {gone}", found.id)
        return answer({"destroyed": gone})

    async def _round(self, request: web.Request) -> rounds.Round | None:
        number = request.match_info["id"]
        if not number.isascii() or not number.isdigit() or len(number) > 19:  # noqa: PLR2004  # 2**63
            return None
        return await rounds.find(self.database, int(number))

    async def _record(self, caller: Caller, act: str, number: int) -> None:
        told = f"{caller.place} {number}"
        await audit.record(self.database, None, caller.staff_id, act, told)


def _shuffled(codes: list[str]) -> list[str]:
    """Return codes in another order than the one in which they were made."""
    rest, mixed = list(codes), []
    while rest:
        mixed.append(rest.pop(randbelow(len(rest))))
    return mixed
