"""Find cues in a clause: many RE2 patterns, of which only those are tried that can match.

One big automaton for all patterns grows without end on Korean (measured: 4 ms a message);
an index of how each pattern can begin leaves some ten small ones to try.

A pattern may be `this & that`: `that` within twelve letters after `this`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import re2

from flows.triage.openings import ANYTHING, openings

_LINE_BYTES = 128 << 10
_GAP = ".{0,12}"
_SELDOM = 8
"""So many tries of a pattern are made in RE2."""
_PLAIN = re.compile(r"[^\\\[\](){}.*+?|^$]+")
_REPEATS = re.compile(r"(?<!\\)[*+]|\{\d*,\}")
_BRACKETED = re.compile(r"\\.|\[[^\]]*\]|\([^()]*\)")
_UNBOUNDED = re.compile(r"(?<!\\)\.[*+{?]|\\S[*+{]")


class PatternError(Exception):
    """A pattern cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cue.

    Attributes:
        cue: Its number.
        pattern: One RE2 pattern.
        starts: How a match can begin; see `openings`.
    """

    cue: int
    pattern: str
    starts: tuple[str, ...] = field(default=(), compare=False)

    @property
    def anchored(self) -> bool:
        """Whether it can match only at the very beginning of a clause."""
        rest, nested = _BRACKETED.subn("", self.pattern)
        while nested:
            rest, nested = _BRACKETED.subn("", rest)
        return rest.startswith("^") and "|" not in rest


def parsed(cue: int, text: str, letters: int) -> Line:
    """Read one line of a cue; `letters` tell the beginnings of its script's words apart.

    Raises:
        PatternError: It is no RE2 pattern, or has a gap that is not written with `&`.
    """
    if _UNBOUNDED.search(text):
        raise PatternError(f"{text!r} has a gap; write `this & that`")
    parts = text.split(" & ")
    pattern = text if len(parts) == 1 else _GAP.join(f"(?:{part})" for part in parts)
    _linear(pattern)
    return Line(cue, pattern, tuple(sorted(openings(pattern, letters))))


def _linear(pattern: str) -> Any:  # noqa: ANN401  # RE2's own type has no stub
    options = re2.Options()
    options.max_mem = _LINE_BYTES
    options.log_errors = False
    options.never_capture = True
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise PatternError(f"{pattern!r} is no RE2 pattern: {error}") from None


class _Search:
    """One pattern, compiled when it is first tried: most are seldom tried.

    What repeats without bound runs in RE2, in linear time whatever is written. The rest reads
    the same in Python's own engine, which is four times as quick on short clauses but takes
    three times as long to compile: it gets it when it is tried often.
    """

    __slots__ = ("_tries", "bit", "pattern", "search")

    def __init__(self, line: Line) -> None:
        self.bit = 1 << line.cue
        self.pattern = line.pattern
        self.search: Callable[[str], Any] = self._first
        self._tries = 0

    def _first(self, clause: str) -> Any:  # noqa: ANN401  # a match of either engine
        if _REPEATS.search(self.pattern):
            self.search = _linear(self.pattern).search
        elif _PLAIN.fullmatch(self.pattern):
            self.search = re.compile(self.pattern).search
        else:
            self.search = self._seldom(_linear(self.pattern).search)
        return self.search(clause)

    def _seldom(self, linear: Callable[[str], Any]) -> Callable[[str], Any]:
        def search(clause: str) -> Any:  # noqa: ANN401  # likewise
            self._tries += 1
            if self._tries > _SELDOM:
                self.search = re.compile(self.pattern, re.ASCII).search
                return self.search(clause)
            return linear(clause)

        return search


class CueFinder:
    """All lines of one script, under the letters they can begin with."""

    def __init__(self, lines: Iterable[Line], letters: int) -> None:
        self.lines = tuple(lines)
        self._searches = [_Search(line) for line in self.lines]
        self._letters = letters
        self._index: dict[str, list[int]] = {}
        self._first: dict[str, list[int]] = {}
        for place, line in enumerate(self.lines):
            index = self._first if line.anchored else self._index
            for opening in line.starts:
                index.setdefault(opening, []).append(place)
        self._always = self._index.pop(ANYTHING, []) + self._first.pop(ANYTHING, [])
        self._openings = self._index.keys()

    def bits(self, clause: str) -> int:
        """Which cues stand in a clause, as bits."""
        bits = 0
        searches = self._searches
        for place in self._possible(clause):
            one = searches[place]
            if not bits & one.bit and one.search(clause):
                bits |= one.bit
        return bits

    def words(self, clause: str, wanted: int) -> dict[int, str]:
        """The words that the wanted cues (bits) found, under their bits."""
        found: dict[int, str] = {}
        for place in sorted(self._possible(clause)):
            one = self._searches[place]
            if wanted & one.bit and one.bit not in found and (match := one.search(clause)):
                found[one.bit] = match.group()
        return found

    def _possible(self, clause: str) -> set[int]:
        """The lines that can match somewhere in this clause."""
        possible = set(self._always)
        grams = set(clause)
        for width in range(2, self._letters + 1):
            last = len(clause) - width + 1
            grams.update([clause[start : start + width] for start in range(last)])
            possible.update(self._first.get(clause[:width], ()))
        possible.update(self._first.get(clause[:1], ()))
        for gram in grams & self._openings:
            possible.update(self._index[gram])
        return possible
