"""Facilities as they were edited: the entry and its places change together, or not at all."""

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from storage.casework.errors import RuleError
from storage.casework.facilities import TAKEN, House, locked_places
from storage.casework.network_tables import FacilityRow
from storage.casework.tables import PlaceRow, StayRow
from storage.types import moment

if TYPE_CHECKING:
    from storage.database import Database

LIVED_IN = (
    "지금 잡혀 있거나 머무는 자리는 없앨 수 없어요: {places}. Somebody holds or has these places."
)
NOT_NOW = "머무는 분이 있는 동안은 받는 분을 바꿀 수 없어요. Not while somebody stays there."


async def entries(database: "Database") -> dict[str, str]:
    """Return every entry that was edited, as JSON by facility."""
    rows = await database.read(lambda session: session.exec(select(FacilityRow)).all())
    return {row.id: row.entry for row in rows}


async def taken(database: "Database") -> dict[str, list[str]]:
    """Return which places of each facility are held or lived in; not by whom."""
    now = select(StayRow.facility, StayRow.place).where(col(StayRow.status).in_(TAKEN))
    found: dict[str, list[str]] = {}
    for facility, place in await database.read(lambda session: session.exec(now).all()):
        found.setdefault(facility, []).append(str(place))
    return found


async def put(
    database: "Database", house: House, entry: str, staff_id: int, *, others: bool = False
) -> None:
    """Keep a facility as it is now, with its places.

    Args:
        database: Where.
        house: Its id and its places; what is not among them any more is taken away.
        entry: The entry of the directory as JSON.
        staff_id: Who edits it.
        others: It takes other people than before.

    Raises:
        RuleError: a place that would go is held or lived in, or `others` while anybody stays.
    """

    def job(session: Session) -> None:
        known = locked_places(session, house.id)
        _refuse(session, house, others=others)
        wanted = {place: room for room, place in house.places}
        for row in known:
            if row.place not in wanted:
                session.delete(row)
        there = {row.place for row in known}
        for place, room in wanted.items():
            if place not in there:
                session.add(PlaceRow(facility=house.id, place=place, room=room))
        _write(session, FacilityRow(id=house.id, entry=entry, staff_id=staff_id, changed_at=now))

    now = moment(database.clock())
    await database.write(job)


def _refuse(session: Session, house: House, *, others: bool) -> None:
    mine = select(StayRow).where(
        StayRow.facility == house.id, col(StayRow.status).in_((*TAKEN, "waiting"))
    )
    there = session.exec(mine).all()
    if others and there:
        raise RuleError(NOT_NOW)
    kept = {place for _, place in house.places}
    lost = sorted(row.place for row in there if row.place and row.place not in kept)
    if lost:
        raise RuleError(LIVED_IN.format(places=", ".join(lost)))


def _write(session: Session, row: FacilityRow) -> None:
    known = session.get(FacilityRow, row.id, with_for_update=True)
    if known is None:
        session.add(row)
        return
    known.entry, known.staff_id, known.changed_at = row.entry, row.staff_id, row.changed_at
    session.add(known)
