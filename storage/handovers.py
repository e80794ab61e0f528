"""Hand-over lists: signed by whoever leaves, accepted by whoever goes on.

A list holds numbers only; what there is to say of a talk is a note within the talk, sealed.
"""

from dataclasses import dataclass
from os import urandom
from typing import TYPE_CHECKING

import orjson
from sqlmodel import Session, col, or_, select

from storage.desk_tables import HandOverRow

if TYPE_CHECKING:
    from storage.database import Database

SIGNED, ACCEPTED, REFUSED, WITHDRAWN = "signed", "accepted", "refused", "withdrawn"
MOST = 20


@dataclass(frozen=True, slots=True)
class HandOver:
    """One list.

    Attributes:
        talks: The epoch of each conversation when it was signed, by number.
        left: Conversations that did not go over, because they changed hands meanwhile.
    """

    id: int
    giver: int
    receiver: int
    status: str
    signed_at: int
    ended_at: int | None
    talks: dict[int, int]
    left: tuple[int, ...] = ()


async def sign(database: "Database", giver: int, receiver: int, talks: dict[int, int]) -> HandOver:
    """Sign a list; an open one of the same giver is withdrawn."""
    now, number = database.clock(), int.from_bytes(urandom(6))

    def job(session: Session) -> HandOver:
        mine = select(HandOverRow).where(HandOverRow.giver == giver, HandOverRow.status == SIGNED)
        for row in session.exec(mine):
            row.status, row.ended_at = WITHDRAWN, now
        row = HandOverRow(
            id=number,
            giver=giver,
            receiver=receiver,
            status=SIGNED,
            signed_at=now,
            ended_at=None,
            talks=_packed(talks, ()),
        )
        session.add(row)
        return _list(row)

    return await database.write(job)


async def end(database: "Database", number: int, receiver: int, status: str) -> HandOver | None:
    """Accept or refuse a list, once; None when it is not hers to decide, or decided already."""
    now = database.clock()

    def job(session: Session) -> HandOver | None:
        row = session.get(HandOverRow, number, with_for_update=True)
        if row is None or row.receiver != receiver or row.status != SIGNED:
            return None
        row.status, row.ended_at = status, now
        return _list(row)

    return await database.write(job)


async def note_left(database: "Database", signed: HandOver, left: tuple[int, ...]) -> None:
    """Note which talks of an accepted list did not go over."""

    def job(session: Session) -> None:
        session.get_one(HandOverRow, signed.id).talks = _packed(signed.talks, left)

    await database.write(job)


async def of(database: "Database", staff_id: int) -> list[HandOver]:
    """Return the newest lists that somebody gave or was given."""
    hers = or_(col(HandOverRow.giver) == staff_id, col(HandOverRow.receiver) == staff_id)
    asked = select(HandOverRow).where(hers).order_by(col(HandOverRow.signed_at).desc())
    rows = await database.read(lambda session: list(session.exec(asked.limit(MOST))))
    return [_list(row) for row in rows]


def _packed(talks: dict[int, int], left: tuple[int, ...]) -> str:
    pairs = [[number, epoch] for number, epoch in talks.items()]
    return orjson.dumps({"talks": pairs, "left": left}).decode()


def _list(row: HandOverRow) -> HandOver:
    kept = orjson.loads(row.talks)
    talks = dict(kept["talks"])
    head = row.id, row.giver, row.receiver, row.status, row.signed_at, row.ended_at
    return HandOver(*head, talks, tuple(kept["left"]))
