"""The table of her own things; see `keepsakes`."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from storage.types import Instant

_GIVEN = {"autoincrement": False}


class KeepsakeRow(SQLModel, table=True):
    """One entry of her log or plan."""

    __tablename__ = "keepsake"

    conversation_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs=_GIVEN)
    kind: str = Field(primary_key=True)
    """`incident` or `plan`."""
    number: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    at: datetime = Field(sa_type=Instant)
    body: bytes
    """What she wrote, the digest, and what it replaces."""
