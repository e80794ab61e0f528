"""To the police and from them: reports, what is asked, answered and ended, and both directions."""

from typing import Any

import pytest

from bot.casework.agenda import DAY_MS, why
from bot.console.shapes import handle
from flows.network import network
from storage.casework import case_files
from storage.casework.tables import RecordRow
from storage.types import moment
from tests.bot.casework.acting import CaseDesk, applies, opens
from tests.bot.town import Town

Json = Any


async def _kept(case: CaseDesk, kind: str) -> list[Json]:
    return [one for one in (await case.get())["records"] if one["kind"] == kind]


async def test_a_report_carries_its_number_and_station(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        fields = {"number": "2026-77", "station": "마포", "officer": "김", "day": "2026-11-20"}
        await case.does("/records", kind="police_report", fields=fields)
        bare = await case.post("/records", kind="police_report", fields={"number": "1"})
        (report,) = await _kept(case, "police_report")

    assert report["fields"] == fields
    assert bare[0] == 400


@pytest.mark.parametrize(
    "what", ["visit", "company", "smartwatch", "patrol", "camera", "order", "hotline"]
)
@pytest.mark.parametrize("way", ["to", "from"])
async def test_what_is_asked_is_answered_and_ended_with_who_and_when(
    town: Town, what: str, way: str
) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        fields = {"way": way, "what": what, "station": "마포", "text": "함께 가 달라고 함"}
        made = await case.does("/records", kind="police", fields=fields)
        path = f"/records/{made['record']}/move"
        await case.does(path, event="answer")
        again = await case.post(path, event="refuse")
        await case.does(path, event="end")
        (kept,) = await _kept(case, "police")

    assert (kept["status"], kept["fields"], again[0]) == ("end", fields, 409)
    assert [(one["what"], one["by"]) for one in kept["changes"]] == [
        ("answer", "상담사 counselor"),
        ("end", "상담사 counselor"),
    ]
    assert all(one["at"] for one in kept["changes"])


async def test_a_smartwatch_reminds_before_it_ends_and_not_when_it_was_refused(
    town: Town,
) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        fields = {"way": "to", "what": "smartwatch", "until": "2027-05-24"}
        made = await case.does("/records", kind="police", fields=fields)
        first = [one["due"][:10] for one in await _kept(case, "task")]
        path = f"/records/{made['record']}"
        await case.does(f"{path}/correct", fields={**fields, "until": "2027-06-24"})
        moved = [one for one in await _kept(case, "task") if one["status"] == "open"]
        await case.does(f"{path}/move", event="refuse")
        left = [one for one in await _kept(case, "task") if one["status"] == "open"]

    assert first == ["2027-05-10"]
    assert [one["due"][:10] for one in moved] == ["2027-06-10"]
    assert left == []


@pytest.mark.parametrize(("way", "reason"), [("to", "no_answer"), ("from", "police_waits")])
async def test_what_nobody_answers_is_seen_in_the_list(town: Town, way: str, reason: str) -> None:
    database = town.house.database
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        fields = {"way": way, "what": "hotline", "text": "연락 바람"}
        made = await case.does("/records", kind="police", fields=fields)
        file = await case_files.read(database, int(case.case))
        early = await why(database, [file], network())
        before = moment(database.clock() - 4 * DAY_MS)
        await database.write(
            lambda session: setattr(session.get_one(RecordRow, int(made["record"])), "at", before)
        )
        late = await why(database, [file], network())
        await case.does(f"/records/{made['record']}/move", event="answer")
        answered = await why(database, [file], network())

    assert reason not in early[file.id]
    assert reason in late[file.id]
    assert reason not in answered[file.id]


async def test_outsiders_in_a_meeting_read_nothing_of_what_the_police_were_told(
    town: Town,
) -> None:
    she = await applies(town)
    async with town.desk() as desk, town.desk("counselor2") as other:
        case = await opens(desk, she.conversation)
        for kind, fields in (
            ("police", {"way": "to", "what": "visit", "station": "canary", "officer": "canary"}),
            ("police_report", {"number": "canary", "station": "canary"}),
        ):
            await case.does("/records", kind=kind, fields=fields)
        _, made = await desk.call(
            "POST", "/cases/api/meetings", {"at": "2026-12-03T14:00:00+09:00"}
        )
        _, shown = await other.call("GET", f"/cases/api/meetings/{made['meeting']}")

    assert handle(int(case.case)) in str(shown["items"])
    assert "canary" not in str(shown)
