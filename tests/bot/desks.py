"""Somebody at the desk, as a program."""

import uuid
from dataclasses import dataclass
from typing import Any

import aiohttp

Json = Any


@dataclass
class Desk:
    """A signed-in browser without a page."""

    url: str
    http: aiohttp.ClientSession
    csrf: str = ""

    async def sign_in(self, name: str, password: str) -> int:
        """Sign in and keep the CSRF token; returns the status."""
        status, body = await self.call(
            "POST", "/desk/api/sign-in", {"name": name, "password": password}
        )
        self.csrf = body.get("csrf", "")
        return status

    async def call(
        self, method: str, path: str, body: Json = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Json]:
        """Call one route."""
        given = {"X-Gyeot-Csrf": self.csrf} | (headers or {})
        async with self.http.request(method, self.url + path, json=body, headers=given) as answer:
            told = await answer.json() if "json" in answer.content_type else await answer.read()
            return answer.status, told

    async def act(self, number: int, name: str, **body: Any) -> tuple[int, Json]:  # noqa: ANN401  # JSON
        """Act on a conversation."""
        return await self.call("POST", f"/desk/api/conversations/{number}/{name}", body)

    async def say(self, number: int, text: str, client_id: str = "") -> tuple[int, Json]:
        """Write to the person."""
        return await self.act(number, "say", id=client_id or uuid.uuid4().hex, text=text)

    async def show(self, number: int) -> Json:
        """Read a conversation whole."""
        status, body = await self.call("GET", f"/desk/api/conversations/{number}")
        assert status == 200, body
        return body
