"""An admin who never saw YAML changes a question, adds a branch, tries it, has it published."""

import re
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.studio.conftest import Sits

NEW = "이 휴대폰이나 이 대화를 다른 사람이 볼 수 있나요?"
LONG = "직장에 있는 사람이 볼 수도 있어요"
SLOW_MS = 20_000
expect.set_options(timeout=SLOW_MS)


async def test_the_whole_way_from_a_question_to_a_roll_back(sits: Sits, artifacts: Path) -> None:
    first = await sits("admin")
    await _begins(first, "대화를 볼 사람")
    await _changes_the_question(first)
    await _adds_a_branch(first)
    await _sees_and_mends_the_check(first)
    await _tries_and_keeps_a_dialogue(first)
    await first.screenshot(path=artifacts / "studio-try.png")
    await _proposes(first)

    second = await sits("admin2")
    await second.get_by_role("button", name="무엇이 달라지나: 판 2").click()
    await second.get_by_text("답 “직장 사람”이(가) 새로 생김").wait_for()
    await second.screenshot(path=artifacts / "studio-compare.png")
    await _does(second, "게시: 판 2", "읽어 봤음")
    card = second.locator(".card", has=second.get_by_role("heading", name="판 2"))
    await expect(card).to_contain_text("지금 쓰는 판")
    await _does(second, "이 판으로 되돌리기: 판 1", "다시 의논")
    old = second.locator(".card", has=second.get_by_role("heading", name="판 1"))
    await expect(old).to_contain_text("지금 쓰는 판")
    await expect(second.locator(".book li").first).to_contain_text("되돌림")


async def _begins(page: Page, title: str) -> None:
    await page.get_by_role("button", name="새 초안").click()
    await page.get_by_label("무엇을 바꾸나요?").fill(title)
    await page.keyboard.press("Enter")
    await page.locator(".node").first.wait_for()


async def _changes_the_question(page: Page) -> None:
    await page.locator(".node", has_text="phone").click()
    question = page.get_by_label("말풍선 1 (ko)")
    await question.fill(NEW)
    await page.keyboard.press("Tab")
    await (
        page.get_by_role("button", name="되돌리기", exact=True)
        .and_(page.locator(":not([disabled])"))
        .wait_for()
    )
    await page.keyboard.press("Escape")
    await page.get_by_role("tab", name="그림").focus()
    await page.keyboard.press("ArrowRight")  # the readable document, by keyboard
    await expect(page.locator(".page.chosen")).to_contain_text(NEW)
    await page.keyboard.press("ArrowRight")  # the same in YAML
    await expect(page.get_by_role("textbox", name="opening.yaml")).to_have_value(
        _holds(NEW), timeout=SLOW_MS
    )
    await page.get_by_role("tab", name="그림").click()


def _holds(text: str) -> re.Pattern[str]:

    return re.compile(re.escape(text))


async def _adds_a_branch(page: Page) -> None:
    await page.get_by_role("button", name="단계 더하기").click()
    await page.get_by_label("새 이름").fill("work_note")
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="work_note").wait_for()
    await page.get_by_label("말풍선 1 (ko)").fill("직장에서는 이 화면을 닫아 두셔도 돼요.")
    await page.get_by_label("말풍선 1 (en)").fill("At work you can keep this screen closed.")
    await _leads_to(page, "다음 단계", "honest")
    await page.locator(".node", has_text="phone").first.click()
    await page.get_by_role("button", name="답 더하기").click()
    await page.get_by_label("새 답의 이름").fill("work")
    await page.keyboard.press("Enter")
    await page.locator("summary", has_text="work").click()
    await page.get_by_label("답 work 단추 (ko)").fill(LONG)
    await page.get_by_label("답 work 단추 (en)").fill("Someone at work")
    await _leads_to(page, "답 work 다음", "work_note")


async def _leads_to(page: Page, label: str, step: str) -> None:
    """Choose a step from a list, which is filled when one comes to it."""
    goals = page.get_by_label(label, exact=True)
    await goals.focus()
    await goals.select_option(step)


async def _sees_and_mends_the_check(page: Page) -> None:
    await expect(page.locator(".limits.over").first).to_contain_text("카카오톡에는 너무 깁니다")
    await page.get_by_role("tab", name="검사").click()
    await expect(page.locator(".problems li").first).to_contain_text("too long for a button")
    await page.locator(".problems .link").first.click()
    await page.get_by_role("tab", name="단계").click()
    await page.locator("summary", has_text="work").click()
    await page.get_by_label("답 work 단추 (ko)").fill("직장 사람")
    await page.keyboard.press("Tab")
    await expect(page.locator(".strip .state")).to_have_text("문제가 없습니다.")


async def _tries_and_keeps_a_dialogue(page: Page) -> None:
    await page.get_by_role("tab", name="해 보기").click()
    await page.get_by_role("button", name="네, 괜찮아요").click()
    await page.get_by_role("button", name="직장 사람").click()
    await expect(page.get_by_role("log")).to_contain_text("화면을 닫아 두셔도 돼요")
    await page.get_by_role("button", name="대화로 저장").click()
    await page.get_by_label("대화의 이름").fill("직장 사람이 볼 때")
    await page.keyboard.press("Enter")
    await expect(page.locator(".notice")).to_contain_text("저장했습니다")
    await page.get_by_role("tab", name="검사").click()
    await page.get_by_text("1건이 그대로입니다").wait_for()
    await page.get_by_role("tab", name="해 보기").click()


async def _proposes(page: Page) -> None:
    await page.get_by_role("button", name="제안하기").click()
    await page.get_by_label("이유").fill("직장 사람을 따로 묻는다")
    await page.keyboard.press("Enter")
    await expect(page.locator(".notice")).to_contain_text("판 2")


async def _does(page: Page, name: str, reason: str) -> None:
    await page.get_by_role("button", name=name).click()
    await page.get_by_label("이유", exact=True).fill(reason)
    await page.keyboard.press("Enter")
