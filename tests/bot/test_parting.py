"""A contact that must not be kept is let go when it is over, and never before."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.parting import FORGET, MOST_MS, SILENCE_MS, URGENT_MS, part
from bot.service import Service
from bot.versions import Versions
from flows.effects import Erase, Turn
from flows.engine import State
from flows.state import CLOSED, WAITING
from storage import clockwork, voices
from storage.database import Database
from storage.entries import Person
from storage.page import Page
from storage.timers import Timer
from tests.storage.places import NOON, Clock, place_at

CHILD = Person("telegram", "address-of-a-child")
HELP = State(step="under14/help", memory={FORGET: "1"}, risk=3)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(tmp_path: Path, clock: Clock) -> AsyncIterator[Database]:
    opened = await place_at(f"sqlite:///{tmp_path}/gyeot.db", tmp_path).open(clock)
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (HELP, 0),
        (replace(HELP, step=CLOSED), 0),
        (replace(HELP, step=WAITING), 1),
        (replace(HELP, risk=1), 1),
        (replace(HELP, risk=0, step=CLOSED), 1),
    ],
    ids=["silent", "over", "waits for a person", "life in danger", "over, but in danger"],
)
async def test_after_half_an_hour_of_silence(
    database: Database, clock: Clock, state: State, left: int
) -> None:
    await database.turn(CHILD, lambda page: _stands(page, state))

    await _passes(database, clock)

    found = await voices.place(database, *_address())
    assert len([found] if found else []) == left


async def test_who_wrote_a_moment_ago_is_not_cut_off(database: Database, clock: Clock) -> None:
    await database.turn(CHILD, lambda page: _stands(page, HELP))
    clock.now = NOON + SILENCE_MS - 1000
    await database.turn(CHILD, lambda page: page.save())

    await _passes(database, clock)
    talking = await voices.place(database, *_address())
    clock.now += SILENCE_MS
    await _passes(database, clock)

    assert talking is not None
    assert await voices.place(database, *_address()) is None


async def test_an_erasing_waits_for_an_urgent_message_that_nobody_has_read(
    database: Database, clock: Clock
) -> None:
    number = await _asks_for_it(database)
    clock.now += URGENT_MS
    await _passes(database, clock)
    unread = await voices.place(database, *_address())
    await database.turn(number, _read)
    clock.now += URGENT_MS
    await _passes(database, clock)

    assert unread is not None
    assert await voices.place(database, *_address()) is None


async def test_an_erasing_waits_no_longer_than_a_day(database: Database, clock: Clock) -> None:
    await _asks_for_it(database)
    waited = 0
    while await voices.place(database, *_address()) is not None:
        clock.now += URGENT_MS
        waited += URGENT_MS
        await _passes(database, clock)
        assert waited <= MOST_MS

    assert waited == MOST_MS


async def _asks_for_it(database: Database) -> int:
    """Let somebody in danger ask to be erased, and nobody read what she wrote."""

    def job(page: Page) -> int:
        conversation = page.begin(1, replace(HELP, memory={}, risk=0))
        conversation.urgency, conversation.unread = 0, 1
        effects = (Erase(),)
        part(page, conversation, Turn(conversation.state, effects), told=True)
        return conversation.id

    return await database.turn(CHILD, job)


def _read(page: Page) -> None:
    page.save().unread = 0


def _stands(page: Page, state: State) -> None:
    conversation = page.begin(1, state)
    conversation.status = "waiting"  # a counselor was told of the child
    page.timer(FORGET, page.now + SILENCE_MS, {})


async def _passes(database: Database, clock: Clock) -> None:
    """Let time pass until the timer goes off."""
    clock.now = max(clock.now, NOON + SILENCE_MS)
    due: list[Timer] = await clockwork.claim(database, 10, 30.0)
    assert len(due) == 1
    await Service(database, Versions()).tick(due[0])


def _address() -> tuple[str, str]:
    return CHILD.channel, CHILD.address
