"""Train the small model: `python -m flows.triage.train` writes model.tsv again, byte for byte.

Only additions, multiplications and square roots, in a fixed order: the same corpus, rules
and code give the same file on any machine.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd, sqrt

from flows.triage.corpus import Message, corpus, variants
from flows.triage.features import cue_features, cues_of, pieces, windows
from flows.triage.model import FILE, HEADS
from flows.triage.reading import read
from flows.triage.shelf import FILE as RULEBOOK
from flows.triage.shelf import fresh, packed
from flows.triage.signals import Label

EPOCHS = 14
SCALE = 100
"""A score of 100 is the margin that training aims at."""

SURE = (70, 65, 10, 10, 10)
ASK = (-75, -75)
"""Thresholds, chosen on the dev split: see docs/triage.md."""

_RATE = 0.18
_SHRINK = 0.000_02
_FAINT = 4
"""Pieces that weigh less than this for every label are left out: they decide nothing."""

_POSITIVE_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Example:
    """One window: its features and what it means for each head (+1, -1)."""

    features: tuple[int, ...]
    targets: tuple[int, ...]


def main() -> None:
    """Train on all of the corpus but the test split and write the model and the rulebook."""
    RULEBOOK.write_text(packed(fresh()), encoding="utf-8")
    messages = [message for message in corpus() if message.split != "test"]
    text = trained(messages)
    FILE.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{FILE.name}: {len(messages)} messages, {text.count(chr(10))} lines\n")


def trained(messages: Sequence[Message]) -> str:
    """The model file for these messages."""
    seen = [(features, message.label) for message in messages for features in _seen(message)]
    index = _vocabulary(messages)
    examples = [_example(features, label, index) for features, label in seen]
    weights = [_head(examples, head, len(index)) for head in range(len(HEADS))]
    return _written(index, weights)


def _seen(message: Message) -> Iterable[set[str]]:
    """The features of the windows of a message and of its variants that carry its label."""
    for text in (message.text, *variants(message)):
        reading = read(text)
        if not reading.parts:
            continue
        for window in windows(reading):
            parts = reading.parts[slice(*window)]
            if message.carried_by("".join(parts)):
                of_cues = cue_features(reading, cues_of(reading, window))
                yield {*(piece for part in parts for piece in pieces(part)), *of_cues}


def _vocabulary(messages: Sequence[Message]) -> dict[str, int]:
    """All features, in the order of their letters."""
    features = set().union(*(found for message in messages for found in _seen(message)))
    return {feature: place for place, feature in enumerate(sorted(features))}


def _example(features: set[str], label: Label, index: dict[str, int]) -> Example:
    places = tuple(sorted(index[feature] for feature in features if feature in index))
    return Example(places, tuple(1 if label is head else -1 for head in HEADS))


def _head(examples: Sequence[Example], head: int, size: int) -> list[float]:
    """Squared hinge loss, AdaGrad: one head against all others."""
    weights, squares = [0.0] * size, [0.01] * size
    for stride in _strides(len(examples)):
        for turn in range(len(examples)):
            example = examples[turn * stride % len(examples)]
            features, target = example.features, example.targets[head]
            short = 1.0 - target * sum([weights[feature] for feature in features])
            if short <= 0.0 or not features:
                continue
            step = target * short * (_POSITIVE_WEIGHT if target > 0 else 1.0) / sqrt(len(features))
            for feature in features:
                squares[feature] += step * step
                pull = _SHRINK * weights[feature]
                weights[feature] += _RATE * step / sqrt(squares[feature]) - pull
    return weights


def _strides(count: int) -> list[int]:
    """One stride for each epoch, coprime to the count: each time another order."""
    primes = (7919, 104729, 15485863, 32452843, 49979687, 67867967, 86028121)
    fitting = [prime for prime in primes if gcd(prime, count) == 1]
    return [fitting[epoch % len(fitting)] for epoch in range(EPOCHS)]


def _written(index: dict[str, int], weights: Sequence[Sequence[float]]) -> str:
    lines = ["\t".join(map(str, ["", *SURE, *ASK]))]
    for feature, place in index.items():
        whole = [round(head[place] * SCALE) for head in weights]
        if any(abs(weight) >= _FAINT for weight in whole):
            lines.append("\t".join([feature, *map(str, whole)]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
