"""Whose address speaks for which conversation, read without a turn."""

from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session

from storage import conversations
from storage.tables import VoiceRow

if TYPE_CHECKING:
    from storage.database import Database


VEIL = "veil"
"""In a conversation's memory: up to which number her page shows nothing, while it is covered."""


class Place(NamedTuple):
    """Where an address stands: its conversation, what it may see of it, and the language.

    Of a covered talk it sees only what was said since.
    """

    conversation_id: int
    since_seq: int
    language: str


async def place(database: "Database", channel: str, address: str) -> Place | None:
    """Return where an address stands; None when it never spoke or was erased."""
    number = database.keys.hash(channel, address)

    def job(session: Session) -> tuple[int, int] | None:
        row = session.get(VoiceRow, number)
        return (row.conversation_id, row.since_seq) if row else None

    found = await database.read(job)
    if found is None:
        return None
    conversation = await conversations.find(database, found[0])
    if conversation is None or conversation.parted:
        return None
    veil = int(conversation.state.memory.get(VEIL, "0"))
    return Place(found[0], max(found[1], veil), conversation.language)
