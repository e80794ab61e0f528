"""`verify` and a backup know the tables of casework."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage.backup import backup, restore
from storage.casework import case_files, case_records, contacts, meetings, retention
from storage.casework.case_records import NewRecord
from storage.casework.contacts import Noted
from storage.connection import parsed
from storage.verify import verify
from tests.storage.casework.making import CANARY, case
from tests.storage.places import NOON, Clock, Place

FAULTS = (
    "UPDATE case_file SET body = (SELECT body FROM case_record LIMIT 1)",
    "UPDATE case_record SET id = id + 1",
    "UPDATE referral SET case_id = 5",
    "UPDATE destruction SET case_id = (SELECT id FROM case_file LIMIT 1)",
)


async def _filled(place: Place, clock: Clock) -> int:
    database = await place.open(clock)
    number, gone = await case(database), await case(database)
    await case_records.add(database, number, NewRecord("note", "kept", {"text": CANARY}))
    await contacts.note(database, Noted("line", 1, {"note": CANARY}, {}, 1))
    meeting = await meetings.plan(database, NOON, 1, {"participants": []})
    await meetings.put(database, meeting, [(number, ("silent",)), (gone, ("silent",))])
    await retention.destroy(database, gone, "본인이 원함", 1)
    await database.close()
    return number


async def test_a_store_with_cases_is_sound(place: Place, clock: Clock) -> None:
    await _filled(place, clock)

    assert verify(place.url, place.keys_url, place.master, place.files) == []


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_is_wrong_with_a_case_is_found(place: Place, clock: Clock, fault: str) -> None:
    await _filled(place, clock)
    engine = create_engine(parsed(place.url))
    with engine.begin() as connection:
        connection.execute(text(fault))
    engine.dispose()

    assert verify(place.url, place.keys_url, place.master, place.files)


async def test_a_backup_brings_cases_back(place: Place, clock: Clock, tmp_path: Path) -> None:
    if not place.url.startswith("sqlite"):
        return  # the same lines are written and read; here the files are simpler to move
    number = await _filled(place, clock)
    backup(place.url, place.keys_url, place.files, tmp_path / "backup")
    folder = tmp_path / "other"
    folder.mkdir()
    url, keys_url = f"sqlite:///{folder}/gyeot.db", f"sqlite:///{folder}/keys.db"
    restore(url, keys_url, folder / "files", tmp_path / "backup")

    database = await Place(url, keys_url, place.master, folder / "files").open(clock)
    read = await case_files.read(database, number)
    await database.close()

    assert read.body["fields"]["called_name"] == CANARY
