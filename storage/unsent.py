"""What a counselor is writing: kept sealed, so that a reload or another tab has it too."""

from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete

from storage.desk_tables import UnsentRow
from storage.errors import SealError

if TYPE_CHECKING:
    from storage.database import Database


async def keep(database: "Database", conversation_id: int, staff_id: int, text: str) -> None:
    """Keep what stands in the message box now; nothing is kept of an empty one.

    Raises:
        GoneError: the conversation was erased.
    """
    sealer = database.keys.sealer(conversation_id)
    body = sealer.seal(place(conversation_id, staff_id), text.encode()) if text else b""
    now = database.clock()
    key = {"conversation_id": conversation_id, "staff_id": staff_id}

    def job(session: Session) -> None:
        row = session.get(UnsentRow, (conversation_id, staff_id), with_for_update=True)
        if not text:
            if row:
                session.delete(row)
            return
        row = row or UnsentRow(**key, at=now, body=body)
        row.at, row.body = now, body
        session.add(row)

    try:
        await database.write(job)
    except IntegrityError:  # her other tab made it at the same moment
        await database.write(job)


async def read(database: "Database", conversation_id: int, staff_id: int) -> tuple[str, int]:
    """Return what she was writing and when; empty when nothing is kept."""
    row = await database.read(lambda session: session.get(UnsentRow, (conversation_id, staff_id)))
    sealer = database.keys.sealers([conversation_id]).get(conversation_id)
    if row is None or sealer is None:
        return "", 0
    try:
        return sealer.open(place(conversation_id, staff_id), row.body).decode(), row.at
    except SealError:
        return "", 0


async def forget(database: "Database", staff_id: int) -> None:
    """Forget all that somebody was writing."""
    mine = delete(UnsentRow).where(col(UnsentRow.staff_id) == staff_id)
    await database.write(lambda session: session.exec(mine))


def place(conversation_id: int, staff_id: int) -> str:
    """Return where a draft stands."""
    return f"desk_draft|body|{conversation_id}|{staff_id}"
