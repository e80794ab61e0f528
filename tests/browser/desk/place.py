"""A running house, the people who write to it, and a counselor's desk in a browser."""

import asyncio
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import aiohttp
import pytest
from playwright.async_api import Locator, Page

T = TypeVar("T")
START_S = 110
STOP_S = 20
HEARD_S = 30
"""The machine may be busy with other tests."""
ACCOUNT = re.compile(r"^ +(counselor|supervisor|admin) +(\S+) +(\S+)$", re.MULTILINE)


class House:
    """`gyeot serve --demo` in a process of its own, which may be killed and started again."""

    def __init__(self, data: Path) -> None:
        """Choose a free port; `start` begins."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self._data = data
        self._output = data / "output"
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = Path(sys.executable).with_name("gyeot")
        words = ["serve", "--demo", "--port", str(self.port), "--data", str(self._data)]
        with self._output.open("wb") as output:
            self._server = subprocess.Popen([program, *words], stdout=output, stderr=output)
        until = time.monotonic() + START_S
        while not self._answers() or "admin" not in self.passwords:
            if time.monotonic() > until or self._server.poll() is not None:
                pytest.fail(f"the house did not start:\n{self._said()}")
            time.sleep(0.1)
        self._make_room()

    def _make_room(self) -> None:
        """Let everybody take more talks at once than anybody could: tests share the house."""
        room = (
            "INSERT OR IGNORE INTO presence (staff_id, state, capacity, team, seen, since)"
            " SELECT id, 'here', 99, '', 0, 0 FROM staff"
        )
        with closing(sqlite3.connect(self._data / "gyeot.db", timeout=STOP_S)) as store, store:
            store.execute(room)

    def kill(self) -> None:
        if self._server:
            self._server.kill()
            self._server.wait(STOP_S)

    def stop(self) -> None:
        if self._server and self._server.poll() is None:
            self._server.terminate()
            try:
                self._server.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.kill()
                pytest.fail(f"the house did not stop within {STOP_S} s")

    @property
    def passwords(self) -> dict[str, str]:
        return {name: password for _, name, password in ACCOUNT.findall(self._said())}

    def _said(self) -> str:
        return self._output.read_text("utf-8", "replace")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=1):  # noqa: S310  # ours
                return True
        except OSError:
            return False


@dataclass
class Person:
    """A person on the web channel, at the other end of a real socket."""

    socket: aiohttp.ClientWebSocketResponse
    heard: list[dict[str, Any]] = field(default_factory=list)

    async def says(self, text: str) -> None:
        await self.socket.send_json({"t": "say", "id": str(uuid4()), "text": text})

    async def presses(self, label: str) -> None:
        entry = await self.hears("", label)
        data = next(one["data"] for one in _buttons(entry) if one["label"] == label)
        press = {"t": "press", "id": str(uuid4()), "data": data, "label": label}
        await self.socket.send_json(press)

    async def hears(self, text: str, label: str = "", sender: str = "") -> Any:  # noqa: ANN401  # JSON
        """Wait for an entry with this text (and button, and author); return it."""
        async with asyncio.timeout(HEARD_S):
            while True:
                for entry in reversed(self.heard):
                    labels = [one["label"] for one in _buttons(entry)]
                    fits = text in entry["text"] and sender in ("", entry["from"])
                    if fits and (not label or label in labels):
                        return entry
                frame = await self.socket.receive_json()
                if frame["t"] == "entry":
                    self.heard.append(frame)
                    await self.socket.send_json({"t": "seen", "seq": frame["seq"]})


def _buttons(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [*(entry.get("choices") or []), *(entry.get("fixed") or [])]


@asynccontextmanager
async def person(house: House) -> AsyncIterator[Person]:
    """A new person who has opened the chat and heard the first words."""
    async with (
        aiohttp.ClientSession() as client,
        client.ws_connect(f"{house.address.replace('http', 'ws')}/chat/socket") as line,
    ):
        opening = {"t": "open", "token": None, "link": None, "seen": 0, "language": "ko"}
        await line.send_json(opening)
        she = Person(line)
        await she.hears("지금 이야기해도 안전한가요")
        yield she


@dataclass
class Desk:
    """A counselor's desk: what she sees and does there."""

    page: Page
    house: House

    async def opens(self, path: str = "/desk") -> None:
        await self.page.goto(f"{self.house.address}{path}")

    async def signs_in(self, name: str = "byeol") -> None:
        await self.opens()
        await self.page.fill("#name", name)
        await self.page.fill("#password", self.house.passwords[name])
        await self.page.keyboard.press("Enter")
        await self.page.locator(".queue, .office").wait_for()

    async def ids(self) -> set[str]:
        """Return the conversations that the server lists now."""
        answer = await self.page.request.get(f"{self.house.address}/desk/api/queue")
        return {row["id"] for row in (await answer.json())["rows"]}

    def row(self, conversation: str) -> Locator:
        return self.page.locator(f'[data-row="{conversation}"]')

    async def chooses(self, conversation: str) -> None:
        await self.row(conversation).click()
        await self.page.locator(".talk.active .log").wait_for()

    async def takes(self, conversation: str) -> None:
        await self.chooses(conversation)
        await self.page.locator('.talk.active [data-does="take"]').click()
        await self.box.wait_for()

    async def says(self, text: str) -> None:
        await self.box.fill(text)
        await self.box.press("Enter")

    @property
    def box(self) -> Locator:
        return self.page.locator(".talk.active textarea")

    def hears(self, text: str) -> Locator:
        """Return the newest bubble with this text; the bot may have spoken since."""
        return self.said.filter(has_text=text).last

    @property
    def said(self) -> Locator:
        return self.page.locator(".talk.active .entry .said")


async def arrived(desk: Desk, before: set[str]) -> str:
    """Wait for a conversation that was not there before; return its id."""

    async def new() -> set[str]:
        return await desk.ids() - before

    (conversation,) = await until(new, "a new conversation")
    await desk.row(conversation).wait_for()
    return conversation


async def until(look: Callable[[], Awaitable[T]], what: str) -> T:
    """Look ten times a second until there is something; return it."""
    for _ in range(HEARD_S * 10):
        if seen := await look():
            return seen
        await asyncio.sleep(0.1)
    pytest.fail(f"{what}: nothing within {HEARD_S} s")
