"""What a counselor does for a case, call by call, and how a year passes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.casework.times import SEOUL

Json = dict[str, Any]
DAY_S = 86_400
SEEN_S = 10
API = "/cases/api"


@dataclass(slots=True)
class Center:
    """A member of staff at `/cases`; after a jump of the clock she signs in again."""

    client: aiohttp.ClientSession
    name: str
    password: str
    csrf: str = ""

    async def signs_in(self) -> None:
        given = {"name": self.name, "password": self.password}
        async with self.client.post("/desk/api/sign-in", json=given) as answer:
            assert answer.ok, await answer.text()
            self.csrf = (await answer.json())["csrf"]

    async def call(self, way: str, /, status: int = 200, **given: Any) -> Any:  # noqa: ANN401  # JSON
        """Call `METHOD /path`; signs in again when the sign-in has ended."""
        told, got = await self._once(way, given)
        if got == HTTPStatus.UNAUTHORIZED:
            await self.signs_in()
            told, got = await self._once(way, given)
        assert got == status, (way, got, told)
        return told

    async def _once(self, way: str, given: Json) -> tuple[Any, int]:
        method, _, path = way.partition(" ")
        headers = {"X-Gyeot-Csrf": self.csrf}
        body = given if method == "POST" else None
        async with self.client.request(method, path, headers=headers, json=body) as answer:
            return await answer.json(), answer.status

    async def today(self) -> date:
        """Return the day in Seoul by the clock of the house."""
        now = datetime.fromisoformat((await self.call(f"GET {API}/cases"))["now"])
        return now.astimezone(SEOUL).date()

    async def passes(self, days: float) -> None:
        """Let days pass for the house and for both stand-ins."""
        await self.call("POST /standin/kakao/clock", advance_s=days * DAY_S)


@dataclass(slots=True)
class File:
    """One case at a center."""

    center: Center
    number: str
    sent: list[str] = field(default_factory=list)

    async def does(self, path: str, /, status: int = 200, **given: Any) -> Json:  # noqa: ANN401  # JSON
        told: Json = await self.center.call(
            f"POST {API}/cases/{self.number}{path}", status, **given
        )
        return told

    async def reads(self) -> Json:
        told: Json = await self.center.call(f"GET {API}/cases/{self.number}")
        return told

    async def until(self, fits: Callable[[Json], bool], what: str) -> Json:
        """Wait until the case is as it must be; the house looks every second."""
        for _ in range(SEEN_S * 5):
            if fits(shown := await self.reads()):
                return shown
            await asyncio.sleep(0.2)
        raise AssertionError(f"{what}: not within {SEEN_S} s")

    async def records(self, kind: str) -> list[Json]:
        return [one for one in (await self.reads())["records"] if one["kind"] == kind]

    async def gives(self, service: Json, how: str) -> None:
        """Bring one referral from its consent to its delivery; the agency answers by its link."""
        place = f"/referrals/{service['id']}"
        plain = [one["name"] for one in service["offered"] if not one["sensitive"]]
        apart = [one["name"] for one in service["offered"] if one["sensitive"]]
        await self.does(f"{place}/send", 409)  # not without her consent
        await self.does(f"{place}/consent", how=how, items=plain, sensitive=apart)
        sent = await self.does(f"{place}/send")
        await self._agency(sent, plain + apart)
        at = "2027-01-11T10:00:00+09:00"
        await self.does(f"{place}/move", event="appoint", at=at)
        await self.does(f"{place}/move", event="deliver", text="")
        self.sent.append(service["agency_name"]["ko"])

    async def _agency(self, sent: Json, items: list[str]) -> None:
        link = {"token": sent["url"].partition("#")[2], "pin": sent["pin"]}
        shown = await self.center.call("POST /cases/open/look", **link)
        assert len(shown["items"]) <= len(items)
        await self.center.call("POST /cases/open/answer", **link, event="accept")
        await self.center.call("POST /cases/open/answer", 410, **link, event="accept")

    async def keeps(self, kind: str, **fields: str) -> str:
        kept = await self.does("/records", kind=kind, fields=fields)
        number: str = kept["record"]
        return number
