"""Her consent in her own channel: asked under her rules, given, refused, taken back by a tap."""

import asyncio
from dataclasses import replace
from typing import Any

import aiohttp

from bot.safety.contact import keep_rules
from flows.consenting import NOW
from flows.contact import ASKED
from flows.messages import Inbound
from storage import transcripts
from storage.page import Page
from tests.bot.casework.acting import FIELDS, Applied, CaseDesk, applies, opens
from tests.bot.town import WAIT_S, Town

Json = Any


async def _becomes(case: CaseDesk, service: str, status: str) -> Json:
    async with asyncio.timeout(WAIT_S):
        while True:
            one = await case.referral(service)
            if one["status"] == status:
                return one
            await asyncio.sleep(0.05)


async def _asked(case: CaseDesk, service: str) -> str:
    one = await case.referral(service)
    await case.does(f"/referrals/{one['id']}/ask")
    return str(one["id"])


async def _consented(town: Town, she: Applied, case: CaseDesk, service: str = "legal") -> str:
    number = await _asked(case, service)
    await she.taps(town, f"!consent:{number}:yes")
    await she.taps(town, f"!consent:{number}:no")  # what is sensitive stays with her
    await _becomes(case, service, "consented")
    return number


async def _tasks(case: CaseDesk) -> list[str]:
    return [r["fields"]["what"] for r in (await case.get())["records"] if r["kind"] == "task"]


