"""One application, several services: each under its own consent, nothing asked twice."""

import asyncio
from typing import Any

import aiohttp
from sqlmodel import Session, select

from storage.casework.tables import AnswerLinkRow
from storage.types import moment
from tests.bot.casework.acting import applies, asks_how_far, opens
from tests.bot.town import Town

Json = Any


async def _agency(town: Town, act: str, **body: Any) -> tuple[int, Json]:  # noqa: ANN401  # JSON
    """Call as an agency does: nobody is signed in."""
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{town.url}/cases/open/{act}", json=body) as answer,
    ):
        return answer.status, await answer.json()


def _secret(sent: Json) -> dict[str, str]:
    return {"token": sent["url"].partition("#")[2], "pin": sent["pin"]}


async def test_four_services_are_consented_and_sent_and_nothing_is_asked_twice(
    town: Town,
) -> None:
    she = await applies(town)
    services = ("counseling", "legal", "facility", "security")
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        for service in services:
            offered = {item["name"] for item in (await case.referral(service))["offered"]}
            answered = {one["name"] for one in (await case.get())["answers"]}
            assert offered, service
            assert offered <= answered, "what a service needs was answered in the application"

        sent = [await case.sent(service) for service in services]

        assert {one["referral"]["status"] for one in sent} == {"sent"}
        whole = await case.get()
    assert whole["case"]["status"] == "active"
    assert len(whole["provisions"]) == 4
    assert len({one["url"] for one in sent}) == 4


