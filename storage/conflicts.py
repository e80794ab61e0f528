"""Whom a conversation is closed to for good: she is related, or knows the other side."""

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from storage.desk_tables import ConflictRow

if TYPE_CHECKING:
    from storage.database import Database

KINDS = ("related", "other side")


async def declare(database: "Database", conversation_id: int, staff_id: int, kind: str) -> None:
    """Close a conversation to somebody, for good."""
    now = database.clock()

    def job(session: Session) -> None:
        if session.get(ConflictRow, (conversation_id, staff_id)) is None:
            session.add(
                ConflictRow(conversation_id=conversation_id, staff_id=staff_id, kind=kind, at=now)
            )

    try:
        await database.write(job)
    except IntegrityError:  # she declared it twice at the same moment
        return


async def has(database: "Database", conversation_id: int, staff_id: int) -> bool:
    """Say whether a conversation is closed to somebody."""
    row = await database.read(
        lambda session: session.get(ConflictRow, (conversation_id, staff_id))
    )
    return row is not None


async def everyones(database: "Database") -> dict[int, set[int]]:
    """Return the conversations that are closed to each of the staff; few ever are."""
    pairs = select(ConflictRow.staff_id, ConflictRow.conversation_id)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for staff_id, conversation_id in await database.read(lambda s: list(s.exec(pairs))):
        found[staff_id].add(conversation_id)
    return dict(found)
