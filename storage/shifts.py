"""Who is planned to be at the desk, or on call, and when."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from storage.desk_tables import ShiftRow

if TYPE_CHECKING:
    from storage.database import Database

LONGEST_MS = 24 * 60 * 60 * 1000
MOST = 1000


@dataclass(frozen=True, slots=True)
class Shift:
    """One planned shift.

    Attributes:
        begins: In milliseconds since 1970, like `ends`, which is not part of it.
        on_call: Not at the desk: paged when somebody urgent waits and nobody is there.
        mail: Where she is paged; empty: as the center decided.
    """

    staff_id: int
    begins: int
    ends: int
    on_call: bool = False
    mail: str = ""
    author: str = ""
    id: int = 0

    def now(self, now: int) -> bool:
        """Say whether it goes on."""
        return self.begins <= now < self.ends


async def plan(database: "Database", shift: Shift) -> bool:
    """Plan a shift; False when it overlaps one of hers of the same kind."""

    def job(session: Session) -> bool:
        overlaps = select(ShiftRow.id).where(
            ShiftRow.staff_id == shift.staff_id,
            ShiftRow.on_call == int(shift.on_call),
            ShiftRow.begins < shift.ends,
            ShiftRow.ends > shift.begins,
        )
        if session.exec(overlaps).first() is not None:
            return False
        session.add(
            ShiftRow(
                staff_id=shift.staff_id,
                begins=shift.begins,
                ends=shift.ends,
                on_call=int(shift.on_call),
                mail=shift.mail,
                author=shift.author,
            )
        )
        return True

    return await database.write(job)


async def remove(database: "Database", number: int) -> bool:
    """Take a shift out of the plan; False when there is none."""

    def job(session: Session) -> bool:
        row = session.get(ShiftRow, number)
        if row is not None:
            session.delete(row)
        return row is not None

    return await database.write(job)


async def coming(database: "Database", until: int) -> list[Shift]:
    """Return the shifts that go on or begin before a time, the first first."""
    asked = (
        select(ShiftRow)
        .where(ShiftRow.ends > database.clock(), ShiftRow.begins < until)
        .order_by(col(ShiftRow.begins), col(ShiftRow.id))
        .limit(MOST)
    )
    rows = await database.read(lambda session: list(session.exec(asked)))
    return [_shift(row) for row in rows]


async def going_on(database: "Database") -> list[Shift]:
    """Return the shifts of this moment."""
    return await coming(database, database.clock() + 1)


def _shift(row: ShiftRow) -> Shift:
    return Shift(
        row.staff_id, row.begins, row.ends, bool(row.on_call), row.mail, row.author, row.id or 0
    )
