"""A case comes from an application, once, or from a counselor's form; not each contact is one."""

import asyncio

from storage import applied
from tests.bot.casework.acting import WORD, CaseDesk, applies, asks_how_far, opens
from tests.bot.town import Town


async def test_an_application_becomes_one_case_however_often_it_is_opened(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        opened = await asyncio.gather(*(opens(desk, she.conversation) for _ in range(4)))
        whole = await opened[0].get()

    assert len({one.case for one in opened}) == 1
    assert [one["service"] for one in whole["referrals"]] == [
        "counseling",
        "legal",
        "facility",
        "security",
    ]
    assert {one["status"] for one in whole["referrals"]} == {"proposed"}
    filed = await applied.of(town.house.database, she.conversation)
    assert filed[0].status == "reviewing"


async def test_without_an_application_there_is_no_case(town: Town) -> None:
    person = town.name()
    await town.kakao(person, "안녕하세요")
    number = await town.conversation("kakao", f"65ab00000000000000000bff:{person}")
    async with town.desk() as desk:
        status, body = await desk.call("POST", "/cases/api/cases", {"conversation": str(number)})

    assert (status, body["error"]) == (409, "rule")


async def test_a_caller_of_1366_is_asked_what_the_chat_asks_and_can_ask_the_chat(
    town: Town,
) -> None:
    fields = {"applicant": "adult", "services": ["counseling"], "phone_number": "010-2345-6789"}
    async with town.desk() as desk:
        _, directory = await desk.call("GET", "/cases/api/directory")
        given = {"door": "line", "how": "phone", "consent": True, "word": WORD, "fields": fields}
        status, made = await desk.call("POST", "/cases/api/contacts", given)
        assert status == 200, made
        case = await CaseDesk(desk, made["case"]).get()

    asked = [question["name"] for question in directory["form"]]
    assert {"applicant", "services", "story", "phone_number", "contact_times"} <= {*asked}
    assert case["how"] == "phone"
    assert case["taken_by"] == "상담사 counselor"
    answered = {one["name"]: one["value"] for one in case["answers"]}
    assert answered["phone_number"] == "+821023456789"

    assert "상담사가 신청을 살펴보고 있어요" in await asks_how_far(town, made["receipt"])


async def test_a_contact_without_consent_stays_a_contact(town: Town) -> None:
    given = {"door": "police", "how": "phone", "consent": False, "note": "이야기만 함"}
    async with town.desk("counselor4") as desk:
        status, made = await desk.call("POST", "/cases/api/contacts", given)
        _, kept = await desk.call("GET", "/cases/api/contacts")

    assert (status, made["case"]) == (200, None)
    assert [one["note"] for one in kept] == ["이야기만 함"]


async def test_what_the_form_does_not_ask_is_refused(town: Town) -> None:
    wrong = (
        {"visa": "F-4"},
        {"services": ["everything"]},
        {"phone_number": "12"},
        {"applicant": ["adult", "teen"]},
    )
    async with town.desk() as desk:
        for fields in wrong:
            given = {"door": "line", "how": "phone", "consent": True, "fields": fields}
            status, body = await desk.call("POST", "/cases/api/contacts", given)
            assert (status, body["error"]) == (400, "body"), fields


async def test_nobody_consents_in_her_place(town: Town) -> None:
    mother = {"door": "line", "how": "phone", "caller": "other", "relation": "어머니"}
    fields = {"applicant": "adult", "services": ["counseling"]}
    async with town.desk("counselor4") as desk:
        for_her = await desk.call(
            "POST", "/cases/api/contacts", {**mother, "consent": True, "fields": fields}
        )
        only, noted = await desk.call("POST", "/cases/api/contacts", {**mother, "consent": False})
        _, kept = await desk.call("GET", "/cases/api/contacts")
        asked = {**mother, "consent": True, "asked_herself": True, "fields": fields}
        status, made = await desk.call("POST", "/cases/api/contacts", asked)
        case = await CaseDesk(desk, made["case"]).get()

    assert (for_her[0], for_her[1]["error"]) == (400, "body")
    assert (only, noted["case"]) == (200, None)
    assert "어머니" in [one["caller"] for one in kept]
    assert (status, case["caller"]) == (200, "어머니")
