"""What tests of her page do again and again."""

import pytest
from playwright.async_api import Page, expect

OPEN = ".entry .choice:not([aria-disabled])"


async def begin(page: Page, site: str) -> None:
    await page.goto(f"{site}/chat")
    await page.locator("#begin").click()
    await page.locator(OPEN).first.wait_for()


async def say(page: Page, text: str) -> None:
    await page.locator(".box").fill(text)
    await page.keyboard.press("Enter")


async def reload(page: Page) -> None:
    await page.reload()
    await page.locator("#continue").click()
    await page.locator(OPEN).first.wait_for()


async def tab_to(page: Page, selector: str) -> None:
    for _ in range(30):
        await page.keyboard.press("Tab")
        if await page.evaluate("(it) => document.activeElement.matches(it)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


async def to_several_choices(page: Page) -> None:
    for label in ("네, 괜찮아요", "없어요", "안전 살펴보기"):
        await page.locator(OPEN).filter(has_text=label).first.click()
        await expect(page.locator(".choice.on[aria-disabled]").last).to_contain_text(label)
    await page.locator(".choice.ends:not([aria-disabled])").wait_for()
