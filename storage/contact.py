"""Safe contact, enforced where what is to go out is written and where it is taken out.

Her rules are spans of a week in Seoul, kept with her preferences and sealed like them. An
answer within ten minutes of her own message, and the emergency card, go at once; all else
waits for her next safe time, and what she wants only as an answer waits for her.
"""

from collections.abc import Iterable
from typing import Any

import orjson

from storage.batch import Batch
from storage.conversation import Conversation
from storage.entries import Entry, unpack
from storage.entries import place as entry_place
from storage.errors import SealError
from storage.preferences import place
from storage.sealing import Sealer

NAME = "safe_contact"
"""The preference that holds her rules."""
ANSWER_MS = 10 * 60 * 1000
"""So long after her own message an answer may go at once."""
NEVER = 1 << 52
"""The due time of what waits until she writes."""
CARD = "card"
"""The kind of an entry that is part of the emergency card."""

_MINUTE_MS = 60_000
_WEEK_MS = 7 * 24 * 60 * _MINUTE_MS
_SEOUL_MS = 9 * 60 * _MINUTE_MS
_FIRST_MONDAY_MS = 4 * 24 * 60 * _MINUTE_MS
"""1970 began on a Thursday."""


def opens(spans: Iterable[tuple[int, int]], now: int) -> int:
    """Return when she may next be written to: now, later, or `NEVER`."""
    minute = (now + _SEOUL_MS - _FIRST_MONDAY_MS) % _WEEK_MS / _MINUTE_MS
    week = _WEEK_MS // _MINUTE_MS
    waits = [0.0 if start <= minute < end else (start - minute) % week for start, end in spans]
    return now + round(min(waits) * _MINUTE_MS) if waits else NEVER


def rules_in(batch: Batch, number: int, sealer: Sealer) -> dict[str, Any] | None:
    """Return her rules as they were kept, or None when she was never asked.

    Rules that cannot be read allow nothing, and hold up nobody else.
    """
    rows = batch.query(batch.sql.records.preference, (number, NAME))
    try:
        return orjson.loads(sealer.open(place(number, NAME), rows[0][0])) if rows else None
    except SealError:
        return {"spans": []}


def held_until(batch: Batch, number: int, sealer: Sealer) -> int:
    """Return when something that answers nothing may go out to her."""
    rules = rules_in(batch, number, sealer)
    return batch.now if rules is None else opens(rules["spans"], batch.now)


def safe_at(batch: Batch, conversation: Conversation) -> int:
    """Return when something of ours may go out to her that she did not just ask for."""
    number = conversation.id
    if batch.now - spoke_at(batch, number) <= ANSWER_MS:
        return batch.now
    return held_until(batch, number, conversation.key())


def spoke_at(batch: Batch, number: int) -> int:
    """Return when she last said or did something; 0 when she never did."""
    rows = batch.query(batch.sql.records.last_spoke, (number,))
    last = rows[0][0] if rows else None
    return int(last) if last is not None else 0


def release_in(batch: Batch, conversation: Conversation) -> None:
    """Let go what waited for her to write: she did, whatever becomes of this turn."""
    rows = batch.query(batch.sql.held, (conversation.id,))
    waits = [(batch.now, conversation.id, seq) for seq, due, *_ in rows if due >= NEVER]
    batch.change(batch.sql.records.hold, waits)


def unsaid_in(batch: Batch, conversation: Conversation) -> list[tuple[int, Entry]]:
    """Return what waits for her to write, oldest first, with its number."""
    rows = batch.query(batch.sql.held, (conversation.id,))
    key, number = conversation.key(), conversation.id
    return [
        (seq, unpack(author, key.open(entry_place(number, seq), body)))
        for seq, due, _, author, body in rows
        if due >= NEVER
    ]


def hold_in(batch: Batch, conversation: Conversation) -> None:
    """Let nothing go out that still waits, until it is released."""
    rows = batch.query(batch.sql.held, (conversation.id,))
    batch.change(batch.sql.records.hold, [(NEVER, conversation.id, row[0]) for row in rows])
