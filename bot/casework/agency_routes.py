"""What an agency's own people do: see the referrals to it, consented items only, and answer."""

from typing import Any

from aiohttp import web

from bot.casework import bodies, shapes
from bot.casework.answer_routes import tell_staff
from bot.casework.office import Office, number_of
from bot.casework.referral_routes import entry
from bot.console.gate import Caller
from bot.console.stamps import iso
from flows.cases import REFERRAL
from storage.casework import agencies, case_files, referrals
from storage.casework.errors import UnknownError
from storage.casework.referrals import Referral
from storage.errors import GoneError
from storage.staff import AGENCY

ITS_PEOPLE = frozenset({AGENCY})
SHOWN = ["sent", "accepted", "appointed", "delivered"]
RECALLED = "withdrawn"
ITS_EVENTS = ("accept", "decline", "appoint", "miss", "deliver")
Json = dict[str, Any]


class AgencyDesk:
    """The routes under `/cases/api/mine`; somebody of another agency is told there is none."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add the three routes."""
        route = self._office.route
        route(app, "GET /mine", self.everything, ITS_PEOPLE)
        route(app, "GET /mine/{referral}", self.show, ITS_PEOPLE)
        route(app, "POST /mine/{referral}/move", self.move, ITS_PEOPLE)

    async def everything(self, _request: web.Request, caller: Caller) -> Json:
        """Answer what is asked of her agency: which service, how far; nothing of anybody."""
        office = self._office
        agency = await agencies.of_person(office.database, caller.staff_id)
        numbers = await agencies.asked_of(office.database, agency, [*SHOWN, RECALLED])
        found = []
        for number in numbers:
            try:
                one = await referrals.read(office.database, number)
            except (UnknownError, GoneError):
                continue  # destroyed meanwhile
            if one.status != RECALLED or one.body.get("withdrawn", {}).get("recalled"):
                found.append(self._line(one))
        known = office.network.agencies.get(agency)
        return {"agency": known.name if known else {"ko": agency}, "referrals": found}

    async def show(self, request: web.Request, caller: Caller) -> Json:
        """Answer one referral with what she consented to; the reading is written down."""
        one = await self._mine(request, caller)
        await self._office.log(caller, "agency look", one.case_id, one.agency)
        return {**self._line(one), **await shapes.for_agency(self._office, one)}

    async def move(self, request: web.Request, caller: Caller) -> Json:
        """Take in an answer, an appointment, a delivery."""
        office = self._office
        given = await office.body(request, bodies.AgencyMove)
        one = await self._mine(request, caller)
        moved = await referrals.move(
            office.database, one.id, REFERRAL.step(given.event), entry(given, "agency")
        )
        await office.log(caller, f"agency {given.event}", one.case_id, one.agency)
        if given.event in {"accept", "decline"}:
            await tell_staff(office, moved, given)
        return self._line(moved)

    async def _mine(self, request: web.Request, caller: Caller) -> Referral:
        """Return a referral to the caller's own agency that was sent; raises `UnknownError`."""
        agency = await agencies.of_person(self._office.database, caller.staff_id)
        one = await referrals.read(
            self._office.database, number_of(request.match_info["referral"])
        )
        if one.agency != agency or one.status not in SHOWN:
            raise UnknownError("이 요청은 없거나 거두어졌어요. There is no such request.")
        await case_files.read(self._office.database, one.case_id)
        return one

    def _line(self, one: Referral) -> Json:
        service = self._office.network.services[one.service]
        return {
            "id": str(one.id),
            "service": service.name,
            "status": one.status,
            "appointment": one.body.get("appointment") if one.status != RECALLED else None,
            "events": [name for name in REFERRAL.events_from(one.status) if name in ITS_EVENTS],
            "changed_at": iso(one.changed_at),
        }
