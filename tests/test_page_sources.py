"""What the sources of the person's pages must hold."""

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.sources import CHECKOUT, files

WEB = CHECKOUT / "web"
DIALLED = re.compile(r"href=\"(?:tel|sms):([^\"]+)\"")
EXITS = re.compile(r"<a\b[^>]*\bdata-exit\b[^>]*>", re.DOTALL)
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(")
KEPT = re.compile(r"localStorage|indexedDB|document\.cookie|serviceWorker")
HERS = ("chat", "info", "phones", "shared")


def test_nothing_that_anybody_wrote_is_read_as_markup() -> None:
    assert not [path for path in _sources() if MARKUP.search(path.read_text("utf-8"))]


def test_nothing_is_kept_beyond_the_tab() -> None:
    assert not [path for path in _sources() if KEPT.search(path.read_text("utf-8"))]


def test_every_number_to_dial_is_a_line_of_the_directory() -> None:
    lines = _directory()

    dialled = {page.name: set(DIALLED.findall(page.read_text("utf-8"))) for page in _pages()}

    assert dialled["chat.html"] == {"112", "1366", "109"}
    assert set().union(*dialled.values()) <= lines


def test_every_way_out_works_without_javascript_and_says_nothing_of_us() -> None:
    for page in _pages():
        exits = EXITS.findall(page.read_text("utf-8"))

        assert len(exits) >= 2, page.name
        for link in exits:
            assert 'href="https://www.weather.go.kr/"' in link
            assert 'rel="nofollow noreferrer"' in link


def test_the_pages_are_called_what_a_notebook_is_called() -> None:
    for page in _pages():
        assert "<title>메모</title>" in page.read_text("utf-8"), page.name


def _sources() -> list[Path]:
    written = [path for path in files(".ts", ".tsx") if WEB in path.parents]
    return [path for path in written if path.relative_to(WEB).parts[0] in HERS]


def _pages() -> list[Path]:
    return [WEB / "chat.html"]


def _directory() -> set[str]:
    read: Any = YAML(typ="safe", pure=True).load(CHECKOUT / "flows/directory/lines.yaml")
    return {str(entry["number"]) for entry in read["entries"]}
