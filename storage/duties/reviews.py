"""The monthly review of the access log: what stood in it, who looked, what was found."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from storage import audit
from storage.errors import StorageError
from storage.public_tables import LogReviewRow
from storage.records import AuditRow, StaffRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

NIGHT = (22, 6)
SEOUL = timedelta(hours=9)
MANY = 40
"""So many different conversations read by one person on one day are looked at."""


class ReviewedError(StorageError):
    """This month was reviewed already."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a month of the access log holds; `people` is lines by staff id and action."""

    lines: int
    last_number: int
    people: dict[int | None, dict[str, int]]
    night: dict[int | None, int]
    many: list[tuple[int | None, str, int]]
    downloads: list[audit.Line]
    whole: bool


@dataclass(frozen=True, slots=True)
class Review:
    """One review that was made."""

    month: str
    staff_id: int
    lines: int
    findings: str
    at: int


async def summary(database: "Database", first: datetime, until: datetime) -> Summary:
    """Return what the log holds of a month, and whether its chain is whole."""
    rows = await database.read(lambda session: _lines(session, first, until))
    people: dict[int | None, Counter[str]] = {}
    night: Counter[int | None] = Counter()
    read: dict[tuple[int | None, str], set[int]] = {}
    for row in rows:
        here = row.at + SEOUL
        people.setdefault(row.staff_id, Counter())[row.action] += 1
        night[row.staff_id] += here.hour >= NIGHT[0] or here.hour < NIGHT[1]
        if row.conversation_id is not None and row.staff_id is not None:
            key = row.staff_id, here.date().isoformat()
            read.setdefault(key, set()).add(row.conversation_id)
    return Summary(
        lines=len(rows),
        last_number=rows[-1].number if rows else 0,
        people={who: dict(actions) for who, actions in people.items()},
        night={who: many for who, many in night.items() if many},
        many=[(*key, len(ones)) for key, ones in read.items() if len(ones) >= MANY],
        downloads=[_line(row) for row in rows if row.action.startswith("download")],
        whole=await database.read(lambda session: _whole(database, session)),
    )


async def names(database: "Database") -> dict[int, str]:
    """Return the names of everybody who works or worked here."""
    rows = await database.read(lambda session: session.exec(select(StaffRow)).all())
    return {row.id: row.name for row in rows if row.id is not None}


async def sign(database: "Database", month: str, found: Summary, by: tuple[int, str]) -> None:
    """Record a review: who looked and what was found.

    Raises:
        ReviewedError: it was recorded before; a record is never replaced.
    """
    staff_id, findings = by
    now = moment(database.clock())

    def job(session: Session) -> None:
        if session.get(LogReviewRow, month):
            raise ReviewedError("this month was reviewed already")
        row = LogReviewRow(
            month=month,
            staff_id=staff_id,
            lines=found.lines,
            last_number=found.last_number,
            findings=findings,
            at=now,
        )
        session.add(row)

    await database.write(job)


async def reviews(database: "Database") -> list[Review]:
    """Return all reviews, the newest month first."""
    newest = select(LogReviewRow).order_by(col(LogReviewRow.month).desc())
    rows = await database.read(lambda session: session.exec(newest).all())
    return [
        Review(row.month, row.staff_id, row.lines, row.findings, milliseconds(row.at))
        for row in rows
    ]


def _lines(session: Session, first: datetime, until: datetime) -> list[AuditRow]:
    within = select(AuditRow).where(col(AuditRow.at) >= first, col(AuditRow.at) < until)
    return list(session.exec(within.order_by(col(AuditRow.number))).all())


def _whole(database: "Database", session: Session) -> bool:
    rows = session.exec(select(AuditRow).order_by(col(AuditRow.number)))
    return audit.broken_at(database.keys, rows) is None


def _line(row: AuditRow) -> audit.Line:
    at = milliseconds(row.at)
    return audit.Line(row.number, at, row.staff_id, row.action, row.conversation_id, row.detail)
