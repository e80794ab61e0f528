"""The end of a shift, a call to 112, safe times and stepping aside, each in a real browser."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.accessible import AXE
from tests.browser.desk.conftest import Arrival, Seat
from tests.browser.desk.place import Desk


async def _violations(desk: Desk) -> list[str]:
    await desk.page.evaluate(AXE.read_text("utf-8"))
    found = (await desk.page.evaluate("() => axe.run()"))["violations"]
    return [one["id"] for one in found]


async def _opens(desk: Desk, window: str) -> None:
    await desk.page.locator(f'[data-opens="{window}"]').click()
    await desk.page.locator("dialog").wait_for()


async def test_a_leaving_counselor_signs_and_the_next_one_accepts(
    desk: Desk, seat: Seat, arrives: Arrival, artifacts: Path
) -> None:
    other = await seat("haneul", locale="en")
    she, conversation = await arrives(desk)
    await desk.takes(conversation)
    await desk.says("여기 있어요.")
    await _opens(desk, "shift")
    form = desk.page.locator(".sign-list")
    receiver = form.locator("option", has_text="하늘")
    await receiver.wait_for(state="attached")
    await form.locator("select").select_option(await receiver.get_attribute("value"))
    await form.locator('[data-does="sign"]').click()
    await expect(desk.page.locator("dialog")).to_contain_text("수락을 기다림")
    await desk.page.screenshot(path=artifacts / "desk-sign.png")

    await expect(other.page.locator('[data-opens="shift"]')).to_contain_text("1")
    await _opens(other, "shift")
    assert await _violations(other) == []
    await other.page.screenshot(path=artifacts / "desk-accept.png")
    await other.page.locator('[data-does="accept"]').click()
    await expect(other.page.locator("dialog")).to_contain_text("Accepted")
    await other.page.keyboard.press("Escape")
    await other.chooses(conversation)
    await other.says("이어서 들을게요")
    await she.hears("이어서 들을게요", sender="counselor")


async def test_a_call_for_her_is_recorded_and_a_conflict_takes_the_talk_away(
    desk: Desk, seat: Seat, arrives: Arrival, artifacts: Path
) -> None:
    chief = await seat("sup")
    _, conversation = await arrives(desk)
    await desk.takes(conversation)
    card = desk.page.locator(".card")
    await card.locator("summary", has_text="112").click()
    await card.locator("details[open] input[type=text]").fill("문 앞에 그 사람이 있다고 함")
    await desk.page.screenshot(path=artifacts / "desk-relay.png")
    await card.locator('[data-does="relay"]').click()
    await expect(desk.page.locator(".talk.active .note").last).to_contain_text("대신 알림")

    await card.locator("summary", has_text="이해 충돌").click()
    await card.locator("details[open] input[type=text]").last.fill("제 사촌이에요")
    await card.locator('[data-does="conflict"]').click()
    await expect(desk.row(conversation)).to_have_count(0)
    await expect(desk.page.locator(".talk")).to_have_count(0)
    await expect(chief.row(conversation)).to_contain_text("상담사를 다시 기다림")
    await _opens(chief, "tasks")
    await expect(chief.page.locator("dialog")).to_contain_text("이해 충돌을 알렸습니다")


async def test_a_supervisor_plans_a_shift_and_it_is_read(seat: Seat, artifacts: Path) -> None:
    chief = await seat("sup")
    await _opens(chief, "more")
    form = chief.page.locator("form.plan")
    await form.locator("[name=staff]").select_option(label="상담사 하늘")
    await form.locator("[name=begins]").fill("2099-01-01T09:00")
    await form.locator("[name=ends]").fill("2099-01-01T18:00")
    await form.locator("[type=submit]").click()
    await expect(chief.page.locator(".notice.grave")).to_be_visible()
    shift = await chief.page.evaluate(IN_AN_HOUR)
    for name, when in zip(("begins", "ends"), shift, strict=True):
        await form.locator(f"[name={name}]").fill(when)
    await form.locator("[type=submit]").click()
    await expect(chief.page.locator(".plan-list li")).to_contain_text("하늘")
    assert await _violations(chief) == []
    await chief.page.screenshot(path=artifacts / "desk-plan.png")
    await chief.page.locator(".plan-list button").click()
    await expect(chief.page.locator(".plan-list li")).to_have_count(0)


IN_AN_HOUR = """() => [1, 9].map((hours) => {
  const at = new Date(Date.now() + hours * 3600000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
})"""
