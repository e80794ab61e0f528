"""The person's page: nothing lost, nothing doubled, usable by keyboard, and nothing kept."""

import asyncio
import json

from playwright.async_api import BrowserContext, Page, WebSocketRoute, expect

from tests.browser.page_acts import OPEN, begin, reload, say, tab_to, to_several_choices

HOSTILE = "<img src=x onerror=alert(1)>\u202e 뒤집힌 글 </script>"


async def test_what_is_written_offline_goes_out_once(chat: Page) -> None:
    mine = chat.locator(".entry.person").filter(has_text="지하철이에요")
    await chat.context.set_offline(True)

    await say(chat, "지하철이에요")
    await expect(mine).to_contain_text("보내는 중")
    await expect(chat.locator(".state.lost")).to_be_visible()
    await chat.context.set_offline(False)

    await expect(mine).not_to_contain_text("보내는 중", timeout=20_000)
    await reload(chat)
    await expect(mine).to_have_count(1)


async def test_a_lost_acknowledgement_doubles_nothing(away: BrowserContext, site: str) -> None:
    page = await away.new_page()
    await page.route_web_socket("**/chat/socket", _cuts_at_the_first_answer)
    await begin(page, site)

    await say(page, "한 번만 보낸 글")

    mine = page.locator(".entry.person:not(.sending)").filter(has_text="한 번만 보낸 글")
    await expect(mine).to_have_count(1, timeout=20_000)
    await reload(page)
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
    await begin(page, site)
    await page.clock.fast_forward(25_000)
    await page.wait_for_timeout(500)
    before = len(lines)

    await page.clock.fast_forward(15_000)
    async with asyncio.timeout(10):
        await replaced.wait()

    assert before == 1
    assert len(lines) == 2
    await say(page, "아직 거기 있나요")
    await expect(page.locator(".entry.person:not(.sending)")).to_have_count(1)
    await page.close()


async def test_a_living_line_is_left_alone(away: BrowserContext, site: str) -> None:
    page = await away.new_page()
    lines: list[str] = []
    page.on("websocket", lambda line: lines.append(line.url))
    await page.clock.install()
    await begin(page, site)

    for _ in range(4):
        await page.clock.fast_forward(21_000)
        await page.wait_for_timeout(300)

    assert len(lines) == 1
    await page.close()


async def test_the_talk_goes_on_after_a_reload(chat: Page) -> None:
    await say(chat, "다시 올게요")
    await expect(chat.locator(".entry.person:not(.sending)")).to_contain_text("다시 올게요")

    await chat.reload()
    shown_before = await chat.locator(".entry").count()
    await chat.locator("#continue").click()

    assert shown_before == 0
    await expect(chat.locator(".entry.person")).to_contain_text("다시 올게요")


async def test_a_new_talk_shows_nothing_of_the_old_one(chat: Page) -> None:
    await say(chat, "옛날 이야기")
    await expect(chat.locator(".entry.person:not(.sending)")).to_have_count(1)

    await chat.reload()
    await chat.locator("#fresh").click()
    await chat.locator(OPEN).first.wait_for()

    assert "옛날 이야기" not in await chat.content()


async def test_the_browser_keeps_only_the_way_back_of_this_tab(chat: Page) -> None:
    await say(chat, "비밀 이야기")
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
    await tab_to(page, "#begin")
    await page.keyboard.press("Enter")
    await page.locator(OPEN).first.wait_for()

    await tab_to(page, OPEN)
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
    await to_several_choices(chat)
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
    await reload(chat)
    await expect(chat.locator(".choice[aria-pressed=true]")).to_have_count(1)
    await expect(chat.locator(".entry")).to_have_count(bubbles)


async def test_what_anybody_writes_stays_text(chat: Page) -> None:
    dialogs: list[str] = []
    chat.on("dialog", lambda dialog: dialogs.append(dialog.message))

    await say(chat, HOSTILE)
    bubble = chat.locator(".entry.person:not(.sending) .text")
    await expect(bubble).to_have_text(HOSTILE)

    assert await bubble.locator("*").count() == 0
    assert await bubble.get_attribute("dir") == "auto"
    assert not dialogs
