"""What hangs on a case: notes, tasks, orders, reports, lent things; sealed with the case's key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from storage.casework import case_files
from storage.casework.errors import UnknownError
from storage.casework.sealed import Body, new_id, opened_or_none, sealed
from storage.casework.tables import RecordRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Record:
    """One record, opened; `due`, `at` and `changed_at` are milliseconds since 1970."""

    id: int
    case_id: int
    kind: str
    status: str
    body: Body
    owner_id: int | None = None
    staff_id: int | None = None
    due: int | None = None
    ref: int | None = None
    at: int = 0
    changed_at: int = 0


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What is to be kept."""

    kind: str
    status: str
    body: Body
    owner_id: int | None = None
    staff_id: int | None = None
    due: int | None = None
    ref: int | None = None
    also: tuple["NewRecord", ...] = field(default=())
    """What comes with it and refers to it, such as the reminders of an order."""


async def add(database: "Database", case_id: int, new: NewRecord) -> int:
    """Keep a record and what comes with it; returns its id. Raises `UnknownError`."""
    return await database.write(lambda session: add_in(session, database, case_id, new))


def add_in(session: Session, database: "Database", case_id: int, new: NewRecord) -> int:
    """Keep a record within a transaction."""
    row = case_files.locked(session, case_id)
    row.changed_at = moment(database.clock())
    session.add(row)
    number = _written(session, database, case_id, new)
    for other in new.also:
        _written(session, database, case_id, replace(other, ref=number))
    return number


async def add_once(database: "Database", case_id: int, new: NewRecord) -> int | None:
    """Keep the only record of its kind; None when there is one that was not cancelled."""

    def job(session: Session) -> int | None:
        case_files.locked(session, case_id)
        there = select(RecordRow.id).where(
            RecordRow.case_id == case_id, RecordRow.kind == new.kind, RecordRow.status != "cancel"
        )
        if session.exec(there).first() is not None:
            return None
        return add_in(session, database, case_id, new)

    return await database.write(job)


async def of(database: "Database", case_id: int) -> list[Record]:
    """Return the records of a case, the newest first."""
    wanted = select(RecordRow).where(RecordRow.case_id == case_id)
    rows = await database.read(lambda session: session.exec(wanted).all())
    return sorted(_opened(database, rows), key=lambda one: (one.at, one.id), reverse=True)


async def of_many(database: "Database", case_ids: Sequence[int]) -> dict[int, list[Record]]:
    """Return the records of many cases, in one query and with their keys fetched at once."""
    database.keys.sealers(case_ids)
    wanted = select(RecordRow).where(col(RecordRow.case_id).in_(case_ids))
    found: dict[int, list[Record]] = {}
    for one in _opened(database, await database.read(lambda s: s.exec(wanted).all())):
        found.setdefault(one.case_id, []).append(one)
    return found


async def due_before(
    database: "Database", before: int, statuses: Sequence[str], kind: str = ""
) -> list[Record]:
    """Return records in these statuses that are due before a moment, the earliest first."""
    wanted = select(RecordRow).where(
        col(RecordRow.status).in_(statuses), col(RecordRow.due) <= moment(before)
    )
    if kind:
        wanted = wanted.where(RecordRow.kind == kind)
    rows = await database.read(lambda session: session.exec(wanted).all())
    return sorted(_opened(database, rows), key=lambda one: one.due or 0)


async def change(database: "Database", record: Record) -> None:
    """Keep a record as it is now; raises `UnknownError`."""

    def job(session: Session) -> None:
        row = session.get(RecordRow, record.id, with_for_update=True)
        if row is None or row.case_id != record.case_id:
            raise UnknownError("이 기록은 없거나 지워졌어요. There is no such record.")
        row.status = record.status
        row.owner_id = record.owner_id
        row.due = moment(record.due) if record.due is not None else None
        row.changed_at = moment(database.clock())
        row.body = sealed(database.keys, record.case_id, f"record|{record.id}", record.body)
        session.add(row)

    await database.write(job)


async def alter(
    database: "Database", case_id: int, number: int, act: Callable[[Record], Record]
) -> Record:
    """Change a record under its lock; returns it as it is now.

    Args:
        database: Where.
        case_id: The case that it must belong to.
        number: Its id.
        act: From how it stands to how it should stand; may be called again, and may refuse.

    Raises:
        UnknownError: there is none.
        Exception: what `act` raises.
    """

    def job(session: Session) -> Record:
        row = session.get(RecordRow, number, with_for_update=True)
        found = _opened(database, [row] if row is not None and row.case_id == case_id else [])
        if row is None or not found:
            raise UnknownError("이 기록은 없거나 지워졌어요. There is no such record.")
        record = act(found[0])
        row.status, row.changed_at = record.status, moment(database.clock())
        row.due = moment(record.due) if record.due is not None else None
        body = case_files.cleaned(record.body)
        row.body = sealed(database.keys, case_id, f"record|{number}", body)
        session.add(row)
        return record

    return await database.write(job)


def _written(session: Session, database: "Database", case_id: int, new: NewRecord) -> int:
    number, now = new_id(), moment(database.clock())
    body = case_files.cleaned(new.body)
    session.add(
        RecordRow(
            id=number,
            case_id=case_id,
            kind=new.kind,
            status=new.status,
            ref=new.ref,
            owner_id=new.owner_id,
            staff_id=new.staff_id,
            due=moment(new.due) if new.due is not None else None,
            at=now,
            changed_at=now,
            body=sealed(database.keys, case_id, f"record|{number}", body),
        )
    )
    return number


def _opened(database: "Database", rows: Sequence[RecordRow]) -> list[Record]:
    found = []
    for row in rows:
        body = opened_or_none(database.keys, row.case_id, f"record|{row.id}", row.body)
        if body is not None:
            found.append(
                Record(
                    id=row.id,
                    case_id=row.case_id,
                    kind=row.kind,
                    status=row.status,
                    body=body,
                    owner_id=row.owner_id,
                    staff_id=row.staff_id,
                    due=milliseconds(row.due) if row.due else None,
                    ref=row.ref,
                    at=milliseconds(row.at),
                    changed_at=milliseconds(row.changed_at),
                )
            )
    return found
