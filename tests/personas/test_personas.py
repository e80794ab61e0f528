"""Six people come to us through their own phones; what each of them leaves behind."""

import asyncio
from dataclasses import dataclass

import pytest

from tests.personas.conftest import Finds, Phones
from tests.personas.desk import Desk, fields
from tests.personas.disk import Disk
from tests.personas.people import Person

GONE_S = 20.0


@dataclass(frozen=True)
class Applicant:
    """Somebody who applies.

    Attributes:
        word: Her code word: nobody ever sees it again, not even the desk.
        written: What she writes.
        masked: What of it we must never say back to her.
        filed: What the desk must see of her application, in full.
    """

    channel: str
    word: str
    written: tuple[str, ...]
    masked: tuple[str, ...]
    filed: dict[str, str]


APPLICANTS = (
    Applicant(
        "telegram",
        "파란 대문 열둘",
        ("010-1234-5678", "수요일 밤은 안 돼요"),
        ("010-1234-5678", "1012345678", "1234", "수요일 밤"),
        {"필요한 지원": "머물 곳, 경호", "연락하면 안 되는 때": "수요일 밤은 안 돼요"},
    ),
    Applicant(
        "kakao",
        "노란 바람개비",
        (),
        (),
        {"필요한 지원": "심리 상담, 의료 지원", "연락 방법": "이 대화에서만"},
    ),
    Applicant(
        "web",
        "초록 우산 일곱",
        ("헤어진 뒤로 자꾸 회사 앞에 와요",),
        (),
        {"필요한 지원": "심리 상담, 법률 지원", "부를 이름": "하늘"},
    ),
)


@pytest.mark.parametrize("who", APPLICANTS, ids=lambda who: who.channel)
async def test_she_makes_one_application_for_two_services(
    phones: Phones, newcomer: Finds, desk: Desk, disk: Disk, who: Applicant
) -> None:
    she = await phones.new(who.channel)

    await she.acts_out(f"apply-two-services-{who.channel}", opened=who.channel == "web")

    shown = await desk.reads(await newcomer())
    assert shown
    receipt, screen = await she.receipt(), await she.screen()
    assert shown["application"]["status"] == "received"
    assert shown["application"]["receipt_tail"] == f"…{receipt[-2:]}"
    assert who.filed.items() <= fields(shown).items()
    assert shown["row"]["status"] == "waiting"
    assert "신청이 들어옴" in shown["row"]["because"]
    assert [word for word in (*who.masked, who.word) if word in screen] == []
    assert who.word not in str(shown)
    assert disk.shows(*who.written, who.word, receipt) == []


async def test_danger_in_the_middle_of_a_free_text_brings_the_card_and_a_counselor(
    phones: Phones, newcomer: Finds, desk: Desk
) -> None:
    she = phones.telegram()

    await she.acts_out("danger-in-free-text", until="건너뛰기")
    conversation = await newcomer()
    above = await desk.rows_down_to(conversation)
    await she.acts_out("danger-in-free-text", since="건너뛰기")

    assert {row["urgency"] for row in above} == {0}
    assert above[-1]["status"] == "waiting"
    assert "글에서 지금 위험하다는 신호" in above[-1]["because"]
    shown = await desk.reads(conversation)
    assert shown
    assert shown["step_title"] == "하고 싶은 말"
    assert "112" in await she.screen()


@pytest.mark.parametrize("channel", ["kakao", "telegram", "web"])
async def test_of_a_child_nothing_can_be_read_once_the_contact_is_over(
    phones: Phones, newcomer: Finds, desk: Desk, disk: Disk, channel: str
) -> None:
    child = await phones.new(channel)

    await child.acts_out("under14-not-kept", opened=channel == "web", until="여기까지 할래요")
    conversation = await newcomer()
    before, key_before = await desk.reads(conversation), disk.has_key(conversation)
    await child.presses("여기까지 할래요")
    if channel != "web":  # our page is emptied, and says so itself
        await child.hears("언제든 다시 와도 돼요", "1388")
    await _is_gone(desk, disk, conversation)

    assert before
    assert "14세 미만이라고 답함" in before["row"]["because"]
    assert key_before
    assert conversation not in await desk.ids()


