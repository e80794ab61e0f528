"""What every page must hold: no finding of axe, nothing too small to tap, nothing cut off."""

from pathlib import Path

from playwright.async_api import Page

from tests.sources import CHECKOUT

AXE = CHECKOUT / "web/node_modules/axe-core/axe.min.js"
TAP_PX = 44
SMALL = """
(least) => [...document.querySelectorAll("button, a, input, textarea, select, summary")]
  .filter((it) => it.checkVisibility() && it.type !== "hidden" && !it.closest("label.tick"))
  .filter((it) => !it.matches(".skip, [aria-disabled]"))
  .filter((it) => it.getBoundingClientRect().height < least)
  .map((it) => it.outerHTML.slice(0, 120))
"""
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def holds(page: Page, picture: Path) -> None:
    """Take a picture of a page and hold it to all of it."""
    await page.screenshot(path=picture, full_page=True)
    await page.evaluate(AXE.read_text("utf-8"))

    found = (await page.evaluate("() => axe.run()"))["violations"]
    small = await page.evaluate(SMALL, TAP_PX)
    wide = await page.evaluate(WIDE)

    wrong = [(it["id"], [node["html"] for node in it["nodes"]]) for it in found]
    assert (wrong, small, wide) == ([], [], 0), (page.url, wrong, small, wide)
