"""What she tapped in her chat about one referral: kept once, with the task that it makes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlmodel import Session

from storage.casework import case_files, case_records, referrals
from storage.casework.case_records import NewRecord
from storage.casework.errors import UnknownError
from storage.casework.referrals import Change, Referral
from storage.casework.sealed import Step
from storage.casework.tables import ReferralRow

if TYPE_CHECKING:
    from storage.database import Database

Tasks = Callable[[Referral], NewRecord | None]
"""What somebody has to do now; None for nothing."""


async def consent(
    database: "Database", referral_id: int, step: Step, act: Change, tasks: Tasks
) -> None:
    """Keep her yes, and what it asks of staff, in one transaction.

    Raises:
        UnknownError: the referral was destroyed.
        Exception: what `step` raises: it stands elsewhere by now.
    """

    def job(session: Session) -> None:
        _case_first(session, referral_id)
        moved = referrals.move_in(session, database, (referral_id, step), act)
        _add(session, database, moved, tasks)

    await database.write(job)


async def take_back(database: "Database", referral_id: int, step: Step, tasks: Tasks) -> None:
    """Keep her no, or that she takes it back; a second time changes nothing. Raises as above."""

    def job(session: Session) -> None:
        _case_first(session, referral_id)
        before = referrals.opened_in(session, database, referral_id)
        if "withdrawn" not in before.body:
            _add(session, database, referrals.withdraw_in(session, database, before, step), tasks)

    await database.write(job)


def _case_first(session: Session, referral_id: int) -> None:
    """Lock the case before its referral: two who lock never wait in a ring."""
    row = session.get(ReferralRow, referral_id)
    if row is None:
        raise UnknownError("이 연계는 없거나 지워졌어요. There is no such referral.")
    case_files.locked(session, row.case_id)
    session.expire(row)


def _add(session: Session, database: "Database", referral: Referral, tasks: Tasks) -> None:
    task = tasks(referral)
    if task is not None:
        case_records.add_in(session, database, referral.case_id, task)
