"""Health and figures: counts and times only."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.house import House
from storage import conversations

READY_S = 1.0
SECONDS = 5.0


class Figures(Collector):
    """What an operator may watch."""

    def __init__(self, house: House) -> None:
        """Watch a house."""
        self._house = house
        self._registry = CollectorRegistry()
        self._answered: Counter[tuple[web.AbstractRoute, int]] = Counter()
        self._registry.register(self)
        self._status = Gauge(
            "gyeot_conversations", "Conversations by status", ["status"], registry=self._registry
        )
        self._counted = 0.0

    async def count(self, request: web.Request, response: web.StreamResponse) -> None:
        """Count an answer by its place (the pattern of its address) and status."""
        self._answered[request.match_info.route, response.status] += 1

    def collect(self) -> Iterator[Metric]:
        """Give the counts to Prometheus, as its collectors do."""
        requests = CounterMetricFamily(
            "gyeot_requests", "Answered requests", labels=["place", "status"]
        )
        places: Counter[tuple[str, str]] = Counter()
        for (route, status), number in self._answered.items():
            place = route.resource.canonical if route.resource else "elsewhere"
            places[place, str(status)] += number
        for labels, number in places.items():
            requests.add_metric(labels, number)
        yield requests

    async def alive(self, _request: web.Request) -> web.StreamResponse:
        """Answer that the process runs."""
        return web.json_response({"ok": True})

    async def ready(self, _request: web.Request) -> web.StreamResponse:
        """Answer whether messages can be kept now."""
        try:
            async with asyncio.timeout(READY_S):
                await self._house.database.turn(None, lambda _page: None)
        except Exception as error:  # noqa: BLE001  # whatever it is, we are not ready
            body: dict[str, Any] = {"ok": False, "reason": type(error).__name__}
            return web.json_response(body, status=503)
        return web.json_response({"ok": True, "version": self._house.versions.newest})

    async def metrics(self, _request: web.Request) -> web.StreamResponse:
        """Answer the figures for Prometheus."""
        if time.monotonic() - self._counted > SECONDS:
            self._counted = time.monotonic()
            for status, number in (await conversations.count(self._house.database)).items():
                self._status.labels(status).set(number)
        return web.Response(
            body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )
