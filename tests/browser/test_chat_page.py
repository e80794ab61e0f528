"""The person's page: nothing lost, nothing doubled, usable by keyboard, and nothing kept."""

import asyncio
import json
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, Route, WebSocketRoute, expect

OPEN = ".entry .choice:not([aria-disabled])"
HOSTILE = "<img src=x onerror=alert(1)>\u202e 뒤집힌 글 </script>"


async def test_what_is_written_offline_goes_out_once(chat: Page) -> None:
    mine = chat.locator(".entry.person").filter(has_text="지하철이에요")
    await chat.context.set_offline(True)

    await _say(chat, "지하철이에요")
    await expect(mine).to_contain_text("보내는 중")
    await expect(chat.locator(".state.lost")).to_be_visible()
    await chat.context.set_offline(False)

    await expect(mine).not_to_contain_text("보내는 중", timeout=20_000)
    await _reload(chat)
    await expect(mine).to_have_count(1)


async def test_a_lost_acknowledgement_doubles_nothing(away: BrowserContext, site: str) -> None:
    page = await away.new_page()
    await page.route_web_socket("**/chat/socket", _cuts_at_the_first_answer)
    await _begin(page, site)

    await _say(page, "한 번만 보낸 글")

    mine = page.locator(".entry.person:not(.sending)").filter(has_text="한 번만 보낸 글")
    await expect(mine).to_have_count(1, timeout=20_000)
    await _reload(page)
    await expect(mine).to_have_count(1)
    await page.close()


def _cuts_at_the_first_answer(route: WebSocketRoute) -> None:
    """Let the message through, and cut the line before its acknowledgement arrives."""
    server = route.connect_to_server()
    if cut_before.get("done"):
        return

    async def back(frame: str | bytes) -> None:
        if json.loads(frame)["t"] == "ack" and not cut_before.get("done"):
            cut_before["done"] = True
            await server.close()
            await route.close()
        elif not cut_before.get("done"):
            route.send(frame)

    server.on_message(back)


cut_before: dict[str, bool] = {}


