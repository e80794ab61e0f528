"""What was published: kept for ever, so that the next release can be compared with it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from sqlmodel import Session, col, select

from storage.public_tables import ReleaseRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Kept:
    """One release as it was kept; days are `YYYY-MM-DD`, `until` is the day after the last."""

    id: int
    source: str
    first: str
    until: str
    body: dict[str, Any]
    at: int


async def add(database: "Database", kept: Kept, staff_id: int) -> int:
    """Keep a release and return its number; the given number and time are not used."""
    row = ReleaseRow(
        source=kept.source,
        first=kept.first,
        until=kept.until,
        body=orjson.dumps(kept.body).decode(),
        staff_id=staff_id,
        at=moment(database.clock()),
    )

    def job(session: Session) -> int:
        session.add(row)
        session.flush()
        return row.id or 0

    return await database.write(job)


async def everything(database: "Database", source: str | None = None) -> list[Kept]:
    """Return releases, the newest first; of one source or of all."""
    newest = select(ReleaseRow).order_by(col(ReleaseRow.id).desc())
    if source is not None:
        newest = newest.where(ReleaseRow.source == source)
    rows = await database.read(lambda session: session.exec(newest).all())
    return [_kept(row) for row in rows]


async def find(database: "Database", number: int) -> Kept | None:
    """Return one release."""
    row = await database.read(lambda session: session.get(ReleaseRow, number))
    return _kept(row) if row else None


def _kept(row: ReleaseRow) -> Kept:
    body = orjson.loads(row.body)
    return Kept(row.id or 0, row.source, row.first, row.until, body, milliseconds(row.at))
