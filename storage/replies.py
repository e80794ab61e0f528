"""Quick replies of the center's own; nothing in them is of any person."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from sqlmodel import Session, col, select

from storage.desk_tables import ReplyRow

if TYPE_CHECKING:
    from storage.database import Database

MOST = 500


@dataclass(frozen=True, slots=True)
class Reply:
    """One quick reply: title and text by language."""

    title: dict[str, str]
    text: dict[str, str]
    author: str = ""
    id: int = 0


async def everyone(database: "Database") -> list[Reply]:
    """Return all, the oldest first."""
    asked = select(ReplyRow).order_by(col(ReplyRow.id)).limit(MOST)
    rows = await database.read(lambda session: session.exec(asked).all())
    return [_reply(row) for row in rows]


async def add(database: "Database", reply: Reply) -> int:
    """Keep one; returns its number."""
    body = orjson.dumps({"title": reply.title, "text": reply.text}).decode()
    now = database.clock()

    def job(session: Session) -> int:
        row = ReplyRow(body=body, author=reply.author, at=now)
        session.add(row)
        session.flush()
        return row.id or 0

    return await database.write(job)


async def remove(database: "Database", number: int) -> bool:
    """Take one away; False when there is none."""

    def job(session: Session) -> bool:
        row = session.get(ReplyRow, number)
        if row is not None:
            session.delete(row)
        return row is not None

    return await database.write(job)


def _reply(row: ReplyRow) -> Reply:
    body = orjson.loads(row.body)
    return Reply(body["title"], body["text"], row.author, row.id or 0)
