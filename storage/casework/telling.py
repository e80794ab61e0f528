"""What she is told of her application follows the case; what cannot follow stays as it is."""

from typing import TYPE_CHECKING

from sqlmodel import Session

from storage.casework.sealed import Step
from storage.records import ApplicationRow

if TYPE_CHECKING:
    from storage.database import Database


async def tell(database: "Database", application_id: int | None, step: Step) -> None:
    """Move the status of an application if it still is."""
    if application_id is None:
        return

    def job(session: Session) -> None:
        row = session.get(ApplicationRow, application_id, with_for_update=True)
        if row is None:
            return  # she erased it; the case has its own copy until it is destroyed
        row.status = step(row.status)
        session.add(row)

    await database.write(job)
