"""Anybody can work with cases: on a phone, in the dark, in English; nothing is cut off."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import expect

from tests.browser.cases.conftest import PHONE, WIDE, Sits
from tests.browser.cases.office import Office

Scheme = Literal["light", "dark"]
SCREENS = {"phone": (PHONE, "dark", "en-US"), "desk": (WIDE, "light", "ko-KR")}
TABS = ("overview", "referrals", "work", "safety", "places", "consents")


@pytest.mark.parametrize("screen", SCREENS)
async def test_every_view_is_accessible(sits: Sits, artifacts: Path, screen: str) -> None:
    viewport, scheme, locale = SCREENS[screen]
    office = await sits("", viewport=viewport, color_scheme=scheme, locale=locale)
    await office.page.goto(f"{office.house.address}/cases")
    await office.page.locator("#name").wait_for()
    assert await office.findings() == []
    await office.signs_in("sup")

    await _takes_a_call(office)
    await office.photographed(artifacts / f"cases-contact-{screen}.png")
    assert await office.findings() == []
    await office.page.locator(".acts a.primary").click()
    await office.page.locator(".case-head").wait_for()
    for tab in TABS:
        await office.page.locator(f"#tab-{tab}").click()
        for summary in await office.page.locator(".panel summary").all():
            await summary.click()
        await office.photographed(artifacts / f"cases-{tab}-{screen}.png")
        assert await office.findings() == [], tab
    for path in ("cases", "places", "meetings", "network", "registers"):
        await office.goes(path)
        await office.page.wait_for_timeout(300)
        await office.photographed(artifacts / f"cases-page-{path}-{screen}.png")
        assert await office.findings() == [], path


async def test_the_tabs_go_by_arrow_keys(sits: Sits) -> None:
    office = await sits("byeol")
    await _takes_a_call(office)
    await office.page.locator(".acts a.primary").click()
    await office.page.locator("#tab-overview").focus()

    await office.page.keyboard.press("ArrowRight")

    await expect(office.page.locator("#tab-referrals")).to_be_focused()
    await expect(office.page.locator("#tab-referrals")).to_have_attribute("aria-selected", "true")


async def test_who_needs_not_know_a_case_sees_nothing_of_it(sits: Sits) -> None:
    office, other = await sits("byeol"), await sits("haneul")
    await _takes_a_call(office)
    await office.page.locator(".acts a.primary").click()
    await office.page.locator(".case-head").wait_for()
    path = office.page.url.partition("#/")[2]

    await other.goes(path)

    await expect(other.page.get_by_role("alert")).to_contain_text("담당이 아니에요")
    await expect(other.page.locator(".case-head")).to_have_count(0)


async def _takes_a_call(office: Office) -> None:
    """Take in a caller of 1366 who applies for two services."""
    page = office.page
    await office.goes("contact")
    await page.locator("[name=note]").fill("전화로 이야기함")
    await page.locator("form .tick input").first.check()
    await page.locator("[name=services][value=legal]").check()
    await page.locator("[name=services][value=facility]").check()
    await page.locator("[name=applicant]").select_option("adult")
    await page.locator("[name=called_name]").fill("하늘")
    await page.locator("form button[type=submit]").click()
    await page.locator(".page .note").wait_for()
