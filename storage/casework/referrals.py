"""Referrals: one service asked of one agency, under its own consent, moved under a lock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, delete, select

from storage.casework import case_files
from storage.casework.errors import RuleError, UnknownError
from storage.casework.sealed import Body, Step, new_id, opened, sealed
from storage.casework.tables import AnswerLinkRow, ProvisionRow, ReferralRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral, opened.

    Attributes:
        body: `consent` (how, purpose, items, sensitive, keeping, at), `declined`, `appointment`,
            `delivered`, `withdrawn` with what was recalled.
    """

    id: int
    case_id: int
    service: str
    agency: str
    status: str
    body: Body
    at: int
    changed_at: int


@dataclass(frozen=True, slots=True)
class Given:
    """What is given to an agency, for the register."""

    staff_id: int
    recipient: str
    purpose: str
    items: str
    form: str
    keeping: str


Change = Callable[[Body], None]
REACHED = frozenset({"sent", "accepted", "appointed", "declined", "delivered", "closed"})
"""In these statuses the agency has what she consented to."""


async def propose(database: "Database", case_id: int, service: str, agency: str) -> int:
    """Propose a referral; raises `UnknownError`, or `RuleError` when the same one is under way."""
    number = new_id()

    def job(session: Session) -> None:
        case_files.locked(session, case_id)
        same = select(ReferralRow).where(
            ReferralRow.case_id == case_id,
            ReferralRow.service == service,
            ReferralRow.agency == agency,
            col(ReferralRow.status).not_in(("declined", "closed", "withdrawn", "delivered")),
        )
        if session.exec(same).first() is not None:
            raise RuleError("같은 기관에 같은 연계가 이미 있어요. This referral is under way.")
        now = moment(database.clock())
        session.add(
            ReferralRow(
                id=number,
                case_id=case_id,
                service=service,
                agency=agency,
                status="proposed",
                at=now,
                changed_at=now,
                body=sealed(database.keys, case_id, f"referral|{number}", {}),
            )
        )

    await database.write(job)
    return number


async def of(database: "Database", case_id: int) -> list[Referral]:
    """Return the referrals of a case, the oldest first."""
    wanted = select(ReferralRow).where(ReferralRow.case_id == case_id)
    rows = await database.read(lambda session: session.exec(wanted).all())
    return sorted((_referral(database, row) for row in rows), key=lambda one: (one.at, one.id))


async def read(database: "Database", referral_id: int) -> Referral:
    """Return one referral; raises `UnknownError`."""
    row = await database.read(lambda session: session.get(ReferralRow, referral_id))
    if row is None:
        raise UnknownError("이 연계는 없거나 지워졌어요. There is no such referral.")
    return _referral(database, row)


async def statuses(database: "Database", case_ids: Sequence[int]) -> dict[int, list[ReferralRow]]:
    """Return the rows of many cases, without opening them."""
    wanted = select(ReferralRow).where(col(ReferralRow.case_id).in_(case_ids))
    found: dict[int, list[ReferralRow]] = {}
    for row in await database.read(lambda session: session.exec(wanted).all()):
        found.setdefault(row.case_id, []).append(row)
    return found


async def move(
    database: "Database", referral_id: int, step: Step, act: Change | None = None
) -> Referral:
    """Let something happen to a referral.

    Raises:
        UnknownError: there is none.
        Exception: what `step` raises: not from where it stands now, somebody was faster.
    """
    return await database.write(
        lambda session: move_in(session, database, (referral_id, step), act)
    )


def move_in(
    session: Session, database: "Database", what: tuple[int, Step], act: Change | None
) -> Referral:
    """Let something happen to a referral within a transaction."""
    referral_id, step = what
    row = session.get(ReferralRow, referral_id, with_for_update=True)
    if row is None:
        raise UnknownError("이 연계는 없거나 지워졌어요. There is no such referral.")
    row.status = step(row.status)
    body = _referral(database, row).body
    if act is not None:
        act(body)
    if row.status == "delivered":
        body.setdefault("delivered_at", database.clock())
    body = case_files.cleaned(body)
    row.body = sealed(database.keys, row.case_id, f"referral|{row.id}", body)
    row.changed_at = moment(database.clock())
    session.add(row)
    return _referral(database, row)


async def give(database: "Database", referral_id: int, given: Given, step: Step) -> Referral:
    """Send a consented referral and enter it in the register; raises as `move` does."""

    def job(session: Session) -> Referral:
        referral = move_in(session, database, (referral_id, step), None)
        session.add(
            ProvisionRow(
                id=new_id(),
                case_id=referral.case_id,
                referral_id=referral_id,
                staff_id=given.staff_id,
                recipient=given.recipient,
                purpose=given.purpose,
                basis="consent",
                items=given.items,
                form=given.form,
                keeping=given.keeping,
                at=moment(database.clock()),
                recalled_at=None,
            )
        )
        return referral

    return await database.write(job)


async def withdraw(database: "Database", referral_id: int, step: Step) -> Referral:
    """Take back her consent: the link dies, what was given is recalled; raises as `move` does."""

    def job(session: Session) -> Referral:
        return withdraw_in(session, database, opened_in(session, database, referral_id), step)

    return await database.write(job)


def opened_in(session: Session, database: "Database", referral_id: int) -> Referral:
    """Return a referral, locked until the commit; raises `UnknownError`."""
    row = session.get(ReferralRow, referral_id, with_for_update=True)
    if row is None:
        raise UnknownError("이 연계는 없거나 지워졌어요. There is no such referral.")
    return _referral(database, row)


def withdraw_in(session: Session, database: "Database", before: Referral, step: Step) -> Referral:
    """Take back her consent within a transaction that holds the referral."""
    consent = before.body.get("consent", {})
    recalled = _given_items(consent) if before.status in REACHED else []
    now = database.clock()

    def note(body: Body) -> None:
        body["withdrawn"] = {"at": now, "before": before.status, "recalled": recalled}

    referral = move_in(session, database, (before.id, step), note)
    session.exec(delete(AnswerLinkRow).where(col(AnswerLinkRow.referral_id) == before.id))
    given = select(ProvisionRow).where(ProvisionRow.referral_id == before.id)
    for provision in session.exec(given):
        provision.recalled_at = moment(now)
        session.add(provision)
    return referral


def _given_items(consent: Body) -> list[str]:
    return [*consent.get("items", []), *consent.get("sensitive", [])]


def _referral(database: "Database", row: ReferralRow) -> Referral:
    return Referral(
        id=row.id,
        case_id=row.case_id,
        service=row.service,
        agency=row.agency,
        status=row.status,
        body=opened(database.keys, row.case_id, f"referral|{row.id}", row.body),
        at=milliseconds(row.at),
        changed_at=milliseconds(row.changed_at),
    )
