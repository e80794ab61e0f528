"""A turn is written whole or not at all, in order, once."""

import asyncio
import sqlite3
from dataclasses import replace

import pytest

from flows.messages import Attachment, Button
from storage.database import Database
from storage.entries import Entry, Person, Seen
from storage.errors import GoneError
from storage.page import Page
from tests.storage.places import HER, NOON, START, Clock, Place, bot_says, says


async def test_a_first_message_begins_a_conversation(database: Database) -> None:
    number = await database.turn(HER, says("안녕하세요", "반가워요"))

    found = await database.turn(HER, lambda page: page.conversation())
    assert found is not None
    assert found.id == number
    assert (found.channel, found.address, found.status) == ("telegram", "address-of-her", "bot")
    assert (found.seq, found.unread, found.held, found.version) == (2, 1, 1, 1)
    assert (found.created_at, found.changed_at) == (NOON, NOON)
    assert found.state == START


async def test_nobody_is_found_under_an_address_that_never_spoke(database: Database) -> None:
    await database.turn(HER, says("안녕하세요"))

    assert await database.turn(Person("kakao", HER.address), Page.conversation) is None
    assert await database.turn(Person("telegram", "another"), Page.conversation) is None
    assert await database.turn(17, Page.conversation) is None
    assert await database.turn(None, Page.conversation) is None


async def test_the_state_is_as_it_was_left(place: Place, clock: Clock) -> None:
    state = replace(
        START,
        step="safety/acts",
        answers={"alone": "yes", "acts": ("weapon", "near"), "times": 3.0},
        flags=frozenset({"submitted"}),
        stack=("menu/choose",),
        risk=1,
    )

    def job(page: Page) -> None:
        page.begin(1, START, language="en").state = state

    first = await place.open(clock)
    await first.turn(HER, job)
    await first.close()
    second = await place.open(clock)
    found = await second.turn(HER, Page.conversation)
    await second.close()
    assert found is not None
    assert found.state == state


async def test_the_language_of_the_beginning_is_kept(database: Database) -> None:
    def begin(page: Page) -> None:
        page.begin(1, START, language="en")

    await database.turn(HER, begin)

    found = await database.turn(HER, Page.conversation)
    assert found is not None
    assert found.language == "en"


async def test_fields_that_were_changed_are_kept(database: Database, clock: Clock) -> None:
    number = await database.turn(HER, says("안녕하세요"))
    clock.now += 5_000

    def take(page: Page) -> None:
        conversation = page.save()
        conversation.status = "live"
        conversation.epoch += 1
        conversation.urgency = 0
        conversation.waiting_since = NOON
        conversation.staff_id = 7
        conversation.unread = 0

    await database.turn(number, take)

    found = await database.turn(number, Page.conversation)
    assert found is not None
    assert (found.status, found.epoch, found.urgency, found.unread) == ("live", 1, 0, 0)
    assert (found.waiting_since, found.staff_id) == (NOON, 7)
    assert (found.created_at, found.changed_at) == (NOON, NOON + 5_000)


async def test_the_same_message_twice_is_known(database: Database) -> None:
    def job(page: Page) -> Seen | None:
        seen = page.seen("telegram", "42")
        if seen is None:
            says("도와주세요", "네, 여기 있어요")(page)
        return seen

    first = await database.turn(HER, job)
    number = await database.turn(HER, lambda page: page.save().id)
    again = await database.turn(HER._replace(message_id="42"), job)

    assert first is None
    assert again == Seen(number, 1, 2)


async def test_the_same_message_twice_at_once_is_taken_once(database: Database) -> None:
    def job(page: Page) -> Seen | None:
        seen = page.seen("telegram", "42")
        if seen is None:
            says("도와주세요")(page)
        return seen

    answers = await asyncio.gather(*(database.turn(HER, job) for _ in range(20)))

    found = await database.turn(HER, Page.conversation)
    assert answers.count(None) == 1
    assert found is not None
    assert found.seq == 1


async def test_the_same_id_on_another_channel_is_another_message(database: Database) -> None:
    await database.turn(None, lambda page: page.seen("telegram", "42"))

    assert await database.turn(None, lambda page: page.seen("kakao", "42")) is None
    assert await database.turn(None, lambda page: page.seen("telegram", "42")) == Seen(None, 0, 0)


async def test_an_entry_finds_what_it_edits(database: Database) -> None:
    def add(page: Page) -> None:
        page.begin(1, START)
        page.add(Entry("person", text="하나", platform_id="100"))
        page.add(Entry("person", text="둘", platform_id="101"))

    await database.turn(HER, add)

    assert await database.turn(HER, lambda page: page.find("101")) == 2
    assert await database.turn(HER, lambda page: page.find("102")) is None


async def test_who_was_erased_cannot_be_written_to(database: Database) -> None:
    with pytest.raises(GoneError):
        await database.turn(17, bot_says("너무 늦음"))


async def test_a_person_joins_another_conversation(database: Database) -> None:
    number = await database.turn(HER, says("하나", "둘"))
    phone = Person("web", "her other phone")

    await database.turn(phone, lambda page: page.join(number, since_seq=2))

    found = await database.turn(phone, Page.conversation)
    assert found is not None
    assert (found.id, found.channel, found.since_seq) == (number, "web", 2)
    assert found.address == phone.address
    still = await database.turn(HER, Page.conversation)
    assert still is not None
    assert (still.id, still.since_seq, still.channel) == (number, 0, "telegram")


async def test_a_person_who_has_a_conversation_joins_another(database: Database) -> None:
    number = await database.turn(HER, says("하나"))
    phone = Person("web", "her other phone")
    await database.turn(phone, says("처음"))

    await database.turn(phone, lambda page: page.join(number))

    found = await database.turn(phone, Page.conversation)
    assert found is not None
    assert found.id == number
    assert await database.turn(phone, lambda page: page.join(17)) is None


def test_sqlite_is_what_we_think_it_is() -> None:
    assert sqlite3.sqlite_version_info >= (3, 37)


async def test_an_entry_comes_back_whole(database: Database) -> None:
    entry = Entry(
        author="counselor",
        kind="files",
        text="빈\N{ZERO WIDTH JOINER} 글",
        choices=(Button("네", "3:yes", on=True),),
        fixed=(Button("웹", path="/chat"),),
        sender="별",
        staff_id=3,
        platform_id="77",
        edits=1,
        client_id="uuid",
        press="3:yes",
        attachments=(Attachment("photo", "file-id", "a.jpg", "image/jpeg", 12),),
    )

    def add(page: Page) -> None:
        page.begin(1, START)
        page.add(entry, deliver="ready")

    await database.turn(HER, add)

    waiting = await database.turn(HER, lambda page: page.waiting(10))
    assert waiting == [(1, entry.outbound())]
