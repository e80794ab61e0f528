"""Random ids that are near on disk when they are near in time."""

import time
from os import urandom

EPOCH_MINUTES = 26_297_280
"""2020-01-01, in minutes since 1970."""

RANDOM_BITS = 36


def new_id() -> int:
    """Return a new id: minutes since 2020, then 36 random bits; never shown to a person."""
    minutes = int(time.time() // 60) - EPOCH_MINUTES
    return minutes << RANDOM_BITS | int.from_bytes(urandom(5)) >> 4


def made_at(number: int) -> int:
    """Return when an id was made: milliseconds since 1970, to the minute."""
    return ((number >> RANDOM_BITS) + EPOCH_MINUTES) * 60_000
