"""What time does to cases: holds end, silence is raised, what is over is destroyed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.changes import pause
from bot.logs import log
from storage import transcripts
from storage.casework import case_files, case_records, facilities, retention
from storage.casework.case_records import NewRecord, Record
from storage.casework.errors import UnknownError
from storage.contact import NEVER
from storage.database import Database
from storage.errors import GoneError
from storage.transcripts import Written

EVERY_S = 60.0
SILENCE = timedelta(days=2)
"""So long after a check-in her silence is raised; a collecting channel may bring it late."""
SILENT = (
    "안부를 물었는데 답이 없어요. 약속한 방법으로 살펴 주세요. No answer to a check-in: look in."
)
ERASED = "그분이 대화를 지웠어요. 사례도 지울지 확인해 주세요. She erased her conversation."
WAITS = ("set", "ask", "silent")
"""Also who was silent may answer yet, and is then no longer missed."""
LONG_SILENT_MS = 60 * 24 * 60 * 60 * 1000
OVER = "보관 기간이 끝남"


async def keep(database: Database) -> None:
    """Look after cases for ever."""
    while True:
        await look(database)
        await pause(database, EVERY_S)


async def look(database: Database) -> None:
    """Do once what is due; each part may be killed and done again."""
    await facilities.expire(database)
    await _check_ins(database)
    for case_id in await retention.due(database):
        await retention.destroy(database, case_id, OVER, None)
        log().info("case destroyed", count=1)
    for contact_id in await retention.abandoned(database):
        await retention.forget(database, contact_id, OVER)
    for number in await retention.unopened(database):
        await retention.forget_application(database, number, OVER)
        log().info("application destroyed", count=1)
    for case_id in await retention.unproven(database):
        await retention.prove(database, case_id)


async def _check_ins(database: Database) -> None:
    """Note which check-ins were asked and answered, and raise silence."""
    now = database.clock()
    for record in await case_records.due_before(database, now, WAITS, "check_in"):
        if record.status == "silent" and now - (record.due or now) > LONG_SILENT_MS:
            continue
        status = await _status(database, record, now)
        if status == record.status or (record.status, status) == ("silent", "ask"):
            continue
        await case_records.change(database, replace(record, status=status))
        if status == "silent":
            await _raise(database, record, SILENT)
        if status == "cancel":
            await _raise(database, record, ERASED)


async def _status(database: Database, record: Record, now: int) -> str:
    due = record.due or now
    try:
        said = await _said_since(database, record.case_id, due)
    except (GoneError, UnknownError):
        return "cancel"
    if any(one.author == "person" for one in said):
        return "answer"
    quiet = now - max(due, _reached(said, now))
    return "silent" if quiet > SILENCE.total_seconds() * 1000 else "ask"


async def _said_since(database: Database, case_id: int, since: int) -> list[Written]:
    case = await case_files.read(database, case_id)
    if case.conversation_id is None:
        return []
    reading = await transcripts.read(database, case.conversation_id)
    return [one for one in reading.entries if one.at >= since]


def _reached(said: Sequence[Written], now: int) -> int:
    """Return when the question may have reached her: a late one waits for a time she chose."""
    asked = next((one for one in said if one.author == "bot"), None)
    if asked is None:
        return 0
    held = asked.due or asked.at
    return asked.at if held >= NEVER else min(max(asked.at, held), now)


async def _raise(database: Database, record: Record, what: str) -> None:
    task = NewRecord(
        kind="task",
        status="open",
        body={"what": what},
        owner_id=record.staff_id,
        due=database.clock(),
        ref=record.id,
    )
    await case_records.add(database, record.case_id, task)
