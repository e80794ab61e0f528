"""The registers: consents, what was given to others, what was destroyed; and the list as CSV."""

from typing import Any

from aiohttp import web

from bot.casework import bodies
from bot.casework.csv_cells import as_csv
from bot.casework.office import INSPECTS, SUPERVISES, Office
from bot.casework.reviews import MOST_LINES, month, review
from bot.console.gate import Caller
from bot.console.shapes import handle
from bot.console.stamps import iso
from storage import audit
from storage.casework import case_files, referrals, registers

HEADER = ("case", "door", "status", "urgency", "opened_at", "closed_at", "services")
Json = dict[str, Any]


class Registers:
    """What the law wants to be shown; no content of any case stands in it."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add both routes."""
        self._office.route(app, "GET /registers", self.show, INSPECTS)
        self._office.route(app, "POST /export", self.export, SUPERVISES)
        self._office.route(app, "GET /review/{month}", self.review, INSPECTS)
        self._office.route(app, "POST /review/{month}", self.reviewed, INSPECTS)

    async def show(self, _request: web.Request, caller: Caller) -> Json:
        """Answer every register, the newest first; the reading is recorded."""
        database = self._office.database
        await audit.record(database, None, caller.staff_id, "case: read registers", caller.place)
        names, network = await self._office.names(), self._office.network
        return {
            "consents": [
                {
                    "case": handle(case_id),
                    "service": network.services[service].name,
                    "agency": network.agencies[agency].name,
                    "status": status,
                    "at": iso(at),
                }
                for case_id, service, agency, status, at in await registers.consents(database)
            ],
            "provisions": [
                {
                    "case": handle(one.case_id),
                    "recipient": one.recipient,
                    "purpose": one.purpose,
                    "basis": one.basis,
                    "items": one.items,
                    "form": one.form,
                    "keeping": one.keeping,
                    "by": names.get(one.staff_id, "?"),
                    "at": iso(one.at),
                    "recalled_at": iso(one.recalled_at),
                }
                for one in await registers.provisions(database)
            ],
            "destructions": [
                {
                    "case": handle(one.case_id),
                    "why": one.why,
                    "by": names.get(one.staff_id or 0, "자동"),
                    "at": iso(one.at),
                    "proven_at": iso(one.proven_at),
                }
                for one in await registers.destructions(database)
            ],
        }

    async def review(self, request: web.Request, caller: Caller) -> Json:
        """Answer a month of the access log by who and what, with every download's reason."""
        database = self._office.database
        start, end = month(request.match_info["month"])
        await audit.record(database, None, caller.staff_id, "case: read access log", caller.place)
        lines = [
            line
            for line in await audit.lines(database, limit=MOST_LINES)
            if start <= line.at < end and line.staff_id is not None
        ]
        return review(lines, await self._office.names(), request.match_info["month"])

    async def reviewed(self, request: web.Request, caller: Caller) -> Json:
        """Note that a month was reviewed, by whom, and what was found; once noted it stays."""
        given = await self._office.body(request, bodies.Reason)
        month(request.match_info["month"])
        told = f"{request.match_info['month']} {given.reason}"
        await audit.record(
            self._office.database, None, caller.staff_id, "case: access log reviewed", told
        )
        return {"reviewed": request.match_info["month"]}

    async def export(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Answer the list of cases as CSV; why it is downloaded is written down first."""
        database = self._office.database
        given = await self._office.body(request, bodies.Reason)
        told = f"{caller.place} {given.reason}"
        await audit.record(database, None, caller.staff_id, "case: download list", told)
        found = [
            one for one in await case_files.everything(database)
            if await self._office.knows(caller, one.id)
        ]  # fmt: skip
        asked = await referrals.statuses(database, [one.id for one in found])
        rows = [
            (
                handle(one.id),
                one.door,
                one.status,
                f"R{one.urgency}",
                iso(one.opened_at) or "",
                iso(one.closed_at) or "",
                " ".join(f"{row.service}:{row.status}" for row in asked.get(one.id, [])),
            )
            for one in found
        ]
        return web.Response(
            body=as_csv(HEADER, rows).encode("utf-8-sig"),
            content_type="text/csv",
            headers={"Content-Disposition": 'attachment; filename="cases.csv"'},
        )
