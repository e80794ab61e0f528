"""Numbers at the desk: live, never newer than the last midnight, and the releases."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from aiohttp import web

from bot.console.gate import Caller, Gate, refuse
from bot.console.tools import answer
from bot.numbers import publishing, shown
from bot.numbers.followed import FOLLOWED, Cases
from bot.numbers.publishing import Sheet
from bot.numbers.sources import SEOUL, Conversations, Counting
from bot.numbers.surveyed import counting_of
from bot.versions import Versions
from flows.messages import clean
from flows.network import network
from storage import audit
from storage.database import Database
from storage.numbers import releases
from storage.types import moment

REASON_CHARS = 300
LONGEST_DAYS = 3660


class BadPeriod(ValueError):
    """The days make no sense, or the last of them is not over."""


@dataclass(frozen=True, slots=True)
class NumbersDesk:
    """The routes under `/desk/api/numbers`."""

    database: Database
    versions: Versions
    gate: Gate

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        staff = frozenset({"supervisor", "admin"})
        seers = staff | {"auditor"}
        route, gate = app.router.add_route, self.gate
        route("GET", "/desk/api/numbers", gate.only(staff, self.live))
        route("POST", "/desk/api/numbers/sheet", gate.only(staff, self.sheet))
        route("GET", "/desk/api/numbers/releases", gate.only(seers, self.releases))
        route("POST", "/desk/api/numbers/releases", gate.only(staff, self.release))

    async def live(self, request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer the tables of some days."""
        try:
            period = self._period(dict(request.query))
            sheet = await self._sheet(request.query.get("source", "cases"), period)
        except BadPeriod as error:
            return refuse(400, "period", str(error))
        language = "en" if request.query.get("language") == "en" else "ko"
        return answer(told(sheet, language) | {"until": period[1].isoformat()})

    async def sheet(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Answer the tables as CSV, for a reason that is kept in the access log."""
        body = await self.gate.body(request)
        reason = clean(str(body.get("reason", ""))).strip()[:REASON_CHARS]
        if not reason:
            return refuse(400, "reason", "내려받는 까닭을 적어 주세요. Say why you download it.")
        try:
            period = self._period(body)
            sheet = await self._sheet(str(body.get("source", "cases")), period)
        except BadPeriod as error:
            return refuse(400, "period", str(error))
        await audit.record(
            self.database, None, caller.staff_id, "download numbers", f"{caller.place} {reason}"
        )
        return web.Response(
            text=shown.csv(sheet, "ko"),
            content_type="text/csv",
            headers={"Content-Disposition": 'attachment; filename="numbers.csv"'},
        )

    async def releases(self, _request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer what was published."""
        kept = await releases.everything(self.database)
        return answer([{**asdict(one), "body": None} for one in kept])

    async def release(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Publish the tables of some days."""
        body = await self.gate.body(request)
        try:
            period = self._period(body)
            counting = await self._counting(str(body.get("source", "cases")))
        except BadPeriod as error:
            return refuse(400, "period", str(error))
        number = await publishing.publish(self.database, counting, period, caller.staff_id)
        await audit.record(
            self.database, None, caller.staff_id, "publish numbers", f"{caller.place} {number}"
        )
        return answer({"id": number})

    async def _sheet(self, source: str, period: tuple[date, date]) -> Sheet:
        return await publishing.prepare(self.database, await self._counting(source), *period)

    async def _counting(self, source: str) -> Counting:
        if source == FOLLOWED:
            services = network().services
            return Cases(self.database, {one.id: one.name for one in services.values()})
        if source == "cases":
            return Conversations(self.database, self.versions.of(self.versions.newest))
        found = await counting_of(self.database, source)
        if found is None:
            raise BadPeriod("그런 자료가 없어요. There is no such source.")
        return found

    def _period(self, given: dict[str, Any]) -> tuple[date, date]:
        today = moment(self.database.clock()).astimezone(SEOUL).date()
        try:
            first = date.fromisoformat(str(given.get("first") or date(today.year, 1, 1)))
            until = date.fromisoformat(str(given.get("until") or today))
        except ValueError:
            raise BadPeriod("날짜는 2026-01-31처럼 적어 주세요. Write 2026-01-31.") from None
        if not first < until <= today or until - first > timedelta(LONGEST_DAYS):
            raise BadPeriod("끝나지 않은 날은 세지 않아요. Only days that are over are counted.")
        return first, until


def told(sheet: Sheet, language: str) -> dict[str, Any]:
    """Return a sheet as the desk shows it."""
    return {
        "everybody": shown.everybody(sheet),
        "tables": [asdict(one) for one in shown.tables(sheet, language)],
        "indicators": [asdict(one) for one in sheet.indicators],
    }
