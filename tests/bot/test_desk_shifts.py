"""Full hands, planned shifts, signed hand-overs, and conflicts of interest, over real HTTP."""

import asyncio

import aiohttp

from storage import audit, holdings, shifts, staff
from tests.bot.desk_acts import me, seated, waiting
from tests.bot.desks import Desk
from tests.bot.tabs import WAIT_S
from tests.bot.town import PASSWORD, Town

HOUR_MS = 60 * 60 * 1000


async def newcomer(town: Town, role: str = "counselor") -> str:
    """Return the name of somebody who has just begun to work here."""
    name = town.name()
    await staff.add(town.house.database, staff.Newcomer(name, role, PASSWORD, f"새로 온 {name}"))
    return name


async def test_who_has_her_hands_full_takes_nobody_by_mistake_but_danger_now(town: Town) -> None:
    first, second, danger = [await waiting(town, town.name()) for _ in range(3)]
    name = await newcomer(town)
    async with town.desk(name) as desk, town.desk("counselor2") as other:
        await other.call("GET", "/desk/api/queue")
        await desk.call("POST", "/desk/api/presence", {"capacity": 1})
        taken, _ = await desk.act(first, "take")
        again, _ = await desk.act(first, "take")
        full, told = await desk.act(second, "take")
        await desk.act(danger, "raise", urgency=0, reason="문 앞에 있음")
        now, _ = await desk.act(danger, "take")
        await other.act(second, "take")
        over, why = await other.act(second, "hand-over", to=await me(desk), note="부탁해요")
        await desk.call("POST", "/desk/api/presence", {"capacity": 3})
        given, _ = await other.act(second, "hand-over", to=await me(desk), note="부탁해요")

    assert (taken, again, full, now) == (200, 200, 409, 200)
    assert told["error"] == why["error"] == "full"
    assert "상담사 counselor2" in told["text"]
    assert f"새로 온 {name}" not in told["text"]
    assert (over, given) == (409, 200)


async def test_a_shift_is_planned_and_the_wall_says_who_is_missing(town: Town) -> None:
    name = await newcomer(town)
    worker = next(one for one in await staff.everyone(town.house.database) if one.name == name)
    now = town.house.database.clock()
    late = {"staff": worker.id, "begins": now - HOUR_MS, "ends": now + HOUR_MS}
    async with town.desk("supervisor") as chief, town.desk("counselor") as desk:
        forbidden, _ = await desk.call("POST", "/desk/api/shifts", late)
        status, plan = await chief.call("POST", "/desk/api/shifts", late)
        twice, _ = await chief.call("POST", "/desk/api/shifts", late)
        wrong = [
            (await chief.call("POST", "/desk/api/shifts", late | change))[0]
            for change in (
                {"staff": 999_999},
                {"ends": now - 1},
                {"ends": now + 30 * HOUR_MS},
                {"on_call": True, "mail": "nobody"},
            )
        ]
        _, wall = await chief.call("GET", "/desk/api/wall")
        async with town.desk(name) as there:
            await there.call("GET", "/desk/api/queue")
            _, here = await chief.call("GET", "/desk/api/wall")
        mine = next(one for one in plan["shifts"] if one["staff"] == worker.id)
        _, after = await chief.call("POST", f"/desk/api/shifts/{mine['id']}/remove", {})

    assert (forbidden, status, twice, wrong) == (403, 200, 409, [400] * 4)
    assert "missing" in wall["alarms"]
    assert f"새로 온 {name}" in wall["missing"]
    assert f"새로 온 {name}" not in here["missing"]
    assert worker.id not in {one["staff"] for one in after["shifts"]}
    assert await shifts.going_on(town.house.database) == []


async def _two(town: Town) -> tuple[str, str, list[int]]:
    names = await newcomer(town), await newcomer(town)
    return *names, [await waiting(town, town.name()) for _ in range(2)]


async def _lists(desk: Desk) -> list[dict[str, object]]:
    _, lists = await desk.call("GET", "/desk/api/hand-overs")
    return list(lists)


