"""What is counted: one flat record for each conversation of a time, opened and let go again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from sqlmodel import Session, col, select

from storage.applications import place
from storage.records import ApplicationRow, AuditRow
from storage.tables import ConversationRow
from storage.types import milliseconds

if TYPE_CHECKING:
    from storage.database import Database

STEP = 500


@dataclass(frozen=True, slots=True)
class Story:
    """What is counted of one conversation; nothing of it is kept.

    Attributes:
        began: Milliseconds since 1970, as all times.
        fields: The answers of the newest application that was sent, or None.
        applied: When it was sent.
        met: When a counselor first took the conversation.
    """

    began: int
    channel: str
    urgency: int
    fields: Mapping[str, Any] | None
    applied: int | None
    met: int | None


async def stories(database: "Database", first: datetime, until: datetime) -> list[Story]:
    """Return what is counted of the conversations that began within a time."""
    found = await database.read(lambda session: _conversations(session, first, until))
    told: list[Story] = []
    for at in range(0, len(found), STEP):
        part = found[at : at + STEP]
        numbers = [row.id for row in part]
        sent = await database.read(partial(_sent, numbers))
        met = await database.read(partial(_met, numbers))
        sealers = database.keys.sealers([row.id for row in sent.values()])
        for row in part:
            application = sent.get(row.id)
            fields = None
            if application and application.id in sealers:
                body = sealers[application.id].open(place(application.id), application.body)
                fields = orjson.loads(body)["fields"]
            told.append(
                Story(
                    began=milliseconds(row.created_at),
                    channel=row.channel,
                    urgency=row.urgency,
                    fields=fields,
                    applied=milliseconds(application.submitted_at) if application else None,
                    met=met.get(row.id),
                )
            )
    return told


def _conversations(session: Session, first: datetime, until: datetime) -> list[ConversationRow]:
    within = select(ConversationRow).where(
        col(ConversationRow.created_at) >= first,
        col(ConversationRow.created_at) < until,
        col(ConversationRow.parted) == 0,
    )
    return list(session.exec(within.order_by(col(ConversationRow.id))).all())


def _sent(numbers: list[int], session: Session) -> dict[int, ApplicationRow]:
    mine = select(ApplicationRow).where(
        col(ApplicationRow.conversation_id).in_(numbers), col(ApplicationRow.status) != "draft"
    )
    rows = session.exec(mine.order_by(col(ApplicationRow.submitted_at))).all()
    return {row.conversation_id: row for row in rows}


def _met(numbers: list[int], session: Session) -> dict[int, int]:
    taken = select(AuditRow).where(
        col(AuditRow.conversation_id).in_(numbers), col(AuditRow.action) == "take"
    )
    rows = session.exec(taken.order_by(col(AuditRow.number).desc())).all()
    return {row.conversation_id: milliseconds(row.at) for row in rows if row.conversation_id}
