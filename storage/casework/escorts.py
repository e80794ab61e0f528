"""Guards and company for a way: booked by half hours, none of which can be given twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from storage.casework import case_files
from storage.casework.errors import FullError, UnknownError
from storage.casework.sealed import Body, Step, new_id, opened, sealed
from storage.casework.tables import EscortRow, SlotRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

HALF_HOUR = timedelta(minutes=30)
AGAIN = 5


@dataclass(frozen=True, slots=True)
class Escort:
    """One request, opened: `body` holds times, way, and once booked the guards."""

    id: int
    case_id: int
    agency: str
    status: str
    body: Body
    at: int


@dataclass(frozen=True, slots=True)
class Team:
    """Who can be booked, how many of them go, and what that makes of the request."""

    agency: str
    guards: Sequence[str]
    together: int
    step: Step


async def ask(database: "Database", case_id: int, agency: str, body: Body) -> int:
    """Note a request: its times (ISO, aware) and its way; returns its id."""
    number = new_id()

    def job(session: Session) -> None:
        case_files.locked(session, case_id)
        now = moment(database.clock())
        session.add(
            EscortRow(
                id=number,
                case_id=case_id,
                agency=agency,
                status="asked",
                at=now,
                changed_at=now,
                body=_sealed(database, case_id, number, case_files.cleaned(body)),
            )
        )

    await database.write(job)
    return number


async def book(database: "Database", escort_id: int, team: Team) -> Escort:
    """Book guards that are free all the time.

    Raises:
        FullError: not enough of them are.
        Exception: what the team's `step` raises: it is booked or over.
    """
    for _ in range(AGAIN):
        try:
            return await database.write(
                lambda session: _booked(session, database, escort_id, team)
            )
        except IntegrityError:
            continue  # another request took one of these half hours meanwhile
    raise FullError("그 시간에 갈 수 있는 사람이 모자라요. Not enough of them are free then.")


async def move(database: "Database", escort_id: int, step: Step) -> Escort:
    """Finish or cancel; what was booked is free again. Raises what `step` raises."""

    def job(session: Session) -> Escort:
        row = _locked(session, escort_id)
        row.status = step(row.status)
        row.changed_at = moment(database.clock())
        session.exec(delete(SlotRow).where(col(SlotRow.escort_id) == escort_id))
        session.add(row)
        return _escort(database, row)

    return await database.write(job)


async def of(database: "Database", case_id: int) -> list[Escort]:
    """Return the requests of a case, the newest first."""
    wanted = select(EscortRow).where(EscortRow.case_id == case_id)
    rows = await database.read(lambda session: session.exec(wanted).all())
    return sorted((_escort(database, row) for row in rows), key=lambda one: -one.at)


async def read(database: "Database", escort_id: int) -> Escort:
    """Return one request; raises `UnknownError`."""
    row = await database.read(lambda session: session.get(EscortRow, escort_id))
    if row is None:
        raise UnknownError("이 요청은 없거나 지워졌어요. There is no such request.")
    return _escort(database, row)


def half_hours(times: Iterable[dict[str, str]]) -> list[int]:
    """Return every half hour that these times touch, counted since 1970."""
    found: set[int] = set()
    for each in times:
        start, end = datetime.fromisoformat(each["from"]), datetime.fromisoformat(each["to"])
        first = int(start.timestamp() // HALF_HOUR.total_seconds())
        last = -int(-end.timestamp() // HALF_HOUR.total_seconds())
        found.update(range(first, last))
    return sorted(found)


def _booked(session: Session, database: "Database", escort_id: int, team: Team) -> Escort:
    row = _locked(session, escort_id)
    row.status = team.step(row.status)
    body = _escort(database, row).body
    slots = half_hours(body["times"])
    chosen = []
    for guard in team.guards:
        hashes = [database.keys.hash("slot", team.agency, guard, str(slot)) for slot in slots]
        taken = select(SlotRow.hash).where(col(SlotRow.hash).in_(hashes)).limit(1)
        if session.exec(taken).first() is None:
            chosen.append((guard, hashes))
        if len(chosen) == team.together:
            break
    if len(chosen) < team.together:
        raise FullError("그 시간에 갈 수 있는 사람이 모자라요. Not enough of them are free then.")
    for _, hashes in chosen:
        session.add_all(SlotRow(hash=found, escort_id=escort_id) for found in hashes)
    body["guards"] = [guard for guard, _ in chosen]
    row.body = _sealed(database, row.case_id, row.id, body)
    row.changed_at = moment(database.clock())
    session.add(row)
    session.flush()
    return _escort(database, row)


def _locked(session: Session, escort_id: int) -> EscortRow:
    row = session.get(EscortRow, escort_id, with_for_update=True)
    if row is None:
        raise UnknownError("이 요청은 없거나 지워졌어요. There is no such request.")
    return row


def _sealed(database: "Database", case_id: int, number: int, body: Body) -> bytes:
    return sealed(database.keys, case_id, f"escort|{number}", body)


def _escort(database: "Database", row: EscortRow) -> Escort:
    return Escort(
        id=row.id,
        case_id=row.case_id,
        agency=row.agency,
        status=row.status,
        body=opened(database.keys, row.case_id, f"escort|{row.id}", row.body),
        at=milliseconds(row.at),
    )
