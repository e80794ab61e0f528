"""The web chat over a real socket: kept, then acknowledged; shown once; closed to others."""

import asyncio
import hashlib
import io
import uuid
from dataclasses import replace

import aiohttp
import pytest

from storage.page import Page
from tests.bot.tabs import Tab
from tests.bot.town import WAIT_S, Town

OTHER_TALK = 4001
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


def _address(tab: Tab) -> str:
    return hashlib.sha256(tab.token.encode()).hexdigest()


async def test_what_is_acknowledged_is_kept(town: Town) -> None:
    async with town.tab() as tab:
        ack = await tab.say("안녕하세요")
        written = await town.written("web", _address(tab))

    mine = [one for one in written if one.author == "person" and one.entry.kind == "text"]
    assert [(one.seq, one.entry.text) for one in mine] == [(ack["seq"], "안녕하세요")]


async def test_a_press_leads_on(town: Town) -> None:
    async with town.tab() as tab:
        await tab.shown("안전한가요")

        await tab.press("네, 괜찮아요")

        kept = await town.written("web", _address(tab))
    assert "1:yes" in [one.entry.press for one in kept]


async def test_the_same_id_again_is_kept_once(town: Town) -> None:
    own = uuid.uuid4().hex
    async with town.tab() as tab:
        acks = [await tab.say("한 번만", own) for _ in range(3)]
        await tab.quiet()
        shown = [entry for entry in tab.entries if entry["text"] == "한 번만"]

        assert (await town.heard("web", _address(tab))).count("한 번만") == 1
    assert len({ack["seq"] for ack in acks}) == 1
    assert [entry["id"] for entry in shown] == [own]


async def test_nobody_elses_id_is_taken_for_hers(town: Town) -> None:
    own = uuid.uuid4().hex
    async with town.tab() as one, town.tab() as other:
        await one.say("나의 글", own)
        await other.say("다른 사람의 글", own)

        assert "나의 글" in await town.heard("web", _address(one))
        assert "다른 사람의 글" in await town.heard("web", _address(other))


async def test_coming_back_shows_what_is_new_and_nothing_twice(town: Town) -> None:
    async with town.tab() as tab:
        await tab.say("첫 번째")
        await tab.quiet()
    before = {entry["seq"] for entry in tab.entries}

    async with town.tab(token=tab.token, seen=max(before)) as again:
        await again.say("두 번째")
        await again.quiet()

    after = [entry["seq"] for entry in again.entries]
    assert again.token == tab.token
    assert len(after) == len(set(after))
    assert not before & set(after)
    assert "두 번째" in [entry["text"] for entry in again.entries]


@pytest.mark.parametrize("seen", [-5, 2**63, 2**64 - 1, "9", None, True, [1]])
async def test_a_nonsensical_number_of_what_was_seen_hides_nothing(
    town: Town, seen: object
) -> None:
    async with town.tab() as tab:
        await tab.say("그대로 보여요")
        await tab.quiet()

    async with town.tab(token=tab.token, seen=seen) as again:
        await again.say("여기도요")
        shown = await again.shown("여기도요")

    assert shown["from"] == "person"


async def test_half_an_emoji_is_replaced_and_kept(town: Town) -> None:
    async with town.tab() as tab:
        await tab.send('{"t":"say","id":"half-an-emoji-1","text":"half \\ud83d and \\u0000"}')
        await tab.next("ack", id="half-an-emoji-1")

        heard = await town.heard("web", _address(tab))

    assert "half \ufffd and \ufffd" in heard


async def test_a_nonsensical_frame_is_refused_and_the_socket_stays(town: Town) -> None:
    async with town.tab() as tab:
        for frame in (
            "x",
            "[]",
            "7",
            "{}",
            '{"t":"say"}',
            '{"t":"say","id":"x","text":5}',
            "null",
        ):
            await tab.send(frame)
            await tab.next("refused")

        assert (await tab.say("아직 여기 있어요"))["seq"]


