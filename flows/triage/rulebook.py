"""The rules that counselors read and edit: cues of each language and what they mean together.

A *cue* is a list of patterns (RE2, one a line, in the form that `normalise` makes); cues of
one name in several files count as one. A *rule* names the cues that must stand together in
a clause or in two that follow each other, and those that must not. See docs/triage.md.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from flows.triage.cues import CueFinder, Line, PatternError, parsed
from flows.triage.scripts import SCRIPTS, scripts_of
from flows.triage.signals import Label

BUILT_IN = ("brief", "short")
"""Cues that are a matter of length: the whole message has at most 12 or 32 letters."""

_RULES = Path(__file__).parent / "rules"
_WORD = re.compile(r"\{([a-z_]+)\}")
_PAGE_KEYS = {"about", "script", "words", "cues", "rules"}
_RULE_KEYS = {"label", "sure", "all", "none", "nowhere", "yes", "no"}


class RuleError(Exception):
    """A rule file says something that cannot be used; the message names file and place."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of the rulebook.

    Attributes:
        name: What counselors see in the record.
        label: What it means when it holds.
        sure: False when it is only a reason to ask.
        every: Cues that must all stand in the same clause or in two neighbours, as bits.
        none: Cues that must not stand there.
        nowhere: Cues that must not stand anywhere in the message.
        yes: Messages for which it holds; a test reads them.
        no: Messages for which it does not.
    """

    name: str
    label: Label
    sure: bool
    every: int
    none: int
    nowhere: int
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    def holds(self, here: int, anywhere: int) -> bool:
        """Whether the cues found here, and anywhere in the message, fulfil it."""
        hindered = here & self.none or anywhere & self.nowhere
        return here & self.every == self.every and not hindered


@dataclass(frozen=True)
class Rulebook:
    """All cues and rules, compiled."""

    cues: tuple[str, ...]
    rules: tuple[Rule, ...]
    finders: Mapping[str, CueFinder] = field(repr=False)
    by_cue: Mapping[int, tuple[Rule, ...]] = field(repr=False)
    keys: int

    def cues_in(self, clause: str) -> int:
        """Which cues stand in one clause, as bits."""
        bits = 0
        for script in scripts_of(clause):
            bits |= self.finders[script].bits(clause)
        return bits

    def holding(self, here: int, anywhere: int) -> Iterator[Rule]:
        """The rules that hold for the cues of one place."""
        for index in _bits(here & self.keys):
            for rule in self.by_cue.get(index, ()):
                if rule.holds(here, anywhere):
                    yield rule

    @cached_property
    def bit(self) -> Mapping[str, int]:
        """The bit of each cue."""
        return {cue: 1 << index for index, cue in enumerate(self.cues)}

    def names(self, bits: int) -> list[str]:
        """The names of cues."""
        return [self.cues[index] for index in _bits(bits)]

    def words(self, rule: Rule, clause: str) -> list[str]:
        """The words in a clause that fulfil a rule."""
        found: dict[int, str] = {}
        for script in scripts_of(clause):
            found |= self.finders[script].words(clause, rule.every)
        return [found[bit] for bit in sorted(found)]


@cache
def rulebook() -> Rulebook:
    """Read the rules that are shipped, once."""
    files = sorted(_RULES.glob("*.yaml"))
    return compiled([(file.name, file.read_text(encoding="utf-8")) for file in files])


def compiled(files: Sequence[tuple[str, str]]) -> Rulebook:
    """Compile rule files, given as name and text.

    Raises:
        RuleError: A pattern that is no RE2, a cue nobody defines, an unknown label or key.
    """
    pages = [(name, _page(name, text)) for name, text in files]
    defined = [cue for _, page in pages for cue in page.get("cues") or {}]
    cues = {cue: index for index, cue in enumerate(dict.fromkeys([*BUILT_IN, *defined]))}
    lines: dict[str, list[Line]] = {script: [] for script in SCRIPTS}
    for name, page in pages:
        if page.get("cues"):
            lines[_script(name, page)].extend(_lines(name, page, cues))
    rules = [rule for name, page in pages for rule in _rules(name, page, cues)]
    finders = {script: CueFinder(some, SCRIPTS[script]) for script, some in lines.items()}
    keyed = _keyed(rules)
    return Rulebook(tuple(cues), tuple(rules), finders, keyed, sum(1 << index for index in keyed))


def _page(name: str, text: str) -> Mapping[str, Any]:
    try:
        page = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise RuleError(f"{name}: {error}") from None
    unknown = set(page) - _PAGE_KEYS
    if unknown:
        raise RuleError(f"{name}: unknown keys {sorted(unknown)}; known are {sorted(_PAGE_KEYS)}")
    return dict(page)


def _script(name: str, page: Mapping[str, Any]) -> str:
    script = page.get("script")
    if script not in SCRIPTS:
        raise RuleError(f"{name}: script must be one of {', '.join(SCRIPTS)}")
    return str(script)


def _lines(name: str, page: Mapping[str, Any], cues: Mapping[str, int]) -> Iterator[Line]:
    words = page.get("words") or {}
    for cue, block in page["cues"].items():
        for text in filter(None, map(str.strip, str(block).splitlines())):
            try:
                yield parsed(cues[cue], _WORD.sub(lambda word: f"(?:{words[word[1]]})", text))
            except (PatternError, KeyError) as error:
                raise RuleError(f"{name}: {cue}: {error}") from None


def _rules(name: str, page: Mapping[str, Any], cues: Mapping[str, int]) -> Iterator[Rule]:
    for title, body in (page.get("rules") or {}).items():
        unknown = set(body) - _RULE_KEYS
        if unknown or not body.get("all"):
            raise RuleError(f"{name}: {title}: needs `all`, and knows no {sorted(unknown)}")
        try:
            yield _rule(title, body, cues)
        except (KeyError, ValueError) as error:
            raise RuleError(f"{name}: {title}: no such cue or label: {error}") from None


def _rule(title: str, body: Mapping[str, Any], cues: Mapping[str, int]) -> Rule:
    every, none, nowhere = (
        sum(1 << cues[cue] for cue in set(body.get(key) or ()))
        for key in ("all", "none", "nowhere")
    )
    yes, no = (tuple(map(str, body.get(key) or ())) for key in ("yes", "no"))
    return Rule(title, Label(body["label"]), body.get("sure", True), every, none, nowhere, yes, no)


def _keyed(rules: Sequence[Rule]) -> Mapping[int, tuple[Rule, ...]]:
    """Rules under their rarest cue: the one that the fewest other rules need."""
    uses: dict[int, int] = {}
    for rule in rules:
        for index in _bits(rule.every):
            uses[index] = uses.get(index, 0) + 1
    keyed: dict[int, list[Rule]] = {}
    for rule in rules:
        key = min(_bits(rule.every), key=lambda index: (uses[index], index))
        keyed.setdefault(key, []).append(rule)
    return {index: tuple(some) for index, some in keyed.items()}


@lru_cache(maxsize=20_000)
def _bits(mask: int) -> tuple[int, ...]:
    """The places of the bits that are set; the same few hundred masks come again and again."""
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)
