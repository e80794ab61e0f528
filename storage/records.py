"""The tables beside the path of a message: what she applied for, what is kept of words, staff."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from storage.types import COUNTER, Instant

_GIVEN = {"autoincrement": False}


class ApplicationRow(SQLModel, table=True):
    """One application; it has a key of its own, so that it may outlive an erased chat."""

    __tablename__ = "application"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    conversation_id: int = Field(sa_type=BigInteger, index=True)
    receipt: bytes = Field(unique=True)
    """Keyed hash of the receipt code."""
    status: str
    version: int
    body: bytes
    """The answers and the receipt code."""
    submitted_at: datetime = Field(sa_type=Instant)


class SecretRow(SQLModel, table=True):
    """What is kept of a word that only she knows: a verifier, never the word."""

    __tablename__ = "secret"

    conversation_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    kind: str = Field(primary_key=True)
    salt: bytes
    verifier: bytes
    at: datetime = Field(sa_type=Instant)


class PreferenceRow(SQLModel, table=True):
    """What she prefers, kept with her conversation."""

    __tablename__ = "preference"

    conversation_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    name: str = Field(primary_key=True)
    body: bytes


class TimerRow(SQLModel, table=True):
    """Something that happens to a conversation by the passing of time."""

    __tablename__ = "timer"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    conversation_id: int = Field(sa_type=BigInteger, index=True)
    kind: str
    due: int = Field(sa_type=BigInteger, index=True)
    """When it happens; once it is claimed: until when whoever claimed it has it alone."""
    body: bytes


class LinkRow(SQLModel, table=True):
    """A link that works once: only the hash of its token is kept."""

    __tablename__ = "link"

    hash: bytes = Field(primary_key=True)
    conversation_id: int = Field(sa_type=BigInteger, index=True)
    kind: str
    expires: int = Field(sa_type=BigInteger)
    used: int | None = Field(sa_type=BigInteger)


class IntakeRow(SQLModel, table=True):
    """Up to where we have read what a platform keeps for us."""

    __tablename__ = "intake"

    channel: str = Field(primary_key=True)
    position: int = Field(sa_type=BigInteger)


class LeaseRow(SQLModel, table=True):
    """Who alone may do something now, such as ask a platform for what is new."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    until: int = Field(sa_type=BigInteger)


class FlowVersionRow(SQLModel, table=True):
    """One version of what the bot says; never changed, but for its status."""

    __tablename__ = "flow_version"

    number: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True)
    source: str
    author: str
    status: str = Field(index=True)
    reason: str
    at: datetime = Field(sa_type=Instant)


class StaffRow(SQLModel, table=True):
    """Someone who works here."""

    __tablename__ = "staff"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    pseudonym: str
    role: str
    password: str
    at: datetime = Field(sa_type=Instant)
    left_at: datetime | None = Field(default=None, sa_type=Instant)


class SignInRow(SQLModel, table=True):
    """Someone who is signed in: only the hash of the token is kept."""

    __tablename__ = "sign_in"

    hash: bytes = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    csrf: str
    at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)


class FailureRow(SQLModel, table=True):
    """A sign-in that failed, kept for a quarter of an hour."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("sign_in_failure_name", "name", "at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=COUNTER)
    name: bytes
    """Keyed hash: whoever mistypes may have typed the password here."""
    at: datetime = Field(sa_type=Instant)


class AuditRow(SQLModel, table=True):
    """One line of the access log, never content; each seals the one before."""

    __tablename__ = "audit"

    number: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    at: datetime = Field(sa_type=Instant)
    staff_id: int | None
    action: str
    conversation_id: int | None = Field(sa_type=BigInteger, index=True)
    detail: str
    digest: bytes
