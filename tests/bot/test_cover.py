"""Somebody takes her phone: the talk is covered, cleared and held, and a counselor knows."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat import is_shown
from bot.console.shapes import entry
from bot.safety.clearing import CLEAR, clear
from flows.messages import Attachment, Inbound, Limits, Outbound
from storage import clockwork, conversations, outbox, transcripts, voices
from storage.conversation import Conversation
from storage.page import Page
from tests.bot.safe_rooms import Room, open_room
from tests.bot.town import Town

HARMLESS = "스트레칭"
HOUR_MS = 60 * 60 * 1000


class Messenger:
    """A messenger whose messages can be taken back."""

    name = "telegram"
    limits = Limits(4096, 40, 10)

    def __init__(self) -> None:
        self.deleted: list[str] = []

    async def fetch(self, attachment: Attachment) -> bytes:
        raise AssertionError(attachment)

    async def send(self, to: str, message: Outbound) -> list[str]:
        raise AssertionError((to, message))

    async def delete(self, to: str, platform_id: str) -> bool:
        assert to == "her"
        self.deleted.append(platform_id)
        return True


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(tmp_path) as opened:
        yield opened


async def sent(room: Room) -> list[str]:
    texts = []
    while due := await outbox.claim(room.database, "telegram", 10, 60):
        texts += [one.message.text for one in due]
        await outbox.settle(room.database, [one.sent(f"b{one.seq}") for one in due])
    return texts


async def has_words(room: Room, channel: str = "telegram", **words: str) -> int:
    """Let her have secret words, as the scripts keep them."""
    number = await room.conversation(channel=channel)

    def job(page: Page) -> None:
        conversation = page.save()
        kinds = sorted(f"{name}_word" for name in words)
        memory = {**conversation.state.memory, "guards": ",".join(kinds)}
        memory["here_at"] = str(page.now // 1000)
        for name, word in words.items():
            page.keep_word(f"{name}_word", word)
        conversation.state = type(conversation.state).unpack(
            {**conversation.state.pack(), "memory": memory}
        )

    await room.database.turn(number, job)
    return number


async def now(room: Room) -> Conversation:
    found = await conversations.find(room.database, await room.conversation())
    assert found is not None
    return found


async def test_covering_clears_and_leaves_something_harmless(room: Room) -> None:
    await room.says("그 사람이 자꾸 연락해요")
    await sent(room)

    await room.says("대화 가리기")

    assert [HARMLESS in text for text in await sent(room)] == [True]
    (due,) = await clockwork.claim(room.database, 10, 30)
    assert due.kind == CLEAR
    messenger = Messenger()
    await clear(room.database, messenger, due)
    ours = [w for w in await room.written() if w.author == "bot" and HARMLESS not in w.entry.text]
    assert messenger.deleted == [f"b{one.seq}" for one in ours]
    notes = [w.entry.text for w in await room.written() if w.entry.kind == "note"]
    assert f"cleared: {len(ours)} of {len(ours)}" in notes
    assert (await now(room)).status == "waiting"
    assert "cover" in (await now(room)).state.because


async def test_what_anybody_writes_then_is_answered_harmlessly(room: Room) -> None:
    await room.says("그 사람이 자꾸 연락해요")
    await has_words(room, cover="장보기 목록", code="달빛 자전거")
    await room.says("장보기 목록")
    await sent(room)

    await room.says("이거 뭐야? 누구랑 얘기했어?")
    await room.says("메뉴")
    await room.presses("!counselor")
    told = await sent(room)
    await room.says("장보기 목록")
    back = await sent(room)

    assert len(told) == 3
    assert not any(word in " ".join(told) for word in ("112", "상담", "안전", "위험"))
    assert any("다시 오셨네요" in text for text in back)
    assert "장보기 목록" not in [w.entry.text for w in await room.written()]


async def test_a_counselors_words_wait_until_she_is_back(room: Room) -> None:
    await room.says("그 사람이 자꾸 연락해요")
    number = await has_words(room, cover="장보기 목록")
    await room.says("장보기 목록")
    await sent(room)

    await room.takes(number)
    await room.answers(number, "괜찮으세요?")
    held = await sent(room)
    mark = entry((await room.written())[-1], {}, number)["held_until"]
    await room.says("장보기 목록")

    assert held == []
    assert mark == "she writes"
    assert "괜찮으세요?" in await sent(room)


async def test_her_page_shows_a_counselors_words_only_when_she_is_back(room: Room) -> None:
    await room.says("그 사람이 자꾸 연락해요", channel="web")
    number = await has_words(room, "web", duress="여름 휴가", code="달빛 자전거")
    await room.says("여름 휴가", channel="web")
    await room.takes(number)
    await room.answers(number, "괜찮으세요?")
    await room.says("이거 뭐야?", channel="web")
    covered = await _on_her_page(room)

    await room.says("달빛 자전거", channel="web")
    back = await _on_her_page(room)
    await room.says("네, 괜찮아요", channel="web")

    assert "괜찮으세요?" not in covered
    assert back.count("괜찮으세요?") == 1
    assert (await _on_her_page(room)).count("괜찮으세요?") == 1
    assert back[: len(covered)] == covered


async def test_a_covered_page_shows_nothing_of_before_until_she_is_back(room: Room) -> None:
    await room.says("그 사람이 자꾸 연락해요", channel="web")
    number = await has_words(room, "web", cover="여름 휴가", code="달빛 자전거")

    await room.says("여름 휴가", channel="web")
    covered = await _open_page(room, number)
    await room.says("달빛 자전거", channel="web")
    back = await _open_page(room, number)

    assert covered
    assert not [text for text in covered if "연락" in text or "112" in text or "휴가" in text]
    assert "그 사람이 자꾸 연락해요" in back


async def _open_page(room: Room, number: int) -> list[str]:
    """Return what a page shows that is opened anew now."""
    place = await voices.place(room.database, "web", "her")
    assert place is not None
    reading = await transcripts.read(room.database, number, place.since_seq)
    return [one.entry.text for one in reading.entries if is_shown(one)]


async def _on_her_page(room: Room) -> list[str]:
    """Return what her web page shows, in order."""
    return [w.entry.text for w in await room.written(channel="web") if is_shown(w)]


async def test_the_duress_word_looks_harmless_and_calls_a_counselor(room: Room) -> None:
    await room.says("그 사람이 자꾸 연락해요")
    await has_words(room, duress="여름 휴가", code="달빛 자전거", cover="장보기 목록")
    await sent(room)

    await room.says("여름 휴가")
    told = await sent(room)
    await room.says("살려줘 문 앞에 있어")
    again = await sent(room)
    await room.says("장보기 목록")
    still = await sent(room)
    await room.says("달빛 자전거")
    back = await sent(room)

    assert len(told) == len(again) == len(still) == 1
    assert "112" not in " ".join(told + again + still)
    assert (await now(room)).urgency == 0
    assert {"duress", "signal:imminent"} <= set((await now(room)).state.because)
    assert any("다시 오셨네요" in text for text in back)


async def test_a_cry_for_help_is_answered_although_it_is_covered(room: Room) -> None:
    await room.says("그 사람이 자꾸 연락해요")
    await room.says("대화 가리기")
    await sent(room)

    await room.says("살려주세요 문 앞에 있어요")

    assert any("112" in text for text in await sent(room))


async def test_an_old_button_for_112_works_although_it_is_covered(room: Room) -> None:
    await room.says("그 사람이 자꾸 연락해요")
    await room.says("대화 가리기")
    await sent(room)

    await room.presses("!emergency")

    assert any("112" in text for text in await sent(room))


async def test_after_a_long_silence_she_is_asked_for_her_word(room: Room) -> None:
    await room.says("그 사람이 자꾸 연락해요")
    await has_words(room, code="달빛 자전거")
    await sent(room)
    room.clock.now += 13 * HOUR_MS

    await room.says("저예요")
    asked = await sent(room)
    await room.says("달빛 자전거")
    known = await sent(room)

    assert len(asked) == 1
    assert "정해 둔 말" in asked[0]
    assert "112" not in asked[0]
    assert any("이어갈게요" in text or "다시 오셨네요" in text for text in known)
    assert "reentry: known" in [w.entry.text for w in await room.written()]
    assert "달빛 자전거" not in [w.entry.text for w in await room.written()]


async def test_danger_is_heard_before_anybody_is_asked_who_it_is(room: Room) -> None:
    await room.says("그 사람이 자꾸 연락해요")
    await has_words(room, code="달빛 자전거")
    await sent(room)
    room.clock.now += 13 * HOUR_MS

    await room.says("문 앞에 그 사람이 와 있어요 도와주세요")

    assert any("112" in text for text in await sent(room))


async def test_a_changed_name_of_the_account_is_noted(room: Room) -> None:
    for number, name in enumerate(("봄", "봄", "여름")):
        said = Inbound("telegram", "her", f"n{number}", text="안녕하세요", profile=name)
        await room.service.receive(said)

    notes = [w.entry.text for w in await room.written() if w.entry.kind == "note"]

    assert notes.count("changed: profile") == 1


async def test_silence_after_the_card_is_followed_up(room: Room) -> None:
    await room.says("살려주세요 문 앞에 있어요")
    await sent(room)
    room.clock.now += 10 * 60 * 1000
    (due,) = await clockwork.claim(room.database, 10, 30)

    await room.service.tick(due)

    assert due.kind == "silence"
    assert "silence" in (await now(room)).state.because
    assert any("점 하나만" in text for text in await sent(room))


async def test_on_telegram_only_the_harmless_talk_is_left(town: Town) -> None:
    person = 7900
    await town.phone(person, "text", text="그 사람이 자꾸 연락해요")
    await town.sees(person, "안전한가요")

    await town.phone(person, "text", text="대화 가리기")
    await town.sees(person, HARMLESS)

    async with asyncio.timeout(20):
        while True:
            left = await town.screen(person)
            if len(left) == 1:
                break
            await asyncio.sleep(0.1)
    assert HARMLESS in left[0]["text"]
