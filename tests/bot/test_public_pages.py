"""The public pages over real HTTP: facts with their sources, small, closed, in three voices."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.site.frame import SHELL
from bot.site.markup import join, tag
from bot.site.pdf import wrapped
from bot.site.routes import page_path
from bot.site.sections import Drawing, draw
from bot.site.words import EXIT
from flows.bundle import gather
from flows.site.pages import VOICES, Page, by_name, named, read_site, shown_on
from tests.bot.town import Town, sources
from tests.sources import CHECKOUT

FACTS = by_name(gather(sources()).facts)
SITE = read_site(FACTS)
PREFIX = {"ko": "", "en": "/en", "easy": "/easy"}
PATHS = [
    (PREFIX[voice] + page_path(name)).rstrip("/") or "/" for voice in VOICES for name in SITE.pages
]
MOST_BYTES = 50_000
DIST = CHECKOUT / "web/dist"
LOADED = re.compile(r"""(?:src|href)="(/assets/[^"]+)\"""")
IMPORTED = re.compile(r"""from\s*["'`]\./([^"'`]+)["'`]""")
NEVER = re.compile(
    r"왜 |[!！]|해야 |하셔야|반드시|무조건|보장|약속드려|스토커|가해자|남자친구|여자친구"
    r"|1393|1644-7077"
    r"|\bshould\b|\bmust\b(?! not)|\bhe\b|\bhis\b|\bhim\b|\bshe\b|\bher\b",
)


@pytest.mark.parametrize("path", PATHS)
async def test_a_page_is_whole_small_closed_and_keeps_nothing(town: Town, path: str) -> None:
    async with town.http.get(f"{town.url}{path}") as answer:
        html, headers = await answer.text(), answer.headers

    assert answer.status == 200
    assert "Set-Cookie" not in headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "<title>메모</title>" in html
    assert html.count(f'data-exit href="{EXIT}" rel="nofollow noreferrer"') == 2
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=", html)
    assert not re.findall(r"""<(?:script|link|img)[^>]*https?:""", html)
    assert len(html.encode()) + _loaded(html) < MOST_BYTES


@pytest.mark.parametrize("path", PATHS)
async def test_112_and_1366_come_first_for_people_and_for_machines(town: Town, path: str) -> None:
    html = await _html(town, path)

    told = re.search(r'name="description" content="([^"]*)"', html)
    phones = re.findall(r'itemprop="telephone">([^<]+)<', html)

    assert told
    assert re.match(r"112 [^·]+ · 1366 ", told[1])
    assert phones[:2] == ["112", "1366"]


@pytest.mark.parametrize("path", PATHS)
async def test_every_link_leads_to_a_page_and_every_number_is_a_line(
    town: Town, path: str
) -> None:
    html = await _html(town, path)
    lines = {fact.told for name, fact in FACTS.items() if name.startswith("line:")}

    dialled = set(re.findall(r'href="(?:tel|sms):([^"]+)"', html))
    inside = set(re.findall(r'<a[^>]* href="(/[^"#]*)"', html)) - {"/desk", "/chat"}

    assert dialled <= lines
    for target in inside:
        async with town.http.get(f"{town.url}{target}") as answer:
            assert answer.status == 200, target


def test_every_page_speaks_all_voices_and_keeps_the_tone() -> None:
    wrong = [
        (page.page, words)
        for page in SITE.pages.values()
        for words in _words(page)
        if NEVER.search(words)
    ]

    assert wrong == []
    for page in SITE.pages.values():
        assert set(page.title) == set(page.lead) == set(VOICES), page.page
        assert any(section.easy or section.show for section in page.sections), page.page


def test_every_fact_of_a_section_is_shown_with_its_source_and_the_day_of_checking() -> None:
    drawing = Drawing(SITE, FACTS, "ko", date(2026, 11, 24))
    for page in SITE.pages.values():
        for section in page.sections:
            html = draw(drawing, section) or ""
            for name in named(section) if html and section.show != "parts" else ():
                assert str(join(FACTS[name].source)) in html, (page.page, section.id, name)
            assert not named(section) or not html or "2026년 11월 24일" in html


@pytest.mark.parametrize(
    ("day", "coming", "there"),
    [(date(2027, 4, 21), True, False), (date(2027, 4, 22), False, True)],
)
def test_the_victim_order_is_offered_from_its_day_on(
    day: date, *, coming: bool, there: bool
) -> None:
    shown = {s.id: shown_on(s, FACTS, day) for s in SITE.pages["rules"].sections}

    assert (shown["order_coming"], shown["order"]) == (coming, there)


def test_a_fact_that_was_checked_long_ago_carries_a_warning() -> None:
    section = SITE.pages["rules"].sections[1]

    fresh = draw(Drawing(SITE, FACTS, "ko", date(2027, 2, 22)), section)
    old = draw(Drawing(SITE, FACTS, "ko", date(2027, 2, 23)), section)

    assert fresh
    assert "90일이 넘었어요" not in fresh
    assert old
    assert "90일이 넘었어요" in old


def test_a_fact_that_was_withdrawn_takes_its_sections_along_and_no_page() -> None:
    left = {name: fact for name, fact in FACTS.items() if name not in ("law:penalty", "line:132")}

    site = read_site(left, strict=False)

    assert set(site.pages) == set(SITE.pages)
    assert "penalty" not in {one.id for one in site.pages["rules"].sections}
    for voice in VOICES:
        drawing = Drawing(site, left, voice, date(2026, 11, 24))
        for page in site.pages.values():
            assert "tel:132" not in str([draw(drawing, one) for one in page.sections])
            drawing.text(page.lead[voice])


def test_no_address_of_a_facility_stands_anywhere() -> None:
    addresses = re.compile(r"\d+번지|[가-힣]+(?:로|길) \d+(?!\d|에)|[가-힣]+구 [가-힣]+동")

    assert [w for page in SITE.pages.values() for w in _words(page) if addresses.search(w)] == []


async def test_search_engines_are_kept_to_the_public_pages(town: Town) -> None:
    robots = await _html(town, "/robots.txt")
    listed = re.findall(r"<loc>([^<]+)</loc>", await _html(town, "/sitemap.xml"))

    assert "Disallow: /desk" in robots
    assert [one.removeprefix(town.url) for one in listed] == PATHS


@pytest.mark.parametrize("voice", VOICES)
async def test_the_booklet_is_a_pdf_whose_parts_stand_where_it_says(
    town: Town, voice: str
) -> None:
    async with town.http.get(f"{town.url}{PREFIX[voice]}/guide/booklet.pdf") as answer:
        body = await answer.read()

    places = [int(one) for one in re.findall(rb"\n(\d{10}) 00000 n ", body)]
    start = int(body.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    shown = bytes.fromhex("".join(re.findall(r"<([0-9a-f]+)> Tj", body.decode("latin-1"))))

    assert answer.content_type == "application/pdf"
    assert body[start : start + 4] == b"xref"
    for number, place in enumerate(places, 1):
        assert body[place:].startswith(b"%d 0 obj\n" % number)
    assert b"FontFile" not in body
    assert shown.decode("utf-16-be").find("112") < shown.decode("utf-16-be").find("1366")


def test_a_long_word_is_broken_and_nothing_of_a_text_is_lost() -> None:
    text = f"가나다 {'라' * 200} mixed words 112"

    rows = list(wrapped(text, 10.0))

    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    assert all(len(row) < 60 for row in rows)


def test_what_is_not_markup_is_escaped() -> None:
    assert (
        tag("p", "<b>", class_='"x"', hidden=True)
        == '<p class="&quot;x&quot;" hidden>&lt;b&gt;</p>'
    )


async def _html(town: Town, path: str) -> str:
    async with town.http.get(f"{town.url}{path}") as answer:
        return await answer.text()


def _words(page: Page) -> list[str]:
    written = [*page.title.values(), *page.lead.values()]
    for section in page.sections:
        written += [*section.title.values(), *section.easy]
        written += [text for words in (*section.say, *section.items) for text in words.values()]
    return written


def _loaded(html: str) -> int:
    """Return the bytes of all that a page loads, imports of its scripts included."""
    assert (DIST / SHELL).is_file()
    waiting, seen = [DIST / one.lstrip("/") for one in LOADED.findall(html)], set[Path]()
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        if file.suffix == ".js":
            waiting += [file.parent / one for one in IMPORTED.findall(file.read_text("utf-8"))]
    return sum(file.stat().st_size for file in seen)
