"""Agencies as organisations: edited by an admin; their people see what is asked of them only."""

from typing import Any

from bot.casework.network_routes import refresh
from flows.network import network
from tests.bot.casework.acting import CaseDesk, applies, joins, opens
from tests.bot.desks import Desk
from tests.bot.policy import POLICY
from tests.bot.town import PASSWORD, Town

Json = Any
NEW: Json = {
    "name": {"ko": "새 법률 사무소", "en": "New law office"},
    "kind": "legal",
    "services": ["legal"],
    "languages": ["ko", "vi"],
    "hours": {"ko": "평일 9~18시", "en": "Weekdays 9 to 18"},
    "area": {"ko": "서울", "en": "Seoul"},
    "capacity": 3,
    "eligible": {"ko": "누구나", "en": "Anybody"},
    "reach": {"ko": "전화", "en": "Phone"},
    "roles": ["변호사"],
    "source": "협약서 2026-11",
    "checked_on": "2026-11-24",
    "certainty": "H",
}


async def _sent(case: CaseDesk, service: str = "legal") -> str:
    return str((await case.sent(service))["referral"]["id"])


async def _mine(desk: Desk) -> Json:
    status, body = await desk.call("GET", "/cases/api/mine")
    assert status == 200, body
    return body


async def test_an_agency_is_added_edited_and_ended_and_every_process_knows(town: Town) -> None:
    she = await applies(town)
    async with town.desk("admin") as admin, town.desk() as desk:
        status, _ = await admin.call("POST", "/cases/api/network/new_law", NEW)
        assert status == 200
        status, _ = await admin.call("POST", "/cases/api/network/new_law", {"capacity": 9})
        assert status == 200
        case = await opens(desk, she.conversation)
        await case.does("/referrals", service="legal", agency="new_law")
        await admin.call("POST", "/cases/api/network/new_law", {"ended": True})
        again = await case.post("/referrals", service="legal", agency="new_law")
        whole = await case.get()

    elsewhere = network()
    await refresh(town.house.database, elsewhere)
    assert elsewhere.agencies["new_law"].capacity == 9
    assert elsewhere.agencies["new_law"].languages == ("ko", "vi")
    assert elsewhere.agencies["new_law"] not in elsewhere.agencies_for("legal")
    assert again[0] == 400
    assert "새 법률 사무소" in [one["agency_name"]["ko"] for one in whole["referrals"]]


async def test_what_makes_no_sense_is_refused_and_changes_nothing(town: Town) -> None:
    async with town.desk("admin") as admin:
        wrongs: list[Json] = [
            {"services": ["magic"]},
            {"services": []},
            {"languages": ["xx!"]},
            {"name": {}},
            {"reach": {"en": "Phone"}},
            {"capacity": "many"},
            {"name": "text"},
            {"unknown": 1},
            {"checked_on": "yesterday"},
        ]
        for wrong in wrongs:
            status, _ = await admin.call("POST", "/cases/api/network/legal_team", wrong)
            assert status == 400, wrong
        for name in ("No Name", "%00", "a" * 300):
            status, _ = await admin.call("POST", f"/cases/api/network/{name}", NEW)
            assert status == 400, name
        _, shown = await admin.call("GET", "/cases/api/network")

    kept = next(one for one in shown["agencies"] if one["id"] == "legal_team")
    assert kept["services"] == ["legal"]


async def test_somebody_of_an_agency_sees_only_what_is_asked_of_it_and_consented(
    town: Town,
) -> None:
    she = await applies(town)
    await joins(town, "legal_team", "lawyer")
    await joins(town, "counseling_team", "therapist")
    async with town.desk() as desk, town.desk("lawyer") as lawyer, town.desk("therapist") as other:
        case = await opens(desk, she.conversation)
        before = await _mine(lawyer)
        number = await _sent(case)
        listed = (await _mine(lawyer))["referrals"]
        status, seen = await lawyer.call("GET", f"/cases/api/mine/{number}")
        strange = await other.call("GET", f"/cases/api/mine/{number}")
        pushed = await other.call("POST", f"/cases/api/mine/{number}/move", {"event": "accept"})

        assert number not in [one["id"] for one in before["referrals"]]
        assert number in [one["id"] for one in listed]
        assert "canary" not in str(listed)
        assert status == 200
        assert {item["value"] for item in seen["items"]} >= {"canary-name"}
        assert "canary-story" not in str(seen), "what is sensitive was not consented to"
        assert strange[0] == pushed[0] == 404
        assert "canary" not in str(strange)


