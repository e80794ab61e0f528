"""The tables of casework. A case has a key of its own: what it closed goes when the key goes.

In clear stay random ids, statuses, levels, owners, days that something is due, and the names of
services and agencies of our directory. What she told, who is involved and where is sealed.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.types import Instant

_GIVEN = {"autoincrement": False}
TAKEN = text("status IN ('held', 'in')")
"""A place is taken while somebody holds it or lives there: the database itself knows no second."""


class ContactRow(SQLModel, table=True):
    """One contact with somebody: it may become a case, or stay what it was."""

    __tablename__ = "contact"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    door: str
    """`chat`, `line` (1366) or `police`."""
    application_id: int | None = Field(sa_type=BigInteger, index=True)
    case_id: int | None = Field(sa_type=BigInteger, index=True)
    staff_id: int
    at: datetime = Field(sa_type=Instant)
    body: bytes
    """What was noted; sealed with the contact's own key."""


class CaseRow(SQLModel, table=True):
    """One case."""

    __tablename__ = "case_file"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    person_id: int = Field(sa_type=BigInteger, index=True)
    """Cases of one person carry the same random number."""
    application_id: int | None = Field(sa_type=BigInteger, unique=True)
    conversation_id: int | None = Field(sa_type=BigInteger, index=True)
    door: str
    status: str = Field(index=True)
    urgency: int
    opened_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(sa_type=Instant)
    destroy_at: datetime | None = Field(sa_type=Instant, index=True)
    body: bytes


class MemberRow(SQLModel, table=True):
    """Who needs to know a case."""

    __tablename__ = "case_member"

    case_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    staff_id: int = Field(primary_key=True, index=True, sa_column_kwargs=_GIVEN)
    at: datetime = Field(sa_type=Instant)


class OpposedRow(SQLModel, table=True):
    """Two files of one matter: whoever knows one may not know the other."""

    __tablename__ = "case_opposed"

    case_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    other_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    at: datetime = Field(sa_type=Instant)


class MarkRow(SQLModel, table=True):
    """Keyed hash of a number in a case: two files of one matter are found by it."""

    __tablename__ = "case_mark"

    hash: bytes = Field(primary_key=True)
    case_id: int = Field(primary_key=True, sa_type=BigInteger, index=True, sa_column_kwargs=_GIVEN)
    side: str = Field(primary_key=True)
    """`person` or `that_person`."""


class RecordRow(SQLModel, table=True):
    """One note, task, order, report, lent thing or the like: whatever hangs on a case."""

    __tablename__ = "case_record"
    __table_args__ = (Index("case_record_due", "status", "due"),)

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    case_id: int = Field(sa_type=BigInteger, index=True)
    kind: str
    status: str
    ref: int | None = Field(sa_type=BigInteger)
    """The referral or record that it belongs to."""
    owner_id: int | None = Field(index=True)
    staff_id: int | None
    due: datetime | None = Field(sa_type=Instant)
    at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    body: bytes


class ReferralRow(SQLModel, table=True):
    """One service asked of one agency."""

    __tablename__ = "referral"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    case_id: int = Field(sa_type=BigInteger, index=True)
    service: str
    agency: str
    status: str = Field(index=True)
    at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    body: bytes
    """Consent, answer, appointment, what was recalled."""


class AnswerLinkRow(SQLModel, table=True):
    """The link by which an agency answers one referral once; only hashes are kept."""

    __tablename__ = "referral_link"

    hash: bytes = Field(primary_key=True)
    referral_id: int = Field(sa_type=BigInteger, index=True)
    pin: bytes
    tries: int
    expires: datetime = Field(sa_type=Instant)
    used: datetime | None = Field(sa_type=Instant)


class PlaceRow(SQLModel, table=True):
    """One place to sleep in a facility of the directory."""

    __tablename__ = "facility_place"

    facility: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    room: str


class StayRow(SQLModel, table=True):
    """One person's place, or her wait for one; a family is one party."""

    __tablename__ = "stay"
    __table_args__ = (
        Index(
            "stay_taken",
            "facility",
            "place",
            unique=True,
            sqlite_where=TAKEN,
            postgresql_where=TAKEN,
        ),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    case_id: int = Field(sa_type=BigInteger, index=True)
    party: int = Field(sa_type=BigInteger, index=True)
    facility: str
    room: str | None
    place: str | None
    status: str
    people: int
    at: datetime = Field(sa_type=Instant)
    until: datetime | None = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)


class EscortRow(SQLModel, table=True):
    """Guards or company for a way; times and places are sealed."""

    __tablename__ = "escort"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    case_id: int = Field(sa_type=BigInteger, index=True)
    agency: str
    status: str
    at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    body: bytes


class SlotRow(SQLModel, table=True):
    """Half an hour of one guard, as a keyed hash: it can be given only once, and not be read."""

    __tablename__ = "escort_slot"

    hash: bytes = Field(primary_key=True)
    escort_id: int = Field(sa_type=BigInteger, index=True)


class MeetingRow(SQLModel, table=True):
    """One case meeting; sealed with a key of its own."""

    __tablename__ = "meeting"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    status: str
    planned_for: datetime = Field(sa_type=Instant)
    staff_id: int
    body: bytes


class MeetingItemRow(SQLModel, table=True):
    """One case in a meeting; what was said is sealed with the case's key and goes with it."""

    __tablename__ = "meeting_item"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    meeting_id: int = Field(sa_type=BigInteger, index=True)
    case_id: int = Field(sa_type=BigInteger, index=True)
    reasons: str
    body: bytes


class ProvisionRow(SQLModel, table=True):
    """The register of what was given to others: for each time the eight things it must say."""

    __tablename__ = "provision"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    case_id: int = Field(sa_type=BigInteger, index=True)
    referral_id: int = Field(sa_type=BigInteger, index=True)
    staff_id: int
    recipient: str
    purpose: str
    basis: str
    items: str
    form: str
    keeping: str
    at: datetime = Field(sa_type=Instant)
    recalled_at: datetime | None = Field(sa_type=Instant)


class DestructionRow(SQLModel, table=True):
    """The proof that a case was destroyed: what, when, why, and that nothing of it opens."""

    __tablename__ = "destruction"

    case_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    why: str
    staff_id: int | None
    at: datetime = Field(sa_type=Instant)
    counts: str
    proven_at: datetime | None = Field(sa_type=Instant)
