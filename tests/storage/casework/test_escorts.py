"""Guards are booked without overlap; times and ways are sealed."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from flows.cases import ESCORT, NotAllowed
from storage.casework import escorts
from storage.casework.errors import FullError
from storage.casework.escorts import Team
from storage.database import Database
from tests.storage.casework.making import case
from tests.storage.places import Place

TEAM = Team("guards", ("one", "two", "three"), together=2, step=ESCORT.step("book"))
ROUTE = "canary-route from home to court"


def _times(start: str, end: str) -> list[dict[str, str]]:
    return [{"from": f"2026-12-01T{start}+09:00", "to": f"2026-12-01T{end}+09:00"}]


async def _asked(database: Database, start: str, end: str) -> int:
    body = {"way": ROUTE, "times": _times(start, end)}
    return await escorts.ask(database, await case(database), "guards", body)


async def test_two_guards_go_and_nobody_else_can_have_them_then(database: Database) -> None:
    first = await escorts.book(database, await _asked(database, "09:00", "12:00"), TEAM)
    overlapping = await _asked(database, "11:45", "14:00")

    with pytest.raises(FullError):
        await escorts.book(database, overlapping, TEAM)
    after = await escorts.book(database, await _asked(database, "12:00", "13:00"), TEAM)

    assert first.body["guards"] == ["one", "two"]
    assert after.body["guards"] == ["one", "two"]


async def test_a_cancelled_booking_is_free_again(database: Database) -> None:
    first = await escorts.book(database, await _asked(database, "09:00", "12:00"), TEAM)
    await escorts.move(database, first.id, ESCORT.step("cancel"))

    assert await escorts.book(database, await _asked(database, "09:30", "10:00"), TEAM)
    with pytest.raises(NotAllowed):
        await escorts.book(database, first.id, TEAM)


async def test_of_many_at_once_only_as_many_are_booked_as_there_are_guards(
    database: Database,
) -> None:
    asked = [await _asked(database, "09:00", "10:00") for _ in range(8)]

    booked = await asyncio.gather(
        *(escorts.book(database, number, TEAM) for number in asked), return_exceptions=True
    )

    assert sum(not isinstance(one, BaseException) for one in booked) == 1
    assert all(isinstance(one, FullError) for one in booked if isinstance(one, BaseException))


async def test_neither_times_nor_ways_can_be_read_in_the_database(
    place: Place, database: Database
) -> None:
    if not place.url.startswith("sqlite"):
        return  # the same statements write both; SQLite's file can be read as a whole
    await escorts.book(database, await _asked(database, "09:00", "12:00"), TEAM)

    path = Path(place.url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as connection:
        dump = "\n".join(connection.iterdump()).encode()

    assert b"canary" not in dump
    assert b"2026-12-01T09" not in dump
