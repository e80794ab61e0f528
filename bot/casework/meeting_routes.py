"""The routes of case meetings: what is due, risen or stuck, minutes, decisions become work."""

from datetime import datetime
from typing import Any

from aiohttp import web

from bot.casework import bodies
from bot.casework.agenda import why
from bot.casework.office import Office, number_of
from bot.casework.sheets import sheet
from bot.casework.times import in_ms, morning
from bot.console.gate import Caller
from bot.console.stamps import iso
from flows.cases import MEETING
from flows.record_kinds import RecordError
from storage.casework import case_files, case_records, meetings, members, referrals
from storage.casework.case_records import NewRecord
from storage.casework.errors import UnknownError
from storage.casework.meetings import Item, Meeting

Json = dict[str, Any]


class Meetings:
    """All see what is on the table by pseudonym; minutes only who needs to know the case."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add every route."""
        route = self._office.route
        route(app, "GET /meetings", self.overview)
        route(app, "POST /meetings", self.plan)
        route(app, "GET /meetings/{meeting}", self.show)
        route(app, "POST /meetings/{meeting}/agenda", self.agenda)
        route(app, "POST /meetings/{meeting}/items/{item}", self.minute)
        route(app, "POST /meetings/{meeting}/hold", self.hold)

    async def overview(self, _request: web.Request, _caller: Caller) -> list[Json]:
        """Answer the meetings, the latest first."""
        return [_meeting(one) for one in await meetings.everything(self._office.database)]

    async def plan(self, request: web.Request, caller: Caller) -> Json:
        """Plan a meeting; what asks for somebody is on the table already."""
        given = await self._office.body(request, bodies.NewMeeting)
        number = await self._planned(given.at, given.participants, caller)
        await self._put(number)
        return {"meeting": str(number)}

    async def show(self, request: web.Request, caller: Caller) -> Json:
        """Answer one meeting with the sheet of each case."""
        meeting = await self._one(request)
        items = await meetings.items(self._office.database, meeting.id)
        shown = [await self._item(one, caller) for one in items]
        return _meeting(meeting) | {"items": shown}

    async def agenda(self, request: web.Request, _caller: Caller) -> Json:
        """Look again at what is due, risen or stuck."""
        meeting = await self._one(request)
        await self._put(meeting.id)
        return {"items": len(await meetings.items(self._office.database, meeting.id))}

    async def minute(self, request: web.Request, caller: Caller) -> Json:
        """Keep what was said of a case; decisions become tasks and referrals at once."""
        office = self._office
        meeting = await self._one(request)
        given = await office.body(request, bodies.Minutes)
        item = await self._known_item(request, meeting, caller)
        self._check(given)
        made = [await self._decided(item.case_id, one, caller) for one in given.decisions]
        before = (item.body or {}).get("decisions", [])
        body = {"text": given.text, "decisions": [*before, *made], "by": caller.staff_id}
        await meetings.minute(office.database, item.id, body)
        await office.log(caller, "minutes", item.case_id)
        return {"decisions": len(made)}

    async def hold(self, request: web.Request, caller: Caller) -> Json:
        """Note that a meeting was held; the next one is planned at once."""
        office = self._office
        meeting = await self._one(request)
        given = await office.body(request, bodies.Held)
        body: Json = {"note": given.note}
        step = MEETING.step("hold")
        if given.next is not None:
            people = [bodies.Participant(**one) for one in meeting.body.get("participants", [])]
            body["next"] = iso(in_ms(given.next))
            held = await meetings.hold(office.database, meeting.id, step, body)
            await self._planned(given.next, people, caller)
        else:
            held = await meetings.hold(office.database, meeting.id, step, body)
        return _meeting(held)

    async def _planned(
        self,
        at: datetime,
        people: list[bodies.Participant],
        caller: Caller,
    ) -> int:
        body = {"participants": [one.model_dump() for one in people]}
        return await meetings.plan(self._office.database, in_ms(at), caller.staff_id, body)

    async def _put(self, meeting_id: int) -> None:
        database = self._office.database
        cases = await case_files.everything(database)
        reasons = await why(database, cases, self._office.network)
        standing = ((case_id, found) for case_id, found in reasons.items() if found)
        await meetings.put(database, meeting_id, standing)

    async def _one(self, request: web.Request) -> Meeting:
        number = number_of(request.match_info["meeting"])
        return await meetings.read(self._office.database, number)

    async def _item(self, item: Item, caller: Caller) -> Json:
        database, case_id = self._office.database, item.case_id
        barred = await members.barred(database, case_id, caller.staff_id)
        await self._office.log(caller, "read sheet", case_id)
        shown: Json = {
            "id": str(item.id),
            "case": None,
            "reasons": list(item.reasons),
            "sheet": None if barred else await sheet(self._office, case_id),
            "barred": barred,
            "minutes": None,
            "destroyed": item.body is None,
        }
        if item.body is not None and await self._office.knows(caller, item.case_id):
            await self._office.log(caller, "read minutes", item.case_id)
            shown |= {"case": str(item.case_id), "minutes": item.body}
        return shown

    async def _known_item(self, request: web.Request, meeting: Meeting, caller: Caller) -> Item:
        number = number_of(request.match_info["item"])
        for item in await meetings.items(self._office.database, meeting.id):
            if item.id == number and await self._office.knows(caller, item.case_id):
                if item.body is None:
                    break
                return item
        raise UnknownError("이 안건은 없거나 지워졌어요. There is no such item, or no longer.")

    def _check(self, given: bodies.Minutes) -> None:
        network = self._office.network
        for one in given.decisions:
            agency = network.agencies.get(one.agency or "")
            if one.service and (agency is None or one.service not in agency.services):
                raise RecordError(
                    "agency", "이 기관은 이 지원을 하지 않아요. It does not give it."
                )
            if not one.service and not one.what.strip():
                raise RecordError("what", "무엇을 할지 적어 주세요. Write what is to be done.")

    async def _decided(self, case_id: int, one: bodies.Decision, caller: Caller) -> Json:
        database = self._office.database
        if one.service and one.agency:
            number = await referrals.propose(database, case_id, one.service, one.agency)
            return {"referral": str(number), "what": one.what or one.service}
        task = NewRecord(
            kind="task",
            status="open",
            body={"what": one.what},
            owner_id=one.owner or caller.staff_id,
            staff_id=caller.staff_id,
            due=morning(one.due) if one.due else None,
        )
        return {"task": str(await case_records.add(database, case_id, task)), "what": one.what}


def _meeting(one: Meeting) -> Json:
    return {
        "id": str(one.id),
        "status": one.status,
        "at": iso(one.planned_for),
        "participants": one.body.get("participants", []),
        "note": one.body.get("note", ""),
        "next": one.body.get("next"),
    }
