"""The routes of cases: the list, one whole, its way from opened to closed, who knows it."""

from typing import Any

from aiohttp import web

from bot.casework import bodies, opinion, shapes
from bot.casework.agenda import why
from bot.casework.office import INSPECTS, SUPERVISES, Office
from bot.console.gate import Caller
from bot.console.stamps import iso
from flows.cases import APPLICATION, CASE, OPEN_REFERRALS
from flows.compiled import CompiledFlow
from storage import audit
from storage.casework import case_files, case_records, escorts, facilities, members, referrals
from storage.casework import registers as registers_
from storage.casework.case_files import KEPT_AFTER, Case
from storage.casework.case_records import NewRecord
from storage.casework.errors import RuleError
from storage.casework.retention import destroy
from storage.casework.tables import CaseRow
from storage.casework.telling import tell
from storage.types import moment

TOLD = {"close": "close", "recur": "reopen"}
"""What she is told of her application when this happens to the case."""
Json = dict[str, Any]


class Cases:
    """The list of cases, and one of them."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add every route."""
        office = self._office
        office.route(app, "GET /cases", self.overview)
        office.case_route(app, "GET ", self.show, "read")
        office.case_route(app, "POST /move", self.move, "move")
        office.case_route(app, "POST /members", self.member, "members")
        office.case_route(app, "POST /opposed", self.oppose, "opposed", SUPERVISES)
        office.case_route(app, "GET /access", self.access, "read access log", INSPECTS)
        office.case_route(app, "POST /destroy", self.destroy, "destroy", SUPERVISES)

    async def overview(self, _request: web.Request, caller: Caller) -> Json:
        """Answer the cases that the caller needs to know, with what is to be looked at."""
        database = self._office.database
        found = await self._mine(caller)
        reasons = await why(database, found, self._office.network)
        names = await self._office.names()
        knows = await members.of_many(database, [case.id for case in found])
        rows = [
            shapes.case_row(case)
            | {
                "why": list(reasons.get(case.id, ())),
                "members": [names.get(number, "?") for number in knows.get(case.id, ())],
            }
            for case in found
        ]
        crossing = await members.crossing(database) if caller.role == "supervisor" else []
        return {
            "now": iso(database.clock()),
            "rows": rows,
            "crossing": [[str(one), str(other)] for one, other in crossing],
        }

    async def _mine(self, caller: Caller) -> list[Case]:
        database = self._office.database
        own = await members.cases_of(database, caller.staff_id)
        if caller.role != "supervisor":
            return await case_files.everything(database, own)
        barred = set()
        for case_id in own:
            barred.update(await members.opposed_to(database, case_id))
        return [case for case in await case_files.everything(database) if case.id not in barred]

    async def show(self, _request: web.Request, caller: Caller, case: Case) -> Json:
        """Answer one case whole."""
        office, database = self._office, self._office.database
        names = await office.names()
        flow = self._flow(case)
        fields = case.body.get("fields", {})
        known = await members.of(database, case.id)
        others = [one for one in await case_files.everything(database) if _same(one, case)]
        found = await referrals.of(database, case.id)
        records = await case_records.of(database, case.id)
        given = await registers_.provisions(database, case.id)
        return {
            "case": shapes.case_row(case),
            "taken_by": names.get(case.body.get("taken_by", 0), ""),
            "how": case.body.get("how", ""),
            "police": case.body.get("police", {}),
            "note": case.body.get("note", ""),
            "caller": case.body.get("caller", ""),
            "receipt_tail": case.body.get("receipt_tail", ""),
            "answers": shapes.answers(fields, flow),
            "kind": fields.get("facility_kind", ""),
            "members": [{"id": number, "name": names.get(number, "?")} for number in known],
            "earlier": [
                shapes.case_row(one) for one in others if await office.knows(caller, one.id)
            ],
            "referrals": [shapes.referral(one, office, fields, flow) for one in found],
            "records": [shapes.record(one, office.network, names) for one in records],
            "stays": shapes.stays(await facilities.of(database, case.id)),
            "escorts": [shapes.escort(one) for one in await escorts.of(database, case.id)],
            "provisions": [_provision(one) for one in given],
            "opposed": await self._opposed(caller, case),
        }

    async def _opposed(self, caller: Caller, case: Case) -> list[str]:
        if caller.role != "supervisor":
            return []
        return [str(one) for one in await members.opposed_to(self._office.database, case.id)]

    async def move(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Let something happen to a case; it is closed only when nothing stands open."""
        database = self._office.database
        given = await self._office.body(request, bodies.MoveCase)
        if given.event == "close":
            await self._nothing_open(case)

        def act(row: CaseRow) -> None:
            row.status = CASE.after(row.status, given.event)
            if row.status == "closed":
                row.closed_at = moment(database.clock())
                row.destroy_at = row.closed_at + KEPT_AFTER
            else:
                row.closed_at = row.destroy_at = None

        moved = await case_files.change(database, case.id, act)
        text = f"{given.event}: {given.reason}" if given.reason else given.event
        note = NewRecord("note", "kept", {"text": text}, staff_id=caller.staff_id)
        await case_records.add(database, case.id, note)
        if moved.status in opinion.CALM:
            await opinion.plan(self._office, case)
        if given.event in TOLD:
            step = APPLICATION.step_if_allowed(TOLD[given.event])
            await tell(database, case.application_id, step)
        return shapes.case_row(moved)

    async def member(self, request: web.Request, _caller: Caller, case: Case) -> Json:
        """Let somebody know this case, or not any more."""
        given = await self._office.body(request, bodies.Member)
        if given.staff not in await self._office.names():
            raise RuleError("이런 직원은 없어요. There is no such member of staff.")
        act = members.remove if given.leaves else members.add
        await act(self._office.database, case.id, given.staff)
        return {"members": [str(one) for one in await members.of(self._office.database, case.id)]}

    async def oppose(self, request: web.Request, _caller: Caller, case: Case) -> Json:
        """Say that another file is of the same matter."""
        given = await self._office.body(request, bodies.Opposed)
        await members.oppose(self._office.database, case.id, int(given.other))
        return {"opposed": [given.other]}

    async def access(self, _request: web.Request, _caller: Caller, case: Case) -> list[Json]:
        """Answer who did what with this case."""
        names = await self._office.names()
        return [
            {
                "at": iso(line.at),
                "who": names.get(line.staff_id or 0, "연계 기관"),
                "action": line.action,
                "detail": line.detail,
            }
            for line in await audit.lines(self._office.database, case.id)
        ]

    async def destroy(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Destroy a case at her wish, and prove it."""
        given = await self._office.body(request, bodies.Reason)
        done = await destroy(self._office.database, case.id, given.reason, caller.staff_id)
        return {"destroyed": done}

    async def _nothing_open(self, case: Case) -> None:
        database = self._office.database
        found = [
            *(f"연계 {one.service}" for one in await referrals.of(database, case.id)
              if one.status in OPEN_REFERRALS),
            *("머무는 곳" for one in await facilities.of(database, case.id)
              if one.status in {"held", "in", "waiting"}),
            *("동행·경호" for one in await escorts.of(database, case.id)
              if one.status in {"asked", "booked"}),
            *("빌려준 물건" for one in await case_records.of(database, case.id)
              if one.kind == "lent" and one.status == "out"),
        ]  # fmt: skip
        if found:
            raise RuleError(
                f"먼저 마쳐 주세요: {', '.join(dict.fromkeys(found))}. These are still open."
            )

    def _flow(self, case: Case) -> CompiledFlow:
        versions = self._office.versions
        return versions.of(int(case.body.get("version", versions.newest)))


async def reopen(office: Office, case: Case) -> None:
    """Something came back: a case that was followed or closed is active again."""

    def act(row: CaseRow) -> None:
        row.status = CASE.step_if_allowed("recur")(row.status)
        row.closed_at = row.destroy_at = None

    await case_files.change(office.database, case.id, act)
    await tell(office.database, case.application_id, APPLICATION.step_if_allowed("reopen"))


def _same(one: Case, case: Case) -> bool:
    return one.person_id == case.person_id and one.id != case.id


def _provision(one: registers_.Provision) -> Json:
    return {
        "recipient": one.recipient,
        "purpose": one.purpose,
        "items": one.items,
        "form": one.form,
        "keeping": one.keeping,
        "at": iso(one.at),
        "recalled_at": iso(one.recalled_at),
    }
