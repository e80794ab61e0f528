"""A case that is over is destroyed, which can be shown; what the law keeps has no content."""

from dataclasses import replace
from datetime import timedelta

import orjson
import pytest

from flows.cases import CASE, REFERRAL
from storage.casework import (
    case_files,
    case_records,
    contacts,
    meetings,
    referrals,
    registers,
    retention,
)
from storage.casework.case_files import KEPT_AFTER, Opening
from storage.casework.case_records import NewRecord
from storage.casework.contacts import Noted
from storage.casework.errors import UnknownError
from storage.casework.referrals import Given
from storage.casework.tables import CaseRow
from storage.database import Database
from storage.errors import GoneError
from storage.types import moment
from tests.storage.casework.making import CANARY, case
from tests.storage.places import NOON, Clock

YEAR_MS = round(timedelta(days=366).total_seconds() * 1000)
GIVEN = Given(1, "법률지원단", "법률 지원", "부를 이름", "한 번 답하는 링크", "지원이 끝나면")


async def _closed(database: Database) -> int:
    number = await case(database)
    await case_records.add(database, number, NewRecord("note", "kept", {"text": CANARY}))
    (legal,) = await referrals.of(database, number)
    await referrals.move(database, legal.id, REFERRAL.step("consent"))
    await referrals.give(database, legal.id, GIVEN, REFERRAL.step("send"))

    def close(row: CaseRow) -> None:
        row.status = CASE.after(row.status, "close")
        row.closed_at = moment(database.clock())
        row.destroy_at = row.closed_at + KEPT_AFTER

    await case_files.change(database, number, close)
    return number


async def test_a_year_after_the_end_a_case_is_destroyed_and_proven(
    database: Database, clock: Clock
) -> None:
    number, other = await _closed(database), await case(database)
    assert await retention.due(database) == []

    clock.now += YEAR_MS
    assert await retention.due(database) == [number]
    assert await retention.destroy(database, number, "보관 기간이 끝남", None)

    with pytest.raises(UnknownError):
        await case_files.read(database, number)
    with pytest.raises(GoneError):
        database.keys.sealer(number)
    (proof,) = await registers.destructions(database)
    assert proof.case_id == number
    assert proof.proven_at == clock.now
    assert orjson.loads(proof.counts)["case_record"] == 1
    assert [one.case_id for one in await registers.provisions(database)] == [number]
    assert (await case_files.read(database, other)).body["fields"]["called_name"] == CANARY


async def test_a_destruction_that_was_killed_halfway_is_finished_later(
    database: Database,
) -> None:
    number = await _closed(database)
    emptied = retention._emptied  # noqa: SLF001  # the moment at which the process died
    await database.write(lambda session: emptied(session, database, number, ("왜", None)))
    assert await retention.unproven(database) == [number]

    assert await retention.prove(database, number)

    assert await retention.unproven(database) == []
    with pytest.raises(GoneError):
        database.keys.sealer(number)


async def test_a_case_that_is_destroyed_in_the_middle_of_a_meeting_leaves_the_others(
    database: Database,
) -> None:
    first, second = await case(database), await case(database)
    meeting = await meetings.plan(database, NOON, 1, {"participants": []})
    await meetings.put(database, meeting, [(first, ("declined",)), (second, ("silent",))])
    items = {one.case_id: one for one in await meetings.items(database, meeting)}
    await meetings.minute(database, items[first].id, {"text": CANARY})

    await retention.destroy(database, first, "본인이 원함", 1)

    after = {one.case_id: one for one in await meetings.items(database, meeting)}
    assert after[first].body is None
    assert after[second].body == {}
    with pytest.raises(UnknownError):
        await meetings.minute(database, items[first].id, {"text": "늦은 말"})
    assert await meetings.minute(database, items[second].id, {"text": "이어 감"})


async def test_the_form_of_a_caller_goes_with_her_case(database: Database) -> None:
    noted = Noted("line", 1, {"note": CANARY}, {"applicant": "adult"}, 1, "ABCD1234", "암호말")
    contact, application = await contacts.note(database, noted)
    opening = Opening("line", 1, 3, {"fields": {}}, application_id=application, contact_id=contact)
    number, _ = await case_files.open_case(database, opening)

    await retention.destroy(database, number, "본인이 원함", 1)

    assert database.keys.sealers([number, contact, application or 0]) == {}
    found = await database.turn(None, lambda page: page.find_receipt("ABCD1234"))
    assert found is None


async def test_what_is_not_there_cannot_be_destroyed_again(database: Database) -> None:
    number = await case(database)
    assert await retention.destroy(database, number, "본인이 원함", 1)

    assert not await retention.destroy(database, number, "본인이 원함", 1)


async def test_a_record_of_a_destroyed_case_is_not_found_by_its_day(
    database: Database, clock: Clock
) -> None:
    number = await case(database)
    task = NewRecord("task", "open", {"what": CANARY}, due=clock.now)
    await case_records.add(database, number, replace(task, owner_id=1))
    assert len(await case_records.due_before(database, clock.now, ("open",))) == 1

    await retention.destroy(database, number, "본인이 원함", 1)

    assert await case_records.due_before(database, clock.now, ("open",)) == []


async def test_a_contact_that_became_no_case_is_kept_for_a_while_and_then_destroyed(
    database: Database, clock: Clock
) -> None:
    noted = Noted("police", 1, {"note": CANARY}, {}, 1)
    number, _ = await contacts.note(database, noted)
    assert await retention.abandoned(database) == []

    clock.now += round(timedelta(days=91).total_seconds() * 1000)
    assert await retention.abandoned(database) == [number]
    await retention.forget(database, number, "보관 기간이 끝남")

    assert await contacts.everything(database) == []
    assert database.keys.sealers([number]) == {}
    (proof,) = await registers.destructions(database)
    assert proof.proven_at == clock.now
