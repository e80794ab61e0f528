"""Words, applications, preferences, timers, links, positions: kept with a turn, or not at all."""

import pytest

from storage import applied, audit, clockwork, flow_versions, leases
from storage.database import Database
from storage.entries import Person
from storage.errors import StorageError
from storage.page import Page
from tests.storage.places import HER, NOON, Clock, Place, says


async def test_only_the_right_word_is_right(database: Database) -> None:
    number = await database.turn(HER, says("말"))
    other = await database.turn(Person("web", "another"), says("말"))
    await database.turn(number, lambda page: page.keep_word("code_word", "우리 집 고양이"))

    async def right(kind: str, word: str, whose: int | None) -> bool:
        return await database.turn(None, lambda page: page.check_word(kind, word, whose))

    assert await right("code_word", "우리집고양이", number)
    assert not await right("code_word", "우리집강아지", number)
    assert not await right("duress_word", "우리집고양이", number)
    assert not await right("code_word", "우리집고양이", other)
    assert not await right("code_word", "우리집고양이", None)
    await database.turn(number, lambda page: page.keep_word("code_word", "새 말"))
    assert await right("code_word", "새말", number)
    assert not await right("code_word", "우리집고양이", number)


async def test_an_application_is_found_by_its_receipt_however_it_is_typed(
    database: Database,
) -> None:
    number = await database.turn(HER, says("말"))
    fields = {"services": ["legal", "moving"], "name": "이름"}
    await database.turn(number, lambda page: page.submit(fields, "AB12-CD34", 3, "submitted"))

    found = await database.turn(None, lambda page: page.find_receipt(" ab12 cd34"))
    mine = await database.turn(HER, Page.application)
    of = await applied.of(database, number)

    assert found is not None
    assert (found.fields, found.receipt, found.version) == (fields, "AB12-CD34", 3)
    assert (found.conversation_id, found.submitted_at) == (number, NOON)
    assert found == mine
    assert of == [found]
    assert await database.turn(None, lambda page: page.find_receipt("AB12-CD35")) is None


async def test_preferences_are_kept(database: Database) -> None:
    number = await database.turn(HER, says("말"))

    await database.turn(number, lambda page: page.remember("contact", "아침만"))
    await database.turn(number, lambda page: page.remember("contact", "저녁만"))

    assert await database.turn(HER, Page.preferences) == {"contact": "저녁만"}
    assert await database.turn(Person("web", "nobody"), Page.preferences) == {}


async def test_a_timer_happens_once_at_its_time(database: Database, clock: Clock) -> None:
    number = await database.turn(HER, says("말"))
    await database.turn(number, lambda page: page.timer("check_in", NOON + 1_000, {"n": 1}))

    assert await clockwork.claim(database, 10, 30) == []
    clock.now += 1_000
    (timer,) = await clockwork.claim(database, 10, 30)
    assert (timer.conversation_id, timer.kind, timer.body) == (number, "check_in", {"n": 1})
    assert await clockwork.claim(database, 10, 30) == []
    clock.now += 30_000
    assert await clockwork.claim(database, 10, 30) == [timer]

    assert not await database.turn(Person("web", "x"), lambda page: page.take_timer(timer.id))
    assert await database.turn(number, lambda page: page.take_timer(timer.id))
    assert not await database.turn(number, lambda page: page.take_timer(timer.id))
    clock.now += 60_000
    assert await clockwork.claim(database, 10, 30) == []


async def test_cancelled_timers_do_not_happen(database: Database, clock: Clock) -> None:
    number = await database.turn(HER, says("말"))

    def job(page: Page) -> None:
        page.timer("check_in", NOON, {})
        page.timer("call_back", NOON, {})
        page.cancel_timers("check_in")
        page.timer("silence", NOON, {})

    await database.turn(number, job)

    clock.now += 1
    claimed = await clockwork.claim(database, 10, 30)
    assert {timer.kind for timer in claimed} == {"call_back", "silence"}
    await database.turn(number, Page.cancel_timers)
    clock.now += 60_000
    assert await clockwork.claim(database, 10, 30) == []


async def test_a_link_works_once_and_not_for_long(database: Database, clock: Clock) -> None:
    number = await database.turn(HER, says("말"))
    await database.turn(number, lambda page: page.make_link("web", "token", 600_000))
    await database.turn(number, lambda page: page.make_link("web", "late", 1_000))

    async def use(kind: str, token: str) -> int | None:
        return await database.turn(None, lambda page: page.use_link(kind, token))

    assert await use("agency", "token") is None
    assert await use("web", "unknown") is None
    assert await use("web", "token") == number
    assert await use("web", "token") is None
    clock.now += 1_000
    assert await use("web", "late") is None


async def test_where_we_have_read_never_goes_back(database: Database) -> None:
    async def position() -> int:
        return await database.turn(None, lambda page: page.position("telegram"))

    assert await position() == 0
    await database.turn(None, lambda page: page.move_position("telegram", 7))
    await database.turn(None, lambda page: page.move_position("telegram", 5))
    assert await position() == 7
    await database.turn(None, lambda page: page.move_position("telegram", 9))
    assert await position() == 9


async def test_a_position_moves_only_with_its_turn(database: Database) -> None:
    def job(page: Page) -> None:
        page.move_position("telegram", 7)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.turn(None, job)

    assert await database.turn(None, lambda page: page.position("telegram")) == 0


async def test_the_access_log_says_who_looked(database: Database, place: Place) -> None:
    number = await database.turn(HER, says("말"))
    other = await place.open(Clock())

    await audit.record(database, number, 3, "read", "desk")
    await audit.record(other, None, 3, "sign-in")
    await database.turn(number, lambda page: page.audit(4, "take"))
    await other.close()

    lines = await audit.lines(database)
    assert [(line.number, line.staff_id, line.action) for line in lines] == [
        (3, 4, "take"),
        (2, 3, "sign-in"),
        (1, 3, "read"),
    ]
    mine = await audit.lines(database, number)
    assert [line.number for line in mine] == [3, 1]


async def test_the_same_scripts_are_the_same_version(database: Database) -> None:
    first = await flow_versions.add(database, "flow: a", "admin", flow_versions.PUBLISHED)
    again = await flow_versions.add(database, "flow: a", "another")
    second = await flow_versions.add(database, "flow: b", "admin", reason="a typo")

    assert first == again
    assert second.number > first.number
    assert await flow_versions.published(database) == first
    await flow_versions.set_status(database, second.number, flow_versions.PUBLISHED)
    published = await flow_versions.published(database)
    assert published is not None
    assert (published.number, published.reason) == (second.number, "a typo")
    assert await flow_versions.find(database, first.number) == first
    assert len(await flow_versions.all_of(database)) == 2
    with pytest.raises(StorageError):
        await flow_versions.set_status(database, 99, "draft")


async def test_a_lease_has_one_holder(database: Database, clock: Clock) -> None:
    assert await leases.hold(database, "intake", "one", 10)
    assert await leases.hold(database, "intake", "one", 10)
    assert not await leases.hold(database, "intake", "other", 10)

    clock.now += 10_001
    assert await leases.hold(database, "intake", "other", 10)
    await leases.let_go(database, "intake", "one")
    assert not await leases.hold(database, "intake", "one", 10)
    await leases.let_go(database, "intake", "other")
    assert await leases.hold(database, "intake", "one", 10)
