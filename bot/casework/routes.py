"""Everything of casework on the application, and what runs beside it."""

from functools import partial

from aiohttp import web

from bot.casework import facility_routes
from bot.casework.agency_routes import AgencyDesk
from bot.casework.answer_routes import AgencyDoor
from bot.casework.case_routes import Cases
from bot.casework.directory_routes import Directory
from bot.casework.doors import Doors
from bot.casework.meeting_routes import Meetings
from bot.casework.network_routes import NetworkDesk, keep_up, refresh
from bot.casework.office import Office
from bot.casework.place_routes import Escorts, Places, house
from bot.casework.record_routes import Records
from bot.casework.referral_routes import Referrals
from bot.casework.register_routes import Registers
from bot.casework.upkeep import keep
from bot.console.gate import Gate
from bot.house import House
from flows.network import Network, network
from storage.casework import facilities


def add_casework(app: web.Application, house_: House, gate: Gate) -> None:
    """Add every route of casework; its places and its clock begin with the application."""
    known = network()
    office = Office(
        database=house_.database,
        service=house_.service,
        versions=house_.versions,
        gate=gate,
        network=known,
        address=house_.settings.address,
    )
    for part in (
        Directory(office),
        Doors(office),
        Cases(office),
        Records(office),
        Referrals(office),
        Places(office),
        Escorts(office),
        Meetings(office),
        Registers(office),
        AgencyDoor(office),
        AgencyDesk(office),
        NetworkDesk(office),
        facility_routes.Facilities(office),
    ):
        part.add_routes(app)
    app.on_startup.append(partial(_begin, house_, known))


async def _begin(house_: House, known: Network, _app: web.Application) -> None:
    await refresh(house_.database, known)
    await facility_routes.refresh(house_.database, known)
    await facilities.settle(house_.database, [house(one) for one in known.facilities.values()])
    house_.watch.forever("casework", partial(keep, house_.database))
    house_.watch.forever("network", partial(keep_up, house_.database, known))
