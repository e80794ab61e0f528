"""Facilities edited on a page: never a place lost that is lived in, never an address."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.casework.facility_routes import refresh
from bot.casework.place_routes import house
from bot.casework.routes import _begin
from flows.network import network
from flows.places import tells_a_place
from storage import audit
from storage.casework import facilities, houses
from storage.casework.errors import FullError, RuleError
from storage.casework.facilities import House, Wish
from tests.bot.casework.acting import CaseDesk, applies, opens
from tests.bot.desks import Desk
from tests.bot.town import Town

Json = Any
NEW: Json = {
    "name": {"ko": "긴급 숙소", "en": "Emergency house"},
    "takes": "women",
    "families": True,
    "hold_hours": 12,
    "stay_days": 7,
    "rooms": {"1": 1, "2": 2},
    "programs": ["심리 회복"],
    "source": "협약서 2026-11",
    "checked_on": "2026-11-24",
    "certainty": "H",
}
PATH = "/cases/api/facilities"


async def _opened(town: Town, desk: Desk) -> CaseDesk:
    return await opens(desk, (await applies(town)).conversation)


async def _kept(admin: Desk, facility: str, **change: Any) -> tuple[int, Json]:  # noqa: ANN401  # JSON
    return await admin.call("POST", f"{PATH}/{facility}", change)


async def _rooms(desk: Desk, name: str) -> dict[str, str]:
    _, board = await desk.call("GET", "/cases/api/places")
    (one,) = [each for each in board if each["id"] == name]
    return {room["place"]: room["status"] for room in one["rooms"]}


async def test_a_facility_is_added_and_its_places_can_be_held_at_once(town: Town) -> None:
    name = "urgent_1"
    async with town.desk("admin") as admin, town.desk() as desk:
        assert (await _kept(admin, name, **NEW))[0] == 200
        case = await _opened(town, desk)
        held = await case.does("/places/hold", facility=name, kind="women", people=1)
        rooms = await _rooms(desk, name)
        _, shown = await admin.call("GET", PATH)

    assert held["stays"][0]["place"] == "1-1"
    assert rooms == {"1-1": "held", "2-1": "free", "2-2": "free"}
    (one,) = [each for each in shown if each["id"] == name]
    assert one["taken"] == ["1-1"]
    assert case.case not in str(shown)
    elsewhere = network()
    await refresh(town.house.database, elsewhere)
    assert elsewhere.facilities[name].hold_hours == 12


async def test_a_place_that_somebody_holds_stays_and_a_free_one_goes_for_good(town: Town) -> None:
    name = "urgent_2"
    async with town.desk("admin") as admin, town.desk() as desk:
        await _kept(admin, name, **NEW)
        case = await _opened(town, desk)
        await case.does("/places/hold", facility=name, kind="women", people=1)
        refused = await _kept(admin, name, rooms={"2": 2})
        men = await _kept(admin, name, takes="men")
        grown = await _kept(admin, name, rooms={"1": 1, "2": 1, "다락": 3})
        rooms = await _rooms(desk, name)

    assert (refused[0], refused[1]["error"]) == (409, "rule")
    assert "1-1" in refused[1]["text"]
    assert men[0] == 409
    assert grown[0] == 200
    assert rooms == {
        "1-1": "held",
        "2-1": "free",
        "다락-1": "free",
        "다락-2": "free",
        "다락-3": "free",
    }
    await _begin(town.house, network(), None)  # type: ignore[arg-type]  # as another process starts
    places, _ = await facilities.board(town.house.database)
    assert "2-2" not in [place for facility, _, place in places if facility == name]


async def test_what_was_shipped_and_taken_away_does_not_come_back_by_a_restart(town: Town) -> None:
    async with town.desk("admin") as admin:
        before = network().facilities["men_1"]
        await _kept(admin, "men_1", rooms={"1": 2, "2": 1})
    known = network()
    await refresh(town.house.database, known)
    await facilities.settle(town.house.database, [house(one) for one in known.facilities.values()])
    places, _ = await facilities.board(town.house.database)

    assert [place for facility, _, place in places if facility == "men_1"] == ["1-1", "1-2", "2-1"]
    async with town.desk("admin") as admin:
        assert (await _kept(admin, "men_1", rooms=before.rooms))[0] == 200


async def test_an_ended_facility_takes_nobody_in_and_keeps_who_is_there(town: Town) -> None:
    name = "urgent_3"
    async with town.desk("admin") as admin, town.desk() as desk:
        await _kept(admin, name, **NEW)
        case, late = await _opened(town, desk), await _opened(town, desk)
        held = await case.does("/places/hold", facility=name, kind="women", people=1)
        await _kept(admin, name, ended=True)
        no = [
            (await late.post(path, facility=name, kind="women", people=1))[0]
            for path in ("/places/hold", "/places/wait")
        ]
        party = held["stays"][0]["party"]
        stays = await case.does(f"/places/{party}/move", event="admit")

    assert no == [400, 400]
    assert stays["stays"][0]["status"] == "in"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": {"ko": "마포구 쉼터"}},
        {"name": {"ko": "쉼터, 합정동 123-4"}},
        {"name": {"ko": "쉼터", "en": "House, 12 Maple Road"}},
        {"name": {"ko": "쉼터", "en": "Mapo-gu house"}},
        {"programs": ["양화로 45 2층에서 모임"]},
        {"source": "서울시 성북구 협약"},
        {"name": {"en": "Only English"}},
        {"rooms": {}},
        {"rooms": {"1": 0}},
        {"rooms": {"1": 99}},
        {"rooms": {"<b>": 1}},
        {"rooms": {"101호 양화로": 1}},
        {"takes": "everybody"},
        {"stay_days": 0},
        {"hold_hours": 999},
        {"address": "어디"},
    ],
    ids=str,
)
async def test_an_address_or_nonsense_is_refused_and_written_nowhere(
    town: Town, wrong: Json
) -> None:
    async with town.desk("admin") as admin:
        status, told = await _kept(admin, "urgent_9", **{**NEW, **wrong})
        _, shown = await admin.call("GET", PATH)

    assert (status, told["error"]) == (400, "body")
    assert "urgent_9" not in [one["id"] for one in shown]
    assert "urgent_9" not in await houses.entries(town.house.database)
    lines = await audit.lines(town.house.database, None)
    assert "urgent_9" not in str(lines)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("여성 보호시설 1", False),
        ("가구와 살림 지원", False),
        ("심리 회복, 친구 초대", False),
        ("https://example.org/gangnam-gu/1", False),
        ("중구", True),
        ("서울역 3번 출구", True),
        ("102동 303호", True),
        ("Jongno-gu", True),
    ],
)
def test_what_tells_a_place_is_known(text: str, tells: bool) -> None:  # noqa: FBT001  # a table
    assert tells_a_place(text) is tells


async def test_a_hold_and_the_taking_away_of_its_place_at_once_never_both_happen(
    town: Town,
) -> None:
    database = town.house.database
    for number in range(12):
        name = f"race_{number}"
        one = House(name, "women", families=True, places=[("1", "1-1"), ("2", "2-1")])
        await houses.put(database, one, "{}", 1)
        async with town.desk() as desk:
            case = await _opened(town, desk)
        smaller = House(name, "women", families=True, places=[("2", "2-1")])
        wish = Wish(int(case.case), "women", 1, timedelta(hours=1))
        held, gone = await asyncio.gather(
            facilities.hold(database, one, wish),
            houses.put(database, smaller, "{}", 1),
            return_exceptions=True,
        )
        assert isinstance(held, list | FullError), held
        assert gone is None or isinstance(gone, RuleError)
        places, now = await facilities.board(database)
        there = {place for facility, _, place in places if facility == name}
        lived = {stay.place for stay in now if stay.facility == name}
        assert lived <= there
