"""Turns that share a commit do not hurt each other, in one process or in several."""

import asyncio
from dataclasses import replace

import pytest

from flows.engine import State
from storage.database import Database
from storage.entries import Entry, Person
from storage.errors import UnavailableError
from storage.page import Page
from tests.storage.places import HER, START, Clock, Place, says


async def test_a_job_that_raises_writes_nothing_and_hurts_nobody(database: Database) -> None:
    number = await database.turn(HER, says("하나"))

    def broken(page: Page) -> None:
        page.seen("telegram", "broken")
        conversation = page.save()
        conversation.status = "live"
        conversation.state = State(step="elsewhere")
        page.add(Entry("bot", text="never"), deliver="ready")
        raise ZeroDivisionError

    jobs = [broken if turn % 3 == 1 else says(f"말 {turn}") for turn in range(30)]
    done = await asyncio.gather(*(database.turn(HER, job) for job in jobs), return_exceptions=True)

    found = await database.turn(number, Page.conversation)
    assert sum(isinstance(each, ZeroDivisionError) for each in done) == 10
    assert found is not None
    assert (found.seq, found.status, found.state) == (21, "bot", START)
    assert await database.turn(None, lambda page: page.seen("telegram", "broken")) is None


async def test_a_job_that_raises_begins_nothing(database: Database) -> None:
    def broken(page: Page) -> None:
        page.begin(1, START)
        raise ZeroDivisionError

    done = await asyncio.gather(
        *(database.turn(HER, job) for job in (broken, says("하나"), broken, says("둘"))),
        return_exceptions=True,
    )

    found = await database.turn(HER, Page.conversation)
    assert done[1] == done[3]
    assert found is not None
    assert (found.id, found.seq) == (done[1], 2)


async def test_a_state_that_cannot_be_written_hurts_nobody(database: Database) -> None:
    def broken(page: Page) -> None:
        conversation = page.conversation() or page.begin(1, START)
        conversation.state = replace(START, answers={"odd": {1, 2}})  # type: ignore[dict-item]  # on purpose
        page.save()

    done = await asyncio.gather(
        *(database.turn(HER, job) for job in (says("하나"), broken, says("둘"))),
        return_exceptions=True,
    )

    found = await database.turn(HER, Page.conversation)
    assert isinstance(done[1], TypeError)
    assert found is not None
    assert (found.seq, found.state) == (2, START)


async def test_what_the_database_refuses_is_refused_alone(database: Database) -> None:
    def too_large(page: Page) -> None:
        conversation = page.conversation() or page.begin(1, START)
        page.save()
        conversation.epoch = 2**70

    done = await asyncio.gather(
        *(
            database.turn(Person("web", f"address {turn}"), too_large if turn == 5 else says("말"))
            for turn in range(12)
        ),
        return_exceptions=True,
    )

    assert [turn for turn, each in enumerate(done) if isinstance(each, Exception)] == [5]
    assert await database.turn(Person("web", "address 5"), Page.conversation) is None


async def test_the_database_error_itself_is_told_without_content(database: Database) -> None:
    def twice(page: Page) -> None:
        page.begin(1, START)
        page.add(Entry("person", text="a word that no error may hold"))
        conversation = page.save()
        conversation.seq = 0
        page.add(Entry("person", text="a word that no error may hold"))

    with pytest.raises(UnavailableError) as caught:
        await database.turn(HER, twice)

    assert "word" not in str(caught.value)
    assert caught.value.__cause__ is None
    await database.turn(HER, says("it goes on"))


async def test_a_turn_that_nobody_waits_for_any_more_is_left_out(database: Database) -> None:
    blocker = asyncio.ensure_future(database.turn(HER, says("하나")))
    waiting = asyncio.ensure_future(database.turn(HER, says("둘")))
    waiting.cancel()
    await blocker

    found = await database.turn(HER, Page.conversation)
    assert found is not None
    assert found.seq in {1, 2}  # it may have started before it was cancelled


async def test_turns_of_one_person_follow_each_other(database: Database) -> None:
    def count(page: Page) -> int:
        conversation = page.conversation() or page.begin(1, START)
        conversation.state = replace(conversation.state, asked=conversation.state.asked + 1)
        page.save()
        return conversation.state.asked

    counts = await asyncio.gather(*(database.turn(HER, count) for _ in range(300)))

    assert counts == list(range(1, 301))


async def test_two_processes_share_one_store(place: Place, clock: Clock) -> None:
    one, other = await place.open(clock), await place.open(clock)

    def count(page: Page) -> int:
        conversation = page.conversation() or page.begin(1, START)
        conversation.state = replace(conversation.state, asked=conversation.state.asked + 1)
        page.add(Entry("person", text="말"))
        return conversation.id

    ids = await asyncio.gather(
        *(
            database.turn(Person("web", f"address {turn % 7}"), count)
            for turn in range(210)
            for database in (one, other)
        )
    )
    found = [
        await one.turn(Person("web", f"address {number}"), Page.conversation)
        for number in range(7)
    ]

    await one.close()
    await other.close()
    assert len(set(ids)) == 7
    assert [(each.seq, each.state.asked) for each in found if each] == [(60, 60)] * 7
