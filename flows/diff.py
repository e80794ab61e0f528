"""What is different between two versions, in plain words: risk factors first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flows.bundle import PHRASES, Bundle, Sources, gather
from flows.directory import Fact
from flows.script import Choice, Do, FlowScript, Goto, RiskRule, Step, Text

ORDER = ("risk", "ways", "effects", "steps", "texts", "directory")
Words = tuple[str, str]
"""The same sentence in Korean and in English."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        about: `risk`, `ways`, `effects`, `steps`, `texts` or `directory`, in order of weight.
        place: `flow/step`, a phrase, or an entry of the directory.
    """

    about: str
    place: str
    ko: str
    en: str


def difference(old: Sources, new: Sources) -> list[Change]:
    """Return every difference, what matters most first; files that cannot be read are left out."""
    before, after = gather(old), gather(new)
    found = [
        *_flows(before.flows, after.flows),
        *_phrases(before, after),
        *_facts(before, after),
    ]
    if old.start != new.start:
        found.append(
            _change("ways", new.start, _was("시작 흐름", "opening", old.start, new.start))
        )
    return sorted(found, key=lambda one: ORDER.index(one.about))


def changed_steps(old: Sources, new: Sources) -> set[str]:
    """Return the steps, as `flow/step`, that are changed or gone in the new version."""
    before, after = gather(old).flows, gather(new).flows
    return {
        f"{name}/{step}"
        for name, flow in before.items()
        for step, content in flow.steps.items()
        if name not in after or after[name].steps.get(step) != content
    }


def _flows(before: Mapping[str, FlowScript], after: Mapping[str, FlowScript]) -> Iterator[Change]:
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            yield _change("steps", name, _came_or_went("흐름", "flow", name, came=old is None))
            continue
        yield from _risks(name, old.risk, new.risk)
        if old.start != new.start:
            yield _change("ways", name, _was("첫 단계", "first step", old.start, new.start))
        yield from _text(f"{name}", "제목", "title", old.title, new.title)
        for step in dict.fromkeys((*old.steps, *new.steps)):
            place = f"{name}/{step}"
            one, other = old.steps.get(step), new.steps.get(step)
            if one is None or other is None:
                words = _came_or_went("단계", "step", step, came=one is None)
                yield _change("steps", place, words)
            elif one != other:
                yield from _step(place, one, other)


def _risks(
    flow: str, before: tuple[RiskRule, ...], after: tuple[RiskRule, ...]
) -> Iterator[Change]:
    old, new = {rule.id: rule for rule in before}, {rule.id: rule for rule in after}
    for name in dict.fromkeys((*old, *new)):
        place, one, other = f"{flow}: {name}", old.get(name), new.get(name)
        if one is None or other is None:
            words = _came_or_went("위험 요인", "risk factor", name, came=one is None)
            yield _change("risk", place, words)
            continue
        for ko, en, was, now in (
            ("급한 정도", "urgency", _level(one), _level(other)),
            ("조건", "condition", one.when, other.when),
        ):
            if was != now:
                yield _change("risk", place, _was(ko, en, was, now))
        for told in _text(place, "이유", "reason", one.because, other.because):
            yield replace(told, about="risk")


def _level(rule: RiskRule) -> str:
    return rule.urgency or "+1"


def _step(place: str, old: Step, new: Step) -> Iterator[Change]:
    for ko, en, was, now in (
        ("다음 단계", "next step", _goto(old.goto), _goto(new.goto)),
        ("부르는 흐름", "called flow", old.call or "-", new.call or "-"),
        ("끝내는 방법", "ending", old.end or "-", new.end or "-"),
    ):
        if was != now:
            yield _change("ways", place, _was(ko, en, was, now))
    yield from _choices(place, old.choices, new.choices)
    if old.do != new.do:
        yield _change("effects", place, _was("하는 일", "effects", _do(old.do), _do(new.do)))
    for key in ("private", "optional", "several", "save", "depends", "review", "set", "text"):
        one, other = getattr(old, key), getattr(new, key)
        if one != other:
            yield _change("effects", place, _was(f"`{key}`", f"`{key}`", f"{one}", f"{other}"))
    for number in range(max(len(old.say), len(new.say))):
        one = old.say[number].text if number < len(old.say) else {}
        other = new.say[number].text if number < len(new.say) else {}
        yield from _text(place, f"말풍선 {number + 1}", f"bubble {number + 1}", one, other)
    for key, ko, en in (("title", "제목", "title"), ("simpler", "쉬운 말", "simpler words")):
        yield from _text(place, ko, en, getattr(old, key) or {}, getattr(new, key) or {})


def _choices(
    place: str, before: tuple[Choice, ...], after: tuple[Choice, ...]
) -> Iterator[Change]:
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    for name in dict.fromkeys((*old, *new)):
        one, other = old.get(name), new.get(name)
        if one is None or other is None:
            shown = (one or other or before[0]).label.get("ko", name)
            yield _change("ways", place, _came_or_went("답", "answer", shown, came=one is None))
            continue
        if one.goto != other.goto or one.when != other.when:
            ko, en = f"답 '{name}'의 다음", f"way after '{name}'"
            was, now = _goto(one.goto), _goto(other.goto)
            yield _change("ways", place, _was(ko, en, was, now))
        yield from _text(place, f"답 '{name}'", f"answer '{name}'", one.label, other.label)
        if one.accepts != other.accepts:
            was, now = ", ".join(one.accepts), ", ".join(other.accepts)
            yield _change(
                "texts", place, _was(f"'{name}'로 알아듣는 말", f"words for '{name}'", was, now)
            )


def _text(place: str, ko: str, en: str, old: Text, new: Text) -> Iterator[Change]:
    for language in dict.fromkeys((*old, *new)):
        one, other = old.get(language, ""), new.get(language, "")
        if one != other:
            words = _was(f"{ko} ({language})", f"{en} ({language})", one or "-", other or "-")
            yield _change("texts", place, words)


def _phrases(before: Bundle, after: Bundle) -> Iterator[Change]:
    old = before.documents[PHRASES].content if PHRASES in before.documents else {}
    new = after.documents[PHRASES].content if PHRASES in after.documents else {}
    for key in ("signals", "languages", "presets", "commands", "card"):
        if old.get(key) != new.get(key):
            about = "risk" if key in {"signals", "card"} else "texts"
            words = _was(f"`{key}`", f"`{key}`", f"{old.get(key)}", f"{new.get(key)}")
            yield _change(about, PHRASES, words)
    one, other = old.get("phrases", {}), new.get("phrases", {})
    for key in dict.fromkeys((*one, *other)):
        yield from _text(
            f"{PHRASES}: {key}", "문구", "phrase", one.get(key, {}), other.get(key, {})
        )


def _facts(before: Bundle, after: Bundle) -> Iterator[Change]:
    for name in sorted(before.facts.keys() | after.facts.keys()):
        old = {fact.id: fact for fact in before.facts.get(name, ())}
        new = {fact.id: fact for fact in after.facts.get(name, ())}
        for key in dict.fromkeys((*old, *new)):
            yield from _fact(f"{name}: {key}", old.get(key), new.get(key))


def _fact(place: str, old: Fact | None, new: Fact | None) -> Iterator[Change]:
    if old is None or new is None:
        words = _came_or_went("항목", "entry", place, came=old is None)
        yield _change("directory", place, words)
        return
    for key in Fact.model_fields:
        one, other = getattr(old, key), getattr(new, key)
        if one != other:
            yield _change("directory", place, _was(f"`{key}`", f"`{key}`", f"{one}", f"{other}"))


def _goto(goto: Goto | None) -> str:
    if goto is None:
        return "-"
    if isinstance(goto, str):
        return goto
    return ", ".join(f"{way.to} ({way.when})" if way.when else way.to for way in goto)


def _do(effects: tuple[Do, ...]) -> str:
    told = [str(effect.model_dump(exclude_none=True)) for effect in effects]
    return ", ".join(told) or "-"


def _was(ko: str, en: str, old: str, new: str) -> Words:
    return f"{ko}: “{old}” → “{new}”", f"{en}: “{old}” → “{new}”"


def _came_or_went(ko: str, en: str, name: str, *, came: bool) -> Words:
    if came:
        return f"{ko} “{name}”이(가) 새로 생김", f"{en} “{name}” is new"
    return f"{ko} “{name}”이(가) 없어짐", f"{en} “{name}” is gone"


def _change(about: str, place: str, words: Words) -> Change:
    return Change(about, place, *words)
