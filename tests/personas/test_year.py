"""Sixteen come to us: each from hello to a closed case, with a year passing on the clock.

Some of them on every run; all of them with `./dev faults`.
"""

from uuid import uuid4

import pytest

from tests.personas import living
from tests.personas.applying import applies, asks
from tests.personas.asking import Story
from tests.personas.conftest import Finds, Phones, Staff
from tests.personas.desk import Desk
from tests.personas.people import Person
from tests.personas.sixteen import APPLICANTS

MOST_INPUTS = 34
SECRETS = ("노란 우산 아홉", "yellow umbrella nine", "010-2345-6789", "2345", "1023456789")
QUICK = {"colleague", "goes silent"}
EVERYONE = [
    pytest.param(one, id=one.name, marks=() if one.name in QUICK else pytest.mark.faults)
    for one in APPLICANTS
]


@pytest.mark.parametrize("story", EVERYONE)
async def test_from_hello_to_a_closed_case(
    phones: Phones, newcomer: Finds, staff: Staff, story: Story
) -> None:
    she = await phones.new(story.channel)

    way = await applies(she, story)
    assert [asked for asked, times in way.asked.items() if times > 1] == []
    assert way.inputs <= MOST_INPUTS
    conversation = await newcomer()
    await _is_talked_to(she, staff.desk, conversation, story)
    file = await living.is_helped(staff.center, conversation, story)
    await living.is_asked(she, file, story)
    if story.recurs:
        await living.comes_back(file)
    if story.order:
        await living.renews(file, await living.is_protected(file, story.order))
    await living.ends(file, staff.supervisor)
    await living.is_destroyed(file, staff.supervisor)
    await _finds_us_again(she, story)
    screen = await she.screen()
    assert [one for one in SECRETS if one in screen] == []


async def test_a_caller_of_1366_finds_her_case_in_the_chat(phones: Phones, staff: Staff) -> None:
    word = "하얀 조약돌"
    file, receipt = await living.is_taken_in(staff.center, "line", note="1366", word=word)
    she = phones.telegram()

    told = await asks(she, receipt, word)

    assert "지원을 이어 가고 있어요" in told
    assert "법률 지원" in told
    assert [one for one in ("나무", "9876", "대한법률") if one in told] == []
    await file.does("/check-ins", 409, after=["1w"])  # she gave no chat
    await living.ends(file, staff.supervisor)
    await living.is_destroyed(file, staff.supervisor)


async def test_a_referral_by_the_police_is_followed_and_renewed(staff: Staff) -> None:
    police = {"station": "마포", "number": "2026-1", "officer": "김"}
    file, _ = await living.is_taken_in(staff.center, "police", note="현장", police=police)

    order = await living.is_protected(file, "provisional_3")
    await living.comes_back(file)
    await living.renews(file, order)

    shown = await file.reads()
    assert shown["police"] == police
    assert shown["taken_by"] == "상담사 별"
    await living.ends(file, staff.supervisor)
    await living.is_destroyed(file, staff.supervisor)


async def _is_talked_to(she: Person, desk: Desk, conversation: str, story: Story) -> None:
    """A counselor takes over, both write, and the conversation goes back."""
    await desk.does(conversation, "take")
    await desk.does(conversation, "say", id=uuid4().hex, text="안녕하세요, 잘 읽었어요.")
    if story.channel == "kakao":
        await she.says("네")
    await she.hears("잘 읽었어요")
    await she.says("고마워요")
    await desk.hears(conversation, "고마워요")
    await desk.does(conversation, "release")
    await she.settles()


async def _finds_us_again(she: Person, story: Story) -> None:
    """Long after she can still write, and the way to help is at hand."""
    if story.channel == "web":
        return
    await she.says("안녕하세요")
    await she.settles()
    assert await she.labels() & {"긴급 112", "112 now"}
