"""What happens by the passing of time: claimed under a lease, done in the turn it causes."""

from dataclasses import dataclass
from os import urandom
from typing import Any

import orjson

from storage.batch import Batch, Draft
from storage.conversation import Conversation
from storage.errors import SealError
from storage.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Timer:
    """One thing that is due; `Page.take_timer` in its turn makes it happen once.

    Attributes:
        body: What was kept with it.
    """

    id: int
    conversation_id: int
    kind: str
    body: dict[str, Any]


def set_in(batch: Batch, draft: Draft, conversation: Conversation, timer: Timer, due: int) -> None:
    """Set a timer within a turn; the given id is not used."""
    number = int.from_bytes(urandom(7))
    sealed = conversation.key().seal(place(conversation.id, number), orjson.dumps(timer.body))
    row = number, conversation.id, timer.kind, due, sealed
    draft.write(batch.sql.records.insert_timer, row)


def cancel_in(batch: Batch, draft: Draft, conversation_id: int, kind: str | None) -> None:
    """Cancel a conversation's timers, of one kind or all."""
    if kind is None:
        draft.write(batch.sql.records.delete_timers, (conversation_id,))
    else:
        draft.write(batch.sql.records.delete_timers_of_kind, (conversation_id, kind))


def take_in(batch: Batch, draft: Draft, conversation_id: int, number: int) -> bool:
    """Let a timer happen now; False when it did already, or was cancelled."""
    known = batch.query(batch.sql.records.timer, (number,))
    if known != [(conversation_id,)]:
        return False
    draft.write(batch.sql.records.delete_timer, (number,))
    return True


def claim_in(batch: Batch, limit: int, lease_ms: int) -> list[Timer]:
    """Claim what is due, within a turn; what cannot be opened any more is dropped."""
    rows = batch.query(batch.sql.records.timers_due, (batch.now, limit))
    sealers = batch.keys.sealers(list({row[1] for row in rows}))
    claimed, gone = [], []
    for number, conversation_id, kind, _, body in rows:
        opened = _opened(sealers.get(conversation_id), place(conversation_id, number), body)
        if opened is None:
            gone.append((number,))
        else:
            claimed.append(Timer(number, conversation_id, kind, opened))
    until = batch.now + lease_ms
    batch.change(batch.sql.records.claim_timer, [(until, timer.id) for timer in claimed])
    batch.change(batch.sql.records.delete_timer, gone)
    return claimed


def place(conversation_id: int, number: int) -> str:
    """Return where the body of a timer stands."""
    return f"timer|body|{conversation_id}|{number}"


def _opened(sealer: Sealer | None, where: str, body: bytes) -> dict[str, Any] | None:
    if sealer is None:
        return None
    try:
        opened: dict[str, Any] = orjson.loads(sealer.open(where, body))
    except SealError:
        return None
    return opened
