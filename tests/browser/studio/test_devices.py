"""The studio's phones show a message as each channel will, and play what goes wrong on the way."""

from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.studio.conftest import Sits

SLOW_MS = 20_000


async def _opens(page: Page, step: str) -> None:
    await page.get_by_role("button", name="새 초안").click()
    await page.get_by_label("무엇을 바꾸나요?").fill("미리 보기")
    await page.keyboard.press("Enter")
    await page.locator(f'.node:has-text("{step}")').first.click()


async def test_a_message_is_seen_as_each_channel_will_show_it(sits: Sits, artifacts: Path) -> None:
    page = await sits("admin")
    await _opens(page, "phone")
    await page.locator("summary", has_text="nobody").first.click()
    await page.get_by_label("답 nobody 단추 (ko)").fill("네, 다른 사람이 볼 수도 있을 것 같아요")
    await page.keyboard.press("Tab")
    await page.get_by_role("tab", name="미리 보기").click()
    kakao = page.get_by_role("region", name="카카오톡")
    telegram = page.get_by_role("region", name="텔레그램")

    await expect(kakao.get_by_role("button", name="…")).to_have_count(1, timeout=SLOW_MS)
    await expect(telegram.get_by_role("button", name="있을 것 같아요")).to_have_count(1)
    await expect(kakao).to_contain_text("14자까지")
    await page.set_viewport_size({"width": 1360, "height": 2400})
    await page.screenshot(path=artifacts / "studio-preview.png")


async def test_an_overtaken_message_is_seen_on_its_way_and_arriving(sits: Sits) -> None:
    page = await sits("admin")
    await _opens(page, "phone")
    await page.get_by_role("tab", name="해 보기").click()
    talk = page.get_by_role("log")
    await talk.get_by_role("button", name="네, 괜찮아요").wait_for()
    await page.get_by_label("일부러 내는 탈").select_option("reordered")
    await page.get_by_label("메시지 쓰기").fill("네")
    await page.keyboard.press("Enter")
    await expect(talk).to_contain_text("보내는 중", timeout=SLOW_MS)
    await page.get_by_label("일부러 내는 탈").select_option("")
    await page.get_by_label("메시지 쓰기").fill("메뉴")
    await page.keyboard.press("Enter")

    await expect(talk).to_contain_text("이제 도착: 네", timeout=SLOW_MS)
