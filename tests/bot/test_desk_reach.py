"""What a counselor writes down of safe times, and what the desk says of a changed account."""

import asyncio
from dataclasses import replace
from typing import Any

import aiohttp

from bot.safety.contact import keep_rules
from bot.safety.hands import CHANGED
from flows.state import Value
from storage.page import Page
from tests.bot.desk_acts import audited, seated, waiting
from tests.bot.desks import Desk
from tests.bot.tabs import WAIT_S
from tests.bot.town import Town


def _asked(page: Page) -> None:
    """Let her have said by day, at which she may be reached here."""
    conversation = page.save()
    answers: dict[str, Value] = {"contact_way": "here", "contact_times": ("day",)}
    memory = {**conversation.state.memory, CHANGED: "profile"}
    conversation.state = replace(conversation.state, answers=answers, memory=memory)
    keep_rules(page, conversation, "contact_times")
    page.save()


async def test_her_safe_times_are_changed_by_who_talks_with_her_with_a_reason(town: Town) -> None:
    number = await waiting(town, town.name())
    async with town.desk("counselor") as desk, town.desk("counselor2") as other:
        await desk.act(number, "take")
        wish = {"times": ["evening"], "reason": "낮에는 그 사람이 집에 있대요"}
        before, _ = await desk.act(number, "contact-times", **wish)
        await town.house.database.turn(number, _asked)
        refused = [
            (await desk.act(number, "contact-times", **wish | {"reason": " "}))[0],
            (await desk.act(number, "contact-times", **wish | {"times": ["at noon"]}))[0],
            (await other.act(number, "contact-times", **wish))[0],
        ]
        status, _ = await desk.act(number, "contact-times", **wish, unsafe="수요일")
        whole = await desk.show(number)

    assert (before, refused, status) == (409, [400, 409, 409], 200)
    spans = whole["contact"]["spans"]
    assert [list(span) for span in spans] == [
        [day * 1440 + 18 * 60, day * 1440 + 21 * 60] for day in (0, 1, 3, 4)
    ]
    (told,) = [one for one in whole["entries"] if one["text"].startswith("contact times")]
    assert (told["sender"], told["from"]) == ("상담사 counselor", "system")
    assert "change contact times" in await audited(town, number)


async def test_a_changed_account_is_on_the_desk_until_a_counselor_spoke_to_it(town: Town) -> None:
    number = await waiting(town, town.name())
    await town.house.database.turn(number, _asked)
    async with town.desk("counselor") as desk:
        _, taken = await desk.act(number, "take")
        await desk.say(number, "지금 혼자 계신가요")
        after = (await desk.show(number))["row"]

    assert (taken["row"]["changed"], after["changed"]) == (["profile"], [])


async def test_what_is_new_comes_once_and_an_older_word_only_when_it_changed(town: Town) -> None:
    person = 7833
    await town.phone(person, "text", text="안녕하세요")
    await town.sees(person, "안전한가요")
    number = await town.conversation("telegram", str(person))
    path = f"/desk/api/conversations/{number}/entries"
    async with town.desk() as desk:
        await desk.act(number, "take")
        await town.sees(person, "상담사")
        whole = await desk.show(number)
        last = whole["entries"][-1]["seq"]
        await town.phone(person, "text", text="오늘은 비가 와요")
        await town.hears("telegram", str(person), 2)
        _, news = await desk.call("GET", f"{path}?after={last}&since={whole['at']}")
        last = news["entries"][-1]["seq"]
        _, said = await desk.say(number, "듣고 있어요")
        _, mine = await desk.call("GET", f"{path}?after={last}&since={news['at']}")
        await town.sees(person, "듣고 있어요")
        async with asyncio.timeout(WAIT_S):
            while True:
                _, sent = await desk.call("GET", f"{path}?after={said['seq']}&since={mine['at']}")
                changed = {one["seq"]: one["delivery"] for one in sent["changed"]}
                if changed.get(said["seq"]) == "sent":
                    break
                await asyncio.sleep(0.05)
        later = int(mine["at"]) + 60_000
        _, calm = await desk.call("GET", f"{path}?after={said['seq']}&since={later}")
        _, all_ = await desk.call("GET", f"{path}?after={said['seq']}&since=yesterday")

    hers = [one["text"] for one in news["entries"] if one["from"] == "person"]
    assert hers == ["오늘은 비가 와요"]
    assert [one["seq"] for one in mine["entries"]] == [said["seq"]]
    assert sent["entries"] == []
    assert (calm["entries"], calm["changed"]) == ([], [])
    assert len(all_["changed"]) > 1


async def test_a_counselor_who_reads_calls_nobody_to_fetch_again(town: Town) -> None:
    person = town.name()
    number = await waiting(town, person)
    async with town.desk() as desk:
        await desk.act(number, "take")
        socket = await seated(desk)
        await socket.send_json({"t": "watch", "open": [str(number)]})
        await _frames(socket, desk, number)
        await town.kakao(person, "오늘은 비가 와요")
        frames = await _frames(socket, desk, number)
        await socket.close()

    calls = [frame for frame in frames if frame["t"] == "changed"]
    quiet = [row for frame in frames for row in frame.get("quiet", []) if row[0] == str(number)]
    assert len(calls) == 1
    assert quiet[-1][1] == 0


async def test_what_changes_while_she_is_read_is_told_all_the_same(town: Town) -> None:
    person = town.name()
    number = await waiting(town, person)
    async with town.desk() as desk:
        await desk.act(number, "take")
        socket = await seated(desk)
        await socket.send_json({"t": "watch", "open": [str(number)]})
        await _frames(socket, desk, number)
        await town.kakao(person, "오늘은 비가 와요")
        while (await socket.receive_json())["t"] != "changed":
            """She wrote: the page will fetch it."""
        await desk.call("GET", f"/desk/api/conversations/{number}/entries?after=0")
        town.house.database.changed({number})  # as when a file of hers has come
        frames = await _frames(socket, desk, number)
        await socket.close()

    assert [frame["t"] for frame in frames].count("changed") == 1


async def _frames(
    socket: aiohttp.ClientWebSocketResponse, desk: Desk, number: int
) -> list[dict[str, Any]]:
    """Return what a desk is told until it is quiet; it fetches when it is called, as the page."""
    frames = []
    try:
        while True:
            async with asyncio.timeout(2):
                frames.append(await socket.receive_json())
            if frames[-1]["t"] == "changed":
                await desk.call("GET", f"/desk/api/conversations/{number}/entries?after=0")
    except TimeoutError:
        return frames
