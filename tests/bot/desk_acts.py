"""What tests of the desk do again and again."""

import socket
from collections.abc import Iterator

from aiohttp import web

from storage import audit
from storage.entries import Entry
from storage.page import Page
from tests.bot.town import ROLES, Town, kakao_address

SERVES = {"counselor", "supervisor"}
EVERYBODY = set(ROLES)
POLICY = {
    ("POST", "/desk/api/sign-out"): EVERYBODY,
    ("GET", "/desk/api/me"): EVERYBODY,
    ("GET", "/desk/api/queue"): SERVES,
    ("GET", "/desk/api/canned"): SERVES,
    ("GET", "/desk/api/conversations/{id}"): SERVES,
    ("GET", "/desk/api/conversations/{id}/entries"): SERVES,
    ("GET", "/desk/api/conversations/{id}/files/{seq}/{n}"): SERVES,
    ("POST", "/desk/api/conversations/{id}/take"): SERVES,
    ("POST", "/desk/api/conversations/{id}/say"): SERVES,
    ("POST", "/desk/api/conversations/{id}/release"): SERVES,
    ("POST", "/desk/api/conversations/{id}/close"): SERVES,
    ("POST", "/desk/api/conversations/{id}/admit"): SERVES,
    ("POST", "/desk/api/conversations/{id}/erase"): SERVES,
}
"""Who may use which route; a route that is not named here is a failure."""

OPEN = {("POST", "/desk/api/sign-in"), ("GET", "/desk/socket"), ("GET", "/desk")}


def routes(app: web.Application) -> Iterator[tuple[str, str]]:
    for route in app.router.routes():
        path = route.resource.canonical if route.resource else ""
        if path.startswith("/desk") and route.method != "HEAD":
            yield route.method, path


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
