"""Rounds, invitations and answers; nothing joins an answer to an invitation or a conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import randbits
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select, update

from storage.errors import StorageError
from storage.public_tables import InvitationRow, SurveyAnswerRow, SurveyRoundRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

NUMBER_BITS = 63


class UsedError(StorageError):
    """The invitation was used, is unknown, or its round is not open."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round; times are milliseconds since 1970."""

    id: int
    name: str
    script: str
    opens: int
    closes: int
    invited: int
    destroyed: bool
    standing: str | None = None

    def open_at(self, now: int) -> bool:
        """Say whether answers are taken."""
        return self.opens <= now < self.closes and not self.destroyed


async def add(database: "Database", name: str, script: str, period: tuple[int, int]) -> Round:
    """Begin a round."""
    number, _ = database.keys.spare()
    opens, closes = period
    row = SurveyRoundRow(
        id=number,
        name=name,
        script=script,
        opens=moment(opens),
        closes=moment(closes),
        invited=0,
    )
    await database.write(lambda session: session.add(row))
    return Round(number, name, script, opens, closes, 0, destroyed=False)


async def standing(
    database: "Database", kind: str, what: tuple[str, str], period: tuple[int, int]
) -> Round:
    """Return the one round of a kind that the house begins by itself; `what` is name, script."""
    known = await _standing(database, kind)
    if known is not None:
        return known
    number, _ = database.keys.spare()
    (name, script), (opens, closes) = what, map(moment, period)
    row = SurveyRoundRow(
        id=number, name=name, script=script, opens=opens, closes=closes, invited=0
    )
    row.standing = kind
    try:
        await database.write(lambda session: session.add(row))
    except IntegrityError:  # another process began it between our look and our commit
        database.keys.shred([number])
    return await standing(database, kind, what, period)


async def _standing(database: "Database", name: str) -> Round | None:
    mine = select(SurveyRoundRow).where(SurveyRoundRow.standing == name)
    row = await database.read(lambda session: session.exec(mine).one_or_none())
    return _round(row) if row else None


async def everything(database: "Database") -> list[Round]:
    """Return all rounds, the newest first."""
    newest = select(SurveyRoundRow).order_by(col(SurveyRoundRow.opens).desc())
    rows = await database.read(lambda session: session.exec(newest).all())
    return [_round(row) for row in rows]


async def find(database: "Database", number: int) -> Round | None:
    """Return one round."""
    row = await database.read(lambda session: session.get(SurveyRoundRow, number))
    return _round(row) if row else None


async def invite(database: "Database", number: int, codes: Sequence[str]) -> None:
    """Keep invitations; of a code only its hash, and nothing of whom it is for."""
    hashes = [_hashed(database, code) for code in codes]

    def job(session: Session) -> None:
        round_ = session.get_one(SurveyRoundRow, number)
        round_.invited += len(hashes)
        session.add(round_)
        for one in hashes:
            session.add(InvitationRow(hash=one, round_id=number, used=0))

    await database.write(job)


async def by_code(database: "Database", code: str) -> Round | None:
    """Return the round of an invitation that was not used yet."""
    hashed = _hashed(database, code)

    def job(session: Session) -> SurveyRoundRow | None:
        invitation = session.get(InvitationRow, hashed)
        if invitation is None or invitation.used:
            return None
        return session.get(SurveyRoundRow, invitation.round_id)

    row = await database.read(job)
    return _round(row) if row else None


async def answer(database: "Database", code: str, answers: Mapping[str, Any]) -> None:
    """Keep what somebody answered, and use up the invitation, in one transaction.

    Raises:
        UsedError: it was used before, is unknown, or the round is not open.
    """
    known = await by_code(database, code)
    if known is None or not known.open_at(database.clock()):
        raise UsedError("this invitation cannot be used")
    number = randbits(NUMBER_BITS)
    sealer = database.keys.sealer(known.id)
    body = sealer.seal(place(known.id, number), orjson.dumps(answers))
    hashed = _hashed(database, code)

    def job(session: Session) -> None:
        mine = update(InvitationRow).where(
            col(InvitationRow.hash) == hashed, col(InvitationRow.used) == 0
        )
        if session.exec(mine.values(used=1)).rowcount != 1:
            raise UsedError("this invitation was used")
        session.add(SurveyAnswerRow(id=number, round_id=known.id, body=body))

    await database.write(job)


async def answers(database: "Database", number: int) -> list[dict[str, Any]]:
    """Return every answer of a round, in the order of their random numbers."""
    of_round = select(SurveyAnswerRow).where(SurveyAnswerRow.round_id == number)
    rows = await database.read(lambda session: session.exec(of_round).all())
    if not rows:
        return []
    sealer = database.keys.sealer(number)
    return [
        orjson.loads(sealer.open(place(number, row.id), row.body))
        for row in sorted(rows, key=lambda row: row.id)
    ]


async def destroy(database: "Database", number: int) -> int:
    """Destroy the answers of a round and their key; returns how many there were."""
    now = moment(database.clock())

    def job(session: Session) -> int:
        session.exec(delete(InvitationRow).where(col(InvitationRow.round_id) == number))
        mine = col(SurveyAnswerRow.round_id) == number
        gone = session.exec(delete(SurveyAnswerRow).where(mine)).rowcount
        session.get_one(SurveyRoundRow, number).destroyed_at = now
        return int(gone)

    gone = await database.write(job)
    database.keys.shred([number])
    return gone


async def destroy_old(database: "Database", before: int) -> int:
    """Destroy the answers of rounds that closed before a time; returns how many answers."""
    gone = 0
    for one in await everything(database):
        if one.closes < before and not one.destroyed:
            gone += await destroy(database, one.id)
    return gone


def place(round_id: int, number: int) -> str:
    """Return where the body of an answer stands."""
    return f"survey_answer|body|{round_id}|{number}"


def _hashed(database: "Database", code: str) -> bytes:
    return database.keys.hash("survey", "".join(filter(str.isalnum, code)).upper())


def _round(row: SurveyRoundRow) -> Round:
    return Round(
        id=row.id,
        name=row.name,
        script=row.script,
        opens=milliseconds(row.opens),
        closes=milliseconds(row.closes),
        invited=row.invited,
        destroyed=row.destroyed_at is not None,
        standing=row.standing,
    )
