"""The network edited on a page: agencies by an admin, and who speaks for each."""

import asyncio
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from bot.casework import bodies, facility_routes
from bot.casework.office import Office, number_of
from bot.console.gate import Caller
from flows.network import Agency, Network
from flows.record_kinds import RecordError
from storage import audit
from storage.casework import agencies
from storage.casework.errors import UnknownError
from storage.database import Database
from storage.staff import AGENCY, Newcomer

ADMINS = frozenset({"admin"})
SEES = frozenset({"admin", "supervisor"})
IN_KOREAN = ("name", "hours", "area", "eligible", "reach")
EVERY_S = 10.0
Json = dict[str, Any]


class NetworkDesk:
    """The routes of the network."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        route = self._office.route
        route(app, "GET /network", self.show, SEES)
        route(app, "POST /network/{agency}", self.put, ADMINS)
        route(app, "POST /network/{agency}/people", self.add_person, ADMINS)
        route(app, "POST /network/{agency}/people/{person}/dismiss", self.dismiss, ADMINS)

    async def show(self, _request: web.Request, _caller: Caller) -> Json:
        """Answer every agency, and who speaks for it."""
        office = self._office
        await refresh(office.database, office.network)
        people = await agencies.people(office.database)
        network = office.network
        return {
            "services": [{"id": one.id, "name": one.name} for one in network.services.values()],
            "agencies": [
                {
                    **one.model_dump(mode="json"),
                    "people": [
                        {"id": who.id, "name": who.name, "role": who.role}
                        for who in people
                        if who.agency == one.id
                    ],
                }
                for one in network.agencies.values()
            ],
        }

    async def put(self, request: web.Request, caller: Caller) -> Json:
        """Keep an agency as it is now; what the form does not know stays as it was."""
        office = self._office
        name = request.match_info["agency"]
        given = await office.gate.body(request)
        known = office.network.agencies.get(name)
        before = known.model_dump(mode="json") if known else {}
        agency = _read({**before, **given, "id": name})
        if any(not getattr(agency, name).get("ko", "").strip() for name in IN_KOREAN):
            raise RecordError("ko", "한국어로도 적어 주세요. Write it in Korean too.")
        unknown = {*agency.services} - office.network.services.keys()
        if unknown:
            raise RecordError("services", "이런 지원은 없어요. There is no such service.")
        await agencies.put(office.database, name, agency.model_dump_json(), caller.staff_id)
        await self._log(caller, "network: edit", name)
        await refresh(office.database, office.network)
        return agency.model_dump(mode="json")

    async def add_person(self, request: web.Request, caller: Caller) -> Json:
        """Let somebody of an agency sign in."""
        office = self._office
        agency = self._known(request)
        given = await office.body(request, bodies.AgencyPerson)
        newcomer = Newcomer(given.name, AGENCY, given.password, given.name)
        number = await agencies.add_person(office.database, agency, given.role, newcomer)
        await self._log(caller, "network: person added", f"{agency} {number}")
        return {"id": number}

    async def dismiss(self, request: web.Request, caller: Caller) -> Json:
        """Let somebody of an agency in no more; she is signed out at once."""
        office = self._office
        agency, number = self._known(request), number_of(request.match_info["person"])
        await agencies.dismiss(office.database, agency, number)
        await self._log(caller, "network: person dismissed", f"{agency} {number}")
        return {}

    def _known(self, request: web.Request) -> str:
        name = request.match_info["agency"]
        if name not in self._office.network.agencies:
            raise UnknownError("이런 기관은 없어요. There is no such agency.")
        return name

    async def _log(self, caller: Caller, doing: str, what: str) -> None:
        told = f"{caller.place} {what}"
        await audit.record(self._office.database, None, caller.staff_id, doing, told)


def _read(given: Json) -> Agency:
    """Read an entry by the rules of the directory's file; raises `RecordError`."""
    try:
        return Agency.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "agency"
        raise RecordError(where, f"{where}: {first['msg']}") from None


async def refresh(database: Database, known: Network) -> None:
    """Put what was edited in place of what we ship; what cannot be read changes nothing."""
    for name, entry in (await agencies.entries(database)).items():
        try:
            known.agencies[name] = Agency.model_validate_json(entry)
        except ValidationError:
            continue


async def keep_up(database: Database, known: Network) -> None:
    """Know for ever what other processes edited."""
    while True:
        await refresh(database, known)
        await facility_routes.refresh(database, known)
        await asyncio.sleep(EVERY_S)
