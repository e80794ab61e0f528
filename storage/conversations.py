"""Conversations as the desk reads them; nothing here changes one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, or_, select

from storage.conversation import HOUR_MS, Conversation
from storage.sealing import Sealer
from storage.tables import ConversationRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

CALLED = ("waiting", "live")
RECENT = timedelta(hours=2)
TOGETHER = 500


async def find(database: "Database", number: int) -> Conversation | None:
    """Return one conversation, to read: changes to it are not kept."""
    row = await database.read(lambda session: session.get(ConversationRow, number))
    return _opened(database, [row])[0] if row else None


async def queue(database: "Database", limit: int = 5000) -> list[Conversation]:
    """Return who waits for or talks with a counselor, the most urgent and longest first."""

    def job(session: Session) -> list[ConversationRow]:
        called = select(ConversationRow).where(col(ConversationRow.status).in_(CALLED))
        by_urgency = called.order_by(
            col(ConversationRow.urgency), col(ConversationRow.waiting_since)
        )
        return list(session.exec(by_urgency.limit(limit)).all())

    return _opened(database, await database.read(job))


async def stamps(database: "Database", within: timedelta = RECENT) -> dict[int, int]:
    """Return when each conversation that the desk shows last changed, by its number."""
    since = moment(database.clock()) - within
    called = col(ConversationRow.status).in_(CALLED)
    lately = col(ConversationRow.hour) >= milliseconds(since) // HOUR_MS
    asked = (
        select(ConversationRow.id, ConversationRow.changed_at)
        .where(or_(called, lately))
        .where(ConversationRow.parted == 0)
    )

    def job(session: Session) -> dict[int, int]:
        return {number: milliseconds(at) for number, at in session.exec(asked)}

    return await database.read(job)


async def some(database: "Database", numbers: Sequence[int]) -> list[Conversation]:
    """Return these conversations, as many as there are, to read."""
    parts = [numbers[at : at + TOGETHER] for at in range(0, len(numbers), TOGETHER)]

    def job(session: Session) -> list[ConversationRow]:
        chosen = (select(ConversationRow).where(col(ConversationRow.id).in_(p)) for p in parts)
        return [row for each in chosen for row in session.exec(each)]

    return _opened(database, await database.read(job))


async def recent(
    database: "Database", limit: int = 100, within: timedelta = RECENT
) -> list[Conversation]:
    """Return conversations with the bot, and closed ones, that changed lately, newest first."""
    since = moment(database.clock()) - within

    def job(session: Session) -> list[ConversationRow]:
        others = select(ConversationRow).where(
            col(ConversationRow.hour) >= milliseconds(since) // HOUR_MS,
            col(ConversationRow.changed_at) >= since,
            col(ConversationRow.status).not_in(CALLED),
            col(ConversationRow.parted) == 0,
        )
        newest = others.order_by(col(ConversationRow.changed_at).desc())
        return list(session.exec(newest.limit(limit)).all())

    return _opened(database, await database.read(job))


async def count(database: "Database") -> dict[str, int]:
    """Return how many conversations wait and how many are live."""

    def job(session: Session) -> dict[str, int]:
        statuses = session.exec(
            select(ConversationRow.status).where(col(ConversationRow.status).in_(CALLED))
        ).all()
        return {status: statuses.count(status) for status in CALLED}

    return await database.read(job)


def _opened(database: "Database", rows: list[ConversationRow]) -> list[Conversation]:
    sealers = database.keys.sealers([row.id for row in rows])
    return [_conversation(row, sealers.get(row.id)) for row in rows]


def _conversation(row: ConversationRow, sealer: Sealer | None) -> Conversation:
    return Conversation(
        id=row.id,
        channel=row.channel,
        voice=row.voice,
        sealed_address=row.address,
        status=row.status,
        urgency=row.urgency,
        epoch=row.epoch,
        version=row.version,
        staff_id=row.staff_id,
        seq=row.seq,
        sealed_state=row.state,
        waiting_since=_milliseconds(row.waiting_since),
        changed_at=milliseconds(row.changed_at),
        hour=row.hour,
        unread=row.unread,
        held=row.held,
        parted=row.parted,
        created_at=milliseconds(row.created_at),
        sealer=sealer,
    )


def _milliseconds(value: datetime | None) -> int | None:
    return None if value is None else milliseconds(value.astimezone(UTC))
