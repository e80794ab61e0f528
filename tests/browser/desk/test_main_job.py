"""The main job in a real browser: from the first hello to a counselor's voice, and back."""

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.desk.glass import Glass
from tests.browser.desk.place import Desk, House
from tests.personas.people import Person

PHONE: ViewportSize = {"width": 360, "height": 740}
READ_S = 2.0
STATIONS = {
    "web": ("지원 신청하기", "조금 불안해요", "심리 상담", "이대로 보낼게요", ""),
    "telegram": ("지원 신청하기", "두렵지 않아요", "머물 곳", "이대로 보낼게요", ""),
}
"""Before she does this (and at the end) a picture is taken."""
Holds = Callable[[str], Awaitable[Person]]
Shot = Callable[[Any, str], Awaitable[None]]


@pytest.fixture
async def holds(browser: Browser, house: House) -> AsyncIterator[Holds]:
    """Give a new person a screen of 360 pixels: `telegram`, `kakao` or `web`."""
    async with AsyncExitStack() as stack:

        async def hold(channel: str) -> Person:
            context = await browser.new_context(
                locale="ko-KR", timezone_id="Asia/Seoul", viewport=PHONE
            )
            stack.push_async_callback(context.close)
            page = await context.new_page()
            if channel == "web":
                await page.goto(f"{house.address}/chat")
                await page.locator("#begin").click()
                return Person(Glass(page, page.locator("#chat")))
            await page.goto(f"{house.address}/phones")
            phone = page.locator(f"#{channel}")
            await _new_person_on(phone)
            return Person(Glass(page, phone.locator(".phone")))

        yield hold


async def _new_person_on(phone: Locator) -> None:
    """Take the phone of somebody who has not written yet."""
    for _ in range(10):
        await phone.get_by_role("button", name="사람 더하기").click()
        await phone.locator(".entry").first.wait_for()
        if await phone.get_by_role("button", name="시작", exact=True).count():
            return
    pytest.fail("everybody has written already")


@pytest.mark.parametrize("channel", ["web", "telegram"])
async def test_from_the_first_hello_to_a_counselor_and_back(
    holds: Holds, desk: Desk, artifacts: Path, channel: str
) -> None:
    before = await desk.ids()
    she = await holds(channel)

    await _applies(she, channel, artifacts)
    await she.presses("사람과 이야기")
    await she.hears("상담사에게 알렸어요")
    (conversation,) = await desk.ids() - before
    await _is_seen(desk, conversation, artifacts / f"main-job-{channel}-6-queue.png")
    await desk.takes(conversation)
    await _talk(she, desk, artifacts, channel)
    await _goes_back_to_the_bot(she, desk)
    await _ends(she, desk, conversation)


async def _applies(she: Person, channel: str, artifacts: Path) -> None:
    """Act out the application; keep a picture of every station."""
    dialogue, since = f"apply-two-services-{channel}", ""
    for number, until in enumerate(STATIONS[channel], start=1):
        opened = channel == "web" and not since
        await she.acts_out(dialogue, since=since, until=until, opened=opened)
        await _glass(she).photographed(artifacts / f"main-job-{channel}-{number}.png")
        since = until
    assert len(await she.receipt()) == 8


async def _is_seen(desk: Desk, conversation: str, picture: Path) -> None:
    row = desk.row(conversation)
    why = row.locator(".row-why")
    await expect(why).to_have_attribute("title", re.compile("신청이 들어옴"))
    await expect(why).to_have_attribute("title", re.compile("사람과 이야기하고 싶어 함"))
    await desk.chooses(conversation)
    await desk.page.wait_for_timeout(250)
    await desk.page.screenshot(path=picture)


async def _talk(she: Person, desk: Desk, artifacts: Path, channel: str) -> None:
    """Both write and read; each word is there within two seconds."""
    start = time.monotonic()
    await desk.says("안녕하세요. 신청서를 읽었어요.")
    await she.hears("신청서를 읽었어요")
    read_by_her = time.monotonic() - start
    await _glass(she).photographed(artifacts / f"main-job-{channel}-7-counselor.png")

    start = time.monotonic()
    await she.says("고맙습니다. 오늘 밤이 걱정돼요.")
    await expect(desk.said.last).to_have_text("고맙습니다. 오늘 밤이 걱정돼요.")
    read_at_the_desk = time.monotonic() - start
    await desk.page.screenshot(path=artifacts / f"main-job-{channel}-8-desk.png")

    assert read_by_her < READ_S
    assert read_at_the_desk < READ_S


async def _goes_back_to_the_bot(she: Person, desk: Desk) -> None:
    page = desk.page
    await page.locator("summary", has_text="봇에게 돌려주기").click()
    await page.locator(".hand-back select[name=step]").select_option("opening/menu")
    she.before = len(await she.phone.bubbles())
    await page.get_by_role("button", name="돌려주기", exact=True).click()
    await she.hears("무엇부터 할까요")
    await expect(desk.box).to_have_count(0)

    await she.presses("정보 보기")

    await she.hears("무엇을 볼까요")


async def _ends(she: Person, desk: Desk, conversation: str) -> None:
    page = desk.page
    await desk.takes(conversation)
    await page.locator("summary", has_text="상담 끝내기").click()
    await page.locator(".hand-back details[open] select").select_option("응답이 없음")
    she.before = len(await she.phone.bubbles())
    await page.get_by_role("button", name="끝내기", exact=True).click()

    await she.hears("112")
    await expect(page.locator(".composer")).to_contain_text("끝난 대화입니다")


def _glass(she: Person) -> Glass:
    assert isinstance(she.phone, Glass)
    return she.phone


async def test_a_one_time_link_leads_to_the_page_which_shows_only_what_comes_after(
    holds: Holds, house: House, browser: Browser, artifacts: Path
) -> None:
    on_telegram = await holds("telegram")
    await on_telegram.acts_out("apply-two-services-telegram", until="파란 대문 열둘")
    link = _glass(on_telegram).root.get_by_role("link", name="웹에서 이어가기").last
    address = await link.get_attribute("href")
    assert address
    before = await on_telegram.screen()

    async with await browser.new_context(locale="ko-KR", viewport=PHONE) as context:
        page = await context.new_page()
        on_page = await _opens(page, address)
        await page.wait_for_timeout(1000)
        await _glass(on_page).photographed(artifacts / "main-job-link-1.png")
        assert page.url == f"{house.address}/chat"
        await on_page.says("파란 대문 열둘")
        await on_page.hears("암호말을 정했어요", "어떤 지원을")
        await _glass(on_page).photographed(artifacts / "main-job-link-2.png")
        told = await on_page.screen()
        stranger = await _opens(await context.new_page(), address)
        await stranger.hears("지금 이야기해도 안전한가요")

    assert "신청 동의" not in told
    assert await on_telegram.receipt() not in told
    assert await on_telegram.screen() == before


async def _opens(page: Page, address: str) -> Person:
    await page.goto(address)
    await page.locator("#begin").click()
    return Person(Glass(page, page.locator("#chat")))
