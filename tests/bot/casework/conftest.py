"""A store on each kind of database, without a house around it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.storage.places import Clock, Place, place_at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Place:
    return place_at(database_url, tmp_path)


@pytest.fixture
async def database(place: Place, clock: Clock) -> AsyncIterator[Database]:
    opened = await place.open(clock)
    yield opened
    await opened.close()
