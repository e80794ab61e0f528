"""The access log: who did what to whose; each line seals the one before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from sqlmodel import Session, col, select

from storage.keys import KeyStore
from storage.records import AuditRow
from storage.types import milliseconds

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Line:
    """One line; it never holds content."""

    number: int
    at: int
    staff_id: int | None
    action: str
    conversation_id: int | None
    detail: str


async def record(
    database: "Database",
    conversation_id: int | None,
    staff_id: int | None,
    action: str,
    detail: str = "",
) -> None:
    """Add a line; it is on disk when this returns."""
    await database.turn(conversation_id, lambda page: page.audit(staff_id, action, detail))


async def lines(
    database: "Database", conversation_id: int | None = None, limit: int = 1000
) -> list[Line]:
    """Return lines, of one conversation or of all, the newest first."""
    wanted = select(AuditRow).order_by(col(AuditRow.number).desc()).limit(limit)
    if conversation_id is not None:
        wanted = wanted.where(AuditRow.conversation_id == conversation_id)

    def job(session: Session) -> list[Line]:
        return [_line(row) for row in session.exec(wanted)]

    return await database.read(job)


def broken_at(keys: KeyStore, rows: Iterable[AuditRow]) -> int | None:
    """Return the number of the first line that is missing or was altered, if any.

    Args:
        keys: The store of keys the lines were made with.
        rows: All lines, in order.
    """
    digest = b""
    for expected, row in enumerate(rows, 1):
        line = _line(row)
        whole = (
            line.number,
            line.at,
            line.staff_id,
            line.action,
            line.conversation_id,
            line.detail,
        )
        digest = keys.link(digest, orjson.dumps(whole))
        if row.number != expected or row.digest != digest:
            return expected
    return None


def _line(row: AuditRow) -> Line:
    return Line(
        number=row.number,
        at=milliseconds(row.at),
        staff_id=row.staff_id,
        action=row.action,
        conversation_id=row.conversation_id,
        detail=row.detail,
    )
