"""The takeover card: what she answered and applied for, covered until it is asked for."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect
from ruamel.yaml import YAML

from tests.browser.desk.phones import Phone, phone
from tests.browser.desk.place import Desk, House, arrived
from tests.sources import CHECKOUT

DIALOGUE = CHECKOUT / "tests/dialogues/apply-two-services-telegram.yaml"
NUMBER = "010-1234-5678"


@pytest.fixture
async def applied(desk: Desk, house: House) -> str:
    """A conversation on Telegram whose application was submitted; its id."""
    before = await desk.ids()
    her = await phone(desk.page, house, "telegram")
    read: Any = YAML(typ="safe", pure=True).load(DIALOGUE)
    for line in read["talk"]:
        await _plays(her, line)
    await her.does("text", text="상담사")
    conversation = await arrived(desk, before)
    await expect(desk.row(conversation)).to_contain_text("R2 곧")
    return conversation


async def test_the_card_shows_the_application_and_covers_what_names_her(
    desk: Desk, applied: str, artifacts: Path
) -> None:
    await desk.takes(applied)
    card = desk.page.locator(".card")

    await expect(card).to_contain_text("머물 곳, 경호")
    await expect(card).to_contain_text("접수번호 끝")
    assert NUMBER not in (await card.inner_text()).replace(" ", "")
    await desk.page.screenshot(path=artifacts / "desk-card.png")
    covered = card.locator(".fields > div", has_text="전화번호").first
    await covered.get_by_role("button").click()

    assert "5678" in await covered.inner_text()
    await covered.get_by_role("button").click()
    assert "5678" not in await covered.inner_text()


async def test_stored_personal_data_is_not_sent_to_a_messenger_by_accident(
    desk: Desk, applied: str
) -> None:
    await desk.takes(applied)

    await desk.says("이 번호가 맞나요? 010 1234 5678")
    await expect(desk.page.locator(".doubt")).to_contain_text("저장된 개인정보")
    await expect(desk.page.locator(".pending")).to_have_count(0)
    await desk.page.get_by_role("button", name="고치기").click()
    await desk.says("적어 주신 번호로 연락드릴까요?")

    await expect(desk.hears("적어 주신 번호로 연락드릴까요?")).to_be_visible(timeout=15_000)
    await expect(desk.page.locator(".entry.counselor .said")).to_have_count(1)


async def _plays(her: Phone, line: dict[str, Any]) -> None:
    if "she" in line:
        await her.does("text", text=str(line["she"]))
    elif "presses" in line:
        await her.presses(line["presses"])
    elif "bot" in line:
        for said in line["bot"]:
            await her.sees(said)
