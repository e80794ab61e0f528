"""What must hold before a version may be published."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from flows.bundle import Bundle, Sources, compile_bundle, gather
from flows.compiled import CompiledFlow
from flows.directory import Fact
from flows.reading import Problem, ScriptError
from flows.script import Branch, FlowScript, Step, Text

CARD_LANGUAGES = ("ko", "en", "vi", "zh", "ja", "th", "ru")
CARD_NUMBERS = ("112", "109", "1366")
BUBBLE_CHARS = 400
"""Longer than this and a bubble is folded on some channels."""


def check(sources: Sources) -> list[Problem]:
    """Return every problem of a version; empty when it may be published."""
    try:
        checked(sources)
    except ScriptError as error:
        return error.problems
    return []


def checked(sources: Sources) -> CompiledFlow:
    """Read, compile and check a version at once; raises `ScriptError` with every problem."""
    bundle = gather(sources)
    flow = compile_bundle(bundle, sources.start)
    found = [
        *_languages(bundle),
        *_reached(bundle, sources.start),
        *_loops(bundle),
        *_card(bundle),
        *_facts(bundle),
    ]
    if found:
        raise ScriptError(found)
    return flow


def _languages(bundle: Bundle) -> Iterator[Problem]:
    """Every text is there in every complete language, and fits into a bubble."""
    if bundle.phrases is None:
        return
    languages = bundle.phrases.languages
    for key, texts in bundle.phrases.texts.items():
        for language in set(languages) - texts.keys():
            place, reason = f"phrases.{key}", f"the text has no {language}"
            yield Problem("phrases.yaml", 0, place, reason, f"add the line `{language}:`")
    for flow in bundle.flows.values():
        yield from _flow_languages(bundle, flow, languages)


def _flow_languages(
    bundle: Bundle, flow: FlowScript, languages: Iterable[str]
) -> Iterator[Problem]:
    document = bundle.documents[flow.flow]
    for path, text in _texts(flow):
        for language in set(languages) - text.keys():
            reason = f"the text has no {language}"
            yield document.problem(path, reason, f"add the line `{language}:`")
        for language, words in text.items():
            if len(words) > BUBBLE_CHARS:
                reason = f"{len(words)} characters are too long for one bubble"
                remedy = f"split it into bubbles of at most {BUBBLE_CHARS}"
                yield document.problem((*path, language), reason, remedy)


def _texts(flow: FlowScript) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    yield ("title",), flow.title
    for number, rule in enumerate(flow.risk):
        yield ("risk", number, "because"), rule.because
    for name, step in flow.steps.items():
        for key in ("title", "simpler", "link"):
            if (text := getattr(step, key)) is not None:
                yield ("steps", name, key), text
        for number, bubble in enumerate(step.say):
            yield ("steps", name, "say", number), bubble.text
        for number, choice in enumerate(step.choices):
            yield ("steps", name, "choices", number, "label"), choice.label


def _targets(flow: str, step: Step, flows: Mapping[str, FlowScript]) -> Iterator[str]:
    ways: list[str | tuple[Branch, ...] | None] = [step.goto, *(c.goto for c in step.choices)]
    for way in ways:
        names = [way] if isinstance(way, str) else [branch.to for branch in way or ()]
        for name in names:
            yield name if "/" in name else f"{flow}/{name}"
    if step.call:
        yield f"{step.call}/{flows[step.call].start}"


def _reached(bundle: Bundle, start: str) -> Iterator[Problem]:
    """Every step can be reached from the opening, or from what the engine itself calls."""
    flows = bundle.flows
    signals = bundle.phrases.signals if bundle.phrases else None
    called = [f"{start}/{flows[start].start}", f"{start}/menu"]
    called += [
        f"{name}/{flows[name].start}"
        for name in ("opening", "counsel_end", "check_in")
        if name in flows
    ]
    called += [step for step in (signals.imminent, signals.selfharm) if step] if signals else []
    seen: set[str] = set()
    queue = deque(called)
    while queue:
        name = queue.popleft()
        flow, _, step_name = name.partition("/")
        step = flows[flow].steps.get(step_name) if flow in flows else None
        if step is None or name in seen:
            continue
        seen.add(name)
        queue.extend(_targets(flow, step, flows))
    for flow_name, script in flows.items():
        for step_name in script.steps:
            if f"{flow_name}/{step_name}" not in seen:
                document = bundle.documents[flow_name]
                reason = "no way leads to this step"
                yield document.problem(("steps", step_name), reason, "lead to it or remove it")


def _loops(bundle: Bundle) -> Iterator[Problem]:
    """No circle of steps that never waits for her."""
    silent = {
        f"{flow.flow}/{name}": step
        for flow in bundle.flows.values()
        for name, step in flow.steps.items()
        if not step.waits and not any(do.wait for do in step.do)
    }
    ways = {
        name: [to for to in _targets(name.partition("/")[0], step, bundle.flows) if to in silent]
        for name, step in silent.items()
    }
    for name in _circling(ways):
        flow, _, step = name.partition("/")
        reason = "these steps lead back to here without ever waiting for an answer"
        yield bundle.documents[flow].problem(
            ("steps", step), reason, "let one of them ask something"
        )


def _circling(ways: Mapping[str, list[str]]) -> list[str]:
    """Return the names that stand on a circle: what is left when dead ends are taken away."""
    left = {name: set(to) for name, to in ways.items()}
    while dead := [name for name, to in left.items() if not to]:
        for name in dead:
            del left[name]
        for to in left.values():
            to.difference_update(dead)
    return sorted(name for name in left if _returns(name, left))


def _returns(name: str, ways: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    queue = deque(ways[name])
    while queue:
        here = queue.popleft()
        if here == name:
            return True
        if here not in seen:
            seen.add(here)
            queue.extend(ways.get(here, ()))
    return False


def _card(bundle: Bundle) -> Iterator[Problem]:
    """The emergency card is there in seven languages and names the numbers of the directory."""
    if bundle.phrases is None:
        return
    facts = {fact.id: fact for fact in bundle.facts.get("lines", ())}
    for language in CARD_LANGUAGES:
        bubbles = [bubble.get(language) for bubble in bundle.phrases.card]
        if not all(bubbles):
            yield Problem("phrases.yaml", 0, "card", f"the card has no {language}", "add it")
            continue
        told = "".join(
            bubble.fill(lambda name: facts[name.partition(":")[2]].told if ":" in name else "")
            for bubble in bubbles
            if bubble
        )
        for number in CARD_NUMBERS:
            if number not in told:
                reason = f"the card in {language} does not name {number}"
                yield Problem("phrases.yaml", 0, "card", reason, f"name it as {{line:{number}}}")
    for number in CARD_NUMBERS:
        if number not in facts or facts[number].told != number:
            reason = f"the directory does not hold {number} as it is"
            yield Problem("lines.yaml", 0, "entries", reason, "correct or add the entry")


def _facts(bundle: Bundle) -> Iterator[Problem]:
    """No fact stands in the directory twice."""
    for name, facts in bundle.facts.items():
        for twice in _twice(facts):
            yield Problem(f"{name}.yaml", 0, "entries", f"{twice!r} is there twice", "remove one")


def _twice(facts: Iterable[Fact]) -> list[str]:
    seen: set[str] = set()
    return [fact.id for fact in facts if fact.id in seen or seen.add(fact.id)]  # type: ignore[func-returns-value]  # remembers and goes on
