"""Days and moments as casework counts them: in Seoul."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
MORNING = time(9)


def morning(day: date) -> int:
    """Return nine in the morning, in milliseconds since 1970."""
    return in_ms(datetime.combine(day, MORNING, SEOUL))


def today(now: int) -> date:
    """Return the day that a moment has."""
    return _moment(now).date()


def days_after(now: int, days: int) -> datetime:
    """Return the same time of day some days later."""
    return _moment(now) + timedelta(days=days)


def in_ms(moment: datetime) -> int:
    """Return milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


def _moment(now: int) -> datetime:
    return datetime.fromtimestamp(now / 1000, UTC).astimezone(SEOUL)
