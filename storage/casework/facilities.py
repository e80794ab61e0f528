"""Places in facilities: held, taken and left; the database itself lets no place be given twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from storage.casework import case_files
from storage.casework.errors import FullError, RuleError, UnknownError
from storage.casework.sealed import Step, new_id
from storage.casework.tables import PlaceRow, StayRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

TAKEN = ("held", "in")
AGAIN = 8
"""How often a hold looks for another place when somebody was faster."""


@dataclass(frozen=True, slots=True)
class House:
    """What the rules of a facility say: its places as room and place, and whom it takes."""

    id: str
    takes: str
    families: bool
    places: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants a place: `women` or `men`, how many people, and for how long it is held."""

    case_id: int
    kind: str
    people: int
    hold_for: timedelta


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's place, or her wait for one."""

    id: int
    case_id: int
    party: int
    facility: str
    room: str | None
    place: str | None
    status: str
    people: int
    at: int
    until: int | None


async def settle(database: "Database", houses: Iterable[House]) -> None:
    """Make the places of the directory known; a place that is there stays."""
    wanted = [(house.id, room, place) for house in houses for room, place in house.places]

    def job(session: Session) -> None:
        for facility, room, place in wanted:
            if session.get(PlaceRow, (facility, place)) is None:
                session.add(PlaceRow(facility=facility, place=place, room=room))

    await database.write(job)


async def hold(database: "Database", house: House, wish: Wish) -> list[Stay]:
    """Hold places for a party; a hold ends by itself.

    Raises:
        RuleError: the facility does not take her, or she holds or has a place already.
        FullError: no room has so many places free.
    """
    _allowed(house, wish)
    for _ in range(AGAIN):
        try:
            return await database.write(lambda session: _held(session, database, house, wish))
        except IntegrityError:
            continue  # somebody took one of these places between our look and our commit
    raise FullError("지금은 자리가 없어요. No place is free now.")


async def wait(database: "Database", house: House, wish: Wish) -> Stay:
    """Put a party on the waiting list; raises `RuleError`."""
    _allowed(house, wish)

    def job(session: Session) -> Stay:
        _only_once(session, wish.case_id, ("waiting", *TAKEN))
        row = _row(house, wish, new_id(), moment(database.clock()))
        session.add(row)
        return _stay(row)

    return await database.write(job)


async def move(database: "Database", party: int, step: Step, days: int = 0) -> list[Stay]:
    """Let something happen to all of a party: admitted for some days, gone, released.

    Raises:
        UnknownError: there is no such party.
        Exception: what `step` raises: not from where it stands now.
    """
    await expire(database)  # on its own: what is over is over, even if this is refused

    def job(session: Session) -> list[Stay]:
        rows = session.exec(select(StayRow).where(StayRow.party == party).with_for_update()).all()
        if not rows:
            raise UnknownError("이 자리 기록은 없어요. There is no such stay.")
        now = moment(database.clock())
        for row in rows:
            row.status = step(row.status)
            row.changed_at = now
            row.until = now + timedelta(days=days) if row.status == "in" else None
            session.add(row)
        return [_stay(row) for row in rows]

    return await database.write(job)


async def expire(database: "Database") -> int:
    """End the holds whose time is over; returns how many places are free again."""
    return await database.write(lambda session: _expired(session, database))


async def of(database: "Database", case_id: int) -> list[Stay]:
    """Return what a case has or had, the newest first."""
    wanted = select(StayRow).where(StayRow.case_id == case_id).order_by(col(StayRow.at).desc())
    return await database.read(lambda session: [_stay(row) for row in session.exec(wanted)])


async def board(database: "Database") -> tuple[list[tuple[str, str, str]], list[Stay]]:
    """Return every place (facility, room, place), and who holds, has or waits for one."""
    await expire(database)

    def job(session: Session) -> tuple[list[tuple[str, str, str]], list[Stay]]:
        places = session.exec(
            select(PlaceRow).order_by(col(PlaceRow.facility), col(PlaceRow.place))
        )
        now = select(StayRow).where(col(StayRow.status).in_(("waiting", *TAKEN)))
        rows = session.exec(now.order_by(col(StayRow.at)))
        return [(p.facility, p.room, p.place) for p in places], [_stay(row) for row in rows]

    return await database.read(job)


