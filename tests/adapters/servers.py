"""Run an aiohttp application for a test, and speak JSON with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web


@dataclass(frozen=True, slots=True)
class Server:
    """A running application and a client that speaks with it."""

    url: str
    client: aiohttp.ClientSession

    async def post(self, path: str, **body: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Post a JSON object and return the JSON object that comes back."""
        async with self.client.post(self.url + path, json=body) as answer:
            told: dict[str, Any] = await answer.json()
            return told

    async def get(self, path: str) -> dict[str, Any]:
        """Return the JSON object at a path."""
        async with self.client.get(self.url + path) as answer:
            told: dict[str, Any] = await answer.json()
            return told


@asynccontextmanager
async def running(app: web.Application) -> AsyncIterator[Server]:
    """Serve the application on a free port of this machine."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        async with aiohttp.ClientSession() as client:
            yield Server(f"http://127.0.0.1:{port}", client)
    finally:
        await runner.cleanup()
