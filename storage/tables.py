"""The tables on the path of a message: who speaks, where they stand, what was said, what goes out.

What a person wrote or what names her is sealed (`bytes` columns). In clear stay random ids,
the coarse status, urgency, epoch, numbers and times. Relations are not enforced by the
database on this path; `verify` holds them.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.types import Instant

OPEN = text("status IN ('ready', 'sending')")
WANTED = text("status = 'wanted'")
CALLED = text("status IN ('waiting', 'live')")


class VoiceRow(SQLModel, table=True):
    """One address that speaks for one conversation, found by its keyed hash."""

    __tablename__ = "voice"
    __table_args__ = (
        Index("voice_conversation", "conversation_id"),
        {"sqlite_with_rowid": False},
    )

    hash: bytes = Field(primary_key=True)
    conversation_id: int = Field(sa_type=BigInteger)
    channel: str
    address: bytes
    since_seq: int
    at: datetime = Field(sa_type=Instant)


class ConversationRow(SQLModel, table=True):
    """Where one conversation stands."""

    __tablename__ = "conversation"
    __table_args__ = (
        Index(
            "conversation_called",
            "urgency",
            "waiting_since",
            sqlite_where=CALLED,
            postgresql_where=CALLED,
        ),
        Index("conversation_hour", "hour"),
        Index(
            "conversation_parting",
            "id",
            sqlite_where=text("parted = 1"),
            postgresql_where=text("parted = 1"),
        ),
    )

    id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    channel: str
    voice: bytes
    address: bytes
    status: str
    urgency: int
    epoch: int
    version: int
    staff_id: int | None
    seq: int
    state: bytes
    waiting_since: datetime | None = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    hour: int
    """The hour of the last change: recent ones are found by it, and it seldom changes."""
    unread: int
    held: int
    """At least as many as wait to be collected; 0 means none."""
    parted: int
    """0 kept, 1 erased but its key not yet, 2 erased."""
    created_at: datetime = Field(sa_type=Instant)


class InboxRow(SQLModel, table=True):
    """One message that was taken in, for ever: the same id again is the same message."""

    __tablename__ = "inbox"
    __table_args__ = ({"sqlite_with_rowid": False},)

    message_id: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    conversation_id: int | None = Field(sa_type=BigInteger)
    seq: int
    last_seq: int
    at: datetime = Field(sa_type=Instant)


class TranscriptRow(SQLModel, table=True):
    """One entry of a conversation, numbered without gaps."""

    __tablename__ = "transcript"

    conversation_id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Instant)
    author: str
    epoch: int
    body: bytes
    platform: bytes | None
    """Keyed hash of the platform's id of the message, to find what an edit replaces."""


class OutboxRow(SQLModel, table=True):
    """How one entry reaches the person: `ready`, `sending`, `sent` or `dead`."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_due", "channel", "due", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("outbox_lane", "conversation_id", "seq", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    conversation_id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    channel: str
    author: str
    epoch: int
    status: str
    due: int = Field(sa_type=BigInteger)
    """When it may go out; while `sending`: until when whoever sends it has it alone."""
    attempts: int
    ambiguous: int
    reason: str | None
    platform_ids: bytes | None
    changed_at: datetime = Field(sa_type=Instant)


class AttachmentRow(SQLModel, table=True):
    """One file of one entry: what it is called is sealed here, its bytes on disk."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("attachment_due", "due", sqlite_where=WANTED, postgresql_where=WANTED),
    )

    conversation_id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    n: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    status: str
    """`wanted` until it is fetched, then `kept` or `refused`."""
    body: bytes
    """Name, kind, type, source, size, SHA-256, and why it was refused."""
    file: str | None
    tries: int
    due: int = Field(sa_type=BigInteger)
    """When it may be fetched; once it is claimed: until when whoever claimed it has it alone."""
