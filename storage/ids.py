"""Ids that cannot be guessed, and are near on disk when they are near in time."""

import time
from os import urandom

EPOCH_MINUTES = 26_297_280
"""2020-01-01, in minutes since 1970."""

RANDOM_BITS = 28
COUNT_BITS = 8
BLOCK = 1 << COUNT_BITS


def new_ids() -> range:
    """Return a block of new ids: minutes since 2020, 28 random bits, then counted on.

    Conversations of the same moment stand side by side in the database, so one commit
    touches few of its pages. Ids are known to staff only, and open nothing by themselves.
    """
    minutes = int(time.time() // 60) - EPOCH_MINUTES
    first = (minutes << RANDOM_BITS | int.from_bytes(urandom(4)) >> 4) << COUNT_BITS
    return range(first, first + BLOCK)


def made_at(number: int) -> int:
    """Return when an id was made: milliseconds since 1970, to the minute."""
    return ((number >> (RANDOM_BITS + COUNT_BITS)) + EPOCH_MINUTES) * 60_000
