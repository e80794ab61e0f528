"""What differs between channels is told; files are looked at and never run."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.browser.desk.phones import Phone, phone
from tests.browser.desk.place import Desk, House, arrived

DRAWN = "it => it.complete && it.naturalWidth"


async def test_on_kakao_words_wait_for_her_next_message_and_the_desk_says_so(
    desk: Desk, house: House
) -> None:
    her, conversation = await _calls(desk, house, "kakao")
    await desk.takes(conversation)
    await expect(desk.page.locator(".composer-note")).to_contain_text("다음에 말을 걸 때")

    await desk.says("곁에 있을게요")
    ours = desk.page.locator(".entry.counselor", has_text="곁에 있을게요")
    await expect(ours.locator(".delivery")).to_have_text("다음 메시지 때 전달")
    await her.does("text", text="계세요?")

    await expect(ours.locator(".delivery")).to_have_text("보냄")
    assert "곁에 있을게요" in str(await her.shows())


async def test_a_message_to_somebody_who_blocked_the_bot_says_why_and_offers_a_way_out(
    desk: Desk, house: House
) -> None:
    her, conversation = await _calls(desk, house, "telegram")
    await desk.takes(conversation)
    await her.does("block")

    await desk.says("들리시나요")
    ours = desk.page.locator(".entry.counselor", has_text="들리시나요")
    await expect(ours.locator(".delivery")).to_contain_text("실패 · 그분이 봇을 차단함")
    await ours.get_by_role("button", name="입력란으로 옮기기").click()

    await expect(desk.box).to_have_value("들리시나요")


async def test_an_edit_of_hers_keeps_what_she_had_written(desk: Desk, house: House) -> None:
    her, conversation = await _calls(desk, house, "telegram")
    await desk.takes(conversation)
    await her.does("text", text="어제 집 앞에 있었어요")
    await expect(desk.hears("어제 집 앞에 있었어요")).to_be_visible(timeout=15_000)
    mine = [one for one in await her.shows() if one.get("text") == "어제 집 앞에 있었어요"]

    await her.does("edit", message_id=mine[-1]["message_id"], text="오늘 집 앞에 있었어요")

    entry = desk.page.locator(".entry.person", has_text="오늘 집 앞에 있었어요")
    await entry.locator("summary", has_text="이전 글 1개").click()
    await expect(entry.locator(".versions .said")).to_have_text("어제 집 앞에 있었어요")


async def test_a_photo_is_looked_at_in_a_window_of_its_own(
    desk: Desk, house: House, artifacts: Path
) -> None:
    her, conversation = await _calls(desk, house, "telegram")
    await desk.takes(conversation)

    await her.does("photo", data_b64=_picture())
    await desk.page.locator(".file").click(timeout=15_000)

    picture = desk.page.locator("dialog img")
    await expect(picture).to_be_visible()
    await picture.evaluate("it => it.decode()")
    assert await picture.evaluate(DRAWN) > 0
    await desk.page.screenshot(path=artifacts / "desk-photo.png")
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.locator("dialog")).to_have_count(0)


@pytest.mark.parametrize("channel", ["telegram", "kakao"])
async def test_she_reads_what_a_counselor_writes(desk: Desk, house: House, channel: str) -> None:
    her, conversation = await _calls(desk, house, channel)
    await desk.takes(conversation)

    await desk.says("천천히 말씀하세요")
    await her.does("text", text="네")
    await expect(desk.page.locator(".delivery.sent").last).to_be_visible()
    await expect(desk.page.locator(".entry.counselor .delivery")).to_have_text("보냄")

    assert "천천히 말씀하세요" in str(await her.shows())


async def _calls(desk: Desk, house: House, channel: str) -> tuple[Phone, str]:
    """Let a new phone ask for a counselor; returns it and the conversation's id."""
    before = await desk.ids()
    her = await phone(desk.page, house, channel)
    await her.does("text", text="상담사")
    return her, await arrived(desk, before)


def _picture() -> str:
    picture = BytesIO()
    Image.linear_gradient("L").resize((320, 200)).save(picture, "JPEG")
    return base64.b64encode(picture.getvalue()).decode()
