"""The tables of what is done for the public: education, surveys, numbers; and of our duties.

No row of a survey says when, by whom or after what it was given; `WITHOUT ROWID` keeps the order
of arrival off the disk.
"""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from storage.types import COUNTER, Instant

_GIVEN = {"autoincrement": False}


class EducationRow(SQLModel, table=True):
    """One request for prevention education, with a key of its own."""

    __tablename__ = "education_request"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    form: bytes = Field(unique=True)
    """Keyed hash of the form that was sent: the same form twice is one request."""
    token: bytes = Field(unique=True)
    """Keyed hash of the secret of the requester's page."""
    status: str = Field(index=True)
    kind: str
    audience: str
    program: str
    people: int
    held_on: str | None
    """The agreed day, `YYYY-MM-DD`."""
    minutes: int | None
    attended: int | None
    rating: int | None
    body: bytes
    """Who asks and how to reach them, place, wishes, instructor, words of both sides."""
    created_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)


class SurveyRoundRow(SQLModel, table=True):
    """One round of the survey; its key closes every answer of the round."""

    __tablename__ = "survey_round"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    name: str
    script: str
    """The questionnaire as a flow script, as it was when the round was made."""
    opens: datetime = Field(sa_type=Instant)
    closes: datetime = Field(sa_type=Instant)
    invited: int
    destroyed_at: datetime | None = Field(default=None, sa_type=Instant)
    standing: str | None = Field(default=None, index=True, unique=True)
    """What the house asks by itself, such as `satisfaction:2026-2`: there is one of each."""


class InvitationRow(SQLModel, table=True):
    """One invitation: only the hash of its code, and whether it was used."""

    __tablename__ = "survey_invitation"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: bytes = Field(primary_key=True)
    round_id: int = Field(sa_type=BigInteger)
    used: int


class SurveyAnswerRow(SQLModel, table=True):
    """What somebody answered, under a random number."""

    __tablename__ = "survey_answer"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    round_id: int = Field(sa_type=BigInteger)
    body: bytes


class ReleaseRow(SQLModel, table=True):
    """Tables that were published; never a small number."""

    __tablename__ = "numbers_release"

    id: int | None = Field(default=None, primary_key=True, sa_type=COUNTER)
    source: str = Field(index=True)
    """`cases`, or `survey:` and the number of the round."""
    first: str
    until: str
    body: str
    """Layout and published cells as JSON."""
    staff_id: int
    at: datetime = Field(sa_type=Instant)


class LogReviewRow(SQLModel, table=True):
    """One month's review of the access log."""

    __tablename__ = "log_review"

    month: str = Field(primary_key=True)
    """`YYYY-MM`."""
    staff_id: int
    lines: int
    last_number: int = Field(sa_type=BigInteger)
    findings: str
    at: datetime = Field(sa_type=Instant)


class BreachRow(SQLModel, table=True):
    """One breach of personal data and what was done about it."""

    __tablename__ = "breach"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    noticed_at: datetime = Field(sa_type=Instant)
    reported_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    body: bytes
    """What happened, which items, what was done, by whom and when."""


class BreachNoticeRow(SQLModel, table=True):
    """One person who must be told of a breach: how, and whether it was done."""

    __tablename__ = "breach_notice"

    breach_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    conversation_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    way: str | None
    staff_id: int | None
    told_at: datetime | None = Field(default=None, sa_type=Instant)
