"""One can work at the desk for eight hours: anybody, by keyboard, on a tablet, in English."""

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Page, expect

from tests.browser.desk.conftest import Arrival, Seat
from tests.browser.desk.place import Desk, House, person
from tests.sources import CHECKOUT

AXE = CHECKOUT / "web/node_modules/axe-core/axe.min.js"
TABLET = {"width": 834, "height": 1112}
FIRST_PAINT_MS = 1_000
CROWD = 40
HOSTILE = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    "javascript:window.ran=1",
    "{{constructor.constructor('window.ran=1')()}}",
    "\u202eاتصل بي \u202d<svg onload=window.ran=1>",
    "\u200b\u2060\u200b",
    "ㅋ" * 3_000,
)
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
FIND = (
    "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
)
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
Scheme = Literal["light", "dark"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["desk", "tablet"])
async def test_every_view_is_accessible(
    seat: Seat, arrives: Arrival, artifacts: Path, scheme: Scheme, screen: str
) -> None:
    viewport = TABLET if screen == "tablet" else {"width": 1280, "height": 800}
    locale = "en-US" if screen == "tablet" else "ko-KR"
    desk = await seat(name="", viewport=viewport, color_scheme=scheme, locale=locale)
    page = desk.page
    await desk.opens()
    await page.locator("#name").wait_for()
    assert await _findings(page) == []

    await desk.signs_in()
    _, conversation = await arrives(desk)
    assert await _findings(page) == []
    await desk.takes(conversation)
    await page.keyboard.type("적어 둔 글")
    assert await _findings(page) == []
    await page.keyboard.press("Escape")
    await page.keyboard.press("q")
    if screen == "tablet":
        await page.get_by_role("button", name="Takeover card").click()
    for form in await page.locator(".hand-back summary").all():
        await form.click()
    assert await _findings(page) == []
    await page.screenshot(path=artifacts / f"desk-{screen}-{scheme}.png")
    assert await page.evaluate(WIDE) <= 0

    await page.locator(".bar").get_by_role("button").nth(1).click()
    await page.locator("dialog").wait_for()
    assert await _findings(page) == []


async def test_the_first_paint_is_quick(desk: Desk) -> None:
    await desk.page.reload()
    await desk.page.locator(".queue").wait_for()

    assert await desk.page.evaluate(PAINT) < FIRST_PAINT_MS


async def test_the_desk_asks_nobody_else_and_breaks_no_policy(
    seat: Seat, house: House, arrives: Arrival
) -> None:
    desk = await seat(name="")
    asked: list[str] = []
    warned: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.page.on("console", lambda message: warned.append(message.text))

    await desk.signs_in()
    _, conversation = await arrives(desk)
    await desk.takes(conversation)
    await desk.says("안녕하세요")
    await expect(desk.page.locator(".pending")).to_have_count(0)

    assert [url for url in asked if not url.startswith(house.address)] == []
    assert [text for text in warned if "Content Security Policy" in text] == []


async def test_nothing_that_she_writes_is_run_or_reaches_out_of_its_bubble(
    desk: Desk, arrives: Arrival
) -> None:
    she, conversation = await arrives(desk)
    await desk.takes(conversation)

    for text in HOSTILE:
        await she.says(text)
    await she.says("다 썼어요")
    await expect(desk.hears("다 썼어요")).to_be_visible(timeout=15_000)

    assert await desk.page.evaluate("() => window.ran") is None
    assert await desk.page.locator(".log :is(script, img, svg)").count() == 0
    await expect(desk.said.filter(has_text="<script>window.ran = 1</script>")).to_have_count(1)
    await expect(desk.said.filter(has_text="보이지 않는 글자뿐인")).to_have_count(1)
    assert await desk.page.evaluate(WIDE) <= 0


async def test_the_whole_job_by_keyboard(desk: Desk, arrives: Arrival) -> None:
    she, conversation = await arrives(desk)
    page, press = desk.page, desk.page.keyboard.press

    await press("g")
    for _ in range(await page.locator(".row").count()):
        if await desk.row(conversation).evaluate("it => it === document.activeElement"):
            break
        await press("j")
    await press("Enter")
    await press("t")
    await expect(desk.box).to_be_focused()
    await page.keyboard.type("자판만으로")
    await press("Enter")

    await she.hears("자판만으로", sender="counselor")
    await press("Escape")
    await press("?")
    await expect(page.locator("dialog")).to_contain_text("단축키")
    await press("Escape")
    await press("x")
    await expect(page.locator(".talk")).to_have_count(0)


async def test_letters_are_letters_while_one_writes(desk: Desk, arrives: Arrival) -> None:
    _, conversation = await arrives(desk)
    await desk.takes(conversation)

    await desk.page.keyboard.type("jktxq?")

    await expect(desk.box).to_have_value("jktxq?")
    await expect(desk.page.locator("dialog")).to_have_count(0)


async def test_conversations_stand_side_by_side(
    desk: Desk, arrives: Arrival, artifacts: Path
) -> None:
    (first, one), (second, two) = await arrives(desk), await arrives(desk)
    await desk.takes(one)
    await desk.takes(two)

    await desk.page.get_by_role("button", name="나란히").click()
    await expect(desk.page.locator(".talk")).to_have_count(2)
    await desk.says("둘째에게")
    await desk.page.locator(".talk").first.locator("textarea").fill("첫째에게")
    await desk.page.keyboard.press("Enter")

    await first.hears("첫째에게", sender="counselor")
    await second.hears("둘째에게", sender="counselor")
    await desk.page.screenshot(path=artifacts / "desk-split.png")


async def test_the_language_changes_without_losing_anything(
    desk: Desk, arrives: Arrival, artifacts: Path
) -> None:
    _, conversation = await arrives(desk)
    await desk.takes(conversation)
    await desk.box.fill("쓰던 글")

    await desk.page.get_by_role("button", name="English").click()

    await expect(desk.page.get_by_role("button", name="Send")).to_be_visible()
    await expect(desk.page.locator("html")).to_have_attribute("lang", "en")
    await expect(desk.box).to_have_value("쓰던 글")
    await desk.page.screenshot(path=artifacts / "desk-english.png")


async def test_a_crowd_does_not_slow_the_desk(desk: Desk, house: House, artifacts: Path) -> None:
    before = len(await desk.ids())
    async with AsyncExitStack() as stack:
        for _ in range(CROWD):
            she = await stack.enter_async_context(person(house))
            await she.says("상담사")
        await expect(desk.page.locator(".row")).to_have_count(before + CROWD, timeout=15_000)

        await desk.page.keyboard.press("g")
        spent = await desk.page.evaluate(MOVE)
        await desk.page.screenshot(path=artifacts / "desk-crowd.png")

    assert spent < 50


MOVE = """
() => {
  const start = performance.now();
  const down = {key: "ArrowDown", bubbles: true};
  for (let n = 0; n < 20; n++)
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", down));
  return (performance.now() - start) / 20;
}
"""


async def _findings(page: Page) -> list[str]:
    """Return what axe finds, one line each."""
    await page.evaluate(AXE.read_text("utf-8") + "; null")
    found: dict[str, Any] = await page.evaluate(FIND)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]
