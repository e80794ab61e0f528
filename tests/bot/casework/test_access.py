"""Every route of casework, times, every role; who needs not know a case is told there is none."""

import re
from collections.abc import Iterator

import pytest
from aiohttp import web

from bot.app import application
from tests.bot.casework.acting import applies, joins, opens
from tests.bot.desks import Desk
from tests.bot.town import ROLES, Town

SERVES = {"counselor", "supervisor"}
INSPECTS = {"supervisor", "auditor"}
SUPERVISES = {"supervisor"}
ONE = "/cases/api/cases/{id}"
POLICY = {
    ("GET", "/cases/api/directory"): SERVES,
    ("GET", "/cases/api/cases"): SERVES,
    ("POST", "/cases/api/cases"): SERVES,
    ("GET", "/cases/api/contacts"): SERVES,
    ("POST", "/cases/api/contacts"): SERVES,
    ("GET", "/cases/api/conversations/{id}/case"): SERVES,
    ("GET", ONE): SERVES,
    ("POST", f"{ONE}/move"): SERVES,
    ("POST", f"{ONE}/members"): SERVES,
    ("POST", f"{ONE}/opposed"): SUPERVISES,
    ("GET", f"{ONE}/access"): INSPECTS,
    ("POST", f"{ONE}/destroy"): SUPERVISES,
    ("POST", f"{ONE}/records"): SERVES,
    ("POST", f"{ONE}/records/{{record}}/move"): SERVES,
    ("POST", f"{ONE}/records/{{record}}/correct"): SERVES,
    ("POST", f"{ONE}/records/{{record}}/extend"): SERVES,
    ("POST", f"{ONE}/check-ins"): SERVES,
    ("POST", f"{ONE}/opinion"): SERVES,
    ("POST", f"{ONE}/referrals"): SERVES,
    ("POST", f"{ONE}/referrals/{{referral}}/ask"): SERVES,
    ("POST", f"{ONE}/referrals/{{referral}}/consent"): SERVES,
    ("POST", f"{ONE}/referrals/{{referral}}/send"): SERVES,
    ("POST", f"{ONE}/referrals/{{referral}}/move"): SERVES,
    ("GET", "/cases/api/places"): SERVES,
    ("POST", f"{ONE}/places/hold"): SERVES,
    ("POST", f"{ONE}/places/wait"): SERVES,
    ("POST", f"{ONE}/places/{{party}}/move"): SERVES,
    ("POST", f"{ONE}/escorts"): SERVES,
    ("POST", f"{ONE}/escorts/{{escort}}/move"): SERVES,
    ("GET", "/cases/api/meetings"): SERVES,
    ("POST", "/cases/api/meetings"): SERVES,
    ("GET", "/cases/api/meetings/{meeting}"): SERVES,
    ("POST", "/cases/api/meetings/{meeting}/agenda"): SERVES,
    ("POST", "/cases/api/meetings/{meeting}/items/{item}"): SERVES,
    ("POST", "/cases/api/meetings/{meeting}/hold"): SERVES,
    ("GET", "/cases/api/registers"): INSPECTS,
    ("POST", "/cases/api/export"): SUPERVISES,
    ("GET", "/cases/api/review/{month}"): INSPECTS,
    ("POST", "/cases/api/review/{month}"): INSPECTS,
    ("GET", "/cases/api/network"): {"supervisor", "admin"},
    ("POST", "/cases/api/network/{agency}"): {"admin"},
    ("POST", "/cases/api/network/{agency}/people"): {"admin"},
    ("POST", "/cases/api/network/{agency}/people/{person}/dismiss"): {"admin"},
    ("GET", "/cases/api/facilities"): {"supervisor", "admin"},
    ("POST", "/cases/api/facilities/{facility}"): {"admin"},
    ("GET", "/cases/api/mine"): {"agency"},
    ("GET", "/cases/api/mine/{referral}"): {"agency"},
    ("POST", "/cases/api/mine/{referral}/move"): {"agency"},
}
"""Who may use which route; a route that is not named here is a failure."""

