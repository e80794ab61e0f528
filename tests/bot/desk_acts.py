"""What tests of the desk do again and again."""

import socket

import aiohttp

from storage import audit
from storage.entries import Entry
from storage.page import Page
from tests.bot.desks import Desk
from tests.bot.town import Town, kakao_address


async def waiting(town: Town, person: str) -> int:
    """Return a conversation that waits for a counselor."""
    await town.kakao(person, "상담사와 이야기하고 싶어요")
    return await town.conversation("kakao", kakao_address(person))


def filed(page: Page, receipt: str, word: str) -> None:
    page.submit({}, receipt, 1, "received")
    page.keep_word("code_word", word)


def late_words(page: Page) -> int:
    """Let the bot say something that goes out only in a while."""
    return page.add(Entry(author="bot", text="늦은 봇의 말"), "ready", page.now + 2000)


async def audited(town: Town, number: int) -> list[str]:
    return [line.action for line in await audit.lines(town.house.database, number)]


def raw(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        return connection.recv(200)


async def me(desk: Desk) -> int:
    """Return the number of who sits at a desk."""
    return int((await desk.call("GET", "/desk/api/me"))[1]["id"])


async def seated(desk: Desk) -> aiohttp.ClientWebSocketResponse:
    """Open the socket of a desk."""
    return await desk.http.ws_connect(f"{desk.url}/desk/socket")
