"""Texts: there in every language, short enough for every channel, answers told apart."""

from collections.abc import Iterator

from flows.bundle import PHRASES, Bundle
from flows.checks.texts import shown
from flows.reading import Path, Problem
from flows.script import Choice
from flows.texts import fold

BUBBLE_CHARS = 400
"""Longer than this and a bubble is folded on some channels."""
LABEL_CHARS = {"ko": 14}
"""KakaoTalk shows so much of a quick reply."""
OTHER_LABEL_CHARS = 40
"""Telegram's longest label; Kakao repeats a longer one in the text."""
UNSAID = frozenset({"because"})


def missing_languages(bundle: Bundle) -> Iterator[Problem]:
    """Every text is there in every complete language, but for those a flow has waived."""
    if bundle.phrases is None:
        return
    waived = {flow.flow: set(flow.waived) for flow in bundle.flows.values()}
    names = {bundle.documents[name].name: name for name in bundle.flows}
    for text in shown(bundle):
        lacking = set(bundle.phrases.languages) - text.text.keys()
        for language in sorted(lacking - waived.get(names.get(text.document.name, ""), set())):
            reason = f"the text has no {language}"
            yield text.document.problem(text.path, reason, f"add the line `{language}:`")
    for flow in bundle.flows.values():
        for language in flow.waived:
            if language == bundle.phrases.languages[0]:
                reason = f"the first language, {language}, cannot be waived"
                yield bundle.documents[flow.flow].problem(("waived",), reason, "remove it")


def too_long(bundle: Bundle) -> Iterator[Problem]:
    """No bubble and no label is longer than its channels can show."""
    for text in shown(bundle):
        if text.what in UNSAID:
            continue
        for language, words in text.text.items():
            if text.what == "label":
                most = LABEL_CHARS.get(language, OTHER_LABEL_CHARS)
                reason = f"{len(words)} characters are too long for a button"
                remedy = f"shorten it to {most}: KakaoTalk and Telegram show no more"
            else:
                most = BUBBLE_CHARS
                reason = f"{len(words)} characters are too long for one bubble"
                remedy = f"split it into bubbles of at most {BUBBLE_CHARS}"
            if len(words) > most:
                yield text.problem(language, reason, remedy)


def alike(bundle: Bundle) -> Iterator[Problem]:
    """No typed word means two answers of one question, and no button stands there twice."""
    for flow in bundle.flows.values():
        for name, step in flow.steps.items():
            for number, reason in _doubled(step.choices):
                path = ("steps", name, "choices", number)
                problem = bundle.documents[flow.flow].problem
                yield problem(path, reason, "give each answer words of its own")
    for preset, choices in bundle.phrases.presets.items() if bundle.phrases else ():
        for number, reason in _doubled(choices):
            place: Path = ("presets", preset, number)
            problem = bundle.documents[PHRASES].problem
            yield problem(place, reason, "give each answer words of its own")


def _doubled(choices: tuple[Choice, ...]) -> Iterator[tuple[int, str]]:
    meant: dict[str, str] = {}
    for number, choice in enumerate(choices):
        for word in {fold(word) for word in (*choice.label.values(), *choice.accepts)} - {""}:
            other = meant.setdefault(word, choice.id)
            if other != choice.id and not (choice.when or choices[0].when):
                yield number, f"{word!r} means both {other!r} and {choice.id!r}"
