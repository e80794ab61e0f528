"""A counselor before the page of casework: what she sees and does there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.desk.place import House
from tests.sources import CHECKOUT

AXE = CHECKOUT / "web/node_modules/axe-core/axe.min.js"
FIND = (
    "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
)
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Office:
    """One browser."""

    page: Page
    house: House

    async def signs_in(self, name: str) -> None:
        await self.page.goto(f"{self.house.address}/cases")
        await self.page.fill("#name", name)
        await self.page.fill("#password", self.house.passwords[name])
        await self.page.keyboard.press("Enter")
        await self.page.locator(".bar").wait_for()

    async def goes(self, path: str) -> None:
        await self.page.goto(f"{self.house.address}/cases#/{path}")

    async def tab(self, name: str) -> None:
        await self.page.get_by_role("tab", name=name).click()

    async def presses(self, name: str, within: Locator | None = None) -> None:
        place = within or self.page.locator("#cases")
        await place.get_by_role("button", name=name, exact=True).first.click()

    def part(self, name: str) -> Locator:
        """Return a part of the page by its label."""
        return self.page.get_by_label(name, exact=True)

    async def opens(self, summary: str, within: Locator | None = None) -> None:
        place = within or self.page.locator("#cases")
        await place.locator("summary", has_text=summary).first.click()

    async def keeps(self, kind: str, fields: dict[str, str]) -> None:
        """Fill in and keep a record of a kind, by the names of its fields."""
        part = self.part(kind)
        await self.opens(f"{kind} 더하기", part)
        for name, value in fields.items():
            field = part.locator(f"[name={name}]")
            if await field.evaluate("it => it.tagName") == "SELECT":
                await field.select_option(value)
            else:
                await field.fill(value)
        await self.presses("저장", part)

    async def photographed(self, picture: Path) -> None:
        await self.page.wait_for_timeout(200)
        await self.page.screenshot(path=picture, full_page=True)

    async def findings(self) -> list[Any]:
        """Return what axe finds, and how much wider the page is than its window."""
        await self.page.evaluate(AXE.read_text("utf-8"))
        found = (await self.page.evaluate(FIND))["violations"]
        broken = [(it["id"], [node["html"] for node in it["nodes"]]) for it in found]
        wide = await self.page.evaluate(WIDE)
        return [*broken, *([f"{wide} px too wide"] if wide > 0 else [])]

    async def says(self, text: str) -> None:
        await expect(self.page.get_by_text(text).first).to_be_visible()
