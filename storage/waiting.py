"""What of one conversation waits to be collected or sent, as its own turn sees it."""

from collections.abc import Sequence

from flows.messages import Outbound
from storage.batch import Batch, Draft
from storage.connection import Row
from storage.conversation import Conversation
from storage.entries import place, unpack

TAKEN_OVER = "taken over"

Marking = tuple[Conversation, Sequence[int], str, str | None]
"""Whose entries, which, the new status, and the reason."""


def find(batch: Batch, conversation: Conversation, platform: bytes | None) -> int | None:
    """Return the newest entry with this hashed id of its platform."""
    found = batch.query(batch.sql.find_platform, (conversation.id, platform))
    return max((seq for (seq,) in found), default=None)


def collect(batch: Batch, conversation: Conversation, limit: int) -> list[tuple[int, Outbound]]:
    """Return what is ready and due, oldest first, and remember when nothing is left.

    What the bot said in an older epoch is left out: a counselor took over since.
    """
    rows = batch.query(batch.sql.held, (conversation.id,))
    conversation.held = len(rows)
    due = [row for row in rows if row[1] <= batch.now and _still_said(row, conversation.epoch)]
    key, number = conversation.key(), conversation.id
    return [
        (seq, unpack(author, key.open(place(number, seq), body)).outbound())
        for seq, _, _, author, body in due[:limit]
    ]


def said(batch: Batch, conversation: Conversation, first: int, last: int) -> list[Outbound]:
    """Return what the bot and counselors said from one number to another, oldest first."""
    key, number = conversation.key(), conversation.id
    return [
        unpack(author, key.open(place(number, seq), body)).outbound()
        for seq, author, body in batch.query(batch.sql.said, (number, first, last))
    ]


def _still_said(row: Row, epoch: int) -> bool:
    said_in: int = row[2]
    return row[3] == "counselor" or said_in >= epoch


def mark(batch: Batch, draft: Draft, marking: Marking) -> None:
    """Say how entries fared."""
    conversation, seqs, status, reason = marking
    moved = len(seqs) if status == "ready" else -len(seqs)
    conversation.held = max(0, conversation.held + moved)
    how = status, reason, batch.now, conversation.id
    draft.write(batch.sql.mark, *((*how, seq) for seq in seqs))


def drop_older(batch: Batch, draft: Draft, conversation: Conversation) -> int:
    """Let nothing go out that the bot said in an older epoch; return what was in flight.

    The rows are locked, so that a delivery that claims them now comes first or finds them dead.
    """
    rows = batch.query(batch.sql.older, (conversation.id, conversation.epoch))
    dropped = [seq for seq, status in rows if status == "ready"]
    mark(batch, draft, (conversation, dropped, "dead", TAKEN_OVER))
    return len(rows) - len(dropped)
