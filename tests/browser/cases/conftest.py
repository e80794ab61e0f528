"""One house for the pages of casework, and people who sit before them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from playwright.async_api import Browser, ViewportSize

from tests.browser.cases.office import Office
from tests.browser.desk.glass import Glass
from tests.browser.desk.place import House
from tests.personas.people import Person

WIDE = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
Sits = Callable[..., Awaitable[Office]]
Holds = Callable[[], Awaitable[Person]]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A running demo."""
    running = House(tmp_path_factory.mktemp("cases"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
async def sits(browser: Browser, house: House) -> AsyncIterator[Sits]:
    """Seat counselors before the page of casework; an error nobody caught fails the test."""
    errors: list[str] = []
    async with AsyncExitStack() as stack:

        async def sit(name: str = "byeol", **given: Any) -> Office:  # noqa: ANN401  # what a browser context takes
            settings = {"locale": "ko-KR", "timezone_id": "Asia/Seoul", "viewport": WIDE} | given
            context = await browser.new_context(**settings)
            stack.push_async_callback(context.close)
            page = await context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            office = Office(page, house)
            if name:
                await office.signs_in(name)
            return office

        yield sit
    assert errors == []


@pytest.fixture
async def holds(browser: Browser, house: House) -> AsyncIterator[Holds]:
    """Give a new person the web chat on a phone of 360 pixels."""
    async with AsyncExitStack() as stack:

        async def hold() -> Person:
            context = await browser.new_context(
                locale="ko-KR", timezone_id="Asia/Seoul", viewport=PHONE
            )
            stack.push_async_callback(context.close)
            page = await context.new_page()
            await page.goto(f"{house.address}/chat")
            await page.locator("#begin").click()
            return Person(Glass(page, page.locator("#chat")))

        yield hold
