"""A small linear model that may raise what the rules said, and never lower it.

Its file is text: a line of thresholds, then one line per piece with five whole numbers, the
weights for imminent, selfharm, delete, exit and human. `python -m flows.triage.train` makes
it again, byte for byte, from flows/triage/corpus.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flows.triage.features import cue_features, cues_of, pieces, windows
from flows.triage.reading import Reading
from flows.triage.signals import Label

FILE = Path(__file__).parent / "model.tsv"
HEADS = (Label.IMMINENT, Label.SELFHARM, Label.DELETE, Label.EXIT, Label.HUMAN)

DAMPING = 70
"""What a cue of calm in the window takes from the score of danger."""

_CALM = ("past", "hypo", "legal", "drama", "not_so", "harmless_person", "over")
_CALM_OF_DYING = ("idiom", "his_death_threat", "not_die", "drama", "legal")
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
        weigh = self.weights.get
        calm = reading.book.bits(*_CALM), reading.book.bits(*_CALM_OF_DYING)
        denied = reading.book.bits("his_death_threat", "not_die")
        film = reading.book.bits("drama")
        alarm = reading.book.bits(*_ALARM)
        clause = [sum(weigh(piece, 0) for piece in pieces(part)) for part in reading.parts]
        best = [-_HALF] * len(HEADS)
        for start, end in windows(reading):
            packed = sum(clause[start:end])
            packed += sum(weigh(name, 0) for name in cue_features(reading, (start, end)))
            found = unpacked(packed)
            here = cues_of(reading, (start, end))
            if (here & calm[0] and not here & alarm) or reading.anywhere & film:
                found[0] -= DAMPING
            if here & calm[1]:
                found[1] -= DAMPING
            if here & denied:
                found[0] -= DAMPING
                found[1] -= DAMPING
            best = list(map(max, best, found))
        return best


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
