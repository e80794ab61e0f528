"""What is due, risen or stuck in each case: the list shows it, and a meeting begins with it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from flows.network import Network
from storage import conversations
from storage.casework import case_records, facilities, referrals
from storage.casework.case_files import Case
from storage.casework.case_records import Record
from storage.casework.facilities import Stay
from storage.casework.tables import ReferralRow
from storage.conversation import Conversation
from storage.database import Database
from storage.types import milliseconds

DAY_MS = 24 * 60 * 60 * 1000
SOON_MS = 28 * DAY_MS
QUIET_MS = 14 * DAY_MS
STAY_ENDS_MS = 7 * DAY_MS
POLICE_MS = {"to": 3 * DAY_MS, "from": DAY_MS}
"""How long what was asked of the police, or by them, may stand without an answer."""
RISK = ("0", "1")
IN_FORCE = ("in_force", "breach")
"""An order that was breached is in force as before."""
Reasons = tuple[str, ...]
REASONS = (
    "task_due",
    "order_ends",
    "risk_risen",
    "no_answer",
    "police_waits",
    "declined",
    "waits_for_place",
    "stay_ends",
    "silent",
    "came_back",
    "calls",
    "erased",
    "no_consent_yet",
    "review_due",
    "unmoved",
)
"""In the order of how much they ask for somebody; the page has words for each."""


async def why(database: Database, cases: Sequence[Case], network: Network) -> dict[int, Reasons]:
    """Return for each case what asks for somebody to look at it, closed ones included."""
    asked = await referrals.statuses(database, [case.id for case in cases])
    now = database.clock()
    of_stays = _of_stays((await facilities.board(database))[1], now)
    records = await case_records.of_many(database, [case.id for case in cases])
    talks = await _talks(database, cases)
    found = {}
    for case in cases:
        reasons = {
            *_of_records(records.get(case.id, ()), now),
            *_of_referrals(asked.get(case.id, []), network, now),
            *_of_her(talks, case),
        }
        reasons |= of_stays.get(case.id, set())
        if case.status != "closed" and now - case.changed_at > QUIET_MS:
            reasons.add("unmoved")
        if case.status == "closed":
            reasons &= {"came_back", "calls", "erased"}
        found[case.id] = tuple(sorted(reasons, key=REASONS.index))
    return found


def _of_records(records: Iterable[Record], now: int) -> set[str]:  # noqa: C901  # one line a kind
    found = set()
    for one in records:
        due = one.due is not None and one.due <= now
        match one.kind:
            case "task" if one.status == "open" and due:
                found.add("task_due")
            case "order" if one.status in IN_FORCE and one.due and one.due - now <= SOON_MS:
                found.add("order_ends")
            case "police" if one.status == "asked" and now - one.at > POLICE_MS[one.body["way"]]:
                found.add("police_waits" if one.body["way"] == "from" else "no_answer")
            case "risk" if one.body.get("level") in RISK and now - one.at <= QUIET_MS:
                found.add("risk_risen")
            case "check_in" if one.status == "silent":
                found.add("silent")
            case "recurrence" if now - one.at <= QUIET_MS:
                found.add("came_back")
            case "prevention" if one.status == "in_force" and due:
                found.add("review_due")
    return found


def _of_stays(stays: Iterable[Stay], now: int) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for stay in stays:
        if stay.status == "waiting":
            found.setdefault(stay.case_id, set()).add("waits_for_place")
        if stay.status == "in" and stay.until is not None and stay.until - now <= STAY_ENDS_MS:
            found.setdefault(stay.case_id, set()).add("stay_ends")
    return found


def _of_referrals(rows: Iterable[ReferralRow], network: Network, now: int) -> set[str]:
    found = set()
    for row in rows:
        since = now - milliseconds(row.changed_at)
        agency = network.agencies.get(row.agency)
        patience = timedelta(days=agency.answers_within_days if agency else 7)
        if row.status == "sent" and since > patience.total_seconds() * 1000:
            found.add("no_answer")
        if row.status == "declined":
            found.add("declined")
        if row.status == "proposed":
            found.add("no_consent_yet")
    return found


async def _talks(database: Database, cases: Sequence[Case]) -> dict[int, Conversation]:
    """Return the conversations of cases by their number, all in one query."""
    numbers = {case.conversation_id for case in cases if case.conversation_id is not None}
    return {one.id: one for one in await conversations.some(database, sorted(numbers))}


def _of_her(talks: Mapping[int, Conversation], case: Case) -> set[str]:
    """Return whether she calls now, is in more danger, or wished to be forgotten."""
    if case.conversation_id is None:
        return set()
    conversation = talks.get(case.conversation_id)
    if conversation is None or conversation.parted or conversation.sealer is None:
        return {"erased"}
    found = {"calls"} if conversation.status == "waiting" else set()
    if conversation.state.risk < case.urgency:
        found.add("risk_risen")  # what she answered since is more urgent than what staff noted
    return found
