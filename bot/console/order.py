"""In which order people are seen to: danger now first, then whoever has waited past her turn."""

MINUTE_MS = 60_000
ALLOWED_MINUTES = {1: 15, 2: 45, 3: 90, 4: 60}
"""How long each urgency may wait before it is due; nothing known counts between R2 and R3."""

Key = tuple[int, int]


def due(urgency: int, waiting_since: int) -> int:
    """Return when somebody is due, in milliseconds: who waits long enough comes before others."""
    return waiting_since + ALLOWED_MINUTES.get(urgency, 0) * MINUTE_MS


def key(urgency: int, waiting_since: int) -> Key:
    """Return what sorts the queue: R0 by arrival, then the others by when they are due.

    So nobody starves: a later one passes only while the earlier one is not due before it. And
    nobody's age passes a danger that is now.
    """
    return (int(urgency > 0), due(urgency, waiting_since))


def ahead(keys: list[Key], now: int) -> tuple[int, ...]:
    """Return, for each urgency, how many come before somebody who arrives now."""
    return tuple(sum(one <= key(urgency, now) for one in keys) for urgency in range(5))
