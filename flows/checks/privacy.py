"""Privacy: what names her is marked private, and never said back."""

from collections.abc import Iterator

from flows.bundle import Bundle
from flows.checks.texts import shown
from flows.compiled import Asks, CompiledFlow
from flows.reading import Problem
from flows.texts import TextError, template


def echoes(bundle: Bundle, flow: CompiledFlow) -> Iterator[Problem]:
    """Her own words are private, and no text puts them in."""
    for place in flow.places.values():
        if place.text is not None and place.text.kind in {"text", "phone"} and not place.private:
            step = place.name.partition("/")[2]
            reason = "an answer in her own words must be private"
            problem = bundle.documents[place.flow].problem
            yield problem(("steps", step, "text"), reason, "add `private: true` to the step")
    own = {
        name
        for name, place in flow.asked_at.items()
        if place.private or (place.asks is Asks.TEXT and place.text is not None)
    }
    for text in shown(bundle):
        for language, words in text.text.items():
            for name in own.intersection(_names(words)):
                reason = f"the text says {{{name}}} back: whoever looks at the phone reads it"
                yield text.problem(language, reason, "leave it out; the review shows it masked")


def _names(words: str) -> tuple[str, ...]:
    try:
        return template(words).names
    except TextError:
        return ()
