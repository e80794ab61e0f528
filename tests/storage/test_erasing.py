"""What was erased is gone: its key, its files, its words, and who spoke."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage import attachments, clockwork, conversations, outbox, transcripts
from storage.connection import parsed
from storage.database import Database
from storage.entries import Entry
from storage.errors import GoneError
from storage.keys import KeyStore
from storage.page import Page
from storage.verify import Patience, verify
from tests.storage.full import OTHER, fill
from tests.storage.places import HER, NOON, START, Clock, Place, place_at, says

PATIENT = Patience(outbox_ms=10**14, files_ms=10**14)


async def test_everything_of_hers_is_erased(database: Database, place: Place) -> None:
    hers, other = await fill(database)

    await database.turn(HER, lambda page: page.erase("all"))

    found = await database.turn(hers, Page.conversation)
    assert found is not None
    assert (found.parted, found.status) == (2, "closed")
    assert await database.turn(HER, Page.conversation) is None
    assert list(place.files.iterdir()) == []
    for unreadable in (lambda: found.state, lambda: found.address):
        with pytest.raises(GoneError):
            unreadable()
    for gone in (transcripts.read(database, hers), attachments.of(database, hers)):
        with pytest.raises(GoneError):
            await gone
    assert await database.turn(None, lambda page: page.find_receipt("canary-receipt")) is None
    assert not await database.turn(
        None, lambda page: page.check_word("code_word", "canary-word", hers)
    )
    assert await database.turn(OTHER, lambda page: page.save().id) == other
    assert verify(place.url, place.keys_url, place.master, place.files, PATIENT) == []


async def test_no_key_of_hers_is_left(database: Database, place: Place) -> None:
    hers, other = await fill(database)
    application = await database.turn(hers, Page.application)
    assert application is not None

    await database.turn(HER, lambda page: page.erase("all"))

    keys = KeyStore(place.keys_url, place.master)
    assert set(keys.sealers([hers, application.id, other])) == {other}
    keys.close()


async def test_an_erased_chat_leaves_the_application(database: Database, place: Place) -> None:
    hers, _ = await fill(database)

    await database.turn(HER, lambda page: page.erase("chat"))

    with pytest.raises(GoneError):
        await transcripts.read(database, hers)
    application = await database.turn(None, lambda page: page.find_receipt("CANARY receipt"))
    assert application is not None
    assert (application.conversation_id, application.fields) == (hers, {"name": "canary-field"})
    assert await database.turn(
        None, lambda page: page.check_word("code_word", " Canary-WORD", hers)
    )
    assert verify(place.url, place.keys_url, place.master, place.files, PATIENT) == []


async def test_nothing_goes_out_and_nothing_happens_after_erasing(
    database: Database, clock: Clock
) -> None:
    number = await database.turn(HER, says("말", "하나"))
    await database.turn(number, lambda page: page.timer("check_in", NOON, {}))

    await database.turn(number, lambda page: page.erase("chat"))

    clock.now += 1_000
    assert await outbox.claim(database, "telegram", 10, 30) == []
    assert await clockwork.claim(database, 10, 30) == []
    with pytest.raises(GoneError):
        await database.turn(number, lambda page: page.add(Entry("bot", text="no")))


async def test_she_may_begin_anew(database: Database) -> None:
    old = await database.turn(HER, says("말"))

    def erase_then_begin(page: Page) -> None:
        page.erase("chat")

    await database.turn(HER, erase_then_begin)
    new = await database.turn(HER, says("다시"))

    assert new != old
    assert (await transcripts.read(database, new)).seq == 1


async def test_what_begins_and_is_erased_in_one_turn_is_gone(database: Database) -> None:
    def job(page: Page) -> int:
        number = page.begin(1, START).id
        page.add(Entry("person", text="열세 살이에요"))
        page.erase("all")
        return number

    number = await database.turn(HER, job)

    found = await conversations.find(database, number)
    assert found is not None
    assert found.parted == 2
    assert await database.turn(HER, Page.conversation) is None


async def test_an_erasure_that_fails_erases_nothing(database: Database) -> None:
    number = await database.turn(HER, says("말"))

    def job(page: Page) -> None:
        page.erase("all")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.turn(HER, job)

    assert await database.turn(HER, lambda page: page.save().id) == number
    assert (await transcripts.read(database, number)).entries[0].entry.text == "말"
    with pytest.raises(ValueError, match="no such scope"):
        await database.turn(HER, lambda page: page.erase("half"))


async def test_what_was_left_halfway_is_made_up_for(place: Place, clock: Clock) -> None:
    database = await place.open(clock)
    number = await database.turn(HER, says("말"))
    await database.close()
    engine = create_engine(parsed(place.url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE conversation SET parted = 1"))
    engine.dispose()

    database = await place.open(clock)
    found = await database.turn(number, Page.conversation)
    await database.close()

    assert found is not None
    assert found.parted == 2
    keys = KeyStore(place.keys_url, place.master)
    assert keys.sealers([number]) == {}
    keys.close()


async def test_not_a_byte_of_her_key_is_left_in_sqlites_files(
    tmp_path: Path, clock: Clock
) -> None:
    place = place_at(f"sqlite:///{tmp_path}/gyeot.db", tmp_path)
    database = await place.open(clock)
    number = await database.turn(HER, says("말"))
    keys = KeyStore(place.keys_url, place.master)
    wrapped = next(row[2] for row in keys.dump()[1] if row[0] == number)
    keys.close()

    await database.turn(HER, lambda page: page.erase("all"))

    left = _holding(tmp_path, wrapped)
    await database.close()
    assert left == []


def _holding(folder: Path, content: bytes) -> list[str]:
    return [path.name for path in folder.glob("keys.db*") if content in path.read_bytes()]
