"""One house for all desks of a run, and desks at which a counselor sits."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.browser.desk.place import Desk, House, Person, arrived, person

Seat = Callable[..., Awaitable[Desk]]
Arrival = Callable[[Desk], Awaitable[tuple[Person, str]]]
ASKED = re.compile("이야기하고 싶다고 함|Asked for a counselor")
WIDE = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A running demo."""
    running = House(tmp_path_factory.mktemp("house"))
    running.start()
    yield running
    running.stop()


@dataclass
class Trouble(Exception):
    """A page of the desk threw an error that nobody caught."""

    errors: list[str]


@pytest.fixture
async def seat(browser: Browser, house: House) -> AsyncIterator[Seat]:
    """Seat counselors, each in a browser of her own; an error nobody caught fails the test.

    `await seat("haneul", locale="en")`; with `name=""` nobody is signed in yet.
    """
    errors: list[str] = []
    async with AsyncExitStack() as stack:

        async def sit(name: str = "byeol", **given: Any) -> Desk:  # noqa: ANN401  # what a browser context takes
            settings = {"locale": "ko-KR", "timezone_id": "Asia/Seoul", "viewport": WIDE} | given
            context = await browser.new_context(**settings)
            stack.push_async_callback(context.close)
            page = await context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            desk = Desk(page, house)
            if name:
                await desk.signs_in(name)
            return desk

        yield sit
    if errors:
        raise Trouble(errors)


@pytest.fixture
async def desk(seat: Seat) -> Desk:
    """A desk at which a counselor is signed in."""
    return await seat()


@pytest.fixture
async def arrives(house: House) -> AsyncIterator[Arrival]:
    """Let a new person ask for a counselor; returns her and her conversation's id."""
    async with AsyncExitStack() as stack:

        async def arrive(desk: Desk) -> tuple[Person, str]:
            before = await desk.ids()
            she = await stack.enter_async_context(person(house))
            await she.says("상담사")
            await she.hears("상담사에게 알렸어요")
            conversation = await arrived(desk, before)
            await desk.row(conversation).filter(has_text=ASKED).wait_for()
            return she, conversation

        yield arrive
