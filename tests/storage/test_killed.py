"""Killed in the middle of a load, again and again, the store has lost nothing acknowledged."""

import asyncio
import sys
from pathlib import Path

from storage import transcripts
from storage.database import Database
from storage.entries import Person
from storage.page import Page
from storage.verify import Patience, verify
from tests.servers.programs import CHECKOUT
from tests.storage.places import Place

KILLS = 3
ACKNOWLEDGED_EACH = 250
PATIENT = Patience(outbox_ms=3_600_000)


async def _killed_once(place: Place, folder: Path, first: int) -> list[str]:
    """Run the talker, kill it in mid-flight, and return what it acknowledged."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.storage.talker",
        place.url,
        str(folder),
        str(first),
        cwd=CHECKOUT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    acknowledged: list[str] = []
    async with asyncio.timeout(60):
        while len(acknowledged) < ACKNOWLEDGED_EACH:
            line = await process.stdout.readline()
            assert line, "the talker ended by itself"
            acknowledged.append(line.decode().strip())
    process.kill()
    rest = await process.stdout.read()
    await process.wait()
    complete = rest.decode().rpartition("\n")[0].split()
    return acknowledged + complete


async def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    place: Place, tmp_path: Path
) -> None:
    acknowledged = [
        message
        for kill in range(KILLS)
        for message in await _killed_once(place, tmp_path, kill * 1000)
    ]

    database = await Database.open(place.url, place.keys_url, place.master, place.files)
    missing = [message for message in acknowledged if await _times(database, message) != 1]
    await database.close()
    assert len(acknowledged) >= KILLS * ACKNOWLEDGED_EACH
    assert missing == []
    assert verify(place.url, place.keys_url, place.master, place.files, PATIENT) == []


async def _times(database: Database, message: str) -> int:
    """Return how often this message stands in the conversation that it was sent to."""
    number, _, turn = message.partition("-")
    person = Person("telegram", f"{number}-{int(turn) // 6}")
    seen = await database.turn(person, lambda page: page.seen("telegram", message))
    found = await database.turn(person, Page.conversation)
    if seen is None or found is None or found.id != seen.conversation_id:
        return 0
    reading = await transcripts.read(database, found.id)
    return [written.entry.text for written in reading.entries].count(message)
