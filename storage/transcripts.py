"""What was said in a conversation, as the desk and her own page read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson
from sqlmodel import Session, col, select

from storage.claims import ids_place
from storage.entries import Entry, place, unpack
from storage.errors import GoneError, SealError
from storage.sealing import Sealer
from storage.tables import ConversationRow, OutboxRow, TranscriptRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

UNREADABLE = "unreadable"
"""The kind of an entry that does not open where it stands; it has no text."""


@dataclass(frozen=True, slots=True)
class Written:
    """One entry with what became of it.

    Attributes:
        at: Milliseconds since 1970.
        delivery: `ready`, `sending`, `sent`, `dead`, or None when it does not go out.
        reason: Why it is dead, or was not sent yet.
        ambiguous: It may have gone out more than once.
        platform_ids: Under which ids of the platform it went out.
        due: When it may go out, in milliseconds since 1970, or None.
    """

    seq: int
    at: int
    author: str
    epoch: int
    entry: Entry
    delivery: str | None = None
    reason: str | None = None
    ambiguous: bool = False
    platform_ids: tuple[str, ...] = ()
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The new entries, and the older ones about whose delivery something is new.

    Attributes:
        seq: The number of the last entry; ask for what comes after it next time.
        at: When this was read, in milliseconds since 1970; ask with it next time.
    """

    entries: list[Written]
    changed: list[Written] = field(default_factory=list)
    seq: int = 0
    at: int = 0


Found = tuple[TranscriptRow, OutboxRow | None]


async def read(
    database: "Database", conversation_id: int, after: int = 0, changed_since: int | None = None
) -> Reading:
    """Read the entries after a number, in order.

    Args:
        database: Where from.
        conversation_id: Whose entries.
        after: 0 for all of them.
        changed_since: Also read older entries whose delivery changed from then on
            (`Reading.at` of the last time).

    Raises:
        GoneError: the conversation was erased, or never was.
    """
    now = database.clock()

    def job(session: Session) -> tuple[Sequence[Found], Sequence[Found]]:
        if session.get(ConversationRow, conversation_id) is None:
            raise GoneError("there is no such conversation")
        mine = _of(conversation_id)
        new = session.exec(mine.where(col(TranscriptRow.seq) > after)).all()
        if changed_since is None:
            return new, []
        changed = col(OutboxRow.changed_at) >= moment(changed_since)
        old = session.exec(mine.where(col(TranscriptRow.seq) <= after, changed)).all()
        return new, old

    new, old = await database.read(job)
    sealer = database.keys.sealer(conversation_id)
    entries = [_opened(sealer, row) for row in new]
    last = entries[-1].seq if entries else after
    return Reading(entries, [_opened(sealer, row) for row in old], last, now)


async def one(database: "Database", conversation_id: int, seq: int) -> Written | None:
    """Return one entry."""
    rows = await database.read(
        lambda session: session.exec(
            _of(conversation_id).where(col(TranscriptRow.seq) == seq)
        ).first()
    )
    return _opened(database.keys.sealer(conversation_id), rows) if rows else None


def versions(entries: Sequence[Written]) -> dict[int, list[Written]]:
    """Return the edits of each entry that was edited, oldest first, by its number."""
    edits: dict[int, list[Written]] = {}
    for written in entries:
        if written.entry.edits is not None:
            edits.setdefault(written.entry.edits, []).append(written)
    return edits


def _of(conversation_id: int):  # type: ignore[no-untyped-def]  # noqa: ANN202  # sqlmodel's type of a joined select is private
    same = (col(OutboxRow.conversation_id) == col(TranscriptRow.conversation_id)) & (
        col(OutboxRow.seq) == col(TranscriptRow.seq)
    )
    rows = select(TranscriptRow, OutboxRow).join(OutboxRow, same, isouter=True)
    mine = rows.where(TranscriptRow.conversation_id == conversation_id)
    return mine.order_by(col(TranscriptRow.seq))


def _opened(sealer: Sealer, found: Found) -> Written:
    row, sending = found
    entry = _entry(sealer, row)
    head = row.seq, milliseconds(row.at), row.author, row.epoch, entry
    if sending is None:
        return Written(*head)
    return Written(
        *head,
        delivery=sending.status,
        reason=sending.reason,
        ambiguous=bool(sending.ambiguous),
        platform_ids=_ids(sealer, sending),
        due=sending.due,
    )


def _entry(sealer: Sealer, row: TranscriptRow) -> Entry:
    """Return an entry; one that was altered must not hide the others."""
    try:
        body = sealer.open(place(row.conversation_id, row.seq), row.body)
    except SealError:
        return Entry(row.author, UNREADABLE)
    return unpack(row.author, body)


def _ids(sealer: Sealer, row: OutboxRow) -> tuple[str, ...]:
    if row.platform_ids is None:
        return ()
    where = ids_place(row.conversation_id, row.seq)
    try:
        return tuple(orjson.loads(sealer.open(where, row.platform_ids)))
    except SealError:
        return ()
