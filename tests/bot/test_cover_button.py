"""The cover as a button: said before what it cannot clear, neutral, and never undone by a tap."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo import TOKEN
from tests.bot.safe_rooms import Room, open_room
from tests.bot.test_cover import sent
from tests.bot.town import Town

Json = dict[str, Any]
LABEL = "스트레칭"


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(tmp_path) as opened:
        yield opened


async def _standing(room: Room) -> None:
    await room.says("안녕하세요")
    await room.says("네, 괜찮아요")


async def test_she_is_told_what_cannot_be_cleared_before_the_button_stands(town: Town) -> None:
    person = 7910
    await town.phone(person, "text", text="안녕하세요")
    first = await town.sees(person, "안전한가요")
    await town.phone(person, "text", text="네, 괜찮아요")
    second = await town.sees(person, "볼 수 있는 사람")

    told = await town.sees(person, "더 오래된 글은 못 지워요")

    assert LABEL not in _labels(first)
    assert _labels(second)[-1] == LABEL
    assert told["message_id"] < second["message_id"]


async def test_on_kakao_the_button_stands_where_her_choices_leave_room(town: Town) -> None:
    await town.kakao("k-cover", "안녕하세요")
    body = await town.kakao("k-cover", "네, 괜찮아요")

    texts = [one["simpleText"]["text"] for one in body["template"]["outputs"]]
    replies = body["template"]["quickReplies"]

    assert "카카오의 사본은 못 지워요" in texts[0]
    assert replies[-1]["label"] == LABEL
    assert replies[-1]["extra"] == {"data": "!cover"}
    assert len(replies) <= 10


async def test_a_second_tap_and_the_label_leave_it_covered(room: Room) -> None:
    await _standing(room)
    await sent(room)

    await room.presses("!cover")
    await room.presses("!cover")
    await room.says(LABEL)
    await room.says("Stretch")
    covered = await sent(room)
    await room.says("대화 가리기")
    back = await sent(room)

    assert len(covered) == 4
    assert not [text for text in covered if "112" in text or "다시 오셨네요" in text]
    assert any("다시 오셨네요" in text for text in back)


async def test_the_web_page_has_its_own_way_out_and_no_such_button(town: Town) -> None:
    async with town.tab() as tab:
        await tab.say("안녕하세요")
        await tab.say("네, 괜찮아요")
        entry = await tab.shown("볼 수 있는 사람")

    assert LABEL not in [button["label"] for button in entry["fixed"]]


async def test_the_messengers_own_menu_says_nothing_of_us(town: Town) -> None:
    async with town.http.get(f"{town.url}/bot{TOKEN}/getMyCommands") as answer:
        menu = (await answer.json())["result"]
    await town.phone(7911, "text", text="안녕하세요")
    await town.sees(7911, "안전한가요")

    await town.phone(7911, "text", text="/stretch")

    await town.sees(7911, LABEL)
    assert [one["description"] for one in menu] == ["처음 메뉴", LABEL]


def _labels(message: Json) -> list[str]:
    return [key["text"] for row in message["rows"] for key in row]
