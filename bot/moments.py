"""What a turn needs from outside: the time, and codes that nobody can guess."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime

from flows.events import Moment, Outlook
from storage.chance import fresh

LETTERS = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
RECEIPT_CHARS = 8
LINK_BYTES = 18


def moment(now: int, outlook: Outlook | None = None) -> Moment:
    """Return the time and fresh codes for one turn: 40 random bits as 8 letters, and a token."""
    drawn = fresh(RECEIPT_CHARS + LINK_BYTES)
    receipt = drawn[:RECEIPT_CHARS].translate(_LETTER_OF)
    link = urlsafe_b64encode(drawn[RECEIPT_CHARS:])
    return Moment(
        datetime.fromtimestamp(now / 1000, UTC), receipt.decode(), link.decode(), outlook
    )


_LETTER_OF = bytes(LETTERS[byte % len(LETTERS)] for byte in range(256))
