"""Many at once want the last places: each is given once, whoever is faster."""

import asyncio
from collections import Counter

import pytest

from flows.cases import STAY
from storage.casework import facilities
from storage.casework.errors import FullError
from storage.casework.facilities import Stay
from storage.database import Database
from tests.storage.casework.making import WOMEN, case, houses, wish
from tests.storage.places import Place

AT_ONCE = 10
SOME = 500


@pytest.mark.parametrize(
    "races",
    [SOME, pytest.param(10_000, marks=[pytest.mark.faults, pytest.mark.timeout(600)])],
)
async def test_no_place_is_given_twice(
    database: Database, place: Place, races: int, capsys: pytest.CaptureFixture[str]
) -> None:
    await houses(database)
    cases = [await case(database) for _ in range(AT_ONCE)]
    double = given = 0
    other = await place.open(database.clock)  # as another process would
    try:
        for _ in range(races // AT_ONCE):
            asked = [
                _wants(database if turn % 2 else other, case_id)
                for turn, case_id in enumerate(cases)
            ]
            held = [stay for stays in await asyncio.gather(*asked) for stay in stays]
            double += sum(count - 1 for count in Counter(stay.place for stay in held).values())
            given += len(held)
            for stay in held:
                await facilities.move(database, stay.party, STAY.step("release"))
    finally:
        await other.close()

    told = f"{races} races for {len(WOMEN.places)} places: {given} given, {double} twice"
    with capsys.disabled():
        print(f"\n{told}")  # noqa: T201  # what was measured
    assert double == 0
    assert given == races // AT_ONCE * len(WOMEN.places)


async def _wants(database: Database, case_id: int) -> list[Stay]:
    try:
        return await facilities.hold(database, WOMEN, wish(case_id))
    except FullError:
        return []
