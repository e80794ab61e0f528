"""Cases and houses for tests of the store."""

from datetime import timedelta

from storage.casework import case_files, facilities
from storage.casework.case_files import Opening
from storage.casework.facilities import House, Wish
from storage.database import Database

WOMEN = House("women", "women", families=True, places=[("1", "1-1"), ("2", "2-1"), ("2", "2-2")])
MEN = House("men", "men", families=False, places=[("1", "1-1"), ("1", "1-2")])
HELD = timedelta(hours=24)
CANARY = "canary-of-a-case"


async def case(database: Database) -> int:
    """Open a case."""
    body = {"fields": {"called_name": CANARY, "services": ["legal"]}, "version": 1}
    opening = Opening("line", 1, 2, body, services=[("legal", "legal_team")])
    number, new = await case_files.open_case(database, opening)
    assert new
    return number


def wish(case_id: int, kind: str = "women", people: int = 1) -> Wish:
    """Return the wish for a place."""
    return Wish(case_id, kind, people, HELD)


async def houses(database: Database) -> None:
    """Make the places known."""
    await facilities.settle(database, [WOMEN, MEN])