async def test_of_a_child_in_danger_the_words_are_kept_for_who_must_help(
    phones: Phones, newcomer: Finds, desk: Desk, disk: Disk
) -> None:
    child = phones.telegram()

    await child.acts_out("under14-in-danger")
    conversation = await newcomer()

    shown = await desk.reads(conversation)
    assert shown
    assert shown["row"]["urgency"] == 0
    assert disk.has_key(conversation)


async def test_who_wants_to_be_forgotten_is_told_so_and_then_is(
    phones: Phones, newcomer: Finds, desk: Desk, disk: Disk
) -> None:
    she = phones.telegram()
    await she.says("안녕하세요")
    await she.hears("지금 이야기해도 안전한가요")
    conversation = await newcomer()

    await she.says("지우기")
    await she.presses("지워 주세요")

    await she.hears("지울게요")
    await _is_gone(desk, disk, conversation)


async def test_for_somebody_who_helps_another_no_file_is_made(
    phones: Phones, newcomer: Finds, desk: Desk
) -> None:
    friend = phones.kakao()

    await friend.acts_out("third-person-how")

    shown = await desk.reads(await newcomer())
    assert shown
    assert shown["application"] is None
    assert {one["name"] for one in shown["answers"]} <= {
        "safe_now",
        "device_seen",
        "menu",
        "third_wish",
    }
    assert shown["row"]["status"] == "bot"


async def test_a_stalker_with_a_wrong_word_learns_nothing(phones: Phones, desk: Desk) -> None:
    she = phones.telegram()
    await she.acts_out("posing-as-her")
    receipt = await she.receipt()
    before = await desk.ids()

    known = await _tries(phones.telegram(), receipt, "빨간 우산")
    unknown = await _tries(phones.telegram(), "ZZZZ9999", "빨간 우산")
    on_kakao = [await _tries(phones.kakao(), code, "빨간 우산") for code in (receipt, "ZZZZ9999")]

    assert known == unknown
    assert on_kakao[0] == on_kakao[1]
    assert "찾지 못했어요" in known
    assert len(await desk.ids() - before) == 4


async def test_a_stalker_who_has_her_code_and_word_still_sees_only_the_status(
    phones: Phones,
) -> None:
    she = phones.telegram()
    await she.acts_out("posing-as-her")

    told = await _tries(phones.telegram(), await she.receipt(), "초록 우산 일곱")

    assert "신청을 받았어요" in told
    assert [word for word in ("이봄", "7890", "3456", "법률", "가명") if word in told] == []


async def test_she_changes_to_english_and_sees_the_card_in_vietnamese(
    phones: Phones, newcomer: Finds, desk: Desk
) -> None:
    she = phones.telegram()

    await she.acts_out("opening-english-typed")
    await she.hears("What would you like first")
    english = await desk.reads(await newcomer())
    await she.says("Tiếng Việt")
    card = await she.hears("Nguy hiểm: hãy gọi", "1577-1366")

    assert english
    assert english["row"]["language"] == "en"
    assert "112" in card
    vietnamese = await desk.reads(english["row"]["id"])
    assert vietnamese
    assert vietnamese["row"]["language"] == "vi"


async def _tries(stalker: Person, code: str, word: str) -> str:
    """Ask for an application; return everything that is shown after the code word."""
    await stalker.acts_out("status-unknown-code", until="ABCD-1234")
    await stalker.hears("접수번호를 적어")
    await stalker.says(code)
    await stalker.hears("암호말을 적어")
    await stalker.says(word)
    await stalker.hears("신청")
    return await stalker.news()


async def _is_gone(desk: Desk, disk: Disk, conversation: str) -> None:
    """Wait until neither the desk nor the store of keys knows a conversation any more."""
    async with asyncio.timeout(GONE_S):
        while True:
            if not disk.has_key(conversation) and not await desk.reads(conversation):
                return
            await asyncio.sleep(0.2)
