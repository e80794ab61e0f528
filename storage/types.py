"""The column types of our tables, the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer
from sqlalchemy.types import TypeDecorator, TypeEngine

COUNTER: TypeEngine[Any] = BigInteger().with_variant(Integer(), "sqlite")
"""A number that the database gives; SQLite counts only plain integers."""


class Instant(TypeDecorator[datetime]):
    """A moment: aware UTC in Python, milliseconds since 1970 in the database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Refuse a naive moment, and keep the others as milliseconds."""
        del dialect
        return None if value is None else milliseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return what was kept as an aware moment."""
        del dialect
        return None if value is None else moment(value)


def milliseconds(value: datetime) -> int:
    """Return a moment as milliseconds since 1970.

    Raises:
        ValueError: the moment does not know its time zone.
    """
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone: datetime.now(UTC)")
    return round(value.timestamp() * 1000)


def moment(value: int) -> datetime:
    """Return milliseconds since 1970 as a moment in UTC."""
    return datetime.fromtimestamp(value / 1000, UTC)