async def test_a_dead_line_is_noticed_and_replaced(away: BrowserContext, site: str) -> None:
    page = await away.new_page()
    lines: list[str] = []
    replaced = asyncio.Event()

    def deaf(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        lines.append(route.url)
        first = len(lines) == 1
        if not first:
            replaced.set()
        server.on_message(lambda frame: None if first and "pong" in frame else route.send(frame))

    await page.route_web_socket("**/chat/socket", deaf)
    await page.clock.install()
    await _begin(page, site)
    await page.clock.fast_forward(25_000)
    await page.wait_for_timeout(500)
    before = len(lines)

    await page.clock.fast_forward(15_000)
    async with asyncio.timeout(10):
        await replaced.wait()

    assert before == 1
    assert len(lines) == 2
    await _say(page, "아직 거기 있나요")
    await expect(page.locator(".entry.person:not(.sending)")).to_have_count(1)
    await page.close()


async def test_a_living_line_is_left_alone(away: BrowserContext, site: str) -> None:
    page = await away.new_page()
    lines: list[str] = []
    page.on("websocket", lambda line: lines.append(line.url))
    await page.clock.install()
    await _begin(page, site)

    for _ in range(4):
        await page.clock.fast_forward(21_000)
        await page.wait_for_timeout(300)

    assert len(lines) == 1
    await page.close()


async def test_the_talk_goes_on_after_a_reload(chat: Page) -> None:
    await _say(chat, "다시 올게요")
    await expect(chat.locator(".entry.person:not(.sending)")).to_contain_text("다시 올게요")

    await chat.reload()
    shown_before = await chat.locator(".entry").count()
    await chat.locator("#continue").click()

    assert shown_before == 0
    await expect(chat.locator(".entry.person")).to_contain_text("다시 올게요")


async def test_a_new_talk_shows_nothing_of_the_old_one(chat: Page) -> None:
    await _say(chat, "옛날 이야기")
    await expect(chat.locator(".entry.person:not(.sending)")).to_have_count(1)

    await chat.reload()
    await chat.locator("#fresh").click()
    await chat.locator(OPEN).first.wait_for()

    assert "옛날 이야기" not in await chat.content()


async def test_the_browser_keeps_only_the_way_back_of_this_tab(chat: Page) -> None:
    await _say(chat, "비밀 이야기")
    await expect(chat.locator(".entry.person:not(.sending)")).to_have_count(1)

    kept = await chat.evaluate("() => JSON.stringify([{...sessionStorage}, {...localStorage}])")
    session, local = json.loads(kept)

    assert list(session) == ["t"]
    assert local == {}
    assert "비밀" not in kept
    assert await chat.context.cookies() == []


async def test_a_one_time_link_leaves_the_address_at_once(away: BrowserContext, site: str) -> None:
    page = await away.new_page()

    await page.goto(f"{site}/chat#link=abcdef123456")

    assert page.url == f"{site}/chat"
    await page.locator("#begin").click()
    await page.locator(OPEN).first.wait_for()
    await page.close()


async def test_a_question_is_answered_by_keyboard_alone(away: BrowserContext, site: str) -> None:
    page = await away.new_page()
    await page.goto(f"{site}/chat")
    await _tab_to(page, "#begin")
    await page.keyboard.press("Enter")
    await page.locator(OPEN).first.wait_for()

    await _tab_to(page, OPEN)
    await page.keyboard.press("Enter")
    await expect(page.locator(".entry.person:not(.sending)")).to_have_count(1)
    await page.locator(OPEN).first.wait_for()
    await expect(page.locator(".choice.on[aria-disabled]")).to_be_focused()
    await page.keyboard.press("Tab")

    focused = page.locator(".choice:focus")
    await expect(focused).to_have_count(1)
    assert await focused.get_attribute("aria-disabled") is None
    await page.close()


async def test_only_the_newest_question_can_be_answered(chat: Page) -> None:
    first = chat.locator(OPEN).first
    label = await first.inner_text()
    await first.click()
    await chat.locator(".entry.person:not(.sending)").wait_for()
    await chat.locator(OPEN).first.wait_for()

    old = chat.locator(".choice[aria-disabled]").filter(has_text=label)
    await old.first.dispatch_event("click")
    await chat.wait_for_timeout(300)

    await expect(chat.locator(".entry.person")).to_have_count(1)
    assert await old.first.get_attribute("tabindex") == "-1"


async def test_several_choices_are_switched_in_their_place(chat: Page) -> None:
    await _to_several_choices(chat)
    switches = chat.locator(OPEN)
    bubbles = await chat.locator(".entry").count()

    await switches.nth(0).click()
    await switches.nth(1).click()
    await expect(chat.locator(".choice[aria-pressed=true]")).to_have_count(2)
    await chat.wait_for_timeout(1000)
    await switches.nth(0).click()
    await chat.wait_for_timeout(1000)

    await expect(chat.locator(".choice[aria-pressed=true]")).to_have_count(1)
    await expect(chat.locator(".entry")).to_have_count(bubbles)
    await _reload(chat)
    await expect(chat.locator(".choice[aria-pressed=true]")).to_have_count(1)
    await expect(chat.locator(".entry")).to_have_count(bubbles)


async def test_what_anybody_writes_stays_text(chat: Page) -> None:
    dialogs: list[str] = []
    chat.on("dialog", lambda dialog: dialogs.append(dialog.message))

    await _say(chat, HOSTILE)
    bubble = chat.locator(".entry.person:not(.sending) .text")
    await expect(bubble).to_have_text(HOSTILE)

    assert await bubble.locator("*").count() == 0
    assert await bubble.get_attribute("dir") == "auto"
    assert not dialogs


async def test_a_photo_goes_along(chat: Page, tmp_path: Path) -> None:
    photo = tmp_path / "집 앞.png"
    await chat.screenshot(path=photo)

    await chat.locator("input[type=file]").set_input_files(photo)

    mine = chat.locator(".entry.person:not(.sending)").filter(has_text="집 앞.png")
    await expect(mine).to_have_count(1)
    await _reload(chat)
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
    await _say(chat, "까치가 우는 이야기")
    await expect(chat.locator(".entry.person:not(.sending)")).to_have_count(1)
    await _say(chat, "지워줘")

    await chat.get_by_role("button", name="지워 주세요").click()

    await expect(chat.get_by_role("alert")).to_contain_text("지웠어요", timeout=10_000)
    assert "까치가 우는 이야기" not in await chat.content()
    assert await chat.evaluate("sessionStorage.length") == 0
    await _say(chat, "안녕하세요")
    await expect(chat.locator(".entry.bot").first).to_be_visible(timeout=10_000)


async def _begin(page: Page, site: str) -> None:
    await page.goto(f"{site}/chat")
    await page.locator("#begin").click()
    await page.locator(OPEN).first.wait_for()


async def _say(page: Page, text: str) -> None:
    await page.locator(".box").fill(text)
    await page.keyboard.press("Enter")


async def _reload(page: Page) -> None:
    await page.reload()
    await page.locator("#continue").click()
    await page.locator(OPEN).first.wait_for()


async def _tab_to(page: Page, selector: str) -> None:
    for _ in range(30):
        await page.keyboard.press("Tab")
        if await page.evaluate("(it) => document.activeElement.matches(it)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


async def _to_several_choices(page: Page) -> None:
    for label in ("네, 괜찮아요", "없어요", "안전 살펴보기"):
        await page.locator(OPEN).filter(has_text=label).first.click()
        await expect(page.locator(".choice.on[aria-disabled]").last).to_contain_text(label)
    await page.locator(".choice.ends:not([aria-disabled])").wait_for()
