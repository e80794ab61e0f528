"""Who is on call is paged by a real letter and a real web hook, and neither says anything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import orjson
import pytest
from aiohttp import web

from bot.console.hours import SETTING
from bot.console.paging import SUBJECT, TEXT
from storage import desk_settings, shifts, staff
from storage.shifts import Shift
from tests.bot.desk_acts import waiting
from tests.bot.tabs import WAIT_S
from tests.bot.town import Town, open_town

HOUR_MS = 60 * 60 * 1000
CLOSED = {"mon": [["00:00", "00:01"]]}
HEADERS = {"from", "to", "subject", "content-type", "content-transfer-encoding", "mime-version"}


@dataclass
class Post:
    """What came by mail and by web hook."""

    letters: "asyncio.Queue[tuple[list[str], bytes]]" = field(default_factory=asyncio.Queue)
    calls: "asyncio.Queue[tuple[dict[str, str], bytes]]" = field(default_factory=asyncio.Queue)
    mail: str = ""
    hook: str = ""

    async def letter(self) -> tuple[list[str], Message]:
        """Wait for a letter: to whom, and what."""
        async with asyncio.timeout(WAIT_S):
            to, raw = await self.letters.get()
            return to, message_from_bytes(raw)


async def _take_letters(
    post: Post, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Speak as much of RFC 5321 as a sender needs."""
    to: list[str] = []

    async def say(line: str) -> None:
        writer.write(line.encode() + b"\r\n")
        await writer.drain()

    await say("220 post")
    while line := (await reader.readline()).decode().strip():
        verb = line[:4].upper()
        if verb == "DATA":
            await say("354 go on")
            raw = await reader.readuntil(b"\r\n.\r\n")
            post.letters.put_nowait((to, raw[:-5]))
        elif verb == "RCPT":
            to.append(line.partition("<")[2].partition(">")[0])
        elif verb == "QUIT":
            break
        await say("250 fine")
    await say("221 bye")
    writer.close()


@asynccontextmanager
async def _opened() -> AsyncIterator[Post]:
    post = Post()

    async def hear(request: web.Request) -> web.Response:
        post.calls.put_nowait((dict(request.headers), await request.read()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hear)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server = await asyncio.start_server(
        lambda reader, writer: _take_letters(post, reader, writer), "127.0.0.1", 0
    )
    post.mail = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    post.hook = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield post
    finally:
        server.close()
        await runner.cleanup()


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    """A mail server and a web hook that keep what comes."""
    async with _opened() as opened:
        yield opened


@pytest.fixture
async def closed(post: Post, tmp_path: Path) -> AsyncIterator[Town]:
    """A house at which nobody is, outside its hours."""
    url = f"sqlite:///{tmp_path}/gyeot.db"
    given = {"mail_server": post.mail, "mail_from": "desk@center.test"}
    async with open_town(tmp_path, url, **given) as town:
        on_call = {"hook": post.hook, "mail": ["all@center.test"], "urgency": 1}
        hours = {"week": CLOSED, "on_call": on_call}
        await desk_settings.keep(town.house.database, SETTING, hours, "test")
        yield town


async def test_an_urgent_person_pages_by_mail_and_hook_without_a_word_of_hers(
    closed: Town, post: Post
) -> None:
    person = closed.name()
    await waiting(closed, person)
    await closed.kakao(person, "김하늘이에요. 그 사람이 문을 두드려요 살려주세요")

    to, letter = await post.letter()
    async with asyncio.timeout(WAIT_S):
        headers, body = await post.calls.get()

    assert to == ["all@center.test"]
    assert (letter["Subject"], letter["From"]) == (SUBJECT, "desk@center.test")
    assert {name.lower() for name in letter.keys()} <= HEADERS  # noqa: SIM118  # a Message's iteration is untyped
    payload = letter.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().strip() == TEXT.strip()
    assert orjson.loads(body) == {"event": "look", "text": TEXT.strip()}
    told = f"{letter}{headers}{body!r}"
    assert not any(word in told for word in ("하늘", "문을", person, "R0", "kakao"))
    await asyncio.sleep(6)  # it looks every five seconds: the same person pages once
    assert post.letters.empty()
    assert post.calls.empty()


async def test_who_is_on_call_by_the_plan_is_paged_in_place_of_the_list(
    closed: Town, post: Post
) -> None:
    database = closed.house.database
    someone = next(one for one in await staff.everyone(database) if one.name == "counselor2")
    now = database.clock()
    shift = Shift(someone.id, now - HOUR_MS, now + HOUR_MS, on_call=True, mail="night@center.test")
    assert await shifts.plan(database, shift)
    person = closed.name()
    await waiting(closed, person)
    await closed.kakao(person, "살려주세요 문 앞에 있어요")

    to, _ = await post.letter()

    assert to == ["night@center.test"]
