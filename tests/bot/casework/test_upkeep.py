"""A year on the clock: check-ins are asked and answered, silence is raised, what is over goes."""

from datetime import timedelta

from bot.casework import upkeep
from flows.engine import State
from flows.state import CLOSED
from storage import applied
from storage.casework import case_files, case_records, registers
from storage.casework.case_files import KEPT_AFTER, Opening
from storage.casework.case_records import NewRecord
from storage.casework.tables import CaseRow
from storage.database import Database
from storage.entries import Entry, Person
from storage.page import Page
from storage.types import moment
from tests.storage.places import Clock

DAY_MS = round(timedelta(days=1).total_seconds() * 1000)
HER = Person("telegram", "her")


def _begins(page: Page) -> int:
    conversation = page.begin(1, State(step=CLOSED))
    page.add(Entry("person", text="안녕하세요"))
    return conversation.id


async def _followed(database: Database, clock: Clock) -> tuple[int, int]:
    """Open a case with a check-in tomorrow; returns it and the conversation."""
    conversation = await database.turn(HER, _begins)
    opening = Opening("chat", 1, 2, {"fields": {}}, conversation_id=conversation)
    case_id, _ = await case_files.open_case(database, opening)
    new = NewRecord("check_in", "set", {"after": "1d"}, staff_id=1, due=clock.now + DAY_MS)
    await case_records.add(database, case_id, new)
    return case_id, conversation


async def _check_in(database: Database, case_id: int) -> str:
    records = await case_records.of(database, case_id)
    return next(one.status for one in records if one.kind == "check_in")


async def _tasks(database: Database, case_id: int) -> list[str]:
    records = await case_records.of(database, case_id)
    return [one.body["what"] for one in records if one.kind == "task"]


async def test_an_answered_check_in_is_noted(database: Database, clock: Clock) -> None:
    case_id, _ = await _followed(database, clock)
    await upkeep.look(database)
    before = await _check_in(database, case_id)

    clock.now += DAY_MS + 1
    await upkeep.look(database)
    asked = await _check_in(database, case_id)
    await database.turn(HER, lambda page: page.add(Entry("person", text="괜찮아요")))
    await upkeep.look(database)

    assert (before, asked) == ("set", "ask")
    assert await _check_in(database, case_id) == "answer"
    assert await _tasks(database, case_id) == []


async def test_silence_is_raised_once(database: Database, clock: Clock) -> None:
    case_id, _ = await _followed(database, clock)

    clock.now += 4 * DAY_MS
    await upkeep.look(database)
    await upkeep.look(database)

    assert await _check_in(database, case_id) == "silent"
    assert await _tasks(database, case_id) == [upkeep.SILENT]


async def test_who_was_silent_and_comes_back_is_missed_no_more(
    database: Database, clock: Clock
) -> None:
    case_id, _ = await _followed(database, clock)
    clock.now += 4 * DAY_MS
    await upkeep.look(database)

    await database.turn(HER, lambda page: page.add(Entry("person", text="괜찮아요")))
    await upkeep.look(database)

    assert await _check_in(database, case_id) == "answer"
    assert await _tasks(database, case_id) == [upkeep.SILENT]


async def test_a_check_in_after_erasure_asks_nobody_and_tells_staff(
    database: Database, clock: Clock
) -> None:
    case_id, conversation = await _followed(database, clock)
    await database.turn(conversation, lambda page: page.erase("all"))

    clock.now += 2 * DAY_MS
    await upkeep.look(database)

    assert await _check_in(database, case_id) == "cancel"
    assert await _tasks(database, case_id) == [upkeep.ERASED]


async def test_a_clock_that_jumps_back_raises_nothing_twice(
    database: Database, clock: Clock
) -> None:
    case_id, _ = await _followed(database, clock)
    clock.now += 4 * DAY_MS
    await upkeep.look(database)
    clock.now -= 30 * DAY_MS
    await upkeep.look(database)
    clock.now += 60 * DAY_MS
    await upkeep.look(database)

    assert len(await _tasks(database, case_id)) == 1


async def test_after_a_year_it_destroys_what_is_over(database: Database, clock: Clock) -> None:
    case_id, _ = await _followed(database, clock)

    def close(row: CaseRow) -> None:
        row.status = "closed"
        row.closed_at = moment(clock.now)
        row.destroy_at = row.closed_at + KEPT_AFTER

    await case_files.change(database, case_id, close)
    clock.now += 364 * DAY_MS
    await upkeep.look(database)
    assert (await case_files.read(database, case_id)).status == "closed"
    clock.now += 2 * DAY_MS
    await upkeep.look(database)

    (proof,) = await registers.destructions(database)
    assert (proof.case_id, proof.why) == (case_id, upkeep.OVER)
    assert proof.proven_at == clock.now


async def test_a_check_in_that_came_late_gives_her_two_days_from_then(
    database: Database, clock: Clock
) -> None:
    case_id, conversation = await _followed(database, clock)
    clock.now += 4 * DAY_MS  # the house was down
    later = clock.now + DAY_MS  # and then it was no time that she chose
    say = Entry("bot", text="잘 지내세요?")
    await database.turn(conversation, lambda page: page.add(say, "ready", later))
    await upkeep.look(database)
    clock.now += 2 * DAY_MS
    await upkeep.look(database)
    early = await _check_in(database, case_id)
    clock.now += 2 * DAY_MS
    await upkeep.look(database)

    assert early == "ask"
    assert await _check_in(database, case_id) == "silent"


async def test_an_application_that_became_no_case_goes_after_a_year_and_is_proven(
    database: Database, clock: Clock
) -> None:
    def applies(page: Page) -> int:
        number = _begins(page)
        page.submit({"story": "canary"}, "KEPTCODE", 1, "received")
        page.keep_word("code_word", "canary-word")
        return number

    first = await database.turn(HER, applies)
    second = await database.turn(Person("telegram", "another"), _another)
    (lost,), (kept,) = [await applied.of(database, one) for one in (first, second)]
    opening = Opening("chat", 1, 2, {"fields": {}}, application_id=kept.id)
    await case_files.open_case(database, opening)
    clock.now += 364 * DAY_MS
    await upkeep.look(database)
    assert await registers.destructions(database) == []
    clock.now += 2 * DAY_MS
    await upkeep.look(database)

    (proof,) = await registers.destructions(database)
    assert (proof.case_id, proof.proven_at) == (lost.id, clock.now)
    assert await applied.of(database, first) == []
    assert database.keys.sealers([lost.id]) == {}
    assert [one.id for one in await applied.of(database, second)] == [kept.id]


def _another(page: Page) -> int:
    number = _begins(page)
    page.submit({"story": "canary"}, "OTHERONE", 1, "received")
    return number