async def test_she_answers_from_her_account_and_the_link_is_shut_by_it(town: Town) -> None:
    she = await applies(town)
    await joins(town, "legal_team", "lawyer")
    async with town.desk() as desk, town.desk("lawyer") as lawyer, town.desk("auditor") as auditor:
        case = await opens(desk, she.conversation)
        sent = await case.sent("legal")
        path = f"/cases/api/mine/{sent['referral']['id']}"
        secret = {"token": sent["url"].partition("#")[2], "pin": sent["pin"]}
        await lawyer.call("GET", path)
        at = "2026-12-01T10:00:00+09:00"
        told = [
            (await lawyer.call("POST", f"{path}/move", {"event": event, **more}))[0]
            for event, more in (
                ("withdraw", {}),
                ("decline", {"text": " "}),
                ("accept", {}),
                ("accept", {}),
                ("appoint", {"at": at}),
                ("deliver", {}),
            )
        ]
        late = await lawyer.call("POST", "/cases/open/look", secret)
        whole = await case.get()
        _, lines = await auditor.call("GET", f"/cases/api/cases/{case.case}/access")

    assert told == [400, 400, 200, 409, 200, 200]
    assert late[0] == 410
    legal = next(one for one in whole["referrals"] if one["service"] == "legal")
    assert legal["status"] == "delivered"
    assert "기관이 맡았어요. 약속을 잡아 주세요." in str(whole["records"])
    assert {"case: agency look", "case: agency accept"} <= {line["action"] for line in lines}


async def test_what_she_took_back_shows_an_agency_only_that_it_must_be_destroyed(
    town: Town,
) -> None:
    she = await applies(town)
    await joins(town, "legal_team", "lawyer")
    async with town.desk() as desk, town.desk("lawyer") as lawyer:
        case = await opens(desk, she.conversation)
        number = await _sent(case)
        await case.does(f"/referrals/{number}/move", event="withdraw")
        status, _ = await lawyer.call("GET", f"/cases/api/mine/{number}")
        lines = [one for one in (await _mine(lawyer))["referrals"] if one["id"] == number]

    assert status == 404
    assert [(one["status"], one["events"]) for one in lines] == [("withdrawn", [])]
    assert "canary" not in str(lines)


async def test_an_account_of_an_agency_opens_nothing_else_and_ends_at_once(town: Town) -> None:
    number = await joins(town, "legal_team", "leaver")
    async with town.desk("leaver") as leaver, town.desk("admin") as admin:
        opened = []
        for method, path in POLICY:
            real = path.replace("{", "").replace("}", "")
            status, _ = await leaver.call(method, real, {} if method == "POST" else None)
            if status not in {401, 403}:
                opened.append(path)
        await leaver.sign_in("leaver", PASSWORD)
        _, staff = await admin.call("GET", "/desk/api/staff")
        gone = await admin.call(
            "POST", f"/cases/api/network/legal_team/people/{number}/dismiss", {}
        )
        after = await leaver.call("GET", "/cases/api/mine")
        wrong = await admin.call(
            "POST", f"/cases/api/network/legal_aid/people/{number}/dismiss", {}
        )

    assert set(opened) <= {
        "/desk/api/sign-out",
        "/desk/api/me",
        "/desk/api/second-factor",
        "/desk/api/second-factor/confirm",
    }
    assert number not in [one["id"] for one in staff]
    assert (gone[0], after[0], wrong[0]) == (200, 401, 404)


async def test_a_person_of_an_agency_is_added_once_and_with_a_long_password(town: Town) -> None:
    async with town.desk("admin") as admin:
        path = "/cases/api/network/legal_aid/people"
        who = {"name": "법률 상담 1", "role": "변호사", "password": PASSWORD}
        short = await admin.call("POST", path, {**who, "password": "short"})
        first = await admin.call("POST", path, who)
        twice = await admin.call("POST", path, who)
        nowhere = await admin.call("POST", "/cases/api/network/none/people", who)
        _, shown = await admin.call("GET", "/cases/api/network")

    assert (short[0], first[0], twice[0], nowhere[0]) == (400, 200, 409, 404)
    aid = next(one for one in shown["agencies"] if one["id"] == "legal_aid")
    assert [one["role"] for one in aid["people"]] == ["변호사"]
