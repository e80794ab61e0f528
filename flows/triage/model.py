"""A small linear model that may raise what the rules said, and never lower it.

Its file is text: a line of thresholds, then one line per piece with five whole numbers, the
weights for imminent, selfharm, delete, exit and human. `python -m flows.triage.train` makes
it again, byte for byte, from flows/triage/corpus.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from flows.triage.features import cues_of, of_cues, pieces, windows
from flows.triage.reading import Reading
from flows.triage.rulebook import places
from flows.triage.shelf import rulebook
from flows.triage.signals import Label

FILE = Path(__file__).parent / "model.tsv"
HEADS = (Label.IMMINENT, Label.SELFHARM, Label.DELETE, Label.EXIT, Label.HUMAN)

DAMPING = 70
"""What words of calm in the window take from the score of danger."""

STRANGENESS = 60
"""What a short text of mostly unknown pieces loses: there is too little to go by."""

_FEW_PIECES = 30
_MOST_KEPT = 20_000
_CALM = ("past", "hypo", "legal", "drama", "not_so", "harmless_person", "over")
_CALM_OF_DYING = ("idiom", "his_death_threat", "not_die", "drama", "legal")
_DENIED = ("his_death_threat", "not_die")
_ALARM = ("now", "call_help", "fear", "no_voice")
_LANE = 24
_HALF = 1 << (_LANE - 1)


@dataclass(frozen=True)
class Model:
    """Weights of pieces, packed into one number each, and the thresholds.

    Attributes:
        weights: Five weights a piece, in lanes of 24 bits: one addition adds them all.
        sure: For each head, the score from which its label is given.
        ask: For the urgent heads, the score from which the gentle question is asked.
    """

    weights: Mapping[str, int]
    sure: tuple[int, ...]
    ask: tuple[int, ...]
    here: dict[int, int] = field(default_factory=dict, repr=False, compare=False)
    """What cues that stand together weigh, by their bits; they come again and again."""

    def scores(self, reading: Reading) -> list[int]:
        """The highest score of each head over all windows of a text."""
        looked_at = windows(reading)
        clause, strange = self._of_clauses(reading.parts, looked_at)
        cues: dict[int, list[int]] = {}
        best = [-_HALF] * len(HEADS)
        for window in looked_at:
            here = cues_of(reading, window)
            if here not in cues:
                cues[here] = [self._of_cues(reading, here), *_damping(here, reading.anywhere)]
            weight, *damping = cues[here]
            found = unpacked(sum(clause[slice(*window)]) + weight)
            found[0] -= damping[0] + strange
            found[1] -= damping[1] + strange
            best = list(map(max, best, found))
        return best

    def _of_clauses(
        self, parts: Sequence[str], looked_at: Sequence[tuple[int, int]]
    ) -> tuple[list[int], int]:
        """What the pieces of each clause weigh that is looked at, and how strange they are."""
        weights = [0] * len(parts)
        found = {}
        for place in dict.fromkeys(place for window in looked_at for place in range(*window)):
            found[place] = pieces(parts[place])
            weights[place] = self._sum(found[place])
        return weights, self._strange(list(found.values()))

    def _strange(self, found: Sequence[Sequence[str]]) -> int:
        """What is taken from danger when most pieces are unknown: a name, a nickname."""
        count = sum(map(len, found))
        if count > _FEW_PIECES:
            return 0
        known = sum(piece in self.weights for some in found for piece in some)
        return STRANGENESS if 2 * known < count else 0

    def _of_cues(self, reading: Reading, here: int) -> int:
        """What the cues of one window weigh: alone, in pairs, with others elsewhere, in rules."""
        book, weigh = reading.book, self.weights.get
        known = self.here.get(here)
        if known is None:
            known = self._sum(of_cues(book, here))
            if len(self.here) < _MOST_KEPT:
                self.here[here] = known
        elsewhere = [
            weigh(f"@{book.cues[index]}", 0) for index in places(reading.anywhere & ~here)
        ]
        rules = [weigh(f"!{rule.name}", 0) for rule in book.holding(here, reading.anywhere)]
        return known + sum(elsewhere) + sum(rules)

    def _sum(self, names: Iterable[str]) -> int:
        weigh = self.weights.get
        return sum([weigh(name, 0) for name in names])


@cache
def model() -> Model:
    """Read the model that is shipped, once."""
    return parsed(FILE.read_text(encoding="utf-8"))


def parsed(text: str) -> Model:
    """Read a model file."""
    first, _, rows = text.partition("\n")
    numbers = list(map(int, first.split("\t")[1:]))
    flat = rows.rstrip("\n").replace("\n", "\t").split("\t")
    wide = len(HEADS) + 1
    lanes = [map(int, flat[lane::wide]) for lane in range(1, wide)]
    weights = dict(zip(flat[::wide], map(_side_by_side, *lanes), strict=True))
    return Model(weights, tuple(numbers[: len(HEADS)]), tuple(numbers[len(HEADS) :]))


def _side_by_side(a: int, b: int, c: int, d: int, e: int) -> int:
    """Do what `packed` does, for one row of the file, quickly."""
    return a + (b << _LANE) + (c << 2 * _LANE) + (d << 3 * _LANE) + (e << 4 * _LANE)


def packed(weights: tuple[int, ...]) -> int:
    """Put weights side by side into one number; sums of such numbers are sums of each."""
    return sum(weight << (_LANE * lane) for lane, weight in enumerate(weights))


def unpacked(number: int) -> list[int]:
    """Take the weights, or their sums, apart again."""
    found = []
    for _ in HEADS:
        low = (number + _HALF) % (1 << _LANE) - _HALF
        found.append(low)
        number = (number - low) >> _LANE
    return found


def _damping(here: int, anywhere: int) -> tuple[int, int]:
    """What words of calm take from danger and from self-harm; a film counts everywhere."""
    calm = bool(here & _mask(_CALM) and not here & _mask(_ALARM))
    drama = bool(anywhere & _mask(("drama",)))
    denied = bool(here & _mask(_DENIED))
    calm_of_dying = bool(here & _mask(_CALM_OF_DYING))
    return DAMPING * (calm + 2 * drama + denied), DAMPING * (calm_of_dying + denied)


@lru_cache
def _mask(names: tuple[str, ...]) -> int:
    bit = rulebook().bit
    return sum(bit[name] for name in names)
