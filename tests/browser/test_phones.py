"""The demo phones: what one can do on a phone works on both, through the real channels."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

PHONES = ["#telegram", "#kakao"]


@pytest.fixture
async def page(away: BrowserContext, site: str) -> AsyncIterator[Page]:
    page = await away.new_page()
    await page.set_viewport_size({"width": 1280, "height": 1000})
    await page.goto(f"{site}/phones")
    yield page
    await page.close()


@pytest.fixture(params=PHONES)
async def phone(page: Page, request: pytest.FixtureRequest) -> Locator:
    """A phone in the hands of somebody who has not written yet."""
    phone = page.locator(str(request.param))
    empty = phone.get_by_role("button", name="시작", exact=True)
    for _ in range(20):
        await expect(phone.locator(".entry").first).to_be_visible()
        if await empty.count():
            return phone
        await phone.get_by_role("button", name="사람 더하기").click()
    return pytest.fail("everybody has written already")


async def test_a_person_comes_in_and_answers_by_button(phone: Locator) -> None:
    await phone.get_by_role("button", name="시작", exact=True).click()
    await expect(phone.locator(".entry.bot").last).to_contain_text("안전한가요")

    await phone.get_by_role("button", name="네, 괜찮아요").click()

    await expect(phone.locator(".entry.bot").last).to_contain_text("볼 수 있는 사람")


async def test_a_person_writes_freely(phone: Locator) -> None:
    await _say(phone, "안녕하세요")

    await expect(phone.locator(".entry.person").last).to_contain_text("안녕하세요")
    await expect(phone.locator(".entry.bot").last).to_be_visible()


async def test_a_person_sends_a_photo(phone: Locator, page: Page, tmp_path: Path) -> None:
    photo = tmp_path / "door.png"
    await page.screenshot(path=photo, clip={"x": 0, "y": 0, "width": 60, "height": 40})
    await _say(phone, "안녕하세요")
    await expect(phone.locator(".entry.bot").last).to_be_visible()
    answers = await phone.locator(".entry.bot").count()

    await phone.locator("input[type=file]").set_input_files(photo)

    await expect(phone.locator(".entry.person img.picture")).to_have_count(1)
    await expect(phone.locator(".entry.bot")).not_to_have_count(answers)
    shown = "(image) => image.complete && image.naturalWidth"
    assert await phone.locator("img.picture").evaluate(shown) == 60


async def test_a_person_blocks_and_unblocks(phone: Locator) -> None:
    await _say(phone, "안녕하세요")
    await expect(phone.locator(".entry.bot").last).to_be_visible()

    await phone.get_by_role("button", name="차단하기").click()
    await expect(phone.get_by_role("button", name="차단 풀기")).to_be_visible()
    await _say(phone, "막힌 글")
    await expect(phone.get_by_role("alert")).to_contain_text("block")
    await expect(phone.locator(".box")).to_have_value("막힌 글")
    await phone.get_by_role("button", name="차단 풀기").click()
    await expect(phone.get_by_role("button", name="차단하기")).to_be_visible()
    await phone.locator(".send").click()

    await expect(phone.locator(".entry.person").last).to_contain_text("막힌 글")


@pytest.mark.parametrize("phone", ["#telegram"], indirect=True)
async def test_a_person_changes_what_she_wrote(phone: Locator) -> None:
    await _say(phone, "틀린 글")
    await expect(phone.locator(".entry.person")).to_have_count(1)

    await phone.get_by_role("button", name="고치기").click()
    await _say(phone, "맞는 글")

    await expect(phone.locator(".entry.person")).to_contain_text("맞는 글")
    await expect(phone.locator(".entry.person")).to_contain_text("고침")
    await expect(phone.locator(".entry.person")).to_have_count(1)


@pytest.mark.parametrize("phone", ["#telegram"], indirect=True)
async def test_a_one_time_link_leads_to_the_question_that_was_open(phone: Locator) -> None:
    await phone.get_by_role("button", name="시작", exact=True).click()
    link = phone.get_by_role("link", name="웹에서 이어가기")
    await phone.get_by_role("button", name="네, 괜찮아요").click()
    await phone.get_by_role("button", name="그 사람이 볼 수 있어요").click()
    await expect(link).to_be_visible(timeout=10_000)

    async with phone.page.expect_popup() as opening:
        await link.click()
    web = await opening.value
    await web.locator("#begin").click()

    await expect(web.locator(".entry.bot").last).to_contain_text("어떻게 이어갈까요")
    assert "#" not in web.url
    await expect(web.locator(".entry.person")).to_have_count(0)
    await web.close()


async def _say(phone: Locator, text: str) -> None:
    await phone.locator(".box").fill(text)
    await phone.locator(".send").click()
