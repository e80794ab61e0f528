"""What a counselor writes down of safe times, and what the desk says of a changed account."""

from dataclasses import replace

from bot.safety.contact import keep_rules
from bot.safety.hands import CHANGED
from flows.state import Value
from storage.page import Page
from tests.bot.desk_acts import audited, waiting
from tests.bot.town import Town


def _asked(page: Page) -> None:
    """Let her have said by day, at which she may be reached here."""
    conversation = page.save()
    answers: dict[str, Value] = {"contact_way": "here", "contact_times": ("day",)}
    memory = {**conversation.state.memory, CHANGED: "profile"}
    conversation.state = replace(conversation.state, answers=answers, memory=memory)
    keep_rules(page, conversation, "contact_times")
    page.save()


async def test_her_safe_times_are_changed_by_who_talks_with_her_with_a_reason(town: Town) -> None:
    number = await waiting(town, town.name())
    async with town.desk("counselor") as desk, town.desk("counselor2") as other:
        await desk.act(number, "take")
        wish = {"times": ["evening"], "reason": "낮에는 그 사람이 집에 있대요"}
        before, _ = await desk.act(number, "contact-times", **wish)
        await town.house.database.turn(number, _asked)
        refused = [
            (await desk.act(number, "contact-times", **wish | {"reason": " "}))[0],
            (await desk.act(number, "contact-times", **wish | {"times": ["at noon"]}))[0],
            (await other.act(number, "contact-times", **wish))[0],
        ]
        status, _ = await desk.act(number, "contact-times", **wish, unsafe="수요일")
        whole = await desk.show(number)

    assert (before, refused, status) == (409, [400, 409, 409], 200)
    spans = whole["contact"]["spans"]
    assert [list(span) for span in spans] == [
        [day * 1440 + 18 * 60, day * 1440 + 21 * 60] for day in (0, 1, 3, 4)
    ]
    (told,) = [one for one in whole["entries"] if one["text"].startswith("contact times")]
    assert (told["sender"], told["from"]) == ("상담사 counselor", "system")
    assert "change contact times" in await audited(town, number)


async def test_a_changed_account_is_on_the_desk_until_a_counselor_spoke_to_it(town: Town) -> None:
    number = await waiting(town, town.name())
    await town.house.database.turn(number, _asked)
    async with town.desk("counselor") as desk:
        _, taken = await desk.act(number, "take")
        await desk.say(number, "지금 혼자 계신가요")
        after = (await desk.show(number))["row"]

    assert (taken["row"]["changed"], after["changed"]) == (["profile"], [])