OPEN = {
    ("GET", "/cases"),
    ("GET", "/r"),
    ("POST", "/cases/open/look"),
    ("POST", "/cases/open/answer"),
}
"""The pages, and what an agency may do with link and number."""


def routes(app: web.Application) -> Iterator[tuple[str, str]]:
    for route in app.router.routes():
        path = route.resource.canonical if route.resource else ""
        ours = path.startswith("/cases") or path == "/r"
        if ours and route.method != "HEAD":
            yield route.method, path


async def test_every_route_has_its_policy_and_keeps_it(town: Town) -> None:
    assert set(routes(application(town.house))) == POLICY.keys() | OPEN

    wrong = []
    await joins(town, "legal_team", "agency")
    for role in (*ROLES, "agency", "nobody"):
        async with town.desk(role if role != "nobody" else "counselor") as desk:
            if role == "nobody":
                desk.http.cookie_jar.clear()
            for (method, path), allowed in POLICY.items():
                real = re.sub(r"\{\w+\}", "999999", path)
                status, _ = await desk.call(method, real, {} if method == "POST" else None)
                if (status in {401, 403}) != (role not in allowed) or status >= 500:
                    wrong.append((role, method, path, status))
    assert wrong == []


async def test_a_counselor_sees_only_the_cases_that_she_needs_to_know(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk, town.desk("counselor2") as other, town.desk("supervisor") as s:
        mine = await opens(desk, she.conversation)
        path = f"/cases/api/cases/{mine.case}"

        assert (await other.call("GET", path))[0] == 404
        assert (await other.call("POST", f"{path}/records", {"kind": "note", "fields": {}}))[
            0
        ] == 404
        assert mine.case not in await _listed(other)
        assert (await s.call("GET", path))[0] == 200

        _, directory = await desk.call("GET", "/cases/api/directory")
        second = next(p["id"] for p in directory["staff"] if p["name"] == "상담사 counselor2")
        await mine.does("/members", staff=second)
        assert (await other.call("GET", path))[0] == 200
        assert mine.case in await _listed(other)


async def test_every_reading_of_a_case_is_written_down(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk, town.desk("auditor") as auditor:
        mine = await opens(desk, she.conversation)
        await mine.get()
        status, lines = await auditor.call("GET", f"/cases/api/cases/{mine.case}/access")

    assert status == 200
    assert "case: read" in [line["action"] for line in lines]
    assert "canary" not in str(lines)


async def test_who_knows_one_file_of_a_matter_never_knows_the_other(town: Town) -> None:
    first, second = await applies(town), await applies(town, phone_number="+821099998888")
    async with (
        town.desk() as desk,
        town.desk("counselor2") as other,
        town.desk("supervisor") as supervisor,
    ):
        mine, theirs = (
            await opens(desk, first.conversation),
            await opens(other, second.conversation),
        )
        people = {"side": "that_person", "phone": "010-9999-8888"}
        await mine.does("/records", kind="people", fields=people)
        _, listed = await supervisor.call("GET", "/cases/api/cases")
        assert sorted((mine.case, theirs.case)) in [sorted(pair) for pair in listed["crossing"]]

        path = f"/cases/api/cases/{mine.case}/opposed"
        assert (await supervisor.call("POST", path, {"other": theirs.case}))[0] == 200
        _, directory = await desk.call("GET", "/cases/api/directory")
        me = next(p["id"] for p in directory["staff"] if p["name"] == "상담사 counselor")
        status, body = await theirs.post("/members", staff=me)

    assert (status, body["error"]) == (409, "rule")


@pytest.mark.parametrize("path", ["", "/access", "/move"])
async def test_a_number_that_is_no_number_is_unknown(town: Town, path: str) -> None:
    async with town.desk("supervisor") as desk:
        method = "POST" if path == "/move" else "GET"
        for wrong in ("x", "-1", "1" * 30, "%00"):
            status, _ = await desk.call(method, f"/cases/api/cases/{wrong}{path}", None)
            assert status in {400, 404}, wrong


async def _listed(desk: Desk) -> list[str]:
    _, body = await desk.call("GET", "/cases/api/cases")
    return [row["id"] for row in body["rows"]]
