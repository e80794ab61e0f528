"""The tables of the network: agencies and facilities as edited, and who speaks for them."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.types import Instant


class AgencyRow(SQLModel, table=True):
    """One agency as it was edited last; facts of a directory, nothing of any case."""

    __tablename__ = "agency"

    id: str = Field(primary_key=True)
    entry: str
    """The entry of the directory as JSON, in place of the one that we ship."""
    staff_id: int
    changed_at: datetime = Field(sa_type=Instant)


class FacilityRow(SQLModel, table=True):
    """One facility as it was edited last; never an address, nothing of any case."""

    __tablename__ = "facility"

    id: str = Field(primary_key=True)
    entry: str
    """The entry of the directory as JSON, in place of the one that we ship."""
    staff_id: int
    changed_at: datetime = Field(sa_type=Instant)


class AgencyPersonRow(SQLModel, table=True):
    """One account that belongs to an agency: it may see the referrals to it and nothing else."""

    __tablename__ = "agency_person"

    staff_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    agency: str = Field(index=True)
    role: str
    """What she is there, such as a lawyer."""
