"""Cases: opened once for an application, read by those who need to know, moved by events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from flows.messages import clean
from storage.casework.errors import UnknownError
from storage.casework.sealed import Body, new_id, opened, sealed
from storage.casework.tables import CaseRow, ContactRow, MemberRow, ReferralRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

KEPT_AFTER = timedelta(days=365)
"""How long a closed case is kept: what the consent says, a year after the support ends."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case, opened.

    Attributes:
        body: `fields` of the application and how it came; empty when only its row was read.
    """

    id: int
    person_id: int
    application_id: int | None
    conversation_id: int | None
    door: str
    status: str
    urgency: int
    opened_at: int
    changed_at: int
    closed_at: int | None
    destroy_at: int | None
    body: Body = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is opened with.

    Attributes:
        services: The services asked for, each with the agency that is proposed.
        contact_id: The contact that became this case.
    """

    door: str
    staff_id: int
    urgency: int
    body: Body
    services: Sequence[tuple[str, str]] = ()
    application_id: int | None = None
    conversation_id: int | None = None
    contact_id: int | None = None


async def open_case(database: "Database", opening: Opening) -> tuple[int, bool]:
    """Open a case; returns its id, and False when its application had one already."""
    if opening.application_id is not None:
        known = await of_application(database, opening.application_id)
        if known is not None:
            return known, False
    try:
        number = await database.write(lambda session: _opened_in(session, database, opening))
    except IntegrityError:
        known = await of_application(database, opening.application_id or 0)
        if known is None:
            raise
        return known, False
    return number, True


async def of_application(database: "Database", application_id: int) -> int | None:
    """Return the case of an application."""
    wanted = select(CaseRow.id).where(CaseRow.application_id == application_id)
    return await database.read(lambda session: session.exec(wanted).first())


async def of_conversation(database: "Database", conversation_id: int) -> list[Case]:
    """Return the cases of a conversation, the newest first, without their bodies."""
    wanted = (
        select(CaseRow)
        .where(CaseRow.conversation_id == conversation_id)
        .order_by(col(CaseRow.opened_at).desc())
    )
    return await database.read(lambda session: [_case(row, {}) for row in session.exec(wanted)])


async def read(database: "Database", case_id: int) -> Case:
    """Return one case whole; raises `UnknownError`."""
    row = await database.read(lambda session: session.get(CaseRow, case_id))
    if row is None:
        raise UnknownError("이 사례는 없거나 지워졌어요. There is no such case, or no longer.")
    return _case(row, opened(database.keys, case_id, "case", row.body))


async def everything(database: "Database", ids: Sequence[int] | None = None) -> list[Case]:
    """Return cases without their bodies, the most urgent and latest first; all, or some."""
    wanted = select(CaseRow).order_by(col(CaseRow.urgency), col(CaseRow.changed_at).desc())
    if ids is not None:
        wanted = wanted.where(col(CaseRow.id).in_(ids))
    return await database.read(lambda session: [_case(row, {}) for row in session.exec(wanted)])


async def change(database: "Database", case_id: int, act: Callable[[CaseRow], None]) -> Case:
    """Change the row of a case under its lock; returns it without its body."""

    def job(session: Session) -> Case:
        row = locked(session, case_id)
        act(row)
        row.changed_at = moment(database.clock())
        session.add(row)
        return _case(row, {})

    return await database.write(job)


def locked(session: Session, case_id: int) -> CaseRow:
    """Return the row of a case, locked until the commit; raises `UnknownError`."""
    row = session.get(CaseRow, case_id, with_for_update=True)
    if row is None:
        raise UnknownError("이 사례는 없거나 지워졌어요. There is no such case, or no longer.")
    return row


def cleaned(values: dict[str, Any]) -> Body:
    """Return what somebody typed without characters that are no text."""
    return {name: clean(text) if isinstance(text, str) else text for name, text in values.items()}


def _opened_in(session: Session, database: "Database", opening: Opening) -> int:
    number, _ = database.keys.spare()
    now = moment(database.clock())
    person = _person(session, opening.conversation_id) or new_id()
    session.add(
        CaseRow(
            id=number,
            person_id=person,
            application_id=opening.application_id,
            conversation_id=opening.conversation_id,
            door=opening.door,
            status="opened",
            urgency=opening.urgency,
            opened_at=now,
            changed_at=now,
            closed_at=None,
            destroy_at=None,
            body=sealed(database.keys, number, "case", cleaned(opening.body)),
        )
    )
    session.add(MemberRow(case_id=number, staff_id=opening.staff_id, at=now))
    for place, service in enumerate(opening.services):
        in_order = now + timedelta(milliseconds=place)
        session.add(_proposed(database, number, service, in_order))
    if opening.contact_id is not None:
        contact = session.get_one(ContactRow, opening.contact_id, with_for_update=True)
        contact.case_id = number
        session.add(contact)
    return number


def _proposed(
    database: "Database", case_id: int, what: tuple[str, str], now: datetime
) -> ReferralRow:
    number = new_id()
    return ReferralRow(
        id=number,
        case_id=case_id,
        service=what[0],
        agency=what[1],
        status="proposed",
        at=now,
        changed_at=now,
        body=sealed(database.keys, case_id, f"referral|{number}", {}),
    )


def _person(session: Session, conversation_id: int | None) -> int | None:
    if conversation_id is None:
        return None
    wanted = select(CaseRow.person_id).where(CaseRow.conversation_id == conversation_id)
    return session.exec(wanted).first()


def _case(row: CaseRow, body: Body) -> Case:
    return Case(
        id=row.id,
        person_id=row.person_id,
        application_id=row.application_id,
        conversation_id=row.conversation_id,
        door=row.door,
        status=row.status,
        urgency=row.urgency,
        opened_at=milliseconds(row.opened_at),
        changed_at=milliseconds(row.changed_at),
        closed_at=milliseconds(row.closed_at) if row.closed_at else None,
        destroy_at=milliseconds(row.destroy_at) if row.destroy_at else None,
        body=body,
    )
