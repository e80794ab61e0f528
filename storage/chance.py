"""Random bytes for nonces and codes, fetched from the system many at a time.

Each call of the system gives way to the other threads, and a message needs several.
"""

from os import urandom

MOST = 32
"""Bytes that may be asked for at once."""
_TOGETHER = 256

_fetched: list[bytes] = []


def fresh(count: int) -> bytes:
    """Return so many bytes that nobody else was or will be given; safe in any thread."""
    while True:
        try:
            return _fetched.pop()[:count]
        except IndexError:
            block = urandom(MOST * _TOGETHER)
            _fetched.extend(block[at : at + MOST] for at in range(0, len(block), MOST))
