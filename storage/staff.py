"""Who works here, how they sign in, and for how long; of tokens only the hash is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from sqlmodel import Session, col, delete, func, select

from storage import factors
from storage.errors import StorageError
from storage.records import FailureRow, SignInRow, StaffRow
from storage.types import moment

if TYPE_CHECKING:
    from storage.database import Database

ROLES = ("counselor", "supervisor", "admin", "auditor")
AGENCY = "agency"
"""Somebody of an agency of the network: no role of the house, no route of which is open to her."""
PASSWORD_CHARS = 12
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCHED = timedelta(minutes=1)
"""How stale the time of the last request may be: not every request writes."""

TRIES = 10
TRIES_WITHIN = timedelta(minutes=15)
TOKEN_BYTES = 32


class StaffError(StorageError):
    """Someone cannot be added or signed in; the message says why."""


class TooManyTriesError(StaffError):
    """Too many sign-ins failed under this name; wait a quarter of an hour."""


class CodeNeededError(StaffError):
    """Name and password are right; the code of the second factor is missing."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Someone who works here; the pseudonym is what a person sees."""

    id: int
    name: str
    pseudonym: str
    role: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """Someone who is signed in.

    Attributes:
        csrf: What every change must bring along.
        token: The secret of the cookie; empty unless it was just made.
    """

    staff: Staff
    csrf: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Someone who is to work here."""

    name: str
    role: str
    password: str
    pseudonym: str


async def add(database: "Database", newcomer: Newcomer) -> Staff:
    """Let someone work here.

    Raises:
        StaffError: the name is taken, the role unknown, or the password too short.
    """
    if newcomer.role not in (*ROLES, AGENCY):
        raise StaffError(f"no such role: {newcomer.role}: use one of {', '.join(ROLES)}")
    if len(newcomer.password) < PASSWORD_CHARS:
        raise StaffError(f"a password has at least {PASSWORD_CHARS} characters")
    password = await database.passwords.hash(newcomer.password)
    now = moment(database.clock())

    def job(session: Session) -> Staff:
        if session.exec(_named(newcomer.name)).first():
            raise StaffError("this name is taken")
        row = StaffRow(
            name=newcomer.name,
            pseudonym=newcomer.pseudonym,
            role=newcomer.role,
            password=password,
            at=now,
        )
        session.add(row)
        session.flush()
        return _staff(row)

    return await database.write(job)


async def set_password(database: "Database", staff_id: int, password: str) -> None:
    """Give someone a new password and end what they are signed in to."""
    hashed = await database.passwords.hash(password)

    def job(session: Session) -> None:
        session.get_one(StaffRow, staff_id).password = hashed
        session.exec(delete(SignInRow).where(col(SignInRow.staff_id) == staff_id))

    await database.write(job)


async def everyone(database: "Database") -> list[Staff]:
    """Return who works here now, by name."""
    ours = col(StaffRow.left_at).is_(None) & (col(StaffRow.role) != AGENCY)
    here = select(StaffRow).where(ours).order_by(StaffRow.name)
    rows = await database.read(lambda session: session.exec(here).all())
    return [_staff(row) for row in rows]


async def dismiss(database: "Database", staff_id: int) -> None:
    """Let someone in no more, and end what they are signed in to."""
    now = moment(database.clock())

    def job(session: Session) -> None:
        session.get_one(StaffRow, staff_id).left_at = now
        session.exec(delete(SignInRow).where(col(SignInRow.staff_id) == staff_id))

    await database.write(job)


async def is_barred(database: "Database", name: str) -> bool:
    """Say whether too many tries failed under a name."""
    now = moment(database.clock())
    number = database.keys.hash("sign-in", name)
    return await database.read(lambda session: _failures(session, number, now)) >= TRIES


async def note_failure(database: "Database", name: str) -> None:
    """Count a try that failed under a name."""
    now = moment(database.clock())
    number = database.keys.hash("sign-in", name)
    await database.write(lambda session: _note_failure(session, number, now))


async def sign_in(database: "Database", name: str, password: str, code: str = "") -> SignIn | None:
    """Sign someone in; None when name, password or code is wrong, in the same time.

    Raises:
        TooManyTriesError: it failed ten times in a quarter of an hour.
        CodeNeededError: the password is right, and a code of the second factor is asked for.
    """
    now = moment(database.clock())
    number = database.keys.hash("sign-in", name)
    if await is_barred(database, name):
        raise TooManyTriesError("too many tries: wait a quarter of an hour")
    row = await database.read(lambda session: session.exec(_named(name)).first())
    known = row if row and row.left_at is None else None
    right = await database.passwords.check(known.password if known else None, password)
    if known is None or not right or not await _has_code(database, known, code):
        await note_failure(database, name)
        return None
    made = SignIn(_staff(known), token_urlsafe(TOKEN_BYTES), token_urlsafe(TOKEN_BYTES))
    hashed = _hashed(database, made.token)

    def job(session: Session) -> SignIn:
        session.exec(delete(FailureRow).where(col(FailureRow.name) == number))
        session.add(
            SignInRow(hash=hashed, staff_id=made.staff.id, csrf=made.csrf, at=now, seen_at=now)
        )
        return made

    return await database.write(job)


async def signed_in(database: "Database", token: str) -> SignIn | None:
    """Return who holds this token, if it is still good, and note that they are here."""
    now = moment(database.clock())
    hashed = _hashed(database, token)

    def job(session: Session) -> tuple[SignInRow, StaffRow] | None:
        both = select(SignInRow, StaffRow).join(StaffRow, col(SignInRow.staff_id) == StaffRow.id)
        return session.exec(both.where(SignInRow.hash == hashed)).first()

    found = await database.read(job)
    if found is None or not _good(*found, now):
        return None
    if now - found[0].seen_at >= TOUCHED:
        await database.write(lambda session: _touch(session, hashed, now))
    return SignIn(_staff(found[1]), found[0].csrf)


async def good(database: "Database", tokens: Collection[str]) -> set[str]:
    """Return which of these tokens are still good, and note that their people are here."""
    now = moment(database.clock())
    hashes = {_hashed(database, token): token for token in tokens}
    both = select(SignInRow, StaffRow).join(StaffRow, col(SignInRow.staff_id) == StaffRow.id)
    asked = both.where(col(SignInRow.hash).in_(hashes))

    def job(session: Session) -> dict[bytes, bool]:
        found = [pair for pair in session.exec(asked) if _good(*pair, now)]
        return {bytes(row.hash): now - row.seen_at >= TOUCHED for row, _ in found}

    alive = await database.read(job)
    stale = [hashed for hashed, is_stale in alive.items() if is_stale]

    def touch(session: Session) -> None:
        for hashed in stale:
            _touch(session, hashed, now)

    if stale:
        await database.write(touch)
    return {hashes[hashed] for hashed in alive}


async def sign_out(database: "Database", token: str) -> None:
    """End what was signed in to with this token."""
    mine = col(SignInRow.hash) == _hashed(database, token)
    await database.write(lambda session: session.exec(delete(SignInRow).where(mine)))


async def forget_old(database: "Database") -> None:
    """Delete sign-ins that are over and failures that no longer count."""
    now = moment(database.clock())

    def job(session: Session) -> None:
        over = (col(SignInRow.seen_at) < now - IDLE) | (col(SignInRow.at) < now - LONGEST)
        session.exec(delete(SignInRow).where(over))
        session.exec(delete(FailureRow).where(col(FailureRow.at) < now - TRIES_WITHIN))

    await database.write(job)


async def _has_code(database: "Database", row: StaffRow, code: str) -> bool:
    staff_id = _staff(row).id
    if not await factors.has(database, staff_id):
        return True
    if not code:
        raise CodeNeededError("a code of the second factor is asked for")
    return await factors.check(database, staff_id, code)


def _named(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  # sqlmodel's type of a select is private
    return select(StaffRow).where(StaffRow.name == name)


def _staff(row: StaffRow) -> Staff:
    if row.id is None:
        raise StaffError("someone has no number yet")
    return Staff(row.id, row.name, row.pseudonym, row.role)


def _hashed(database: "Database", token: str) -> bytes:
    return database.keys.hash("token", token)


def _good(row: SignInRow, staff: StaffRow, now: datetime) -> bool:
    return staff.left_at is None and now - row.seen_at < IDLE and now - row.at < LONGEST


def _touch(session: Session, hashed: bytes, now: datetime) -> None:
    row = session.get(SignInRow, hashed)
    if row:
        row.seen_at = now


def _failures(session: Session, number: bytes, now: datetime) -> int:
    recent = col(FailureRow.at) > now - TRIES_WITHIN
    counted = select(func.count()).where(col(FailureRow.name) == number, recent)
    return session.exec(counted).one()


def _note_failure(session: Session, number: bytes, now: datetime) -> None:
    session.exec(delete(FailureRow).where(col(FailureRow.at) < now - TRIES_WITHIN))
    session.add(FailureRow(name=number, at=now))
