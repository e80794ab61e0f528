"""A small linear model that may raise what the rules said, and never lower it.

Its file is text: a line of thresholds, then one line per piece with five whole numbers, the
weights for imminent, selfharm, delete, exit and human. `python -m flows.triage.train` makes
it again, byte for byte, from flows/triage/corpus.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from flows.triage.features import cue_features, cues_of, pieces, windows
from flows.triage.reading import Reading
from flows.triage.rulebook import rulebook
from flows.triage.signals import Label

FILE = Path(__file__).parent / "model.tsv"
HEADS = (Label.IMMINENT, Label.SELFHARM, Label.DELETE, Label.EXIT, Label.HUMAN)

DAMPING = 70
"""What words of calm in the window take from the score of danger."""

STRANGENESS = 60
"""What a short text of mostly unknown pieces loses: there is too little to go by."""

_FEW_PIECES = 30
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

    def scores(self, reading: Reading) -> list[int]:
        """The highest score of each head over all windows of a text."""
        found_pieces = [pieces(part) for part in reading.parts]
        clause = [self._sum(some) for some in found_pieces]
        strange = self._strange(found_pieces)
        cues: dict[int, list[int]] = {}
        best = [-_HALF] * len(HEADS)
        for window in windows(reading):
            here = cues_of(reading, window)
            if here not in cues:
                packed_cues = self._sum(cue_features(reading, here))
                cues[here] = [packed_cues, *_damping(here, reading.anywhere)]
            of_cues, *damping = cues[here]
            found = unpacked(sum(clause[slice(*window)]) + of_cues)
            found[0] -= damping[0] + strange
            found[1] -= damping[1] + strange
            best = list(map(max, best, found))
        return best

    def _strange(self, found: Sequence[Sequence[str]]) -> int:
        """What is taken from danger when most pieces are unknown: a name, a nickname."""
        every = [piece for some in found for piece in some]
        known = sum(piece in self.weights for piece in every)
        return STRANGENESS if 2 * known < len(every) <= _FEW_PIECES else 0

    def _sum(self, names: Iterable[str]) -> int:
        weigh = self.weights.get
        return sum([weigh(name, 0) for name in names])


@cache
def model() -> Model:
    """Read the model that is shipped, once."""
    return parsed(FILE.read_text(encoding="utf-8"))


def parsed(text: str) -> Model:
    """Read a model file."""
    first, *rows = text.splitlines()
    numbers = list(map(int, first.split("\t")[1:]))
    weights = {}
    for row in rows:
        piece, *some = row.split("\t")
        weights[piece] = packed(tuple(map(int, some)))
    return Model(weights, tuple(numbers[: len(HEADS)]), tuple(numbers[len(HEADS) :]))


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
    calm = (here & _mask(_CALM) and not here & _mask(_ALARM)) or anywhere & _mask(("drama",))
    denied = bool(here & _mask(_DENIED))
    calm_of_dying = bool(here & _mask(_CALM_OF_DYING))
    return DAMPING * (bool(calm) + denied), DAMPING * (calm_of_dying + denied)


@lru_cache
def _mask(names: tuple[str, ...]) -> int:
    bit = rulebook().bit
    return sum(bit[name] for name in names)
