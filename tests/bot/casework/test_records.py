"""What hangs on a case, and what follows from it: orders remind, risk is raised, what returns."""

import asyncio
from typing import Any

from sqlmodel import select

from storage.records import TimerRow
from tests.bot.casework.acting import CaseDesk, applies, opens
from tests.bot.town import Town

Json = Any


async def _kept(case: CaseDesk, kind: str) -> list[Json]:
    return [one for one in (await case.get())["records"] if one["kind"] == kind]


async def test_a_task_has_an_owner_and_a_day_and_is_done_once(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        fields = {"what": "경찰서에 전화"}
        made = await case.does("/records", kind="task", fields=fields, due="2026-11-20")
        (task,) = await _kept(case, "task")
        listed = await desk.call("GET", "/cases/api/cases")
        path = f"/records/{made['record']}/move"
        await case.does(path, event="done")
        again = await case.post(path, event="done")

    assert task["owner_name"] == "상담사 counselor"
    row = next(one for one in listed[1]["rows"] if one["id"] == case.case)
    assert "task_due" in row["why"]
    assert again[0] == 409


async def test_an_order_reminds_is_extended_and_never_beyond_the_law(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        fields = {"order": "provisional_2", "began": "2026-11-24", "number": "2026초기1"}
        made = await case.does("/records", kind="order", fields=fields)
        (order,) = await _kept(case, "order")
        reminders = await _kept(case, "task")
        path = f"/records/{made['record']}/extend"
        first = await case.does(path)
        second = await case.does(path, end="2027-08-23")
        third = await case.post(path)
        tasks = await _kept(case, "task")

    assert order["fields"]["last_day"] == "2027-02-23"
    assert sorted(one["due"][:10] for one in reminders) == ["2027-01-26", "2027-02-02"]
    assert (first["last_day"], second["last_day"]) == ("2027-05-23", "2027-08-23")
    assert (third[0], third[1]["error"]) == (400, "body")
    still_open = [one["due"][:10] for one in tasks if one["status"] == "open"]
    assert sorted(still_open) == ["2027-07-26", "2027-08-02"]


async def test_an_order_that_does_not_exist_yet_or_a_day_that_is_none_is_refused(
    town: Town,
) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        for fields in (
            {"order": "victim_order", "began": "2026-11-24"},
            {"order": "provisional_2", "began": "2027-02-29"},
            {"order": "provisional_2", "began": "2026-11-24", "end": "2027-12-31"},
            {"order": "restraining", "began": "2026-11-24"},
        ):
            status, _ = await case.post("/records", kind="order", fields=fields)
            assert status == 400, fields
        assert await _kept(case, "order") == []


async def test_an_order_is_put_right_with_who_and_when_and_reminds_anew(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk, town.desk("supervisor") as boss:
        case = await opens(desk, she.conversation)
        fields = {"order": "provisional_2", "began": "2026-11-24", "number": "2026초기1"}
        made = await case.does("/records", kind="order", fields=fields)
        path = f"/records/{made['record']}"
        await case.does(f"{path}/extend")
        right = {**fields, "began": "2026-11-20", "end": "2027-02-10", "number": "2026초기2"}
        told = await CaseDesk(boss, case.case).does(f"{path}/correct", fields=right)
        (order,) = await _kept(case, "order")
        tasks = await _kept(case, "task")
        too_long = await case.post(f"{path}/correct", fields={**right, "end": "2027-12-31"})
        strange = await case.post(f"{path}/correct", fields={**right, "ends": "x"})
        nothing = await case.post("/records/12345/correct", fields=right)
        (still,) = await _kept(case, "order")

    assert told["fields"]["last_day"] == "2027-05-10", "the extension counts from the printed end"
    assert order["fields"]["ends"] == ["2027-02-10", None]
    assert [one["what"] for one in order["changes"]] == ["extend", "correct"]
    assert [one["by"] for one in order["changes"]] == ["상담사 counselor", "상담사 supervisor"]
    before = order["changes"][1]["before"]
    assert (before["began"], before["number"], before["end"]) == ("2026-11-24", "2026초기1", "")
    still_open = [one["due"][:10] for one in tasks if one["status"] == "open"]
    assert sorted(still_open) == ["2027-04-12", "2027-04-19"]
    assert (too_long[0], strange[0], nothing[0]) == (400, 400, 404)
    assert still["fields"] == order["fields"]


async def test_an_order_that_was_breached_is_in_force_as_before(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        fields = {"order": "provisional_3", "began": "2026-11-24"}
        made = await case.does("/records", kind="order", fields=fields)
        path = f"/records/{made['record']}"
        for _ in range(2):
            await case.does(f"{path}/move", event="breach")
        await case.does(f"{path}/extend")
        reminded = [one for one in await _kept(case, "task") if one["status"] == "open"]
        await case.does(f"{path}/move", event="lapse")
        (order,) = await _kept(case, "order")
        left = [one for one in await _kept(case, "task") if one["status"] == "open"]
        late = await case.post(f"{path}/extend")

    assert [one["what"] for one in order["changes"]] == ["breach", "breach", "extend", "lapse"]
    assert (len(reminded), left) == (2, []), "of an order that is over nothing reminds"
    assert late[0] == 409


async def test_two_who_extend_at_once_extend_twice_or_are_told(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        fields = {"order": "provisional_2", "began": "2028-02-29"}
        made = await case.does("/records", kind="order", fields=fields)
        path = f"/records/{made['record']}/extend"
        told = await asyncio.gather(*(case.post(path) for _ in range(4)))
        (order,) = await _kept(case, "order")

    assert sorted(status for status, _ in told) == [200, 200, 400, 400]
    assert len(order["fields"]["ends"]) == 3
    assert order["fields"]["last_day"] == "2028-11-28", "from a leap day, three times three months"
    assert len(order["changes"]) == 2


async def test_what_was_noted_is_put_right_but_a_judgement_of_risk_is_not(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        report = {"number": "1", "station": "마포"}
        made = await case.does("/records", kind="police_report", fields=report)
        right = {"number": "2", "station": "서대문", "officer": "김"}
        await case.does(f"/records/{made['record']}/correct", fields=right)
        (kept,) = await _kept(case, "police_report")
        missing = await case.post(f"/records/{made['record']}/correct", fields={"number": "3"})
        risk = await case.does("/records", kind="risk", fields={"level": "0", "why": "x"})
        refused = await case.post(
            f"/records/{risk['record']}/correct", fields={"level": "3", "why": "y"}
        )

    assert kept["fields"] == right
    assert kept["changes"][0]["before"] == {**report, "officer": "", "day": "", "text": ""}
    assert (missing[0], refused[0]) == (400, 409)


async def test_risk_is_raised_freely_and_lowered_only_with_a_second_person(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        up = {"level": "0", "why": "문 앞에 와 있음"}
        down = {"level": "3", "why": "체포됨"}
        _, me = await desk.call("GET", "/desk/api/me")
        _, directory = await desk.call("GET", "/cases/api/directory")
        other = next(one["id"] for one in directory["staff"] if one["id"] != me["id"])

        await case.does("/records", kind="risk", fields=up)
        raised = (await case.get())["case"]["urgency"]
        alone = await case.post("/records", kind="risk", fields=down)
        herself = {**down, "second": str(me["id"])}
        with_herself = await case.post("/records", kind="risk", fields=herself)
        await case.does("/records", kind="risk", fields={**down, "second": str(other)})

    assert raised == 0
    assert (alone[0], with_herself[0]) == (409, 409)
    async with town.desk() as desk:
        assert (await CaseDesk(desk, case.case).get())["case"]["urgency"] == 3


async def test_what_comes_back_reopens_a_closed_case(town: Town) -> None:
    for back in ("recurrence", "breach"):
        she = await applies(town)
        async with town.desk() as desk:
            case = await opens(desk, she.conversation)
            fields = {"order": "provisional_3", "began": "2026-11-24"}
            order = await case.does("/records", kind="order", fields=fields)
            await case.does("/move", event="close", reason="지원이 끝남")
            closed = (await case.get())["case"]
            if back == "breach":
                await case.does(f"/records/{order['record']}/move", event="breach")
            else:
                fields = {"what": "contact", "text": "다시 문자를 보냄"}
                await case.does("/records", kind="recurrence", fields=fields)
            reopened = (await case.get())["case"]

        assert closed["status"] == "closed"
        assert closed["destroy_at"]
        assert reopened["status"] == "active"
        assert reopened["destroy_at"] is None


async def test_check_ins_are_set_as_timers_of_her_conversation_and_go_with_it(
    town: Town,
) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        told = await case.does("/check-ins", after=["1w", "1m", "1w"])
        timers = await _timers(town, she.conversation)
        await town.house.database.turn(she.conversation, lambda page: page.erase("all"))
        after = await _timers(town, she.conversation)
        refused = await case.post("/check-ins", after=["1d"])

    assert [day[11:16] for day in told["days"]] == ["10:30", "10:30"], "weekdays by day"
    assert len(timers) == 2
    assert after == []
    assert (refused[0], refused[1]["error"]) == (409, "rule")


async def test_who_wants_no_contact_is_not_asked(town: Town) -> None:
    she = await applies(town, contact_times=("only_then",))
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        status, body = await case.post("/check-ins", after=["1w"])

    assert (status, body["error"]) == (409, "rule")
    assert await _timers(town, she.conversation) == []


async def _timers(town: Town, conversation: int) -> list[int]:
    wanted = select(TimerRow.due).where(
        TimerRow.conversation_id == conversation, TimerRow.kind == "check_in"
    )
    return await town.house.database.read(lambda session: list(session.exec(wanted).all()))
