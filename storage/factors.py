"""The second factor of a sign-in: one-time codes by time (RFC 6238), each good once."""

import base64
import hmac
import secrets
from typing import TYPE_CHECKING

from sqlmodel import Session, col, delete

from storage.desk_tables import FactorRow, RecoveryRow

if TYPE_CHECKING:
    from storage.database import Database

SECRET_BYTES = 20
STEP_S = 30
DIGITS = 6
DRIFT = 1
"""How many steps a clock may be wrong, either way."""
CODE_BYTES = 9
RECOVERY_MS = 24 * 60 * 60 * 1000
PURPOSE = "second factor"


def code_at(secret: bytes, step: int) -> str:
    """Return the code of one time step, as RFC 4226 cuts it out of an HMAC-SHA1."""
    digest = hmac.digest(secret, step.to_bytes(8), "sha1")
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4]) & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


async def begin(database: "Database", staff_id: int) -> str:
    """Make a new secret that is not asked for until it is confirmed; returns it in base32."""
    secret = secrets.token_bytes(SECRET_BYTES)
    sealed = database.keys.house(PURPOSE).seal(place(staff_id), secret)

    def job(session: Session) -> None:
        row = session.get(FactorRow, staff_id, with_for_update=True)
        row = row or FactorRow(staff_id=staff_id, secret=sealed, confirmed=0, last=0)
        row.secret, row.confirmed, row.last = sealed, 0, 0
        session.add(row)

    await database.write(job)
    return base64.b32encode(secret).decode()


async def confirm(database: "Database", staff_id: int, code: str) -> bool:
    """Ask for codes from now on, if this is one; False when it is not."""
    if not await _uses(database, staff_id, code, confirmed=0):
        return False

    def job(session: Session) -> bool:
        row = session.get(FactorRow, staff_id, with_for_update=True)
        if row is not None:
            row.confirmed = 1
        return row is not None

    return await database.write(job)


async def has(database: "Database", staff_id: int) -> bool:
    """Say whether somebody signs in with codes."""
    row = await database.read(lambda session: session.get(FactorRow, staff_id))
    return row is not None and bool(row.confirmed)


async def check(database: "Database", staff_id: int, code: str) -> bool:
    """Use a code: True once for each right one."""
    return await _uses(database, staff_id, code, confirmed=1)


async def _uses(database: "Database", staff_id: int, code: str, *, confirmed: int) -> bool:
    now = database.clock() // 1000 // STEP_S
    house = database.keys.house(PURPOSE)
    typed = code.replace(" ", "")

    def job(session: Session) -> bool:
        row = session.get(FactorRow, staff_id, with_for_update=True)
        if row is None or row.confirmed != confirmed:
            return False
        secret = house.open(place(staff_id), row.secret)
        for step in range(now - DRIFT, now + DRIFT + 1):
            right = hmac.compare_digest(code_at(secret, step).encode(), typed.encode())
            if right and step > row.last:
                row.last = step
                return True
        return False

    return await database.write(job)


# -- recovery by two ----------------------------------------------------------------------


async def ask_recovery(database: "Database", staff_id: int, by: int) -> str | None:
    """Ask for, or as a second person approve, somebody's way back.

    Returns:
        A code that works once within a day, when a second person approves; None when this was
        the first of the two.
    """
    now = database.clock()
    code = secrets.token_urlsafe(CODE_BYTES)
    hashed = database.keys.hash("recovery", str(staff_id), code)

    def job(session: Session) -> bool:
        row = session.get(RecoveryRow, staff_id, with_for_update=True)
        open_ = row is not None and row.expires > now and row.approved_by is None
        if row is None or not open_ or row.asked_by == by:
            row = row or RecoveryRow(
                staff_id=staff_id, asked_by=by, approved_by=None, code=None, expires=0
            )
            row.asked_by, row.approved_by, row.code = by, None, None
            row.expires = now + RECOVERY_MS
            session.add(row)
            return False
        row.approved_by, row.code = by, hashed
        return True

    return code if await database.write(job) else None


async def recover(database: "Database", staff_id: int, code: str) -> bool:
    """Use a code of two people: the second factor is gone; False when it is not good."""
    now = database.clock()
    hashed = database.keys.hash("recovery", str(staff_id), code)

    def job(session: Session) -> bool:
        row = session.get(RecoveryRow, staff_id, with_for_update=True)
        if row is None or row.code is None or row.expires <= now:
            return False
        if not hmac.compare_digest(bytes(row.code), hashed):
            return False
        session.delete(row)
        session.exec(delete(FactorRow).where(col(FactorRow.staff_id) == staff_id))
        return True

    return await database.write(job)


def place(staff_id: int) -> str:
    """Return where a secret stands."""
    return f"second_factor|secret|{staff_id}|0"
