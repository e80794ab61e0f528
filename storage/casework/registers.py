"""The registers that the law asks for: consents, what was given to others, what was destroyed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from storage.casework.tables import DestructionRow, ProvisionRow, ReferralRow
from storage.types import milliseconds

if TYPE_CHECKING:
    from storage.database import Database

MOST = 1000


@dataclass(frozen=True, slots=True)
class Provision:
    """One line of the register of what was given to others; times in milliseconds."""

    case_id: int
    referral_id: int
    staff_id: int
    recipient: str
    purpose: str
    basis: str
    items: str
    form: str
    keeping: str
    at: int
    recalled_at: int | None


@dataclass(frozen=True, slots=True)
class Destruction:
    """One proof of destruction."""

    case_id: int
    why: str
    staff_id: int | None
    at: int
    counts: str
    proven_at: int | None


async def provisions(database: "Database", case_id: int | None = None) -> list[Provision]:
    """Return what was given to others, the newest first."""
    wanted = select(ProvisionRow).order_by(col(ProvisionRow.at).desc()).limit(MOST)
    if case_id is not None:
        wanted = wanted.where(ProvisionRow.case_id == case_id)
    return await database.read(lambda session: [_provision(row) for row in session.exec(wanted)])


async def destructions(database: "Database") -> list[Destruction]:
    """Return what was destroyed, the newest first."""
    wanted = select(DestructionRow).order_by(col(DestructionRow.at).desc()).limit(MOST)
    return await database.read(lambda session: [_destruction(row) for row in session.exec(wanted)])


async def consents(database: "Database") -> list[tuple[int, str, str, str, int]]:
    """Return case, service, agency, status and last change of each referral, the newest first."""
    wanted = select(ReferralRow).order_by(col(ReferralRow.changed_at).desc()).limit(MOST)

    def job(session: Session) -> list[tuple[int, str, str, str, int]]:
        return [
            (row.case_id, row.service, row.agency, row.status, milliseconds(row.changed_at))
            for row in session.exec(wanted)
        ]

    return await database.read(job)


def _provision(row: ProvisionRow) -> Provision:
    return Provision(
        case_id=row.case_id,
        referral_id=row.referral_id,
        staff_id=row.staff_id,
        recipient=row.recipient,
        purpose=row.purpose,
        basis=row.basis,
        items=row.items,
        form=row.form,
        keeping=row.keeping,
        at=milliseconds(row.at),
        recalled_at=milliseconds(row.recalled_at) if row.recalled_at else None,
    )


def _destruction(row: DestructionRow) -> Destruction:
    return Destruction(
        case_id=row.case_id,
        why=row.why,
        staff_id=row.staff_id,
        at=milliseconds(row.at),
        counts=row.counts,
        proven_at=milliseconds(row.proven_at) if row.proven_at else None,
    )
