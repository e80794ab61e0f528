"""The routes of places in facilities, and of guards and company for a way."""

from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.casework import bodies, shapes
from bot.casework.escort_rules import check_limits
from bot.casework.office import Office, number_of
from bot.casework.times import SEOUL, morning
from bot.console.gate import Caller
from flows.cases import ESCORT, STAY
from flows.network import Agency, Facility
from flows.record_kinds import RecordError
from storage.casework import case_records, escorts, facilities
from storage.casework.case_files import Case
from storage.casework.case_records import NewRecord
from storage.casework.errors import UnknownError
from storage.casework.escorts import Escort, Team
from storage.casework.facilities import House, Stay, Wish

TOMORROW = (
    "내일 동행이나 경호가 있어요. 때와 곳을 모두 아는지 확인해 주세요. It is tomorrow: check."
)
Json = dict[str, Any]


class Places:
    """Who holds, has or waits for a place."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add every route."""
        office = self._office
        office.route(app, "GET /places", self.board)
        office.case_route(app, "POST /places/hold", self.hold, "hold place")
        office.case_route(app, "POST /places/wait", self.wait, "wait for place")
        office.case_route(app, "POST /places/{party}/move", self.move, "move place")

    async def board(self, _request: web.Request, caller: Caller) -> list[Json]:
        """Answer each facility with its places; who is there only to those who know the case."""
        database = self._office.database
        places, now = await facilities.board(database)
        known = {one.case_id for one in now if await self._office.knows(caller, one.case_id)}
        return [
            _board(facility, places, [one for one in now if one.facility == facility.id], known)
            for facility in self._office.network.facilities.values()
        ]

    async def hold(self, request: web.Request, _caller: Caller, case: Case) -> Json:
        """Hold a place for some hours."""
        given = await self._office.body(request, bodies.WantedPlace)
        facility = self._facility(given.facility)
        wish = Wish(case.id, given.kind, given.people, timedelta(hours=facility.hold_hours))
        held = await facilities.hold(self._office.database, house(facility), wish)
        return {"stays": shapes.stays(held)}

    async def wait(self, request: web.Request, _caller: Caller, case: Case) -> Json:
        """Put her on the waiting list of a facility."""
        given = await self._office.body(request, bodies.WantedPlace)
        facility = self._facility(given.facility)
        wish = Wish(case.id, given.kind, given.people, timedelta())
        waits = await facilities.wait(self._office.database, house(facility), wish)
        return {"stays": shapes.stays([waits])}

    async def move(self, request: web.Request, _caller: Caller, case: Case) -> Json:
        """Admit, leave, release."""
        office = self._office
        given = await office.body(request, bodies.MoveStay)
        party = number_of(request.match_info["party"])
        mine = [one for one in await facilities.of(office.database, case.id) if one.party == party]
        if not mine:
            raise UnknownError("이 자리 기록은 없어요. There is no such stay.")
        days = office.network.facilities[mine[0].facility].stay_days
        moved = await facilities.move(office.database, party, STAY.step(given.event), days)
        return {"stays": shapes.stays(moved)}

    def _facility(self, name: str) -> Facility:
        facility = self._office.network.facilities.get(name)
        if facility is None:
            raise RecordError("facility", "이런 시설은 없어요. There is no such facility.")
        if facility.ended:
            raise RecordError("facility", "이 시설은 더 받지 않아요. It takes nobody in any more.")
        return facility


class Escorts:
    """Guards and company for a way."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add both routes."""
        route = self._office.case_route
        route(app, "POST /escorts", self.ask, "ask escort")
        route(app, "POST /escorts/{escort}/move", self.move, "move escort")

    async def ask(self, request: web.Request, _caller: Caller, case: Case) -> Json:
        """Note a request within the limits of the agency."""
        office = self._office
        given = await office.body(request, bodies.NewEscort)
        agency = self._agency(given.agency)
        times = [(each.start, each.end) for each in given.times]
        check_limits(agency, times, await escorts.of(office.database, case.id))
        body = {
            "way": given.way,
            "times": [{"from": a.isoformat(), "to": b.isoformat()} for a, b in times],
        }
        number = await escorts.ask(office.database, case.id, agency.id, body)
        return {"escort": str(number)}

    async def move(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Book, finish, cancel; what is booked is remembered the day before."""
        office = self._office
        given = await office.body(request, bodies.MoveEscort)
        escort = await escorts.read(office.database, number_of(request.match_info["escort"]))
        if escort.case_id != case.id:
            raise UnknownError("이 요청은 없거나 지워졌어요. There is no such request.")
        if given.event != "book":
            step = ESCORT.step(given.event)
            return shapes.escort(await escorts.move(office.database, escort.id, step))
        agency = self._agency(escort.agency)
        together = agency.limits.guards if agency.limits else 1
        team = Team(agency.id, agency.guards, together, ESCORT.step("book"))
        booked = await escorts.book(office.database, escort.id, team)
        await case_records.add(office.database, case.id, _reminder(booked, caller.staff_id))
        return shapes.escort(booked)

    def _agency(self, name: str) -> Agency:
        agency = self._office.network.agencies.get(name)
        if agency is None or not agency.guards:
            raise RecordError("agency", "이 기관은 동행이나 경호를 하지 않아요. It sends nobody.")
        return agency


def _reminder(escort: Escort, staff_id: int) -> NewRecord:
    """Return the task of the day before: does everybody know when and where."""
    first = min(datetime.fromisoformat(each["from"]) for each in escort.body["times"])
    day = first.astimezone(SEOUL).date() - timedelta(days=1)
    return NewRecord(
        kind="task",
        status="open",
        body={"what": TOMORROW},
        owner_id=staff_id,
        staff_id=staff_id,
        due=morning(day),
        ref=escort.id,
    )


def house(facility: Facility) -> House:
    """Return what the store must know of a facility."""
    return House(facility.id, facility.takes, facility.families, facility.places())


def _board(
    facility: Facility, places: list[tuple[str, str, str]], now: list[Stay], known: set[int]
) -> Json:
    taken = {one.place: one for one in now if one.place}
    waiting = [one for one in now if one.status == "waiting"]
    return {
        "id": facility.id,
        "name": facility.name,
        "takes": facility.takes,
        "families": facility.families,
        "demo": facility.demo,
        "rooms": [
            _place(room, place, taken.get(place), known)
            for owner, room, place in places
            if owner == facility.id
        ],
        "waiting": shapes.stays(one for one in waiting if one.case_id in known),
        "waits": len(waiting),
    }


def _place(room: str, place: str, stay: Stay | None, known: set[int]) -> Json:
    shown = shapes.stays([stay]) if stay is not None and stay.case_id in known else [None]
    return {
        "room": room,
        "place": place,
        "status": stay.status if stay else "free",
        "stay": shown[0],
    }
