"""Leaving the person's page: covered at once, gone soon, and nothing to come back to."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, Route

from tests.browser.conftest import WEATHER

CANARY = "까치-7719"
COVERED_MS = 100
GONE_S = 1.0
MEASURE = """
() => {
  let start = 0;
  for (const kind of ["click", "keyup"])
    addEventListener(kind, () => { start = performance.now(); }, {capture: true});
  const kept = async () =>
    [sessionStorage.length, localStorage.length, (await caches.keys()).length, document.cookie];
  new MutationObserver(async () => {
    report(performance.now() - start, document.body.innerText.trim(), await kept());
  }).observe(document.documentElement, {attributeFilter: ["class"]});
}
"""

Way = Callable[[Page], Awaitable[None]]
Measured = tuple[float, str, list[Any]]


async def by_click(page: Page) -> None:
    await page.locator("a.exit").click(no_wait_after=True)


async def by_enter(page: Page) -> None:
    await page.locator("a.exit").focus()
    await page.keyboard.press("Enter")


async def by_hidden_link(page: Page) -> None:
    await page.locator("a.skip").focus()
    await page.keyboard.press("Enter")


async def by_shift(page: Page) -> None:
    for _ in range(3):
        await page.keyboard.press("Shift")


async def nothing(_: Page) -> None:
    """Leave the talk as it is."""


async def writing(page: Page) -> None:
    await page.locator(".box").fill(CANARY)


async def said(page: Page) -> None:
    await page.locator(".box").fill(CANARY)
    await page.keyboard.press("Enter")
    await page.locator(".entry.person:not(.sending)").get_by_text(CANARY).wait_for()


async def card_open(page: Page) -> None:
    await page.locator("#urgent").click()


async def resuming(page: Page) -> None:
    await page.locator(".plus").click()
    await page.locator(".menu .item").nth(1).click()
    await page.locator("#word").fill(CANARY)


async def offline(page: Page) -> None:
    await page.context.set_offline(True)
    await writing(page)
    await page.keyboard.press("Enter")


WAYS = [by_click, by_enter, by_hidden_link, by_shift]
MOMENTS = [nothing, writing, said, card_open, resuming, offline]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("way", WAYS)
async def test_the_talk_is_covered_at_once_and_gone_soon(
    chat: Page, site: str, way: Way, moment: Way
) -> None:
    await moment(chat)
    report = await _measured(chat)
    held = await _hold_the_weather(chat)

    await way(chat)
    covered, shown, kept = await asyncio.wait_for(report, 5)
    started = asyncio.get_running_loop().time()
    held.set()
    if moment is not offline:
        await chat.wait_for_url(WEATHER)
    gone = asyncio.get_running_loop().time() - started

    assert covered <= COVERED_MS
    assert CANARY not in shown
    assert kept == [0, 0, 0, ""]
    assert gone <= GONE_S
    await chat.context.set_offline(False)
    await chat.go_back()
    assert not chat.url.startswith(site)
    assert CANARY not in await chat.content()


async def _measured(page: Page) -> asyncio.Future[Measured]:
    """Let the page tell when it is covered, what it shows then, and what the browser keeps."""
    measured: asyncio.Future[Measured] = asyncio.get_running_loop().create_future()

    def report(covered_ms: float, shown: str, kept: list[Any]) -> None:
        if not measured.done():
            measured.set_result((covered_ms, shown, kept))

    await page.expose_function("report", report)
    await page.evaluate(MEASURE)
    return measured


async def _hold_the_weather(page: Page) -> asyncio.Event:
    """Let the weather page wait, so that this page can be asked what it still shows."""
    held = asyncio.Event()

    async def slow(route: Route) -> None:
        await held.wait()
        await route.fulfill(content_type="text/html", body="<title>Weather</title>weather")

    await page.context.route(f"{WEATHER}**", slow)
    return held


@pytest.mark.parametrize("path", ["/", "/chat"])
@pytest.mark.parametrize("way", WAYS)
async def test_it_works_before_the_talk_begins(
    away: BrowserContext, site: str, way: Way, path: str
) -> None:
    page = await away.new_page()
    await page.goto("https://search.example/")
    await page.goto(f"{site}{path}")

    await way(page)
    await page.wait_for_url(WEATHER)
    await page.go_back()

    assert page.url == "https://search.example/"
    await page.close()


async def test_back_finds_neither_the_information_page_nor_the_chat(
    away: BrowserContext, site: str
) -> None:
    page = await away.new_page()
    await page.goto("https://search.example/")
    await page.goto(site)
    await page.locator("main a.main[href='/chat']").click()
    await page.locator("#begin").click()
    await page.locator(".entry.bot").first.wait_for()

    await by_click(page)
    await page.wait_for_url(WEATHER)
    await page.go_back()

    assert page.url == "https://search.example/"
    await page.close()


async def test_it_works_without_javascript(away: BrowserContext, site: str) -> None:
    browser = away.browser
    assert browser is not None
    plain = await browser.new_context(java_script_enabled=False)
    page = await plain.new_page()
    await page.goto(f"{site}/chat")
    link = page.locator("a.exit")

    target, relation = await link.get_attribute("href"), await link.get_attribute("rel")
    await page.locator("#urgent").click()

    assert target == WEATHER
    assert relation == "nofollow noreferrer"
    assert await page.locator("#card a[href='tel:112']").is_visible()
    await plain.close()


async def test_shift_while_writing_does_not_leave(chat: Page) -> None:
    await chat.locator(".box").focus()

    for letter in "ABCDE":
        await chat.keyboard.press(f"Shift+{letter}")
    await chat.keyboard.press("Shift")
    await chat.keyboard.press("a")
    await chat.keyboard.press("Shift")
    await chat.keyboard.press("Shift")

    assert await chat.locator(".box").input_value() == "ABCDEa"


async def test_shift_shows_and_says_how_many_are_left(chat: Page) -> None:
    dots, on = chat.locator(".exit-dots"), chat.locator(".exit-dots .on")
    status = chat.get_by_role("status")

    await chat.keyboard.press("Shift")
    first = await on.count(), await status.filter(has_text="2번").count()
    await chat.keyboard.press("Shift")
    second = await on.count(), await status.filter(has_text="1번").count()

    assert first == (1, 1)
    assert second == (2, 1)
    assert await dots.is_visible()


async def test_after_five_seconds_the_count_begins_anew(chat: Page) -> None:
    await chat.keyboard.press("Shift")
    await chat.keyboard.press("Shift")

    await chat.locator(".exit-dots").wait_for(state="hidden", timeout=6000)
    await chat.keyboard.press("Shift")

    assert await chat.locator(".exit-dots .on").count() == 1


async def test_the_tab_opened_again_by_its_address_shows_nothing_said(
    chat: Page, site: str
) -> None:
    await said(chat)
    await by_click(chat)
    await chat.wait_for_url(WEATHER)

    await chat.goto(f"{site}/chat")
    await chat.locator("#begin").click()
    await chat.locator(".entry.bot .choice").first.wait_for()

    assert CANARY not in await chat.content()


async def test_nothing_of_the_talk_stands_in_title_icon_or_address(chat: Page, site: str) -> None:
    icon: Any = await chat.locator("link[rel=icon]").get_attribute("href")

    title, address = await chat.title(), chat.url

    assert title == "메모"
    assert "gyeot" not in icon
    assert address == f"{site}/chat"
