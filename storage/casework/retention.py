"""Destroying a case: its rows go, its key goes, and both are looked for again as the proof.

What stays is clear of content: the register of what was given to others, the access log, and
the line that says what was destroyed, when and why.
"""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson
from sqlmodel import Session, SQLModel, col, delete, func, select

from storage.casework.tables import (
    AnswerLinkRow,
    CaseRow,
    ContactRow,
    DestructionRow,
    EscortRow,
    MarkRow,
    MeetingItemRow,
    MemberRow,
    OpposedRow,
    RecordRow,
    ReferralRow,
    SlotRow,
    StayRow,
)
from storage.records import ApplicationRow, SecretRow
from storage.types import moment

if TYPE_CHECKING:
    from storage.database import Database

APPLICATION_KEPT = timedelta(days=365)
"""How long an application is kept that became no case."""
CONTACT_KEPT = timedelta(days=90)
"""How long a contact is kept that became no case."""

OF_A_CASE: tuple[type[SQLModel], ...] = (
    RecordRow,
    ReferralRow,
    StayRow,
    EscortRow,
    MemberRow,
    MarkRow,
    OpposedRow,
    ContactRow,
)
"""What goes with a case. Items of meetings stay, closed for ever: minutes have no gaps."""


async def due(database: "Database") -> list[int]:
    """Return the cases whose time is over."""
    now = moment(database.clock())
    over = select(CaseRow.id).where(col(CaseRow.destroy_at) <= now)
    return await database.read(lambda session: list(session.exec(over).all()))


async def abandoned(database: "Database") -> list[int]:
    """Return the contacts that became no case and are kept no longer."""
    before = moment(database.clock()) - CONTACT_KEPT
    over = select(ContactRow.id).where(
        col(ContactRow.case_id).is_(None), col(ContactRow.at) <= before
    )
    return await database.read(lambda session: list(session.exec(over).all()))


async def forget(database: "Database", contact_id: int, why: str) -> None:
    """Destroy a contact that became no case, and prove it as a case is proven."""

    def job(session: Session) -> None:
        contact = session.get(ContactRow, contact_id, with_for_update=True)
        if contact is None or contact.case_id is not None:
            return  # it became a case meanwhile
        session.delete(contact)
        counts = {"contact": 1, "keys": [contact_id]}
        session.add(_line(database, contact_id, counts, (why, None)))

    await database.write(job)
    if contact_id in await unproven(database):
        await prove(database, contact_id)


async def unopened(database: "Database") -> list[int]:
    """Return the applications that became no case and are kept no longer."""
    before = moment(database.clock()) - APPLICATION_KEPT
    over = select(ApplicationRow.id).where(
        col(ApplicationRow.submitted_at) <= before,
        col(ApplicationRow.id).not_in(_of_cases()),
    )
    return await database.read(lambda session: list(session.exec(over).all()))


async def forget_application(database: "Database", number: int, why: str) -> None:
    """Destroy an application that became no case, and prove it as a case is proven."""

    def job(session: Session) -> None:
        row = session.get(ApplicationRow, number, with_for_update=True)
        mine = select(CaseRow.id).where(CaseRow.application_id == number)
        if row is None or session.exec(mine).first() is not None:
            return  # it became a case meanwhile
        session.delete(row)
        session.exec(delete(SecretRow).where(col(SecretRow.conversation_id) == number))
        session.add(_line(database, number, {"application": 1, "keys": [number]}, (why, None)))

    await database.write(job)
    if number in await unproven(database):
        await prove(database, number)


async def unproven(database: "Database") -> list[int]:
    """Return the cases whose destruction was begun and not proven: a crash stood between."""
    wanted = select(DestructionRow.case_id).where(col(DestructionRow.proven_at).is_(None))
    return await database.read(lambda session: list(session.exec(wanted).all()))


async def destroy(database: "Database", case_id: int, why: str, staff_id: int | None) -> bool:
    """Destroy a case and prove it; False when there was none. May be killed and run again."""
    if not await database.write(lambda s: _emptied(s, database, case_id, (why, staff_id))):
        return False
    await prove(database, case_id)
    return True


async def prove(database: "Database", case_id: int) -> bool:
    """Destroy the keys of an emptied case, then look for keys and rows; are both gone?"""
    keys = await database.read(lambda session: _keys(session, case_id))
    await asyncio.to_thread(database.keys.shred, keys)
    gone = not database.keys.sealers(keys)

    def job(session: Session) -> bool:
        left = any(_count(session, table, case_id) for table in OF_A_CASE)
        proven = gone and not left and session.get(CaseRow, case_id) is None
        if proven:
            row = session.get_one(DestructionRow, case_id)
            row.proven_at = moment(database.clock())
            session.add(row)
        return proven

    return await database.write(job)


def _of_cases() -> Any:  # noqa: ANN401  # sqlmodel's type of a select is private
    return select(CaseRow.application_id).where(col(CaseRow.application_id).is_not(None))


def _emptied(
    session: Session, database: "Database", case_id: int, because: tuple[str, int | None]
) -> bool:
    case = session.get(CaseRow, case_id, with_for_update=True)
    if case is None:
        return False
    counts: dict[str, Any] = {
        str(table.__tablename__): _count(session, table, case_id) for table in OF_A_CASE
    }
    counts["keys"] = _keys_of(session, case)
    referrals = select(ReferralRow.id).where(ReferralRow.case_id == case_id)
    session.exec(delete(AnswerLinkRow).where(col(AnswerLinkRow.referral_id).in_(referrals)))
    escorts = select(EscortRow.id).where(EscortRow.case_id == case_id)
    session.exec(delete(SlotRow).where(col(SlotRow.escort_id).in_(escorts)))
    session.exec(delete(OpposedRow).where(col(OpposedRow.other_id) == case_id))
    for table in OF_A_CASE:
        session.exec(delete(table).where(_case_id(table) == case_id))
    session.exec(delete(ApplicationRow).where(col(ApplicationRow.id) == case.application_id))
    alone = col(SecretRow.conversation_id) == case.application_id
    session.exec(delete(SecretRow).where(alone))
    for item in session.exec(select(MeetingItemRow).where(MeetingItemRow.case_id == case_id)):
        item.body = b""
        session.add(item)
    session.delete(case)
    session.add(_line(database, case_id, counts, because))
    return True


def _line(
    database: "Database", number: int, counts: dict[str, Any], because: tuple[str, int | None]
) -> DestructionRow:
    return DestructionRow(
        case_id=number,
        why=because[0],
        staff_id=because[1],
        at=moment(database.clock()),
        counts=orjson.dumps(counts).decode(),
        proven_at=None,
    )


def _keys(session: Session, case_id: int) -> list[int]:
    """Return the keys that go with a case, as its proof names them."""
    keys: list[int] = orjson.loads(session.get_one(DestructionRow, case_id).counts)["keys"]
    return keys


def _keys_of(session: Session, case: CaseRow) -> list[int]:
    contacts = select(ContactRow.id).where(ContactRow.case_id == case.id)
    application = [case.application_id] if case.application_id is not None else []
    return [case.id, *application, *session.exec(contacts).all()]


def _count(session: Session, table: type[SQLModel], case_id: int) -> int:
    mine = select(func.count()).select_from(table).where(_case_id(table) == case_id)
    return session.exec(mine).one()


def _case_id(table: type[SQLModel]) -> Any:  # noqa: ANN401  # a column of any of these tables
    return table.case_id  # type: ignore[attr-defined]  # each of them has it
