"""Every effect and every kind of step is written by forms: nobody needs to know YAML."""

from typing import Any

from playwright.async_api import Page, expect

from flows.script import Do, Step, TextAnswer, read_flow
from tests.browser.studio.conftest import Sits

SLOW_MS = 20_000
WAITS = "기다리는 것, 간직하는 것, 끝"


async def test_every_effect_is_added_and_changed_by_a_form(sits: Sits) -> None:
    page = await sits("admin")
    await _opens(page, "honest")

    for number, kind in enumerate(Do.model_fields, start=1):
        await page.get_by_label("하는 일 더하기").select_option(kind)
        await expect(page.locator(".effects > li")).to_have_count(number, timeout=SLOW_MS)
    await _writes(page, "얼마 뒤에 (예: 1d, 1w)", "3d")
    await _writes(page, "기억할 것 = 답의 이름 (쉼표로)", "name = called, times = hours")
    await page.get_by_label("어느 비밀 말").select_option("duress_word")
    await _saved(page)

    done = (await _step(page, "honest")).do
    assert [next(iter(one.model_fields_set)) for one in done] == list(Do.model_fields)
    told = {next(iter(one.model_fields_set)): one for one in done}
    assert told["check_in"].check_in is not None
    assert told["check_in"].check_in.after == "3d"
    assert told["remember"].remember == {"name": "called", "times": "hours"}
    assert told["keep"].keep == "duress_word"


async def test_every_key_of_a_question_has_its_place_in_the_form(sits: Sits) -> None:
    page = await sits("admin2")
    await _opens(page, "honest")
    await page.locator("summary", has_text=WAITS).click()

    await page.get_by_label("글로 받는 답").select_option("number")
    await _writes(page, "가장 작은 수", "1")
    await _writes(page, "답을 간직할 이름", "how_often")
    await _writes(page, "이 답이 바뀌면 다시 물음 (쉼표로)", "phone, menu")
    await _writes(page, "정해 둘 값: 이름 = 식 (쉼표로)", "seen = phone == 'nobody', twice = 2")
    await _writes(page, "웹으로 가는 단추 (ko)", "웹에서")
    await _writes(page, "말풍선 1: 이럴 때만", "risk <= 1")
    await page.get_by_label("건너뛸 수 있음").check()
    await page.get_by_label("답을 화면에 되풀이하지 않음").check()
    await _saved(page)

    step = await _step(page, "honest")
    assert step.text == TextAnswer(kind="number", min=1)
    assert (step.save, step.depends) == ("how_often", ("phone", "menu"))
    assert step.set == {"seen": "phone == 'nobody'", "twice": "2"}
    assert step.link == {"ko": "웹에서"}
    assert (step.optional, step.private) == (True, True)
    assert step.say[0].when == "risk <= 1"


async def _opens(page: Page, step: str) -> None:
    await page.get_by_role("button", name="새 초안").click()
    await page.get_by_label("무엇을 바꾸나요?").fill("서식으로")
    await page.keyboard.press("Enter")
    await page.locator(f'.node:has-text("{step}")').first.click()
    await page.get_by_role("heading", name=step, exact=True).wait_for()


async def _writes(page: Page, label: str, text: str) -> None:
    await page.get_by_label(label, exact=True).fill(text)
    await page.keyboard.press("Tab")


async def _saved(page: Page) -> None:
    """Wait until the last change has arrived and was checked."""
    await page.wait_for_load_state("networkidle")
    await expect(page.locator(".strip .state")).not_to_have_text("검사하는 중…", timeout=SLOW_MS)


async def _step(page: Page, name: str) -> Step:
    number = page.url.partition("#draft-")[2].partition("/")[0]
    answer = await page.request.get(f"{page.url.partition('#')[0]}/api/drafts/{number}")
    files: list[dict[str, Any]] = (await answer.json())["files"]
    text = next(str(one["text"]) for one in files if one["name"] == "opening.yaml")
    flow, _ = read_flow(text, "opening.yaml")
    return flow.steps[name]
