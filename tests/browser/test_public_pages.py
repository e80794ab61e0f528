"""The public pages in a real browser: readable by everybody, left at once, leaving no trail."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from tests.browser.accessible import holds
from tests.browser.conftest import WEATHER

PATHS = (
    "/", "/en", "/easy", "/guide/now", "/guide/rules", "/guide/lines", "/easy/guide/now",
    "/en/guide/booklet", "/guide/schools", "/education", "/survey", "/numbers",
)  # fmt: skip
SCREENS = {"phone": (360, 740), "desktop": (1280, 800)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
async def test_everybody_can_use_every_page(
    browser: Browser, site: str, artifacts: Path, screen: str, scheme: str
) -> None:
    width, height = SCREENS[screen]
    context = await browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": height},
    )
    page = await context.new_page()
    for path in PATHS:
        await page.goto(f"{site}{path}")
        name = path.strip("/").replace("/", "-") or "home"
        await holds(page, artifacts / f"public-{name}-{screen}-{scheme}.png")
    await context.close()


@pytest.mark.parametrize("path", ["/guide/now", "/en/guide/lines", "/education", "/survey"])
async def test_shift_three_times_leaves_and_back_does_not_return(
    away: BrowserContext, site: str, path: str
) -> None:
    page = await away.new_page()
    await page.goto("https://search.example/")
    await page.goto(f"{site}{path}")

    for _ in range(3):
        await page.keyboard.press("Shift")
    await page.wait_for_url(WEATHER)
    await page.go_back()

    assert page.url == "https://search.example/"
    await page.close()


async def test_walking_through_the_guide_leaves_no_trail(away: BrowserContext, site: str) -> None:
    page = await away.new_page()
    await page.goto("https://search.example/")
    await page.goto(site)
    for path in ("/guide/now", "/guide/rules", "/guide/lines"):
        await page.locator(f".contents a[href='{path}']").click()
        await page.wait_for_url(f"**{path}")

    await page.go_back()

    assert page.url == "https://search.example/"
    assert await away.cookies() == []
    await page.close()


async def test_everything_is_there_without_javascript(browser: Browser, site: str) -> None:
    plain = await browser.new_context(java_script_enabled=False)
    page = await plain.new_page()
    await page.goto(f"{site}/guide/now")

    assert await page.locator("a.exit").get_attribute("href") == WEATHER
    await page.locator("a[href='/en/guide/now']").click()
    await page.wait_for_url("**/en/guide/now")
    assert await page.locator("h1").inner_text() == "What you can do now"
    await plain.close()


async def test_what_is_printed_is_the_guide_alone(page: Page, site: str) -> None:
    await page.goto(f"{site}/guide/booklet")

    await page.emulate_media(media="print")

    assert not await page.locator("header").is_visible()
    assert not await page.locator(".contents").is_visible()
    assert await page.locator("section h2").first.is_visible()
