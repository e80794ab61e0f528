"""What a counselor reads and does at the desk, without a browser."""

import asyncio
from dataclasses import dataclass
from typing import Any

import aiohttp

Json = dict[str, Any]
GONE = 409


@dataclass(slots=True)
class Desk:
    """A counselor who is signed in."""

    client: aiohttp.ClientSession
    csrf: str = ""

    async def signs_in(self, name: str, password: str) -> None:
        given = {"name": name, "password": password}
        async with self.client.post("/desk/api/sign-in", json=given) as answer:
            self.csrf = (await answer.json())["csrf"]

    async def queue(self) -> list[Json]:
        """Return the rows of the queue, in its order."""
        async with self.client.get("/desk/api/queue") as answer:
            rows: list[Json] = (await answer.json())["rows"]
        return rows

    async def rows_down_to(self, conversation: str) -> list[Json]:
        """Return the row of a conversation, and before it those that are seen to first."""
        rows = await self.queue()
        return rows[: [row["id"] for row in rows].index(conversation) + 1]

    async def ids(self) -> set[str]:
        return {row["id"] for row in await self.queue()}

    async def reads(self, conversation: str) -> Json | None:
        """Return everything the desk shows of a conversation; None when it is gone."""
        async with self.client.get(f"/desk/api/conversations/{conversation}") as answer:
            shown: Json = await answer.json()
            return None if answer.status == GONE else shown

    async def hears(self, conversation: str, words: str) -> None:
        """Wait until she wrote this."""
        for _ in range(50):
            if words in str(await self.reads(conversation)):
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"the desk never heard {words}")

    async def does(self, conversation: str, act: str, **given: str) -> Json:
        """Take, say, release, close or admit."""
        place = f"/desk/api/conversations/{conversation}/{act}"
        headers = {"X-Gyeot-Csrf": self.csrf}
        async with self.client.post(place, json=given, headers=headers) as answer:
            assert answer.ok, await answer.text()
            told: Json = await answer.json()
            return told


def fields(shown: Json) -> dict[str, str]:
    """Return the application beside the chat: title and value."""
    return {one["title"]: one["value"] for one in shown["application"]["fields"]}
