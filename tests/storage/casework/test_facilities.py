"""A place is held, taken, left, and never given twice."""

import pytest

from flows.cases import STAY, NotAllowed
from storage.casework import facilities
from storage.casework.errors import FullError, RuleError
from storage.database import Database
from tests.storage.casework.making import MEN, WOMEN, case, houses, wish
from tests.storage.places import Clock

DAY_MS = 24 * 60 * 60 * 1000


async def test_a_place_is_held_taken_and_free_again_when_she_leaves(database: Database) -> None:
    await houses(database)
    she = await case(database)

    (held,) = await facilities.hold(database, WOMEN, wish(she))
    (lives,) = await facilities.move(database, held.party, STAY.step("admit"), 30)
    await facilities.move(database, held.party, STAY.step("leave"))

    assert (held.status, lives.status) == ("held", "in")
    assert (await facilities.of(database, she))[0].status == "left"
    assert (await facilities.board(database))[1] == []


async def test_a_hold_ends_by_itself_and_cannot_be_admitted_then(
    database: Database, clock: Clock
) -> None:
    await houses(database)
    she, other = await case(database), await case(database)
    (held,) = await facilities.hold(database, WOMEN, wish(she))

    clock.now += DAY_MS
    with pytest.raises(NotAllowed):
        await facilities.move(database, held.party, STAY.step("admit"), 30)

    assert (await facilities.of(database, she))[0].status == "expired"
    assert await facilities.hold(database, WOMEN, wish(other))


async def test_when_it_is_full_she_waits_and_is_held_later(database: Database) -> None:
    await houses(database)
    held_all = [
        (await facilities.hold(database, WOMEN, wish(await case(database))))[0]
        for _ in WOMEN.places
    ]
    last = held_all[-1]
    she = await case(database)
    with pytest.raises(FullError):
        await facilities.hold(database, WOMEN, wish(she))
    waits = await facilities.wait(database, WOMEN, wish(she))

    await facilities.move(database, last.party, STAY.step("release"))
    (held,) = await facilities.hold(database, WOMEN, wish(she))

    assert waits.status == "waiting"
    assert [one.status for one in await facilities.of(database, she)] == ["held"]
    assert held.place == last.place


async def test_women_men_and_families_each_find_their_own_place(database: Database) -> None:
    await houses(database)
    he = await case(database)
    with pytest.raises(RuleError):
        await facilities.hold(database, WOMEN, wish(he, "men"))
    with pytest.raises(RuleError):
        await facilities.hold(database, MEN, wish(he, "men", people=2))
    assert await facilities.hold(database, MEN, wish(he, "men"))


async def test_a_family_has_its_room_for_itself(database: Database) -> None:
    await houses(database)
    family = await facilities.hold(database, WOMEN, wish(await case(database), people=2))

    assert {one.room for one in family} == {"2"}
    alone = await facilities.hold(database, WOMEN, wish(await case(database)))
    assert alone[0].room == "1"
    with pytest.raises(FullError):
        await facilities.hold(database, WOMEN, wish(await case(database)))


async def test_nobody_holds_two_places(database: Database) -> None:
    await houses(database)
    she = await case(database)
    await facilities.hold(database, WOMEN, wish(she))

    with pytest.raises(RuleError):
        await facilities.hold(database, WOMEN, wish(she))
    with pytest.raises(RuleError):
        await facilities.wait(database, WOMEN, wish(she))