def _allowed(house: House, wish: Wish) -> None:
    if wish.kind != house.takes:
        raise RuleError("이 시설은 이 분을 받지 않아요. This facility does not take this person.")
    if wish.people > 1 and not house.families:
        raise RuleError("이 시설은 가족을 받지 않아요. This facility takes no families.")


def _held(session: Session, database: "Database", house: House, wish: Wish) -> list[Stay]:
    case_files.locked(session, wish.case_id)
    places = locked_places(session, house.id)
    _expired(session, database)
    _only_once(session, wish.case_id, TAKEN)
    chosen = _choose(session, house.id, places, wish.people)
    now, party = moment(database.clock()), _party(session, wish.case_id)
    rows = []
    for room, place in chosen:
        row = _row(house, wish, party, now)
        row.status, row.room, row.place = "held", room, place
        row.until = now + wish.hold_for
        session.add(row)
        rows.append(row)
    session.flush()
    return [_stay(row) for row in rows]


def locked_places(session: Session, facility: str) -> list[PlaceRow]:
    """Return the places of a facility, locked: whoever else wants one waits."""
    mine = select(PlaceRow).where(PlaceRow.facility == facility)
    return list(session.exec(mine.order_by(col(PlaceRow.place)).with_for_update()).all())


def _choose(
    session: Session, facility: str, places: Sequence[PlaceRow], people: int
) -> list[tuple[str, str]]:
    """Choose places in one room; a family shares its room with nobody."""
    now = select(StayRow).where(StayRow.facility == facility, col(StayRow.status).in_(TAKEN))
    taken = session.exec(now).all()
    used = {row.place for row in taken}
    with_family = {row.room for row in taken if row.people > 1}
    lived_in = {row.room for row in taken}
    rooms: dict[str, list[str]] = {}
    for place in places:
        if place.place not in used and place.room not in with_family:
            rooms.setdefault(place.room, []).append(place.place)
    for room, free in sorted(rooms.items(), key=lambda pair: (len(pair[1]), pair[0])):
        if len(free) >= people and (people == 1 or room not in lived_in):
            return [(room, place) for place in free[:people]]
    raise FullError("지금은 자리가 없어요. 대기 목록에 올릴 수 있어요. No place is free now.")


def _only_once(session: Session, case_id: int, statuses: Sequence[str]) -> None:
    mine = select(StayRow).where(StayRow.case_id == case_id, col(StayRow.status).in_(statuses))
    if session.exec(mine).first() is not None:
        raise RuleError("이 사례는 이미 자리가 있거나 기다리고 있어요. It has or awaits a place.")


def _party(session: Session, case_id: int) -> int:
    """Return the number of a new party; a wait for a place ends with it."""
    waiting = select(StayRow).where(StayRow.case_id == case_id, StayRow.status == "waiting")
    for row in session.exec(waiting):
        session.delete(row)
    return new_id()


def _expired(session: Session, database: "Database") -> int:
    now = moment(database.clock())
    over = (
        update(StayRow)
        .where(col(StayRow.status) == "held", col(StayRow.until) <= now)
        .values(status="expired", changed_at=now)
    )
    return int(session.exec(over).rowcount)


def _row(house: House, wish: Wish, party: int, now: datetime) -> StayRow:
    return StayRow(
        id=new_id(),
        case_id=wish.case_id,
        party=party,
        facility=house.id,
        room=None,
        place=None,
        status="waiting",
        people=wish.people,
        at=now,
        until=None,
        changed_at=now,
    )


def _stay(row: StayRow) -> Stay:
    return Stay(
        id=row.id,
        case_id=row.case_id,
        party=row.party,
        facility=row.facility,
        room=row.room,
        place=row.place,
        status=row.status,
        people=row.people,
        at=milliseconds(row.at),
        until=milliseconds(row.until) if row.until else None,
    )