async def test_a_foreign_page_is_refused(town: Town) -> None:
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[x"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await town.http.ws_connect(f"{town.url}/chat/socket", headers=headers)
        assert refused.value.status == 403


async def test_a_first_frame_that_is_no_opening_ends_the_socket(town: Town) -> None:
    for frame in ("x", "[]", '{"t":"say","id":"12345678","text":"x"}'):
        async with town.http.ws_connect(f"{town.url}/chat/socket") as socket:
            await socket.send_str(frame)
            closing = await socket.receive(timeout=WAIT_S)
            assert closing.type is aiohttp.WSMsgType.CLOSE


async def test_a_one_time_link_joins_once_and_shows_only_what_comes_after(town: Town) -> None:
    person = 7301
    await town.phone(person, "text", text="안녕하세요")
    await town.sees(person, "안전한가요")
    number = await town.conversation("telegram", str(person))
    token = uuid.uuid4().hex
    await town.house.database.turn(number, lambda page: page.make_link("web", token, 60_000))

    async with town.tab(link=token) as tab:
        await tab.say("웹에서 쓴 글")
        await tab.shown("웹에서 쓴 글")
        joined = await town.conversation("web", _address(tab))
    async with town.tab(link=token) as thief:
        await thief.quiet()
        other = await town.conversation("web", _address(thief))

    assert joined == number
    assert not [entry for entry in tab.entries if entry["text"] == "안녕하세요"]
    assert other != number
    assert not [entry for entry in thief.entries if "웹에서" in entry["text"]]


async def test_a_photo_is_kept_with_its_message_and_does_not_lie_open(town: Town) -> None:
    async with town.tab() as tab:
        status, body = await _upload(town, tab.token, JPEG)
        kept, content = await town.file("web", _address(tab))
        await asyncio.sleep(0.3)

    assert (status, kept.seq) == (200, body["seq"])
    assert content == JPEG
    assert list((town.house.settings.data / "uploads").iterdir()) == []


async def test_a_file_without_a_chat_or_too_large_is_refused(town: Town) -> None:
    async with town.tab() as tab:
        strange, _ = await _upload(town, "x" * 40, JPEG)
        short, _ = await _upload(town, "x", JPEG)
        large, _ = await _upload(town, tab.token, b"\xff" * (20 * 1024 * 1024 + 1))

    assert (strange, short, large) == (403, 403, 413)


async def test_erasing_before_anything_was_submitted_forgets_her_at_once(town: Town) -> None:
    async with town.tab() as tab:
        await tab.say("지워 주세요 이 글")
        number = await town.conversation("web", _address(tab))
        await tab.say("내 정보 지우기")
        await tab.quiet()
        await tab.press("지워 주세요")
        await tab.next("cleared")

    assert await town.conversation("web", _address(tab)) == 0
    assert number not in town.house.database.keys.sealers([number])


async def _upload(town: Town, token: str, content: bytes) -> tuple[int, dict[str, int]]:
    form = aiohttp.FormData()
    form.add_field("token", token)
    form.add_field("id", uuid.uuid4().hex)
    form.add_field("file", io.BytesIO(content), filename="사진.jpg", content_type="image/jpeg")
    async with town.http.post(f"{town.url}/chat/files", data=form) as answer:
        body: dict[str, int] = await answer.json()
        return answer.status, body


async def test_a_covered_tab_is_cleared_at_once_and_opens_with_nothing_of_before(
    town: Town,
) -> None:
    async with town.tab() as tab:
        await tab.say("퇴근길이 무서워요")
        await town.house.database.turn(await town.conversation("web", _address(tab)), _has_word)
        await tab.say("장보기 목록")
        async with asyncio.timeout(WAIT_S):
            while not tab.socket.closed:
                await tab.socket.receive()
        closed = tab.socket.close_code
    async with town.tab(token=tab.token, seen=0) as again:
        await again.quiet()
        shown = " ".join(entry["text"] for entry in again.entries)

    assert closed == OTHER_TALK
    assert again.opened["talk"] != tab.opened["talk"]
    assert "스트레칭" in shown
    assert not [word for word in ("퇴근길", "장보기", "112") if word in shown]


def _has_word(page: Page) -> None:
    """Let her have a word that covers, as the scripts keep it."""
    conversation = page.save()
    memory = {**conversation.state.memory, "guards": "cover_word"}
    page.keep_word("cover_word", "장보기 목록")
    conversation.state = replace(conversation.state, memory=memory)
