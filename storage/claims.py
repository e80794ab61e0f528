"""Claims on what is to go out, within a batch: made under a lease, settled when it is sent.

Only the lowest open entry of a conversation can be claimed, so they go out in order. A claim
that is not settled in time is given again and called ambiguous: it may have gone out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from flows.messages import Outbound
from storage.batch import Batch
from storage.connection import Row
from storage.contact import ANSWER_MS, CARD, held_until
from storage.conversation import place as conversation_place
from storage.entries import place, unpack
from storage.errors import SealError
from storage.sealing import Sealer
from storage.waiting import TAKEN_OVER

UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the sending of one entry ended; made by `Due`.

    Attributes:
        attempts: Which attempt it was: a later one's outcome stands.
        due: When to try again, for `ready`.
        ambiguous: It may have gone out although nobody said so.
    """

    conversation_id: int
    seq: int
    status: str
    attempts: int
    due: int = 0
    ambiguous: bool = False
    reason: str | None = None
    platform_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """One entry that is ours to send until the lease ends.

    Attributes:
        address: Where to, in clear; never to be logged.
        attempts: This one included.
        ambiguous: An earlier attempt may have gone out.
    """

    conversation_id: int
    seq: int
    epoch: int
    address: str
    message: Outbound
    attempts: int
    ambiguous: bool

    def sent(self, *platform_ids: str) -> Outcome:
        """It went out, under these ids of the platform."""
        return Outcome(*self._head("sent"), ambiguous=self.ambiguous, platform_ids=platform_ids)

    def again(self, due: int, reason: str, *, ambiguous: bool = False) -> Outcome:
        """It did not, as far as we know; try again then."""
        unsure = ambiguous or self.ambiguous
        return Outcome(*self._head("ready"), due=due, ambiguous=unsure, reason=reason)

    def dead(self, reason: str) -> Outcome:
        """It never will."""
        return Outcome(*self._head("dead"), ambiguous=self.ambiguous, reason=reason)

    def _head(self, status: str) -> tuple[int, int, str, int]:
        return self.conversation_id, self.seq, status, self.attempts


def claim_in(batch: Batch, channel: str, limit: int, lease_ms: int) -> list[Due]:
    """Claim within a batch; what must not go out any more is dead from now on."""
    if limit <= 0:
        return []
    rows = batch.query(batch.sql.claimable, (channel, batch.now, batch.now, limit))
    sealers = batch.keys.sealers(list({row[0] for row in rows}))
    dead: list[Row] = []
    held: list[Row] = []
    claimed: list[Row] = []
    due = []
    for row in rows:
        number, seq, author, epoch, status, attempts, ambiguous, current, *_ = row
        late = epoch < current and author != "counselor"
        sealer = sealers.get(number)
        opened = None if late else _opened(sealer, row)
        if opened is None:
            why = TAKEN_OVER if late else UNREADABLE
            dead.append(("dead", why, batch.now, number, seq))
            continue
        if sealer and (later := _unsafe(batch, sealer, row, opened[2])):
            held.append((later, number, seq))
            continue
        unsure = bool(ambiguous) or status == "sending"
        until = batch.now + lease_ms
        claimed.append(("sending", until, attempts + 1, int(unsure), batch.now, number, seq))
        due.append(Due(number, seq, epoch, *opened[:2], attempts + 1, unsure))
    batch.change(batch.sql.mark, dead)
    batch.change(batch.sql.claim, claimed)
    batch.change(batch.sql.records.hold, held)
    return due


def settle_in(batch: Batch, outcomes: Sequence[Outcome]) -> None:
    """Settle within a batch: what was sent is sent, other outcomes only of the last attempt."""
    sealers = batch.keys.sealers(list({outcome.conversation_id for outcome in outcomes}))
    sent: list[Row] = []
    others: list[Row] = []
    for outcome in outcomes:
        number, seq = outcome.conversation_id, outcome.seq
        sealed = _sealed_ids(sealers.get(number), outcome)
        row = (*_settled(outcome), sealed, batch.now)
        if outcome.status == "sent":
            sent.append((*row, number, seq))
        else:
            others.append((*row, number, seq, "sending", outcome.attempts))
    batch.change(batch.sql.settle_sent, sent)
    batch.change(batch.sql.settle, others)
    batch.rung.update(sealers)


def ids_place(number: int, seq: int) -> str:
    """Return where the platform's ids of an entry stand."""
    return f"outbox|platform_ids|{number}|{seq}"


def _unsafe(batch: Batch, sealer: Sealer, row: Row, kind: str) -> int:
    """Return until when an entry must wait that has become old; 0 when it may go now."""
    number, at = row[0], row[-3]
    if kind == CARD or batch.now - int(at) <= ANSWER_MS:
        return 0
    later = held_until(batch, number, sealer)
    return later if later > batch.now else 0


def _opened(sealer: Sealer | None, row: Row) -> tuple[str, Outbound, str] | None:
    """Return address, message and kind, or None when they cannot be read any more."""
    number, seq, author, *_, address, body = row
    if sealer is None:
        return None
    try:
        to = sealer.open(conversation_place(number, "address"), address).decode()
        entry = unpack(author, sealer.open(place(number, seq), body))
        return to, entry.outbound(), entry.kind
    except SealError:
        return None


def _settled(outcome: Outcome) -> Row:
    return outcome.status, outcome.due, int(outcome.ambiguous), outcome.reason


def _sealed_ids(sealer: Sealer | None, outcome: Outcome) -> bytes | None:
    if sealer is None or not outcome.platform_ids:
        return None
    where = ids_place(outcome.conversation_id, outcome.seq)
    return sealer.seal(where, orjson.dumps(outcome.platform_ids))
