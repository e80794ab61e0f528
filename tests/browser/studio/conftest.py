"""A house of its own for the studio, and admins who sit at it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from tests.browser.desk.place import House

Sits = Callable[..., Awaitable[Page]]
WIDE = {"width": 1360, "height": 860}


@pytest.fixture(scope="session")
def studio_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A running demo."""
    running = House(tmp_path_factory.mktemp("studio"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
async def sits(browser: Browser, studio_house: House) -> AsyncIterator[Sits]:
    """Seat admins, each in a browser of her own; an error nobody caught fails the test."""
    errors: list[str] = []
    async with AsyncExitStack() as stack:

        async def sit(name: str, **given: Any) -> Page:  # noqa: ANN401  # what a browser context takes
            settings = {"locale": "ko-KR", "timezone_id": "Asia/Seoul", "viewport": WIDE} | given
            context = await browser.new_context(**settings)
            stack.push_async_callback(context.close)
            page = await context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            await page.goto(f"{studio_house.address}/studio")
            await page.get_by_label("이름").fill(name)
            await page.get_by_label("비밀번호").fill(studio_house.passwords[name])
            await page.keyboard.press("Enter")
            await page.get_by_role("heading", name="초안", exact=True).wait_for()
            return page

        yield sit
    assert errors == []
