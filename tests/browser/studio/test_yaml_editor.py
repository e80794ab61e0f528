"""The script as text: what may stand there and what is wrong hang at the cursor."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.studio.conftest import Sits


async def test_words_and_problems_are_shown_at_the_cursor(sits: Sits, artifacts: Path) -> None:
    page = await sits("admin")
    await page.get_by_role("button", name="새 초안").click()
    await page.get_by_label("무엇을 바꾸나요?").fill("글로 고치기")
    await page.keyboard.press("Enter")
    await page.locator('.node:has-text("not_now")').first.click()
    await page.get_by_role("tab", name="YAML").click()
    await page.get_by_label("보는 곳").select_option("step")
    box = page.get_by_role("textbox", name="opening.yaml")
    whole = await box.input_value()
    await box.fill(whole.rstrip() + "\n    simp")
    await box.press_sequentially("l")
    offered = page.get_by_role("option", name="simpler:")
    text, list_ = await box.bounding_box(), await offered.bounding_box()
    await page.screenshot(path=artifacts / "studio-at-cursor.png")
    await box.press("ArrowDown")
    await box.press("Enter")

    await expect(box).to_have_value(whole.rstrip() + "\n    simpler: ")
    assert text is not None
    assert list_ is not None
    assert text["y"] < list_["y"] < text["y"] + text["height"]
    await box.fill(whole.rstrip().replace("    goto:", "    g0to:") + "\n    oops: yes")
    await page.get_by_role("button", name="적용").click()
    problem = page.locator(".at-cursor-problem").first
    await box.press("ControlOrMeta+End")
    await expect(problem).to_contain_text("oops", timeout=20_000)


async def test_a_reload_and_back_lead_to_where_one_was(sits: Sits) -> None:
    page = await sits("admin")
    await page.get_by_role("button", name="새 초안").click()
    await page.get_by_label("무엇을 바꾸나요?").fill("다시 열기")
    await page.keyboard.press("Enter")
    await page.locator('.node:has-text("phone")').first.click()
    await page.reload()
    await page.get_by_role("heading", name="phone", exact=True).wait_for()
    await page.go_back()
    await page.get_by_role("heading", name="초안", exact=True).wait_for()
