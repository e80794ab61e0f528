"""Case meetings: what is on the table, what was said of each case, when the next one is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from storage.casework import case_files
from storage.casework.errors import UnknownError
from storage.casework.sealed import Body, Step, new_id, opened, opened_or_none, sealed
from storage.casework.tables import CaseRow, MeetingItemRow, MeetingRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting, opened: `body` holds participants, note and the next day."""

    id: int
    status: str
    planned_for: int
    staff_id: int
    body: Body


@dataclass(frozen=True, slots=True)
class Item:
    """One case in a meeting; `body` is None when the case was destroyed meanwhile."""

    id: int
    meeting_id: int
    case_id: int
    reasons: tuple[str, ...]
    body: Body | None


async def plan(database: "Database", planned_for: int, staff_id: int, body: Body) -> int:
    """Plan a meeting; returns its id."""

    def job(session: Session) -> int:
        number, _ = database.keys.spare()
        row = MeetingRow(
            id=number,
            status="planned",
            planned_for=moment(planned_for),
            staff_id=staff_id,
            body=sealed(database.keys, number, "meeting", case_files.cleaned(body)),
        )
        session.add(row)
        return number

    return await database.write(job)


async def everything(database: "Database") -> list[Meeting]:
    """Return the meetings, the latest first."""
    wanted = select(MeetingRow).order_by(col(MeetingRow.planned_for).desc())
    rows = await database.read(lambda session: session.exec(wanted).all())
    return [_meeting(database, row) for row in rows]


async def read(database: "Database", meeting_id: int) -> Meeting:
    """Return one meeting; raises `UnknownError`."""
    row = await database.read(lambda session: session.get(MeetingRow, meeting_id))
    if row is None:
        raise UnknownError("이 회의는 없어요. There is no such meeting.")
    return _meeting(database, row)


async def put(
    database: "Database", meeting_id: int, agenda: Iterable[tuple[int, tuple[str, ...]]]
) -> None:
    """Put cases on the table, each with its reasons; a case that lies there gets the new ones."""
    wanted = list(agenda)

    def job(session: Session) -> None:
        for case_id, reasons in wanted:
            if session.get(CaseRow, case_id) is None:
                continue  # destroyed since the agenda was made
            mine = select(MeetingItemRow).where(
                MeetingItemRow.meeting_id == meeting_id, MeetingItemRow.case_id == case_id
            )
            row = session.exec(mine).first()
            if row is None:
                number = new_id()
                row = MeetingItemRow(
                    id=number,
                    meeting_id=meeting_id,
                    case_id=case_id,
                    reasons="",
                    body=sealed(database.keys, case_id, f"item|{number}", {}),
                )
            row.reasons = " ".join(reasons)
            session.add(row)

    await database.write(job)


async def items(database: "Database", meeting_id: int) -> list[Item]:
    """Return the cases of a meeting."""
    wanted = select(MeetingItemRow).where(MeetingItemRow.meeting_id == meeting_id)
    rows = await database.read(lambda session: session.exec(wanted).all())
    return [_item(database, row) for row in sorted(rows, key=lambda row: row.id)]


async def minute(database: "Database", item_id: int, body: Body) -> Item:
    """Keep what was said and decided of a case.

    Raises:
        UnknownError: there is no such item, or its case was destroyed.
    """

    def job(session: Session) -> Item:
        row = session.get(MeetingItemRow, item_id, with_for_update=True)
        if row is None:
            raise UnknownError("이 안건은 없어요. There is no such item.")
        case_files.locked(session, row.case_id)
        kept = case_files.cleaned(body)
        row.body = sealed(database.keys, row.case_id, f"item|{row.id}", kept)
        session.add(row)
        return _item(database, row)

    return await database.write(job)


async def hold(database: "Database", meeting_id: int, step: Step, body: Body) -> Meeting:
    """Note that a meeting was held; raises `UnknownError`, or what `step` raises."""

    def job(session: Session) -> Meeting:
        row = session.get(MeetingRow, meeting_id, with_for_update=True)
        if row is None:
            raise UnknownError("이 회의는 없어요. There is no such meeting.")
        row.status = step(row.status)
        row.body = sealed(
            database.keys,
            meeting_id,
            "meeting",
            {**_meeting(database, row).body, **case_files.cleaned(body)},
        )
        session.add(row)
        return _meeting(database, row)

    return await database.write(job)


def _meeting(database: "Database", row: MeetingRow) -> Meeting:
    return Meeting(
        id=row.id,
        status=row.status,
        planned_for=milliseconds(row.planned_for),
        staff_id=row.staff_id,
        body=opened(database.keys, row.id, "meeting", row.body),
    )


def _item(database: "Database", row: MeetingItemRow) -> Item:
    return Item(
        id=row.id,
        meeting_id=row.meeting_id,
        case_id=row.case_id,
        reasons=tuple(row.reasons.split()),
        body=opened_or_none(database.keys, row.case_id, f"item|{row.id}", row.body),
    )
