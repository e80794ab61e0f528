"""Two real processes on one PostgreSQL and one Redis: one is killed, its desks go on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from storage import staff, transcripts, voices
from storage.database import Database
from storage.master import MasterKey
from tests.bot.desks import Desk
from tests.bot.town import BOT, PASSWORD, SECRET, kakao_address, skill
from tests.faults.process import Program, free_port
from tests.servers.postgresql import fresh_database
from tests.servers.redis import redis_server

WORDS = 40
KILL_AT = 15
TOLD_S = 2.0


@dataclass
class Two:
    """Two servers, and the store that both of them use."""

    servers: tuple[Program, Program]
    urls: tuple[str, str]
    database: Database
    http: aiohttp.ClientSession

    async def writes(self, url: str, person: str, text: str) -> None:
        """Let her write on Kakao, to one of the servers."""
        headers = {"X-Gyeot-Secret": SECRET}
        body: dict[str, Any] = skill(person, text)
        async with self.http.post(f"{url}/hooks/kakao", headers=headers, json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def number(self, person: str) -> int:
        """Return her conversation."""
        place = await voices.place(self.database, "kakao", kakao_address(person))
        assert place is not None
        return place.conversation_id


@pytest.fixture
async def two(postgres_url: str, tmp_path: Path) -> AsyncIterator[Two]:
    """Two processes that run; both are gone afterwards."""
    async with AsyncExitStack() as stack:
        bell = stack.enter_context(redis_server())
        url = stack.enter_context(fresh_database(postgres_url))
        master = MasterKey.create(tmp_path / "master.key")
        environment = {
            "GYEOT_REDIS_URL": bell,
            "GYEOT_KAKAO_SECRET": SECRET,
            "GYEOT_KAKAO_BOT_ID": BOT,
        }
        servers, urls = [], []
        for _ in range(2):
            port = free_port()
            words = ["serve", "--port", str(port), "--data", str(tmp_path), "--database", url]
            address = f"http://127.0.0.1:{port}"
            log = tmp_path / f"log{port}"
            server = Program(words, log, f"{address}/healthz", environment)
            stack.push_async_callback(server.kill)
            await server.start()
            servers.append(server)
            urls.append(address)
        database = await Database.open(url, url, master, tmp_path / "files")
        await stack.enter_async_context(database)
        for name in ("byeol", "haneul"):
            await staff.add(database, staff.Newcomer(name, "counselor", PASSWORD, name))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        yield Two((servers[0], servers[1]), (urls[0], urls[1]), database, http)


async def _say(desk: Desk, other: str, number: int, word: int) -> None:
    """Say a word as the page does: again, with the same id, until somebody has kept it."""
    async with asyncio.timeout(30):
        while True:
            try:
                status, told = await desk.say(number, f"말 {word}", f"word-{number}-{word}")
            except aiohttp.ClientError:
                desk.url = other
                await asyncio.sleep(0.05)
            else:
                assert status == 200, told
                return


async def _talks(desk: Desk, two: Two, number: int, at: asyncio.Event) -> None:
    for word in range(WORDS):
        if word == KILL_AT:
            at.set()
        await _say(desk, two.urls[1], number, word)


async def test_a_killed_server_loses_no_word_and_its_desks_go_on_at_the_other(two: Two) -> None:
    first, second = two.urls
    people = {"byeol": "a1", "haneul": "a2"}
    async with AsyncExitStack() as stack:
        desks: dict[str, tuple[Desk, int]] = {}
        for name, person in people.items():
            await two.writes(second, person, "상담사와 이야기하고 싶어요")
            jar = aiohttp.CookieJar(unsafe=True)
            http = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
            desk = Desk(first, http)
            assert await desk.sign_in(name, PASSWORD) == 200
            number = await two.number(person)
            assert (await desk.act(number, "take"))[0] == 200
            desks[name] = desk, number
        at = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for desk, number in desks.values():
                group.create_task(_talks(desk, two, number, at))
            await at.wait()
            await two.servers[0].kill()

        desk, number = desks["byeol"]
        assert {one.url for one, _ in desks.values()} == {second}
        socket = await desk.http.ws_connect(f"{second}/desk/socket")
        await socket.send_json({"t": "watch", "open": [str(number)]})
        await asyncio.sleep(0.3)
        await two.writes(second, people["byeol"], "아직 계세요?")
        async with asyncio.timeout(TOLD_S):
            while (await socket.receive_json()).get("conversation") != str(number):
                pass
        row = (await desk.show(number))["row"]
        await socket.close()

    assert (row["status"], row["counselor"]["pseudonym"]) == ("live", "byeol")
    for _, number in desks.values():
        written = (await transcripts.read(two.database, number)).entries
        said = [one.entry.text for one in written if one.author == "counselor"]
        assert said == [f"말 {word}" for word in range(WORDS)]
    heard = (await transcripts.read(two.database, await two.number("a1"))).entries
    assert "아직 계세요?" in [one.entry.text for one in heard if one.author == "person"]
