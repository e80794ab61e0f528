"""The desk under load: many sockets, many live talks, messages at a steady rate.

`python -m tests.bench.desk --desks 200 --talks 2000 --rate 200 --seconds 20` starts a server of
its own, lets every desk fetch what it is called for, as the page does, cuts a socket each second,
and prints how long a message takes to the screen, what is missing or doubled, CPU and memory.
"""

import argparse
import asyncio
import os
import random
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import orjson

from bot.house import keys_url
from bot.settings import Settings
from storage import staff, voices
from storage.database import Database
from storage.desk_tables import PresenceRow
from storage.master import MasterKey
from tests.bench.contestants import SECRET
from tests.bench.running import Running
from tests.bot.desks import Desk
from tests.bot.town import BOT, PASSWORD, kakao_address, skill

ACCOUNTS = 40
TOGETHER = 32
CALM_S = 5.0


@dataclass
class Figures:
    """What is measured: seconds until a message is on the right screen, by its number."""

    sent: dict[int, float] = field(default_factory=dict)
    took: dict[int, float] = field(default_factory=dict)
    doubled: int = 0
    frames: int = 0
    cut: int = 0


@dataclass
class Seat:
    """One open desk: a socket, and the talks that it has open."""

    desk: Desk
    figures: Figures
    last: dict[int, int]
    seen: set[int] = field(default_factory=set)
    dirty: dict[int, bool] = field(default_factory=dict)
    at: dict[int, str] = field(default_factory=dict)
    looks: "set[asyncio.Task[None]]" = field(default_factory=set)
    socket: aiohttp.ClientWebSocketResponse | None = None

    async def sit(self) -> None:
        """Keep a socket open for ever; after each cut look at everything again."""
        while True:
            url = f"{self.desk.url}/desk/socket"
            async with self.desk.http.ws_connect(url) as self.socket:
                await self.socket.send_json(
                    {"t": "watch", "open": [str(one) for one in self.last]}
                )
                await asyncio.gather(*(self._look(one) for one in self.last))
                async for message in self.socket:
                    self.figures.frames += 1
                    frame = orjson.loads(message.data)
                    number = int(frame.get("conversation", 0))
                    if frame["t"] == "changed" and number in self.last:
                        task = asyncio.ensure_future(self._look(number))
                        self.looks.add(task)
                        task.add_done_callback(self.looks.discard)

    async def _look(self, number: int) -> None:
        """Fetch what is new in a talk, one fetch at a time."""
        if number in self.dirty:
            self.dirty[number] = True
            return
        self.dirty[number] = True
        while self.dirty[number]:
            self.dirty[number] = False
            since = f"after={self.last[number]}&since={self.at.get(number, '')}"
            path = f"/desk/api/conversations/{number}/entries?{since}"
            _, news = await self.desk.call("GET", path)
            self.at[number] = news.get("at", "")
            for entry in news["entries"]:
                self._shown(number, entry)
        del self.dirty[number]

    def _shown(self, number: int, entry: dict[str, Any]) -> None:
        self.last[number] = max(self.last[number], entry["seq"])
        text = entry["text"]
        if entry["from"] != "person" or not text.startswith("m-"):
            return
        message = int(text[2:])
        self.figures.doubled += message in self.seen
        self.seen.add(message)
        self.figures.took[message] = time.perf_counter() - self.figures.sent[message]


