"""The stand-in phones, by their control interface."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.async_api import Page

from tests.browser.desk.place import House


@dataclass(frozen=True, slots=True)
class Phone:
    """One person's phone on Telegram or Kakao."""

    page: Page
    base: str
    name: str

    async def does(self, deed: str, **what: Any) -> Any:  # noqa: ANN401  # JSON
        answer = await self.page.request.post(
            f"{self.base}/person/{self.name}/{deed}", data=what or {}
        )
        assert answer.ok, await answer.text()
        return await answer.json()

    async def shows(self) -> list[dict[str, Any]]:
        answer = await self.page.request.get(f"{self.base}/person/{self.name}/messages")
        shown: list[dict[str, Any]] = (await answer.json())["messages"]
        return shown


async def phone(page: Page, house: House, channel: str) -> Phone:
    """Take a new phone of a channel into the hand."""
    config = await (await page.request.get(f"{house.address}/phones/config")).json()
    base = f"{house.address}{config[channel]['base']}"
    fresh = uuid4().int % 10**9 + 1
    return Phone(page, base, str(fresh) if channel == "telegram" else f"p{fresh}")
