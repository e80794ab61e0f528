"""How the support was: she is asked once, when it is calm; nothing leads from an answer to a case.

An invitation to a standing round of the survey is made when she is asked. Of it only the hash is
kept, and her answer stands under a random number, so that not even we can join the two.
"""

from dataclasses import replace
from datetime import date, timedelta

from bot.casework.office import Office
from bot.casework.times import days_after, in_ms, today
from bot.logs import log
from bot.numbers.sources import midnight
from bot.safety.contact import due_of
from bot.service import Service
from bot.survey.codes import new_code
from flows.cover import COVERED
from flows.events import AskedOpinion
from flows.safe_times import next_safe
from flows.surveys.sitting import shipped_satisfaction
from storage import conversations
from storage.casework import case_files, case_records, referrals
from storage.casework.case_files import Case
from storage.casework.case_records import NewRecord
from storage.casework.errors import RuleError, UnknownError
from storage.contact import NEVER
from storage.conversation import Conversation
from storage.database import Database
from storage.errors import GoneError
from storage.page import Page
from storage.survey import rounds
from storage.timers import Timer

KIND = "opinion"
"""The timer of her conversation, and the record of her case: that she was asked, never what."""
STANDING = "satisfaction"
AFTER_DAYS = 7
DAY_MS = 24 * 60 * 60 * 1000
QUIET_DAYS = {0: 14, 1: 14}
"""By urgency, for how many days nothing may have been said; otherwise one."""
PUT_OFF_DAYS = 7
MOST_TRIES = 12
GRACE = timedelta(days=31)
"""So long after its half year a round still takes answers."""
GIVEN = frozenset({"delivered", "closed"})
CALM = frozenset({"followed", "closed"})
COLLECTED = frozenset({"kakao"})
"""What is said there comes with her next words, which may be a cry for help."""
WAITS_THERE = "web"
NOTHING_GIVEN = "아직 마친 지원이 없어요. Nothing was given yet."
ONCE = "이미 한 번 여쭤봤어요. She was asked already, and only once."


async def plan(office: Office, case: Case) -> None:
    """Set a day to ask her, where she may be written to; without one a code can be handed over."""
    if case.conversation_id is None:
        return
    there = await conversations.find(office.database, case.conversation_id)
    chosen = tuple(case.body.get("fields", {}).get("contact_times", ()))
    if there is None or there.parted or not _may_be_written_to(there.channel, chosen):
        return
    day = next_safe(days_after(office.database.clock(), AFTER_DAYS), chosen)
    if day is None:
        return
    if not await _was_given(office, case):
        return
    new = NewRecord(KIND, "set", {}, due=in_ms(day))
    record = await case_records.add_once(office.database, case.id, new)
    if record is None:
        return
    told = {"case": str(case.id), "record": str(record), "tries": 0}
    await office.database.turn(
        case.conversation_id, lambda page: page.timer(KIND, in_ms(day), told)
    )


def _may_be_written_to(channel: str, chosen: tuple[str, ...]) -> bool:
    """Say whether a question may come by itself: on our page it waits, elsewhere she chose it."""
    return channel == WAITS_THERE or (bool(chosen) and channel not in COLLECTED)


async def hand_over(office: Office, case: Case, staff_id: int) -> str:
    """Return a code for who has no chat or wants no messages; told once, kept nowhere.

    Raises:
        RuleError: nothing was given yet, or she was asked before.
    """
    if not await _was_given(office, case):
        raise RuleError(NOTHING_GIVEN)
    code = await _invitation(office.database)
    new = NewRecord(KIND, "hand", {}, staff_id=staff_id)
    if await case_records.add_once(office.database, case.id, new) is None:
        raise RuleError(ONCE)
    return code


async def ask(database: Database, service: Service, timer: Timer) -> None:
    """Ask her now, or put it off while anything is open or urgent; what is gone is not asked."""
    try:
        await _ask(database, service, timer)
    except (UnknownError, GoneError):
        log().info("nobody to ask", count=1)
        await database.turn(timer.conversation_id, lambda page: page.take_timer(timer.id))


async def _ask(database: Database, service: Service, timer: Timer) -> None:
    case = await case_files.read(database, int(timer.body["case"]))
    there = await conversations.find(database, timer.conversation_id)
    calm = case.status in CALM and case.urgency > 0
    code = ""
    if calm and there is not None and _is_quiet(there, database.clock()):
        code = await _invitation(database)

    def job(page: Page) -> str:
        conversation = page.conversation()
        if conversation is None or conversation.parted or not page.take_timer(timer.id):
            return ""
        held = due_of(page)
        if code and held is None and _is_quiet(conversation, page.now):
            path = f"/survey?code={code}&language={conversation.language}"
            service.event(page, conversation, AskedOpinion(conversation.channel, path))
            return "ask"
        if timer.body["tries"] >= MOST_TRIES or (held or 0) >= NEVER:
            return "cancel"
        later = in_ms(days_after(page.now, PUT_OFF_DAYS)) if not held or not code else held
        page.timer(KIND, later, {**timer.body, "tries": timer.body["tries"] + 1})
        return ""

    if status := await database.turn(timer.conversation_id, job):
        await _note(database, timer, status)


def _is_quiet(conversation: Conversation, now: int) -> bool:
    """Say whether nobody talks or is waited for, and nothing was written lately."""
    if conversation.status not in {"bot", "closed"} or COVERED in conversation.state.memory:
        return False
    return now - conversation.changed_at >= QUIET_DAYS.get(conversation.urgency, 1) * DAY_MS


async def _note(database: Database, timer: Timer, status: str) -> None:
    case_id, number = int(timer.body["case"]), int(timer.body["record"])
    for record in await case_records.of(database, case_id):
        if record.id == number:
            await case_records.change(database, replace(record, status=status))


async def _was_given(office: Office, case: Case) -> bool:
    found = await referrals.of(office.database, case.id)
    return any(one.status in GIVEN and "delivered_at" in one.body for one in found)


async def _invitation(database: Database) -> str:
    """Return a fresh code of the round of this half year."""
    name, period = standing_on(today(database.clock()))
    title = f"지원에 대한 의견 {name.partition(':')[2]}"
    round_ = await rounds.standing(database, name, (title, shipped_satisfaction()), period)
    code = new_code()
    await rounds.invite(database, round_.id, [code])
    return code


def standing_on(day: date) -> tuple[str, tuple[int, int]]:
    """Return the round of a day's half year: its name, and from when until when it is open."""
    half = 1 if day.month <= 6 else 2  # noqa: PLR2004  # June
    first = date(day.year, 1 if half == 1 else 7, 1)
    after = date(day.year, 7, 1) if half == 1 else date(day.year + 1, 1, 1)
    opens, closes = midnight(first), midnight(after + GRACE)
    return f"{STANDING}:{day.year}-{half}", (in_ms(opens), in_ms(closes))
