"""The frame around every public page: head, the two ways out, urgent box, languages, footer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiohttp import web

from bot.pages import DIST, MISSING
from bot.site import words
from bot.site.markup import Html, Piece, join, tag
from bot.site.words import LANG, NAMES, PREFIX, PRODUCT, said
from flows.directory import Fact
from flows.site.pages import VOICES, Voice

SHELL = "site.html"
ASSET = re.compile(r"<(?:script|link)\b[^>]*>(?:</script>)?")
URGENT_LINES = ("1366", "109")
"""Shown below 112 in the urgent box of every page."""


@dataclass(frozen=True, slots=True)
class Framed:
    """What a page gives to its frame.

    Attributes:
        path: The address without the language, such as `/guide/now`; empty where there is
            no other language.
        description: What a search engine shows.
        robots: Whether search engines may list it.
        forms: Whether it sends forms: then our own site, and no other, learns whence.
    """

    voice: Voice
    path: str
    description: str
    body: Html
    robots: bool = True
    forms: bool = False

    @property
    def referrer(self) -> str:
        """What the browser tells of this page: nothing, or to our own site that a form is ours."""
        return "same-origin" if self.forms else "no-referrer"


class NotBuilt(Exception):
    """The web pages were not built; see `bot.pages.MISSING`."""


def respond(framed: Framed, status: int = 200) -> web.Response:
    """Return a whole page as an answer."""
    try:
        text = whole(framed)
    except NotBuilt:
        return web.Response(status=503, text=MISSING)
    headers = {"Referrer-Policy": framed.referrer}
    return web.Response(status=status, text=text, content_type="text/html", headers=headers)


def whole(framed: Framed) -> str:
    """Return a whole page; raises `NotBuilt`."""
    voice = framed.voice
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content=framed.referrer),
        None if framed.robots else tag("meta", name="robots", content="noindex"),
        tag("meta", name="description", content=framed.description),
        tag("title", PRODUCT),
        assets(DIST / SHELL),
    )
    main = tag("main", framed.body, class_="page")
    body = tag("body", _header(voice), main, _footer(framed))
    return f"<!doctype html>\n{tag('html', head, body, lang=LANG[voice])}\n"


def urgent_box(lines: Mapping[str, Fact], voice: Voice) -> Html:
    """Return 112, then 1366 and 109: structured, so that a search engine knows them.

    The rows are `first`'s, with the ways to reach 112 that need no voice.
    """
    return tag(
        "section",
        tag("h2", said(words.URGENT_TITLE, voice), id="urgent-title"),
        reach(voice),
        tag("p", said(words.SILENT, voice)),
        tag("ul", [line(lines[name], voice) for name in ("112", *URGENT_LINES)], class_="lines"),
        id="urgent",
        class_="box danger",
        aria_labelledby="urgent-title",
    )


def reach(voice: Voice) -> Html:
    """Return the two buttons that reach 112."""
    return tag(
        "p",
        tag("a", said(words.CALL, voice), class_="main danger", href="tel:112"),
        tag("a", said(words.TEXT, voice), class_="main danger", href="sms:112"),
        class_="acts",
    )


def first(lines: Mapping[str, Fact], voice: Voice) -> Html:
    """Return 112 and 1366 as one short row, the first thing after a page's title."""
    rows = [line(lines[name], voice) for name in ("112", "1366")]
    title = said(words.FIRST, voice)
    return tag("nav", tag("ul", rows, class_="lines"), id="urgent", aria_label=title)


def line(fact: Fact, voice: Voice) -> Html:
    """Return one phone line as a list item that machines read too."""
    language = LANG[voice]
    name, hours = fact.name[language], (fact.hours or {}).get(language, "")
    purpose = (fact.purpose or {}).get(language, "")
    told = ". ".join(filter(None, (name, purpose, hours)))
    return tag(
        "li",
        tag("a", tag("span", fact.told, itemprop="telephone"), href=f"tel:{fact.told}"),
        tag("span", told, itemprop="contactType"),
        itemscope=True,
        itemtype="https://schema.org/ContactPoint",
    )


def description(title: str, lines: Mapping[str, Fact], voice: Voice) -> str:
    """Return what a search engine shows: 112 and 1366 first, then what the page is about."""
    language = LANG[voice]
    first = (f"{lines[name].told} {lines[name].name[language]}" for name in ("112", "1366"))
    return " · ".join([*first, title])


def link(path: str, voice: Voice) -> str:
    """Return the address of a page in a voice."""
    return f"{PREFIX[voice]}{path}" if path != "/" else PREFIX[voice] or "/"


@cache
def _shell(text: str) -> Html:
    return Html("".join(ASSET.findall(text)))


def assets(shell: Path) -> Html:
    """Return the built style, script and icon that a shell names; raises `NotBuilt`."""
    if not shell.is_file():
        raise NotBuilt
    return _shell(shell.read_text("utf-8"))


def _header(voice: Voice) -> Html:
    out: dict[str, str | bool] = {
        "data_exit": True,
        "href": words.EXIT,
        "rel": "nofollow noreferrer",
    }
    return tag(
        "header",
        tag("a", said(words.SKIP, voice), class_="skip", **out),
        tag("span", PRODUCT, class_="name"),
        tag("a", "112", class_="urgent", href="#urgent", aria_label=said(words.URGENT, voice)),
        tag("a", said(words.LEAVE, voice), class_="exit", **out),
    )


def _footer(framed: Framed) -> Html:
    voice = framed.voice
    pieces: list[Piece] = []
    if framed.path:
        pieces.append(_languages(framed))
    more = [
        tag("a", said(words.EDUCATION, voice), class_="tap", href="/education"),
        tag("a", said(words.NUMBERS, voice), class_="tap", href="/numbers"),
        tag("a", said(words.NOTICE, voice), class_="tap", href="/notice"),
    ]
    desk = tag("a", said(words.DESK_LINK, voice), class_="tap", href="/desk")
    pieces += [tag("p", more), tag("p", f"{said(words.DESK, voice)} ", desk)]
    return tag("footer", tag("div", join(*pieces), class_="page"))


def _languages(framed: Framed) -> Html:
    links = [
        tag(
            "a",
            NAMES[other],
            class_="tap",
            href=link(framed.path, other),
            lang=LANG[other],
            aria_current="true" if other == framed.voice else None,
        )
        for other in VOICES
    ]
    return tag("nav", links, aria_label=said(words.LANGUAGES, framed.voice), class_="languages")
