"""Everybody can use the studio: no finding of axe on any page of it, light, dark and small."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Page

from tests.browser.studio.conftest import Sits
from tests.sources import CHECKOUT

AXE = CHECKOUT / "web/node_modules/axe-core/axe.min.js"
VIEWS = ("그림", "읽기", "YAML", "번역", "위험 요인", "전화번호와 안내")
TOOLS = ("단계", "미리 보기", "해 보기", "검사", "달라진 것")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
async def test_axe_finds_nothing_on_any_page(
    sits: Sits, artifacts: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    page = await sits("admin2", color_scheme=scheme, viewport={"width": width, "height": 860})
    found = {"home": await _findings(page)}
    await page.screenshot(path=artifacts / f"studio-home-{width}-{scheme}.png")
    await page.get_by_role("button", name="새 초안").click()
    found["window"] = await _findings(page)
    await page.get_by_label("무엇을 바꾸나요?").fill("살펴보기")
    await page.keyboard.press("Enter")
    await page.locator(".node").first.wait_for()
    for name in (*VIEWS, *TOOLS):
        await page.get_by_role("tab", name=name).first.click()
        await page.wait_for_timeout(300)
        found[name] = await _findings(page)
        await page.screenshot(path=artifacts / f"studio-{name}-{width}-{scheme}.png")

    assert {name: some for name, some in found.items() if some} == {}


async def _findings(page: Page) -> list[str]:
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate("() => axe.run()")
    return [
        f"{one['id']}: {node['html'][:100]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
