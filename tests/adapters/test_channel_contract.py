"""What holds for every channel, tried with a phone at its other end."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from adapters.base import SendError
from flows.messages import TEXT_CHARS, Attachment, Button, Kind, Outbound
from tests.adapters.rigs import SITE, Rig, kakao_rig, telegram_rig, web_rig

WAYS_OUT = (Button("긴급 112", "c:112"), Button("상담사", "c:counselor"), Button("뒤로", "c:back"))


@pytest.fixture(params=["telegram", "kakao", "web"])
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    """Every channel in turn."""
    opened: dict[str, Any] = {"telegram": telegram_rig, "kakao": kakao_rig}
    make = opened.get(request.param)
    async with make() if make else web_rig(tmp_path) as one:
        yield one


async def test_what_she_writes_arrives_as_she_wrote_it(rig: Rig) -> None:
    said = "그 사람이 또 왔어요.\n무서워요 😢 'quotes' <b>&amp;"

    inbound = await rig.says(said)

    assert inbound.channel == rig.channel.name
    assert inbound.kind is Kind.TEXT
    assert inbound.text == said
    assert inbound.press is None


async def test_she_keeps_her_address_and_each_message_has_an_id_of_its_own(rig: Rig) -> None:
    first, second = await rig.says("하나"), await rig.says("둘")

    assert first.address
    assert first.address == second.address
    assert first.message_id
    assert first.message_id != second.message_id


def test_the_same_body_again_is_the_same_message_again(rig: Rig) -> None:
    body = rig.body("안녕하세요")

    first, second = rig.read(body), rig.read(body)

    assert first == second


def test_nul_and_lone_surrogates_are_replaced(rig: Rig) -> None:
    (inbound,) = rig.read(rig.body("a\0b\ud83dc"))

    assert inbound.text == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"


def test_what_is_too_long_is_cut_and_marked(rig: Rig) -> None:
    (inbound,) = rig.read(rig.body("가" * (TEXT_CHARS + 1)))

    assert len(inbound.text) == TEXT_CHARS
    assert inbound.text.endswith("…")


async def test_several_bubbles_arrive_whole_and_in_order(rig: Rig) -> None:
    await rig.tells(Outbound("하나 *_`<b>"), Outbound("둘 &amp; [셋](넷)"), Outbound("다섯"))

    assert (await rig.sees()).texts == ["하나 *_`<b>", "둘 &amp; [셋](넷)", "다섯"]


async def test_a_bubble_of_the_longest_length_stays_one(rig: Rig) -> None:
    text = ("한 글자도 빠지면 안 돼요. " * 2000)[: rig.channel.limits.text_chars - 1] + "."

    await rig.tells(Outbound(text))

    assert (await rig.sees()).texts == [text]


async def test_a_longer_text_is_split_between_words_and_loses_nothing(rig: Rig) -> None:
    words = [f"낱말{number}👩‍👩‍👧‍👦" for number in range(150)]

    await rig.tells(Outbound(" ".join(words)))

    shown = [word for text in (await rig.sees()).texts for word in text.split()]
    assert shown == words


@pytest.mark.parametrize("label", ["네", "다 골랐어요", "상담사", "긴급 112"])
async def test_a_pressed_button_brings_back_its_data_and_its_label(rig: Rig, label: str) -> None:
    choices = (Button("네", "3:yes"), Button("다 골랐어요", "x" * 60))
    await rig.tells(Outbound("지금 안전한가요?", choices, WAYS_OUT))
    wanted = {button.label: button.data for button in (*choices, *WAYS_OUT)}

    inbound = await rig.presses(label)

    assert inbound.kind is Kind.PRESS
    assert inbound.press == wanted[label]
    assert inbound.text == label


async def test_seven_choices_and_three_ways_out_are_all_there_in_order(rig: Rig) -> None:
    choices = tuple(Button(f"열네 글자짜리 선택지 {n}", f"4:{n}") for n in range(7))

    await rig.tells(Outbound("무엇이 필요하세요?", choices, WAYS_OUT))

    seen = (await rig.sees()).buttons
    assert [label for label in seen if label.startswith("열네")] == [c.label for c in choices]
    assert set(seen) == {button.label for button in (*choices, *WAYS_OUT)}
    # Kakao shows its replies in one line: the way to the emergency card stands first there
    assert WAYS_OUT[0].label in {seen[0], seen[len(choices)]}


async def test_a_chosen_choice_looks_chosen(rig: Rig) -> None:
    await rig.tells(Outbound("모두 골라 주세요", (Button("법률", "5:law", on=True),)))

    (shown,) = (await rig.sees()).buttons

    assert shown.endswith("법률")
    assert shown != "법률"
    assert (await rig.presses("법률")).press == "5:law"


async def test_a_link_leads_to_our_own_site(rig: Rig) -> None:
    link = Button("웹에서 잇기", path="/chat#link=abc_DEF-123")

    await rig.tells(Outbound("웹에서는 기록이 남지 않아요.", (link, Button("여기서", "6:here"))))

    assert (await rig.sees()).links == [f"{SITE}/chat#link=abc_DEF-123"]


async def test_a_counselor_speaks_under_her_pseudonym(rig: Rig) -> None:
    await rig.tells(Outbound("곁에 있을게요.", sender="상담사 별"))

    (text,) = (await rig.sees()).texts
    assert text.startswith("상담사 별")
    assert text.endswith("곁에 있을게요.")


async def test_a_photo_can_be_fetched_as_it_was_sent(rig: Rig) -> None:
    photo = _png()

    inbound = await rig.sends_photo(photo)

    assert inbound.kind is Kind.FILES
    (attachment,) = inbound.attachments
    assert attachment.kind == "photo"
    assert await rig.channel.fetch(attachment) == photo


async def test_a_file_that_is_gone_is_a_final_failure(rig: Rig) -> None:
    with pytest.raises(SendError) as caught:
        await rig.channel.fetch(Attachment("photo", "there-is-no-such-file"))

    assert caught.value.retry_after is None


async def test_the_errors_of_a_channel_never_hold_the_source_of_a_file(rig: Rig) -> None:
    with pytest.raises(SendError) as caught:
        await rig.channel.fetch(Attachment("photo", "secret-source"))

    assert "secret-source" not in caught.value.reason


def _png() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(target, "PNG")
    return target.getvalue()
