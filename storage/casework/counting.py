"""What is counted of cases: one flat record for each that was opened in a time; none is kept."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from sqlmodel import Session, col, select

from storage.casework.sealed import place
from storage.casework.tables import CaseRow, RecordRow, ReferralRow
from storage.tables import ConversationRow
from storage.types import milliseconds

if TYPE_CHECKING:
    from storage.database import Database

STEP = 500
COUNTED = ("check_in", "recurrence", "order")


@dataclass(frozen=True, slots=True)
class Story:
    """What is counted of one case; times are milliseconds since 1970.

    Attributes:
        began: When she first said hello; when the case was opened where there is no chat.
        fields: What she answered in her application.
        referrals: Service and status of each.
        served: When the first service was delivered, or None.
        asked: How many check-ins were asked by now.
        answered: How many of them she answered.
        breaches: How often a breach of an order was noted.
    """

    began: int
    door: str
    urgency: int
    status: str
    fields: Mapping[str, Any]
    referrals: tuple[tuple[str, str], ...] = ()
    served: int | None = None
    asked: int = 0
    answered: int = 0
    breaches: int = 0


@dataclass(slots=True)
class _Beside:
    """What hangs on one case."""

    referrals: list[ReferralRow] = field(default_factory=list)
    records: list[RecordRow] = field(default_factory=list)


async def stories(database: "Database", first: datetime, until: datetime) -> list[Story]:
    """Return what is counted of the cases that were opened within a time."""
    rows = await database.read(partial(_cases, first, until))
    told: list[Story] = []
    for at in range(0, len(rows), STEP):
        part = rows[at : at + STEP]
        beside = await database.read(partial(_beside, [row.id for row in part]))
        hello = await database.read(partial(_hello, [row.conversation_id for row in part]))
        sealers = database.keys.sealers([row.id for row in part])
        for row in part:
            sealer = sealers.get(row.id)
            if sealer is None:
                continue  # destroyed meanwhile
            opener = partial(_opened, sealer, row.id)
            began = hello.get(row.conversation_id or 0, milliseconds(row.opened_at))
            told.append(_story(row, began, beside[row.id], opener))
    return told


def _story(row: CaseRow, began: int, beside: _Beside, opener: Any) -> Story:  # noqa: ANN401  # a partial
    asked = [one for one in beside.records if one.kind == "check_in"]
    told = [one for one in beside.records if one.kind != "check_in"]
    noted = [(one, opener(f"record|{one.id}", one.body)) for one in told]
    return Story(
        began=began,
        door=row.door,
        urgency=row.urgency,
        status=row.status,
        fields=opener("case", row.body).get("fields", {}),
        referrals=tuple((one.service, one.status) for one in beside.referrals),
        served=_served(beside.referrals, opener),
        asked=sum(one.status in {"ask", "answer", "silent"} for one in asked),
        answered=sum(one.status == "answer" for one in asked),
        breaches=sum(_breaches(one, body) for one, body in noted),
    )


def _breaches(record: RecordRow, body: Mapping[str, Any]) -> int:
    """Return how many breaches a record tells of: its own, or those of an order."""
    if record.kind == "order":
        return sum(line["what"] == "breach" for line in body.get("changes", ()))
    return int(record.kind == "recurrence" and body.get("what") == "breach")


def _served(referrals: Sequence[ReferralRow], opener: Any) -> int | None:  # noqa: ANN401  # a partial
    times = []
    for one in referrals:
        if one.status in {"delivered", "closed"}:
            body = opener(f"referral|{one.id}", one.body)
            if "delivered_at" in body:
                times.append(int(body["delivered_at"]))
    return min(times, default=None)


def _opened(sealer: Any, case_id: int, where: str, body: bytes) -> dict[str, Any]:  # noqa: ANN401  # a Sealer
    found: dict[str, Any] = orjson.loads(sealer.open(place(where, case_id), body))
    return found


def _cases(first: datetime, until: datetime, session: Session) -> list[CaseRow]:
    within = select(CaseRow).where(col(CaseRow.opened_at) >= first, col(CaseRow.opened_at) < until)
    return list(session.exec(within.order_by(col(CaseRow.id))).all())


def _beside(ids: list[int], session: Session) -> dict[int, _Beside]:
    found: dict[int, _Beside] = defaultdict(_Beside)
    asked = select(ReferralRow).where(col(ReferralRow.case_id).in_(ids))
    for referral in session.exec(asked):
        found[referral.case_id].referrals.append(referral)
    kept = select(RecordRow).where(
        col(RecordRow.case_id).in_(ids), col(RecordRow.kind).in_(COUNTED)
    )
    for record in session.exec(kept):
        found[record.case_id].records.append(record)
    return found


def _hello(ids: list[int | None], session: Session) -> dict[int, int]:
    known = [number for number in ids if number is not None]
    wanted = select(ConversationRow.id, ConversationRow.created_at).where(
        col(ConversationRow.id).in_(known)
    )
    return {number: milliseconds(at) for number, at in session.exec(wanted)}
