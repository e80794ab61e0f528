"""The action guide as pages to print: plain paragraphs of the booklet page."""

from collections.abc import Iterator

from bot.site import words
from bot.site.pdf import Line, write
from bot.site.sections import Drawing
from bot.site.words import LANG, day, said
from flows.site.pages import Section, named, shown_on

PAGE = "booklet"


def pdf(drawing: Drawing) -> bytes:
    """Return the booklet."""
    return write(list(_lines(drawing)))


def _lines(drawing: Drawing) -> Iterator[Line]:
    voice = drawing.voice
    page = drawing.site.pages[PAGE]
    yield Line(said(page.title, voice), "title")
    for name in ("112", "1366", "119", "109"):
        fact = drawing.lines.get(name)
        if fact is None:
            continue
        told = (fact.purpose or fact.name)[LANG[voice]]
        yield Line(f"{fact.told}  {fact.name[LANG[voice]]}: {told}", "strong")
    for section in page.sections:
        for part in drawing.site.parts(section):
            if shown_on(part, drawing.facts, drawing.day):
                yield from _part(drawing, part)
    checked = min(fact.checked_on for fact in drawing.facts.values())
    yield Line(f"{said(words.CHECKED, voice)}: {day(checked, voice)}", "small")


def _part(drawing: Drawing, part: Section) -> Iterator[Line]:
    voice = drawing.voice
    say = [said(one, voice) for one in part.say]
    items = [said(one, voice) for one in part.items]
    if voice == "easy":
        say, items = [], list(part.easy)
    if not (say or items):
        return
    yield Line(drawing.plain(said(part.title, voice)), "head")
    yield from (Line(drawing.plain(text), "text") for text in say)
    yield from (Line(f"• {drawing.plain(text)}", "text") for text in items)
    sources = [drawing.facts[name].source for name in named(part) if name.startswith("law:")]
    if sources:
        yield Line(f"{said(words.SOURCES, voice)}: {'; '.join(dict.fromkeys(sources))}", "small")
