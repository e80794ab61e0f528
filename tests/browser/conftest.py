"""The whole house in one process of its own, and pages that look at it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, Route

from tests.sources import CHECKOUT

START_S = 60
STOP_S = 20
WEATHER = "https://www.weather.go.kr/"
"""Where the quick exit leads."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo, without a slash at the end."""
    given = os.environ.get("TEST_SITE_URL")
    if given:
        yield given
        return
    data = tmp_path_factory.mktemp("site")
    port = _free_port()
    program = Path(sys.executable).with_name("gyeot")
    arguments = ["serve", "--demo", "--port", str(port), "--data", str(data)]
    with (data / "output").open("wb") as output:
        server = subprocess.Popen([program, *arguments], stdout=output, stderr=output)
        try:
            _wait_for(port, server, data / "output")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(STOP_S)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes], output: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{output.read_text('utf-8', 'replace')}")


@pytest.fixture
async def away(context: BrowserContext) -> AsyncIterator[BrowserContext]:
    """A browser for which the outer world is two quiet pages: a search, and the weather."""

    async def outer(route: Route) -> None:
        await route.fulfill(content_type="text/html", body="<title>Elsewhere</title>elsewhere")

    await context.route(re.compile(r"^https://"), outer)
    yield context
    await context.unroute_all(behavior="ignoreErrors")


@pytest.fixture
def artifacts() -> Path:
    """Where screenshots are kept for people to look at."""
    folder = CHECKOUT / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
async def chat(away: BrowserContext, site: str) -> AsyncIterator[Page]:
    """The person's page, reached from a search page, with a talk that has begun."""
    page = await away.new_page()
    await page.goto("https://search.example/")
    await page.goto(f"{site}/chat")
    await page.locator("#begin").click()
    await page.locator(".entry.bot .choice").first.wait_for()
    yield page
    await page.close()
