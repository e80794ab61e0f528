"""Who is at the desk: noted in the database, so that several processes are one desk."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from storage.desk_tables import PresenceRow

if TYPE_CHECKING:
    from storage.database import Database

HERE, PAUSE = "here", "pause"
CAPACITY = 5
"""How many talks at once, unless she says otherwise."""
MOST = 20
LEASE_MS = 35_000
"""Without a sign for so long, a browser counts as gone, and what it held goes back."""
GRACE_MS = 8_000
"""After a sign-out another browser of hers has so long to give a sign."""


@dataclass(frozen=True, slots=True)
class Presence:
    """How somebody is at the desk.

    Attributes:
        team: For which team she works; empty for all.
        seen: When a browser of hers last gave a sign, in milliseconds.
        since: When she came or paused.
    """

    staff_id: int
    state: str = HERE
    capacity: int = CAPACITY
    team: str = ""
    seen: int = 0
    since: int = 0

    def here(self, now: int) -> bool:
        """Say whether a browser of hers is open."""
        return now - self.seen < LEASE_MS

    def ready(self, now: int) -> bool:
        """Say whether she can be given a talk."""
        return self.state == HERE and self.here(now)


async def everyone(database: "Database") -> dict[int, Presence]:
    """Return how everybody is, by the number of the staff."""
    rows = await database.read(lambda session: session.exec(select(PresenceRow)).all())
    return {row.staff_id: _presence(row) for row in rows}


async def touch(database: "Database", staff_ids: Iterable[int]) -> None:
    """Note that browsers of these people just gave a sign."""
    now = database.clock()
    wanted = sorted(set(staff_ids))

    def job(session: Session) -> None:
        for staff_id in wanted:
            row = _row(session, staff_id, now)
            if now - row.seen >= LEASE_MS:
                row.since = now
            row.seen = max(row.seen, now)
            session.add(row)

    await _again(database, job)


async def leave(database: "Database", staff_id: int) -> None:
    """Note a sign-out: what she holds goes back unless another browser of hers is open."""
    now = database.clock()

    def job(session: Session) -> None:
        row = _row(session, staff_id, now)
        row.seen = min(row.seen, now - LEASE_MS + GRACE_MS)
        session.add(row)

    await _again(database, job)


async def gone(database: "Database", staff_id: int) -> None:
    """Note that somebody does not work here any more: what she holds goes back at once."""

    def job(session: Session) -> None:
        row = _row(session, staff_id, 0)
        row.seen = 0
        session.add(row)

    await _again(database, job)


async def choose(database: "Database", wanted: Presence) -> Presence:
    """Keep state, capacity and team as she chose them."""
    now = database.clock()

    def job(session: Session) -> Presence:
        row = _row(session, wanted.staff_id, now)
        if row.state != wanted.state:
            row.since = now
        row.state, row.team = wanted.state, wanted.team
        row.capacity = min(MOST, max(0, wanted.capacity))
        row.seen = now
        session.add(row)
        return _presence(row)

    return await database.write(job)


async def _again(database: "Database", job: Callable[[Session], None]) -> None:
    try:
        await database.write(job)
    except IntegrityError:  # another process made the row at the same moment
        await database.write(job)


def _row(session: Session, staff_id: int, now: int) -> PresenceRow:
    row = session.get(PresenceRow, staff_id, with_for_update=True)
    return row or PresenceRow(
        staff_id=staff_id, state=HERE, capacity=CAPACITY, team="", seen=0, since=now
    )


def _presence(row: PresenceRow) -> Presence:
    return Presence(row.staff_id, row.state, row.capacity, row.team, row.seen, row.since)