async def test_without_her_consent_nothing_can_be_sent(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        one = await case.referral("legal")

        status, body = await case.post(f"/referrals/{one['id']}/send")

        assert (status, body["error"]) == (409, "not now")
        assert (await case.get())["provisions"] == []


async def test_an_agency_sees_only_what_she_consented_to_and_answers_once(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        one = await case.referral("legal")
        path = f"/referrals/{one['id']}"
        await case.does(f"{path}/consent", how="phone", items=["called_name"])
        secret = _secret(await case.does(f"{path}/send"))

        status, seen = await _agency(town, "look", **secret)
        assert status == 200
        assert [item["value"] for item in seen["items"]] == ["canary-name"]
        assert "canary-story" not in str(seen)
        assert "1234" not in str(seen)

        at = "2026-12-01T10:00:00+09:00"
        answered = await _agency(town, "answer", **secret, event="accept", at=at)
        again = await _agency(town, "answer", **secret, event="decline", text="바빠요")
        looked = await _agency(town, "look", **secret)

        assert answered == (200, {"status": "accepted"})
        assert (again[0], again[1]["error"]) == (410, "used")
        assert (looked[0], looked[1]["error"]) == (410, "used")
        whole = await case.get()
        tasks = [r["fields"]["what"] for r in whole["records"] if r["kind"] == "task"]
        assert tasks == ["기관이 맡았어요. 약속을 잡아 주세요."]


async def test_a_stranger_a_wrong_number_and_a_guess_open_nothing(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        secret = _secret(await case.sent("legal"))
        wrong = f"{(int(secret['pin']) + 1) % 1_000_000:06d}"

        guessed = await _agency(town, "look", token="x" * 24, pin=secret["pin"])
        tries = [await _agency(town, "look", token=secret["token"], pin=wrong) for _ in range(5)]
        right_but_late = await _agency(town, "look", **secret)

        assert (guessed[0], guessed[1]["error"]) == (404, "unknown")
        assert [status for status, _ in tries] == [403, 403, 403, 403, 423]
        assert right_but_late[0] == 423

        one = await case.referral("legal")
        renewed = _secret(await case.does(f"/referrals/{one['id']}/send"))
        assert (await _agency(town, "look", **renewed))[0] == 200
        assert (await _agency(town, "look", **secret))[0] == 404


async def test_a_withdrawal_recalls_and_beats_an_answer_that_comes_at_the_same_time(
    town: Town,
) -> None:
    for _ in range(4):
        she = await applies(town)
        async with town.desk() as desk:
            case = await opens(desk, she.conversation)
            sent = await case.sent("legal")
            path = f"/referrals/{sent['referral']['id']}/move"

            withdrawn, answered = await asyncio.gather(
                case.post(path, event="withdraw"),
                _agency(town, "answer", **_secret(sent), event="accept"),
            )

            assert withdrawn[0] == 200
            assert answered[0] in {200, 404, 410}
            whole = await case.get()
        legal = next(r for r in whole["referrals"] if r["service"] == "legal")
        assert legal["status"] == "withdrawn"
        assert "called_name" in legal["body"]["withdrawn"]["recalled"]
        assert whole["provisions"][0]["recalled_at"]
        told = " ".join(r["fields"].get("what", "") for r in whole["records"])
        assert "지웠는지 확인" in told
        assert (await _agency(town, "look", **_secret(sent)))[0] in {404, 410}


async def test_what_was_delivered_is_recalled_too_once_and_stays_delivered(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        sent = await case.sent("legal")
        path = f"/referrals/{sent['referral']['id']}/move"
        for event in ("accept", "deliver"):
            await case.does(path, event=event)
        before = await case.referral("legal")

        await case.does(path, event="recall")

        after, whole = await case.referral("legal"), await case.get()
    assert "recall" in before["events"]
    assert after["status"] == "delivered"
    assert "recall" not in after["events"]
    assert "called_name" in after["body"]["withdrawn"]["recalled"]
    assert whole["provisions"][0]["recalled_at"]
    assert "지웠는지 확인" in " ".join(r["fields"].get("what", "") for r in whole["records"])


async def test_a_decline_needs_its_reason_and_a_referral_goes_to_its_end_by_phone(
    town: Town,
) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        sent = await case.sent("counseling")
        path = f"/referrals/{sent['referral']['id']}/move"
        assert (await case.post(path, event="decline", text=" "))[0] == 400
        assert (await case.post(path, event="deliver"))[0] == 409

        await case.does(path, event="accept", text="전화로 답함")
        assert (await case.post(path, event="appoint"))[0] == 400
        await case.does(path, event="appoint", at="2026-12-01T10:00:00+09:00")
        await case.does(path, event="miss", text="오지 못함")
        await case.does(path, event="appoint", at="2026-12-03T10:00:00+09:00")
        await case.does(path, event="deliver")
        done = await case.does(path, event="close")

    assert done["status"] == "closed"
    assert [one["event"] for one in done["body"]["answers"]] == [
        "accept", "appoint", "miss", "appoint", "deliver", "close",
    ]  # fmt: skip


async def test_she_reads_how_far_each_service_is_by_receipt_code_and_code_word(
    town: Town,
) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        await case.sent("legal")

        told = await asks_how_far(town, she.receipt)

    assert "법률 지원: 기관의 답을 기다려요" in told
    assert "심리 상담: 동의를 여쭤볼 차례예요" in told
    assert "canary" not in told


async def test_a_link_ends_after_seven_days_and_a_new_one_takes_its_place(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        sent = await case.sent("legal")
        number = int(sent["referral"]["id"])
        await _made_long_ago(town, number)

        late = await _agency(town, "look", **_secret(sent))
        answered = await _agency(town, "answer", **_secret(sent), event="accept")
        renewed = await case.does(f"/referrals/{number}/send")

        assert (late[0], late[1]["error"]) == (410, "expired")
        assert (answered[0], answered[1]["error"]) == (410, "expired")
        assert (await case.referral("legal"))["status"] == "sent"
        assert (await _agency(town, "answer", **_secret(renewed), event="accept"))[0] == 200


async def _made_long_ago(town: Town, number: int) -> None:
    database = town.house.database

    def job(session: Session) -> None:
        mine = select(AnswerLinkRow).where(AnswerLinkRow.referral_id == number)
        for link in session.exec(mine):
            link.expires = moment(database.clock())
            session.add(link)

    await database.write(job)
