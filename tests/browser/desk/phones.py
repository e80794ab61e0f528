"""The stand-in phones, by their control interface."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.async_api import Page

from tests.browser.desk.place import House, until


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

    async def sees(self, text: str) -> None:
        """Wait until the newest messages say this."""

        async def said() -> bool:
            return any(text in str(one.get("text")) for one in (await self.shows())[-6:])

        await until(said, text)

    async def presses(self, label: str) -> None:
        """Press the newest button of this name on Telegram, as soon as it is there."""

        async def found() -> dict[str, Any]:
            return _button(await self.shows(), label)

        await self.does("press", **await until(found, label))


def _button(messages: list[dict[str, Any]], label: str) -> dict[str, Any]:
    for message in reversed(messages[-6:]):
        for row in message.get("rows") or []:
            for button in row:
                if button["text"].strip("☑☐✓✔ ") == label:
                    return {"message_id": message["message_id"], "data": button["data"]}
    return {}


async def phone(page: Page, house: House, channel: str) -> Phone:
    """Take a new phone of a channel into the hand."""
    config = await (await page.request.get(f"{house.address}/phones/config")).json()
    base = f"{house.address}{config[channel]['base']}"
    fresh = uuid4().int % 10**9 + 1
    return Phone(page, base, str(fresh) if channel == "telegram" else f"p{fresh}")
