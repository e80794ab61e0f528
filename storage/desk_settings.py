"""What the center decides about its desk."""

from typing import TYPE_CHECKING, Any

import orjson
from sqlmodel import Session

from storage.desk_tables import DeskSettingRow

if TYPE_CHECKING:
    from storage.database import Database


async def read(database: "Database", name: str) -> dict[str, Any] | None:
    """Return one decision, or None when nothing was decided."""
    row = await database.read(lambda session: session.get(DeskSettingRow, name))
    return orjson.loads(row.body) if row else None


async def keep(database: "Database", name: str, body: dict[str, Any], author: str) -> None:
    """Keep a decision in place of an earlier one."""
    text = orjson.dumps(body).decode()
    now = database.clock()

    def job(session: Session) -> None:
        row = session.get(DeskSettingRow, name, with_for_update=True)
        row = row or DeskSettingRow(name=name, body=text, author=author, at=now)
        row.body, row.author, row.at = text, author, now
        session.add(row)

    await database.write(job)
