"""Requests for prevention education, each sealed with a key of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select, update

from storage.errors import StorageError
from storage.public_tables import EducationRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

HOUR_MS = 3_600_000


class NotNowError(StorageError):
    """The request has moved on meanwhile; look at it again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; `body` names people and is sealed."""

    kind: str
    audience: str
    program: str
    people: int
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One request, opened.

    Attributes:
        held_on: The agreed day, `YYYY-MM-DD`.
        created_at: Milliseconds since 1970.
    """

    id: int
    status: str
    wish: Wish
    held_on: str | None
    minutes: int | None
    attended: int | None
    rating: int | None
    created_at: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a request: from one status to another, with what is learnt by it."""

    before: str
    after: str
    words: Mapping[str, Any]
    held_on: str | None = None
    minutes: int | None = None
    attended: int | None = None
    rating: int | None = None


async def add(database: "Database", form: str, token: str, wish: Wish) -> bool:
    """Keep a request; False when this form was sent before."""
    number, sealer = database.keys.spare()
    now = moment(database.clock())
    row = EducationRow(
        id=number,
        form=database.keys.hash("education form", form),
        token=database.keys.hash("education", token),
        status="asked",
        kind=wish.kind,
        audience=wish.audience,
        program=wish.program,
        people=wish.people,
        held_on=None,
        minutes=None,
        attended=None,
        rating=None,
        body=sealer.seal(place(number), orjson.dumps(wish.body)),
        created_at=now,
        changed_at=now,
    )
    try:
        await database.write(lambda session: session.add(row))
    except IntegrityError:
        database.keys.shred([number])
        return False
    return True


async def lately(database: "Database") -> int:
    """Return how many requests came within an hour."""
    since = moment(database.clock() - HOUR_MS)
    counted = select(func.count()).where(col(EducationRow.created_at) > since)
    return await database.read(lambda session: session.exec(counted).one())


async def everything(database: "Database") -> list[Request]:
    """Return all requests, the newest first."""
    newest = select(EducationRow).order_by(col(EducationRow.created_at).desc())
    rows = await database.read(lambda session: session.exec(newest).all())
    return [_opened(database, row) for row in rows]


async def by_token(database: "Database", token: str) -> Request | None:
    """Return the request whose page this secret opens."""
    mine = select(EducationRow).where(EducationRow.token == database.keys.hash("education", token))
    row = await database.read(lambda session: session.exec(mine).first())
    return _opened(database, row) if row else None


async def move(database: "Database", number: int, step: Step) -> None:
    """Take one step.

    Raises:
        NotNowError: the request is not where the step begins.
    """
    now = moment(database.clock())
    sealer = database.keys.sealer(number)

    def job(session: Session) -> None:
        found = select(EducationRow).where(EducationRow.id == number).with_for_update()
        row = session.exec(found).first()
        if row is None or row.status != step.before:
            raise NotNowError("the request has moved on")
        body = orjson.loads(sealer.open(place(number), row.body)) | dict(step.words)
        row.body = sealer.seal(place(number), orjson.dumps(body))
        row.status, row.changed_at = step.after, now
        for name in ("held_on", "minutes", "attended", "rating"):
            if (given := getattr(step, name)) is not None:
                setattr(row, name, given)
        session.add(row)

    await database.write(job)


async def forget_old(database: "Database", before: int) -> int:
    """Destroy who asked in requests that did not change since; the counts of the year stay.

    Returns how many there were; may be killed and run again at any point.
    """
    old = select(EducationRow.id).where(
        col(EducationRow.changed_at) < moment(before), func.length(EducationRow.body) > 0
    )
    numbers = list(await database.read(lambda session: session.exec(old).all()))
    if numbers:
        database.keys.shred(numbers)
        emptied = update(EducationRow).where(col(EducationRow.id).in_(numbers)).values(body=b"")
        await database.write(lambda session: session.exec(emptied))
    return len(numbers)


def place(number: int) -> str:
    """Return where the body of a request stands."""
    return f"education_request|body|{number}|0"


def _opened(database: "Database", row: EducationRow) -> Request:
    body = {}
    if row.body:
        body = orjson.loads(database.keys.sealer(row.id).open(place(row.id), row.body))
    wish = Wish(row.kind, row.audience, row.program, row.people, body)
    made = milliseconds(row.created_at)
    dates = (row.held_on, row.minutes, row.attended, row.rating)
    return Request(row.id, row.status, wish, *dates, made)
