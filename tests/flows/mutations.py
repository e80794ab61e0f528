"""Scripts that somebody broke: each shipped file with one thing wrong, and where it is wrong."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.bundle import PHRASES, Sources, gather, shipped
from flows.script import FlowScript, Step

SEED = 3
LONG = "길" * 401


@dataclass(frozen=True)
class Broken:
    """One broken version.

    Attributes:
        kind: What was done to it.
        places: Beginnings of the places one of which must be named, as `file: place`.
    """

    kind: str
    sources: Sources
    places: tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """One step of one shipped file, as lines."""

    file: str
    flow: FlowScript
    name: str
    step: Step
    first: int
    last: int
    lines: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"{self.file}: steps.{self.name}"

    @property
    def text(self) -> str:
        return "\n".join(self.lines[self.first : self.last])


def broken_versions(count: int) -> list[Broken]:
    """Return so many broken versions, the same every time, every kind about as often."""
    source = random.Random(SEED)  # noqa: S311  # the same scripts every time
    made: dict[str, list[Broken]] = {}
    for one in _all(shipped()):
        made.setdefault(one.kind, []).append(one)
    for some in made.values():
        source.shuffle(some)
    picked: list[Broken] = []
    while len(picked) < count and any(made.values()):
        picked += [some.pop() for some in made.values() if some]
    return picked[:count]


def _all(sources: Sources) -> Iterator[Broken]:
    spots = list(_spots(sources))
    for spot in spots:
        for change in CHANGES:
            yield from change(sources, spot, spots)
    yield from _phrases(sources)
    yield from _directory(sources)


def _spots(sources: Sources) -> Iterator[Spot]:
    bundle = gather(sources)
    for name, flow in bundle.flows.items():
        document = bundle.documents[name]
        lines = tuple(sources.scripts[document.name].split("\n"))
        starts = [document.lines["steps", step] - 1 for step in flow.steps]
        ends = [*starts[1:], len(lines)]
        for step, first, last in zip(flow.steps, starts, ends, strict=True):
            yield Spot(document.name, flow, step, flow.steps[step], first, last, lines)


def _with(sources: Sources, spot: Spot, text: str) -> Sources:
    lines = [*spot.lines[: spot.first], text, *spot.lines[spot.last :]]
    scripts = {**sources.scripts, spot.file: "\n".join(lines)}
    return Sources(scripts, sources.directory, sources.start)


def _once(
    kind: str, pattern: str, new: str, *, wanted: Callable[[Spot], bool] = lambda _: True
) -> Callable[[Sources, Spot, list[Spot]], Iterator[Broken]]:
    """Return a change that puts something else for the first match in a step."""

    def change(sources: Sources, spot: Spot, _: list[Spot]) -> Iterator[Broken]:
        text, found = re.subn(pattern, new, spot.text, count=1, flags=re.MULTILINE)
        if found and text != spot.text and wanted(spot):
            yield Broken(kind, _with(sources, spot, text), (spot.place,))

    return change


def _removed(sources: Sources, spot: Spot, spots: list[Spot]) -> Iterator[Broken]:
    """A step that others lead to is gone; one of those others must be named, or `start`."""
    full = f"{spot.flow.flow}/{spot.name}"
    leading = [
        other
        for other in spots
        if other.name != spot.name or other.flow.flow != spot.flow.flow
        if re.search(rf"(?:goto|to): {re.escape(full)}\b", other.text)
        or (
            other.file == spot.file
            and re.search(rf"(?:goto|to): {spot.name}(?=[\s,}}]|$)", other.text)
        )
    ]
    if leading and spot.flow.start != spot.name:
        answer = spot.step.save or spot.name
        looking = [other for other in spots if re.search(rf"\b{answer}\b", other.text)]
        risks = (f"{spot.file}: risk",) if spot.flow.risk else ()
        places = (*(other.place for other in (*leading, *looking)), *risks)
        yield Broken("missing step", _with(sources, spot, ""), places)


def _looped(sources: Sources, spot: Spot, spots: list[Spot]) -> Iterator[Broken]:
    """A step that says something and goes on leads back to itself."""
    if spot.step.waits or any(do.wait for do in spot.step.do) or spot.step.call:
        return
    if re.search(r"^    goto: \w", spot.text, re.MULTILINE):
        text = re.sub(r"^    goto: .*$", f"    goto: {spot.name}", spot.text, flags=re.MULTILINE)
        yield Broken("loop", _with(sources, spot, text), (spot.place,))
    del spots


def _contradiction(sources: Sources, spot: Spot, spots: list[Spot]) -> Iterator[Broken]:
    del spots
    for found in re.finditer(r'when: "?([a-z_]+) == \'(\w*)\'"?(?=[,}\n])', spot.text):
        wrong = f"when: \"{found[1]} == '{found[2]}' && {found[1]} != '{found[2]}'\""
        text = spot.text[: found.start()] + wrong + spot.text[found.end() :]
        yield Broken("contradiction", _with(sources, spot, text), (spot.place,))
        other = f"when: \"{found[1]} == 'no_such_answer'\""
        text = spot.text[: found.start()] + other + spot.text[found.end() :]
        if found[1] not in {"channel", "given_code"} and "found" not in found[1]:
            yield Broken("unknown answer", _with(sources, spot, text), (spot.place,))


def _urgent_led_away(sources: Sources, spot: Spot, spots: list[Spot]) -> Iterator[Broken]:
    """An answer that means danger leads on as if nothing were wrong."""
    del spots
    names = {
        found
        for rule in spot.flow.risk
        if rule.urgency == "R0"
        for found in re.findall(r"'(\w+)'", rule.when)
    }
    for number, choice in enumerate(spot.step.choices):
        if choice.id in names and isinstance(choice.goto, str):
            text = spot.text.replace(f"goto: {choice.goto}", "goto: opening/menu")
            place = f"{spot.place}.choices.{number}"
            yield Broken("emergency cut off", _with(sources, spot, text), (place,))


def _without_help(pattern: str) -> Callable[[Sources, Spot, list[Spot]], Iterator[Broken]]:
    """Return a change that takes the card or the counselor from a step that danger leads to."""

    def change(sources: Sources, spot: Spot, _: list[Spot]) -> Iterator[Broken]:
        text, found = re.subn(pattern, "", spot.text, count=1, flags=re.MULTILINE)
        text = re.sub(r"^    do:\n(?!      -)", "", text, flags=re.MULTILINE)
        urgent = [rule for rule in spot.flow.risk if rule.urgency == "R0"]
        leading = [
            f"{spot.file}: steps.{name}"
            for name, step in spot.flow.steps.items()
            if any(choice.goto == spot.name for choice in step.choices)
            or spot.name in str(step.goto)
        ]
        if found and urgent and spot.name in {"danger", "urgent"}:
            yield Broken("emergency cut off", _with(sources, spot, text), tuple(leading))

    return change


def _asks(spot: Spot) -> bool:
    return spot.step.waits


CHANGES: list[Callable[[Sources, Spot, list[Spot]], Iterator[Broken]]] = [
    _removed,
    _looped,
    _contradiction,
    _urgent_led_away,
    _once("wrong way", r"goto: [a-z_]+$", "goto: nowhere_at_all"),
    _once("wrong number", r"\{line:112\}", "113"),
    _once("wrong number", r"\{line:1366\}", "1367"),
    _once("wrong number", r"\{line:109\}", "109-1234"),
    _once("unknown fact", r"\{line:1366\}", "{line:1369}"),
    _once("over-long text", r'(ko: )"[^"]+"$', rf'\1"{LONG}"'),
    _once("over-long label", r"label: \{ko: [^,}\"]+", f"label: {{ko: {'길' * 15}"),
    _once("missing language", r',? en: (?:"[^"]*"|[^,}\n"]+)\}', "}"),
    _once("missing language", r'^ +en: "[^"]*"$\n?', ""),
    _once("unknown key", r"^    say:", "    sai:", wanted=_asks),
    _once("unknown key", r"accepts:", "accept:"),
    _once("key twice", r"^(    goto: .*)$", r"\1\n\1"),
    _once("leads nowhere", r"^    goto: [a-z_/]+$\n?", "", wanted=lambda s: s.step.several),
    _once("answer twice", r"- \{id: (\w+|\"no\")(.*)$", r"- {id: \1\2\n      - {id: \1\2"),
    _once("not private", r"^    private: true\n", ""),
    _once("said back", r'(ko: "[^"{]*)"$', r'\1 {phone_number}"'),
    _once("said back", r'(en: "[^"{]*)"$', r'\1 {story}"'),
    _once("consent incomplete", r"목적:", "뜻:"),
    _once("consent incomplete", r"Items:", "Things:"),
    _once("consent incomplete", r"You can withdraw at any time\.", ""),
    _once("consent incomplete", r"(id: \"no\".*), goto: \w+\}", r"\1}",
          wanted=lambda s: (s.step.save or s.name).startswith("consent")),
    _once("phone without consent", r"^    depends: \[consent_contact\]\n", ""),
    _without_help(r"^      - \{card: true\}\n"),
    _without_help(r"^      - summon:\n          urgency: R0\n          because: .*\n"),
    _once("anchor", r"^    say:", "    say: &words"),
    _once("tag", r"^    say:", "    say: !!python/object"),
    _once("unknown flow", r"call: \w+", "call: nowhere_at_all"),
    _once("unknown value", r'(ko: "[^"{]*)"$', r'\1 {nobody_knows}"'),
    _once("stray brace", r'(ko: "[^"{]*)"$', r'\1 }"'),
]  # fmt: skip


def _phrases(sources: Sources) -> Iterator[Broken]:
    text = sources.scripts[PHRASES]
    for kind, pattern, new, place in (
        ("emergency cut off", r"^  imminent: .*\n", "", "signals"),
        (
            "emergency cut off",
            r"imminent: \w+/\w+",
            "imminent: danger/nowhere",
            "signals.imminent",
        ),
        ("emergency cut off", r"selfharm: \w+/\w+", "selfharm: gone/start", "signals.selfharm"),
        ("emergency cut off", r"^  counselor:$", "  councilor:", "commands.counselor"),
        ("emergency cut off", r"^  emergency:$", "  emergencies:", "commands.emergency"),
        ("wrong number", r"\{line:1366\}", "1367", "card"),
        ("wrong number", r"\{line:109\}", "108", "card"),
        ("missing language", r"^    vi: .*\n", "", "card"),
        ("missing phrase", r"^  welcome_back:", "  welcome_bak:", "phrases.welcome_back"),
    ):
        changed, found = re.subn(pattern, new, text, count=1, flags=re.MULTILINE)
        if found:
            scripts = {**sources.scripts, PHRASES: changed}
            places = (f"{PHRASES}: {place}", f"{PHRASES}: phrases.", f"{PHRASES}: commands.")
            yield Broken(kind, Sources(scripts, sources.directory, sources.start), places)


def _directory(sources: Sources) -> Iterator[Broken]:
    for number in ("112", "109", "1366"):
        for new in ("1" + number, number[::-1] + "0"):
            text = sources.directory["lines.yaml"]
            changed = re.sub(
                rf'number: "?{number}"?$', f'number: "{new}"', text, flags=re.MULTILINE
            )
            directory = {**sources.directory, "lines.yaml": changed}
            places = ("lines.yaml: entries", f"{PHRASES}: card")
            yield Broken(
                "wrong number", Sources(sources.scripts, directory, sources.start), places
            )
