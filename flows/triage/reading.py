"""One free text, read: its clauses, the cues in them, the rules that hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from flows.triage.normalise import clauses, whole
from flows.triage.rulebook import Rule, Rulebook
from flows.triage.shelf import rulebook
from flows.triage.signals import Label

URGENT = (Label.IMMINENT, Label.SELFHARM)

_ORDER = tuple(Label)
_PRESENT = ("now", "fear", "call_help", "no_voice")
_FEW_PARTS = 3
_BRIEF = 12
_SHORT = 32


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that held, the words in which it did, and the cues that stand there, as bits."""

    rule: Rule
    place: str
    cues: int = 0

    @property
    def rank(self) -> tuple[bool, int]:
        """Sure ones first, then the more urgent label."""
        return (not self.rule.sure, _ORDER.index(self.rule.label))


@dataclass(frozen=True)
class Reading:
    """What rules and model look at.

    Attributes:
        parts: The clauses in order, normalised.
        cues: The cues of each clause, as bits.
        one: The short text as a whole and its cues, when it has several clauses.
        length: The built-in cues of the whole message, as bits.
    """

    parts: list[str]
    cues: list[int]
    one: tuple[str, int] | None
    length: int
    book: Rulebook = field(repr=False)

    @cached_property
    def anywhere(self) -> int:
        """All cues of the message, as bits."""
        bits = self.length | (self.one[1] if self.one else 0)
        for cues in self.cues:
            bits |= cues
        return bits

    def only_told(self, finding: Finding) -> bool:
        """Whether the danger is over in her own words: a long story of the past, or a fright.

        Korean tells a story with one word of time ("last summer") for many sentences; "it
        turned out to be the neighbour" ends what was said before it.
        """
        bit = self.book.bit
        if self.anywhere & bit["resolved"]:
            return not finding.cues & bit["call_help"]
        present = sum(bit[cue] for cue in _PRESENT)
        long_story = self.one is None and len(self.parts) > _FEW_PARTS
        return bool(long_story and self.anywhere & bit["past"] and not finding.cues & present)

    def findings(self) -> list[Finding]:
        """The rules that hold somewhere, the weightiest first."""
        anywhere = self.anywhere
        found = [
            Finding(rule, place, cues)
            for place, cues in self._places()
            for rule in self.book.holding(cues | self.length, anywhere)
        ]
        return sorted(found, key=lambda finding: finding.rank)

    def _places(self) -> Iterator[tuple[str, int]]:
        """Each clause, each two that follow each other, and a short text as a whole."""
        if self.one:
            yield self.one
        places = list(zip(self.parts, self.cues, strict=True))
        yield from places
        for (before, cues_before), (part, cues) in pairwise(places):
            if cues and cues_before:
                yield f"{before} {part}", cues | cues_before


def read(text: str) -> Reading:
    """Read one free text."""
    book = rulebook()
    parts = clauses(text)
    one = whole(parts)
    joined = (one, book.cues_in(one)) if one else None
    return Reading(parts, [book.cues_in(part) for part in parts], joined, _length(parts), book)


def _length(parts: list[str]) -> int:
    """The built-in cues: how long the whole message is."""
    letters = sum(map(len, parts))
    return sum(1 << place for place, most in enumerate((_BRIEF, _SHORT)) if letters <= most)
