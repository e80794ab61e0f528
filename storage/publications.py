"""Who put which version live, and why: two persons for a publication, one for an emergency."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import orjson
from sqlmodel import Session, col, select

from storage.errors import StorageError
from storage.flow_versions import PROPOSED, PUBLISHED, WITHDRAWN
from storage.records import FlowVersionRow
from storage.studio_tables import MoveRow, PublicationRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

PUT_LIVE = frozenset({"published", "rolled_back"})
HOUSE = "gyeot"
"""Who publishes what the house is started with while no person has published anything."""


class PublicationError(StorageError):
    """This act is not allowed now; the message says why, in Korean and English."""


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the book of publications; `at` is milliseconds since 1970."""

    id: int
    version: int
    act: str
    author: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class Move:
    """Where conversations of a version go on, and the steps that have another name there."""

    goal: int
    steps: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something to a version, and why."""

    version: int
    author: str
    reason: str = ""


_Rule = Callable[[Session, FlowVersionRow], None]
"""Refuses what is not allowed, and does what belongs to it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds now: the version that new conversations begin with, and who must move."""

    current: int
    moves: Mapping[int, Move]
    numbers: tuple[int, ...]
    """Versions that were ever live, the newest first."""


async def standing(database: "Database") -> Standing:
    """Return what holds now."""

    def job(session: Session) -> Standing:
        rows = session.exec(
            select(FlowVersionRow.number, FlowVersionRow.status)
            .where(col(FlowVersionRow.status).in_((PUBLISHED, WITHDRAWN)))
            .order_by(col(FlowVersionRow.number).desc())
        ).all()
        moves = {
            row.version: Move(row.goal, orjson.loads(row.steps))
            for row in session.exec(select(MoveRow)).all()
        }
        numbers = tuple(number for number, _ in rows if number)
        return Standing(_current(session), moves, numbers)

    return await database.read(job)


async def book(database: "Database", limit: int = 200) -> list[Act]:
    """Return what was done, the newest first."""
    newest = select(PublicationRow).order_by(col(PublicationRow.id).desc()).limit(limit)
    rows = await database.read(lambda session: session.exec(newest).all())
    return [
        Act(row.id or 0, row.version, row.act, row.author, row.reason, milliseconds(row.at))
        for row in rows
    ]


async def led_by_people(database: "Database") -> bool:
    """Say whether a person ever published: then the files of a start are only proposed."""
    wanted = select(PublicationRow.id).where(
        col(PublicationRow.author) != HOUSE, col(PublicationRow.act).in_(PUT_LIVE)
    )
    return await database.read(lambda session: session.exec(wanted).first()) is not None


async def propose(database: "Database", deed: Deed) -> None:
    """Propose a version that was kept; a second person must publish it."""
    await _do(database, deed, "proposed", PROPOSED)


async def publish(database: "Database", deed: Deed) -> None:
    """Publish a proposed version.

    Raises:
        PublicationError: it is not proposed, or by the one who proposed it.
    """

    def allowed(session: Session, row: FlowVersionRow) -> None:
        if row.status != PROPOSED:
            raise PublicationError("제안된 판이 아니에요. This version is not proposed.")
        if deed.author in {row.author, _proposer(session, deed.version)}:
            raise PublicationError(
                "제안한 사람은 게시할 수 없어요. A second person must publish it."
            )

    await _do(database, deed, "published", PUBLISHED, allowed)


async def open_with(database: "Database", version: int) -> None:
    """Publish what the house is started with, while no person has published anything."""
    await _do(database, Deed(version, HOUSE), "published", PUBLISHED)


async def refuse(database: "Database", deed: Deed) -> None:
    """Send a proposed version back."""

    def allowed(_: Session, row: FlowVersionRow) -> None:
        if row.status != PROPOSED:
            raise PublicationError("제안된 판이 아니에요. This version is not proposed.")

    await _do(database, deed, "refused", "refused", allowed)


async def roll_back(database: "Database", deed: Deed) -> None:
    """Let new conversations begin with a version that two persons published before."""

    def allowed(session: Session, row: FlowVersionRow) -> None:
        if row.status not in {PUBLISHED, WITHDRAWN} or not _was_live(session, deed.version):
            raise PublicationError("게시된 적이 없는 판이에요. It was never published.")
        if move := session.get(MoveRow, deed.version):
            session.delete(move)

    await _do(database, deed, "rolled_back", PUBLISHED, allowed)


async def withdraw(database: "Database", deed: Deed, steps: Mapping[str, str]) -> None:
    """Take a version out of use at once; a second person reviews it afterwards.

    Its conversations go on under the current version with their next message.

    Raises:
        PublicationError: there is no other version to go on with.
    """
    now = moment(database.clock())

    def allowed(session: Session, row: FlowVersionRow) -> None:
        if row.status != PUBLISHED:
            raise PublicationError("게시된 판이 아니에요. This version is not published.")
        row.status = WITHDRAWN
        session.flush()
        goal = _current(session)
        if not goal:
            raise PublicationError(
                "이어 갈 다른 판이 없어요. There is no other version to go on with."
            )
        _set_move(session, deed, Move(goal, steps), now)
        for move in session.exec(select(MoveRow).where(MoveRow.goal == deed.version)):
            move.goal = goal

    await _do(database, deed, "withdrawn", WITHDRAWN, allowed)


async def review(database: "Database", deed: Deed) -> None:
    """Confirm a withdrawal as a second person."""

    def allowed(session: Session, row: FlowVersionRow) -> None:
        wanted = select(PublicationRow).where(
            PublicationRow.version == deed.version, PublicationRow.act == "withdrawn"
        )
        last = session.exec(wanted.order_by(col(PublicationRow.id).desc())).first()
        if row.status != WITHDRAWN or last is None or last.author == deed.author:
            raise PublicationError("다른 관리자가 확인해야 해요. Another admin must review this.")

    await _do(database, deed, "reviewed", WITHDRAWN, allowed)


async def move(database: "Database", deed: Deed, to: Move) -> None:
    """Let the conversations of a version go on under another one with their next message."""
    now = moment(database.clock())

    def allowed(session: Session, _: FlowVersionRow) -> None:
        goal = session.get(FlowVersionRow, to.goal)
        ends = {row.version: row.goal for row in session.exec(select(MoveRow))}
        here = to.goal
        while here in ends and here != deed.version:
            here = ends[here]
        if goal is None or goal.status != PUBLISHED or here == deed.version:
            raise PublicationError("그 판으로는 옮길 수 없어요. They cannot move there.")
        _set_move(session, deed, to, now)

    await _do(database, deed, "moved", None, allowed)


async def _do(
    database: "Database", deed: Deed, act: str, status: str | None, allowed: _Rule | None = None
) -> None:
    now = moment(database.clock())

    def job(session: Session) -> None:
        held = select(FlowVersionRow).where(FlowVersionRow.number == deed.version)
        row = session.exec(held.with_for_update()).first()
        if row is None:
            raise PublicationError("그런 판이 없어요. There is no such version.")
        if allowed is not None:
            allowed(session, row)
        row.status = status or row.status
        row.reason = deed.reason if act == "proposed" else row.reason
        session.add(
            PublicationRow(
                version=deed.version, act=act, author=deed.author, reason=deed.reason, at=now
            )
        )

    await database.write(job)


def _set_move(session: Session, deed: Deed, to: Move, at: datetime) -> None:
    if known := session.get(MoveRow, deed.version):
        session.delete(known)
        session.flush()
    session.add(
        MoveRow(
            version=deed.version,
            goal=to.goal,
            steps=orjson.dumps(dict(to.steps)).decode(),
            author=deed.author,
            at=at,
        )
    )


def _current(session: Session) -> int:
    """Return the version that was put live last and is not withdrawn; 0 when there is none."""
    live = select(FlowVersionRow.number).where(FlowVersionRow.status == PUBLISHED)
    put = (
        select(PublicationRow.version)
        .where(col(PublicationRow.act).in_(PUT_LIVE), col(PublicationRow.version).in_(live))
        .order_by(col(PublicationRow.id).desc())
    )
    newest = live.order_by(col(FlowVersionRow.number).desc())
    return session.exec(put).first() or session.exec(newest).first() or 0


def _proposer(session: Session, version: int) -> str:
    wanted = select(PublicationRow.author).where(
        PublicationRow.version == version, PublicationRow.act == "proposed"
    )
    return session.exec(wanted.order_by(col(PublicationRow.id).desc())).first() or ""


def _was_live(session: Session, version: int) -> bool:
    wanted = select(PublicationRow.id).where(
        PublicationRow.version == version, col(PublicationRow.act).in_(PUT_LIVE)
    )
    return session.exec(wanted).first() is not None
