"""Leave to open somebody else's conversation, with a reason, for an hour."""

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from storage.desk_tables import GrantRow
from storage.records import AuditRow

if TYPE_CHECKING:
    from storage.database import Database

GRANT_MS = 60 * 60 * 1000
MOST_OWN = 500


async def give(database: "Database", conversation_id: int, staff_id: int, reason: str) -> int:
    """Give leave; returns until when. Raises `GoneError` when it was erased."""
    until = database.clock() + GRANT_MS
    sealer = database.keys.sealer(conversation_id)
    body = sealer.seal(place(conversation_id, staff_id), reason.encode())
    key = {"conversation_id": conversation_id, "staff_id": staff_id}

    def job(session: Session) -> None:
        row = session.get(GrantRow, (conversation_id, staff_id), with_for_update=True)
        row = row or GrantRow(**key, until=until, body=body)
        row.until, row.body = until, body
        session.add(row)

    await database.write(job)
    return until


async def has(database: "Database", conversation_id: int, staff_id: int) -> bool:
    """Say whether somebody has leave now."""
    row = await database.read(lambda session: session.get(GrantRow, (conversation_id, staff_id)))
    return row is not None and row.until > database.clock()


async def held(database: "Database", conversation_id: int, staff_id: int) -> bool:
    """Say whether somebody ever took a conversation, or was handed it."""
    mine = select(AuditRow.number).where(
        AuditRow.conversation_id == conversation_id,
        (AuditRow.staff_id == staff_id) & (AuditRow.action == "take")
        | (AuditRow.detail == f"to {staff_id}"),
    )
    found = await database.read(lambda session: session.exec(mine.limit(1)).first())
    return found is not None


async def own(database: "Database", staff_id: int) -> list[int]:
    """Return the conversations that somebody took, the newest first."""
    asked = (
        select(AuditRow.conversation_id)
        .where(AuditRow.staff_id == staff_id, AuditRow.action == "take")
        .order_by(col(AuditRow.number).desc())
        .limit(MOST_OWN)
    )

    def job(session: Session) -> list[int]:
        return [one for one in session.exec(asked) if one is not None]

    return list(dict.fromkeys(await database.read(job)))


def place(conversation_id: int, staff_id: int) -> str:
    """Return where a reason stands."""
    return f"desk_grant|body|{conversation_id}|{staff_id}"
