"""What a person sees and touches: one chat in a real browser, page or demo phone."""

from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page

from tests.personas.phones import Bubble

OURS = ".entry.bot, .entry.counselor"
LIVE = ".choice:not([aria-disabled]), .chip:not([aria-disabled])"
SHOWN = """
(root, [ours, live]) => [...root.querySelectorAll(ours)].map((entry) => ({
  text: entry.querySelector(".bubble")?.innerText ?? "",
  buttons: [...entry.querySelectorAll(live)].map((it) => it.innerText.trim()),
}))
"""
QUIET_MS = 250


@dataclass
class Glass:
    """A chat on the screen; it is a `Phone`, so whole dialogues can be acted out on it."""

    page: Page
    root: Locator

    async def bubbles(self) -> list[Bubble]:
        shown = await self.root.evaluate(SHOWN, [OURS, LIVE])
        return [
            Bubble(number, one["text"], dict.fromkeys(one["buttons"]))
            for number, one in enumerate(shown)
        ]

    async def write(self, text: str) -> None:
        await self.root.locator(".box").fill(text)
        await self.root.locator(".box").press("Enter")

    async def tap(self, bubble: Bubble, label: str) -> None:
        entry = self.root.locator(OURS).nth(bubble.number)
        await (
            entry.locator(LIVE)
            .filter(has=entry.page.get_by_text(label, exact=True))
            .or_(entry.locator(LIVE).and_(entry.page.get_by_text(label, exact=True)))
            .first.click()
        )

    async def photographed(self, file: Path) -> None:
        """Keep what is on the screen for people to look at."""
        await self.page.wait_for_timeout(QUIET_MS)
        await self.page.screenshot(path=file)
