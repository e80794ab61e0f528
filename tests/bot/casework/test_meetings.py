"""Case meetings: the agenda finds what asks for somebody; outsiders see no name and no word."""

from tests.bot.casework.acting import CaseDesk, applies, opens
from tests.bot.town import Town

AT = "2026-12-03T14:00:00+09:00"


async def test_a_meeting_from_its_agenda_to_the_next_one(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        people = [{"name": "경찰관", "role": "경찰", "outside": True}]
        _, made = await desk.call(
            "POST", "/cases/api/meetings", {"at": AT, "participants": people}
        )
        path = f"/cases/api/meetings/{made['meeting']}"
        _, meeting = await desk.call("GET", path)
        item = next(one for one in meeting["items"] if one["case"] == case.case)
        assert "no_consent_yet" in item["reasons"]
        assert "canary" not in str(item["sheet"])

        decisions = [
            {"what": "법률구조공단에 문의", "due": "2026-12-10"},
            {"what": "공단에 연계", "service": "legal", "agency": "legal_aid"},
        ]
        minutes = {"text": "canary-minutes", "decisions": decisions}
        status, _ = await desk.call("POST", f"{path}/items/{item['id']}", minutes)
        assert status == 200
        held = {"note": "모두 모임", "next": "2026-12-17T14:00:00+09:00"}
        assert (await desk.call("POST", f"{path}/hold", held))[0] == 200
        assert (await desk.call("POST", f"{path}/hold", held))[0] == 409

        whole = await case.get()
        _, meetings = await desk.call("GET", "/cases/api/meetings")
    tasks = [one["fields"]["what"] for one in whole["records"] if one["kind"] == "task"]
    assert "법률구조공단에 문의" in tasks
    assert "legal_aid" in [one["agency"] for one in whole["referrals"]]
    assert "2026-12-17T05:00:00.000+00:00" in [one["at"] for one in meetings]


async def test_minutes_are_for_those_who_know_the_case(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk, town.desk("counselor2") as other:
        case = await opens(desk, she.conversation)
        _, made = await desk.call("POST", "/cases/api/meetings", {"at": AT})
        path = f"/cases/api/meetings/{made['meeting']}"
        _, meeting = await desk.call("GET", path)
        item = next(one for one in meeting["items"] if one["case"] == case.case)
        await desk.call("POST", f"{path}/items/{item['id']}", {"text": "canary-minutes"})

        _, seen = await other.call("GET", path)
        status, _ = await other.call("POST", f"{path}/items/{item['id']}", {"text": "저도"})

    assert "canary-minutes" not in str(seen)
    assert status == 404


async def test_an_agency_that_does_not_give_it_cannot_be_decided(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        _, made = await desk.call("POST", "/cases/api/meetings", {"at": AT})
        path = f"/cases/api/meetings/{made['meeting']}"
        _, meeting = await desk.call("GET", path)
        item = next(one for one in meeting["items"] if one["case"] == case.case)
        wrong = {"text": "", "decisions": [{"service": "legal", "agency": "hospital"}]}
        status, _ = await desk.call("POST", f"{path}/items/{item['id']}", wrong)
        empty = {"text": "", "decisions": [{"what": " "}]}
        nothing, _ = await desk.call("POST", f"{path}/items/{item['id']}", empty)
        whole = await CaseDesk(desk, case.case).get()

    assert (status, nothing) == (400, 400)
    assert "hospital" not in [one["agency"] for one in whole["referrals"]]