@dataclass
class Load:
    """One experiment."""

    server: Running
    url: str
    http: aiohttp.ClientSession
    figures: Figures = field(default_factory=Figures)
    seats: list[Seat] = field(default_factory=list)

    async def write(self, person: str, text: str) -> None:
        """Let somebody write on Kakao."""
        headers, body = {"X-Gyeot-Secret": SECRET}, skill(person, text)
        path = f"{self.url}/hooks/kakao"
        async with self.http.post(path, headers=headers, json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def send(self, people: list[str], rate: int, seconds: int, first: int) -> None:
        """Let people write at a steady rate, whatever becomes of what they wrote before."""
        begun, writing = time.perf_counter(), set()
        for n in range(first, first + rate * seconds):
            await asyncio.sleep(max(0.0, begun + (n - first) / rate - time.perf_counter()))
            self.figures.sent[n] = time.perf_counter()
            task = asyncio.ensure_future(self.write(people[n % len(people)], f"m-{n}"))
            writing.add(task)
            task.add_done_callback(writing.discard)
        await asyncio.gather(*writing)

    async def cut(self, draw: random.Random) -> None:
        """Cut one socket each second, for ever."""
        while True:
            await asyncio.sleep(1)
            seat = draw.choice(self.seats)
            if seat.socket is not None and not seat.socket.closed:
                self.figures.cut += 1
                await seat.socket.close()


async def measure(folder: Path, given: argparse.Namespace) -> None:
    """Set everything up, run it, and print the figures."""
    MasterKey.create(folder / "master.key")
    environment = {"GYEOT_KAKAO_SECRET": SECRET, "GYEOT_KAKAO_BOT_ID": BOT}
    argv = ["-m", "bot", "serve", "--unchecked", "--data", str(folder), "--port", "{port}"]
    with Running("desk", argv, "kakao", environment) as server:
        async with AsyncExitStack() as stack:
            url = f"http://127.0.0.1:{server.port}"
            limit = aiohttp.TCPConnector(limit=TOGETHER)
            http = await stack.enter_async_context(aiohttp.ClientSession(connector=limit))
            load = Load(server, url, http)
            people = [f"p{n}" for n in range(given.talks)]
            numbers = await _waiting(load, folder, people)
            await _seat(load, stack, numbers, given.desks)
            await _run(load, people, given)


async def _waiting(load: Load, folder: Path, people: list[str]) -> list[int]:
    """Let everybody ask for a counselor, and make the accounts; returns the talks."""
    for at in range(0, len(people), TOGETHER):
        part = people[at : at + TOGETHER]
        await asyncio.gather(*(load.write(one, "상담사와 이야기하고 싶어요") for one in part))
    settings = Settings(data=folder)
    master = MasterKey.load(settings.master_key)
    where = settings.database, keys_url(settings), master, settings.files
    async with await Database.open(*where) as database:
        for n in range(ACCOUNTS):
            newcomer = staff.Newcomer(f"c{n}", "counselor", PASSWORD, f"c{n}")
            one = await staff.add(database, newcomer)
            row = PresenceRow(
                staff_id=one.id, state="here", capacity=9999, team="", seen=0, since=0
            )
            await database.write(lambda session, row=row: session.add(row))  # type: ignore[misc]  # mypy cannot infer it
        places = [await voices.place(database, "kakao", kakao_address(one)) for one in people]
    return [place.conversation_id for place in places if place]


async def _seat(load: Load, stack: AsyncExitStack, numbers: list[int], desks: int) -> None:
    signed = []
    for n in range(ACCOUNTS):
        jar = aiohttp.CookieJar(unsafe=True)
        http = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
        desk = Desk(load.url, http)
        assert await desk.sign_in(f"c{n}", PASSWORD) == 200
        signed.append(desk)
    for n in range(desks):
        desk, mine = signed[n % ACCOUNTS], numbers[n::desks]
        for number in mine:
            status, told = await desk.act(number, "take")
            assert status == 200, told
        load.seats.append(Seat(desk, load.figures, dict.fromkeys(mine, 0)))


async def _run(load: Load, people: list[str], given: argparse.Namespace) -> None:
    figures, draw = load.figures, random.Random(1)  # noqa: S311  # which socket is cut
    sitting = [asyncio.ensure_future(seat.sit()) for seat in load.seats]
    await asyncio.sleep(CALM_S)
    await load.send(people, given.rate, 3, 0)  # warm
    await asyncio.sleep(1)
    warm, memory = len(figures.sent), load.server.resident()
    frames, cpu, begun = figures.frames, load.server.cpu(), time.perf_counter()
    cutting = asyncio.ensure_future(load.cut(draw))
    await load.send(people, given.rate, given.seconds, warm)
    wall, spent = time.perf_counter() - begun, load.server.cpu() - cpu
    cutting.cancel()
    await asyncio.sleep(CALM_S)
    missed = len(figures.sent) - len(figures.took)
    took = sorted(seconds for n, seconds in figures.took.items() if n >= warm)
    at = {share: took[int(len(took) * share) - 1] * 1000 for share in (0.5, 0.99)}
    count = len(figures.sent) - warm
    _say(f"{len(load.seats)} desks, {len(people)} talks, {count / wall:.0f} messages/s")
    _say(f"on the right screen: p50 {at[0.5]:.0f} ms, p99 {at[0.99]:.0f} ms (goal <= 250)")
    _say(f"missed {missed}, doubled {figures.doubled}, sockets cut {figures.cut} (goal 0 and 0)")
    _say(f"server: {spent / count * 1000:.2f} ms of CPU a message, {spent / wall:.0%} of a core")
    _say(f"frames a message: {(figures.frames - frames) / count:.1f}")
    _say(f"memory: {memory:.0f} MB, then {load.server.resident():.0f} MB; load {os.getloadavg()}")
    for one in sitting:
        one.cancel()
    await asyncio.gather(*sitting, return_exceptions=True)


def main() -> None:
    """Measure and print; nothing here passes or fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (("desks", 200), ("talks", 2000), ("rate", 200), ("seconds", 20)):
        parser.add_argument(f"--{name}", type=int, default=value)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gyeot-desk-") as name:
        asyncio.run(measure(Path(name), given))


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  # the figures


if __name__ == "__main__":
    main()
