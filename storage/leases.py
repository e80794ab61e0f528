"""Who alone may do something now, such as ask a platform for what is new."""

from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage.records import LeaseRow

if TYPE_CHECKING:
    from storage.database import Database


async def hold(database: "Database", name: str, holder: str, seconds: float) -> bool:
    """Hold a lease from now on, or hold it longer; False when somebody else holds it."""
    now = database.clock()

    def job(session: Session) -> bool:
        row = session.get(LeaseRow, name, with_for_update=True)
        if row is None:
            row = LeaseRow(name=name, holder=holder, until=0)
        elif row.holder != holder and row.until > now:
            return False
        row.holder = holder
        row.until = now + round(seconds * 1000)
        session.add(row)
        return True

    try:
        return await database.write(job)
    except IntegrityError:  # another process made the row at the same moment
        return False


async def let_go(database: "Database", name: str, holder: str) -> None:
    """Let others have a lease at once."""

    def job(session: Session) -> None:
        row = session.get(LeaseRow, name, with_for_update=True)
        if row and row.holder == holder:
            row.until = 0

    await database.write(job)
