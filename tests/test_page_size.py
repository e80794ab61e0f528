"""What a person's phone has to load: little, and nothing from elsewhere."""

import gzip
import re
from pathlib import Path

import pytest

from tests.sources import CHECKOUT

DIST = CHECKOUT / "web/dist"
LOADED = re.compile(r"""(?:src|href)="/(assets/[^"]+)\"""")
IMPORTED = re.compile(r"""(?:from|import)\s*\(?["'`]\./([^"'`]+)["'`]""")
ADDRESS = re.compile(r"https?://[^\s\"'<>)]+")
BUDGETS = {"chat.html": 30_000, "site.html": 50_000}


@pytest.mark.parametrize(("page", "budget"), BUDGETS.items())
def test_a_page_is_small(page: str, budget: int) -> None:
    sizes = {part.name: len(gzip.compress(part.read_bytes(), 9)) for part in _parts(page)}

    assert sum(sizes.values()) < budget, sizes


@pytest.mark.parametrize("page", BUDGETS)
def test_a_page_loads_nothing_from_elsewhere(page: str) -> None:
    html = (DIST / page).read_text("utf-8")

    scripts = re.findall(r"<(?:script|link|img)[^>]*", html)

    assert not [tag for tag in scripts if ADDRESS.search(tag)]


@pytest.mark.parametrize("page", BUDGETS)
def test_a_page_names_no_address_but_the_weather(page: str) -> None:
    text = "".join(part.read_text("utf-8") for part in _parts(page) if part.suffix != ".svg")

    assert set(ADDRESS.findall(text)) <= {"https://www.weather.go.kr/"}


@pytest.mark.parametrize("page", BUDGETS)
def test_a_page_carries_no_code_or_style_inside(page: str) -> None:
    html = (DIST / page).read_text("utf-8")

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=", html)


def _parts(page: str) -> list[Path]:
    """Return a page's file and all that it loads, each once."""
    html = DIST / page
    if not html.is_file():
        pytest.fail(f"web/dist/{page} is missing: run ./dev test, or npm run build in web/")
    found = [html]
    waiting = [DIST / name for name in LOADED.findall(html.read_text("utf-8"))]
    while waiting:
        part = waiting.pop()
        if part in found:
            continue
        found.append(part)
        if part.suffix == ".js":
            imported = IMPORTED.findall(part.read_text("utf-8"))
            waiting += [part.parent / name for name in imported]
    return found
