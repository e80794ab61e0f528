"""The network as it was edited: entries by agency, and the accounts of each agency's people."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, delete, select

from storage import staff
from storage.casework.errors import RuleError, UnknownError
from storage.casework.network_tables import AgencyPersonRow, AgencyRow
from storage.casework.tables import ReferralRow
from storage.records import StaffRow
from storage.staff import Newcomer
from storage.types import moment

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks for an agency; `role` is what she is there."""

    id: int
    name: str
    pseudonym: str
    agency: str
    role: str


async def entries(database: "Database") -> dict[str, str]:
    """Return every entry that was edited, as JSON by agency."""
    rows = await database.read(lambda session: session.exec(select(AgencyRow)).all())
    return {row.id: row.entry for row in rows}


async def put(database: "Database", agency: str, entry: str, staff_id: int) -> None:
    """Keep an entry in place of the one before."""

    def job(session: Session) -> None:
        now = moment(database.clock())
        row = session.get(AgencyRow, agency, with_for_update=True)
        if row is None:
            row = AgencyRow(id=agency, entry=entry, staff_id=staff_id, changed_at=now)
        row.entry, row.staff_id, row.changed_at = entry, staff_id, now
        session.add(row)

    await database.write(job)


async def add_person(database: "Database", agency: str, role: str, newcomer: Newcomer) -> int:
    """Let somebody sign in for an agency; returns her id. Raises `RuleError`."""
    try:
        who = await staff.add(database, newcomer)
    except staff.StaffError as error:
        raise RuleError(f"이 이름이나 비밀번호로는 안 돼요. {error}.") from None
    row = AgencyPersonRow(staff_id=who.id, agency=agency, role=role)
    await database.write(lambda session: session.add(row))
    return who.id


async def people(database: "Database", agency: str | None = None) -> list[Person]:
    """Return who speaks for an agency, or for any, by name."""
    both = select(AgencyPersonRow, StaffRow).join(
        StaffRow, col(AgencyPersonRow.staff_id) == StaffRow.id
    )
    here = both.where(col(StaffRow.left_at).is_(None)).order_by(StaffRow.name)
    if agency is not None:
        here = here.where(AgencyPersonRow.agency == agency)
    rows = await database.read(lambda session: session.exec(here).all())
    return [
        Person(one.staff_id, who.name, who.pseudonym, one.agency, one.role) for one, who in rows
    ]


async def of_person(database: "Database", staff_id: int) -> str:
    """Return the agency that somebody speaks for; raises `UnknownError`."""
    row = await database.read(lambda session: session.get(AgencyPersonRow, staff_id))
    if row is None:
        raise UnknownError("이 계정에는 기관이 없어요. This account belongs to no agency.")
    return row.agency


async def dismiss(database: "Database", agency: str, staff_id: int) -> None:
    """Let somebody of an agency in no more; raises `UnknownError`."""
    if await of_person(database, staff_id) != agency:
        raise UnknownError("이 기관의 사람이 아니에요. Nobody of this agency.")
    await staff.dismiss(database, staff_id)
    mine = col(AgencyPersonRow.staff_id) == staff_id
    await database.write(lambda session: session.exec(delete(AgencyPersonRow).where(mine)))


async def asked_of(database: "Database", agency: str, statuses: list[str]) -> list[int]:
    """Return the referrals to an agency in these statuses, the newest first."""
    wanted = (
        select(ReferralRow.id)
        .where(ReferralRow.agency == agency, col(ReferralRow.status).in_(statuses))
        .order_by(col(ReferralRow.changed_at).desc())
    )
    return await database.read(lambda session: list(session.exec(wanted).all()))
