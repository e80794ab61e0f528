"""The tables of the desk: who is there, what is to be done, what a counselor is writing."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from storage.types import COUNTER

_GIVEN = {"autoincrement": False}


class PresenceRow(SQLModel, table=True):
    """Whether somebody is at the desk, for which team, and how many talks at once."""

    __tablename__ = "presence"

    staff_id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    state: str
    """`here` or `pause`."""
    capacity: int
    team: str
    seen: int = Field(sa_type=BigInteger)
    """When a browser of hers last gave a sign, in milliseconds; 0 is never."""
    since: int = Field(sa_type=BigInteger)


class TaskRow(SQLModel, table=True):
    """Something a counselor must look after, such as a silence after an urgent message."""

    __tablename__ = "desk_task"
    __table_args__ = (Index("desk_task_open", "status", "due"),)

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    conversation_id: int = Field(sa_type=BigInteger, index=True)
    kind: str
    role: str
    """Who is told: `counselor` or `supervisor`."""
    status: str
    """`open` or `done`."""
    at: int = Field(sa_type=BigInteger)
    due: int = Field(sa_type=BigInteger)
    done_by: int | None
    done_at: int | None = Field(sa_type=BigInteger)
    body: bytes
    """Details and what was done, closed with the key of the conversation."""


class UnsentRow(SQLModel, table=True):
    """What a counselor is writing and has not sent, closed with the key of the conversation."""

    __tablename__ = "desk_draft"

    conversation_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    staff_id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    at: int = Field(sa_type=BigInteger)
    body: bytes


class GrantRow(SQLModel, table=True):
    """Leave to open a conversation that is not one's own, for a while and with a reason."""

    __tablename__ = "desk_grant"

    conversation_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    staff_id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    until: int = Field(sa_type=BigInteger)
    body: bytes
    """The reason, closed with the key of the conversation."""


class ReplyRow(SQLModel, table=True):
    """A quick reply of the center's own; it holds nothing of any person."""

    __tablename__ = "quick_reply"

    id: int | None = Field(default=None, primary_key=True, sa_type=COUNTER)
    body: str
    """Title and text by language."""
    author: str
    at: int = Field(sa_type=BigInteger)


class DeskSettingRow(SQLModel, table=True):
    """What the center decides about its desk, such as its opening hours."""

    __tablename__ = "desk_setting"

    name: str = Field(primary_key=True)
    body: str
    author: str
    at: int = Field(sa_type=BigInteger)


class FactorRow(SQLModel, table=True):
    """The second factor of somebody's sign-in; the secret is closed with a key of the house."""

    __tablename__ = "second_factor"

    staff_id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    secret: bytes
    confirmed: int
    last: int = Field(sa_type=BigInteger)
    """The number of the last time step that was used: each code works once."""


class RecoveryRow(SQLModel, table=True):
    """How somebody who lost password or second factor comes back: two others agree."""

    __tablename__ = "recovery"

    staff_id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    asked_by: int
    approved_by: int | None
    code: bytes | None
    """Keyed hash of the code that was shown once to whoever approved."""
    expires: int = Field(sa_type=BigInteger)


class ShiftRow(SQLModel, table=True):
    """When somebody is to be at the desk, or on call."""

    __tablename__ = "shift"

    id: int | None = Field(default=None, primary_key=True, sa_type=COUNTER)
    staff_id: int
    begins: int = Field(sa_type=BigInteger)
    ends: int = Field(sa_type=BigInteger, index=True)
    on_call: int
    """1: she is not at the desk, and paged when somebody urgent waits while nobody is there."""
    mail: str
    """Where she is paged; empty: as the center decided."""
    author: str


class HandOverRow(SQLModel, table=True):
    """The list of talks that a leaving counselor signs and a receiving one accepts."""

    __tablename__ = "hand_over"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    giver: int
    receiver: int
    status: str
    """`signed`, then `accepted`, `refused` or `withdrawn`."""
    signed_at: int = Field(sa_type=BigInteger)
    ended_at: int | None = Field(sa_type=BigInteger)
    talks: str
    """Numbers and epochs of the conversations, and after it was accepted how each went."""


class ConflictRow(SQLModel, table=True):
    """Somebody must not know a conversation: she is related, or knows the other side."""

    __tablename__ = "desk_conflict"

    conversation_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    staff_id: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    kind: str
    """`related` or `other side`."""
    at: int = Field(sa_type=BigInteger)
