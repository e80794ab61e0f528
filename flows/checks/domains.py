"""The values that an answer can have: finite for choices, narrowed to what conditions look at."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from flows.bundle import Bundle
from flows.compiled import BUILT_IN, Asks, CompiledFlow, Place
from flows.conditions import Condition

MOST = 20_000
"""So many combinations are looked at; beyond that a condition counts as sensible."""
MOST_OF_A_LIST = 5
OTHER = "\N{BULLET}"
_LITERAL = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_WORD = r"(?P<word>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_COMPARISONS = (
    re.compile(rf"(?<![\w.])(?P<name>[a-z_][a-z0-9_]*)\s*[!=]=\s*{_WORD}"),
    re.compile(rf"{_WORD}\s*[!=]=\s*(?P<name>[a-z_][a-z0-9_]*)"),
    re.compile(rf"{_WORD}\s+in\s+(?P<name>[a-z_][a-z0-9_]*)"),
)
_LISTED = re.compile(r"(?<![\w.])(?P<name>[a-z_][a-z0-9_]*)\s+in\s+\[(?P<words>[^\]]*)\]")
_NUMBER = re.compile(r"(?<![\w.'])-?\d+(?:\.\d+)?")
_KNOWN: dict[str, tuple[Any, ...]] = {
    "channel": ("telegram", "kakao", "web"),
    "risk": (0, 1, 2, 3, 4),
    "found": ("", "yes", "no"),
    "found_status": ("", "received", "reviewing", "arranged", "closed"),
}


def literals(source: str) -> set[str]:
    """Return the quoted words of a condition."""
    return {found[1] or found[2] or "" for found in _LITERAL.finditer(source)}


@dataclass(frozen=True, slots=True)
class Domains:
    """What each name of a version can be."""

    choices: Mapping[str, tuple[str, ...]]
    """The ids of the choices, for answers that have some."""
    lists: frozenset[str]
    languages: tuple[str, ...]

    @classmethod
    def of(cls, bundle: Bundle, flow: CompiledFlow) -> "Domains":
        """Read them from a compiled version."""
        found: dict[str, dict[str, None]] = {}
        several = set()
        for place in flow.places.values():
            if place.save and place.options:
                found.setdefault(place.save, {}).update(dict.fromkeys(_ids(place)))
                if place.asks is Asks.SEVERAL:
                    several.add(place.save)
        spoken = bundle.phrases.languages if bundle.phrases else ("ko",)
        choices = {name: tuple(ids) for name, ids in found.items()}
        return cls(choices, frozenset(several), (*spoken, OTHER))

    def strange(self, condition: Condition) -> Iterator[tuple[str, str]]:
        """Yield names with a choice that they do not have, as a condition compares them."""
        for name, _ in condition.names:
            known = self.choices.get(name) or _KNOWN.get(name)
            if known is None or name == "risk":
                continue
            for word in _compared(name, condition.source) - {""}:
                if word not in known:
                    yield name, word

    def cases(
        self, conditions: Iterable[Condition], fixed: Mapping[str, tuple[Any, ...]]
    ) -> Iterator[dict[str, Any]] | None:
        """Return every combination that matters to some conditions; None when there are too many.

        Args:
            conditions: Only the values at which they look are told apart.
            fixed: Names whose values are known here.
        """
        looked = list(conditions)
        names = {name: nothing for one in looked for name, nothing in one.names}
        words = set[str]().union(*(literals(one.source) for one in looked))
        numbers = {float(n) for one in looked for n in _NUMBER.findall(one.source)}
        values = {
            name: fixed.get(name) or self._values(name, nothing, words, numbers)
            for name, nothing in names.items()
        }
        count = 1
        for one in values.values():
            count *= len(one)
        if count > MOST:
            return None
        return (dict(zip(values, one, strict=True)) for one in product(*values.values()))

    def _values(
        self, name: str, nothing: object, words: set[str], numbers: set[float]
    ) -> tuple[Any, ...]:
        if name in self.choices:
            near = _near(self.choices[name], words)
            return _subsets(near) if name in self.lists else ("", *near)
        if name in {"language", *_KNOWN}:
            return _KNOWN.get(name, self.languages)
        if isinstance(nothing, bool):
            return (False, True)
        if isinstance(nothing, (int, float)):
            kind = type(nothing)
            return tuple({kind(n + step) for n in (0.0, *numbers) for step in (-1, 0, 1)})
        return ("", OTHER, *sorted(words - {""}))


def own_values(place: Place) -> dict[str, tuple[Any, ...]]:
    """Return what the answer of a step can be once it was given."""
    if not place.save or place.asks is not Asks.ONE or place.save in BUILT_IN:
        return {}
    return {place.save: tuple(_ids(place))}


def _ids(place: Place) -> list[str]:
    return [option.id for option in place.options]


def _near(ids: Iterable[str], words: set[str]) -> list[str]:
    """Return the ids that are named, and one of the others for all of them."""
    known = list(ids)
    others = [one for one in known if one not in words]
    return [one for one in known if one in words] + others[:1]


def _subsets(ids: list[str]) -> tuple[tuple[str, ...], ...]:
    most = len(ids) if len(ids) <= MOST_OF_A_LIST else 2
    return tuple(some for size in range(most + 1) for some in combinations(ids, size))


def _compared(name: str, source: str) -> set[str]:
    """Return the quoted words with which a condition compares a name."""
    found = {
        m["word"].strip("'\"")
        for pattern in _COMPARISONS
        for m in pattern.finditer(source)
        if m["name"] == name
    }
    for listed in _LISTED.finditer(source):
        if listed["name"] == name:
            found |= literals(listed["words"])
    return found
