"""What the pages must know before they show a case: the network, the forms, who works here."""

from datetime import date, timedelta
from typing import Any

from aiohttp import web

from bot.casework.office import SERVES, Office
from bot.casework.times import today
from bot.console.gate import Caller
from flows.cases import FOLLOW_UPS
from flows.compiled import Asks, CompiledFlow, Place
from flows.network import Agency, Facility, Network
from flows.orders import OrderKind
from storage import staff

REVIEW = "application/review"
CONSENTS = frozenset({"consent_application", "consent_sensitive", "consent_contact"})
NOT_ASKED_BY_PHONE = frozenset({"device_seen"})
"""Answers of the opening about the device on which she chats."""

CHECKED_WITHIN = timedelta(days=90)
Json = dict[str, Any]


class Directory:
    """The route of what stands still."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add the route."""
        self._office.route(app, "GET /directory", self.show)

    async def show(self, _request: web.Request, _caller: Caller) -> Json:
        """Answer agencies, services, facilities, orders, records, the form, and staff."""
        network = self._office.network
        people = await staff.everyone(self._office.database)
        return {
            "agencies": [one.model_dump(mode="json") for one in network.agencies.values()],
            "services": [one.model_dump(mode="json") for one in network.services.values()],
            "facilities": [one.model_dump(mode="json") for one in network.facilities.values()],
            "orders": [one.model_dump(mode="json") for one in network.orders.values()],
            "records": [one.model_dump(mode="json") for one in network.records.values()],
            "follow_ups": list(FOLLOW_UPS),
            "stale": [one.name for one in stale(network, today(self._office.database.clock()))],
            "form": form(self.flow),
            "staff": [
                {"id": one.id, "name": one.pseudonym, "role": one.role}
                for one in people
                if one.role in SERVES
            ],
        }

    @property
    def flow(self) -> CompiledFlow:
        """The scripts that are published now."""
        versions = self._office.versions
        return versions.of(versions.newest)


def stale(known: Network, on: date) -> list[Agency | Facility | OrderKind]:
    """Return what nobody has checked for so long that it may be wrong by now."""
    dated: list[Agency | Facility | OrderKind] = [
        *known.agencies.values(),
        *known.facilities.values(),
        *known.orders.values(),
    ]
    return [one for one in dated if on - one.checked_on > CHECKED_WITHIN]


def form(flow: CompiledFlow) -> list[Json]:
    """Return the questions of the chat's application: the counselor's form asks the same."""
    return [_question(place) for place in asked(flow).values()]


def asked(flow: CompiledFlow) -> dict[str, Place]:
    """Return the steps of the application that ask for what a service may need, by answer."""
    review = flow.places.get(REVIEW)
    names = review.review if review else ()
    skipped = CONSENTS | NOT_ASKED_BY_PHONE
    places = [flow.asked_at[name] for name in names if name in flow.asked_at]
    return {place.save: place for place in places if place.save not in skipped}


def _question(place: Place) -> Json:
    return {
        "name": place.save,
        "title": place.title,
        "several": place.asks is Asks.SEVERAL,
        "private": place.private,
        "chars": place.text.chars if place.text else 0,
        "options": [{"id": one.id, "label": one.label} for one in place.options],
    }
