"""A script of 300 steps opens in under a second, and no edit holds the page up."""

import os
import re
import statistics
from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.browser.studio.conftest import Sits
from tests.flows.large import large

STEPS = 300
OPENS_MS = 1000
BLOCKS_MS = 100
ROUNDS = 3
"""Others may use the machine meanwhile: of openings the quickest counts, of edits the middle."""
BEGIN = """async ({title, files}) => {
  const me = await (await fetch("/desk/api/me")).json();
  const headers = {"Content-Type": "application/json", "X-Gyeot-Csrf": me.csrf};
  const post = async (path, body) => (await fetch(`/studio/api/${path}`,
    {method: "POST", headers, body: JSON.stringify(body)})).json();
  const draft = await post("drafts", {title});
  await post(`drafts/${draft.id}/write`, {revision: draft.revision, files});
  return draft.id;
}"""
WATCH = """() => {
  window.held = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) held.push(one.duration);
  }).observe({type: "longtask", buffered: true});
  const look = () => {
    if (document.querySelectorAll(".node").length >= STEPS) {
      requestAnimationFrame(() => setTimeout(() => { window.drawn = performance.now(); }));
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
Deed = Callable[[Page, int], Awaitable[None]]


async def test_three_hundred_steps_open_in_a_second_and_no_edit_blocks(sits: Sits) -> None:
    page = await sits("admin")
    sources = large(STEPS)
    files = {name: sources.scripts[name] for name in ("large.yaml", "check_in.yaml")}
    draft = await page.evaluate(BEGIN, {"title": "큰 것", "files": files})
    address = page.url.partition("#")[0] + f"#draft-{draft}/large/q0"
    await page.add_init_script(f"const STEPS = {STEPS}; ({WATCH})()")

    opened = [await _opens(page, address) for _ in range(ROUNDS)]
    blocked = {}
    for name, deed in DEEDS.items():
        blocked[name] = statistics.median([await _blocks(page, deed, n) for n in range(ROUNDS)])

    crowd = _crowd()
    told = f"opened in {opened} ms; held up, in ms: {blocked}; crowd {crowd:.1f}"
    print(f"\n{told}")  # noqa: T201  # asked for
    assert min(opened) < OPENS_MS * crowd
    assert {name: ms for name, ms in blocked.items() if ms > BLOCKS_MS * crowd} == {}


def _crowd() -> float:
    """Return how many want each processor now: 1 where nothing else runs."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


async def _opens(page: Page, address: str) -> float:
    """Return the milliseconds from the navigation until the picture can be used."""
    await page.goto("about:blank")
    await page.goto(address)
    await page.wait_for_function("() => window.drawn")
    return round(float(await page.evaluate("() => drawn")))


async def _blocks(page: Page, deed: Deed, number: int) -> float:
    """Return the longest time in milliseconds that the page was held up while this was done."""
    await page.get_by_role("tab", name="그림").click()
    await _quiet(page)
    await page.evaluate("() => { held.length = 0; }")
    await deed(page, number)
    await _quiet(page)
    return float(await page.evaluate("() => Math.max(0, ...held)"))


async def _quiet(page: Page) -> None:
    await expect(page.locator(".strip .state")).not_to_have_text("검사하는 중…")
    await page.wait_for_timeout(150)


async def _chooses(page: Page, number: int) -> None:
    await page.locator(f'.node:has-text("q{number + 20}")').first.click()
    await page.get_by_role("heading", name=f"q{number + 20}").wait_for()


async def _writes_a_bubble(page: Page, number: int) -> None:
    field = page.get_by_label("말풍선 1 (ko)")
    await field.press_sequentially(f"더 적어요 {number}")
    await page.keyboard.press("Tab")
    await expect(field).to_have_value(re.compile(f"더 적어요 {number}"))


async def _adds_an_answer(page: Page, number: int) -> None:
    await page.get_by_role("button", name="답 더하기").click()
    await page.get_by_label("새 답의 이름").press_sequentially(f"more_{number}")
    await page.keyboard.press("Enter")
    await page.locator("summary", has_text=f"more_{number}").wait_for()


async def _adds_a_step(page: Page, number: int) -> None:
    await page.get_by_role("button", name="단계 더하기").click()
    await page.get_by_label("새 이름").press_sequentially(f"new_{number}")
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name=f"new_{number}").wait_for()


async def _undoes(page: Page, number: int) -> None:
    await page.get_by_role("button", name="되돌리기", exact=True).click()
    await page.get_by_role("heading", name=f"new_{ROUNDS - 1 - number}").wait_for(state="detached")


async def _writes_yaml(page: Page, number: int) -> None:
    await page.get_by_role("tab", name="YAML").click()
    box = page.get_by_role("textbox", name="large.yaml")
    await box.press("ControlOrMeta+End")
    await box.press_sequentially(f"# 적어 둠 {number}\n")
    await page.get_by_role("button", name="적용").click()
    await page.get_by_role("button", name="적용").and_(page.locator("[disabled]")).wait_for()


async def _translates(page: Page, number: int) -> None:
    await page.get_by_role("tab", name="번역").click()
    field = page.get_by_label(f"q{number} 1 (en)", exact=True)
    await field.press_sequentially("More")
    await page.keyboard.press("Tab")


async def _reads(page: Page, _number: int) -> None:
    await page.get_by_role("tab", name="읽기").click()
    await page.locator(".page").first.wait_for()


DEEDS: dict[str, Deed] = {
    "choose a step": _chooses,
    "write a bubble": _writes_a_bubble,
    "add an answer": _adds_an_answer,
    "add a step": _adds_a_step,
    "undo": _undoes,
    "write YAML": _writes_yaml,
    "translate": _translates,
    "read": _reads,
}
