"""What was applied for, as the desk reads it."""

from sqlmodel import Session, select

from storage.applications import Application, opened
from storage.connection import Row
from storage.database import Database
from storage.records import ApplicationRow
from storage.types import milliseconds


async def of(database: Database, conversation_id: int) -> list[Application]:
    """Return the applications of a conversation, the newest first."""

    def job(session: Session) -> list[ApplicationRow]:
        mine = select(ApplicationRow).where(ApplicationRow.conversation_id == conversation_id)
        return sorted(session.exec(mine).all(), key=lambda row: row.submitted_at, reverse=True)

    return [opened(database.keys, _row(row)) for row in await database.read(job)]


def _row(row: ApplicationRow) -> Row:
    return (
        row.id,
        row.conversation_id,
        row.receipt,
        row.status,
        row.version,
        row.body,
        milliseconds(row.submitted_at),
    )
