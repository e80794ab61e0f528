"""The rules that counselors read and edit: cues of each language and what they mean together.

A *cue* is a list of patterns (RE2, one a line, in the form `normalise` makes); cues of one
name in several files count as one. A *rule* names the cues that must stand together in a
clause or in two that follow each other, and those that must not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import re2
from ruamel.yaml import YAML

from flows.triage.signals import Label

_RULES = Path(__file__).parent / "rules"
_MEMORY_BYTES = 24 << 20
_WORD = re.compile(r"\{([a-z_]+)\}")
_NOTHING = r"[^\s\S]"

BUILT_IN = ("brief", "short")
"""Cues that are a matter of length: the whole message has at most 12 or 32 letters."""


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
        no: Messages whose verdict it must not be.
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
        return here & self.every == self.every and not here & self.none and not anywhere & self.nowhere


class RuleError(Exception):
    """A rule file says something that cannot be used; the message names file and place."""


@dataclass(frozen=True)
class Rulebook:
    """All cues and rules, compiled."""

    cues: tuple[str, ...]
    patterns: tuple[str, ...]
    rules: tuple[Rule, ...]
    _found: Any = field(repr=False)
    _by_cue: Mapping[int, tuple[Rule, ...]] = field(repr=False)

    def cues_in(self, clause: str) -> int:
        """Which cues stand in one clause, as bits."""
        bits = 0
        for index in self._found.Match(clause) or ():
            bits |= 1 << index
        return bits

    def holding(self, here: int, anywhere: int) -> Iterator[Rule]:
        """The rules that hold for the cues of one place."""
        for index in _bits(here):
            for rule in self._by_cue.get(index, ()):
                if rule.holds(here, anywhere):
                    yield rule

    def names(self, bits: int) -> list[str]:
        """The names of cues."""
        return [self.cues[index] for index in _bits(bits)]

    def words(self, rule: Rule, clause: str) -> list[str]:
        """The words in a clause that fulfil a rule."""
        found = (re2.search(self.patterns[index], clause) for index in _bits(rule.every))
        return [match.group() for match in found if match]


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
    read = [(name, _parsed(name, text)) for name, text in files]
    cues = dict.fromkeys(BUILT_IN, _NOTHING) | _merged(read)
    index = {cue: place for place, cue in enumerate(cues)}
    rules = tuple(
        _rule(f"{name}: {title}", title, body, index)
        for name, page in read
        for title, body in (page.get("rules") or {}).items()
    )
    return Rulebook(tuple(cues), tuple(cues.values()), rules, _set(cues), _keyed(rules))


def _parsed(name: str, text: str) -> dict[str, Any]:
    page = YAML(typ="safe", pure=True).load(text)
    unknown = set(page) - {"about", "words", "cues", "rules"}
    if unknown:
        raise RuleError(f"{name}: unknown keys {sorted(unknown)}; use about, words, cues, rules")
    return dict(page)


def _merged(read: Sequence[tuple[str, dict[str, Any]]]) -> dict[str, str]:
    lines: dict[str, list[str]] = {}
    for name, page in read:
        words = page.get("words") or {}
        for cue, block in (page.get("cues") or {}).items():
            patterns = [_filled(line.strip(), words) for line in block.splitlines()]
            lines.setdefault(cue, []).extend(filter(None, patterns))
            for pattern in lines[cue]:
                _check(f"{name}: {cue}", pattern)
    return {cue: "|".join(f"(?:{pattern})" for pattern in patterns) for cue, patterns in lines.items()}


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    """Put the alternatives of `words` in the place of their name in braces."""
    return _WORD.sub(lambda name: f"(?:{words[name.group(1)].strip()})", pattern)


def _check(place: str, pattern: str) -> None:
    try:
        re2.compile(pattern)
    except re2.error as error:
        raise RuleError(f"{place}: {pattern!r} is no RE2 pattern: {error}") from None


def _rule(place: str, title: str, body: Mapping[str, Any], index: Mapping[str, int]) -> Rule:
    unknown = set(body) - {"label", "sure", "all", "none", "nowhere", "yes", "no"}
    if unknown or not body.get("all"):
        raise RuleError(f"{place}: needs `all`, and knows no {sorted(unknown)}")
    try:
        label = Label(body["label"])
        every, none, nowhere = (_mask(body.get(key), index) for key in ("all", "none", "nowhere"))
    except (KeyError, ValueError) as error:
        raise RuleError(f"{place}: {error} is not a cue or label that exists") from None
    texts = {key: tuple(map(str, body.get(key) or ())) for key in ("yes", "no")}
    return Rule(title, label, body.get("sure", True), every, none, nowhere, **texts)


def _mask(cues: Sequence[str] | None, index: Mapping[str, int]) -> int:
    return sum(1 << index[cue] for cue in set(cues or ()))


def _set(cues: Mapping[str, str]) -> Any:  # noqa: ANN401 — google-re2 has no types
    options = re2.Options()
    options.max_mem = _MEMORY_BYTES
    found = re2.Set.SearchSet(options)
    for pattern in cues.values():
        found.Add(pattern)
    found.Compile()
    return found


def _keyed(rules: Sequence[Rule]) -> dict[int, tuple[Rule, ...]]:
    """Rules under their rarest cue: the one that the fewest other rules need."""
    uses: dict[int, int] = {}
    for rule in rules:
        for index in _bits(rule.every):
            uses[index] = uses.get(index, 0) + 1
    keyed: dict[int, list[Rule]] = {}
    for rule in rules:
        keyed.setdefault(min(_bits(rule.every), key=lambda index: (uses[index], index)), []).append(rule)
    return {index: tuple(some) for index, some in keyed.items()}


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
