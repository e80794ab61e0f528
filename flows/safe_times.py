"""When a question of ours may reach her: the next time of the kinds she chose."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

WINDOWS: dict[str, tuple[range, time]] = {
    "day": (range(5), time(10, 30)),
    "evening": (range(5), time(19)),
    "weekend": (range(5, 7), time(11)),
}
"""The days of the week, Monday first, and a time in the middle of what she called safe."""

WAKING = range(9, 21)
"""Who chose no times is asked at no other hours."""
_ANY = (range(7), time(10, 30))


def next_safe(after: datetime, chosen: Collection[str]) -> datetime | None:
    """Return the first safe time from a moment on; None when she wants to hear nothing.

    Args:
        after: Aware, in her time zone.
        chosen: Her answers to the question about safe times.
    """
    if "only_then" in chosen:
        return None
    windows = [WINDOWS[name] for name in chosen if name in WINDOWS]
    if not windows:
        windows = [_ANY]
        if WAKING.start <= after.hour < WAKING.stop:
            return after
    return min(_first(after, days, at) for days, at in windows)


def _first(after: datetime, days: range, at: time) -> datetime:
    for ahead in range(8):
        day = after + timedelta(days=ahead)
        found = day.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        if found >= after and found.weekday() in days:
            return found
    raise ValueError("a window without days")
