"""The office in a real browser: education, a survey, numbers and duties from end to end."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from tests.browser.accessible import holds
from tests.browser.desk.place import House

SURVEY = (
    "동의해요", "네", "19~29세", "여성", "도심권", "혼자 살아요", "해당 없어요", "네",
)  # fmt: skip
CHOSEN = {"기관 종류": "school", "대상": "pupils", "방식": "visit", "주제": "basics"}


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days, hours=9)).date().isoformat()


async def office(browser: Browser, house: House, width: int = 1280) -> Page:
    context = await browser.new_context(
        locale="ko-KR", viewport={"width": width, "height": 800}, accept_downloads=True
    )
    page = await context.new_page()
    await page.goto(f"{house.address}/desk/office")
    await page.get_by_label("이름").fill("sup")
    await page.get_by_label("비밀번호").fill(house.passwords["sup"])
    await page.get_by_role("button", name="들어가기").click()
    await page.get_by_role("heading", name="통계", level=1).wait_for()
    return page


async def view(page: Page, name: str) -> None:
    await page.get_by_role("navigation").get_by_role("button", name=name).click()
    await page.get_by_role("heading", name=name, level=1).wait_for()


async def test_education_from_the_form_to_the_year(browser: Browser, house: House) -> None:
    context = await browser.new_context(locale="ko-KR")
    school = await context.new_page()
    await school.goto(f"{house.address}/education")
    for label, text in (
        ("기관 이름", "가온중학교"), ("담당자 이름", "담당 선생님"),
        ("연락처 (전화나 메일)", "02-000-0000"), ("장소", "강당"), ("인원", "120"),
    ):  # fmt: skip
        await school.get_by_label(label, exact=True).fill(text)
    for label, choice in CHOSEN.items():
        await school.get_by_label(label, exact=True).select_option(choice)
    await school.get_by_label("날짜 1").fill(day(20))
    await school.get_by_label("동의해요").check()
    await school.get_by_role("button", name="신청하기").click()
    mine = await school.locator("main a[href^='/education/']").get_attribute("href")

    page = await office(browser, house)
    await view(page, "교육")
    card = page.get_by_label("가온중학교").first
    await card.get_by_role("button", name="확정").click()
    await card.get_by_label("강사").fill("강사 하나")
    await card.locator("form").get_by_role("button", name="확정").click()
    await page.locator(".list li", has_text="강사 하나").wait_for()
    await card.get_by_role("button", name="마침").click()
    await card.locator("form").get_by_role("button", name="마침").click()
    await card.locator(".badge", has_text="마침").wait_for()

    await school.goto(f"{house.address}{mine}")
    assert await school.get_by_text("강사 하나").is_visible()
    await school.get_by_label("매우 좋음", exact=True).check()
    await school.get_by_role("button", name="신청하기").click()
    assert await school.get_by_role("status").first.inner_text() == "의견을 받았어요. 고맙습니다."


async def test_a_survey_from_the_invitation_to_the_answer(browser: Browser, house: House) -> None:
    page = await office(browser, house)
    await view(page, "실태조사")
    await page.get_by_label("이름").fill("2026년 조사")
    await page.get_by_label("첫날").fill(day(-1))
    await page.get_by_label("마지막 날").fill(day(1))
    await page.get_by_role("button", name="시작하기").click()
    card = page.get_by_label("2026년 조사").first
    await card.get_by_role("button", name="초대 만들기").click()
    codes = await card.locator(".codes").input_value()

    context = await browser.new_context(locale="ko-KR", viewport={"width": 360, "height": 740})
    phone = await context.new_page()
    await phone.goto(f"{house.address}/survey")
    await phone.get_by_label("초대 번호").fill(codes.splitlines()[0])
    await phone.get_by_role("button", name="시작하기").click()
    for answer in SURVEY:
        await phone.get_by_label(answer, exact=True).check()
        await phone.get_by_role("button", name="다음").click()
    await phone.get_by_role("button", name="보내기").click()

    assert await phone.get_by_text("답이 보내졌어요").is_visible()
    assert await context.cookies() == []
    await phone.goto(f"{house.address}/survey")
    await phone.get_by_label("초대 번호").fill(codes.splitlines()[0])
    await phone.get_by_role("button", name="시작하기").click()
    assert await phone.get_by_role("alert").is_visible()


async def test_numbers_are_downloaded_for_a_reason_and_the_log_is_reviewed(
    browser: Browser, house: House
) -> None:
    page = await office(browser, house)
    page.on("dialog", lambda dialog: dialog.accept())
    await page.get_by_label("내려받는 까닭").fill("월간 보고")
    async with page.expect_download() as download:
        await page.get_by_role("button", name="CSV로 받기").click()
    await page.get_by_role("button", name="공개하기").click()
    released = page.locator("a[href^='/numbers/']").first
    await released.wait_for()
    link = await released.get_attribute("href")

    assert (await download.value).suggested_filename == "numbers.csv"
    await view(page, "접속기록")
    await page.get_by_label("점검 결과").fill("이상 없음")
    await page.get_by_role("button", name="점검 완료").click()
    await page.locator(".list li", has_text="이상 없음").wait_for()
    await page.goto(f"{house.address}{link}")
    assert re.search("5보다 작은 수", await page.content())


async def test_a_breach_is_recorded_and_closed(browser: Browser, house: House) -> None:
    page = await office(browser, house)
    await view(page, "유출 대응")
    await page.locator("summary").click()
    await page.get_by_label("알게 된 때").fill(f"{day(-1)}T09:00")
    await page.get_by_label("무슨 일이 있었나").fill("목록 파일이 잘못 보내짐")
    await page.get_by_label("새어 나간 항목").fill("접수번호")
    await page.get_by_role("button", name="시작하기").click()
    card = page.get_by_label("목록 파일이 잘못 보내짐").first
    for act in ("report", "close"):
        await card.get_by_role("combobox").select_option(act)
        await card.get_by_label("내용").fill("했음")
        await card.get_by_role("button", name="저장").click()
        await card.locator(".list li", has_text="했음").nth(int(act == "close")).wait_for()

    assert await card.locator(".badge", has_text="끝남").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
async def test_everybody_can_use_the_office(
    browser: Browser, house: House, artifacts: Path, width: int
) -> None:
    page = await office(browser, house, width)

    for name in ("통계", "교육", "실태조사", "접속기록", "유출 대응"):
        await view(page, name)
        await page.wait_for_load_state("networkidle")
        await holds(page, artifacts / f"office-{name}-{width}.png")
