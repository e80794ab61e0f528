"""Follow-up: she is asked later how she is, in her own conversation, when she chose it."""

from collections.abc import Sequence
from datetime import datetime

from bot.casework.office import Office
from bot.casework.times import days_after, in_ms
from flows.cases import FOLLOW_UPS
from flows.safe_times import next_safe
from storage import conversations
from storage.casework import case_records
from storage.casework.case_files import Case
from storage.casework.case_records import NewRecord
from storage.casework.errors import RuleError
from storage.page import Page

TIMER = "check_in"
NO_CHAT = "이 사례에는 대화가 없어요. 할 일로 적어 주세요. There is no chat: make it a task."
NO_CONTACT = "그분이 먼저 쓸 때만 연락하기로 했어요. She wants to hear only when she writes."


async def set_check_ins(
    office: Office, case: Case, after: Sequence[str], staff_id: int
) -> list[datetime]:
    """Set the check-ins that she chose; raises `RuleError` when she wants none."""
    fields = case.body.get("fields", {})
    chosen = tuple(fields.get("contact_times", ()))
    days = []
    for name in dict.fromkeys(after):
        day = next_safe(days_after(office.database.clock(), FOLLOW_UPS[name]), chosen)
        if day is None:
            raise RuleError(NO_CONTACT)
        days.append(day)
    await _still_there(office, case)

    def job(page: Page) -> None:
        for day in days:
            page.timer(TIMER, in_ms(day), {"case": str(case.id)})

    await office.database.turn(case.conversation_id, job)
    for name, day in zip(dict.fromkeys(after), days, strict=True):
        due = in_ms(day)
        new = NewRecord(TIMER, "set", {"after": name}, staff_id=staff_id, due=due)
        await case_records.add(office.database, case.id, new)
    return days


async def _still_there(office: Office, case: Case) -> None:
    if case.conversation_id is None:
        raise RuleError(NO_CHAT)
    conversation = await conversations.find(office.database, case.conversation_id)
    if conversation is None or conversation.parted:
        raise RuleError(NO_CHAT)
