"""Ten thousand conversations survive a publication, a withdrawal and a roll back."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.publishing import learn, packed, publish
from bot.service import Service
from flows.bundle import shipped
from flows.messages import Inbound, Kind
from flows.state import State
from storage import conversations, flow_versions, publications, whereabouts
from storage.database import Database
from storage.entries import Person
from storage.master import MasterKey
from storage.publications import Deed, Move
from storage.verify import verify

PEOPLE = 10_000
AT_ONCE = 200
MENU = "무엇부터 할까요"


@pytest.mark.timeout(600)
async def test_ten_thousand_conversations_on_all_steps_are_neither_stuck_nor_lost(
    tmp_path: Path,
) -> None:
    await _survive(f"sqlite:///{tmp_path}/gyeot.db", tmp_path)


@pytest.mark.faults
@pytest.mark.timeout(900)
async def test_ten_thousand_conversations_on_postgresql_are_neither_stuck_nor_lost(
    fresh_postgres_url: str, tmp_path: Path
) -> None:
    await _survive(fresh_postgres_url, tmp_path)


async def _survive(url: str, tmp_path: Path) -> None:
    urls = (url, f"sqlite:///{tmp_path}/keys.db")
    master = MasterKey.create(tmp_path / "master.key")
    async with await Database.open(*urls, master, tmp_path / "files") as database:
        versions = await publish(database, shipped())
        service = Service(database, versions)
        steps = list(versions.of(1).places)
        await _settle(database, steps, PEOPLE)
        number = await _publish_without(database, "watched", "watched_web")
        await learn(database, versions)

        assert versions.newest == number
        assert await _say(service, range(AT_ONCE), "a") == 0
        kept = await conversations.find(database, await _number(database, 0))
        assert kept is not None
        assert kept.version == 1, "conversations stay on their version"

        await publications.withdraw(database, Deed(1, "admin", "wrong number"), {})
        await learn(database, versions)
        stuck = await _say(service, range(PEOPLE), "b")
        left = await whereabouts.of_version(database, 1)

        await publications.roll_back(database, Deed(1, "admin2", "back"))
        await publications.move(database, Deed(number, "admin2", "back"), Move(1, {}))
        await learn(database, versions)
        stuck += await _say(service, range(PEOPLE), "c")
        moved = [await _version(database, one) for one in range(0, PEOPLE, 97)]

    assert stuck == 0
    assert left == []
    assert verify(*urls, master, tmp_path / "files") == []
    assert set(moved) == {1}


async def _settle(database: Database, steps: list[str], count: int) -> None:
    """Let people stand on every step, as if they had talked their way there."""

    async def one(number: int) -> None:
        state = State(step=steps[number % len(steps)], asked=1, stack=("opening/menu",))
        person = Person("web", f"p{number}", f"p{number}:0")
        await database.turn(person, lambda page: page.begin(1, state, "ko") and page.save())

    for at in range(0, count, AT_ONCE):
        await asyncio.gather(*(one(number) for number in range(at, min(count, at + AT_ONCE))))


async def _publish_without(database: Database, *gone: str) -> int:
    """Publish a version in which some steps have another name."""
    base = shipped()
    text = base.scripts["opening.yaml"]
    for name in gone:
        text = text.replace(f"  {name}:\n", f"  {name}_new:\n").replace(
            f"to: {name}}}", f"to: {name}_new}}"
        )
    sources = replace(base, scripts={**base.scripts, "opening.yaml": text})
    kept = await flow_versions.add(database, packed(sources), "admin")
    await publications.propose(database, Deed(kept.number, "admin", "new names"))
    await publications.publish(database, Deed(kept.number, "admin2", "read it"))
    return kept.number


async def _say(service: Service, people: range, salt: str) -> int:
    """Let everybody ask for the menu; returns how many did not get it."""

    async def one(number: int) -> int:
        inbound = Inbound("web", f"p{number}", f"p{number}:{salt}", Kind.TEXT, "메뉴")
        answer = await service.receive(inbound, len)
        told = [message.text for message in answer.messages]
        return 0 if any(MENU in text for text in told) else 1

    silent = 0
    for at in range(people.start, people.stop, AT_ONCE):
        some = range(at, min(people.stop, at + AT_ONCE))
        silent += sum(await asyncio.gather(*(one(number) for number in some)))
    return silent


async def _number(database: Database, person: int) -> int:
    page = await database.turn(Person("web", f"p{person}"), lambda page: page.conversation())
    return page.id if page else 0


async def _version(database: Database, person: int) -> int:
    page = await database.turn(Person("web", f"p{person}"), lambda page: page.conversation())
    return page.version if page else 0
