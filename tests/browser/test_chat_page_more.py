"""Photos, the card, coming back and erasing on her page, in a real browser."""

from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from tests.browser.page_acts import OPEN, reload, say


async def test_a_photo_goes_along(chat: Page, tmp_path: Path) -> None:
    photo = tmp_path / "집 앞.png"
    await chat.screenshot(path=photo)

    await chat.locator("input[type=file]").set_input_files(photo)

    mine = chat.locator(".entry.person:not(.sending)").filter(has_text="집 앞.png")
    await expect(mine).to_have_count(1)
    await reload(chat)
    await expect(mine).to_have_count(1)


async def test_a_file_that_is_too_big_is_told_and_can_be_taken_away(
    chat: Page, tmp_path: Path
) -> None:
    big = tmp_path / "영상.mp4"
    with big.open("wb") as file:
        file.truncate(20 * 2**20 + 1)

    await chat.locator("input[type=file]").set_input_files(big)
    entry = chat.locator(".entry.failed")
    await expect(entry).to_contain_text("20 MB")
    await entry.get_by_role("button", name="지우기").click()

    await expect(chat.locator(".entry").filter(has_text="영상.mp4")).to_have_count(0)


@pytest.mark.parametrize("failures", [1, 5])
async def test_a_broken_upload_is_sent_again(chat: Page, tmp_path: Path, failures: int) -> None:
    note = tmp_path / "메모.txt"
    note.write_text("2026-11-24 집 앞", "utf-8")
    left = [failures]

    async def breaks(route: Route) -> None:
        left[0] -= 1
        await (route.abort() if left[0] >= 0 else route.continue_())

    await chat.route("**/chat/files", breaks)
    await chat.locator("input[type=file]").set_input_files(note)
    again = chat.get_by_role("button", name="다시 보내기")
    if failures > 1:
        await again.click(timeout=15_000)
        left[0] = 0

    sent = chat.locator(".entry.person:not(.sending, .failed)").filter(has_text="메모.txt")
    await expect(sent).to_have_count(1, timeout=15_000)


async def test_the_card_opens_without_a_connection(chat: Page) -> None:
    await chat.context.set_offline(True)

    await chat.locator("#urgent").click()

    await expect(chat.locator("#card a[href='tel:112']")).to_be_visible()
    await expect(chat.locator("#card a[href='sms:112']")).to_be_visible()
    await expect(chat.locator("#card-heading")).to_be_focused()
    await chat.keyboard.press("Escape")
    await expect(chat.locator("#urgent")).to_be_focused()
    await chat.context.set_offline(False)


async def test_the_card_asks_for_help_in_the_chat_with_a_second_tap(
    away: BrowserContext, site: str
) -> None:
    page = await away.new_page()
    await page.goto(f"{site}/chat")

    await page.locator("#urgent").click()
    await page.locator("#tell").click()

    await expect(page.locator(".entry.person:not(.sending)")).to_contain_text("112")
    await page.close()


async def test_coming_back_tells_the_same_whether_it_is_right_or_wrong(chat: Page) -> None:
    await chat.locator(".plus").click()
    await chat.locator(".menu .item").filter(has_text="접수 번호").click()

    await chat.locator("#receipt").fill("ABCD1234")
    await chat.locator("#word").fill("까치")
    await chat.locator("#resume .main").click()

    await expect(chat.locator(".entry.system")).to_contain_text("상담사가 확인한 뒤")
    assert "까치" not in await chat.content()
    await expect(chat.locator("#word")).to_have_value("")


async def test_the_page_speaks_english(away: BrowserContext, site: str) -> None:
    page = await away.new_page()
    await page.goto(f"{site}/chat")

    await page.get_by_role("button", name="English").click()
    await page.get_by_role("button", name="Begin the conversation").click()
    await page.locator(OPEN).first.wait_for()

    assert await page.locator("html").get_attribute("lang") == "en"
    assert await page.title() == "Note"
    await expect(page.get_by_role("textbox", name="Write a message")).to_be_visible()
    await expect(page.locator(".entry.bot").last).to_contain_text("safe")
    await page.close()


async def test_erasing_leaves_nothing_on_the_page(chat: Page) -> None:
    await say(chat, "까치가 우는 이야기")
    await expect(chat.locator(".entry.person:not(.sending)")).to_have_count(1)
    await say(chat, "지워줘")

    await chat.get_by_role("button", name="지워 주세요").click()

    await expect(chat.get_by_role("alert")).to_contain_text("지웠어요", timeout=10_000)
    assert "까치가 우는 이야기" not in await chat.content()
    assert await chat.evaluate("sessionStorage.length") == 0
    await say(chat, "안녕하세요")
    await expect(chat.locator(".entry.bot").first).to_be_visible(timeout=10_000)
