"""The versions of what the bot says: each kept for ever, with who made it and why."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from storage.errors import StorageError
from storage.records import FlowVersionRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

DRAFT, PROPOSED, PUBLISHED, WITHDRAWN = "draft", "proposed", "published", "withdrawn"


@dataclass(frozen=True, slots=True)
class FlowVersion:
    """One version; conversations carry its number.

    Attributes:
        digest: SHA-256 of the source, in hexadecimal.
        source: The text of the scripts, as it was handed in.
        at: Milliseconds since 1970.
    """

    number: int
    digest: str
    source: str
    author: str
    status: str
    reason: str
    at: int


async def add(
    database: "Database", source: str, author: str, status: str = DRAFT, reason: str = ""
) -> FlowVersion:
    """Keep a version; the same source again is the version that was kept before."""
    digest = hashlib.sha256(source.encode()).hexdigest()
    now = moment(database.clock())

    def job(session: Session) -> FlowVersion:
        known = session.exec(select(FlowVersionRow).where(FlowVersionRow.digest == digest)).first()
        if known:
            return _version(known)
        row = FlowVersionRow(
            digest=digest, source=source, author=author, status=status, reason=reason, at=now
        )
        session.add(row)
        session.flush()
        return _version(row)

    try:
        return await database.write(job)
    except IntegrityError:  # another process kept it at the same moment
        return await database.write(job)


async def find(database: "Database", number: int) -> FlowVersion | None:
    """Return a version by its number."""
    row = await database.read(lambda session: session.get(FlowVersionRow, number))
    return _version(row) if row else None


async def find_by_source(database: "Database", source: str) -> FlowVersion | None:
    """Return the version that has this very source."""
    digest = hashlib.sha256(source.encode()).hexdigest()
    wanted = select(FlowVersionRow).where(FlowVersionRow.digest == digest)
    row = await database.read(lambda session: session.exec(wanted).first())
    return _version(row) if row else None


async def all_of(database: "Database") -> list[FlowVersion]:
    """Return every version, the newest first."""
    newest = select(FlowVersionRow).order_by(col(FlowVersionRow.number).desc())
    rows = await database.read(lambda session: session.exec(newest).all())
    return [_version(row) for row in rows]


async def published(database: "Database") -> FlowVersion | None:
    """Return the version that new conversations begin with."""
    newest = select(FlowVersionRow).where(FlowVersionRow.status == PUBLISHED)
    newest = newest.order_by(col(FlowVersionRow.number).desc())
    row = await database.read(lambda session: session.exec(newest).first())
    return _version(row) if row else None


async def set_status(database: "Database", number: int, status: str, reason: str = "") -> None:
    """Publish, withdraw or otherwise move a version."""

    def job(session: Session) -> None:
        row = session.get(FlowVersionRow, number)
        if row is None:
            raise StorageError(f"there is no flow version {number}")
        row.status = status
        row.reason = reason or row.reason

    await database.write(job)


def _version(row: FlowVersionRow) -> FlowVersion:
    return FlowVersion(
        number=row.number or 0,
        digest=row.digest,
        source=row.source,
        author=row.author,
        status=row.status,
        reason=row.reason,
        at=milliseconds(row.at),
    )
