"""An admin lets somebody of an agency sign in; she signs in at the agencies' page, on a phone."""

from pathlib import Path

from tests.browser.cases.conftest import PHONE, Sits

PASSWORD = "a long password of an agency"


async def test_somebody_of_an_agency_is_let_in(sits: Sits, artifacts: Path) -> None:
    office = await sits("", viewport=PHONE)
    page, name = office.page, "lawyer"
    await page.goto(f"{office.house.address}/desk/office")
    await page.locator("[name=name]").fill("admin")
    await page.locator("[name=password]").fill(office.house.passwords["admin"])
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="협력 기관").click()
    team = page.get_by_label("법률지원단", exact=True)
    await team.locator("summary", has_text="사람 더하기").click()
    await team.locator("[name=name]").first.fill(name)
    await team.locator("[name=role]").fill("변호사")
    await team.locator("[name=password]").fill(PASSWORD)
    await team.get_by_role("button", name="저장").first.click()
    await team.get_by_text(f"{name} · 변호사").wait_for()
    for summary in await team.locator("summary").all():
        await summary.click()
    await office.photographed(artifacts / "office-network.png")
    assert await office.findings() == []

    await page.context.clear_cookies()
    await page.goto(f"{office.house.address}/r")
    await page.get_by_label("이름 · Name").fill(name)
    await page.get_by_label("비밀번호 · Password").fill(PASSWORD)
    assert await office.findings() == []
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="법률지원단").wait_for()
    await office.photographed(artifacts / "agency.png")
    assert await office.findings() == []
