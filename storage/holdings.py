"""Which talks go on, and since when nobody answers: read from what stands in clear."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, or_, select
from sqlmodel import Session

from storage.statements import table
from storage.tables import ConversationRow, TranscriptRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

TALK = table(ConversationRow).c
LINE = table(TranscriptRow).c
LAST = "seq"


class Holding(NamedTuple):
    """A talk that goes on, and since when she waits for a word; None when she does not."""

    conversation_id: int
    staff_id: int
    epoch: int
    urgency: int
    unanswered_since: int | None


class Silence(NamedTuple):
    """An urgent conversation in which our words were the last, and since when."""

    conversation_id: int
    urgency: int
    status: str
    since: int


async def live(database: "Database") -> list[Holding]:
    """Return every talk that goes on.

    Nobody answers since her first word after the counselor's last one; where the counselor has
    not spoken yet, since the takeover. Old epochs do not count.
    """
    spoke = (
        select(LINE.conversation_id, func.max(LINE.seq).label(LAST))
        .where(
            LINE.conversation_id == TALK.id,
            TALK.status == "live",
            LINE.author == "counselor",
            LINE.epoch == TALK.epoch,
        )
        .group_by(LINE.conversation_id)
        .subquery()
    )
    after = table(TranscriptRow).alias().c
    open_words = (
        (after.conversation_id == TALK.id)
        & (after.epoch == TALK.epoch)
        & (after.seq > func.coalesce(spoke.c[LAST], 0))
        & or_(after.author == "person", spoke.c[LAST].is_(None))
    )
    columns = (TALK.id, TALK.staff_id, TALK.epoch, TALK.urgency)
    talks = table(ConversationRow).join(spoke, spoke.c.conversation_id == TALK.id, isouter=True)
    whole = (
        select(*columns, func.min(after.at))
        .select_from(talks.join(after.at.table, open_words, isouter=True))
        .where(TALK.status == "live", TALK.staff_id.is_not(None))
        .group_by(*columns)
    )

    def job(session: Session) -> list[Holding]:
        return [Holding(*row[:4], _ms(row[4])) for row in session.connection().execute(whole)]

    return await database.read(job)


async def count(database: "Database", staff_id: int) -> int:
    """Return how many talks somebody holds now."""
    mine = select(func.count()).where(TALK.status == "live", TALK.staff_id == staff_id)
    return await database.read(lambda session: session.connection().execute(mine).scalar_one())


async def counts(database: "Database") -> dict[int, int]:
    """Return how many talks each of the staff holds now."""
    held = select(TALK.staff_id, func.count()).where(TALK.status == "live")
    grouped = held.where(TALK.staff_id.is_not(None)).group_by(TALK.staff_id)

    def job(session: Session) -> dict[int, int]:
        return {row[0]: row[1] for row in session.connection().execute(grouped)}

    return await database.read(job)


async def silent(database: "Database", urgency: int, before: int, after: int) -> list[Silence]:
    """Return urgent conversations in which our words were the last, said in that time.

    Args:
        database: Where from.
        urgency: Up to which urgency.
        before: Our last words were said before this, in milliseconds.
        after: And after this.
    """
    last = (
        select(LINE.conversation_id, func.max(LINE.seq).label(LAST))
        .where(
            LINE.conversation_id == TALK.id,
            TALK.urgency <= urgency,
            TALK.parted == 0,
            TALK.changed_at >= moment(after),
            LINE.author != "system",
        )
        .group_by(LINE.conversation_id)
        .subquery()
    )
    found = select(TALK.id, TALK.urgency, TALK.status, LINE.at).where(
        last.c.conversation_id == TALK.id,
        LINE.conversation_id == TALK.id,
        LINE.seq == last.c[LAST],
        LINE.author != "person",
        LINE.at < moment(before),
    )

    def job(session: Session) -> list[Silence]:
        rows = session.connection().execute(found)
        return [Silence(*row[:3], _ms(row[3]) or 0) for row in rows]

    return await database.read(job)


def _ms(value: datetime | None) -> int | None:
    return None if value is None else milliseconds(value)
