"""What asks for somebody: found in every case, and in none that is quiet."""

from datetime import date, timedelta

from bot.casework.agenda import DAY_MS, why
from bot.casework.directory_routes import stale
from flows.cases import REFERRAL, STAY
from flows.network import network
from storage.casework import case_files, case_records, facilities, referrals
from storage.casework.case_records import NewRecord
from storage.casework.referrals import Given
from storage.database import Database
from tests.storage.casework.making import WOMEN, case, houses, wish
from tests.storage.places import Clock

NETWORK = network()
GIVEN = Given(1, "x", "x", "x", "x", "x")


async def _why(database: Database, case_id: int) -> tuple[str, ...]:
    found = await why(database, await case_files.everything(database), NETWORK)
    return found[case_id]


async def test_a_referral_without_an_answer_is_stuck_after_the_agencys_days(
    database: Database, clock: Clock
) -> None:
    number = await case(database)
    assert await _why(database, number) == ("no_consent_yet",)
    (legal,) = await referrals.of(database, number)
    await referrals.move(database, legal.id, REFERRAL.step("consent"))
    await referrals.give(database, legal.id, GIVEN, REFERRAL.step("send"))
    assert await _why(database, number) == ()

    clock.now += 6 * DAY_MS

    assert await _why(database, number) == ("no_answer",)


async def test_days_that_come_and_places_that_end_are_told(
    database: Database, clock: Clock
) -> None:
    await houses(database)
    number, other = await case(database), await case(database)
    (held,) = await facilities.hold(database, WOMEN, wish(number))
    await facilities.move(database, held.party, STAY.step("admit"), 30)
    await facilities.wait(database, WOMEN, wish(other))
    order = NewRecord("order", "in_force", {"order": "provisional_2"}, due=clock.now + 50 * DAY_MS)
    task = NewRecord("task", "open", {"what": "x"}, due=clock.now + 3 * DAY_MS)
    for new in (order, task):
        await case_records.add(database, number, new)
    assert await _why(database, number) == ("no_consent_yet",)
    assert "waits_for_place" in await _why(database, other)

    clock.now += 24 * DAY_MS

    assert await _why(database, number) == (
        "task_due",
        "order_ends",
        "stay_ends",
        "no_consent_yet",
        "unmoved",
    )


async def test_a_closed_case_asks_for_nobody_until_something_comes_back(
    database: Database, clock: Clock
) -> None:
    number = await case(database)
    await case_files.change(database, number, lambda row: setattr(row, "status", "closed"))
    clock.now += 40 * DAY_MS
    assert await _why(database, number) == ()

    await case_records.add(database, number, NewRecord("recurrence", "kept", {"what": "contact"}))

    assert await _why(database, number) == ("came_back",)


def test_what_nobody_checked_for_a_season_is_told() -> None:
    checked = date(2026, 11, 24)

    assert stale(NETWORK, checked + timedelta(days=90)) == []
    assert len(stale(NETWORK, checked + timedelta(days=91))) > 10
