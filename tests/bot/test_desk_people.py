"""Accounts, breaks, and who may look somebody up, over real HTTP."""

import asyncio
import base64

from sqlalchemy import text

from storage import audit, factors, staff
from storage.factors import code_at
from tests.bot.desk_acts import seated, waiting
from tests.bot.town import PASSWORD, Town


async def test_who_is_dismissed_is_out_within_five_seconds_socket_included(town: Town) -> None:
    newcomer = staff.Newcomer(town.name(), "counselor", PASSWORD, "떠날 사람")
    leaver = await staff.add(town.house.database, newcomer)
    async with town.desk(leaver.name) as desk, town.desk("admin") as admin:
        socket = await seated(desk)
        began = asyncio.get_running_loop().time()
        status, _ = await admin.call("POST", f"/desk/api/staff/{leaver.id}/dismiss", {})
        async with asyncio.timeout(5):
            while not socket.closed:
                await socket.receive()
        took = asyncio.get_running_loop().time() - began
        again, _ = await desk.call("GET", "/desk/api/queue")

    assert (status, again, socket.close_code) == (200, 401, 4401)
    assert took < 5


async def test_a_code_of_the_second_factor_is_asked_for_and_good_once(town: Town) -> None:
    database = town.house.database
    newcomer = staff.Newcomer(town.name(), "counselor", PASSWORD, "코드 쓰는 사람")
    worker = await staff.add(database, newcomer)
    async with town.desk(worker.name) as desk:
        _, begun = await desk.call("POST", "/desk/api/second-factor", {})
        secret = base64.b32decode(begun["secret"])
        step = database.clock() // 1000 // 30
        wrong, _ = await desk.call("POST", "/desk/api/second-factor/confirm", {"code": "000"})
        right = {"code": code_at(secret, step - 1)}
        on, _ = await desk.call("POST", "/desk/api/second-factor/confirm", right)
        tries = []
        for code in ("", code_at(secret, step - 1), code_at(secret, step)):
            body = {"name": worker.name, "password": PASSWORD, "code": code}
            status, told = await desk.call("POST", "/desk/api/sign-in", body)
            tries.append((status, told.get("error")))

    assert (wrong, on) == (409, 200)
    assert tries == [(401, "code"), (401, "wrong"), (200, None)]


async def test_two_people_bring_somebody_back_and_one_does_not(town: Town) -> None:
    database = town.house.database
    newcomer = staff.Newcomer(town.name(), "counselor", PASSWORD, "잊은 사람")
    lost = await staff.add(database, newcomer)
    await factors.begin(database, lost.id)
    path = f"/desk/api/staff/{lost.id}/recover"
    async with town.desk("admin") as admin, town.desk("supervisor") as chief:
        _, first = await admin.call("POST", path, {})
        _, same = await admin.call("POST", path, {})
        _, second = await chief.call("POST", path, {})
        fresh = {"name": lost.name, "password": "another long password"}
        wrong, _ = await admin.call("POST", "/desk/api/recover", fresh | {"code": "guessed"})
        right, _ = await admin.call("POST", "/desk/api/recover", fresh | second)
        again, _ = await admin.call("POST", "/desk/api/recover", fresh | second)

    assert first["code"] is None
    assert same["code"] is None
    assert (wrong, right, again) == (401, 200, 401)
    assert await staff.sign_in(database, lost.name, "another long password") is not None


async def test_an_old_talk_of_others_opens_with_a_reason_and_supervisors_are_told(
    town: Town,
) -> None:
    number = await waiting(town, town.name())
    database = town.house.database
    async with town.desk("counselor") as desk, town.desk("counselor3") as other:
        await desk.act(number, "take")
        await desk.act(number, "close", reason="끝")
        await _age(town, number)
        sealed, told = await other.call("GET", f"/desk/api/conversations/{number}")
        own = await desk.call("GET", f"/desk/api/conversations/{number}")
        short, _ = await other.act(number, "break-glass", reason="궁금")
        opened, _ = await other.act(number, "break-glass", reason="같은 분의 다른 대화와 이어짐")
        after, _ = await other.call("GET", f"/desk/api/conversations/{number}")
    async with town.desk("supervisor") as chief, town.desk("auditor") as auditor:
        _, tasks = await chief.call("GET", "/desk/api/tasks")
        _, history = await auditor.call("GET", f"/desk/api/conversations/{number}/history")
        _, access = await auditor.call("GET", "/desk/api/access")

    assert (sealed, told["error"], own[0], short, opened, after) == (
        409, "break glass", 200, 400, 200, 200,
    )  # fmt: skip
    assert "break-glass" in {one["kind"] for one in tasks if one["conversation"] == str(number)}
    assert {"break glass", "read", "take", "close"} <= {one["action"] for one in history}
    assert any(one["why"] == "break glass" for one in access["unusual"])
    assert all("이어짐" not in one.detail for one in await audit.lines(database, number))


async def _age(town: Town, number: int) -> None:
    """Let a conversation have been silent for three hours."""
    older = text("UPDATE conversation SET changed_at = changed_at - 10800000 WHERE id = :id")
    await town.house.database.write(
        lambda session: session.connection().execute(older, {"id": number})
    )


async def test_search_finds_by_words_only_in_what_was_ones_own(town: Town) -> None:
    person = town.name()
    number = await waiting(town, person)
    async with town.desk("counselor2") as desk, town.desk("counselor4") as other:
        await desk.act(number, "take")
        await town.kakao(person, "보라색 우산을 두고 왔어요")
        _, mine = await desk.call("POST", "/desk/api/search", {"query": "보라색 우산"})
        _, theirs = await other.call("POST", "/desk/api/search", {"query": "보라색 우산"})
        short, _ = await desk.call("POST", "/desk/api/search", {"query": "우"})

    assert [one["row"]["id"] for one in mine["found"]] == [str(number)]
    assert theirs["found"] == []
    assert short == 400
    lines = await audit.lines(town.house.database, limit=50)
    assert all("우산" not in line.detail for line in lines)


async def test_a_break_and_the_wall_are_known_to_all(town: Town) -> None:
    await waiting(town, town.name())
    newcomer = staff.Newcomer(town.name(), "counselor", PASSWORD, "쉬는 사람")
    await staff.add(town.house.database, newcomer)
    async with town.desk(newcomer.name) as desk, town.desk("supervisor") as chief:
        wrong, _ = await desk.call("POST", "/desk/api/presence", {"state": "asleep"})
        _, people = await desk.call(
            "POST", "/desk/api/presence", {"state": "pause", "capacity": 2}
        )
        _, wall = await chief.call("GET", "/desk/api/wall")

    mine = next(one for one in people if one["pseudonym"] == "쉬는 사람")
    assert (wrong, mine["state"], mine["capacity"], mine["ready"]) == (400, "pause", 2, False)
    assert sum(wall["waiting"]) >= 1
    assert wall["longest_since"] is not None
