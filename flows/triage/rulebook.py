"""What the rules say, compiled: cues found in a clause, and rules that hold for them.

The files that counselors edit are read in `pages`; `shelf` keeps the result ready.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from flows.triage.cues import CueFinder, Line
from flows.triage.scripts import SCRIPTS, scripts_of
from flows.triage.signals import Label


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
        for index in places(here & self.keys):
            for rule in self.by_cue.get(index, ()):
                if rule.holds(here, anywhere):
                    yield rule

    @cached_property
    def bit(self) -> Mapping[str, int]:
        """The bit of each cue."""
        return {cue: 1 << index for index, cue in enumerate(self.cues)}

    def names(self, bits: int) -> list[str]:
        """The names of cues."""
        return [self.cues[index] for index in places(bits)]

    def words(self, rule: Rule, clause: str) -> list[str]:
        """The words in a clause that fulfil a rule."""
        found: dict[int, str] = {}
        for script in scripts_of(clause):
            found |= self.finders[script].words(clause, rule.every)
        return [found[bit] for bit in sorted(found)]


def bound(
    cues: Sequence[str], rules: Sequence[Rule], lines: Mapping[str, Sequence[Line]]
) -> Rulebook:
    """Put cues, rules and the lines of each script together."""
    finders = {script: CueFinder(lines.get(script, ()), SCRIPTS[script]) for script in SCRIPTS}
    keyed = _keyed(rules)
    return Rulebook(tuple(cues), tuple(rules), finders, keyed, sum(1 << index for index in keyed))


def _keyed(rules: Sequence[Rule]) -> Mapping[int, tuple[Rule, ...]]:
    """Rules under their rarest cue: the one that the fewest other rules need."""
    uses: dict[int, int] = {}
    for rule in rules:
        for index in places(rule.every):
            uses[index] = uses.get(index, 0) + 1
    keyed: dict[int, list[Rule]] = {}
    for rule in rules:
        key = min(places(rule.every), key=lambda index: (uses[index], index))
        keyed.setdefault(key, []).append(rule)
    return {index: tuple(some) for index, some in keyed.items()}


@lru_cache(maxsize=20_000)
def places(mask: int) -> tuple[int, ...]:
    """Return the places of the bits that are set; the same few hundred masks come again."""
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)
