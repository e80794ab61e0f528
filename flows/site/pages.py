"""The public pages as they are written: sections in Korean, English and easy Korean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from flows.directory import Fact
from flows.reading import Problem, ScriptError, read
from flows.script import Name, Part, Sentence, validate
from flows.texts import Template, TextError, template

Voice = Literal["ko", "en", "easy"]
"""The languages of the pages; `easy` is Korean in short plain sentences."""

VOICES: tuple[Voice, ...] = ("ko", "en", "easy")
FRESH = timedelta(days=90)
"""A fact that was checked longer ago is shown with a warning."""

Words = dict[Voice, Sentence]
FactRef = Annotated[str, StringConstraints(pattern=r"^(line|law|service):[A-Za-z0-9_.+-]{1,40}$")]
Shown = Literal["lines", "urgent", "parts"]
"""What a section draws itself: every phone line, the urgent ones, or other pages' sections."""


class Section(Part):
    """One heading of a page and what stands below it.

    `since` and `until` name a fact: the section is shown only from, or only before, its day.
    """

    id: Name
    title: Words
    say: tuple[Words, ...] = ()
    items: tuple[Words, ...] = ()
    easy: tuple[Sentence, ...] = ()
    facts: tuple[FactRef, ...] = ()
    show: Shown | None = None
    of: tuple[str, ...] = ()
    since: FactRef | None = None
    until: FactRef | None = None


class Page(Part):
    """One public page."""

    gyeot: Literal[1]
    page: Name
    place: int = Field(ge=0, le=99)
    title: Words
    lead: Words
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """All public pages, in their order, by name."""

    pages: Mapping[str, Page]

    def parts(self, section: Section) -> list[Section]:
        """Return the sections of other pages that a section draws."""
        found = []
        for name in section.of:
            page, _, part = name.partition(".")
            found += [one for one in self.pages[page].sections if one.id == part]
        return found


def read_site(directory: Mapping[str, Fact], *, strict: bool = True) -> Site:
    """Read the pages that we ship.

    Args:
        directory: The facts that they may name, by `line:112`, `law:penalty` and so on.
        strict: Otherwise sections that rest on a fact which is not there are left out: a
            fact that was withdrawn is not told, and the other pages stay.

    Raises:
        ScriptError: with every problem of every page.
    """
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    folder = files("flows") / "site"
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        if not file.name.endswith(".yaml"):
            continue
        try:
            page = validate(Page, read(file.read_text(encoding="utf-8"), file.name))
        except ScriptError as error:
            problems += error.problems
            continue
        wrong = list(_unknown(page, directory, file.name))
        pages[page.page] = page if strict else _without(page, {one.place for one in wrong})
        problems += wrong if strict else ()
    site = Site(dict(sorted(pages.items(), key=lambda item: item[1].place)))
    problems += _dead(site) if strict else ()
    if problems:
        raise ScriptError(problems)
    return site


def by_name(facts: Mapping[str, tuple[Fact, ...]]) -> dict[str, Fact]:
    """Return facts by the names that texts use: `lines` gives `line:…` and so on."""
    return {
        f"{kind.removesuffix('s')}:{fact.id}": fact
        for kind, many in facts.items()
        for fact in many
    }


def shown_on(section: Section, directory: Mapping[str, Fact], day: date) -> bool:
    """Say whether a section is shown on a day."""
    if section.since and not directory[section.since].holds_on(day):
        return False
    return not (section.until and directory[section.until].holds_on(day))


def named(section: Section) -> list[str]:
    """Return the facts on which a section rests, each once, in the order of the text."""
    found = [name for words in _texts(section) for name in words.names]
    return list(dict.fromkeys([*found, *section.facts]))


def stale(fact: Fact, day: date) -> bool:
    """Say whether a fact was checked too long ago to be told without a warning."""
    return day - fact.checked_on > FRESH


def _texts(section: Section) -> Iterator[Template]:
    for words in (section.title, *section.say, *section.items):
        yield from map(template, words.values())
    yield from map(template, section.easy)


def _without(page: Page, places: set[str]) -> Page:
    """Return a page without the sections at these places; a lead gives way to the title."""
    kept = tuple(one for one in page.sections if f"sections.{one.id}" not in places)
    lead = page.title if "lead" in places else page.lead
    return page.model_copy(update={"sections": kept, "lead": lead})


def _unknown(page: Page, directory: Mapping[str, Fact], file: str) -> Iterator[Problem]:
    for name in {name for words in page.lead.values() for name in template(words).names}:
        if name not in directory:
            yield Problem(file, 0, "lead", f"no fact {name!r}", "add it or rename it")
    for section in page.sections:
        try:
            names = [*named(section), *filter(None, (section.since, section.until))]
        except TextError as error:
            yield Problem(file, 0, f"sections.{section.id}", str(error), "mend the braces")
            continue
        for name in names:
            if name not in directory:
                yield Problem(
                    file, 0, f"sections.{section.id}", f"no fact {name!r}", "add it or rename it"
                )


def _dead(site: Site) -> Iterator[Problem]:
    for page in site.pages.values():
        for section in page.sections:
            for name in section.of:
                other, _, part = name.partition(".")
                known = site.pages[other].sections if other in site.pages else ()
                if part not in {one.id for one in known}:
                    yield Problem(
                        f"{page.page}.yaml", 0, section.id, f"no section {name!r}", "rename it"
                    )
