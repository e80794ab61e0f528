"""Numbers: the emergency card complete, and every phone number taken from the directory."""

import re
from collections.abc import Iterable, Iterator

from flows.bundle import PHRASES, Bundle
from flows.checks.texts import literal, shown
from flows.directory import Fact
from flows.reading import Problem

CARD_LANGUAGES = ("ko", "en", "vi", "zh", "ja", "th", "ru")
CARD_NUMBERS = ("112", "109", "1366")
_PHONE = re.compile(
    r"(?<![\dA-Za-z.,/:-])"
    r"(\d{2,4}-\d{3,4}(?:-\d{4})?|0\d{1,2}[. ]\d{3,4}(?:[. ]\d{4})?"
    r"|1[3568]\d\d[. ]?\d{4}|1\d{3}|1[0-3]\d|18[28])"
    r"(?![\d.,]*\d|[-/:]\d)"
    r"(?!\s*(?:년|월|일|시간|시|분|초|원|만|미터|명|회|번|세|살|자|개|건|호|조|%|m\b|km|hours?|days?|"
    r"minutes?|years?|months?|times|people|characters|won))"
)


def card_problems(bundle: Bundle) -> Iterator[Problem]:
    """The emergency card is there in seven languages and names the numbers of the directory."""
    if bundle.phrases is None:
        return
    facts = {fact.id: fact for fact in bundle.facts.get("lines", ())}
    document = bundle.documents[PHRASES]
    for language in CARD_LANGUAGES:
        bubbles = [bubble.get(language) for bubble in bundle.phrases.card]
        if not all(bubbles):
            yield document.problem(("card",), f"the card has no {language}", "add it")
            continue
        told = "".join(
            bubble.fill(lambda name: _told(facts, name)) for bubble in bubbles if bubble
        )
        for number in CARD_NUMBERS:
            if number not in told:
                reason = f"the card in {language} does not name {number}"
                yield document.problem(("card",), reason, f"name it as {{line:{number}}}")
    for number in CARD_NUMBERS:
        if number not in facts or facts[number].told != number:
            reason = f"the directory does not hold {number} as it is"
            yield _entry(bundle, "lines", number, reason, "correct or add the entry")


def loose_numbers(bundle: Bundle) -> Iterator[Problem]:
    """A phone number in a text is one of the directory, however it is written there."""
    known = {fact.told for facts in bundle.facts.values() for fact in facts}
    for text in shown(bundle):
        if text.what in {"because", "title"}:
            continue
        for language, words in text.text.items():
            for found in _PHONE.finditer(literal(words)):
                if found[1] in known:
                    continue
                reason = f"{found[1]} looks like a phone number and is not in the directory"
                yield text.problem(language, reason, "write {line:…} with an entry of lines.yaml")


def doubled_facts(bundle: Bundle) -> Iterator[Problem]:
    """No fact stands in the directory twice."""
    for name, facts in bundle.facts.items():
        for twice in _twice(facts):
            yield _entry(bundle, name, twice, f"{twice!r} is there twice", "remove one")


def _told(facts: dict[str, Fact], name: str) -> str:
    kind, _, key = name.partition(":")
    return facts[key].told if kind == "line" and key in facts else ""


def _entry(bundle: Bundle, name: str, key: str, reason: str, remedy: str) -> Problem:
    """Return a problem at an entry of the directory, the last of that name."""
    document = bundle.documents.get(f"{name}.yaml")
    if document is None:
        return Problem(f"{name}.yaml", 0, "entries", reason, remedy)
    numbers = [n for n, fact in enumerate(bundle.facts.get(name, ())) if fact.id == key]
    return document.problem(("entries", *numbers[-1:]), reason, remedy)


def _twice(facts: Iterable[Fact]) -> list[str]:
    seen: set[str] = set()
    twice = []
    for fact in facts:
        if fact.id in seen:
            twice.append(fact.id)
        seen.add(fact.id)
    return twice