async def test_she_agrees_by_a_tap_and_only_then_the_referral_starts(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        number = await _asked(case, "legal")
        early = await case.post(f"/referrals/{number}/send")

        question = (await she.reads(town))[-1]
        await she.taps(town, f"!consent:{number}:yes")
        apart = (await she.reads(town))[-1]
        await she.taps(town, f"!consent:{number}:no")
        one = await _becomes(case, "legal", "consented")
        sent = await case.does(f"/referrals/{number}/send")
        tasks = await _tasks(case)

    assert early[0] == 409
    for told in ("법률지원단", "목적: 법률 지원.", "항목", "보관", "동의하지 않아도"):
        assert told in question.text
    assert [button.data for button in question.choices] == [
        f"!consent:{number}:yes",
        f"!consent:{number}:no",
    ]
    assert apart.text.startswith("[민감한 내용]")
    consent = one["body"]["consent"]
    assert (consent["how"], consent["channel"], consent["sensitive"]) == ("chat", "web", [])
    assert consent["items"]
    assert consent["at"]
    assert any("동의하셨어요" in task for task in tasks)
    assert sent["referral"]["status"] == "sent"


async def test_in_a_messenger_the_recipient_is_masked_and_the_web_page_shows_it(
    town: Town,
) -> None:
    she = await applies(town, "telegram")
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        number = await _asked(case, "legal")
        masked = (await she.reads(town))[-1]
        await she.taps(town, f"!consent:{number}:web")
        link = (await she.reads(town))[-1].choices[0].path
        async with town.tab(link=link.partition("=")[2]) as tab:
            openly = await tab.shown("법률지원단")
            await tab.press("동의해요")
            await tab.shown("[민감한 내용]")
            await tab.press("동의해요")
        one = await _becomes(case, "legal", "consented")

    assert "법률지원단" not in masked.text
    assert "법○○○" in masked.text
    assert "canary" not in masked.text
    assert "받는 곳: 법률지원단" in openly["text"]
    assert one["body"]["consent"]["channel"] == "web"
    assert one["body"]["consent"]["sensitive"], "both questions were answered with yes"


async def test_a_question_waits_for_the_times_she_chose(town: Town) -> None:
    she = await applies(town, "telegram", spoke=False)
    await _wishes_to_be_only_answered(town, she)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        one = await case.referral("legal")
        asked = await case.does(f"/referrals/{one['id']}/ask")

        reading = await transcripts.read(town.house.database, she.conversation)

    assert asked["held"] == "she writes"
    assert reading.entries[-1].delivery == "ready"


async def _wishes_to_be_only_answered(town: Town, she: Applied) -> None:
    def job(page: Page) -> None:
        conversation = page.save()
        answers = {**FIELDS, "contact_times": ("only_then",)}
        conversation.state = replace(conversation.state, answers=answers)
        for name in ASKED:
            keep_rules(page, conversation, name)

    await town.house.database.turn(she.conversation, job)


async def test_a_no_ends_this_one_and_nothing_is_sent(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        number = await _asked(case, "security")
        await she.taps(town, f"!consent:{number}:no")
        one = await _becomes(case, "security", "withdrawn")
        await she.taps(town, f"!consent:{number}:yes")
        await asyncio.sleep(1.1)
        still = await case.referral("security")
        tasks = await _tasks(case)

    assert "consent" not in one["body"]
    assert one["body"]["withdrawn"]["recalled"] == []
    assert still["status"] == "withdrawn"
    assert any("동의하지 않으셨어요" in task for task in tasks)


async def test_what_was_not_asked_of_her_cannot_be_tapped(town: Town) -> None:
    she, other = await applies(town), await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        number = await _asked(case, "legal")
        for data in (f"!consent:{number}:yes", "!consent:", "!consent:7", "!consent:x:all"):
            await other.taps(town, data)
        await she.taps(town, f"!consent:{number}:back")
        await she.taps(town, f"!consent:{number}:all")
        await asyncio.sleep(1.1)

        assert (await case.referral("legal"))["status"] == "proposed"


async def test_she_takes_it_back_by_one_tap_whatever_the_agency_does_meanwhile(
    town: Town,
) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        number = await _consented(town, she, case)
        sent = await case.does(f"/referrals/{number}/send")
        secret = {"token": sent["url"].partition("#")[2], "pin": sent["pin"]}
        await town.house.service.receive(
            Inbound(she.channel, she.address, town.name(), text="동의 철회")
        )
        ways = (await she.reads(town))[-1].choices
        async with aiohttp.ClientSession() as http:
            answering = http.post(
                f"{town.url}/cases/open/answer", json={**secret, "event": "accept"}
            )
            await asyncio.gather(she.taps(town, ways[-1].data), answering)
            one = await _becomes(case, "legal", "withdrawn")
            async with http.post(f"{town.url}/cases/open/look", json=secret) as late:
                shut = late.status
        whole, tasks = await case.get(), await _tasks(case)

    assert ways[-1].data == f"!consent:{number}:back"
    assert ways[-1].label == "법률 지원 동의 거두기"
    assert "called_name" in one["body"]["withdrawn"]["recalled"]
    assert whole["provisions"][0]["recalled_at"]
    assert shut in {404, 410}
    assert sum("지웠는지" in task for task in tasks) == 1


async def test_what_was_delivered_already_is_recalled_too(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        number = await _consented(town, she, case)
        await case.does(f"/referrals/{number}/send")
        for event in ("accept", "deliver"):
            await case.does(f"/referrals/{number}/move", event=event)
        await she.taps(town, f"!consent:{number}:back")
        await asyncio.sleep(1.5)

        assert (await case.get())["provisions"][0]["recalled_at"]
        assert (await case.referral("legal"))["status"] == "delivered"
        assert any("지웠는지" in task for task in await _tasks(case))


async def test_without_a_conversation_nothing_can_be_asked_in_the_chat(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        one = await case.referral("legal")
        await town.house.database.turn(she.conversation, lambda page: page.erase("chat"))

        status, told = await case.post(f"/referrals/{one['id']}/ask")

    assert (status, told["error"]) == (409, "rule")


async def _writes(town: Town, she: Applied, text: str) -> None:
    await town.house.service.receive(Inbound(she.channel, she.address, town.name(), text=text))


async def _read_long_ago(town: Town, she: Applied, *, reached: bool = True) -> None:
    """Let the question have been read some time ago; or not have reached her yet."""

    def job(page: Page) -> None:
        conversation = page.save()
        number, _, at = conversation.state.memory[NOW].partition("@")
        memory = {**conversation.state.memory, NOW: f"{number}@{int(at) - 60}"}
        conversation.state = replace(conversation.state, memory=memory)
        if reached:
            page.mark([seq for seq, _ in page.waiting(50)], "sent")

    await town.house.database.turn(she.conversation, job)


async def test_she_may_type_it_once_the_question_has_reached_her(town: Town) -> None:
    she, other = await applies(town), await applies(town)
    async with town.desk() as desk:
        case, late = await opens(desk, she.conversation), await opens(desk, other.conversation)
        await _asked(case, "legal")
        await _read_long_ago(town, she)
        await _writes(town, she, "네, 동의해요")
        await _read_long_ago(town, she)
        await _writes(town, she, "아니요")
        one = await _becomes(case, "legal", "consented")
        await _asked(late, "legal")
        await _read_long_ago(town, other, reached=False)
        await _writes(town, other, "네")  # to whatever she read before
        await asyncio.sleep(1.2)
        still = await late.referral("legal")

    assert (one["body"]["consent"]["how"], one["body"]["consent"]["sensitive"]) == ("chat", [])
    assert still["status"] == "proposed"