async def test_a_list_is_signed_by_who_leaves_and_accepted_by_who_goes_on(town: Town) -> None:
    leaving, staying, numbers = await _two(town)
    async with town.desk(leaving) as giver, town.desk(staying) as taker:
        path, to = "/desk/api/hand-overs", {"to": await me(taker)}
        empty, _ = await giver.call("POST", path, to)
        for number in numbers:
            await giver.act(number, "take")
        _, first = await giver.call("POST", path, to)
        status, signed = await giver.call("POST", path, to)
        own, _ = await giver.call("POST", f"{path}/{signed['id']}/accept", {})
        held = await holdings.count(town.house.database, await me(giver))
        old, _ = await taker.call("POST", f"{path}/{first['id']}/accept", {})
        await giver.act(numbers[0], "close", reason="끝")
        accepted, told = await taker.call("POST", f"{path}/{signed['id']}/accept", {})
        again, _ = await taker.call("POST", f"{path}/{signed['id']}/accept", {})
        said, _ = await taker.say(numbers[1], "이어서 들을게요")
        refused, _ = await giver.say(numbers[1], "아직 저예요")
        lists = await _lists(giver)

    assert (empty, status, own, held, old) == (409, 200, 409, 2, 409)
    assert (accepted, again, said, refused) == (200, 409, 200, 409)
    assert told["left"] == [str(numbers[0])]
    assert [one["status"] for one in lists] == ["accepted", "withdrawn"]
    lines = [one.action for one in await audit.lines(town.house.database, limit=60)]
    assert {"sign hand-over", "accept hand-over"} <= set(lines)


async def test_a_refused_list_leaves_everything_where_it_is(town: Town) -> None:
    leaving, staying, numbers = await _two(town)
    async with town.desk(leaving) as giver, town.desk(staying) as taker:
        await giver.act(numbers[0], "take")
        to = {"to": await me(taker)}
        _, signed = await giver.call("POST", "/desk/api/hand-overs", to)
        path = f"/desk/api/hand-overs/{signed['id']}"
        status, _ = await taker.call("POST", f"{path}/refuse", {})
        late, _ = await taker.call("POST", f"{path}/accept", {})
        said, _ = await giver.say(numbers[0], "아직 저예요")
        (told,) = await _lists(giver)

    assert (status, late, said, told["status"]) == (200, 409, 200, "refused")


async def test_a_conflict_of_interest_takes_the_talk_away_for_good(town: Town) -> None:
    number = await waiting(town, town.name())
    name = await newcomer(town)
    async with town.desk(name) as desk, town.desk("supervisor") as chief:
        await desk.act(number, "take")
        socket = await seated(desk)
        urgency = (await desk.show(number))["row"]["urgency"]
        silent, _ = await desk.act(number, "conflict", kind="related", reason=" ")
        status, _ = await desk.act(number, "conflict", kind="related", reason="제 사촌이에요")
        gone = await _gone(socket, number)
        acts = [
            (await desk.call("GET", f"/desk/api/conversations/{number}{path}"))[0]
            for path in ("", "/entries?after=0", "/files/1/0", "/replies")
        ]
        acts += [
            (await desk.act(number, act, **body))[0]
            for act, body in (
                ("take", {}),
                ("say", {"id": "1", "text": "저예요"}),
                ("note", {"text": "메모"}),
                ("break-glass", {"reason": "꼭 보아야 하는 까닭이 있어요"}),
            )
        ]
        _, queue = await desk.call("GET", "/desk/api/queue")
        row = (await chief.show(number))["row"]
        _, search = await desk.call("POST", "/desk/api/search", {"query": row["handle"]})
        _, tasks = await chief.call("GET", "/desk/api/tasks")
        await chief.act(number, "take")
        over, _ = await chief.act(number, "hand-over", to=await me(desk), note="")
        told = await _told(socket, number)
        await socket.close()

    assert (silent, status, gone) == (400, 200, True)
    assert acts == [409] * 8
    assert str(number) not in {one["id"] for one in queue["rows"]}
    assert str(number) not in {one["row"]["id"] for one in search["found"]}
    assert (row["status"], row["urgency"]) == ("waiting", max(0, min(urgency, 3) - 1))
    assert row["back"]
    mine = [one for one in tasks if one["conversation"] == str(number)]
    assert [(one["kind"], one["why"]) for one in mine] == [("conflict", "제 사촌이에요")]
    assert over == 409
    assert told == []


async def _gone(socket: aiohttp.ClientWebSocketResponse, number: int) -> bool:
    """Wait until a desk is told that a conversation is not shown any more."""
    async with asyncio.timeout(WAIT_S):
        while True:
            if str(number) in (await socket.receive_json()).get("gone", []):
                return True


async def _told(socket: aiohttp.ClientWebSocketResponse, number: int) -> list[dict[str, object]]:
    """Return the rows of a conversation that a desk is told within a second."""
    rows: list[dict[str, object]] = []
    try:
        async with asyncio.timeout(1.2):
            while True:
                frame = await socket.receive_json()
                rows += [row for row in frame.get("rows", []) if row["id"] == str(number)]
    except TimeoutError:
        return rows
