"""The agency's link: it opens one referral, with a number told apart, until it is answered."""

import hmac
from datetime import datetime, timedelta
from secrets import randbelow, token_urlsafe
from typing import TYPE_CHECKING

from sqlmodel import Session, col, delete

from storage.casework import referrals
from storage.casework.errors import LinkError
from storage.casework.referrals import Change, Referral
from storage.casework.sealed import Step
from storage.casework.tables import AnswerLinkRow, ReferralRow
from storage.types import moment

if TYPE_CHECKING:
    from storage.database import Database

GOOD_FOR = timedelta(days=7)
TRIES = 5
TOKEN_BYTES = 18
PINS = 1_000_000

REFUSALS = {
    "unknown": "이 링크는 열리지 않아요. 보낸 곳에 확인해 주세요. This link does not open.",
    "expired": "이 링크는 기한이 지났어요. 새 링크를 요청해 주세요. This link has expired.",
    "used": "이미 답하신 링크예요. 바꿀 것이 있으면 전화해 주세요. It was answered already.",
    "withdrawn": "이 요청은 거두어졌어요. 받은 내용을 지워 주세요. The request was withdrawn.",
    "locked": "번호가 여러 번 틀려 링크를 닫았어요. The number was wrong too often.",
    "wrong": "확인번호가 맞지 않아요. The number is not right.",
}


async def make(database: "Database", referral_id: int) -> tuple[str, str]:
    """Make the link of a referral in place of an earlier one; returns its token and number."""
    token, pin = token_urlsafe(TOKEN_BYTES), f"{randbelow(PINS):06d}"
    now = moment(database.clock())
    row = AnswerLinkRow(
        hash=_hash(database, token),
        referral_id=referral_id,
        pin=_pin(database, token, pin),
        tries=0,
        expires=now + GOOD_FOR,
        used=None,
    )

    def job(session: Session) -> None:
        session.exec(
            delete(AnswerLinkRow).where(
                col(AnswerLinkRow.referral_id) == referral_id, col(AnswerLinkRow.used).is_(None)
            )
        )
        session.add(row)

    await database.write(job)
    return token, pin


async def look(database: "Database", token: str, pin: str) -> Referral:
    """Return the referral that a link shows; raises `LinkError`."""
    await _known(database, token)

    def job(session: Session) -> int | str:
        return _opened(session, database, token, pin)

    found = await database.write(job)
    return await referrals.read(database, _number(found))


async def answer(
    database: "Database", secret: tuple[str, str], step: Step, act: Change
) -> Referral:
    """Let an agency answer once.

    Args:
        database: The store.
        secret: The token and the number.
        step: What the answer makes of the referral.
        act: Writes the answer into the body.

    Raises:
        LinkError: it does not open, or not any more.
    """
    token, pin = secret
    await _known(database, token)

    def job(session: Session) -> Referral | str:
        found = _opened(session, database, token, pin)
        if isinstance(found, str):
            return found
        referral = referrals.move_in(session, database, (found, step), act)
        link = session.get_one(AnswerLinkRow, _hash(database, token))
        link.used = moment(database.clock())
        session.add(link)
        return referral

    found = await database.write(job)
    if isinstance(found, str):
        raise LinkError(found, REFUSALS[found])
    return found


async def _known(database: "Database", token: str) -> None:
    """Refuse a guess without writing anything: a flood of them keeps nobody waiting."""
    number = _hash(database, token)
    if await database.read(lambda session: session.get(AnswerLinkRow, number)) is None:
        raise LinkError("unknown", REFUSALS["unknown"])


def _number(found: int | str) -> int:
    if isinstance(found, str):
        raise LinkError(found, REFUSALS[found])
    return found


def _opened(session: Session, database: "Database", token: str, pin: str) -> int | str:
    """Return the referral of a link, or why it does not open; a wrong number is counted."""
    number = _hash(database, token)
    link = session.get(AnswerLinkRow, number)
    if link is None:
        return "unknown"
    # the referral before the link, as a withdrawal does: two who lock never wait in a ring
    referral = session.get(ReferralRow, link.referral_id, with_for_update=True)
    link = session.get(AnswerLinkRow, number, with_for_update=True, populate_existing=True)
    if link is None:
        return "withdrawn"
    shut = _shut(link, referral, moment(database.clock()))
    if shut or referral is None:
        return shut
    if not hmac.compare_digest(link.pin, _pin(database, token, pin)):
        link.tries += 1
        session.add(link)
        return "locked" if link.tries >= TRIES else "wrong"
    return referral.id


def _shut(link: AnswerLinkRow, referral: ReferralRow | None, now: datetime) -> str:
    """Return why a link is over; nothing when it is good."""
    if referral is None or referral.status == "withdrawn":
        return "withdrawn"
    if link.used is not None or referral.status != "sent":
        return "used"
    if link.expires <= now:
        return "expired"
    return "locked" if link.tries >= TRIES else ""


def _hash(database: "Database", token: str) -> bytes:
    return database.keys.hash("referral link", token)


def _pin(database: "Database", token: str, pin: str) -> bytes:
    return database.keys.hash("referral pin", token, pin.strip())
