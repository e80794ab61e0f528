"""A person and a counselor: waiting, taking, talking, handing back, closing."""

import re
import time
from pathlib import Path

from playwright.async_api import expect

from tests.browser.desk.conftest import Arrival, Seat
from tests.browser.desk.place import Desk, House, arrived, person

NEW_ON_SCREEN_S = 1.0


async def test_a_person_and_a_counselor_find_each_other(
    desk: Desk, arrives: Arrival, artifacts: Path
) -> None:
    she, conversation = await arrives(desk)
    await desk.takes(conversation)
    await desk.says("안녕하세요. 여기 있어요.")
    heard = await she.hears("여기 있어요", sender="counselor")
    await she.says("네 들려요")
    await expect(desk.hears("네 들려요")).to_be_visible(timeout=15_000)
    start = time.monotonic()
    await she.says("네, 듣고 있어요")
    await expect(desk.hears("네, 듣고 있어요")).to_be_visible(timeout=15_000)

    took = time.monotonic() - start

    assert "별" in heard["sender"]
    assert took < NEW_ON_SCREEN_S
    await expect(desk.page.locator(".entry.counselor .delivery").last).to_have_text(
        "그분 화면에 보임"
    )
    await expect(desk.page.locator(".pending")).to_have_count(0)
    await expect(desk.said.filter(has_text="여기 있어요.")).to_have_count(1)
    await desk.page.screenshot(path=artifacts / "desk-talk.png")


async def test_a_new_person_appears_without_a_reload(desk: Desk, arrives: Arrival) -> None:
    _, conversation = await arrives(desk)

    await expect(desk.row(conversation)).to_contain_text("상담사와 이야기하고 싶다고 함")
    await expect(desk.page).to_have_title(re.compile(r"^\(\d+\) 업무 화면$"))


async def test_danger_now_comes_first_and_is_said_in_words(
    desk: Desk, arrives: Arrival, house: House, artifacts: Path
) -> None:
    _, patient = await arrives(desk)
    before = await desk.ids()

    async with person(house) as she:
        await she.presses("아니요, 위험해요")
        urgent = await arrived(desk, before)
        await expect(desk.row(urgent)).to_contain_text("R0 지금")
        await expect(desk.row(urgent)).to_contain_text("지금 위험하다고 답함")
        rows = await desk.page.locator(".row").evaluate_all("all => all.map(it => it.dataset.row)")
        await desk.page.screenshot(path=artifacts / "desk-urgent.png")

    assert rows[0] == urgent or rows.index(urgent) < rows.index(patient)


async def test_who_takes_second_is_told_who_was_first(
    desk: Desk, seat: Seat, arrives: Arrival
) -> None:
    slow = await seat(name="")
    await slow.page.route_web_socket("**/desk/socket", lambda _: None)
    await slow.signs_in("haneul")
    await slow.page.route("**/desk/api/queue", lambda route: route.abort())
    await slow.page.route("**/entries?*", lambda route: route.abort())
    _, conversation = await arrives(desk)
    await slow.page.unroute("**/desk/api/queue")
    await slow.page.reload()
    await slow.chooses(conversation)
    await slow.page.route("**/desk/api/queue", lambda route: route.abort())
    await slow.page.route("**/desk/api/conversations/*", lambda route: route.abort())
    take = slow.page.locator('.talk.active [data-does="take"]')

    await desk.takes(conversation)
    await take.click()

    await expect(slow.page.locator(".notice")).to_contain_text("상담사 별 님이 먼저 맡았습니다")
    await expect(slow.box).to_have_count(0)


async def test_who_does_not_hold_a_conversation_can_only_read(
    desk: Desk, seat: Seat, arrives: Arrival
) -> None:
    other = await seat("haneul")
    _, conversation = await arrives(desk)

    await desk.takes(conversation)
    await other.chooses(conversation)

    await expect(other.page.locator(".composer")).to_contain_text("상담사 별")
    await expect(other.box).to_have_count(0)


async def test_a_conversation_goes_back_to_the_bot_at_a_chosen_step(
    desk: Desk, arrives: Arrival
) -> None:
    she, conversation = await arrives(desk)
    await desk.takes(conversation)
    page = desk.page

    await page.locator("summary", has_text="봇에게 돌려주기").click()
    steps = page.locator(".hand-back select[name=step]")
    await steps.select_option(await steps.locator("optgroup option").first.get_attribute("value"))
    await page.get_by_role("button", name="돌려주기", exact=True).click()

    await expect(page.locator(".talk-head .status")).to_have_text("봇과 대화 중")
    await expect(desk.box).to_have_count(0)
    await she.hears("", sender="bot")


async def test_a_closed_conversation_cannot_be_written_in(desk: Desk, arrives: Arrival) -> None:
    _, conversation = await arrives(desk)
    await desk.takes(conversation)
    page = desk.page

    await page.locator("summary", has_text="상담 끝내기").click()
    await page.locator(".hand-back details[open] select").select_option("응답이 없음")
    await page.get_by_role("button", name="끝내기", exact=True).click()

    await expect(page.locator(".composer")).to_contain_text("끝난 대화입니다")
    await expect(desk.box).to_have_count(0)
