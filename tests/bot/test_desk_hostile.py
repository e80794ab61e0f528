"""What a broken or hostile browser does at the desk is refused, and nobody else is harmed."""

import asyncio

import aiohttp
from aiohttp import web

from bot.console.gate import Caller
from bot.console.live import LOOK_FRAME, MOST_WAITING, Seat
from tests.bot.desk_acts import seated, waiting
from tests.bot.tabs import WAIT_S
from tests.bot.town import Town, kakao_address

STRANGE = "\u202e<script>alert(1)</script>\u200b\u2066여기\u0000 \U0001f600"


async def test_a_flood_of_frames_and_a_huge_frame_harm_nobody_else(town: Town) -> None:
    async with town.desk("counselor") as desk, town.desk("counselor2") as other:
        flooding, calm, huge = await seated(desk), await seated(other), await seated(desk)
        for _ in range(40):
            await flooding.send_str('{"t": "watch", "open": ["1"]}')
        for nonsense in ("", "[]", "null", '{"t": 5}', '{"t": "watch", "open": [{}]}', "\u0000"):
            await calm.send_str(nonsense)
        await huge.send_str("x" * 65_536)
        async with asyncio.timeout(WAIT_S):
            while not huge.closed:
                await huge.receive()
            number = await waiting(town, town.name())
            while str(number) not in {
                row["id"] for row in (await calm.receive_json()).get("rows", [])
            }:
                pass
        status, _ = await desk.call("GET", "/desk/api/queue")
        closed = huge.close_code
        await calm.close()

    assert (status, closed) == (200, aiohttp.WSCloseCode.MESSAGE_TOO_BIG)


async def test_a_browser_that_lags_too_far_behind_is_told_to_look_at_everything() -> None:
    caller = Caller(1, "slow", "counselor", "느린 창", "", "", "")
    seat = Seat(web.WebSocketResponse(), caller)

    for number in range(MOST_WAITING + 1):
        seat.tell(b"%d" % number)

    assert [seat.frames.get_nowait() for _ in range(seat.frames.qsize())] == [LOOK_FRAME]


async def test_a_second_sign_in_goes_on_beside_the_first_and_one_may_end(town: Town) -> None:
    number = await waiting(town, town.name())
    async with town.desk("counselor3") as first, town.desk("counselor3") as second:
        await first.act(number, "take")
        said = [
            (await first.say(number, "첫 창이에요"))[0],
            (await second.say(number, "둘째 창이에요"))[0],
        ]
        await first.call("POST", "/desk/api/sign-out", {})
        out, _ = await first.say(number, "나간 창이에요")
        still, _ = await second.say(number, "아직 있어요")

    assert (said, out, still) == ([200, 200], 401, 200)


async def test_a_message_of_64_kb_and_strange_letters_are_refused_or_kept_whole(
    town: Town,
) -> None:
    person = town.name()
    number = await waiting(town, person)
    async with town.desk() as desk:
        await desk.act(number, "take")
        huge, _ = await desk.say(number, "가" * 65_536)
        long, _ = await desk.say(number, "a" * 60_000)
        status, _ = await desk.say(number, STRANGE)
        noted, _ = await desk.act(number, "note", text=STRANGE)
        whole = await desk.show(number)

    written = await town.written("kakao", kakao_address(person))
    said = [one.entry.text for one in written if one.author == "counselor"]
    assert (huge in {400, 413}, long, status, noted) == (True, 400, 200, 200)
    assert "<script>alert(1)</script>" in said[0]  # text is text: the page shows it as such
    assert "\u0000" not in said[0]
    assert len(said) == 1
    assert any("여기" in one["text"] for one in whole["entries"] if one["kind"] == "internal")
