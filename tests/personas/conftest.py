"""One running demo for all personas, phones for them, and a counselor at the desk."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import aiohttp
import pytest

from tests.browser.desk.place import House
from tests.personas.center import Center
from tests.personas.desk import Desk
from tests.personas.disk import Disk
from tests.personas.people import Person
from tests.personas.phones import Kakao, Telegram, Web

PEOPLE = count(70_001)
Finds = Callable[[], Awaitable[str]]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo keeps its data."""
    return tmp_path_factory.mktemp("personas")


@pytest.fixture(scope="session")
def house(data: Path) -> Iterator[House]:
    """A running demo."""
    running = House(data)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def disk(data: Path) -> Disk:
    """What somebody finds who takes the disk away."""
    return Disk(data)


@pytest.fixture
async def client(house: House) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(house.address) as session:
        yield session


@dataclass
class Phones:
    """Hands out phones: each call is another person."""

    client: aiohttp.ClientSession
    stack: AsyncExitStack
    places: dict[str, str]

    def telegram(self) -> Person:
        return Person(Telegram(self.client, f"{self.places['telegram']}/person/{next(PEOPLE)}"))

    def kakao(self) -> Person:
        return Person(Kakao(self.client, f"{self.places['kakao']}/person/k{next(PEOPLE)}"))

    async def web(self, link: str | None = None) -> Person:
        line = await self.stack.enter_async_context(self.client.ws_connect("/chat/socket"))
        phone = Web(line)
        await phone.open(link)
        return Person(phone)

    async def new(self, channel: str) -> Person:
        if channel == "web":
            return await self.web()
        return self.telegram() if channel == "telegram" else self.kakao()


@pytest.fixture
async def phones(client: aiohttp.ClientSession) -> AsyncIterator[Phones]:
    async with AsyncExitStack() as stack, client.get("/phones/config") as answer:
        config = await answer.json()
        places = {name: config[name]["base"] for name in ("telegram", "kakao")}
        yield Phones(client, stack, places)


@pytest.fixture
async def desk(house: House) -> AsyncIterator[Desk]:
    jar = aiohttp.CookieJar(unsafe=True)  # a host that is an address
    async with aiohttp.ClientSession(house.address, cookie_jar=jar) as session:
        seat = Desk(session)
        await seat.signs_in("byeol", house.passwords["byeol"])
        yield seat


@pytest.fixture
async def newcomer(desk: Desk) -> Finds:
    """Find the one conversation that began since the test did."""
    before = await desk.ids()

    async def find() -> str:
        (new,) = await desk.ids() - before
        return new

    return find


@dataclass(frozen=True)
class Staff:
    """Who works for her: at the desk, with her case, and over both."""

    desk: Desk
    center: Center
    supervisor: Center


@pytest.fixture
async def staff(house: House, desk: Desk) -> AsyncIterator[Staff]:
    async with AsyncExitStack() as stack:

        async def sits(name: str) -> Center:
            jar = aiohttp.CookieJar(unsafe=True)
            client = aiohttp.ClientSession(house.address, cookie_jar=jar)
            return Center(await stack.enter_async_context(client), name, house.passwords[name])

        yield Staff(desk, await sits("byeol"), await sits("sup"))
