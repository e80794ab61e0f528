"""The sections of a public page as HTML, each with the facts on which it rests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.site import frame, words
from bot.site.markup import Html, Piece, join, tag
from bot.site.words import LANG, dated, day, said
from flows.directory import Fact
from flows.site.pages import Section, Site, Voice, named, shown_on, stale
from flows.texts import template


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a page is drawn with."""

    site: Site
    facts: Mapping[str, Fact]
    voice: Voice
    day: date

    @property
    def lines(self) -> dict[str, Fact]:
        """The phone lines by their ids."""
        return {
            name.removeprefix("line:"): fact
            for name, fact in self.facts.items()
            if name.startswith("line:")
        }

    def text(self, written: str) -> Html:
        """Return a text with its facts put in; a phone number can be dialled."""
        parts = template(written).parts
        return join([self._fact(part) if n % 2 else part for n, part in enumerate(parts)])

    def plain(self, written: str) -> str:
        """Return a text with its facts put in, as plain text."""
        return template(written).fill(lambda name: dated(self.facts[name].told, self.voice))

    def _fact(self, name: str) -> Html:
        fact = self.facts[name]
        if name.startswith("line:"):
            return tag("a", fact.told, href=f"tel:{fact.told}", class_="tel")
        return join(dated(fact.told, self.voice))


def draw(drawing: Drawing, section: Section) -> Html | None:
    """Return a section; None when there is nothing of it to show in this voice or today."""
    if not shown_on(section, drawing.facts, drawing.day):
        return None
    if section.show == "parts":
        return join([_print(drawing, part) for part in drawing.site.parts(section)])
    inner = _inner(drawing, section)
    if not inner:
        return None
    title = tag("h2", drawing.text(said(section.title, drawing.voice)))
    return tag("section", title, inner, _sources(drawing, section), id=section.id)


def _print(drawing: Drawing, part: Section) -> Html | None:
    if not shown_on(part, drawing.facts, drawing.day):
        return None
    inner = _inner(drawing, part)
    if not inner:
        return None
    title = tag("h2", drawing.text(said(part.title, drawing.voice)))
    return tag("section", title, inner, _sources(drawing, part))


def _inner(drawing: Drawing, section: Section) -> list[Piece]:
    inner: list[Piece] = []
    if section.show == "urgent":
        inner.append(frame.reach(drawing.voice))
    if section.show == "lines":
        rows = [frame.line(fact, drawing.voice) for fact in drawing.lines.values()]
        inner.append(tag("ul", rows, class_="lines"))
    if drawing.voice == "easy":
        if section.easy:
            inner.append(tag("ul", [tag("li", drawing.text(one)) for one in section.easy]))
        return inner
    inner += [tag("p", drawing.text(said(one, drawing.voice))) for one in section.say]
    if section.items:
        items = [tag("li", drawing.text(said(one, drawing.voice))) for one in section.items]
        inner.append(tag("ul", items))
    return inner


def _sources(drawing: Drawing, section: Section) -> Html | None:
    names = named(section)
    if section.show == "lines":
        names = [name for name in drawing.facts if name.startswith("line:")]
    if not names:
        return None
    rows = [tag("li", _source(drawing, drawing.facts[name])) for name in names]
    summary = tag("summary", said(words.SOURCES, drawing.voice))
    return tag("details", summary, tag("ul", rows), class_="sources")


def _source(drawing: Drawing, fact: Fact) -> str:
    voice = drawing.voice
    told = [f"{fact.name[LANG[voice]]}: {dated(fact.told, voice)}", fact.source]
    if fact.valid_from:
        told.append(f"{said(words.SINCE, voice)} {day(fact.valid_from, voice)}")
    told.append(f"{said(words.CHECKED, voice)} {day(fact.checked_on, voice)}")
    if stale(fact, drawing.day):
        told.append(said(words.STALE, voice))
    return " · ".join(told)
