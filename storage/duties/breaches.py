"""Breaches of personal data: noticed, told to those concerned, reported, closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson
from sqlmodel import Session, col, select

from storage.errors import StorageError
from storage.public_tables import BreachNoticeRow, BreachRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

WITHIN = timedelta(hours=72)
"""How soon those concerned and the authority must be told (PIPA 34, Decree 39 and 40)."""


class BreachError(StorageError):
    """It cannot be done now; the message says why."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One person who must be told; `told_at` is None until it was done."""

    conversation_id: int
    way: str | None
    staff_id: int | None
    told_at: int | None


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach, opened; times are milliseconds since 1970."""

    id: int
    noticed_at: int
    reported_at: int | None
    closed_at: int | None
    body: dict[str, Any]
    notices: list[Notice]

    @property
    def due(self) -> int:
        """Until when those concerned and the authority must be told."""
        return self.noticed_at + int(WITHIN.total_seconds() * 1000)


async def add(
    database: "Database", noticed_at: int, body: Mapping[str, Any], concerned: Sequence[int]
) -> int:
    """Record a breach and whom it concerns; returns its number."""
    number, sealer = database.keys.spare()
    row = BreachRow(
        id=number,
        noticed_at=moment(noticed_at),
        body=sealer.seal(place(number), orjson.dumps(body)),
    )

    def job(session: Session) -> None:
        session.add(row)
        for one in dict.fromkeys(concerned):
            session.add(
                BreachNoticeRow(breach_id=number, conversation_id=one, way=None, staff_id=None)
            )

    await database.write(job)
    return number


async def everything(database: "Database") -> list[Breach]:
    """Return all breaches, the newest first."""

    def job(session: Session) -> list[tuple[BreachRow, list[BreachNoticeRow]]]:
        newest = select(BreachRow).order_by(col(BreachRow.noticed_at).desc())
        rows = session.exec(newest).all()
        notices = session.exec(select(BreachNoticeRow)).all()
        return [(row, [one for one in notices if one.breach_id == row.id]) for row in rows]

    return [_opened(database, *one) for one in await database.read(job)]


async def tell(
    database: "Database", number: int, conversation_id: int, by: tuple[int, str]
) -> None:
    """Note that somebody concerned was told, and in which way.

    Raises:
        BreachError: this person is not on the list, or was told already.
    """
    staff_id, way = by
    now = moment(database.clock())

    def job(session: Session) -> None:
        row = session.get(BreachNoticeRow, (number, conversation_id))
        if row is None or row.told_at is not None:
            raise BreachError("not on the list, or told already")
        row.way, row.staff_id, row.told_at = way, staff_id, now

    await database.write(job)


async def step(database: "Database", number: int, words: Mapping[str, Any], act: str) -> None:
    """Add what was done: `note`, `report` (to the authority) or `close`.

    Raises:
        BreachError: it is closed, or somebody was not told yet, or it was not reported.
    """
    now = moment(database.clock())
    sealer = database.keys.sealer(number)

    def job(session: Session) -> None:
        row = session.get_one(BreachRow, number)
        open_notices = select(BreachNoticeRow).where(
            BreachNoticeRow.breach_id == number, col(BreachNoticeRow.told_at).is_(None)
        )
        if row.closed_at is not None:
            raise BreachError("it is closed")
        if act == "close" and (row.reported_at is None or session.exec(open_notices).first()):
            raise BreachError("first report it and tell everybody concerned")
        body = orjson.loads(sealer.open(place(number), row.body))
        body["steps"] = [*body.get("steps", []), dict(words)]
        row.body = sealer.seal(place(number), orjson.dumps(body))
        if act == "report":
            row.reported_at = row.reported_at or now
        if act == "close":
            row.closed_at = now

    await database.write(job)


def place(number: int) -> str:
    """Return where the body of a breach stands."""
    return f"breach|body|{number}|0"


def _opened(database: "Database", row: BreachRow, notices: Sequence[BreachNoticeRow]) -> Breach:
    body = orjson.loads(database.keys.sealer(row.id).open(place(row.id), row.body))
    return Breach(
        id=row.id,
        noticed_at=milliseconds(row.noticed_at),
        reported_at=milliseconds(row.reported_at) if row.reported_at else None,
        closed_at=milliseconds(row.closed_at) if row.closed_at else None,
        body=body,
        notices=[
            Notice(
                one.conversation_id,
                one.way,
                one.staff_id,
                milliseconds(one.told_at) if one.told_at else None,
            )
            for one in notices
        ],
    )
