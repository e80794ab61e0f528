"""Health and figures: counts and times only."""

import asyncio
import time
from typing import Any

from aiohttp import web
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    generate_latest,
)

from bot.house import House
from storage import conversations

READY_S = 1.0
SECONDS = 5.0


class Figures:
    """What an operator may watch."""

    def __init__(self, house: House) -> None:
        """Watch a house."""
        self._house = house
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "gyeot_requests_total",
            "Answered requests",
            ["place", "status"],
            registry=self._registry,
        )
        self._status = Gauge(
            "gyeot_conversations", "Conversations by status", ["status"], registry=self._registry
        )
        self._counted = 0.0
        self._answered: dict[tuple[str, int], Counter] = {}

    async def count(self, request: web.Request, response: web.StreamResponse) -> None:
        """Count an answer by its place (the pattern of its address) and status."""
        resource = request.match_info.route.resource
        place = resource.canonical if resource else "elsewhere"
        counter = self._answered.get((place, response.status))
        if counter is None:
            counter = self.requests.labels(place, str(response.status))
            self._answered[place, response.status] = counter
        counter.inc()

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
