"""Everybody can use the pages: no finding of axe, nothing too small to tap, nothing cut off."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from tests.sources import CHECKOUT

AXE = CHECKOUT / "web/node_modules/axe-core/axe.min.js"
Scheme = Literal["light", "dark"]
TAP_PX = 44
SCREENS = {"phone": (360, 740), "desktop": (1280, 800)}
SMALL = """
(least) => [...document.querySelectorAll("button, a, input, textarea, select")]
  .filter((it) => it.checkVisibility() && !it.matches(".skip, [aria-disabled], .foot .link"))
  .filter((it) => it.getBoundingClientRect().height < least)
  .map((it) => it.outerHTML.slice(0, 120))
"""
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return "dark" if request.param == "dark" else "light"


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def page(browser: Browser, screen: str, scheme: Scheme) -> AsyncIterator[Page]:
    width, height = SCREENS[screen]
    context: BrowserContext = await browser.new_context(
        locale="ko-KR", color_scheme=scheme, viewport={"width": width, "height": height}
    )
    yield await context.new_page()
    await context.close()


@pytest.fixture
def picture(artifacts: Path, request: pytest.FixtureRequest, screen: str, scheme: Scheme) -> Path:
    name = request.node.originalname.removeprefix("test_").replace("_", "-")
    return artifacts / f"{name}-{screen}-{scheme}.png"


async def test_the_information_page(page: Page, site: str, picture: Path) -> None:
    await page.goto(site)

    await _accessible(page, picture)


async def test_the_first_words(page: Page, site: str, picture: Path) -> None:
    await page.goto(f"{site}/chat")

    await _accessible(page, picture)


async def test_the_card(page: Page, site: str, picture: Path) -> None:
    await page.goto(f"{site}/chat")

    await page.locator("#urgent").click()

    await _accessible(page, picture)


async def test_the_talk(page: Page, site: str, picture: Path) -> None:
    await page.goto(f"{site}/chat")
    await page.locator("#begin").click()
    await page.locator(".entry.bot .choice").first.click()
    await page.locator(".entry.bot .choice:not([aria-disabled])").first.wait_for()
    await page.locator(".box").fill("어제도 집 앞에 있었어요. 어떻게 하면 좋을지 모르겠어요.")
    await page.keyboard.press("Enter")
    await page.locator(".entry.person:not(.sending)").nth(1).wait_for()

    await _accessible(page, picture)


async def test_the_way_back_in(page: Page, site: str, picture: Path) -> None:
    await page.goto(f"{site}/chat")
    await page.locator("#begin").click()
    await page.locator(".plus").click()
    await page.locator(".menu .item").nth(1).click()

    await _accessible(page, picture)


async def test_the_phones(page: Page, site: str, picture: Path) -> None:
    await page.goto(f"{site}/phones")
    for phone in ("#telegram", "#kakao"):
        await page.locator(f"{phone} .box").fill("안녕하세요")
        await page.locator(f"{phone} .send").click()
        await page.locator(f"{phone} .entry.bot").last.wait_for()

    await _accessible(page, picture)


async def _accessible(page: Page, picture: Path) -> None:
    await page.screenshot(path=picture, full_page=True)
    await page.evaluate(AXE.read_text("utf-8"))

    found = (await page.evaluate("() => axe.run()"))["violations"]
    small = await page.evaluate(SMALL, TAP_PX)
    wide = await page.evaluate(WIDE)

    assert not [(it["id"], [node["html"] for node in it["nodes"]]) for it in found]
    assert small == []
    assert wide == 0
