"""Facilities, rooms and places edited on a page by an admin; an address stands nowhere."""

from typing import Any

from aiohttp import web
from pydantic import ValidationError

from bot.casework.office import Office
from bot.casework.place_routes import house
from bot.console.gate import Caller
from flows.network import Facility, Network
from flows.record_kinds import RecordError
from storage import audit
from storage.casework import houses
from storage.database import Database

ADMINS = frozenset({"admin"})
SEES = frozenset({"admin", "supervisor"})
Json = dict[str, Any]


class Facilities:
    """The routes of facilities."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add both with the roles that may use them."""
        self._office.route(app, "GET /facilities", self.show, SEES)
        self._office.route(app, "POST /facilities/{facility}", self.put, ADMINS)

    async def show(self, _request: web.Request, _caller: Caller) -> list[Json]:
        """Answer every facility, and which of its places cannot be taken away now."""
        office = self._office
        await refresh(office.database, office.network)
        taken = await houses.taken(office.database)
        return [
            {**one.model_dump(mode="json"), "taken": sorted(taken.get(one.id, ()))}
            for one in office.network.facilities.values()
        ]

    async def put(self, request: web.Request, caller: Caller) -> Json:
        """Keep a facility with its rooms; what the form does not know stays as it was."""
        office = self._office
        await refresh(office.database, office.network)
        name = request.match_info["facility"]
        known = office.network.facilities.get(name)
        before = known.model_dump(mode="json") if known else {}
        facility = _read({**before, **await office.gate.body(request), "id": name})
        others = known is not None and known.takes != facility.takes
        entry = facility.model_dump_json()
        await houses.put(office.database, house(facility), entry, caller.staff_id, others=others)
        told = f"{caller.place} {name}"
        await audit.record(office.database, None, caller.staff_id, "network: facility", told)
        await refresh(office.database, office.network)
        return facility.model_dump(mode="json")


def _read(given: Json) -> Facility:
    """Read an entry by the rules of the directory's file; raises `RecordError`."""
    try:
        facility = Facility.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "facility"
        raise RecordError(where, f"{where}: {first['msg']}") from None
    if not facility.name.get("ko", "").strip():
        raise RecordError("name", "한국어로도 적어 주세요. Write it in Korean too.")
    return facility


async def refresh(database: Database, known: Network) -> None:
    """Put what was edited in place of what we ship; what cannot be read changes nothing."""
    for name, entry in (await houses.entries(database)).items():
        try:
            known.facilities[name] = Facility.model_validate_json(entry)
        except ValidationError:
            continue
