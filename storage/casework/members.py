"""Who needs to know a case, and whom a conflict of interest keeps away."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlmodel import Session, col, delete, select

from storage.casework.errors import RuleError
from storage.casework.tables import CaseRow, MarkRow, MemberRow, OpposedRow
from storage.types import moment

if TYPE_CHECKING:
    from storage.database import Database

PHONE_DIGITS = 8
"""So many last digits make a number known again, however it was written."""


async def cases_of(database: "Database", staff_id: int) -> list[int]:
    """Return the cases that somebody needs to know."""
    mine = select(MemberRow.case_id).where(MemberRow.staff_id == staff_id)
    return await database.read(lambda session: list(session.exec(mine).all()))


async def of(database: "Database", case_id: int) -> list[int]:
    """Return who needs to know a case."""
    wanted = select(MemberRow.staff_id).where(MemberRow.case_id == case_id)
    return await database.read(lambda session: list(session.exec(wanted).all()))


async def of_many(database: "Database", case_ids: Sequence[int]) -> dict[int, list[int]]:
    """Return who needs to know each of many cases."""
    wanted = select(MemberRow).where(col(MemberRow.case_id).in_(case_ids))
    found: dict[int, list[int]] = {}
    for row in await database.read(lambda session: session.exec(wanted).all()):
        found.setdefault(row.case_id, []).append(row.staff_id)
    return found


async def barred(database: "Database", case_id: int, staff_id: int) -> bool:
    """Say whether somebody knows the other file of the same matter."""
    return await database.read(lambda session: _barred(session, case_id, staff_id))


async def add(database: "Database", case_id: int, staff_id: int) -> None:
    """Let somebody know a case; raises `RuleError` when she knows the other side."""

    def job(session: Session) -> None:
        if _barred(session, case_id, staff_id):
            raise RuleError(
                "이 직원은 같은 일의 다른 사례를 맡고 있어 함께 맡을 수 없어요. "
                "Conflict of interest: she knows the other file of this matter."
            )
        if session.get(MemberRow, (case_id, staff_id)) is None:
            now = moment(database.clock())
            session.add(MemberRow(case_id=case_id, staff_id=staff_id, at=now))

    await database.write(job)


async def remove(database: "Database", case_id: int, staff_id: int) -> None:
    """Let somebody not know a case any more; the last one stays.

    Raises:
        RuleError: nobody else knows it.
    """

    def job(session: Session) -> None:
        others = select(MemberRow).where(
            MemberRow.case_id == case_id, MemberRow.staff_id != staff_id
        )
        if session.exec(others.with_for_update()).first() is None:
            raise RuleError(
                "마지막 담당자예요. 먼저 다른 담당자를 넣어 주세요. Add another first."
            )
        session.exec(
            delete(MemberRow).where(
                col(MemberRow.case_id) == case_id, col(MemberRow.staff_id) == staff_id
            )
        )

    await database.write(job)


async def oppose(database: "Database", case_id: int, other_id: int) -> None:
    """Say that two files are of one matter; nobody may know both.

    Raises:
        RuleError: it is the same file, there is no such file, or somebody knows both now.
    """

    def job(session: Session) -> None:
        if case_id == other_id or session.get(CaseRow, other_id) is None:
            raise RuleError("다른 사례의 번호를 적어 주세요. Give the number of another case.")
        knows = select(MemberRow.staff_id).where(MemberRow.case_id == case_id)
        both = select(MemberRow).where(
            MemberRow.case_id == other_id, col(MemberRow.staff_id).in_(knows)
        )
        if session.exec(both).first() is not None:
            raise RuleError(
                "두 사례를 함께 맡은 직원이 있어요. 먼저 담당을 나눠 주세요. Somebody knows both."
            )
        now = moment(database.clock())
        for pair in ((case_id, other_id), (other_id, case_id)):
            if session.get(OpposedRow, pair) is None:
                session.add(OpposedRow(case_id=pair[0], other_id=pair[1], at=now))

    await database.write(job)


async def opposed_to(database: "Database", case_id: int) -> list[int]:
    """Return the other files of the same matter."""
    wanted = select(OpposedRow.other_id).where(OpposedRow.case_id == case_id)
    return await database.read(lambda session: list(session.exec(wanted).all()))


async def mark(database: "Database", case_id: int, side: str, phone: str) -> list[int]:
    """Note a number of one side; returns cases in which the other side has this number."""
    digits = "".join(filter(str.isdigit, phone))[-PHONE_DIGITS:]
    if len(digits) < PHONE_DIGITS:
        return []
    found = database.keys.hash("case phone", digits)

    def job(session: Session) -> list[int]:
        if session.get(MarkRow, (found, case_id, side)) is None:
            session.add(MarkRow(hash=found, case_id=case_id, side=side))
        others = select(MarkRow.case_id).where(
            MarkRow.hash == found, MarkRow.case_id != case_id, MarkRow.side != side
        )
        return list(session.exec(others).all())

    return await database.write(job)


async def crossing(database: "Database") -> list[tuple[int, int]]:
    """Return pairs of cases in which one number stands on both sides and nobody opposed them."""

    def job(session: Session) -> list[tuple[int, int]]:
        hers = {
            (row.hash, row.case_id)
            for row in session.exec(select(MarkRow).where(MarkRow.side == "person"))
        }
        theirs = session.exec(select(MarkRow).where(MarkRow.side == "that_person")).all()
        known = {(row.case_id, row.other_id) for row in session.exec(select(OpposedRow))}
        pairs = {
            (min(mine, row.case_id), max(mine, row.case_id))
            for row in theirs
            for found, mine in hers
            if found == row.hash and mine != row.case_id
        }
        return sorted(pair for pair in pairs if pair not in known)

    return await database.read(job)


def _barred(session: Session, case_id: int, staff_id: int) -> bool:
    others = select(OpposedRow.other_id).where(OpposedRow.case_id == case_id)
    both = select(MemberRow).where(
        MemberRow.staff_id == staff_id, col(MemberRow.case_id).in_(others)
    )
    return session.exec(both).first() is not None
