"""How a match of a pattern can begin: lets us try only the patterns that can match here."""

from collections.abc import Iterator
from itertools import product

_ZERO_WIDTH = {"^", "\\b", "\\B", "\\A"}
_MANY = 3_000
ANYTHING = ""
"""The opening of a pattern about whose beginning nothing can be said."""


def openings(pattern: str, letters: int) -> frozenset[str]:
    """The first letters, `letters` at most, that matches of a pattern can begin with.

    A shorter string means that the pattern can end or become unforeseeable there.
    """
    heads = {head for head, _ in _sequence(_Reader(pattern), letters)}
    return frozenset(heads) if len(heads) < _MANY else frozenset({ANYTHING})


_Heads = set[tuple[str, bool]]
"""Beginnings, and whether what follows each of them is known."""


class _Reader:
    """A pattern and the place where we are in it."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0

    def peek(self) -> str:
        return self.pattern[self.place : self.place + 1]

    def take(self) -> str:
        """The next unit: a letter, an escape, a whole class, a bracket."""
        start = self.place
        letter = self.peek()
        if letter == "\\":
            self.place += 2
        elif letter == "[":
            self.place = self.pattern.index("]", start + 2) + 1
        elif self.pattern.startswith("(?:", start):
            self.place += 3
            return "("
        else:
            self.place += 1
        return self.pattern[start : self.place]

    def quantifier(self) -> str:
        letter = self.peek()
        if letter and letter in "?*+":
            self.place += 1
        elif letter == "{":
            optional = self.pattern.startswith("{0", self.place)
            self.place = self.pattern.index("}", self.place) + 1
            return "*" if optional else "+"
        return letter if letter in {"?", "*", "+"} else ""


def _sequence(reader: _Reader, letters: int) -> _Heads:
    """Heads of alternatives up to a closing bracket; the flag says whether more can follow."""
    heads: _Heads = set()
    current: _Heads = {("", True)}
    while reader.peek() and reader.peek() != ")":
        unit = reader.take()
        if unit == "|":
            heads |= current
            current = {("", True)}
        elif unit not in _ZERO_WIDTH:
            current = _joined(current, _repeated(_unit(reader, unit, letters), reader), letters)
    reader.place += 1
    return heads | current


def _unit(reader: _Reader, unit: str, letters: int) -> _Heads:
    if unit == "(":
        return _sequence(reader, letters)
    if unit == "$":
        return {("", False)}
    if unit.startswith("["):
        members = list(_members(unit[1:-1]))
        return {(member, True) for member in members} if members else {("", False)}
    if unit == "." or (unit.startswith("\\") and unit[1].isalpha()):
        return {("", False)}
    return {(unit[-1], True)}


def _members(inside: str) -> Iterator[str]:
    """The letters of a class; none when it is too wide or an exclusion."""
    if inside.startswith("^") or "\\" in inside:
        return
    place = 0
    while place < len(inside):
        if inside[place + 1 : place + 2] == "-" and place + 2 < len(inside):
            yield from map(chr, range(ord(inside[place]), ord(inside[place + 2]) + 1))
            place += 3
        else:
            yield inside[place]
            place += 1


def _repeated(heads: _Heads, reader: _Reader) -> _Heads:
    quantifier = reader.quantifier()
    if quantifier in {"*", "+"}:
        heads = {(head, False) for head, _ in heads}
    return heads | {("", True)} if quantifier in {"?", "*"} else heads


def _joined(before: _Heads, after: _Heads, letters: int) -> _Heads:
    done = {head for head in before if not head[1]}
    for (head, _), (more, goes_on) in product(before - done, after):
        text = (head + more)[:letters]
        done.add((text, goes_on and len(text) < letters))
    return done
